"""Points of time: `10 y`, `day 3`, `~1 mo`, `{after: ercp, by: 2 d}`; calendar dates are refused by having no form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic import PlainValidator, WithJsonSchema

from casewriter.model.duration import SCALAR, Duration, parse_duration, parse_iso, parse_length, refused

_COUNTED = re.compile(r"(day|week|month|year)\s+(-?\d{1,5})", re.IGNORECASE)
_HINT = "write 0, 3 d, 2 wk, 6 mo, 10 y, 36 h, 30 min, day 3, ~1 mo, 2-3 wk or {after: id, by: 2 d}"
RELATIONS = ("after", "before", "after_end", "during")
"""How a time may refer to a record: to its start, to its end, or to its span."""


class When(Struct, frozen=True):
    """A point in time as written.

    `kind` is one of: offset (from the index; negative is before it), counted (day 3), age (of the patient),
    relative (to the record `anchor` as `relation` says, by `amount` or by an unknown time), year (calendar year,
    history only), label (words alone). `label` is what is printed, with or without a time.
    """

    written: str
    kind: str
    amount: Duration | None = None
    negative: bool = False
    unit: str = ""
    count: int = 0
    anchor: str = ""
    relation: str = ""
    label: str | None = None


def parse_when(value: Any) -> When:
    """Return the When of a text, or of a mapping with one of `RELATIONS` or `at`, `by` and `label`."""
    if isinstance(value, When):
        return value
    if isinstance(value, dict):
        return _mapping(value)
    if not isinstance(value, str):
        raise refused("a time is a text or a mapping", _HINT)
    return _read(value.strip())


@lru_cache(4096)
def _read(text: str) -> When:
    if re.fullmatch(r"[-−+]?0+", text):
        return When(text, "offset", Duration())
    if re.fullmatch(r"(1[89]|20|21)\d\d", text):
        return When(text, "year", count=int(text))
    if re.fullmatch(r"[-−]?\d+(\.\d+)?", text):
        raise refused(f"“{text}” has no unit", "write the unit: min, h, d, wk, mo or y")
    if re.search(r"\d{4}-\d\d|\d[./]\d+[./]\d", text):
        raise refused("this looks like a calendar date; give times relative to timeline.index", _HINT)
    if text.lower() == "ongoing":
        raise refused("“ongoing” is a duration, not a point in time", "write duration: ongoing")
    return _text(text)


def _text(text: str) -> When:
    if found := _COUNTED.fullmatch(text):
        return When(text, "counted", unit=found[1].lower(), count=int(found[2]))
    if text.lower().startswith("age "):
        return When(text, "age", _length(text[4:]))
    if iso := parse_iso(text):
        return When(text, "offset", iso[1], negative=iso[0])
    prefix = text[:1] if text[:1] in "~≈<>" else ""
    rest = text[len(prefix) :].strip()
    negative = rest[:1] in ("-", "−")
    amount = parse_length(prefix + (rest[1:] if rest[:1] in ("-", "−", "+") else rest).strip())
    if amount is None:
        raise refused(f"“{text}” is not a time", _cure(text))
    return When(text, "offset", amount, negative=negative)


def _cure(text: str) -> str:
    """Return what to write for a text that is no time."""
    if found := re.fullmatch(r"(?:POD|postop(?:erative)?)\.?\s*(?:day\s*)?(\d+)", text, re.IGNORECASE):
        return f"give the operation an id, such as op, and write {{after: op, by: {found[1]} d}}"
    if not re.search(r"\d", text):
        return f"write at: {{label: {text}}} for words alone, or duration: until … for an end without a time; {_HINT}"
    return _HINT


def _length(value: Any) -> Duration:
    """Return a length that is a number of units: words have no place on the axis of time."""
    found = parse_duration(value)
    if not found.known:
        raise refused(f"“{value}” is not a duration", "write 2 d, 3 wk, ~1 mo or 2-3 wk")
    return found


def _mapping(value: dict[str, Any]) -> When:
    given = {key: part for key, part in value.items() if part is not None}
    base = [key for key in (*RELATIONS, "at") if key in given]
    if set(value) - {*RELATIONS, "by", "label", "at"} or len(base) > 1:
        raise refused(
            "a time written as a mapping has one of after, before, after_end, during or at; by; and label", _HINT
        )
    for key in (*RELATIONS, "label"):
        if not isinstance(given.get(key, ""), str):
            raise refused(f"“{key}” of a time must be a text", _HINT)
    label = given.get("label")
    if not base:
        if label is None:
            raise refused("a time written as a mapping needs after, before, after_end, during, at or label", _HINT)
        return When(label, "label", label=label)
    if base == ["at"]:
        return replace(parse_when(given["at"]), label=label)
    relation, anchor = base[0], str(given[base[0]])
    by = _length(given["by"]) if "by" in given else None
    return When(f"{relation} {anchor}", "relative", by, anchor=anchor, relation=relation, label=label)


_TIME_SCHEMA: dict[str, Any] = {
    "anyOf": [
        SCALAR,
        {
            "type": "object",
            "properties": {
                "after": dict(SCALAR, description="Id of the record after whose start this was."),
                "before": dict(SCALAR, description="Id of the record before whose start this was."),
                "after_end": dict(SCALAR, description="Id of the record after whose end this was."),
                "during": dict(SCALAR, description="Id of the record during which this was."),
                "by": dict(SCALAR, description="How long after, before, or into it: 2 d."),
                "label": dict(SCALAR, description="What is printed: at presentation."),
                "at": dict(SCALAR, description="The time itself, beside a label."),
            },
            "additionalProperties": False,
        },
    ]
}

At = Annotated[When, PlainValidator(parse_when), WithJsonSchema(_TIME_SCHEMA)]
"""A point in time, as an author writes it."""
