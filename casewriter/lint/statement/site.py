"""Places of the body in a text, with left and right; and whether two places can be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from casewriter.lint.statement.late import Late
from casewriter.lint.statement.words import WORD, data, folded, folded_words, pattern


class Place(Struct, frozen=True):
    """A place of the body that a text names: a region or an organ."""

    name: str
    is_organ: bool
    start: int
    end: int


@cache
def _names() -> dict[tuple[str, ...], tuple[str, bool]]:
    regions, organs = data()["regions"], data()["organs"]
    known = {folded_words(name): (name, name in organs) for name in (*regions, *organs)}
    for word, name in data()["called"].items():
        known[folded_words(word)] = (name, name in organs)
    return known


@cache
def _first() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(_names(), key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def places(text: str, start: int = 0, end: int | None = None) -> tuple[Place, ...]:
    """Return the places that a text names."""
    return _places(text, start, len(text) if end is None else end)


@lru_cache(2048)
def _places(text: str, start: int, end: int) -> tuple[Place, ...]:
    return tuple(_found(text, start, end))


def _found(text: str, start: int, end: int) -> Iterator[Place]:
    found = list(WORD.finditer(text, start, end))
    words = [folded(one[0]) for one in found]
    for number, word in enumerate(words):
        for name in _first().get(word, ()):
            if tuple(words[number : number + len(name)]) == name:
                yield Place(*_names()[name], found[number].start(), found[number + len(name) - 1].end())
                break


@cache
def _wider(name: str) -> frozenset[str]:
    """Return a place with all that hold it."""
    table = data()["organs"] if name in data()["organs"] else data()["regions"]
    holders = table.get(name, "")
    parts = [part for part in table if re.search(rf"\b{part}\b", holders)]
    return frozenset({name}.union(*(_wider(part) for part in parts)))


def holds(name: str, other: str) -> bool:
    """Return whether a place is a larger one that has the other in it."""
    return name != other and name in _wider(other)


def may_be_one(name: str, other: str) -> bool:
    """Return whether two places can be the same: one is the other, or holds it."""
    return name in _wider(other) or other in _wider(name)


class Side(Struct, frozen=True):
    """A side that a text gives, the words that it goes with, and where it is."""

    left: bool
    words: tuple[str, ...]
    start: int
    end: int


_UPPER = frozenset("upper lower middle posterior anterior lateral medial proximal distal deep common".split())
_BREAK = Late(r"[.,;:()]|\b(?:and|or|with|was|were|is|in|on|of|at|to|showed|but)\b")


def sides(text: str, language: str, start: int = 0, end: int | None = None) -> Iterator[Side]:
    """Yield each left and right of a text with the words that follow it, as “left flank”."""
    stop = len(text) if end is None else end
    for key, left in (("left", True), ("right", False)):
        for found in pattern(language, key).finditer(text, start, stop):
            rest = text[found.end() : min(stop, found.end() + 40)]
            cut = _BREAK.search(rest)
            words = folded_words(rest[: cut.start()] if cut else rest)[:3]
            before = folded_words(text[max(start, found.start() - 25) : found.start()])[-1:]
            words = words if language.startswith("en") else (*before, *words)
            if words and not re.match(r"\s*(?:and|or|und|y|et|e)\s", rest):
                yield Side(left, words, found.start(), found.end() + (cut.start() if cut else len(rest)))
