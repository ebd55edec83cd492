"""The lexicon of given and family names: which words are names, and which are words as well."""

from __future__ import annotations

import gzip
import re
import unicodedata
from enum import Flag, auto
from functools import cache

from casewriter.resources import data_file


class Name(Flag):
    """What a word may be; the last two are words too (Mark, Rose, Baker) and count only beside other evidence."""

    NONE = 0
    GIVEN = auto()
    FAMILY = auto()
    GIVEN_TOO = auto()
    FAMILY_TOO = auto()


_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670'’‘ʼ`´]")
"""Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic, apostrophes."""


def fold(word: str) -> str:
    """Return a word as the lexicon spells it: small letters without accents and apostrophes."""
    small = word.lower().translate(_APART)
    if small.isascii():
        return small.replace("'", "").replace("`", "")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", small))
    return unicodedata.normalize("NFC", bare)


@cache
def _classes() -> tuple[tuple[frozenset[str], Name], ...]:
    text = gzip.decompress(data_file("privacy/names.txt.gz").read_bytes()).decode("utf-8")
    lines = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith("#"))
    kinds = {"given": Name.GIVEN, "family": Name.FAMILY, "given and word": Name.GIVEN_TOO, "family and word": Name.FAMILY_TOO}
    return tuple((frozenset(lines[line].split(" ")), kind) for line, kind in kinds.items())


def known(word: str) -> Name:
    """Return what a word may be."""
    folded, found = fold(word), Name.NONE
    for names, kind in _classes():
        if folded in names:
            found |= kind
    return found
