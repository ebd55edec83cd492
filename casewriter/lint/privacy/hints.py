"""Where in a text an entry is worth trying: letters that must occur near what it finds, each looked for once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W\d_]+")
_AROUND = 100
"""How far from a hint a pattern may reach: longer than any identifier with its keyword."""
_DIGIT = re.compile(r"\d")
_BESIDE = 20
"""How far an anchor reaches around a digit of it."""
_CAPITAL = re.compile(
    r"[A-ZÀ-ÖØ-ÞΆ-ΫЀ-ЯҐԱ-Ֆ](?<![\w'-].)"
    r"(?:(?<![.!?\ue000][\s\u00a0].)|(?<=\b\w\.\s.)|(?<=\b\w\w\.\s.)|(?<=\b\w\w\w\.\s.)|(?<=\b\w\w\w\w\.\s.))"
    r"(?:[^\W\d_a-z]{3,}|[^\W\d_]*[^\W\dA-Z_][^\W\d_]*|(?=[.\s]))"
)
"""A capitalised word that does not begin a sentence, and is no short abbreviation.

The capital is looked for first, and then what is before it: a scan for a letter is quick.
"""


class HintList:
    """The hints of all entries, sorted once by how they are looked for.

    A hint of letters is looked for at the beginning of words, one with * before it anywhere.
    """

    def __init__(self, hints: Iterable[str]) -> None:
        every = frozenset(hints)
        self.letters = frozenset(hint for hint in every if hint.isalpha() and len(hint) > 1)
        self.longest = max(map(len, self.letters), default=0)
        self.signs = tuple((hint, hint.removeprefix("*")) for hint in sorted(every - self.letters))


class Hints:
    """Where each hint is in a text: found once, whatever number of entries ask for it."""

    def __init__(self, lower: str, known: HintList) -> None:
        self._places: dict[str, list[int]] = {}
        self._find_letters(lower, known)
        letters = frozenset(lower)
        for hint, sign in known.signs:
            if sign[:1] in letters and sign[-1:] in letters and (found := list(_finds(sign, lower))):
                self._places[hint] = found

    def _find_letters(self, lower: str, known: HintList) -> None:
        """Find the hints that words begin with: each different word is cut, no list of hints is gone through."""
        words: dict[str, list[int]] = {}
        for word in _WORD.finditer(lower):
            words.setdefault(word[0], []).append(word.start())
        found: dict[str, list[int]] = {}
        for one, places in words.items():
            for length in range(2, min(len(one), known.longest) + 1):
                if (hint := one[:length]) in known.letters:
                    found.setdefault(hint, []).extend(places)
        self._places |= {hint: sorted(places) for hint, places in found.items()}

    def places(self, hints: tuple[str, ...]) -> list[int]:
        """Return where any of the hints is, in order."""
        found = [self._places[hint] for hint in hints if hint in self._places]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})


def _finds(sign: str, lower: str) -> Iterator[int]:
    place = lower.find(sign)
    while place >= 0:
        yield place
        place = lower.find(sign, place + 1)


class Anchors:
    """The stretches of a text around what each anchor finds, looked for when first asked for.

    Every anchor holds a digit, so that only what is beside digits is looked at; `capital` are words that may be names.
    """

    def __init__(self, text: str, anchors: Mapping[str, re.Pattern[str]]) -> None:
        self._text = text
        self._anchors = anchors
        self._near = windows([one.start() for one in _DIGIT.finditer(text)], len(text), _BESIDE)
        self._found: dict[str, list[tuple[int, int]]] = {}

    def stretches(self, name: str) -> list[tuple[int, int]]:
        """Return the stretches around what an anchor finds."""
        if name not in self._found:
            self._found[name] = windows([one.start() for one in self._matches(name)], len(self._text))
        return self._found[name]

    def _matches(self, name: str) -> Iterator[re.Match[str]]:
        if name == "capital":
            return _CAPITAL.finditer(self._text)
        anchor = self._anchors[name]
        return (one for start, end in self._near for one in anchor.finditer(self._text, start, end))


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
