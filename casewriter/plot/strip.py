"""The course of a case as a strip: its events on one line of time, their labels above and below it in turn."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from casewriter.plot import svg
from casewriter.plot.axis import breaks
from casewriter.plot.kept import drawn_once
from casewriter.plot.lettering import SMALL, balanced, width
from casewriter.plot.row import LEADING
from casewriter.plot.scale import AxisScale, scale
from casewriter.plot.series import Words
from casewriter.plot.sheet import Sheet
from casewriter.plot.treatment import SUSPECT

_EDGE = 4.0
_GAP = 9.0  # between two labels of one side
_STEM = 12.0
_WIDTHS = (96.0, 82.0, 70.0, 60.0)
_MOST_LINES = 5
_BAR = 5.0


class StripEvent(Struct, frozen=True):
    """Something that happened: days from the index, the time as printed, what it was, how much it matters."""

    days: float
    when: str
    text: str
    weight: int = 0


class _Label(Struct, frozen=True):
    """An event with its lines; `left` is where they begin on paper."""

    event: StripEvent
    lines: tuple[str, ...]
    x: float
    left: float = 0.0

    @property
    def width(self) -> float:
        return max(width(self.event.when, SMALL, bold=True), *(width(line, SMALL) for line in self.lines))

    @property
    def height(self) -> float:
        return (len(self.lines) + 1) * LEADING


class Strip(Struct, frozen=True):
    """A strip as SVG, the events that it shows, whether its scale changes."""

    svg: str
    events: tuple[StripEvent, ...]
    broken: bool


@drawn_once
def strip(
    events: Sequence[StripEvent], exposures: Sequence[tuple[float, float]], words: Words, sheet: Sheet
) -> Strip | None:
    """Draw events and exposures; those that matter least give way where room is short. None of less than three events.

    Raise ValueError for a time that is not finite.
    """
    kept = sorted(events, key=lambda event: event.days)
    if not all(map(math.isfinite, [*(one.days for one in kept), *(end for pair in exposures for end in pair)])):
        raise ValueError("the times of a strip are finite")
    while len(kept) >= 3:
        time = scale([*(one.days for one in kept), *(end for pair in exposures for end in pair)], 14, sheet.width - 14)
        if sides := _sides(kept, time, sheet.width):
            body, height = _drawn(sides, exposures, time)
            return Strip(svg.figure(body, sheet.width, height, words), tuple(kept), len(time.stretches) > 1)
        least = min(range(len(kept)), key=lambda place: (kept[place].weight, -place))
        del kept[least]
    return None


@drawn_once
def listed(events: Sequence[StripEvent], words: Words, sheet: Sheet) -> str:
    """Draw the same events one below another, for the screen of a phone."""
    y, left = 6.0, 20.0
    body: list[str] = []
    places: list[float] = []
    for event in sorted(events, key=lambda one: one.days):
        places.append(y + 4)
        body.append(_bold(left, y + SMALL * 0.9, event.when))
        lines = balanced(svg.clean(event.text), sheet.width - left - _EDGE, SMALL)
        body.append(svg.lines(left, y + LEADING + SMALL * 0.9, lines, LEADING, font_size=SMALL))
        y += LEADING * (len(lines) + 1) + 7
    line = svg.line((8, places[0]), (8, places[-1]), svg.RULE, 1)
    return svg.figure([line, *(_dot(8, place) for place in places), *body], sheet.width, y, words)


def _sides(events: Sequence[StripEvent], time: AxisScale, wide: float) -> tuple[list[_Label], list[_Label]] | None:
    """Return the labels above and below the line, as wide as there is room for; None where there is none."""
    for room in _WIDTHS:
        labels = [_Label(one, tuple(balanced(svg.clean(one.text), room, SMALL)), time.at(one.days)) for one in events]
        above, below = _apart(labels[0::2], wide), _apart(labels[1::2], wide)
        if above is not None and below is not None and all(len(one.lines) <= _MOST_LINES for one in labels):
            return above, below
    return None


def _apart(labels: Sequence[_Label], wide: float) -> list[_Label] | None:
    """Return labels of one side near their places, but apart; None where they are wider than the strip."""
    if sum(one.width + _GAP for one in labels) - _GAP > wide - 2 * _EDGE:
        return None
    lefts: list[float] = []
    edge = _EDGE
    for one in labels:
        lefts.append(max(edge, one.x - one.width / 2))
        edge = lefts[-1] + one.width + _GAP
    edge = wide - _EDGE
    for place in reversed(range(len(labels))):
        lefts[place] = min(lefts[place], edge - labels[place].width)
        edge = lefts[place] - _GAP
    return [replace(one, left=left) for one, left in zip(labels, lefts, strict=True)]


def _drawn(
    sides: tuple[list[_Label], list[_Label]], exposures: Sequence[tuple[float, float]], time: AxisScale
) -> tuple[list[str], float]:
    above, below = sides
    tall = max((one.height for one in above), default=0.0)
    y = 4 + tall + _STEM
    body = [svg.line((time.left - 8, y), (time.right + 8, y), svg.INK, 0.8)]
    for start, end in exposures:
        body += _exposure(time.at(start), time.at(end), y)
    body += breaks(time, y)
    for one in above:
        body += _labelled(one, y, y - _STEM - one.height, y - _STEM + 1)
    for one in below:
        body += _labelled(one, y, y + _STEM, y + _STEM - 1)
    height = y + (_STEM + max(one.height for one in below) if below else 4) + 4
    return body, height


def _labelled(one: _Label, y: float, top: float, foot: float) -> list[str]:
    """Draw the point of an event, the stroke to its label, and the label."""
    near = min(max(one.x, one.left + 2), one.left + one.width - 2)
    texts = svg.lines(one.left, top + LEADING + SMALL * 0.9, one.lines, LEADING, font_size=SMALL)
    stroke = svg.line((one.x, y), (near, foot), svg.GREY, 0.6)
    return [stroke, _dot(one.x, y), _bold(one.left, top + SMALL * 0.9, one.event.when), texts]


def _bold(x: float, y: float, text: str) -> str:
    return svg.text(x, y, svg.clean(text), font_size=SMALL, font_weight="bold", fill=svg.DEEP)


def _dot(x: float, y: float) -> str:
    return svg.element("circle", cx=x, cy=y, r=3.2, fill=svg.DEEP)


def _exposure(left: float, right: float, y: float) -> list[str]:
    """Draw the bar of an exposure, striped so that it differs without colour."""
    top, bottom = y - _BAR / 2, y + _BAR / 2
    body = [svg.shape(((left, top), (right, top), (right, bottom), (left, bottom)), SUSPECT)]
    x = left + 3
    while x + 3 < right:
        body.append(svg.line((x, bottom), (x + 3, top), "#ffffff", 1.1))
        x += 6
    return body
