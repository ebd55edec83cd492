"""The course of a case: one lane an event, grouped by kind, on an axis of time."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.axis import time_axis
from casewriter.plot.kept import drawn_once
from casewriter.plot.lettering import SIZE, balanced, width, wrap
from casewriter.plot.scale import AxisScale, scale
from casewriter.plot.series import KINDS, PlottedEvent, Words
from casewriter.plot.sheet import Sheet

_SHEET = Sheet()
_LEADING = 10.5
_LANE = 15.5  # height of a lane of one line
_COLUMN = (0.35, 0.417)  # share of the labels: as a rule, and when one of them needs more than two lines
_GUTTER = 14.0
_EDGE = 4.0
_BAR = 6.4
_INDENT = 6.0


class _Lane(Struct, frozen=True):
    """An event with its label in lines, or a heading without one; y is the middle."""

    rows: tuple[str, ...]
    y: float
    event: PlottedEvent | None = None


@drawn_once
def course(events: Sequence[PlottedEvent], words: Words, sheet: Sheet = _SHEET) -> str:
    """Draw the events of a case as SVG; raise ValueError without events or with a time that is not finite."""
    if not events:
        raise ValueError("a course needs an event")
    if not all(math.isfinite(e.start) and math.isfinite(e.end or 0) for e in events):
        raise ValueError("the times of a course are finite")
    groups = _groups(events)
    column = _column(events, sheet)
    lanes, bottom = _lanes(groups, column, words)
    used = max(_room(lane) for lane in lanes)
    time = scale(_times(events), _EDGE + used + _GUTTER, sheet.width - _EDGE - 8)
    axis, depth = time_axis(time, bottom, words, (_EDGE, sheet.width - _EDGE))
    body = [*_ground(time, bottom), *axis]
    for lane in lanes:
        body += _drawn(lane, time)
    return svg.figure(body, sheet.width, bottom + depth, words)


def _groups(events: Sequence[PlottedEvent]) -> list[tuple[str, list[PlottedEvent]]]:
    """Return the events of each kind that occurs, by their start."""
    order = {kind: KINDS.index(kind) if kind in KINDS else len(KINDS) - 1 for kind in (e.kind for e in events)}
    groups: dict[int, list[PlottedEvent]] = {}
    for event in sorted(events, key=lambda e: (order[e.kind], e.start, _end(e))):
        groups.setdefault(order[event.kind], []).append(event)
    return [(KINDS[place], group) for place, group in groups.items()]


def _end(event: PlottedEvent) -> float:
    return event.start if event.end is None else event.end


def _times(events: Sequence[PlottedEvent]) -> list[float]:
    """Return every time to be shown; an ongoing event that starts last gets some room to go on."""
    times = [0.0, *(e.start for e in events), *(_end(e) for e in events)]
    *before, last = sorted(set(times))
    if before and any(e.ongoing and max(e.start, _end(e)) == last for e in events):
        times.append(last + (last - before[-1]) / 4)
    return times


def _column(events: Sequence[PlottedEvent], sheet: Sheet) -> float:
    labels = [svg.clean(e.label) for e in events]
    usual, wide = (share * sheet.width for share in _COLUMN)
    return wide if any(len(wrap(label, usual - _INDENT)) > 2 for label in labels) else usual


def _lanes(groups: list[tuple[str, list[PlottedEvent]]], column: float, words: Words) -> tuple[list[_Lane], float]:
    """Stack the lanes of all groups; return them and the y of the axis."""
    lanes: list[_Lane] = []
    y = 4.0
    for place, (kind, group) in enumerate(groups):
        y += 7 if place else 0
        heading = svg.clean(words.kinds.get(kind, ""))
        if heading:
            rows = tuple(balanced(heading, column, bold=True))
            lanes.append(_Lane(rows, y + _height(rows) / 2))
            y += _height(rows)
        for event in group:
            rows = tuple(balanced(svg.clean(event.label), column - _INDENT))
            lanes.append(_Lane(rows, y + _height(rows) / 2, event))
            y += _height(rows)
    return lanes, y + 4


def _height(rows: tuple[str, ...]) -> float:
    return _LANE + (len(rows) - 1) * _LEADING


def _room(lane: _Lane) -> float:
    indent = _INDENT if lane.event else 0
    return indent + max(width(row, bold=lane.event is None) for row in lane.rows)


def _ground(time: AxisScale, bottom: float) -> list[str]:
    """Draw the hairlines of the ticks and the rule of the index, after everything."""
    places = {round(time.at(days), 2) for part in time.stretches for days in part.ticks()}
    body = [svg.line((x, 2), (x, bottom), svg.HAIR, 0.5) for x in sorted(places)]
    index = time.at(0)
    return [*body, svg.line((index, 2), (index, bottom), svg.INK, 0.8)]


def _drawn(lane: _Lane, time: AxisScale) -> list[str]:
    """Draw a label and its bar or marker."""
    first = lane.y - (len(lane.rows) - 1) * _LEADING / 2 + SIZE * 0.33
    if lane.event is None:
        bold = {"font_weight": "bold", "fill": svg.DEEP}
        return [svg.lines(_EDGE, first, lane.rows, _LEADING, **bold)]
    label = svg.lines(_EDGE + _INDENT, first, lane.rows, _LEADING)
    event = lane.event
    start, end = sorted((event.start, _end(event)))
    x = time.at(start)
    leader = _leader(_EDGE + _room(lane) + 4, x - 6, lane.y)
    if event.ongoing:
        return [leader, label, _arrow(x, time.right + 6, lane.y, event.kind)]
    if end > start:
        return [leader, label, _bar(x, max(time.at(end), x + 3), lane.y, event.kind)]
    return [leader, label, _MARKERS.get(event.kind, _dot)(x, lane.y)]


def _leader(left: float, right: float, y: float) -> str:
    """Draw the dots that lead the eye from a label to its marker."""
    ends = {"x1": left, "y1": y, "x2": max(left, right), "y2": y}
    return svg.element("line", **ends, stroke=svg.RULE, stroke_width=0.5, stroke_dasharray="0.5 2.5")


def _inks(kind: str) -> tuple[str, str]:
    """Return fill and outline of the bars of a kind; they differ in grey as well."""
    if kind in ("intervention", "outcome"):
        return svg.DEEP, svg.DEEP
    if kind in ("presentation", "follow_up", "diagnostic"):
        return "#ffffff", svg.DEEP
    return "#b9b9b9", svg.GREY


def _bar(left: float, right: float, y: float, kind: str) -> str:
    fill, stroke = _inks(kind)
    h = _BAR / 2
    return svg.shape(((left, y - h), (right, y - h), (right, y + h), (left, y + h)), fill, stroke, 0.8)


def _arrow(left: float, right: float, y: float, kind: str) -> str:
    fill, stroke = _inks(kind)
    h, neck = _BAR / 2, max(left, right - 6)
    corners = ((left, y - h), (neck, y - h), (right, y), (neck, y + h), (left, y + h))
    return svg.shape(corners, fill, stroke, 0.8)


def _circle(fill: str, stroke: str) -> Callable[[float, float], str]:
    return lambda x, y: svg.element("circle", cx=x, cy=y, r=3.2, fill=fill, stroke=stroke, stroke_width=1)


def _polygon(offsets: Sequence[tuple[float, float]], fill: str) -> Callable[[float, float], str]:
    return lambda x, y: svg.shape(((x + dx, y + dy) for dx, dy in offsets), fill, svg.DEEP, 1)


_DIAMOND = ((0, -4.4), (4.4, 0), (0, 4.4), (-4.4, 0))
_dot = _circle("#b9b9b9", svg.GREY)
_MARKERS = {
    "presentation": _circle(svg.DEEP, svg.DEEP),
    "diagnostic": _polygon(_DIAMOND, "#ffffff"),
    "intervention": _polygon(_DIAMOND, svg.DEEP),
    "follow_up": _circle("#ffffff", svg.DEEP),
    "outcome": _polygon(((-3.3, -3.3), (3.3, -3.3), (3.3, 3.3), (-3.3, 3.3)), svg.DEEP),
}
