"""A measured thing: its value as written, unit, reference range and flag, once or as a series."""

from __future__ import annotations

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
        written = f"{value.get('low', '')}-{value.get('high', '')}"
        return Reference(written if len(bounds) == 2 else written.strip("-"), low, high)
    found = parse_value(value)
    if found.low is None and found.high is None:
        return Reference(found.written, word=found.written.lower())
    if found.low is not None and found.high is not None and found.low > found.high:
        raise _bad(f"the range “{found.written}” ends below its beginning", "write the lower number first")
    return Reference(found.written, found.low, found.high)


_MAPPING_OR_SCALAR: dict[str, Any] = {"anyOf": [SCALAR_SCHEMA, {"type": "object"}]}
Measured = Annotated[Value, PlainValidator(parse_value), WithJsonSchema(_MAPPING_OR_SCALAR)]
Interval = Annotated[Reference, PlainValidator(parse_reference), WithJsonSchema(_MAPPING_OR_SCALAR)]


def computed_flag(value: Value, reference: Reference | None) -> Flag | None:
    """Return low, high, normal or abnormal from value and reference; None where they cannot be compared.

    A number is judged against numeric bounds only, a word only against a reference that is a word.
    """
    if reference is None or value.not_done is not None or value.summary:
        return None
    if reference.word:
        if value.low is not None or value.high is not None:
            return None
        return "normal" if value.written.lower() == reference.word else "abnormal"
    low = value.low if value.low is not None else value.high
    high = value.high if value.high is not None else value.low
    if low is None or high is None:
        return None
    if reference.low is not None and high < reference.low:
        return "low"
    if reference.high is not None and low > reference.high:
        return "high"
    if _inside(value, reference):
        return "normal"
    return None


def _inside(value: Value, reference: Reference) -> bool:
    above = reference.low is None or (value.low is not None and value.low >= reference.low)
    below = reference.high is None or (value.high is not None and value.high <= reference.high)
    return above and below


class Also(Model):
    """The same value in another unit."""

    value: Measured = about("The value in the other unit.")
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
