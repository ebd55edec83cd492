"""Treatments as bars in time: their doses as steps, when they ended or that they go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from casewriter import plot
from casewriter.article.builder import Builder
from casewriter.article.walk import capitalised, plain
from casewriter.model.chronology import record_at, started
from casewriter.model.reading import read
from casewriter.model.records import known_ids
from casewriter.problem import Path

NOT_GIVEN = ("planned", "advised", "declined", "unavailable")
"""What has never been given has no place in time."""


def suspects(make: Builder) -> list[str]:
    """Return the ids of what is suspected to have caused the earliest of the adverse events."""
    follow = make.case.follow_up
    listed = follow.adverse_events if follow else None
    events = [event for event in listed.items if event.suspected] if listed else []
    days = [make.telling.chronology.placed(event.at) for event in events]
    dated = [place for place, day in enumerate(days) if day is not None]
    first = min(dated, key=lambda place: days[place] or 0.0) if dated else 0
    said = events[first].suspected if events else ()
    return [one.of for one in said if one.of and one.role in (None, "suspect")]


def treatments(make: Builder) -> tuple[list[plot.PlottedTreatment], list[str]]:
    """Return the treatments with a known time by their start, and the names of those without one."""
    drawn, undated = [], []
    suspected = suspects(make)
    for path, item in _given(make, suspected):
        mine = bool(item.id) and item.id in suspected
        made = replace(one, suspect=mine) if (one := _treatment(make, item, path)) else None
        if made is None:
            undated.append(plain(_name(make, item, path)))
        else:
            drawn.append(made)
    return sorted(drawn, key=lambda one: one.doses[0].start), undated


def _given(make: Builder, suspected: Sequence[str]) -> Iterator[tuple[Path, Any]]:
    """Yield the treatments that were given, and earlier drugs that are suspected."""
    paths = known_ids(make.case)
    for name in suspected:
        if (path := paths.get(name)) and path[:1] == ("observation",):
            yield path, record_at(make.case, path)
    listed = make.case.treatment.interventions if make.case.treatment else None
    for number, item in enumerate(listed.items if listed else ()):
        if item.status not in NOT_GIVEN:
            yield ("treatment", "interventions", "items", number), item


def _name(make: Builder, item: Any, path: Path) -> Any:
    if item.short:
        return capitalised(make.prose.quoted(item.short))
    components = getattr(item, "components", ())
    parts = (make.said(part, (*path, "components", n)) for n, part in enumerate(components))
    return capitalised(make.said(item.label, (*path, "label")) or make.joined(parts, "–"))


def _treatment(make: Builder, item: Any, path: Path) -> plot.PlottedTreatment | None:
    """Return a treatment as a bar; None where no time of it is known."""
    end = make.telling.chronology.end(item)
    length = getattr(item, "duration", None)
    steps, unit = _steps(make, item, path)
    start = make.telling.chronology.placed(started(item))
    if start is None and not steps:
        return None
    doses, over = _until_nothing(_joined(steps, start, end, _dose(make, item, path)))
    typed = [make.said(getattr(item, key, None), (*path, key)) for key in ("dose", "frequency")]
    detail = plain(make.joined(typed, ", ")) if len(doses) < 2 else unit
    stopped = make.inside("stopped") if getattr(item, "status", None) == "stopped" else ""
    ongoing = not over and end is None and length is not None and length.ongoing
    open_end = not over and not ongoing and doses[-1].end == doses[-1].start
    changes = _changes(make, item, path, {dose.start for dose in doses})
    if open_end and changes:  # it went on until it was changed
        doses = (*doses[:-1], replace(doses[-1], end=max(doses[-1].start, *(day for day, _ in changes))))
    name = plain(_name(make, item, path))
    return plot.PlottedTreatment(name, detail, doses, ongoing, open_end, stopped, changes=changes)


def _dose(make: Builder, item: Any, path: Path) -> plot.PlottedDose:
    text = plain(make.said(getattr(item, "dose", None), (*path, "dose")))
    return plot.PlottedDose(0.0, 0.0, text)


def _steps(make: Builder, item: Any, path: Path) -> tuple[list[plot.PlottedDose], str]:
    """Return the steps of a schedule, and the unit that all their doses share.

    None where the time of one is not known. With a shared unit, a step is labelled with its number alone.
    """
    found: list[plot.PlottedDose] = []
    read_doses = []
    for number, step in enumerate(getattr(item, "schedule", ())):
        start = make.telling.chronology.placed(step.at)
        if start is None:
            return [], ""
        until = make.telling.chronology.placed(step.until)
        text = plain(make.said(step.dose, (*path, "schedule", number, "dose")))
        found.append(plot.PlottedDose(start, start if until is None else max(start, until), text))
        read_doses.append(read(str(step.dose or "")))
    numbers = [one.low if one.low == one.high else None for one in read_doses]
    pieces = {(one.parts.unit.strip(), one.parts.mark) for one in read_doses}
    unit, mark = next(iter(pieces)) if len(pieces) == 1 else ("", "other")
    if mark or not unit or None in numbers or any(one.titre for one in read_doses):
        return sorted(found, key=lambda dose: dose.start), ""
    texts = [one.parts.number.strip() for one in read_doses]
    labelled = [replace(d, text=t, amount=n) for d, t, n in zip(found, texts, numbers, strict=True)]
    return sorted(labelled, key=lambda dose: dose.start), unit


def _joined(
    steps: Sequence[plot.PlottedDose], start: float | None, end: float | None, first: plot.PlottedDose
) -> tuple[plot.PlottedDose, ...]:
    """Return the steps, each up to the next, the last up to the end; a first dose stands before them."""
    found = list(steps)
    if start is not None and (not found or start < found[0].start):
        found.insert(0, replace(first, start=start, end=start))
    ended = [replace(a, end=b.start if a.end == a.start else min(a.end, b.start)) for a, b in pairwise(found)]
    last = found[-1]
    if last.end == last.start and end is not None and end > last.start:
        last = replace(last, end=end)
    return (*ended, last)


def _until_nothing(doses: tuple[plot.PlottedDose, ...]) -> tuple[tuple[plot.PlottedDose, ...], bool]:
    """Return the doses without a last one of nothing, and whether there was one: it says when the others ended."""
    over = len(doses) > 1 and doses[-1].amount == 0
    return (doses[:-1] if over else doses), over


def _changes(make: Builder, item: Any, path: Path, known: set[float]) -> tuple[tuple[float, str], ...]:
    """Return the changes with a known time that no step of the schedule says."""
    listed = getattr(item, "changes", None)
    found = []
    for number, change in enumerate(listed.items if listed else ()):
        day = make.telling.chronology.placed(change.at)
        if day is not None and day not in known:
            found.append((day, plain(make.said(change.what, (*path, "changes", "items", number, "what")))))
    return tuple(found)
