"""Checks of times that a guideline can name: the timeline, and what comes after the treatment."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.chronicle import entries
from casewriter.article.reach import value_place
from casewriter.guideline import Check
from casewriter.lint.guideline.fault import Fault, first
from casewriter.lint.guideline.places import filled, places, values
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.time import When
from casewriter.problem import Path


def timeline(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where the timeline, with the records that join it, has too few events."""
    count = sum(1 for _ in entries(case))
    if count < (check.minimum or 1):
        yield ("timeline", "events"), str(count)


def covers(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where the timeline shows no event of one of the kinds in `values` (``a|b``: one or the other)."""
    found = {entry.kind for entry in entries(case)}
    for kind in check.values:
        if not found & set(kind.split("|")):
            yield ("timeline", "events"), kind.split("|")[0].replace("_", "-")


def timed(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each event of the timeline without a time that it can be sorted by."""
    clock = Chronology(case)
    for where, event in places(case, check.path or "timeline.events[]"):
        if event is not None and clock.days(event.at) is None and not (event.at and event.at.kind in ("year", "label")):
            yield where, ""


def _first_treatment(case: Case, clock: Chronology) -> float | None:
    given = case.treatment.interventions if case.treatment else None
    starts = [day for item in (given.items if given else ()) if (day := clock.days(item.at)) is not None]
    return min(starts, default=None)


def later_tests(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where no later test is named and no value, study or test is later than the first intervention."""
    if not any(filled(value) for value in values(case, check.path or "")) and not any(later(case)):
        yield first(check), ""


def later(case: Case) -> Iterator[Path]:
    """Yield the places of values, studies, tests and specimens that are later than the first intervention."""
    clock = Chronology(case)
    start = _first_treatment(case, clock)
    if start is not None:
        yield from (where for where, at in _tested(case) if (day := clock.days(at)) is not None and day > start)


def _tested(case: Case) -> Iterator[tuple[Path, When | None]]:
    for where, row in case.labs.rows() if case.labs else ():
        for number, point in enumerate(row.points()):
            yield value_place(("labs", *where), number, row, case), point.at or row.at
    for section, key in (("imaging", "studies"), ("tests", "results"), ("pathology", "specimens")):
        records = getattr(getattr(case, section), key) if getattr(case, section) else ()
        yield from (((section, key, number), record.at) for number, record in enumerate(records))


def not_before(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each element that is earlier than the first intervention."""
    clock = Chronology(case)
    start = _first_treatment(case, clock)
    for where, value in places(case, check.path or ""):
        day = clock.days(getattr(value, "at", None))
        if start is not None and day is not None and day < start:
            yield where, ""
