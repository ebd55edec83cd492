"""The lexicon of given and family names: which words are names, and which are words as well."""

from __future__ import annotations

import gzip
import re
import unicodedata
from functools import cache, lru_cache

from casewriter.resources import data_file

GIVEN, FAMILY, GIVEN_TOO, FAMILY_TOO = 1, 2, 4, 8
"""What a word may be, added up; the last two are words too (Mark, Rose, Baker) and count only beside other evidence."""
ANY = GIVEN | FAMILY | GIVEN_TOO | FAMILY_TOO

_CLASSES = {"[given]": GIVEN, "[family]": FAMILY, "[given and word]": GIVEN_TOO, "[family and word]": FAMILY_TOO}
_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670'’‘ʼ`´]")
"""Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic, apostrophes."""

_SURNAME = re.compile(
    r"(?:[oe]vi?ch|[oe]vych|[oe]wicz|(?:[aeo]l|ow|ew|in|yn|an)sk[iya]|[oe]vsk[iy]|[oe]vskaya|czyk|enko|chuk|[oe]vic|escu|oglu|"
    r"zadeh|shvili|[aiu]dze|opoulos|opoulou|akis|sson|dottir|datter|anyan|osyan|[oe]vna|[oe]va|aite|iene|auskas|"
    r"[oe]vsk[ay]|ович[уа]?|евич[уа]?|[ое]вн[аыуе]|[ое]в|[ое]в[аоуы]й?м?|[цс]кии|[цс]кая|[цс]к[оу][йюмг]о?|енко|чук|швили|янц|оглы|"
    r"πουλο[ςυ]|πουλου|ιδης|ιδου|ακης|ακη)$"
)
"""Endings that only surnames and patronymics have, folded."""
_PREFIXED = re.compile(r"(?:[ODNMKT]'|Mc(?=[A-Z]|[a-z]{5})|Mac(?=[A-Z])|Fitz(?=[A-Z])|Abd[eu]l)[A-Z]?[a-z]{2,}")


def fold(word: str) -> str:
    """Return a word as the lexicon spells it: lower-case letters without accents and apostrophes."""
    small = word.lower().translate(_APART)
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", small))
    return unicodedata.normalize("NFC", bare)


@cache
def _lines() -> dict[tuple[int, str], str]:
    """Return the lines of the lexicon by class and the first two letters of their names."""
    text = gzip.decompress(data_file("privacy/names.txt.gz").read_bytes()).decode("utf-8")
    lines, kind = {}, 0
    for line in text.splitlines():
        if line.startswith("["):
            kind = _CLASSES[line]
        elif kind:
            letters, _, names = line.partition(" ")
            lines[kind, letters] = names
    return lines


@cache
def _group(letters: str) -> tuple[tuple[frozenset[str], int], ...]:
    lines = _lines()
    groups = ((lines.get((kind, letters)), kind) for kind in _CLASSES.values())
    return tuple((frozenset(names.split(" ")), kind) for names, kind in groups if names)


def _listed(folded: str) -> int:
    return sum(kind for names, kind in _group(folded[:2]) if folded in names)


@lru_cache(4096)
def known(word: str) -> int:
    """Return what a word may be; of a double name what its halves are, of a surname by its form FAMILY."""
    found = _listed(fold(word))
    if not found and "-" in word:
        return _double([known(part) for part in word.split("-") if part])
    if not found and len(word) > 5 and (_SURNAME.search(fold(word)) or _PREFIXED.fullmatch(word)):
        return FAMILY
    if not found and word[1:2] == "'" and len(word) > 4:
        return known(word[2:]) & (FAMILY | FAMILY_TOO)
    return found or _inflected(word)


def _double(halves: list[int]) -> int:
    if len(halves) != 2 or not any(halves):
        return 0
    if halves[0] & GIVEN and halves[1] & (GIVEN | GIVEN_TOO):
        return GIVEN
    return FAMILY if (halves[0] | halves[1]) & (GIVEN | FAMILY) else FAMILY_TOO


def _inflected(word: str) -> int:
    """Return what a Cyrillic or Greek name in another case than the first may be: Тимофея, Ελένης."""
    if word[:1] < "\u0370" or len(word) < 4:
        return 0
    stem = fold(word)
    for cut in (1, 2):
        for ending in ("", "и", "я", "а", "ь", "ς", "η", "α"):
            if len(stem) - cut >= 3 and (found := _listed(stem[:-cut] + ending)):
                return found
    return 0
