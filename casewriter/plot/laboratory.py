"""Laboratory values in the course of time: one small panel a test, all on the same axis of time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from casewriter.plot import svg
from casewriter.plot.axis import rule, time_axis
from casewriter.plot.heading import Heading, heading, legend
from casewriter.plot.panel import HEIGHT, panel, values
from casewriter.plot.scale import scale
from casewriter.plot.series import Track, Words

_EDGE = 3.0
_BETWEEN = 18.0  # between two columns
_GAP = 13.0  # between two panels, under the curve
_AXIS = 10.0  # the vertical axis with its ticks and distances, without its labels


def laboratory(tracks: Sequence[Track], words: Words) -> str:
    """Draw the values of some tests as SVG.

    Raise ValueError without tests, for a test without values and for a number that is not finite.
    """
    _check(tracks)
    columns = 2 if len(tracks) > 3 else 1
    heads = [heading(track, _room(columns), words) for track in tracks]
    tops = _tops(heads, columns)
    body: list[str] = []
    bottom = 0.0
    for column in range(columns):
        drawn, depth = _column(tracks, heads, tops, (column, columns), words)
        body += drawn
        bottom = max(bottom, depth)
    if any(head.interval for head in heads):
        body += legend(_EDGE, bottom + 8, words)
        bottom += 14
    return svg.figure(body, bottom, words)


def _check(tracks: Sequence[Track]) -> None:
    if not tracks or not all(track.points for track in tracks):
        raise ValueError("every test needs a value, and the figure a test")
    numbers = [n for track in tracks for point in track.points for n in (point.days, point.value)]
    limits = [limit for track in tracks for limit in (track.low, track.high) if limit is not None]
    if not all(map(math.isfinite, numbers + limits)):
        raise ValueError("the times and values of a test are finite")


def _room(columns: int) -> float:
    """Return the width of a column."""
    return (svg.WIDTH - 2 * _EDGE - (columns - 1) * _BETWEEN) / columns


def _tops(heads: Sequence[Heading], columns: int) -> list[float]:
    """Return where the ground of each panel begins; panels in a row begin together."""
    tops: list[float] = []
    y = 2.0
    for start in range(0, len(heads), columns):
        row = heads[start : start + columns]
        y += max(head.height for head in row)
        tops += [y] * len(row)
        y += HEIGHT + _GAP
    return tops


def _column(
    tracks: Sequence[Track],
    heads: Sequence[Heading],
    tops: Sequence[float],
    place: tuple[int, int],
    words: Words,
) -> tuple[list[str], float]:
    """Draw every panel of a column and the axis under the last; return the markup and where it ends."""
    column, columns = place
    room = _room(columns)
    left = _EDGE + column * (room + _BETWEEN)
    axes = [values(track, words) for track in tracks]
    times = (point.days for track in tracks for point in track.points)
    time = scale(times, left + max(axis.room for axis in axes) + _AXIS, left + room - 7)
    chosen = range(column, len(tracks), columns)
    body: list[str] = []
    for i in chosen:
        body += heads[i].drawn(left, room, tops[i])
        body += panel(tracks[i], axes[i], time, tops[i], words)
        body += rule(time, tops[i] + HEIGHT)
    bottom = tops[chosen[-1]] + HEIGHT
    axis, depth = time_axis(time, bottom, words, (left, left + room))
    return body + axis, bottom + depth
