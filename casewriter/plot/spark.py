"""A trend line: the values of one test in the order of time over its reference range, as small as a line of text."""

from __future__ import annotations

from collections.abc import Sequence

from casewriter.plot import svg
from casewriter.plot.series import Track

_WIDE, _TALL, _PAD = 72.0, 14.0, 2.6


def trend(track: Track, days: Sequence[float], title: str) -> str:
    """Return the trend of a test as an SVG element for a page; `days` are the times of all tests, at equal distances.

    It says no more than the values beside it: hidden from who has a web page read aloud, named by its title in a PDF.
    """
    places = {day: place for place, day in enumerate(sorted(set(days)))}
    step = (_WIDE - 2 * _PAD) / max(1, len(places) - 1)
    values = [point.value for point in track.points]
    bounds = [bound for bound in (track.low, track.high) if bound is not None]
    low, high = _span(values, bounds)

    def at(value: float) -> float:
        return min(max(_TALL - _PAD - (value - low) / (high - low) * (_TALL - 2 * _PAD), 0.0), _TALL)

    curve = [(_PAD + step * places[point.days], at(point.value)) for point in track.points]
    body = [svg.element("title", svg.escape(svg.clean(title)))]
    if bounds:
        top, bottom = (0.0 if track.high is None else at(track.high)), (_TALL if track.low is None else at(track.low))
        body.append(
            svg.element("rect", x=0.0, y=top, width=_WIDE, height=max(bottom - top, 0.6), fill="#d5e0e2", class_="band")
        )
    corners = " ".join(f"{svg.coordinate(x)},{svg.coordinate(y)}" for x, y in curve)
    body.append(svg.element("polyline", points=corners, fill="none", stroke=svg.DEEP, class_="line", stroke_width=1))
    for (x, y), point in zip(curve, track.points, strict=True):
        if point.flag:
            body.append(svg.element("circle", cx=x, cy=y, r=1.7, fill=svg.DEEP, class_="line"))
    size: dict[str, str | float] = {
        "viewBox": f"0 0 {svg.coordinate(_WIDE)} {svg.coordinate(_TALL)}",
        "width": _WIDE,
        "height": _TALL,
    }
    return svg.element("svg", "".join(body), **size, aria_hidden="true", focusable="false")


def _span(values: Sequence[float], bounds: Sequence[float]) -> tuple[float, float]:
    """Return the lowest and highest value shown: of the values, and of the nearer limits of the range."""
    low, high = min(values), max(values)
    wide = high - low or abs(high) or 1.0
    near = [bound for bound in bounds if low - wide <= bound <= high + wide]
    low, high = min([low, *near]), max([high, *near])
    return (low, high) if high > low else (low - 1.0, high + 1.0)
