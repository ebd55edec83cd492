"""Laboratory values in the course of time: one small panel a test, all on the same axis of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from casewriter.plot import svg
from casewriter.plot.axis import rule, time_axis
from casewriter.plot.heading import Heading, heading, legend
from casewriter.plot.kept import drawn_once
from casewriter.plot.panel import HEIGHT, Values, panel, values
from casewriter.plot.scale import AxisScale, scale
from casewriter.plot.series import Track, Words
from casewriter.plot.sheet import Sheet

_SHEET = Sheet()
_EDGE = 3.0
_BETWEEN = 14.0  # between two columns
_GAP = 13.0  # between two panels, under the curve
_COLUMNS = ((7, 4), (10, 3))  # so many times take no more room than panels have of which so many stand in a row
_AXIS = 10.0  # the vertical axis with its ticks and distances, without its labels


@drawn_once
def laboratory(tracks: Sequence[Track], words: Words, sheet: Sheet = _SHEET) -> str:
    """Draw the values of some tests as SVG.

    Raise ValueError without tests, for a test without values and for a number that is not finite.
    """
    _check(tracks)
    rows = balanced_rows(len(tracks), 1 if sheet.narrow else _most(tracks))
    columns = len(rows[0])
    heads = [heading(track, _room(sheet, columns), words) for track in tracks]
    below = _axis_depth(tracks, words, sheet) + 8 if sheet.narrow else _GAP
    tops = _tops(heads, rows, below)
    body: list[str] = []
    bottom = 0.0
    for column in range(columns):
        drawn, depth = _column(tracks, heads, tops, (column, rows), (words, sheet))
        body += drawn
        bottom = max(bottom, depth)
    if any(head.interval for head in heads):
        body += legend(_EDGE, bottom + 8, sheet.width - _EDGE, words)
        bottom += 14
    return svg.figure(body, sheet.width, bottom, words)


def _most(tracks: Sequence[Track]) -> int:
    """Return how many panels stand in a row at most: few where there are many times."""
    times = len({point.days for track in tracks for point in track.points})
    return next((panels for most, panels in _COLUMNS if times <= most), 2)


def balanced_rows(count: int, most: int = 4) -> list[range]:
    """Return the places of panels in rows of like length; up to three stand one below another."""
    if count <= 3:
        return [range(place, place + 1) for place in range(count)]
    number = 2 if count == 4 and most > 1 else -(-count // most)
    ends = [-(-count * row // number) for row in range(number + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


def _check(tracks: Sequence[Track]) -> None:
    if not tracks or not all(track.points for track in tracks):
        raise ValueError("every test needs a value, and the figure a test")
    numbers = [n for track in tracks for point in track.points for n in (point.days, point.value)]
    limits = [limit for track in tracks for limit in (track.low, track.high) if limit is not None]
    if not all(map(math.isfinite, numbers + limits)):
        raise ValueError("the times and values of a test are finite")


def _room(sheet: Sheet, columns: int) -> float:
    """Return the width of a column."""
    return (sheet.width - 2 * _EDGE - (columns - 1) * _BETWEEN) / columns


def _axis_depth(tracks: Sequence[Track], words: Words, sheet: Sheet) -> float:
    """Return the height of the axis under a panel that is as wide as the sheet."""
    left, right = _EDGE, sheet.width - _EDGE
    axes = [values(track, words) for track in tracks]
    return time_axis(_time(tracks, axes, left, right - left), 0.0, words, (left, right))[1]


def _time(tracks: Sequence[Track], axes: Sequence[Values], left: float, room: float) -> AxisScale:
    times = (point.days for track in tracks for point in track.points)
    return scale(times, left + max(axis.room for axis in axes) + _AXIS, left + room - 7)


def _tops(heads: Sequence[Heading], rows: Sequence[range], below: float) -> list[float]:
    """Return where the ground of each panel begins; panels in a row begin together, `below` apart from the next."""
    tops: list[float] = []
    y = 2.0
    for row in rows:
        y += max(heads[place].height for place in row)
        tops += [y] * len(row)
        y += HEIGHT + below
    return tops


def _column(
    tracks: Sequence[Track],
    heads: Sequence[Heading],
    tops: Sequence[float],
    place: tuple[int, Sequence[range]],
    setting: tuple[Words, Sheet],
) -> tuple[list[str], float]:
    """Draw every panel of a column and the axis under the last; return the markup and where it ends."""
    column, rows = place
    words, sheet = setting
    room = _room(sheet, len(rows[0]))
    left = _EDGE + column * (room + _BETWEEN)
    axes = [values(track, words) for track in tracks]
    time = _time(tracks, axes, left, room)
    chosen = [row[column] for row in rows if column < len(row)]
    body: list[str] = []
    bottom = 0.0
    for i in chosen:
        body += heads[i].drawn(left, room, tops[i])
        body += panel(tracks[i], axes[i], time, tops[i], words)
        bottom = tops[i] + HEIGHT
        if sheet.narrow or i == chosen[-1]:
            axis, depth = time_axis(time, bottom, words, (left, left + room))
            body += axis
            bottom += depth
        else:
            body += rule(time, bottom)
    return body, bottom
