"""DATA: measurements that contradict their range, lack unit or range, or betray a slip of the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.model.laboratory import Result
from casewriter.model.quantity import Point, Quantity, Value, computed_flag
from casewriter.problem import Level, Path, did_you_mean
from casewriter.resources import data_file
from casewriter.source import read
from casewriter.unit import is_printed_unit, printed, spellings, ucum

_BEFORE_NAME = re.compile(
    r"^(?:total|serum|plasma|blood|s-|p-|b-)\s*|\s*(?:,.*|\(.*\)|level|concentration|in serum)$", re.I
)
_UNITLESS = re.compile(r"\b(?:ph|ratio|index|score|inr|titre|titer|specific gravity|density)\b", re.IGNORECASE)


def rows(case: Case) -> Iterator[tuple[Path, Result]]:
    """Yield every laboratory result with its path in the case."""
    for path, row in case.labs.rows() if case.labs else ():
        yield ("labs", *path), row


def _measured(case: Case) -> Iterator[tuple[Path, Quantity]]:
    """Yield laboratory results and vital signs."""
    yield from rows(case)
    examination = case.observation.examination if case.observation else None
    for number, vital in enumerate(examination.vitals if examination else ()):
        yield ("observation", "examination", "vitals", number), vital


def points(path: Path, row: Quantity) -> Iterator[tuple[Path, Point]]:
    """Yield each measurement of a row with the path of its value."""
    for number, point in enumerate(row.points()):
        inside: Path = ("values", number) if "grids" in path else ("series", number) if row.series else ()
        yield (*path, *inside), point


def _name(row: Quantity) -> str:
    return str(row.title() or "this result")


@rule("DATA001", "flag-contradicts-range", Level.WARNING)
def flag_contradicts_range(case: Case) -> Iterator[Found]:
    """A result is called normal and lies outside its range, or is called low or high and does not.

    The author's flag wins and is printed. Remedy: correct value, range or flag, or say in `note:` why it is right
    (another range for children, in pregnancy). Source: the flag computed from the laboratory's own range.
    """
    for path, row in _measured(case):
        for where, point in points(path, row):
            said = point.flag or row.flag
            found = computed_flag(point.value, row.reference) if point.value else None
            if not said or said == "none" or not found or row.note or point.note:
                continue
            agree = said == found or (said in ("abnormal", "critical") and found != "normal")
            if not (agree or (found == "abnormal" and said != "normal")):
                written = row.reference.written if row.reference else ""
                value = point.value.written if point.value else ""
                message = f"{_name(row)} {value} is flagged {said}; by its range {written} it is {found}"
                yield Found(message, (*where, "flag"), "correct one of them, or say why in note:")


@rule("DATA003", "unit-missing", Level.WARNING)
def unit_missing(case: Case) -> Iterator[Found]:
    """A number has no unit.

    A number without its unit cannot be compared, and a reader of another country reads it in the other system. A
    ratio, index, pH or score has none. Source: CARE item 8a; UCUM.
    """
    for path, row in _measured(case):
        numbers = [point for point in row.points() if point.value and point.value.number is not None]
        if numbers and not row.unit and not _UNITLESS.search(_name(row)) and not _is_score(row):
            yield Found(
                f"{_name(row)} is a number without a unit",
                path,
                "write unit: mg/dL, or unit: ratio where there is none",
            )


def _is_score(row: Quantity) -> bool:
    return row.reference is not None and bool(row.reference.word)


@rule("DATA004", "unit-unknown", Level.WARNING)
def unit_unknown(case: Case) -> Iterator[Found]:
    """A unit is no UCUM code and no usual spelling of one.

    It prints as written. Most are slips such as mg/ld or mgdl. `lint --fix` writes usual spellings in UCUM.
    Source: Unified Code for Units of Measure, version 2.1.
    """
    for path, row in _every_quantity(case):
        unit = row.unit
        if unit and ucum(unit) is None and not is_printed_unit(unit):
            hint = did_you_mean(unit, spellings()) or "write it in UCUM, such as mg/dL, umol/L, 10*9/L"
            yield Found(f"the unit “{unit}” is not known", (*path, "unit"), hint)


def _every_quantity(case: Case) -> Iterator[tuple[Path, Any]]:
    seen = set()
    for path, part in case.parts:
        if hasattr(part, "unit") and hasattr(part, "__dict__") and path not in seen:
            seen.add(path)
            yield path, part


@rule("DATA005", "range-missing", Level.WARNING)
def range_missing(case: Case) -> Iterator[Found]:
    """A laboratory number has no reference range.

    Ranges differ between laboratories, and a reader cannot judge the number without it. Remedy: `reference:
    8.6-10.3` as the laboratory printed it, or say in `note:` why there is none. Source: CARE item 8a; ICMJE
    Recommendations, IV.A.3.f (units and ranges).
    """
    for path, row in rows(case):
        numbers = [point for point in row.points() if point.value and point.value.number is not None]
        if numbers and row.reference is None and not row.note and row.flag != "none":
            yield Found(
                f"{_name(row)} has no reference range",
                path,
                "write reference: as the laboratory printed it, or say why in note:",
            )


@cache
def _analytes() -> dict[str, dict[str, Any]]:
    file = data_file("analytes.yaml")
    return {name: entry for entry in read(file.read_bytes(), file.name).data["analytes"] for name in entry["names"]}


def _analyte(row: Quantity) -> dict[str, Any] | None:
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
    """A value, or its range, cannot be right in its unit.

    Usual slips: a decimal point (by 10 or 1000), or a value in SI units under the conventional unit. The message
    names the factor that would put it right. Source: limits hardly compatible with life, in `data/analytes.yaml`;
    molar masses.
    """
    for path, row in _measured(case):
        analyte = _analyte(row)
        if analyte is None:
            continue
        code = ucum(row.unit) if row.unit else ""
        code = code if code is not None else row.unit
        if code not in (analyte["unit"], analyte["other"]):
            continue
        low, high = (float(limit) for limit in analyte["plausible"])
        factor = float(analyte["factor"]) if code == analyte["other"] and code != analyte["unit"] else 1.0
        if code == "[degF]":
            low, high, factor = 55.0, 115.0, 1.0
        for where, point in points(path, row):
            value = point.value
            number = value.number if value else None
            if number is not None and value and not low * factor <= number <= high * factor:
                yield Found(
                    _says(row, value, code or ""),
                    (*where, "value"),
                    _cure(number, low * factor, high * factor, analyte, code or ""),
                )


def _says(row: Quantity, value: Value, code: str) -> str:
    unit = f" {printed(code)}" if code else ""
    return f"{_name(row)} {value.written}{unit} is hardly possible"


def _cure(value: float, low: float, high: float, analyte: dict[str, Any], code: str) -> str:
    other = analyte["other"] if code == analyte["unit"] else analyte["unit"]
    ratio = float(analyte["factor"]) if code == analyte["unit"] else 1 / float(analyte["factor"])
    if ratio != 1 and low <= value / ratio <= high:
        return f"as {printed(other)} it would be possible: is the unit right?"
    for step in (10, 100, 1000):
        if low <= value / step <= high:
            return f"{value / step:g} would be possible: is the decimal point right?"
        if low <= value * step <= high:
            return f"{value * step:g} would be possible: is the decimal point right?"
    return "compare it with the report of the laboratory"


RULES = (flag_contradicts_range, unit_missing, unit_unknown, range_missing, value_implausible)
