"""DATA: results that no program can judge, and results that contradict the mark or the unit typed with them."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.consistency.laboratory import called, points, rows
from casewriter.lint.rule import Found, rule
from casewriter.model import lexicon, symbol
from casewriter.model.case import Case
from casewriter.model.quantity import Point, Quantity
from casewriter.model.verdict import typed_mark, typed_unit
from casewriter.problem import Level, Path


def _measurements(case: Case) -> Iterator[tuple[Path, Quantity, Point]]:
    """Yield every measurement of the case: laboratory, vital signs, scores, and those of studies and specimens."""
    for path, row in _quantities(case):
        for where, point in points(path, row):
            yield where, row, point


def _quantities(case: Case) -> Iterator[tuple[Path, Quantity]]:
    yield from rows(case)
    yield from ((path, part) for path, part in case.models if isinstance(part, Quantity) and path[0] != "labs")


@rule("DATA026", "result-not-compared", Level.WARNING)
def result_not_compared(case: Case) -> Iterator[Found]:
    """A result cannot be compared with its reference, so no L, H or A is printed.

    Readers take a result without a letter to be normal. These are not compared: words with different meanings
    (equivocal against negative), a word against a number, a range for each sex, a single number as the whole range, and
    differing units. Remedy: write value and reference as the laboratory reported them for this patient, or write the
    answer: `flag: high`, `low`, `abnormal` or `normal`; `flag: none` prints no letter. Source: HL7 v2 table 0078; CARE
    item 8a.
    """
    for where, row, point in _measurements(case):
        value = point.value
        if value is None or row.reference is None or point.flag or row.flag or row.computed(point):
            continue
        word = value.reading.parts.number
        if value.not_done or value.summary or word.lower() == "pending" or lexicon.group(word) == "normal":
            continue
        message = f"{called(row)} “{value.written}” cannot be compared with its reference “{row.reference.written}”"
        yield Found(message, (*where, "value"), "write flag: low, high, abnormal or normal, or flag: none")


@rule("DATA027", "mark-contradicts-range", Level.WARNING)
def mark_contradicts_range(case: Case) -> Iterator[Found]:
    """The laboratory's mark in a value contradicts its range or flag.

    The mark prints as typed: 12.5 (H), 12.5*, ↑12.5. Remedy: correct value, range or mark, or explain in `note:` why it
    is right. Source: HL7 v2 table 0078 (H and HH high, L and LL low, A abnormal, N normal); an asterisk or an
    exclamation mark means abnormal.
    """
    for where, row, point in _measurements(case):
        if point.value is None or row.note or point.note:
            continue
        mark = typed_mark(point.value, row.unit)
        said, flag = lexicon.meaning(mark), point.flag or row.flag or row.computed(point)
        if said is None or flag in (None, "none") or _agree(said, str(flag)):
            continue
        reason = "is flagged" if point.flag or row.flag else f"by its range {row.reference.written} is"  # type: ignore[union-attr]
        message = f"{called(row)} “{point.value.written}” carries the mark “{mark}” but {reason} {flag}"
        yield Found(message, (*where, "value"), "correct one of them, or explain in note:")


def _agree(said: str, flag: str) -> bool:
    outside = {"low", "high", "abnormal", "critical"}
    return (
        said == flag
        or (flag in outside and said == "abnormal")
        or (said in outside and flag in ("abnormal", "critical"))
    )


@rule("DATA028", "value-unit-contradicts", Level.WARNING)
def value_unit_contradicts(case: Case) -> Iterator[Found]:
    """A value or its reference has another unit than the test.

    The value prints with the unit typed after it, the table with the unit of `unit:`, and the two are not compared.
    Remedy: write value and reference in the unit of the test, and leave the unit out of both. Source: UCUM 2.1; SI
    Brochure, 5.4.
    """
    for where, row, point in _measurements(case):
        if point.value is not None and (other := _another(typed_unit(point.value, row.unit), row.unit)):
            message = f"{called(row)} “{point.value.written}” is in {other}, but its unit is {row.unit}"
            yield Found(message, (*where, "value"), f"write the value in {row.unit}, or unit: {other}")
    for path, row in _quantities(case):
        if row.reference is not None and (other := _another(typed_unit(row.reference, row.unit), row.unit)):
            message = (
                f"the range of {called(row)}, “{row.reference.written}”, is in {other}, but its unit is {row.unit}"
            )
            yield Found(message, (*path, "reference"), f"write the range in {row.unit}, or unit: {other}")


def _another(typed: str, unit: str | None) -> str:
    """Return the typed unit where it is another than that of the test, whatever its power of ten."""
    if not typed or not unit:
        return ""
    return "" if symbol.same(symbol.split(typed)[1], symbol.split(unit)[1]) else typed


RULES = (result_not_compared, mark_contradicts_range, value_unit_contradicts)
