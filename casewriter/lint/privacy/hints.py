"""Where in a text an entry is worth trying: letters that must occur near what it finds, each looked for once."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+")
_AROUND = 100
"""How far from a hint a pattern may reach: longer than any identifier with its keyword."""


class Hints:
    """Where each hint stands in a text: found once, whatever number of entries ask for it.

    A hint of letters is looked for at the beginning of words, one with * before it anywhere.
    """

    def __init__(self, lower: str) -> None:
        self._lower = lower
        self._places: dict[str, list[int]] = {}
        self._words: dict[str, list[tuple[str, int]]] = {}
        for word in _WORD.finditer(lower):
            self._words.setdefault(word[0][:2], []).append((word[0], word.start()))

    def windows(self, hints: tuple[str, ...]) -> list[tuple[int, int]]:
        """Return the stretches of the text around the hints; all of it where there are none."""
        if not hints:
            return [(0, len(self._lower))]
        return windows(sorted(place for hint in hints for place in self._of(hint)), len(self._lower))

    def _of(self, hint: str) -> list[int]:
        if hint not in self._places:
            self._places[hint] = list(self._find(hint))
        return self._places[hint]

    def _find(self, hint: str) -> Iterator[int]:
        if hint.isalpha() and len(hint) > 1:
            yield from (place for word, place in self._words.get(hint[:2], ()) if word.startswith(hint))
            return
        hint = hint.removeprefix("*")
        place = self._lower.find(hint)
        while place >= 0:
            yield place
            place = self._lower.find(hint, place + 1)


def windows(places: list[int], length: int) -> list[tuple[int, int]]:
    """Return the stretches of a text around places in order, each with what a pattern may reach; overlaps as one."""
    found: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _AROUND), min(length, place + _AROUND)
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
