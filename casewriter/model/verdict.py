"""Whether a result is low, high, normal or abnormal by its reference; where that is not certain, nothing."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from casewriter.model import lexicon, symbol
from casewriter.model.reading import Reading
from casewriter.model.value import Reference, Value

Flag = Literal["low", "high", "normal", "abnormal", "critical", "none"]


@lru_cache(8192)
def computed_flag(value: Value, reference: Reference | None, unit: str | None = None) -> Flag | None:
    """Return low, high, normal or abnormal from value and reference; None where they cannot be compared.

    `unit` is the one of the test, for a value or reference that carries one itself. A number is judged against numeric
    bounds only, a titre against a titre, a word against a word. `<10` is every number below 10: it is judged only when
    all of them are on one side.
    """
    if reference is None or value.not_done is not None or value.summary:
        return None
    one, other = _settled(value.reading, unit), _settled(reference.reading, unit)
    if not _has_bounds(one) and not _has_bounds(other):
        return _judged_word(value, reference)
    if not _has_bounds(one) or not _has_bounds(other) or one.titre != other.titre:
        return None
    powers = (0, 0) if one.titre else _powers(one, other, unit)
    return _judged(_Reach.of(one, powers[0]), _Reach.of(other, powers[1]), other) if powers else None


@lru_cache(8192)
def bounds_in(value: Value | Reference, unit: str | None) -> tuple[float | None, float | None] | None:
    """Return the lowest and highest number in a unit; None of a word or titre, and where the unit typed is another."""
    found = _settled(value.reading, unit)
    if not _has_bounds(found) or found.titre:
        return None
    power = _to_base(found, unit) if unit else 0
    if power is None:
        return None
    power -= symbol.split(unit)[0] if unit else 0
    return _scaled(found.low, power), _scaled(found.high, power)


def typed_unit(value: Value | Reference, unit: str | None) -> str:
    """Return the unit that was typed inside a value or reference of a test with this unit."""
    return _settled(value.reading, unit).parts.unit.strip()


def typed_mark(value: Value, unit: str | None) -> str:
    """Return the laboratory's mark that was typed inside a value of a test with this unit: (H), *, ↑."""
    return _settled(value.reading, unit).parts.mark


def _settled(found: Reading, unit: str | None) -> Reading:
    """Return a reading in which the L of ``2.1 L`` is a litre, unless the test has another unit: then it says low."""
    if found.parts.after.strip() != "L" or found.titre or (unit and not symbol.same(unit, "L")):
        return found
    return replace(found, unit="L", parts=replace(found.parts, unit=found.parts.after, after=""))


def _has_bounds(found: Reading) -> bool:
    return found.low is not None or found.high is not None


def _powers(value: Reading, reference: Reading, unit: str | None) -> tuple[int, int] | None:
    """Return the powers of ten that bring both to one unit; None if units differ or a power may be meant twice."""
    if _is_count(value) and not reference.power and not (unit and symbol.is_scaled(unit)):
        return None  # 7.2 × 10^9/L beside 4-10: the power may be meant for both
    if unit:
        one, other = _to_base(value, unit), _to_base(reference, unit)
        return None if one is None or other is None else (one, other)
    if value.unit and reference.unit:
        return (0, 0) if symbol.same(value.unit, reference.unit) else None
    alone, bare = (value, reference) if value.unit else (reference, value)
    fraction = alone.unit == "%" and bare.high is not None and bare.high <= 1  # 45% beside 0.40-0.50
    return None if _is_count(alone) or fraction else (0, 0)


def _is_count(found: Reading) -> bool:
    """Return whether a number is of cells in a volume, whose power of ten laboratories take for a part of the unit."""
    return found.power and (found.unit.startswith("/") or "cell" in found.unit)


def _to_base(found: Reading, unit: str) -> int | None:
    """Return the power of ten that brings a number to a unit without its power; None where they are not of one unit."""
    power, base = symbol.split(unit)
    if not found.unit:
        return None if found.power and symbol.is_scaled(unit) else power
    if not symbol.same(found.unit, base) or (power and not found.power):
        return None
    return 0


def _scaled(number: float | None, power: int) -> float | None:
    return number if number is None or power == 0 else float(Decimal(repr(number)).scaleb(power))


class _Reach(Struct, frozen=True):
    """All numbers that a value or reference stands for; an open end does not hold the number itself."""

    low: float
    high: float
    low_open: bool
    high_open: bool

    @classmethod
    def of(cls, found: Reading, power: int) -> _Reach:
        low, high = _scaled(found.low, power), _scaled(found.high, power)
        ends = (-math.inf if low is None else low, math.inf if high is None else high)
        return cls(*ends, found.comparator == ">", found.comparator == "<")

    def below(self, other: _Reach) -> bool:
        touching = self.high == other.low and (self.high_open or other.low_open)
        return self.high < other.low or touching

    def inside(self, other: _Reach) -> bool:
        low = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        high = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return low and high


def _judged(value: _Reach, reference: _Reach, typed: Reading) -> Flag | None:
    if value.inside(reference):
        return "normal"
    lone = typed.comparator in ("", "~")
    if lone and (reference.low != 0 or value.low < 0):
        return None  # one number alone may be an upper limit, a lower one or a mean
    if value.below(reference):
        return "low"
    return "high" if reference.below(value) else None


_VERDICTS: dict[tuple[str | None, str | None], Flag] = {
    ("negative", "negative"): "normal",
    ("positive", "positive"): "normal",
    ("graded", "positive"): "normal",
    ("normal", "normal"): "normal",
    ("positive", "negative"): "abnormal",
    ("graded", "negative"): "abnormal",
    ("trace", "negative"): "abnormal",
    ("negative", "positive"): "abnormal",
    ("abnormal", "normal"): "abnormal",
}
"""What a result of one group is where the reference is of another; any other pair cannot be compared."""


def _judged_word(value: Value, reference: Reference) -> Flag | None:
    word, expected = value.reading.parts.number, reference.reading.parts.number
    if lexicon.folded(word) == "pending" or re.search(r"\d\s*[:/]\s*\d", word):
        return None
    if lexicon.folded(word) == lexicon.folded(expected):
        return "normal"
    return _VERDICTS.get((lexicon.group(word), lexicon.group(expected)))
