"""The heading of a laboratory panel, and the legend under the figure."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.lettering import SMALL, balanced, number, width, wrap
from casewriter.plot.series import Track, Words

_LEADING = 11.0
_SWATCH = 12.0


class Heading(Struct, frozen=True):
    """The name in lines, its unit after or below it, and the reference interval at the right."""

    names: tuple[str, ...]
    unit: str
    below: tuple[str, ...]
    interval: str
    apart: bool

    @property
    def height(self) -> float:
        """Height of all lines and the distance to the ground."""
        return (len(self.names) + len(self.below) + self.apart) * _LEADING + 4

    def drawn(self, left: float, room: float, top: float) -> Iterator[str]:
        """Draw the heading of a panel whose ground begins at top."""
        y = top - self.height + 8
        yield svg.lines(left, y, self.names, _LEADING, font_weight="bold")
        if self.unit:
            x = left + width(self.names[-1], bold=True) + 4
            yield svg.text(x, y + (len(self.names) - 1) * _LEADING, self.unit, font_size=SMALL, fill=svg.GREY)
        y += len(self.names) * _LEADING
        if self.below:
            yield svg.lines(left, y, self.below, _LEADING, font_size=SMALL, fill=svg.GREY)
        if self.interval:
            wide = width(self.interval, SMALL)
            y += (len(self.below) - (not self.apart)) * _LEADING
            yield svg.text(left + room - wide, y, self.interval, font_size=SMALL, fill=svg.GREY)
            yield swatch(left + room - wide - _SWATCH - 4, y)


def heading(track: Track, room: float, words: Words) -> Heading:
    """Arrange the heading of a track in as few lines as its room allows."""
    names = tuple(balanced(svg.clean(track.label), room, bold=True))
    unit, interval = svg.clean(track.unit), _interval(track, words)
    name = width(names[-1], bold=True)
    beside = name + 4 + width(unit, SMALL) <= room
    below = () if beside else tuple(wrap(unit, room, SMALL))
    taken = name + 4 + width(unit, SMALL) if beside else width(below[-1], SMALL)
    apart = bool(interval) and taken + 14 + _SWATCH + 4 + width(interval, SMALL) > room
    return Heading(names, unit if beside else "", below, interval, apart)


def legend(left: float, y: float, room: float, words: Words) -> list[str]:
    """Explain the swatch of the reference interval."""
    rows = wrap(svg.clean(words.reference), room - _SWATCH - 8, SMALL)
    label = svg.lines(left + _SWATCH + 4, y, rows[:1], _LEADING, font_size=SMALL, fill=svg.GREY)
    return [swatch(left, y), label]


def swatch(x: float, y: float) -> str:
    """Draw a little piece of the band, standing on a baseline."""
    return svg.element(
        "rect", x=x, y=y - 6, width=_SWATCH, height=6.5, fill=svg.BAND, stroke=svg.LIMIT, stroke_width=0.5
    )


def _interval(track: Track, words: Words) -> str:
    """Return the reference interval as typed; without that, its bounds."""
    if track.reference:
        return svg.clean(track.reference) if (track.low, track.high) != (None, None) else ""
    low, high = ("" if limit is None else number(limit, 6, words.decimal) for limit in (track.low, track.high))
    if low and high:
        dash = "–" if not (low + high).count("−") else " … "
        return f"{low}{dash}{high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""
