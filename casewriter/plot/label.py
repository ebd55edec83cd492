"""Places for the labels of a curve: near their points, apart from each other, rather off the curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from casewriter.plot.lettering import SMALL, width

Place = tuple[float, float]
_ABOVE = 0.72  # how far letters reach above and below their baseline, in parts of the size
_BELOW = 0.22
_MARKER = 3.6
_DISTANCES = (4.5, 8.0, 12.0, 17.0, 23.0, 30.0)


class Box(Struct, frozen=True):
    """A rectangle on paper."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def wider(self, gap: float) -> Box:
        """Return the rectangle with a gap at its left and right."""
        return Box(self.left - gap, self.top, self.right + gap, self.bottom) if gap else self

    def holds(self, other: Box) -> bool:
        """Return whether the other rectangle lies inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def crossed(self, start: Place, end: Place) -> bool:
        """Return whether a line from start to end goes through the rectangle."""
        low, high = 0.0, 1.0
        for p, q, least, most in (
            (start[0], end[0], self.left, self.right),
            (start[1], end[1], self.top, self.bottom),
        ):
            if p == q:
                if not least < p < most:
                    return False
                continue
            near, far = sorted(((least - p) / (q - p), (most - p) / (q - p)))
            low, high = max(low, near), min(high, far)
        return low < high


class Wish(Struct, frozen=True):
    """A label that wants to stand near a place, under it rather than above if it is a valley."""

    at: Place
    text: str
    bold: bool = False
    under: bool = False


class Label(Struct, frozen=True):
    """A label that has found its place: x of its left end, y of its baseline."""

    wish: Wish
    x: float
    y: float

    @property
    def box(self) -> Box:
        """The rectangle of the letters."""
        wide = width(self.wish.text, SMALL, bold=self.wish.bold)
        return Box(self.x, self.y - _ABOVE * SMALL, self.x + wide, self.y + _BELOW * SMALL)


def place(
    wishes: Iterable[Wish],
    curve: Sequence[Place],
    frame: Box,
    rules: Sequence[tuple[Place, Place]] = (),
    gap: float = 0.0,
) -> list[Label]:
    """Grant the wishes in their order; one for which the frame has no free place is left out.

    A label keeps off the curve, its markers and the straight rules of the ground, and `gap` from other labels.
    """
    placed: list[Label] = []
    for wish in wishes:
        free = [
            (_strain(label, cost, curve, rules), number, label)
            for number, (cost, label) in enumerate(_offers(wish, frame))
            if frame.holds(label.box) and not any(label.box.wider(gap).meets(other.box) for other in placed)
        ]
        if free:
            placed.append(min(free)[2])
    return placed


def _offers(wish: Wish, frame: Box) -> Iterator[tuple[float, Label]]:
    """Offer places around a point, the best first, moved sideways into the frame."""
    wide = width(wish.text, SMALL, bold=wish.bold)
    x, y = wish.at
    for distance in _DISTANCES:
        above = y - distance - _BELOW * SMALL
        below = y + distance + _ABOVE * SMALL
        level = y + SMALL * 0.33
        first, second = (below, above) if wish.under else (above, below)
        beside = max(distance, 6.0)
        for cost, left, base in (
            (0.0, x - wide / 2, first),
            (0.6, x + beside, level),
            (0.7, x - beside - wide, level),
            (0.8, x + 2, first),
            (0.8, x - wide - 2, first),
            (1.0, x - wide / 2, second),
            (1.6, x + 2, second),
            (1.6, x - wide - 2, second),
        ):
            inside = min(max(left, frame.left), frame.right - wide)
            yield cost + distance * 0.12 + abs(inside - left) * 0.05, Label(wish, inside, base)


def _strain(label: Label, cost: float, curve: Sequence[Place], rules: Sequence[tuple[Place, Place]]) -> float:
    """Return what a place costs the reader: distance, and lines and markers under the letters."""
    box = label.box
    markers = sum(box.meets(Box(x - _MARKER, y - _MARKER, x + _MARKER, y + _MARKER)) for x, y in curve)
    strokes = sum(box.crossed(start, end) for start, end in pairwise(curve))
    ruled = sum(box.crossed(start, end) for start, end in rules)
    return cost + 3.0 * markers + 1.5 * strokes + 0.9 * ruled
