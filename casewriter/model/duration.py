"""Lengths of time and ages: `6 mo`, `~2 wk`, `2-3 wk`, `ongoing`, `the whole stay`; `37 y`, `30s`, `90+`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

from msgspec import Struct
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
_ISO = re.compile(r"([-−+]?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_HINT = "write 6 mo, ~2 wk, 2-3 wk, >1 y, ongoing, or words such as “until discharge”"
_AGE_HINT = "write 37 y, 8 mo, 4 h, 30s (a decade) or 90+"
SCALAR = {"type": ["string", "number"]}
"""What an editor's YAML reader may see where the program reads text."""


def refused(message: str, hint: str) -> PydanticCustomError:
    """Return the error of a text that is no time."""
    return PydanticCustomError("time", "{message}", {"message": message, "hint": hint})


class Duration(Struct, frozen=True):
    """A length of time as written: parts such as (("1", "y"), ("6", "mo")), with ~, < or > before it; or words."""

    parts: tuple[tuple[str, str], ...] = ()
    prefix: str = ""
    ongoing: bool = False
    words: str = ""

    @property
    def days(self) -> float:
        """The length in days; of a range its middle, of words 0: see `known`."""
        return sum(_middle(number) * DAYS[unit] for number, unit in self.parts)

    @property
    def known(self) -> bool:
        """Whether the length is a number of units."""
        return not self.ongoing and not self.words


@lru_cache(4096)
def _middle(number: str) -> float:
    ends = [float(end) for end in re.split(r"\s*[-–]\s*", number)]
    return sum(ends) / len(ends)


def parse_duration(value: Any) -> Duration:
    """Return the Duration of a text: ``6 mo``, ``~2 wk``, ``2-3 wk``, ``>1 y``, ``ongoing``, ``P6M``, or words.

    Words may not begin with a number: what does is a length with a unit that is misspelt.
    """
    if isinstance(value, Duration):
        return value
    if not isinstance(value, str):
        raise refused("a duration is a text", _HINT)
    text = value.strip()
    if text.lower() == "ongoing":
        return Duration(ongoing=True)
    iso, length = parse_iso(text), parse_length(text)
    if length:
        return length
    if re.fullmatch(r"(?:day|week|month|year) \d+", text, re.IGNORECASE):
        raise refused(f"“{text}” is a point in time, not a duration", f"write until: {text}, or a length: {_HINT[6:]}")
    if not text or iso or re.match(r"[-−+~≈<>≤≥\s]*\d", text):
        raise refused(f"“{text}” is not a duration", _HINT)
    return Duration(words=text)


def parse_length(text: str) -> Duration | None:
    """Return a text of numbers with units, or an ISO 8601 duration, as a Duration; None for anything else."""
    iso = parse_iso(text)
    if iso and not iso[0]:
        return iso[1]
    return _parts(text)


def parse_iso(text: str) -> tuple[bool, Duration] | None:
    """Return whether an ISO 8601 duration is negative, and its length; None for anything else."""
    found = _ISO.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        return None
    units = ("y", "mo", "wk", "d", "h", "min")
    parts = tuple((n, unit) for n, unit in zip(found.groups()[1:], units, strict=True) if n)
    return found[1] in ("-", "−"), Duration(parts)


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


Length = Annotated[Duration, PlainValidator(parse_duration), WithJsonSchema(SCALAR)]
"""A length of time, as an author writes it."""


class Age(Struct, frozen=True):
    """An age as written: `37 y`, `8 mo`, `4 h`, `30s` (a decade), `90+`."""

    written: str
    amount: Duration | None = None
    decade: int | None = None
    over: int | None = None


def parse_age(value: Any) -> Age:
    """Return the Age of a text; refuses a bare number, which could be years or months."""
    if isinstance(value, Age):
        return value
    if not isinstance(value, str):
        raise refused("an age is a text", _AGE_HINT)
    text = value.strip()
    if found := re.fullmatch(r"(\d{1,2}0|0)s", text):
        return Age(text, decade=int(found[1]))
    if found := re.fullmatch(r"(\d{2,3})\s*\+(?:\s*y)?", text):
        return Age(text, over=int(found[1]))
    if re.fullmatch(r"\d+(\.\d+)?", text):
        raise refused(f"the age “{text}” has no unit", _AGE_HINT)
    amount = parse_length(text)
    if amount is None:
        raise refused(f"“{text}” is not an age", _AGE_HINT)
    return Age(text, amount)


Aged = Annotated[Age, PlainValidator(parse_age), WithJsonSchema(SCALAR)]
"""An age, as an author writes it."""
