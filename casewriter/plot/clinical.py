"""The clinical course: treatments as bars, and under them tests as curves, on one axis of time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.axis import time_axis
from casewriter.plot.kept import drawn_once
from casewriter.plot.row import Row, ground, heading, label
from casewriter.plot.scale import AxisScale, scale
from casewriter.plot.series import PlottedTreatment, Track, Words
from casewriter.plot.sheet import Sheet
from casewriter.plot.testrow import test_row
from casewriter.plot.treatment import treatment_row

_EDGE = 3.0
_COLUMN = 0.27  # share of the width that labels take at most
_GUTTER = 12.0
_RIGHT = 14.0  # room for an arrow and for half of the last label
_APART = 5.0  # between groups


class Drawn(Struct, frozen=True):
    """A figure as SVG, its height in user units, and the names of the marks in it."""

    svg: str
    height: float
    marks: frozenset[str]


@drawn_once
def clinical_course(
    treatments: Sequence[PlottedTreatment], tracks: Sequence[Track], words: Words, sheet: Sheet
) -> Drawn:
    """Draw treatments and tests; headings are `words.kinds` of ``treatment`` and ``labs``.

    Raise ValueError without anything to draw and for a number that is not finite.
    """
    _check(treatments, tracks)
    column = sheet.width - 2 * _EDGE if sheet.narrow else _column(treatments, tracks, words, sheet)
    left = _EDGE + 8 if sheet.narrow else _EDGE + column + _GUTTER
    time = scale(_times(treatments, tracks), left, sheet.width - _RIGHT)
    groups = [
        (words.kinds.get("treatment", ""), [treatment_row(one, time, column) for one in treatments]),
        (words.kinds.get("labs", ""), [test_row(track, time, column, words) for track in tracks]),
    ]
    there = [group for group in groups if group[1]]
    body, bottom = _narrow(there, time, words, sheet) if sheet.narrow else _wide(there, time, words, sheet)
    marks = frozenset(mark for _, rows in there for row in rows for mark in row.marks)
    marks |= ({"zero"} if time.covers(0) else set()) | ({"break"} if len(time.stretches) > 1 else set())
    return Drawn(svg.figure(body, sheet.width, bottom, words), bottom, marks)


def _check(treatments: Sequence[PlottedTreatment], tracks: Sequence[Track]) -> None:
    if not treatments and not tracks:
        raise ValueError("a course needs a treatment or a test")
    if not all(track.points for track in tracks):
        raise ValueError("every test needs a value")
    numbers = [number for track in tracks for point in track.points for number in (point.days, point.value)]
    if not all(map(math.isfinite, [*numbers, *(t for one in treatments for t in one.times)])):
        raise ValueError("the times and values of a course are finite")


def _times(treatments: Sequence[PlottedTreatment], tracks: Sequence[Track]) -> list[float]:
    """Return every time to be shown; a treatment that goes on from the last time gets some room."""
    times = {0.0, *(point.days for track in tracks for point in track.points)}
    times |= {t for one in treatments for t in one.times}
    *before, last = sorted(times)
    if before and any(one.ongoing and one.doses[-1].start == last for one in treatments):
        times.add(last + (last - before[-1]) / 4)
    return sorted(times)


def _column(treatments: Sequence[PlottedTreatment], tracks: Sequence[Track], words: Words, sheet: Sheet) -> float:
    """Return the width of the labels: as much as they need, up to a share of the sheet."""
    most = _COLUMN * sheet.width
    lines = [line for one in treatments for line in label(one.label, [one.detail], most, bold=False)]
    for track in tracks:
        details = [f"{track.unit}; {words.reference} {track.reference}"]
        lines += label(track.label, details, most, bold=True)
    return min(most, max(line.width for line in lines) + 1)


Groups = Sequence[tuple[str, Sequence[Row]]]


def _wide(groups: Groups, time: AxisScale, words: Words, sheet: Sheet) -> tuple[list[str], float]:
    """Draw the rows with labels at the left and one axis under all; return the markup and where it ends."""
    body: list[str] = []
    y = 2.0
    for place, (name, rows) in enumerate(groups):
        y += _APART if place else 0
        for row in (*([heading(name)] if name else ()), *rows):
            drawn, y = row.beside(_EDGE, y)
            body += drawn
    axis, depth = time_axis(time, y, words, (_EDGE, sheet.width - _EDGE))
    return [*ground(time, 2.0, y), *body, *axis], y + depth


def _narrow(groups: Groups, time: AxisScale, words: Words, sheet: Sheet) -> tuple[list[str], float]:
    """Draw each row under its label; the treatments and every test have an axis, so that each is read alone."""
    body: list[str] = []
    y = 2.0
    edges = (_EDGE, sheet.width - _EDGE)
    for name, rows in groups:
        each = rows[0].alone
        if name:
            drawn, y = heading(name).below(_EDGE, y)
            body += drawn
        for place, row in enumerate(rows):
            start = y + row.label_height
            drawn, y = row.below(_EDGE, y)
            body += [*ground(time, start, y), *drawn]
            if each or place == len(rows) - 1:
                axis, depth = time_axis(time, y, words, edges)
                body += axis
                y += depth + _APART
    return body, y
