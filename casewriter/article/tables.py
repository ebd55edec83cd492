"""Tables built from data: laboratory results, timeline, differential diagnosis, treatments, and the author's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Cell, NoteMark, Row, Run, Styled, Table, Text
from casewriter.model.base import Listing
from casewriter.model.diagnosis import Considered
from casewriter.model.exhibits import OwnTable
from casewriter.model.treatment import Change, Intervention, Step
from casewriter.problem import Path

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Notes:
    """Footnotes of one table, lettered in the order of their marks; equal notes share a mark."""

    def __init__(self) -> None:
        self._notes: dict[Run, str] = {}

    def mark(self, note: Run) -> Run:
        """Return the raised mark of a note, or nothing."""
        if not note:
            return ()
        count = len(self._notes)
        letter = LETTERS[count % 26] * (count // 26 + 1)
        return (NoteMark(self._notes.setdefault(note, letter)),)

    def all(self) -> tuple[tuple[str, Run], ...]:
        """Return the notes with their marks."""
        return tuple((mark, note) for note, mark in self._notes.items())


def head(*texts: Run) -> tuple[Row, ...]:
    """Return a head of one row; a cell without words heads nothing."""
    return (Row(tuple(Cell(text, head=bool(text)) for text in texts)),)


def body_row(cells: Iterable[Cell], origin: Path) -> Row:
    """Return a row whose first cell, where it has words, is its head."""
    first, *others = cells
    return Row((replace(first, head=bool(first.children)), *others), origin=origin)


def own_table(make: Builder, name: str, table: OwnTable) -> Table:
    """Return a table as the author wrote it; columns of numbers are marked as such."""
    path: Path = ("tables", name)
    width = max([len(table.columns), *(len(row) for row in table.rows)], default=0)
    columns = [make.said(c, (*path, "columns", n)) for n, c in enumerate(table.columns)]
    numeric = [_is_numeric([row[n] for row in table.rows if n < len(row)]) for n in range(width)]
    rows = []
    for r, row in enumerate(table.rows):
        where = (*path, "rows", r)
        places = ((n, text, (*where, n)) for n, text in enumerate(row))
        cells = [Cell(make.said(text, place), numeric=numeric[n], origin=place) for n, text, place in places]
        rows.append(Row((*cells, *(Cell() for _ in range(width - len(cells)))), origin=where))
    heads = tuple(Cell(text, bool(text), numeric[n], origin=(*path, "columns", n)) for n, text in enumerate(columns))
    heads += tuple(Cell() for _ in range(width - len(heads)))
    notes = make.said(table.notes, (*path, "notes"))
    return Table(
        name,
        make.said(table.caption, (*path, "caption")),
        (Row(heads),) if table.columns else (),
        tuple(rows),
        (("", notes),) if notes else (),
        origin=path,
    )


def _is_numeric(texts: list[str | None]) -> bool:
    filled = [t.strip() for t in texts if t and t.strip()]
    return bool(filled) and all(t.replace("−", "-").lstrip("<>≤≥~-+ ").replace(".", "", 1).isdigit() for t in filled)


def differential_table(make: Builder) -> Table:
    """Return the differential diagnosis: diagnosis, for, against, status."""
    found = make.case.diagnosis
    items = found.differential.items if found and found.differential else ()
    path: Path = ("diagnosis", "differential", "items")
    notes = Notes()
    columns = [
        ("considered", None),
        ("for", "for_"),
        ("against", "against"),
        ("excluded_by", "excluded_by"),
        ("status", "status"),
    ]
    used = [
        (key, name)
        for key, name in columns
        if name is None or any(getattr(i, name) or (name == "status" and _standing(make, i)) for i in items)
    ]
    rows = []
    for number, item in enumerate(items):
        where = (*path, number)
        label = (
            *make.said(item.label, (*where, "label")),
            *notes.mark(make.said(item.note, (*where, "note"))),
        )
        cells = [Cell(label, origin=(*where, "label"))]
        for _, name in used[1:]:
            key = "for" if name == "for_" else str(name)
            if name == "status":
                said = _standing(make, item)
            elif name == "excluded_by":
                said = make.names(item.excluded_by)
            else:
                said = make.said(getattr(item, str(name)), (*where, key))
            cells.append(Cell(said, origin=(*where, key)))
        rows.append(body_row(cells, where))
    caption = make.said(found.caption if found else None, ("diagnosis", "caption")) or make.text(
        make.word("differential_caption")
    )
    return Table(
        "differential",
        caption,
        head(*(make.text(make.word(k)) for k, _ in used)),
        tuple(rows),
        notes.all(),
        "differential",
        origin=("diagnosis",),
    )


def _standing(make: Builder, item: Considered) -> Run:
    """Return what became of a diagnosis that was considered, and when it was the one acted on."""
    working = make.text(make.word("working")) if item.working else ()
    period = make.period(item)
    return make.joined(
        [make.bracketed(working, [period]) if working else period, make.text(make.word(item.status or ""))]
    )


def treatment_table(make: Builder) -> Table:
    """Return the interventions: what, dose and route, time, indication, response."""
    found = make.case.treatment
    items = found.interventions.items if found and found.interventions else ()
    path: Path = ("treatment", "interventions", "items")
    notes = Notes()
    rows = [_intervention(make, item, (*path, n), notes) for n, item in enumerate(items)]
    keys = ["intervention", "dose", "period", "indication", "response"]
    used = [n for n in range(5) if n == 0 or any(row[n] for row in rows)]
    caption = make.said(found.caption if found else None, ("treatment", "caption")) or make.text(
        make.word("treatments_caption")
    )
    return Table(
        "treatments",
        caption,
        head(*(make.text(make.word(keys[n])) for n in used)),
        tuple(body_row((Cell(row[n]) for n in used), (*path, place)) for place, row in enumerate(rows)),
        notes.all(),
        "treatments",
        origin=("treatment",),
    )


def _intervention(make: Builder, item: Intervention, path: Path, notes: Notes) -> list[Run]:
    label = make.said(item.label, (*path, "label")) or make.joined(
        (make.said(c, (*path, "components", n)) for n, c in enumerate(item.components)), "–"
    )
    maker = [make.said(item.brand, (*path, "brand")), make.said(item.manufacturer, (*path, "manufacturer"))]
    status = make.text(make.word(item.status)) if item.status not in (None, "given") else ()
    name = make.bracketed(label, [*maker, status])
    steps = [_step(make, step, (*path, "schedule", n)) for n, step in enumerate(item.schedule)]
    extra = [
        make.labelled("schedule", make.joined(steps)),
        make.labelled("changes", changes(make, item.changes, (*path, "changes"))),
        make.labelled("technique", make.said(item.technique, (*path, "technique"))),
        make.labelled("findings", make.said(item.findings, (*path, "findings"))),
        make.labelled("target", make.said(item.target, (*path, "target"))),
        make.said(item.note, (*path, "note")),
    ]
    marked = (*name, *notes.mark(make.joined(extra)))
    dose = make.joined((make.said(getattr(item, k), (*path, k)) for k in ("dose", "route", "frequency")), ", ")
    treats = make.names(item.treats)
    indication = make.said(item.indication, (*path, "indication")) or treats
    stopped = make.said(item.stopped_because, (*path, "stopped_because"))
    response = make.joined([make.said(item.response, (*path, "response")), make.labelled("stopped", stopped)])
    return [marked, dose, make.period(item), indication, response]


def changes(make: Builder, listing: Listing[Change] | None, path: Path) -> Run:
    """Return how a treatment was changed and why, or that it was not."""
    if listing is None:
        return ()
    told = []
    for n, change in enumerate(listing.items):
        where = (*path, "items", n)
        what = make.bracketed(make.said(change.what, (*where, "what")), [make.said(change.why, (*where, "why"))])
        told.append(make.joined([make.when(change.at), what], ": "))
    return make.joined([*told, make.rest(listing, path)])


def _step(make: Builder, step: Step, path: Path) -> Run:
    """Return ``2 weeks: 50 mg/day (rash fading)``."""
    details = [make.said(step.why, (*path, "why")), make.said(step.note, (*path, "note"))]
    dose = make.bracketed(make.said(step.dose, (*path, "dose")), details)
    return make.joined([make.period(step), dose], ": ")


def flagged(make: Builder, quantity: object, point: object) -> tuple[Run, str]:
    """Return the printed value of a point with its flag's letter, and the flag."""
    from casewriter.model.quantity import Point, Quantity

    assert isinstance(quantity, Quantity)
    assert isinstance(point, Point)
    if point.value is None:
        return (), ""
    text = quantities.value(point.value, make.words, make.telling.language)
    flag = quantities.flag(quantity, point)
    run: Run = make.text(text)
    if flag:
        letter = "" if quantities.is_marked(quantity, point, flag) else f"\u00a0{make.word(f'flag_{flag}')}"
        run = (Styled("strong", (*run, *((Text(letter),) if letter else ()))),)
    return run, flag
