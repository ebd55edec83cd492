"""Laboratory results as curves: which tests a figure shows, and their points in time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from casewriter import plot
from casewriter import unit as units
from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.walk import capitalised, plain
from casewriter.model.laboratory import Result
from casewriter.model.naming import slug
from casewriter.model.quantity import Point
from casewriter.model.value import Value
from casewriter.model.verdict import bounds_in, typed_unit
from casewriter.problem import Path


def test_name(row: Result) -> str:
    """Return the name that chooses a test: its id, else the id that its label gives."""
    return row.id or slug(row.title() or "")


def tracks(make: Builder) -> list[plot.Track]:
    """Return every test that has a number with a known time, in the order of the case."""
    found = []
    for path, row in make.case.labs.rows() if make.case.labs else ():
        if points := _points(make, row):
            found.append(track(make, row, ("labs", *path), points))
    return found


def track(make: Builder, row: Result, path: Path, points: Sequence[plot.PlottedPoint]) -> plot.Track:
    """Return a test with its points and its reference interval as typed."""
    full = capitalised(make.prose.inline(row.test or row.label, (*path, "test")))
    label = capitalised(make.prose.quoted(row.short)) if row.short else full
    low, high = (bounds_in(row.reference, row.unit) if row.reference else None) or (None, None)
    typed = quantities.reference(row.reference, make.telling.language) if row.reference else ""
    return plot.Track(
        label=plain(label),
        unit=units.printed(row.unit) if row.unit else "",
        points=tuple(points),
        low=low,
        high=high,
        reference=plain(make.text(typed)),
        name=test_name(row),
        meaning=plain(full) if row.short and full != label else "",
    )


def _points(make: Builder, row: Result) -> list[plot.PlottedPoint]:
    found = (plotted(make, row, point) for point in row.points())
    return sorted((point for point in found if point), key=lambda point: point.days)


def plotted(make: Builder, row: Result, point: Point) -> plot.PlottedPoint | None:
    """Return a measurement as a point in time; None of a word, a titre, and where the time is not known."""
    at = point.at or row.at
    days = make.telling.chronology.placed(at)
    if days is None or point.value is None or point.value.summary:
        return None
    low, high = bounds_in(point.value, row.unit) or (None, None)
    number = _place(point.value, low, high)
    unit = typed_unit(point.value, row.unit)
    if number is None or not math.isfinite(number) or (unit and row.unit is None):
        return None
    flag = quantities.flag(row, point)
    return plot.PlottedPoint(
        days,
        number,
        quantities.value(point.value, make.words, make.telling.language),
        flag,
        quantities.is_marked(row, point, flag),
        bool(unit),
        bound="below" if low is None else "above" if high is None else "",
        span=(low, high) if low is not None and high is not None and low < high else None,
        when=plain(make.when(at)),
    )


def _place(value: Value, low: float | None, high: float | None) -> float | None:
    """Return the number at which a value is drawn: the limit of ``<9``, the middle of a range."""
    if value.not_done is not None or (low is None and high is None):
        return None
    if low is None or high is None:
        return high if low is None else low
    return low if low == high else (low + high) / 2


def chosen(found: Sequence[plot.Track], names: Sequence[str], most: int) -> list[plot.Track]:
    """Return the tests that a figure shows: those named, in that order; else those that tell most, in the case's order.

    A test tells something that is repeated and leaves its reference range, the more the further it leaves it. Where
    none does, repeated tests are shown.
    """
    if names:
        return [track for name in names for track in found if track.name == name]
    repeated = [place for place, track in enumerate(found) if track.repeated]
    telling = [place for place in repeated if any(point.flag for point in found[place].points)]
    order = sorted(telling, key=lambda place: (-_furthest(found[place]), place)) if telling else repeated
    return [found[place] for place in sorted(order[:most])]


def _furthest(track: plot.Track) -> float:
    """Return how far the furthest value is outside the range: the logarithm of its ratio to the limit."""
    return max(_distance(track, point) for point in track.points)


def _distance(track: plot.Track, point: plot.PlottedPoint) -> float:
    value = point.value
    if not point.flag:
        return -1.0
    if track.high is not None and value > track.high:
        return math.log(value / track.high) if track.high > 0 else 1.0
    if track.low is not None and value < track.low:
        return math.log(track.low / value) if value > 0 else 1.0
    return 0.0
