"""The timeline as a table: time and event, a row each."""

from __future__ import annotations

from casewriter.article.builder import Builder
from casewriter.article.chronicle import Entry, told
from casewriter.article.nodes import Block, Cell, Run, Table
from casewriter.article.tables import Notes, body_row, head
from casewriter.article.walk import capitalised, plain


def label(make: Builder, entry: Entry) -> Run:
    """Return what the row says: the record's words, with the dose of a drug."""
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
    rows = in_order(make)
    if not rows or (found is None and len(rows) < 3):
        return list(narrative)
    return [*narrative, timeline_table(make, rows)]


def in_order(make: Builder) -> list[Entry]:
    """Return the rows of the timeline in the order of time."""
    return told(make.case, make.telling.chronology, make.words)


def timeline_table(make: Builder, rows: list[Entry]) -> Table:
    """Return the table: time and event, one row each."""
    found = make.case.timeline
    notes = Notes()
    body = []
    for entry in rows:
        event_note = make.said(entry.record.note, (*entry.path, "note")) if entry.path[0] == "timeline" else ()
        event = (*label(make, entry), *notes.mark(event_note))
        body.append(body_row((Cell(_when(make, entry)), Cell(event)), entry.path))
    index = make.said(found.index, ("timeline", "index")) if found else ()
    time = make.text(make.word("time"))
    if index:
        time = make.phrase("time_from", index)
    caption = make.said(found.caption if found else None, ("timeline", "caption")) or make.text(
        make.word("timeline_caption")
    )
    heads = head(time, make.text(make.word("event")))
    return Table("timeline", caption, heads, tuple(body), notes.all(), "timeline", origin=("timeline",))


def _when(make: Builder, entry: Entry) -> Run:
    """Return the time of a row: its start, with its end where that is said."""
    spans = any(getattr(entry.record, key, None) is not None for key in ("until", "duration"))
    onset = getattr(entry.record, "onset", None) is not None  # it began then, and lasts into the story
    whole = entry.path[0] == "timeline" or (spans and not onset)
    return capitalised((make.period(entry.record) if whole else ()) or make.when(entry.at))
