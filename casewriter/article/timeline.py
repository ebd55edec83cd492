"""The timeline as a table: a time is printed once, and what happened then stands beside it, an event a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from casewriter.article.builder import Builder
from casewriter.article.chronicle import told
from casewriter.article.entry import Entry
from casewriter.article.event import Happening, happening, listed
from casewriter.article.nodes import Block, Cell, Row, Run, Table
from casewriter.article.tables import Notes, body_row, head
from casewriter.article.walk import capitalised, plain
from casewriter.model.duration import Duration
from casewriter.model.time import When


def label(make: Builder, entry: Entry) -> Run:
    """Return what an entry is called: the record's words, with the dose of a drug."""
    runs = [_said(make, one) for one in (entry, *entry.merged)]
    return make.joined(runs, "; " if any("," in plain(run) for run in runs) else ", ")


def _said(make: Builder, entry: Entry) -> Run:
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
    rows = in_order(make, ends=True)
    if not rows or (found is None and len(rows) < 3):
        return list(narrative)
    return [*narrative, timeline_table(make, rows)]


def in_order(make: Builder, *, ends: bool = False) -> list[Entry]:
    """Return the rows of the timeline in the order of time; `ends` adds those of treatments that were stopped."""
    return told(make.case, make.telling.chronology, make.words, ends=ends)


def timeline_table(make: Builder, rows: list[Entry]) -> Table:
    """Return the table: time and event, one row each; the time is printed once for the rows that share it."""
    found = make.case.timeline
    notes = Notes()
    events = [happening(make, entry, label(make, entry)) for entry in rows]
    body = tuple(_row(make, group, notes) for group in _together(_days_whole(events)))
    caption = make.said(found.caption if found else None, ("timeline", "caption")) or make.text(
        make.word("timeline_caption")
    )
    heads = head(make.text(make.word("time")), make.text(make.word("event")))
    return Table(
        "timeline",
        _with_index(make, caption),
        heads,
        body,
        notes.all(),
        "timeline",
        grouped=True,
        origin=("timeline",),
    )


def _days_whole(events: list[Happening]) -> list[Happening]:
    """Return events in which none without a time divides those of one time that come from other lists than its own."""
    done = list(events)
    for _ in events:
        settled = True
        for n in range(1, len(done) - 1):
            before, here, behind = done[n - 1 : n + 2]
            divides = here.entry.at is None and before.when == behind.when
            if divides and here.entry.path[:-1] != behind.entry.path[:-1]:
                done[n], done[n + 1] = behind, here
                settled = False
        if settled:
            break
    return done


def _together(events: list[Happening]) -> Iterator[list[Happening]]:
    """Yield the events of each row: what was done at one time is one row."""
    for _, same in groupby(enumerate(events), lambda pair: pair[1].together or (pair[0],)):
        yield [event for _, event in same]


def _row(make: Builder, group: list[Happening], notes: Notes) -> Row:
    first = group[0]
    said = listed(make, [event.said for event in group])
    event = make.phrase(first.verb, said) if first.verb else said
    record, path = first.entry.record, first.entry.path
    note = make.said(record.note, (*path, "note")) if path[0] == "timeline" else ()
    cells = (Cell(capitalised(first.when)), Cell((*capitalised(event), *first.tail, *notes.mark(note))))
    told = [one.path for event in group for one in (event.entry, *event.entry.merged, *event.entry.also)]
    return replace(body_row(cells, path), also=tuple(told[1:]))


def _with_index(make: Builder, caption: Run) -> Run:
    """Return a caption that says what time 0 is."""
    found = make.case.timeline
    index = make.said(found.index, ("timeline", "index")) if found else ()
    if not index:
        return caption
    said = make.phrase("index_is", make.when(When("0", "offset", Duration())), index)
    if plain(caption).rstrip().endswith("."):
        return (*caption, *make.text(" "), *capitalised(said), *make.text("."))
    return make.bracketed(caption, [said])
