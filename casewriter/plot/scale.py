"""Time on paper: linear where that is readable, otherwise up to three linear stretches of different scale."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from msgspec import Struct
from msgspec.structs import replace

UNITS = {"y": 365.25, "mo": 30.4375, "wk": 7.0, "d": 1.0, "h": 1 / 24, "min": 1 / 1440}
"""Length of each unit in days (mean Gregorian year and month), longest first."""
_STEPS: dict[str, tuple[float, ...]] = {
    "y": (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000),
    "mo": (1, 3, 6, 12, 24),
    "wk": (1, 2, 4, 8, 12),
    "d": (1, 2, 5, 10, 20),
    "h": (1, 2, 3, 6, 12, 24),
    "min": (0.1, 0.5, 1, 2, 5, 10, 15, 30, 60),
}
# A unit serves times up to so many days from the index.
_REACH = {"min": 2 / 24, "h": 2.0, "d": 35.0, "wk": 120.0, "mo": 750.0, "y": math.inf}
_TICK = 32.0  # user units wanted between two ticks
_NEAR = 13.0  # two times nearer than this are hard to tell apart
_CHANGE = 6.0  # what a change of scale costs the reader, in the measure of _strain
_NARROW = 52.0  # the least width of a stretch


class Stretch(Struct, frozen=True):
    """A linear piece of the time axis: its ends in days and on paper, the unit and step of its ticks."""

    start: float
    end: float
    left: float
    right: float
    unit: str = "d"
    step: float = 1.0

    @property
    def grain(self) -> float:
        """Days per user unit."""
        return (self.end - self.start) / (self.right - self.left)

    @property
    def multiples(self) -> range:
        """The multiples of the step that lie on the stretch."""
        size = self.step * UNITS[self.unit]
        slack = 1e-9 * (1 + abs(self.start) + abs(self.end))  # rounding of floats, no more
        return range(math.ceil((self.start - slack) / size), math.floor((self.end + slack) / size) + 1)

    def ticks(self) -> list[float]:
        """Return the times of the ticks in days."""
        return [multiple * self.step * UNITS[self.unit] for multiple in self.multiples]

    def fitted(self) -> Stretch:
        """Return the stretch with the unit and step whose ticks suit its width."""
        reach = max(abs(self.start), abs(self.end)) * 0.999
        units = list(UNITS)
        first = min(i for i, unit in enumerate(units) if i == len(units) - 1 or reach > _REACH[units[i + 1]])
        most = max(1, int((self.right - self.left) / _TICK))
        tried = [
            replace(self, unit=unit, step=step)
            for unit in units[first:]
            for step in (_STEPS[unit] if unit == units[first] else reversed(_STEPS[unit]))
        ]
        fit = (one for one in tried if min(2, most) <= len(one.multiples) <= most + 1)
        return next(fit, None) or min(tried, key=lambda one: len(one.multiples) or math.inf)


class AxisScale(Struct, frozen=True):
    """The whole time axis, from left to right."""

    stretches: tuple[Stretch, ...]

    @property
    def left(self) -> float:
        """The left end on paper."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """The right end on paper."""
        return self.stretches[-1].right

    def covers(self, days: float) -> bool:
        """Return whether a time lies on the axis."""
        return self.stretches[0].start <= days <= self.stretches[-1].end

    def at(self, days: float) -> float:
        """Return where a time is on paper."""
        part = next((s for s in self.stretches if days <= s.end), self.stretches[-1])
        place = part.left + (days - part.start) / part.grain
        return min(place, part.right) if days <= part.end else place  # rounding must not pass the change of scale


def scale(times: Iterable[float], left: float, right: float) -> AxisScale:
    """Lay times out between two places on paper, changing scale where they would be squeezed otherwise."""
    exact = sorted(times)
    moments = sorted({round(moment, 4) for moment in exact})
    moments[0], moments[-1] = exact[0], exact[-1]
    if len(moments) == 1:
        pad = max(3.0, abs(moments[0]) / 10)
        moments = [moments[0] - pad, moments[0] + pad]
    bounds = _bounds(moments, right - left)
    widths = _widths(bounds, right - left)
    parts, place = [], left
    for (low, high), room in zip(pairwise(bounds), widths, strict=True):
        parts.append(Stretch(moments[low], moments[high], place, place + room).fitted())
        place += room
    return AxisScale(tuple(_rounded(parts)))


def _bounds(moments: Sequence[float], room: float) -> tuple[int, ...]:
    """Return the indices of the ends and of the changes of scale that strain the reader least."""
    gaps = [b - a for a, b in pairwise(moments)]
    jump = {i: abs(math.log(gaps[i] / gaps[i - 1])) for i in range(1, len(gaps))}
    places = sorted(sorted(jump, key=lambda i: (-jump[i], i))[:14])
    last = len(moments) - 1
    choices = [(0, *cuts, last) for count in (0, 1, 2) for cuts in combinations(places, count)]
    fitting = [bounds for bounds in choices if (len(bounds) - 1) * _NARROW <= room]
    return min(fitting or choices[:1], key=lambda bounds: _strain(moments, bounds, room))


def _widths(bounds: Sequence[int], room: float) -> list[float]:
    """Share the room among stretches by what happens in them, none too narrow."""
    counts = [high - low for low, high in pairwise(bounds)]
    least = min(_NARROW, room / len(counts))
    spare = room - least * len(counts)
    return [least + spare * count / sum(counts) for count in counts]


def _strain(moments: Sequence[float], bounds: Sequence[int], room: float) -> float:
    """Return how hard the times are to tell apart, plus the price of each change of scale."""
    strain = _CHANGE * (len(bounds) - 2)
    for (low, high), part in zip(pairwise(bounds), _widths(bounds, room), strict=True):
        grain = (moments[high] - moments[low]) / part
        strain += sum(max(0.0, math.log(_NEAR * grain / (b - a))) ** 2 for a, b in pairwise(moments[low : high + 1]))
    return strain


def _rounded(parts: list[Stretch]) -> list[Stretch]:
    """Move the ends and the changes of scale outwards to a tick where one is near."""
    share = 0.15 if len(parts) == 1 else 0.5
    ends = [_outward(parts[0], parts[0].start, share, up=False)]
    for before, after in pairwise(parts):
        fine, coarse = sorted((before, after), key=lambda part: part.grain)
        cut = _outward(fine, before.end, 0.5, up=fine is before)
        near = abs(cut - before.end) < (coarse.end - coarse.start) / 3
        ends.append(cut if near else before.end)
    ends.append(_outward(parts[-1], parts[-1].end, share, up=True))
    moved = zip(parts, pairwise(ends), strict=True)
    return [replace(part, start=start, end=end).fitted() for part, (start, end) in moved]


def _outward(part: Stretch, end: float, share: float, *, up: bool) -> float:
    """Return the next tick beyond an end, or the end itself where that is too far for the stretch."""
    size = part.step * UNITS[part.unit]
    tick = (math.ceil(end / size - 1e-6) if up else math.floor(end / size + 1e-6)) * size
    tick = max(tick, end) if up else min(tick, end)  # the tolerance for rounding must not cut a time off
    return tick if abs(tick - end) <= share * (part.end - part.start) else end
