"""One panel of the laboratory figure: a test with its values, its ticks and its reference interval."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.label import Box, Place, Wish, place
from casewriter.plot.lettering import SMALL, decimals, number, width
from casewriter.plot.scale import AxisScale
from casewriter.plot.series import PlottedPoint, Track, Words

HEIGHT = 84.0
"""Height of the ground on which the curve is drawn."""
_FINEST = 1e-8  # values nearer than this are the same
_PAD = 13.0  # room above and below the curve for its labels


class Values(Struct, frozen=True):
    """The vertical axis: the values at the bottom and at the top, and the ticks with their labels."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def room(self) -> float:
        """Width of the widest tick label."""
        return max((width(label, SMALL) for _, label in self.ticks), default=0.0)

    def at(self, value: float, top: float, height: float = HEIGHT, pad: float = _PAD) -> float:
        """Return where a value is in a ground that begins at top."""
        share = (value - self.low) / (self.high - self.low)
        return top + height - pad - share * (height - 2 * pad)


def values(track: Track, words: Words) -> Values:
    """Span the vertical axis over the values and as much of the reference interval as fits."""
    numbers = [point.value for point in track.points]
    low, high = first, last = min(numbers), max(numbers)
    bounds = [bound for bound in (track.low, track.high) if bound is not None]
    for order, bound in enumerate(sorted(bounds, key=lambda b: (max(first - b, b - last, 0.0), b))):
        wider = max(high, bound) - min(low, bound)
        # The nearer limit shows whether values are low or high; the other one may cost less height.
        if last == first or wider == 0 or (last - first) / wider > (0.2 if order else 0.04):
            low, high = min(low, bound), max(high, bound)
    if high - low <= max(_FINEST, 1e-9 * abs(high)):
        pad = max(abs(low), abs(high)) / 10
        pad = pad if pad > _FINEST else 1.0
        low, high = low - pad, high + pad
    if 0 < low < (high - low) * 0.5:
        low = 0.0
    return Values(low, high, _ticks(low, high, words.decimal))


def _ticks(low: float, high: float, decimal: str) -> tuple[tuple[float, str], ...]:
    """Return three to five round values between the ends."""
    power = 10.0 ** math.floor(math.log10((high - low) / 3))
    steps = (factor * power for factor in (1, 2, 2.5, 5, 10))
    step = next(step for step in steps if (high - low) / step <= 4.2)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple((k * step, number(k * step, decimals(step), decimal)) for k in range(first, last + 1))


def panel(track: Track, axis: Values, time: AxisScale, top: float, words: Words) -> Iterator[str]:
    """Draw the ground, the curve and the labels of a track whose ground begins at top."""
    left, right = time.left - 5, time.right + 6
    edges = limits(track, axis, top)
    if edges:
        tall = edges[1] - edges[0]
        yield svg.element("rect", x=left, y=edges[0], width=right - left, height=tall, fill=svg.BAND)
    rules = [((left, y), (right, y)) for y in edges if top < y < top + HEIGHT]
    if time.covers(0) and time.at(0) > time.left + 8:
        rules.append(((time.at(0), top), (time.at(0), top + HEIGHT)))
    yield from (svg.line(start, end, svg.LIMIT, 0.6) for start, end in rules)
    yield svg.line((left, top), (left, top + HEIGHT), svg.RULE, 0.7)
    for value, label in axis.ticks:
        y = axis.at(value, top)
        yield svg.line((left - 3, y), (left, y), svg.RULE, 0.7)
        yield svg.text(left - 5, y + SMALL * 0.34, label, text_anchor="end", font_size=SMALL)
    points = sorted(track.points, key=lambda point: point.days)
    curve = [(time.at(point.days), axis.at(point.value, top)) for point in points]
    yield from _curve(curve, points, track.unit)
    frame = Box(time.left - 3, top - 1, right, top + HEIGHT - 1.5)
    for found in place(_wishes(points, curve, words), curve, frame, rules):
        weight = {"font_weight": "bold"} if found.wish.bold else {}
        yield svg.text(found.x, found.y, found.wish.text, font_size=SMALL, **weight)


def limits(track: Track, axis: Values, top: float, height: float = HEIGHT, pad: float = _PAD) -> tuple[float, ...]:
    """Return the upper and the lower edge of the reference band as far as the ground shows it."""
    if track.low is None and track.high is None:
        return ()
    # Where the axis begins at nought, nothing is less.
    bottom = axis.at(0, top, height, pad) if axis.low == 0 else top + height
    high = top if track.high is None else axis.at(track.high, top, height, pad)
    low = bottom if track.low is None else axis.at(track.low, top, height, pad)
    above, below = (min(max(y, top), top + height) for y in (high, low))
    return (above, max(above, below))


def _curve(curve: Sequence[Place], points: Sequence[PlottedPoint], unit: str) -> Iterator[str]:
    """Draw the line and the markers; each marker tells its printed value to who points at it."""
    if len(curve) > 1:
        corners = " ".join(f"{svg.coordinate(x)},{svg.coordinate(y)}" for x, y in curve)
        yield svg.element("polyline", points=corners, fill="none", stroke=svg.DEEP, stroke_width=1.1)
    for at, point in zip(curve, points, strict=True):
        text = point.text if point.measured else f"{point.text} {unit}"
        yield svg.told(marker(at, point), svg.clean(text))


def _wishes(points: Sequence[PlottedPoint], curve: Sequence[Place], words: Words) -> list[Wish]:
    """Ask for the extreme, first and last values as printed, then for the letters of the other points."""
    order = sorted(range(len(points)), key=lambda i: points[i].value)
    values = list(dict.fromkeys((order[-1], order[0], 0, len(points) - 1)))
    flagged = [i for i, point in enumerate(points) if point.flag and i not in values]
    wishes = []
    for i in values + flagged:
        letter = svg.clean(words.letters.get(points[i].flag, "")) if points[i].flag else ""
        text = svg.clean(points[i].text) if i in values else ""
        shown = " ".join(part for part in (text, "" if text and points[i].marked else letter) if part)
        beside = [curve[k][1] for k in (i - 1, i + 1) if 0 <= k < len(curve)]
        under = bool(beside) and curve[i][1] > sum(beside) / len(beside)
        if shown:
            wishes.append(Wish(curve[i], shown, bool(points[i].flag), under))
    return wishes


def marker(at: Place, point: PlottedPoint) -> str:
    """Draw a point: an open circle, an open triangle at the limit of a value, for each flag a filled shape."""
    x, y = at
    r = 3.1
    match point.bound or point.flag:
        case "":
            return svg.element("circle", cx=x, cy=y, r=2.2, fill="#ffffff", stroke=svg.DEEP, stroke_width=1)
        case "above" | "high":
            corners = [(x - r, y + r * 0.7), (x, y - r), (x + r, y + r * 0.7)]
        case "below" | "low":
            corners = [(x - r, y - r * 0.7), (x, y + r), (x + r, y - r * 0.7)]
        case "critical":
            corners = [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
        case _:
            corners = [(x, y - r - 0.6), (x + r + 0.6, y), (x, y + r + 0.6), (x - r - 0.6, y)]
    return svg.shape(corners, "#ffffff" if point.bound else svg.DEEP, svg.DEEP, 1 if point.bound else 0.5)
