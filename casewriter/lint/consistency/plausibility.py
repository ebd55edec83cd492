"""DATA: values that cannot be right in their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from casewriter.builtin import data
from casewriter.lint.consistency.laboratory import called, measured, points
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.model.quantity import Quantity
from casewriter.model.value import Value
from casewriter.model.verdict import bounds_in, typed_unit
from casewriter.problem import Level
from casewriter.unit import printed, ucum

_BEFORE_NAME = re.compile(
    r"^(?:total|serum|plasma|blood|s-|p-|b-)\s*|\s*(?:,.*|\(.*\)|level|concentration|in serum)$", re.I
)


@cache
def _analytes() -> dict[str, dict[str, Any]]:
    return {name: entry for entry in data("analytes.yaml")["analytes"] for name in entry["names"]}


def analyte(row: Quantity) -> dict[str, Any] | None:
    """Return what `data/analytes.yaml` says of a measurement in blood, or None."""
    name = " ".join(str(row.title() or "").lower().split())
    specimen = str(getattr(row, "specimen", None) or "").lower()
    told = f"{specimen} {name} {str(getattr(row, 'panel', None) or '').lower()}"
    if any(word in told for word in ("urin", "csf", "cerebrospinal", "fluid", "24", "stool", "sweat")):
        return None
    if specimen and not any(
        word in specimen for word in ("blood", "serum", "plasma", "arterial", "venous", "capillary")
    ):
        return None
    while (shorter := _BEFORE_NAME.sub("", name)) != name and name not in _analytes():
        name = shorter
    return _analytes().get(name)


@rule("DATA006", "value-implausible", Level.WARNING)
def value_implausible(case: Case) -> Iterator[Found]:
    """A value or its range is implausible in its unit.

    Common slips: a shifted decimal point (by a factor of 10 or 1000), or a value in SI units under the conventional
    unit. The message gives the factor that would correct it. Source: limits hardly compatible with life, in
    `data/analytes.yaml`; molar masses.
    """
    for path, row in measured(case):
        known = analyte(row)
        code = _code(row.unit)
        if known is None or code not in (_code(known["unit"]), _code(known["other"])):
            continue
        low, high = (float(limit) for limit in known["plausible"])
        factor = float(known["factor"]) if code != _code(known["unit"]) else 1.0
        if code == "[degF]":
            low, high, factor = 55.0, 115.0, 1.0
        for where, point in points(path, row):
            number = _number(point.value, row.unit)
            if number is not None and point.value and not low * factor <= number <= high * factor:
                yield Found(
                    _says(row, point.value),
                    (*where, "value"),
                    _cure(number, low * factor, high * factor, known, code),
                )


def _code(unit: str | None) -> str:
    """Return the UCUM code of a unit. A laboratory writes mU/L for mIU/L of a hormone."""
    return ((ucum(unit) or unit) if unit else "").replace("[IU]", "U")


def _number(value: Value | None, unit: str | None) -> float | None:
    """Return the number of a value in the unit of its test."""
    bounds = bounds_in(value, unit) if value is not None and value.number is not None else None
    return bounds[0] if bounds else None


def _says(row: Quantity, value: Value) -> str:
    unit = f" {printed(row.unit)}" if row.unit and not typed_unit(value, row.unit) else ""
    return f"{called(row)} {value.written}{unit} is implausible"


def _cure(value: float, low: float, high: float, analyte: dict[str, Any], code: str) -> str:
    first = code == _code(analyte["unit"])
    other = analyte["other"] if first else analyte["unit"]
    ratio = float(analyte["factor"]) if first else 1 / float(analyte["factor"])
    if ratio != 1 and low <= value / ratio <= high:
        return f"as {printed(other)} it would be plausible: is the unit right?"
    for step in (10, 100, 1000):
        if low <= value / step <= high:
            return f"{value / step:g} would be plausible: is the decimal point right?"
        if low <= value * step <= high:
            return f"{value * step:g} would be plausible: is the decimal point right?"
    return "compare it with the laboratory report"


RULES = (value_implausible,)
