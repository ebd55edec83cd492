"""A value and a reference interval as written, with the numbers that they stand for."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from pydantic_core import PydanticCustomError

from casewriter.model import symbol
from casewriter.model.numeral import plain
from casewriter.model.reading import Parts, Reading, read

_GROUPED = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?")
_MISREAD = re.compile(r"[<>=≤≥~≈–\-\s]*\d[\d.,' –\-]*\d[, ']\d[\d.,' –\-]*|[<>=≤≥~≈\s]+\d+[, ']\d[\d.,' ]*")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_LEADING = re.compile(r"([<>=≤≥~≈\-–\s]*\d[\d.,' –\-]*?)\s*([^\d\s.,'–\-].*)?")
_POWER = re.compile(r"[x×*·] ?10|[eE]\d")
_VALUE_HINT = "write 9.2, <0.5, ~90, 37-39, 1:640, 2+, a word, {not_done: reason} or pending"


class Value(Struct, frozen=True):
    """A value as written. `low` and `high` bound it where it is a number, comparison or range."""

    written: str
    reading: Reading = Reading(Parts())
    not_done: str | None = None
    summary: tuple[tuple[str, str], ...] = ()

    @property
    def low(self) -> float | None:
        """The lowest number that it can be."""
        return None if self.reading.titre else self.reading.low

    @property
    def high(self) -> float | None:
        """The highest number that it can be."""
        return None if self.reading.titre else self.reading.high

    @property
    def comparator(self) -> str:
        """The sign before the number: <, ≤, >, ≥ or ~; of a range, the hyphen."""
        return "" if self.reading.titre else self.reading.comparator

    @property
    def number(self) -> float | None:
        """The value where it is one plain number, else None."""
        return self.low if self.low is not None and self.low == self.high and not self.comparator else None


class Reference(Struct, frozen=True):
    """A reference interval: numeric bounds, or a word such as negative."""

    written: str
    reading: Reading = Reading(Parts())

    @property
    def low(self) -> float | None:
        """The lower limit."""
        return None if self.reading.titre else self.reading.low

    @property
    def high(self) -> float | None:
        """The upper limit."""
        return None if self.reading.titre else self.reading.high

    @property
    def comparator(self) -> str:
        """The sign before the only limit: <, ≤, > or ≥."""
        return self.reading.comparator if self.reading.comparator in "<≤>≥" and not self.reading.titre else ""

    @property
    def word(self) -> str:
        """The word that the result should be, in lower-case letters."""
        return "" if re.search(r"\d", plain(self.written)) else self.written.lower()


def _bad(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{message}", {"message": message, "hint": hint})


def parse_value(value: Any) -> Value:
    """Return the Value of a text, or of ``{median:, range:}``, ``{mean:, sd:}``, ``{not_done: reason}``."""
    if isinstance(value, Value):
        return value
    if isinstance(value, dict):
        return _value_mapping(value)
    if not isinstance(value, str) or not value.strip():
        raise _bad("a value is a number, a comparison, a range or a word", _VALUE_HINT)
    text = value.strip()
    found = _read(text)
    descends = found.low is not None and found.high is not None and found.low > found.high
    return Value(text, Reading(Parts(number=text)) if descends else found)


def _read(text: str) -> Reading:
    """Return what a text says. Raises PydanticCustomError for digits in groups and decimal commas."""
    found = read(text)
    if found.low is None and found.high is None:
        _refuse_commas(text, found.parts)
    return found


def _refuse_commas(text: str, parts: Parts) -> None:
    body = plain(parts.number).strip()
    leading = _LEADING.fullmatch(body)
    behind = leading[2] if leading else None
    if leading is None or (behind and not symbol.follows(behind) and not _POWER.match(behind)):
        return
    number, rest = leading[1], body[leading.end(1) :] + parts.after
    if _GROUPED.fullmatch(number):
        better = parts.before + re.sub(r"[,' ]", "", number) + rest
        raise _bad(f"the value “{text}” has grouped digits", f"write {better}; the output groups digits")
    if _DECIMAL_COMMA.fullmatch(number):
        better = parts.before + number.replace(",", ".") + rest
        raise _bad(f"the value “{text}” has a decimal comma", f"write {better}")
    if _MISREAD.fullmatch(number):
        raise _bad(f"the value “{text}” has grouped digits or a decimal comma", "write 15000 and 1.5")


def _value_mapping(value: dict[str, Any]) -> Value:
    reason = value.get("not_done")
    if set(value) == {"not_done"} and isinstance(reason, str):
        return Value("not done", not_done=reason)
    known = ("median", "mean", "range", "iqr", "sd", "n")
    if value and set(value) <= set(known) and all(isinstance(v, str) for v in value.values()):
        parts = tuple((k, value[k]) for k in known if k in value)
        return Value(", ".join(f"{k} {v}" for k, v in parts), summary=parts)
    raise _bad("a value written as a mapping is {median:, range:}, {mean:, sd:} or {not_done: reason}", _VALUE_HINT)


def parse_reference(value: Any) -> Reference:
    """Return the Reference of ``8.6-10.3``, ``<5``, ``{low:, high:}`` or a word."""
    if isinstance(value, Reference):
        return value
    if isinstance(value, dict):
        return _reference_mapping(value)
    if not isinstance(value, str) or not value.strip():
        raise _bad("a reference is a range, a comparison or a word", _VALUE_HINT)
    text = value.strip()
    found = _read(text)
    if found.low is not None and found.high is not None and found.low > found.high:
        raise _bad(f"the range “{text}” ends below its start", "write the lower number first")
    return Reference(text, found)


def _reference_mapping(value: dict[str, Any]) -> Reference:
    if not value or not set(value) <= {"low", "high"}:
        raise _bad("a reference written as a mapping has low and high", "write {low: 8.6, high: 10.3}")
    bounds = {k: parse_value(v) for k, v in value.items()}
    low, high = (bounds[k].number if k in bounds else None for k in ("low", "high"))
    if any(v.number is None for v in bounds.values()):
        raise _bad("low and high are numbers", "write {low: 8.6, high: 10.3}")
    if low is not None and high is not None and low > high:
        raise _bad("the range ends below its start", "write the lower number as low")
    if len(bounds) == 2:
        written, sign = f"{value['low']}-{value['high']}", "-"
    else:
        sign, number = ("≥", value["low"]) if "low" in bounds else ("≤", value["high"])
        written = f"{sign}{number}"
    return Reference(written, Reading(Parts(number=written), low, high, sign))
