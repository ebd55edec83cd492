"""A test in the course of a case: its curve over the reference band, with its values beside their points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casewriter.plot import svg
from casewriter.plot.label import Box, Label, Place, Wish, place
from casewriter.plot.lettering import SMALL
from casewriter.plot.panel import Values, limits, values
from casewriter.plot.row import Row, label
from casewriter.plot.scale import AxisScale
from casewriter.plot.series import PlottedPoint, Track, Words

TALL = 44.0
"""Height of a curve with the room for its labels."""
_PAD = 12.0
_R = 2.6
_GAP = 2.5  # between two values that stand side by side


def test_row(track: Track, time: AxisScale, room: float, words: Words) -> Row:
    """Return the row of a test."""
    axis = values(track, words)
    points = sorted(track.points, key=lambda point: point.days)
    curve = [(time.at(point.days), axis.at(point.value, 0.0, TALL, _PAD)) for point in points]
    details = [part for part in (track.unit, _range(track, words)) if part]
    one = f"{details[0]}; {details[1]}" if len(details) == 2 else "".join(details)
    edges = limits(track, axis, 0.0, TALL, _PAD)
    edges = () if edges and edges[0] == edges[1] else edges  # the axis does not reach the band
    labels, unlabelled = _labels(points, curve, _rules(edges, time), (time, words))

    def draw(top: float) -> Iterator[str]:
        yield from _band(edges, time, top)
        yield from _curve(points, [(x, y + top) for x, y in curve], axis, top, track.unit)
        for found in labels:
            weight = {"font_weight": "bold"} if found.wish.bold else {}
            yield svg.text(found.x, found.y + top, found.wish.text, font_size=SMALL, **weight)

    lines = label(track.label, [one] if one else [], room, bold=True)
    marks = test_marks(track) | ({"unlabelled"} if unlabelled else set())
    return Row(lines, TALL, draw, marks if edges else marks - {"band"}, alone=True)


def _range(track: Track, words: Words) -> str:
    return f"{words.reference} {track.reference}" if track.reference else ""


def test_marks(track: Track) -> frozenset[str]:
    """Return the names of the marks that a test is drawn with."""
    found = {f"flag_{point.flag}" for point in track.points if point.flag}
    found |= {point.bound for point in track.points if point.bound}
    found |= {"span" for point in track.points if point.span}
    found |= {"outside" for point in track.points if point.flag and not point.bound}
    found |= {"value" for point in track.points if not point.flag and not point.bound}
    if (track.low, track.high) != (None, None):
        found.add("band")
    return frozenset(found)


def _band(edges: Sequence[float], time: AxisScale, top: float) -> Iterator[str]:
    if edges:
        left, right = time.left - 5, time.right + 6
        tall = max(edges[1] - edges[0], 1.0)
        yield svg.element("rect", x=left, y=top + edges[0], width=right - left, height=tall, fill=svg.BAND)
        for y in edges:
            yield svg.line((left, top + y), (right, top + y), svg.LIMIT, 0.5)


def _rules(edges: Sequence[float], time: AxisScale) -> list[tuple[Place, Place]]:
    """Return the straight lines of the ground that labels keep off: the edges of the band, time 0."""
    left, right = time.left - 5, time.right + 6
    zero = [((time.at(0), 0.0), (time.at(0), TALL))] if time.covers(0) else []
    return [*(((left, y), (right, y)) for y in edges), *zero]


def _curve(
    points: Sequence[PlottedPoint], curve: Sequence[Place], axis: Values, top: float, unit: str
) -> Iterator[str]:
    if len(curve) > 1:
        corners = " ".join(f"{svg.coordinate(x)},{svg.coordinate(y)}" for x, y in curve)
        yield svg.element("polyline", points=corners, fill="none", stroke=svg.DEEP, stroke_width=1.1)
    for point, at in zip(points, curve, strict=True):
        if point.span:
            low, high = (axis.at(end, top, TALL, _PAD) for end in point.span)
            yield svg.line((at[0], low), (at[0], high), svg.DEEP, 1.1)
        text = point.text if point.measured else f"{point.text} {unit}"
        yield svg.told(_marker(at, point), svg.clean(text))


def _marker(at: Place, point: PlottedPoint) -> str:
    """Draw a point: filled where it is outside the range, a triangle at the limit of a value below or above it."""
    x, y = at
    if point.bound:
        r = 3.2 if point.bound == "below" else -3.2
        return svg.shape(((x - r, y - r * 0.75), (x + r, y - r * 0.75), (x, y + r)), "#ffffff", svg.DEEP, 1.1)
    fill = svg.DEEP if point.flag else "#ffffff"
    return svg.element("circle", cx=x, cy=y, r=_R, fill=fill, stroke=svg.DEEP, stroke_width=1)


def _labels(
    points: Sequence[PlottedPoint],
    curve: Sequence[Place],
    rules: Sequence[tuple[Place, Place]],
    setting: tuple[AxisScale, Words],
) -> tuple[list[Label], bool]:
    """Return the values at their places, those that tell most first, and whether one has no room.

    A value that has no room and is flagged keeps the letter of its flag.
    """
    time, words = setting
    frame = Box(time.left - 8, 0.5, time.right + 12, TALL - 0.5)
    wishes = {i: _wish(points, curve, i, words) for i in _in_order(points)}
    found = place(wishes.values(), curve, frame, rules, _GAP)
    shown = {label.wish for label in found}
    missing = [i for i, wish in wishes.items() if wish not in shown]
    letters = [Wish(curve[i], words.letters[points[i].flag], bold=True) for i in missing if points[i].flag]
    if letters:
        wanted = [*(wish for wish in wishes.values() if wish in shown), *letters]
        found = place(wanted, curve, frame, rules, _GAP)
    return found, bool(missing)


def _in_order(points: Sequence[PlottedPoint]) -> list[int]:
    """Return the places of points: extremes, the first and last, those outside the range, the others."""
    order = sorted(range(len(points)), key=lambda i: points[i].value)
    outside = [i for i, point in enumerate(points) if point.flag]
    return list(dict.fromkeys((order[-1], order[0], 0, len(points) - 1, *outside, *range(len(points)))))


def _wish(points: Sequence[PlottedPoint], curve: Sequence[Place], i: int, words: Words) -> Wish:
    point = points[i]
    letter = "" if point.marked or not point.flag else words.letters.get(point.flag, "")
    text = " ".join(part for part in (svg.clean(point.text), letter) if part)
    beside = [curve[k][1] for k in (i - 1, i + 1) if 0 <= k < len(curve)]
    under = bool(beside) and curve[i][1] > sum(beside) / len(beside)
    return Wish(curve[i], text, bool(point.flag), under)
