"""DATA: times that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from casewriter.lint.consistency.laboratory import points, rows
from casewriter.lint.rule import Found, rule
from casewriter.model.base import Record
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.time import When
from casewriter.problem import Level, Path


def _open(when: When) -> bool:
    """Return whether a time says only that it is after or before something else."""
    return when.kind == "relative" and when.amount is None


_ROUNDING = 1.0
"""Days by which a month and thirty days differ."""


def _approximate(when: Any) -> bool:
    amount = getattr(when, "amount", None)
    return bool(amount and (amount.prefix or any("-" in number for number, _ in amount.parts)))


@rule("DATA008", "end-before-start", Level.ERROR)
def end_before_start(case: Case) -> Iterator[Found]:
    """Something ends before it begins.

    `until` is a point in time like `at`, counted from the index. For a length of time write `duration:`.
    """
    clock = Chronology(case)
    for path, part in case.having("until"):
        until = getattr(part, "until", None)
        if until is None:
            continue
        begin = getattr(part, "at", None) or getattr(part, "since", None)
        start, end = clock.days(begin), clock.days(until)
        loose = any(
            _approximate(when) or (when.kind == "relative" and when.amount is None) for when in (begin, until) if when
        )
        if start is not None and end is not None and end < start - _ROUNDING and not loose:
            yield Found(
                "this ends before it begins",
                (*path, "until"),
                "times count from the index; for a length of time write duration:",
            )


@rule("DATA010", "series-out-of-order", Level.WARNING)
def series_out_of_order(case: Case) -> Iterator[Found]:
    """Measurements, schedule steps or grid columns are not in chronological order.

    Tables print them in the order of the file. Remedy: sort them, or correct the time.
    """
    clock = Chronology(case)
    for path, row in rows(case):
        if "grids" not in path:
            yield from _unsorted(clock, [(where, point.at) for where, point in points(path, row)])
    for number, grid in enumerate(case.labs.grids if case.labs else ()):
        yield from _unsorted(
            clock, [(("labs", "grids", number, "at", n), at) for n, at in enumerate(grid.at)], key=None
        )
    given = case.treatment.interventions if case.treatment else None
    for number, item in enumerate(given.items if given else ()):
        path = ("treatment", "interventions", "items", number, "schedule")
        yield from _unsorted(clock, [((*path, n), step.at) for n, step in enumerate(item.schedule)])


def _unsorted(clock: Chronology, times: list[tuple[Path, Any]], key: str | None = "at") -> Iterator[Found]:
    known = [(path, clock.days(at), at) for path, at in times]
    placed = [(path, day, at) for path, day, at in known if day is not None]
    for (_, before, first), (path, day, at) in pairwise(placed):
        if day < before and not (_approximate(at) or _approximate(first)):
            yield Found(
                "this time is earlier than the one above it",
                (*path, key) if key else path,
                "sort them, or correct the time",
            )


@rule("DATA011", "after-death", Level.ERROR)
def after_death(case: Case) -> Iterator[Found]:
    """A treatment, test or outcome is dated after the patient's death.

    Only pathology may follow death, and later results of a culture or a genetic test.
    """
    clock = Chronology(case)
    death = case.follow_up.death if case.follow_up else None
    day = clock.days(death.at) if death else None
    if day is None:
        return
    for path, part in case.models:
        if not isinstance(part, Record) or path[0] in (
            "pathology",
            "microbiology",
            "genetics",
            "observation",
            "others",
        ):
            continue
        at = clock.days(part.at)
        if at is not None and at > day and path[:2] != ("follow_up", "death") and not _approximate(part.at):
            yield Found("this is dated after the death of the patient", (*path, "at"), "correct one of the two times")


@rule("DATA012", "events-out-of-order", Level.WARNING)
def events_out_of_order(case: Case) -> Iterator[Found]:
    """The events of the timeline are not in chronological order.

    The table sorts them, but a wrong order in the file usually means a wrong time. Source: CARE item 7.
    """
    clock = Chronology(case)
    events = case.timeline.events if case.timeline else ()
    times = [(("timeline", "events", number), event.at) for number, event in enumerate(events)]
    yield from _unsorted(clock, [pair for pair in times if pair[1] is not None])


RULES = (end_before_start, series_out_of_order, after_death, events_out_of_order)
