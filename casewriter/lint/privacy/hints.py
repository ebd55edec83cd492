"""Where in a text an entry is worth trying: letters that must occur near what it finds, each looked for once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+")
_AROUND = 100
"""How far from a hint a pattern may reach: longer than any identifier with its keyword."""
_DIGIT = re.compile(r"\d")
_BESIDE = 20
"""How far an anchor reaches around a digit of it."""
_CAPITAL = re.compile(
    r"(?:(?<![.!?\ue000][\s\u00a0])|(?<=\b\w\.\s)|(?<=\b\w\w\.\s)|(?<=\b\w\w\w\.\s)|(?<=\b\w\w\w\w\.\s))"
    r"(?<![\w'-])[A-ZÀ-ÖØ-ÞΆ-ΫЀ-ЯҐԱ-Ֆ](?:[^\W\d_a-z]{3,}|[^\W\d_]*[^\W\dA-Z_][^\W\d_]*|(?=[.\s]))"
)
"""A capitalised word that does not begin a sentence, and is no short abbreviation."""


class Hints:
    """Where each hint is in a text: found once, whatever number of entries ask for it.

    A hint of letters is looked for at the beginning of words, one with * before it anywhere.
    """

    def __init__(self, lower: str) -> None:
        self._lower = lower
        self._letters = frozenset(lower)
        self._places: dict[str, list[int]] = {}
        words: dict[str, list[int]] = {}
        for word in _WORD.finditer(lower):
            words.setdefault(word[0], []).append(word.start())
        self._words: dict[str, list[tuple[str, list[int]]]] = {}
        for one, places in words.items():
            self._words.setdefault(one[:2], []).append((one, places))

    def places(self, hints: tuple[str, ...]) -> list[int]:
        """Return where any of the hints is, in order."""
        found = [places for hint in hints if (places := self._of(hint))]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})

    def _of(self, hint: str) -> list[int]:
        places = self._places.get(hint)
        if places is None:
            places = self._places[hint] = sorted(self._find(hint))
        return places

    def _find(self, hint: str) -> Iterator[int]:
        if hint.isalpha() and len(hint) > 1:
            for word, places in self._words.get(hint[:2], ()):
                if word.startswith(hint):
                    yield from places
            return
        hint = hint.removeprefix("*")
        place = self._lower.find(hint) if hint[:1] in self._letters and hint[-1:] in self._letters else -1
        while place >= 0:
            yield place
            place = self._lower.find(hint, place + 1)


def anchored(text: str, anchors: dict[str, re.Pattern[str]]) -> dict[str, list[tuple[int, int]]]:
    """Return the stretches around what each anchor finds, and around `capital`: words that may be names.

    Every anchor holds a digit, so that only what is beside digits is looked at.
    """
    near = windows([one.start() for one in _DIGIT.finditer(text)], len(text), _BESIDE)
    found = {
        name: windows([one.start() for start, end in near for one in anchor.finditer(text, start, end)], len(text))
        for name, anchor in anchors.items()
    }
    return found | {"capital": windows([one.start() for one in _CAPITAL.finditer(text)], len(text))}


def within(places: list[int], stretches: list[tuple[int, int]]) -> list[int]:
    """Return the places that are in one of the stretches; both are in order."""
    starts = [start for start, _ in stretches]
    return [place for place in places if (n := bisect_right(starts, place)) and place < stretches[n - 1][1]]


def windows(places: list[int], length: int, around: int = _AROUND) -> list[tuple[int, int]]:
    """Return the stretches of a text around places in order, each with what a pattern may reach; overlaps as one."""
    found: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - around), min(length, place + around)
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
