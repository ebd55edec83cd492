"""What happened, in order: events of the timeline, and every record elsewhere that has a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from casewriter.model.base import Record
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology, record_at, started
from casewriter.model.order import Edge, Thing, in_order
from casewriter.model.records import known_ids
from casewriter.model.time import When
from casewriter.problem import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the timeline before it is printed: the record, its path, kind, and the key of its time."""

    record: Any
    path: Path
    kind: str
    at: Any
    merged: tuple[Entry, ...] = ()
    """Further records that this row tells as well: complaints of one onset."""


def entries(case: Case) -> Iterator[Entry]:
    """Yield every record that joins the timeline, unsorted; `timeline: false` keeps one out."""
    for entry in _candidates(case):
        wanted = getattr(entry.record, "timeline", None)
        if wanted is False or (entry.kind == "lab" and wanted is not True):
            continue
        if entry.at is not None or entry.path[0] == "timeline" or wanted is True:
            yield entry


def _candidates(case: Case) -> Iterator[Entry]:
    """Yield the records that join when they have a time, then those that an author may add with `timeline: true`."""
    joining = list(_joining(case))
    yield from joining
    known = {entry.path for entry in joining}
    for path, part in case.parts:
        if isinstance(part, Record) and part.timeline and path not in known and "labs" not in path:
            kind = _KINDS.get(str(path[0]), "") if path[:2] != ("follow_up", "tests") else "follow_up"
            yield Entry(part, path, kind, started(part))


_KINDS = {"observation": "history", "diagnosis": "diagnostic", "treatment": "intervention", "follow_up": "outcome"}


def _joining(case: Case) -> Iterator[Entry]:
    for number, event in enumerate(case.timeline.events if case.timeline else ()):
        yield Entry(event, ("timeline", "events", number), event.kind or "", event.at)
    observation = case.observation
    complaints = observation.complaints.items if observation and observation.complaints else ()
    for number, complaint in enumerate(complaints):
        path: Path = ("observation", "complaints", "items", number)
        yield Entry(complaint, path, "presentation", complaint.onset or complaint.at)
    sections: tuple[tuple[Any, str, str], ...] = (
        (case.imaging, "imaging", "studies"),
        (case.tests, "tests", "results"),
        (case.pathology, "pathology", "specimens"),
        (case.microbiology, "microbiology", "cultures"),
        (case.genetics, "genetics", "variants"),
        (case.genetics, "genetics", "findings"),
    )
    for section, name, key in sections:
        for number, record in enumerate(getattr(section, key) if section else ()):
            yield Entry(record, (name, key, number), "diagnostic", record.at)
    complications = case.diagnosis.complications.items if case.diagnosis and case.diagnosis.complications else ()
    for number, complication in enumerate(complications):
        yield Entry(complication, ("diagnosis", "complications", "items", number), "presentation", complication.at)
    for place, row in case.labs.rows() if case.labs else ():
        yield Entry(row, ("labs", *place), "lab", row.at)
    yield from _managed(case)


def _managed(case: Case) -> Iterator[Entry]:
    given = case.treatment.interventions if case.treatment else None
    for number, item in enumerate(given.items if given else ()):
        yield Entry(item, ("treatment", "interventions", "items", number), "intervention", item.at)
    follow = case.follow_up
    if follow is None:
        return
    for side in ("clinician", "patient"):
        listing = getattr(follow.outcomes, side) if follow.outcomes else None
        for number, outcome in enumerate(listing.items if listing else ()):
            yield Entry(outcome, ("follow_up", "outcomes", side, "items", number), "outcome", outcome.at)
    adverse = follow.adverse_events
    for number, event in enumerate(adverse.items if adverse else ()):
        yield Entry(event, ("follow_up", "adverse_events", "items", number), "outcome", event.at)
    if follow.death is not None:
        yield Entry(follow.death, ("follow_up", "death"), "outcome", follow.death.at)


def told(case: Case, chronology: Chronology, words: dict[str, str]) -> list[Entry]:
    """Return the rows of the timeline in the order of time; what is one event is one row.

    `words` are those of the language of the case: an outcome that says the word for death is the death.
    """
    paths = known_ids(case)
    found = _one_death(_one_onset(_one_operation(list(entries(case)), paths, chronology)), chronology, words)
    things = [Thing(chronology.days(entry.at), entry.path[:-1], entry.kind == "outcome") for entry in found]
    return [found[place] for place in in_order(things, _edges(found, case, paths))]


def _one_operation(found: list[Entry], paths: dict[str, Path], chronology: Chronology) -> list[Entry]:
    """Leave out the study and the specimen that an intervention of the same day names as its own."""
    days = {entry.path: chronology.days(entry.at) for entry in found}
    shown = set()
    for entry in found:
        for name in (getattr(entry.record, "study", None), getattr(entry.record, "specimen", None)):
            path = paths.get(name or "")
            if entry.kind == "intervention" and path in days and days[path] == days[entry.path]:
                shown.add(path)
    return [entry for entry in found if entry.path not in shown]


def _one_onset(found: list[Entry]) -> list[Entry]:
    """Put complaints that began at the same time into one row."""
    first: dict[When, int] = {}
    done: list[Entry] = []
    for entry in found:
        complaint = entry.path[:2] == ("observation", "complaints")
        if complaint and entry.at in first:
            place = first[entry.at]
            done[place] = replace(done[place], merged=(*done[place].merged, entry))
            continue
        if complaint and entry.at is not None:
            first[entry.at] = len(done)
        done.append(entry)
    return done


_DEATH = re.compile(r"\b(?:death|died|dies|deceased|passed away)\b", re.IGNORECASE)


def says_death(text: str | None, words: dict[str, str]) -> bool:
    """Return whether an outcome is the patient's death, in English or by the word of the language of the case."""
    return bool(text) and bool(_DEATH.search(text or "") or words["death"].lower() in (text or "").lower().split())


def _one_death(found: list[Entry], chronology: Chronology, words: dict[str, str]) -> list[Entry]:
    """Keep one of the death and an outcome of the same day that says it: the outcome, unless it says no more."""
    death = next((entry for entry in found if entry.path == ("follow_up", "death")), None)
    if death is None:
        return found
    for entry in found:
        label = getattr(entry.record, "label", None)
        same_day = chronology.days(entry.at) == chronology.days(death.at)
        if entry.kind == "outcome" and same_day and says_death(label, words):
            spare = entry if len(str(label).split()) == 1 else death
            return [one for one in found if one is not spare]
    return found


def _edges(found: list[Entry], case: Case, paths: dict[str, Path]) -> Iterator[Edge]:
    """Yield (earlier, later) for every time that names a record, also by way of records outside the timeline."""
    place = {one.path: number for number, entry in enumerate(found) for one in (entry, *entry.merged)}
    for number, entry in enumerate(found):
        when, relation, seen = entry.at, "", set()
        while when is not None and when.kind == "relative" and when.anchor in paths and when.anchor not in seen:
            direction = "before" if when.relation == "before" else "after"
            if relation not in ("", direction):
                break  # after something that is before: nothing is known
            relation = direction
            seen.add(when.anchor)
            path = paths[when.anchor]
            if path in place:
                yield (place[path], number) if relation == "after" else (number, place[path])
                break
            when = started(record_at(case, path))
