"""The timeline: events of its own, and every record elsewhere that has a time, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Cell, Row, Run, Table
from casewriter.article.tables import Notes, head
from casewriter.article.words import fill, sentence_case
from casewriter.model.case import Case
from casewriter.problem import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the timeline before it is printed: the record, its path, kind, and the key of its time."""

    record: Any
    path: Path
    kind: str
    at: Any
    note: bool = True


def entries(case: Case) -> Iterator[Entry]:
    """Yield every record that joins the timeline, unsorted; `timeline: false` keeps one out."""
    for entry in _candidates(case):
        wanted = getattr(entry.record, "timeline", None)
        if wanted is False or (entry.kind == "lab" and wanted is not True):
            continue
        if entry.at is not None or entry.path[0] == "timeline" or wanted is True:
            yield entry


def _candidates(case: Case) -> Iterator[Entry]:
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
    )
    for section, name, key in sections:
        for number, record in enumerate(getattr(section, key) if section else ()):
            yield Entry(record, (name, key, number), "diagnostic", record.at)
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


def in_order(make: Builder) -> list[Entry]:
    """Return the entries by time; those that cannot be placed follow, as they stand in the file."""
    found = list(entries(make.case))
    days = {id(entry): make.telling.chronology.days(entry.at) for entry in found}

    def key(entry: Entry) -> float:
        day = days[id(entry)]
        return float("inf") if day is None else day

    return sorted(found, key=key)


def label(make: Builder, entry: Entry) -> Run:
    """Return what the row says: the record's words, with the dose of a drug."""
    record, path = entry.record, entry.path
    if path[0] == "labs":
        from casewriter.article import quantities

        name = make.said(record.test or record.label, (*path, "test"))
        return (*name, *make.text(" " + quantities.measured(record, make.words, make.telling.language)))
    if path == ("follow_up", "death"):
        return make.bracketed(make.text(make.word("death")), [make.said(record.cause, (*path, "cause"))])
    if getattr(record, "label", None):
        dose = make.said(getattr(record, "dose", None), (*path, "dose")) if entry.kind == "intervention" else ()
        return make.joined([make.said(record.label, (*path, "label")), dose], " ")
    return make.text(record.title() or "")


def timeline(make: Builder) -> list[Block]:
    """Return the timeline part: prose, then the table."""
    found = make.case.timeline
    narrative = list(make.prose.blocks(found.narrative, ("timeline", "narrative"))) if found else []
    rows = in_order(make)
    if not rows or (found is None and len(rows) < 3):
        return list(narrative)
    return [*narrative, timeline_table(make, rows)]


def timeline_table(make: Builder, rows: list[Entry]) -> Table:
    """Return the table: time and event, one row each."""
    found = make.case.timeline
    notes = Notes()
    body = []
    for entry in rows:
        event_note = make.said(entry.record.note, (*entry.path, "note")) if entry.path[0] == "timeline" else ()
        body.append(Row((Cell(make.text(_when(make, entry))), Cell((*label(make, entry), *notes.mark(event_note))))))
    index = make.said(found.index, ("timeline", "index")) if found else ()
    time = make.text(make.word("time"))
    if index:
        before, _, after = fill(make.words, "time_from", "\x00").partition("\x00")
        time = (*make.text(before.rstrip() + " "), *index, *make.text(after))
    caption = make.said(found.caption if found else None, ("timeline", "caption")) or make.text(
        make.word("timeline_caption")
    )
    return Table("timeline", caption, head(time, make.text(make.word("event"))), tuple(body), notes.all(), "timeline")


def _when(make: Builder, entry: Entry) -> str:
    """Return the time of a row: its start, with its end where that is said."""
    whole = getattr(entry.record, "until", None) is not None or entry.path[0] == "timeline"
    text = (make.period(entry.record) if whole else "") or make.when(entry.at)
    return sentence_case(text)
