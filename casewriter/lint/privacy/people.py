"""Capitalised words -> names of people: given and family name side by side, or one that does what patients do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.privacy.caseless import caseless
from casewriter.lint.privacy.entries import phrase
from casewriter.lint.privacy.label import in_label
from casewriter.lint.privacy.lexicon import ROUTES, is_eponym, is_term, words
from casewriter.lint.privacy.namelist import ANY, FAMILY, FAMILY_TOO, GIVEN, GIVEN_TOO, known

_UP = "A-ZÀ-ÖØ-ÞΆ-ΫЀ-ЯҐԱ-Ֆ"
_WORD = re.compile(rf"(?<![\w@/#^'-])(?<![a-z\d]\.)[{_UP}](?:[^\W\d_]*(?:['-][^\W\d_]+)*(?![\w@])|(?=\.))")


class Word(Struct, frozen=True):
    """A capitalised word: where it is, and what the lexicon says of it; `initial` is a letter alone."""

    start: int
    end: int
    text: str
    kinds: int

    @property
    def initial(self) -> bool:
        """Whether it is an initial."""
        return len(self.text) == 1

    @property
    def certain(self) -> bool:
        """Whether it is a name and nothing else."""
        return bool(self.kinds & (GIVEN | FAMILY))

    @property
    def possible(self) -> bool:
        """Whether it may be a surname that no list knows, beside a given name."""
        return len(self.text) > 2 and not is_term(self.text)


def people(text: str, where: str) -> Iterator[tuple[int, int]]:
    """Yield where in a text names are that their own form gives away; in a file name or key, any name."""
    if where in ("file_name", "key"):
        yield from in_label(text)
        return
    yield from caseless(text)
    for run in _runs(text):
        first = 0
        while first < len(run):
            length = _name(run, first, text)
            if (length and not _term_or_author(text, run[first : first + length])) or (
                not length and (length := _subject(run, first, text))
            ):
                yield run[first].start, run[first + length - 1].end
            first += length or 1


def _runs(text: str) -> Iterator[list[Word]]:
    """Yield capitalised words that follow each other, with no more than particles, initials and a comma between."""
    run: list[Word] = []
    for found in _WORD.finditer(text):
        bare = found[0].removesuffix("'s")
        word = Word(found.start(), found.start() + len(bare), bare, 0 if len(bare) == 1 else known(bare))
        if run and not _joined(run[-1], word, text):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _joined(last: Word, word: Word, text: str) -> bool:
    gap = phrase("GAP").fullmatch(text, last.end, word.start)
    if gap is None:
        return False
    return last.initial if gap["dot"] else not last.initial or not gap["comma"]


def _name(run: list[Word], first: int, text: str) -> int:
    """Return how many words from the first on are one name; 0 if they are not a name."""
    one = run[first]
    near = min(len(run), first + 4)
    behind = next((n for n in range(first + 1, near) if not run[n].initial), near)
    if one.initial:
        return _initials_first(run, first, behind, text) if behind < near else 0
    if is_stop(one):
        return 0
    if behind == near:
        return _initials_last(run, first, behind, text)
    other = run[behind]
    comma = text[one.end : other.start].startswith(",")
    if is_stop(other) or not (_turned(one, other, text[other.end : other.end + 3]) if comma else _pair(one, other)):
        return 0
    return _extended(run, behind, text) - first


def is_stop(word: Word) -> bool:
    """Return whether a word ends a name: a role, a place, an abbreviation, a month."""
    return is_term(word.text) or (word.text.isupper() and len(word.text) < 4 and not word.kinds)


def _pair(one: Word, other: Word) -> bool:
    """Return whether two words side by side are a name: one certain, the other at least possible."""
    if f"{one.text}_{other.text}".lower() in words("eponym_pairs"):
        return False
    if one.kinds & GIVEN:
        possible = other.possible and one.text.isupper() <= other.text.isupper() and not is_eponym(one.text)
        return bool(other.kinds) or possible
    if one.kinds & GIVEN_TOO:
        return bool(other.kinds & FAMILY)
    return bool(one.kinds & FAMILY and other.kinds & GIVEN) or bool(one.kinds & FAMILY_TOO and other.kinds == GIVEN)


def _turned(one: Word, other: Word, after: str) -> bool:
    """Return whether a comma is between surname and given name, and not between two of a list."""
    if not other.kinds & GIVEN and not (one.text.isupper() and other.text.isupper() and other.kinds):
        return False
    if one.kinds & FAMILY and not one.kinds & GIVEN:
        return True
    if one.text.isupper() and len(one.text) > 3 and (one.kinds or not other.text.isupper()):
        return True
    return one.possible and not one.kinds and len(other.text) > 3 and bool(re.match(r"\s?(?:[:;.)\n]|$)", after))


def _extended(run: list[Word], last: int, text: str) -> int:
    """Return the index after the last word of a name: further names, or one more word that may be one."""
    end = last + 1
    while end < len(run) and not text[run[end - 1].end : run[end].start].startswith(","):
        word = run[end]
        if not (word.initial or (not is_stop(word) and (word.kinds & ANY or word.possible))) or end - last > 3:
            break
        end += 1
    return end


def _initials_first(run: list[Word], first: int, behind: int, text: str) -> int:
    """`J. R. Kowalski`: initials with full stops, and a surname."""
    if text[run[first].end : run[first].end + 1] != ".":
        return 0
    name = run[behind]
    letters = "".join(word.text for word in run[first:behind])
    if (
        not (name.kinds & FAMILY or (len(letters) > 1 and letters not in ROUTES and len(name.text) > 3))
        or is_stop(name)
        or is_eponym(name.text)
    ):
        return 0
    before = text[max(0, run[first].start - 14) : run[first].start]
    if re.search(r"(?i:vitamin|hepatitis|type|group|grade|class|panel|fig|figure|table|haemophilia|[(\[]) ?$", before):
        return 0
    return _extended(run, behind, text) - first


def _initials_last(run: list[Word], first: int, behind: int, text: str) -> int:
    """`Kowalski J. R.`, `Deepika R.`: a name, and initials with full stops."""
    count = behind - first - 1
    if not 1 <= count <= 2 or not run[first].certain or is_eponym(run[first].text):
        return 0
    dotted = all(text[word.end : word.end + 1] == "." for word in run[first + 1 : behind])
    return behind - first if dotted and not text[run[first].end :].startswith(",") else 0


def _term_or_author(text: str, name: list[Word]) -> bool:
    """Return whether a name begins a term (a syndrome, a score), or is that of an author who is cited."""
    after = text[name[-1].end : name[-1].end + 60]
    following = re.match(r"(?:'s)?[\s-]+([^\W\d_]+)", after)
    if following and following[1] in words("after_names") and not phrase("DOES").match(after):
        return True
    return bool(
        phrase("CITED").match(after) or phrase("CITING").search(text[max(0, name[0].start - 40) : name[0].start])
    )


def _subject(run: list[Word], first: int, text: str) -> int:
    """Return how many words from the first on do what patients do: `O'Brien tolerated`, with one certain name."""
    words_of = run[first : first + 3]
    for length, word in enumerate(words_of, 1):
        if (
            is_stop(word)
            or word.initial
            or (is_eponym(word.text) and len(run) == 1)
            or not (word.kinds or word.possible)
        ):
            return 0
        if word.text.isupper() and len(word.text) < 5:
            return 0
        if phrase("DOES").match(text, word.end):
            cited = phrase("CITING").search(text[max(0, run[first].start - 40) : run[first].start])
            sure = any(one.certain for one in words_of[:length]) or (
                length > 1 and all(one.kinds for one in words_of[:length])
            )
            return length if sure and not cited else 0
    return 0
