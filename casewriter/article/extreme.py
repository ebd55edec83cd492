"""The lowest or highest of some measurements, where it is certain which that is."""

from __future__ import annotations

import math
import re

from casewriter.model import symbol
from casewriter.model.quantity import Point, Quantity
from casewriter.model.value import Value
from casewriter.model.verdict import bounds_in, typed_unit

Pair = tuple[Quantity, Point]
_Ends = tuple[float, float]


class NotCertain(Exception):
    """The measurements cannot be put in order; the message says why."""


def extreme(pairs: list[Pair], *, highest: bool) -> Pair:
    """Return the measurement that is certainly the highest or the lowest; words are passed over. Raises NotCertain."""
    counted = [pair for pair in pairs if pair[1].value and _has_figures(pair[1].value)]
    if not counted:
        raise NotCertain("has no numbers to choose from")
    _same_unit(counted)
    ends = [_ends(pair, _all_titres(counted)) for pair in counted]
    turned = [(-high, -low) if highest else (low, high) for low, high in ends]  # the best ends lowest
    best = min(range(len(turned)), key=lambda n: (turned[n][1], turned[n][0]))
    for n, (low, _) in enumerate(turned):
        if low < turned[best][1] and turned[n] != turned[best]:
            one, other = _written(counted[best]), _written(counted[n])
            raise NotCertain(
                f"has {one} and {other}, and it is not certain which is {'higher' if highest else 'lower'}"
            )
    return counted[best]


def _has_figures(value: Value) -> bool:
    return not value.summary and value.not_done is None and bool(re.search(r"\d", value.written))


def _same_unit(pairs: list[Pair]) -> None:
    units = [row.unit or typed_unit(point.value, None) for row, point in pairs if point.value]
    other = next((unit for unit in units if not symbol.same(unit, units[0])), None)
    if other is not None:
        raise NotCertain(f"has values in different units: “{units[0]}” and “{other}”")


def _all_titres(pairs: list[Pair]) -> bool:
    return all(point.value and point.value.reading.titre for _, point in pairs)


def _ends(pair: Pair, titres: bool) -> _Ends:
    row, point = pair
    assert point.value is not None
    found = point.value.reading
    bounds = (found.low, found.high) if titres else bounds_in(point.value, row.unit)
    if bounds is None:
        raise NotCertain(f"has {_written(pair)}, which is not a number that can be put in order")
    low, high = bounds
    return -math.inf if low is None else low, math.inf if high is None else high


def _written(pair: Pair) -> str:
    return f"“{pair[1].value.written}”" if pair[1].value else ""
