"""Relative time: `10 y`, `day 3`, `~1 mo`, `{after: ercp, by: 2 d}`; calendar dates are refused by having no form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

DAYS = {"y": 365.25, "mo": 30.4375, "wk": 7.0, "d": 1.0, "h": 1 / 24, "min": 1 / 1440}
"""Length of each unit in days (mean Gregorian year and month)."""

_UNITS = {
    "y": "y yr yrs year years a",
    "mo": "mo mos month months m",
    "wk": "wk wks w week weeks",
    "d": "d day days",
    "h": "h hr hrs hour hours",
    "min": "min mins minute minutes",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_NUMBER = r"\d{1,7}(?:\.\d{1,6})?"
_RANGE = rf"{_NUMBER}(?:\s*[-–]\s*{_NUMBER})?"
_PART = re.compile(rf"({_RANGE})\s*([A-Za-z]+)\s*")
_COUNTED = re.compile(r"(day|week|month|year)\s+(-?\d{1,5})", re.IGNORECASE)
_ISO = re.compile(r"([-−+]?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_HINT = "write 0, 3 d, 2 wk, 6 mo, 10 y, 36 h, 30 min, day 3, ~1 mo, 2-3 wk or {after: id, by: 2 d}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as written: parts such as (("1", "y"), ("6", "mo")), with ~, < or > before it."""

    parts: tuple[tuple[str, str], ...] = ()
    prefix: str = ""
    ongoing: bool = False

    @property
    def days(self) -> float:
        """The length in days; of a range its middle."""
        return sum(_middle(number) * DAYS[unit] for number, unit in self.parts)


@dataclass(frozen=True, slots=True)
class When:
    """A point of time as written.

    `kind` is one of: offset (from the index; negative is before it), counted (day 3), age (of the patient),
    relative (after or before the record `anchor`, by `amount` or unknown), year (calendar year, history only),
    label (words alone).
    """

    written: str
    kind: str
    amount: Duration | None = None
    negative: bool = False
    unit: str = ""
    count: int = 0
    anchor: str = ""
    before: bool = False
    label: str | None = None


def _middle(number: str) -> float:
    ends = [float(end) for end in re.split(r"\s*[-–]\s*", number)]
    return sum(ends) / len(ends)


def _bad(message: str, hint: str = _HINT) -> PydanticCustomError:
    return PydanticCustomError("time", "{message}", {"message": message, "hint": hint})


def _iso(text: str) -> tuple[bool, Duration] | None:
    found = _ISO.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        return None
    units = ("y", "mo", "wk", "d", "h", "min")
    parts = tuple((n, unit) for n, unit in zip(found.groups()[1:], units, strict=True) if n)
    return found[1] in ("-", "−"), Duration(parts)


def parse_duration(value: Any) -> Duration:
    """Return the Duration of a text such as ``6 mo``, ``~2 wk``, ``2-3 wk``, ``>1 y``, ``ongoing`` or ``P6M``."""
    if isinstance(value, Duration):
        return value
    if not isinstance(value, str):
        raise _bad("a duration is a text", "write 6 mo, ~2 wk, 2-3 wk, >1 y or ongoing")
    text = value.strip()
    if text.lower() == "ongoing":
        return Duration(ongoing=True)
    iso = _iso(text)
    if iso and not iso[0]:
        return iso[1]
    found = _parts(text)
    if found is None:
        raise _bad(f"“{text}” is not a duration", "write 6 mo, ~2 wk, 2-3 wk, >1 y or ongoing")
    return found


def _parts(text: str) -> Duration | None:
    prefix = re.match(r"[~≈<>≤≥]?", text)
    mark = prefix[0] if prefix else ""
    rest = text[len(mark) :].strip()
    parts, place = [], 0
    while place < len(rest):
        found = _PART.match(rest, place)
        unit = _UNIT.get(found[2] if found and found[2] in _UNIT else found[2].lower() if found else "")
        if not found or unit is None:
            return None
        parts.append((re.sub(r"\s*[-–]\s*", "-", found[1]), unit))
        place = found.end()
    return Duration(tuple(parts), mark.replace("≈", "~")) if parts else None


def parse_when(value: Any) -> When:
    """Return the When of a text or of a mapping with `after`, `before`, `by`, `label`."""
    if isinstance(value, When):
        return value
    if isinstance(value, dict):
        return _mapping(value)
    if not isinstance(value, str):
        raise _bad("a time is a text or a mapping")
    text = value.strip()
    if re.fullmatch(r"[-−+]?0+", text):
        return When(text, "offset", Duration())
    if re.fullmatch(r"(1[89]|20|21)\d\d", text):
        return When(text, "year", count=int(text))
    if re.fullmatch(r"[-−]?\d+(\.\d+)?", text):
        raise _bad(f"“{text}” has no unit", "write the unit: min, h, d, wk, mo or y")
    if re.search(r"\d{4}-\d\d|\d[./]\d+[./]\d", text):
        raise _bad("this looks like a calendar date; the course of a patient is told in relative time")
    return _text(text)


def _text(text: str) -> When:
    if found := _COUNTED.fullmatch(text):
        return When(text, "counted", unit=found[1].lower(), count=int(found[2]))
    if text.lower().startswith("age "):
        return When(text, "age", parse_duration(text[4:]))
    if iso := _iso(text):
        return When(text, "offset", iso[1], negative=iso[0])
    prefix = text[:1] if text[:1] in "~≈<>" else ""
    rest = text[len(prefix) :].strip()
    negative = rest[:1] in ("-", "−")
    amount = _parts(prefix + (rest[1:] if rest[:1] in ("-", "−", "+") else rest).strip())
    if amount is None:
        raise _bad(f"“{text}” is not a time")
    return When(text, "offset", amount, negative=negative)


def _mapping(value: dict[str, Any]) -> When:
    unknown = set(value) - {"after", "before", "by", "label", "at"}
    if unknown or {"after", "before"} <= set(value):
        raise _bad("a time as a mapping has after or before (a record's id), by (a duration) and label")
    label = value.get("label")
    by = parse_duration(value["by"]) if value.get("by") is not None else None
    for side in ("after", "before"):
        if value.get(side) is not None:
            anchor = str(value[side])
            return When(f"{side} {anchor}", "relative", by, anchor=anchor, before=side == "before", label=label)
    if value.get("at") is not None:
        inner = parse_when(value["at"])
        from dataclasses import replace

        return replace(inner, label=label)
    if not isinstance(label, str):
        raise _bad("a time as a mapping needs after, before, at or label")
    return When(label, "label", label=label)


_SCALAR = {"type": ["string", "number"]}
_TIME_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _SCALAR,
        {
            "type": "object",
            "properties": {k: dict(_SCALAR) for k in ("after", "before", "by", "label", "at")},
            "additionalProperties": False,
        },
    ]
}

At = Annotated[When, PlainValidator(parse_when), WithJsonSchema(_TIME_SCHEMA)]
"""A point of time, as an author writes it."""

Length = Annotated[Duration, PlainValidator(parse_duration), WithJsonSchema(_SCALAR)]
"""A length of time, as an author writes it."""


@dataclass(frozen=True, slots=True)
class Age:
    """An age as written: `37 y`, `8 mo`, `4 h`, `30s` (a decade), `90+`."""

    written: str
    amount: Duration | None = None
    decade: int | None = None
    over: int | None = None


def parse_age(value: Any) -> Age:
    """Return the Age of a text; refuses a bare number, which could be years or months."""
    if isinstance(value, Age):
        return value
    hint = "write 37 y, 8 mo, 4 h, 30s (a decade) or 90+"
    if not isinstance(value, str):
        raise _bad("an age is a text", hint)
    text = value.strip()
    if found := re.fullmatch(r"(\d{1,2}0|0)s", text):
        return Age(text, decade=int(found[1]))
    if found := re.fullmatch(r"(\d{2,3})\s*\+(?:\s*y)?", text):
        return Age(text, over=int(found[1]))
    if re.fullmatch(r"\d+(\.\d+)?", text):
        raise _bad(f"the age “{text}” has no unit", hint)
    iso = _iso(text)
    if iso and not iso[0]:
        return Age(text, iso[1])
    amount = _parts(text)
    if amount is None:
        raise _bad(f"“{text}” is not an age", hint)
    return Age(text, amount)


Aged = Annotated[Age, PlainValidator(parse_age), WithJsonSchema(_SCALAR)]
"""An age, as an author writes it."""
