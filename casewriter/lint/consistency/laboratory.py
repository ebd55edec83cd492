"""DATA: measurements that contradict their range, or have no unit or range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.model.laboratory import Result
from casewriter.model.quantity import Point, Quantity
from casewriter.model.verdict import typed_unit
from casewriter.problem import Level, Path, did_you_mean
from casewriter.unit import is_known, spellings

_UNITLESS = re.compile(r"\b(?:ph|ratio|index|score|inr|titre|titer|specific gravity|density)\b", re.IGNORECASE)


def rows(case: Case) -> Iterator[tuple[Path, Result]]:
    """Yield every laboratory result with its path in the case."""
    for path, row in case.labs.rows() if case.labs else ():
        yield ("labs", *path), row


def measured(case: Case) -> Iterator[tuple[Path, Quantity]]:
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


def called(row: Quantity) -> str:
    """Return what a message calls a measurement."""
    return str(row.title() or "this result")


@rule("DATA001", "flag-contradicts-range", Level.WARNING)
def flag_contradicts_range(case: Case) -> Iterator[Found]:
    """The flag of a result contradicts its reference range.

    The result is called normal but is outside its range, or is called low or high but is not. The author's flag takes
    precedence and is printed. Remedy: correct value, range or flag, or explain in `note:` why it is right (another
    range for children, in pregnancy). Source: the flag computed from the laboratory's own range.
    """
    for path, row in measured(case):
        for where, point in points(path, row):
            said = point.flag or row.flag
            found = row.computed(point)
            if not said or said == "none" or not found or row.note or point.note:
                continue
            agree = said == found or (said in ("abnormal", "critical") and found != "normal")
            if not (agree or (found == "abnormal" and said != "normal")):
                written = row.reference.written if row.reference else ""
                value = point.value.written if point.value else ""
                message = f"{called(row)} {value} is flagged {said}, but by its range {written} it is {found}"
                yield Found(message, (*where, "flag"), "correct one of them, or explain in note:")


@rule("DATA003", "unit-missing", Level.WARNING)
def unit_missing(case: Case) -> Iterator[Found]:
    """A number has no unit.

    Without its unit a number cannot be compared, and readers in other countries may assume another system of units.
    Ratios, indices, pH and scores have no unit. Source: CARE item 8a; UCUM.
    """
    for path, row in measured(case):
        if row.unit:
            continue
        values = [point.value for point in row.points() if point.value and point.value.number is not None]
        if (
            any(not typed_unit(value, None) for value in values)
            and not _UNITLESS.search(called(row))
            and not _is_score(row)
        ):
            yield Found(
                f"{called(row)} is a number without a unit",
                path,
                "write unit: mg/dL, or unit: ratio if it has none",
            )


def _is_score(row: Quantity) -> bool:
    return row.reference is not None and bool(row.reference.word)


@rule("DATA004", "unit-unknown", Level.WARNING)
def unit_unknown(case: Case) -> Iterator[Found]:
    """A unit is neither a UCUM code nor a common spelling of one.

    It prints as written. Most such units are slips, such as mg/ld or mgdl. `lint --fix` writes common spellings in
    UCUM. Source: Unified Code for Units of Measure, version 2.1.
    """
    for path, row in _every_quantity(case):
        unit = row.unit
        if unit and not is_known(unit):
            hint = did_you_mean(unit, spellings()) or "write it in UCUM, such as mg/dL, umol/L, 10*9/L"
            yield Found(f"unknown unit “{unit}”", (*path, "unit"), hint)


def _every_quantity(case: Case) -> Iterator[tuple[Path, Any]]:
    seen = set()
    for path, part in case.having("unit"):
        if path not in seen:
            seen.add(path)
            yield path, part


@rule("DATA005", "range-missing", Level.WARNING)
def range_missing(case: Case) -> Iterator[Found]:
    """A laboratory number has no reference range.

    Ranges differ between laboratories, and readers cannot judge a number without its range. Remedy: `reference:
    8.6-10.3` as the laboratory printed it, or explain in `note:` why there is none. Source: CARE item 8a; ICMJE
    Recommendations, IV.A.3.f (units and ranges).
    """
    for path, row in rows(case):
        numbers = [point for point in row.points() if point.value and point.value.number is not None]
        if numbers and row.reference is None and not row.note and row.flag != "none":
            yield Found(
                f"{called(row)} has no reference range",
                path,
                "write reference: as the laboratory printed it, or explain in note:",
            )


RULES = (flag_contradicts_range, unit_missing, unit_unknown, range_missing)
