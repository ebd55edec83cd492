"""What laboratories print beside or instead of a number: words, marks and comparisons (data/results.toml)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from casewriter.model.numeral import plain
from casewriter.resources import toml

Meaning = Literal["high", "low", "abnormal", "normal"]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return toml("results.toml")


@cache
def _inverted(table: str) -> dict[str, str]:
    return {folded(entry): name for name, entries in _data()[table].items() for entry in entries}


def folded(word: str) -> str:
    """Return a word without letter case, spaces, hyphens and full stops; what is nothing but signs keeps them."""
    text = plain(word)
    signs = "".join(text.split())
    return re.sub(r"[\s\-.]+", "", text).casefold() if re.search(r"[^\W\d_]", text) else signs


def group(word: str) -> str | None:
    """Return the group of a word: negative, positive, graded (2+), trace, normal or abnormal; None for any other."""
    return _inverted("words").get(folded(word))


@cache
def alternatives(table: str) -> str:
    """Return a pattern of all entries of a table, longest first; with any number of spaces between words."""
    entries = sorted((entry for many in _data()[table].values() for entry in many), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, entry.split())) for entry in entries)


def comparison(phrase: str, table: str) -> str:
    """Return the sign that a phrase stands for: ``up to`` -> ``≤``."""
    return _inverted(table)[folded(phrase)]


def meaning(mark: str) -> Meaning | None:
    """Return what a mark such as ``(H)``, ``↓`` or ``H*`` says; a direction counts before an asterisk."""
    parts = re.findall(r"[^\W\d_]+|[^\w\s]", mark)
    said = {_meanings().get(part) or _meanings().get(part.lower()) for part in parts}
    order: tuple[Meaning, ...] = ("high", "low", "abnormal", "normal")
    return next((name for name in order if name in said), None)


@cache
def _meanings() -> dict[str, str]:
    """Return the meaning of each mark. Letters are capitals: ``h`` is an hour."""
    return {entry: name for name, entries in _data()["marks"].items() for entry in entries}


@cache
def marks() -> tuple[str, str, str]:
    """Return patterns of the marks that are capital letters, words in any case, and signs."""
    letters = sorted((mark for mark in _meanings() if mark.isalpha() and mark.isupper()), key=len, reverse=True)
    words = [mark for mark in _meanings() if mark.isalpha() and mark.islower()]
    signs = (re.escape(mark) for mark in _meanings() if not mark.isalpha())
    return "|".join(letters), f"(?i:{'|'.join(words)})", f"(?:{'|'.join(signs)})+"
