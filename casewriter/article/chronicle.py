"""What happened, in order: events of the timeline, and every record elsewhere that has a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casewriter.article.entry import Entry
from casewriter.article.one_event import one_death, one_onset, one_operation, one_wording, stops
from casewriter.model.base import Record
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology, record_at, started
from casewriter.model.order import Edge, Thing, in_order
from casewriter.model.records import known_ids
from casewriter.problem import Path


def entries(case: Case) -> Iterator[Entry]:
    """Yield every record that joins the timeline, unsorted; `timeline: false` keeps one out."""
    main = main_treatment(case) if case.timeline else None
    for entry in _candidates(case):
        wanted = getattr(entry.record, "timeline", None)
        if wanted is False or (entry.kind == "lab" and wanted is not True):
            continue
        if entry.at is not None or entry.path[0] == "timeline" or wanted is True or entry.record is main:
            yield entry


def untimed(case: Case) -> Iterator[Entry]:
    """Yield the records that are not in the timeline because they have no time."""
    main = main_treatment(case) if case.timeline else None
    for entry in _joining(case):
        record = entry.record
        asked = getattr(record, "timeline", None) is not None or entry.kind == "lab" or entry.path[0] == "timeline"
        lasting = entry.path[0] == "observation" and record.duration is not None
        if entry.at is None and not asked and not lasting and record is not main:
            yield entry


def main_treatment(case: Case) -> Any:
    """Return the treatment that no timeline may lack: the first for a final diagnosis, else the first given."""
    listing = case.treatment.interventions if case.treatment else None
    given = [item for item in (listing.items if listing else ()) if item.status in (None, "given", "stopped")]
    named = {one.id for one in (case.diagnosis.final if case.diagnosis else ())} - {None}
    return next((item for item in given if named.intersection(item.treats)), given[0] if given else None)


def _candidates(case: Case) -> Iterator[Entry]:
    """Yield the records that join when they have a time, then those that an author may add with `timeline: true`."""
    joining = list(_joining(case))
    yield from joining
    known = {entry.path for entry in joining}
    for path, part in case.having("timeline"):
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
        first = item.schedule[0].at if item.schedule else None
        yield Entry(item, ("treatment", "interventions", "items", number), "intervention", item.at or first)
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


def told(case: Case, chronology: Chronology, words: dict[str, str], *, ends: bool = False) -> list[Entry]:
    """Return the rows of the timeline in the order of time; what is one event is one row.

    `words` are those of the language of the case: an outcome that says the word for death is the death. With `ends`,
    a treatment that was stopped has a further row, which says so.
    """
    paths = known_ids(case)
    found = one_death(one_onset(one_operation(list(entries(case)), paths, chronology)), chronology, words)
    found = one_wording(found, chronology)
    found += stops(found, chronology) if ends else []
    things = [Thing(chronology.days(entry.at), entry.path[:-1], entry.kind == "outcome") for entry in found]
    return [found[place] for place in in_order(things, _edges(found, case, paths))]


def _edges(found: list[Entry], case: Case, paths: Mapping[str, Path]) -> Iterator[Edge]:
    """Yield (earlier, later) for every time that names a record, also by way of records outside the timeline."""
    starts = [(number, entry) for number, entry in enumerate(found) if not entry.ended]
    place = {one.path: number for number, entry in starts for one in (entry, *entry.merged, *entry.also)}
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
