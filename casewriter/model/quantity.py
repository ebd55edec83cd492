"""A measured thing: its value as written, unit, reference range and flag, once or as a series."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from casewriter.model.base import SCALAR_SCHEMA, Inline, Model, Plain, Record, about, many
from casewriter.model.time import At

Flag = Literal["low", "high", "normal", "abnormal", "critical", "none"]

_NUMBER = r"[-−]?\d+(?:\.\d+)?"
_PLAIN = re.compile(_NUMBER)
_COMPARED = re.compile(rf"(<=|>=|≤|≥|<|>|~|≈)\s*({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:[-–]|to)\s*({_NUMBER})")
_GROUPED = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?")
_MISREAD = re.compile(r"[<>=≤≥~≈–\-\s]*\d[\d.,' –\-]*\d[, ']\d[\d.,' –\-]*|[<>=≤≥~≈\s]+\d+[, ']\d[\d.,' ]*")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_VALUE_HINT = "write 9.2, <0.5, ~90, 37-39, 1:640, 2+, a word, {not_done: reason} or pending"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as written. `low` and `high` bound it where it is a number, comparison or range."""

    written: str
    low: float | None = None
    high: float | None = None
    comparator: str = ""
    not_done: str | None = None
    summary: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> float | None:
        """The value where it is one plain number, else None."""
        return self.low if self.low is not None and self.low == self.high and not self.comparator else None


def _bad(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{message}", {"message": message, "hint": hint})


def _float(text: str) -> float:
    return float(text.replace("−", "-"))


def parse_value(value: Any) -> Value:
    """Return the Value of a text, or of ``{median:, range:}``, ``{mean:, sd:}``, ``{not_done: reason}``."""
    if isinstance(value, Value):
        return value
    if isinstance(value, dict):
        return _value_mapping(value)
    if not isinstance(value, str) or not value.strip():
        raise _bad("a value is a number, a comparison, a range or a word", _VALUE_HINT)
    text = value.strip()
    if _MISREAD.fullmatch(text) and not _GROUPED.fullmatch(text) and not _DECIMAL_COMMA.fullmatch(text):
        raise _bad(f"the value “{text}” has grouped digits or a decimal comma", "write 15000 and 1.5")
    if _GROUPED.fullmatch(text):
        digits = re.sub(r"[,' ]", "", text)
        raise _bad(f"the value “{text}” has grouped digits", f"write {digits}; the output groups digits")
    if _DECIMAL_COMMA.fullmatch(text):
        raise _bad(f"the value “{text}” has a decimal comma", f"write {text.replace(',', '.')}")
    if _PLAIN.fullmatch(text):
        return Value(text, _float(text), _float(text))
    if found := _COMPARED.fullmatch(text):
        return _compared(text, found[1], _float(found[2]))
    if found := _RANGE.fullmatch(text):
        return Value(text, _float(found[1]), _float(found[2]), "-")
    return Value(text)


def _compared(text: str, mark: str, number: float) -> Value:
    mark = {"<=": "≤", ">=": "≥", "≈": "~"}.get(mark, mark)
    if mark == "~":
        return Value(text, number, number, mark)
    return Value(text, None, number, mark) if mark in "<≤" else Value(text, number, None, mark)


def _value_mapping(value: dict[str, Any]) -> Value:
    reason = value.get("not_done")
    if set(value) == {"not_done"} and isinstance(reason, str):
        return Value("not done", not_done=reason)
    known = ("median", "mean", "range", "iqr", "sd", "n")
    if value and set(value) <= set(known) and all(isinstance(v, str) for v in value.values()):
        parts = tuple((k, value[k]) for k in known if k in value)
        return Value(", ".join(f"{k} {v}" for k, v in parts), summary=parts)
    raise _bad("a value as a mapping is {median:, range:}, {mean:, sd:} or {not_done: reason}", _VALUE_HINT)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference interval: numeric bounds, or a word such as negative."""

    written: str
    low: float | None = None
    high: float | None = None
    word: str = ""
    comparator: str = ""


def parse_reference(value: Any) -> Reference:
    """Return the Reference of ``8.6-10.3``, ``<5``, ``{low:, high:}`` or a word."""
    if isinstance(value, Reference):
        return value
    if isinstance(value, dict):
        if not value or not set(value) <= {"low", "high"}:
            raise _bad("a reference as a mapping has low and high", "write {low: 8.6, high: 10.3}")
        bounds = {k: parse_value(v) for k, v in value.items()}
        low, high = (bounds[k].number if k in bounds else None for k in ("low", "high"))
        if any(v.number is None for v in bounds.values()):
            raise _bad("low and high are numbers", "write {low: 8.6, high: 10.3}")
        if low is not None and high is not None and low > high:
            raise _bad("the range ends below its beginning", "write the lower number as low")
        if len(bounds) == 2:
            return Reference(f"{value['low']}-{value['high']}", low, high)
        sign, number = ("≥", value["low"]) if "low" in bounds else ("≤", value["high"])
        return Reference(f"{sign}{number}", low, high, comparator=sign)
    found = parse_value(value)
    if found.low is None and found.high is None:
        return Reference(found.written, word="" if re.search(r"\d", found.written) else found.written.lower())
    if found.low is not None and found.high is not None and found.low > found.high:
        raise _bad(f"the range “{found.written}” ends below its beginning", "write the lower number first")
    comparator = found.comparator if found.comparator in "<≤>≥" else ""
    return Reference(found.written, found.low, found.high, comparator=comparator)


_MAPPING_OR_SCALAR: dict[str, Any] = {"anyOf": [SCALAR_SCHEMA, {"type": "object"}]}
Measured = Annotated[Value, PlainValidator(parse_value), WithJsonSchema(_MAPPING_OR_SCALAR)]
Interval = Annotated[Reference, PlainValidator(parse_reference), WithJsonSchema(_MAPPING_OR_SCALAR)]


def computed_flag(value: Value, reference: Reference | None) -> Flag | None:
    """Return low, high, normal or abnormal from value and reference; None where they cannot be compared.

    A number is judged against numeric bounds only, a word only against a reference that is a word. `<10` is every
    number below 10: it is judged only when all of them are on one side.
    """
    if reference is None or value.not_done is not None or value.summary:
        return None
    numeric = value.low is not None or value.high is not None
    if reference.word:
        word = value.written.lower()
        if numeric or word == "pending" or re.search(r"\d\s*[:/]\s*\d", word):
            return None
        return "normal" if word == reference.word else "abnormal"
    if not numeric or (reference.low is None and reference.high is None):
        return None
    return _judged(_Reach.of(value), _Reach.of(reference))


@dataclass(frozen=True, slots=True)
class _Reach:
    """All numbers that a value or reference stands for; an open end does not hold the number itself."""

    low: float
    high: float
    low_open: bool
    high_open: bool

    @classmethod
    def of(cls, found: Value | Reference) -> _Reach:
        low = -math.inf if found.low is None else found.low
        high = math.inf if found.high is None else found.high
        return cls(low, high, found.comparator == ">", found.comparator == "<")

    def below(self, other: _Reach) -> bool:
        touching = self.high == other.low and (self.high_open or other.low_open)
        return self.high < other.low or touching

    def inside(self, other: _Reach) -> bool:
        low = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        high = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return low and high


def _judged(value: _Reach, reference: _Reach) -> Flag | None:
    if value.below(reference):
        return "low"
    if reference.below(value):
        return "high"
    return "normal" if value.inside(reference) else None


class Also(Model):
    """The same value in another unit."""

    value: Measured | None = about("The value in the other unit.")
    unit: Plain | None = about("The other unit.")


class Point(Model):
    """One measurement of a series."""

    at: At | None = about("When it was measured.")
    value: Measured | None = about("The value: 9.2, <0.5, 1:640, a word, {not_done: reason}.")
    flag: Flag | None = about("low, high, normal, abnormal or none; computed where it is missing.")
    note: Inline | None = about("A remark on this measurement.")


class Quantity(Record):
    """A measured thing: a vital sign, a score, a measurement on a picture."""

    label: Inline | None = about("What was measured.")
    value: Measured | None = about("The value: 9.2, <0.5, ~90, 37-39, 1:640, 2+, a word, {not_done: reason}.")
    unit: Plain | None = about("The unit, in UCUM or as printed: mg/dL, umol/L, mmHg, °C.")
    reference: Interval | None = about("The laboratory's own range: 8.6-10.3, <5, {low:, high:} or a word.")
    flag: Flag | None = about("low, high, normal, abnormal; computed where it is missing, none switches it off.")
    series: tuple[Point, ...] = many("The same thing measured again: [{at: 0, value: 12.2}, …].")
    method: Inline | None = about("How it was measured.")
    condition: Inline | None = about("Under what condition, such as during hypoglycaemia.")
    also: Also | None = about("The same value in another unit.")

    def points(self) -> tuple[Point, ...]:
        """Return every measurement, in the author's order; a single value is a series of one."""
        if self.series:
            return self.series
        return (Point(at=self.at, value=self.value, flag=self.flag),) if self.value is not None else ()
