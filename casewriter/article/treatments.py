"""Treatments as a table, and how doses were changed as a small one."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.article.builder import Builder
from casewriter.article.columns import Line, record_table
from casewriter.article.nodes import Cell, Row, Run, Table
from casewriter.article.tables import body_row, changes, head
from casewriter.article.walk import capitalised
from casewriter.model.records import texts
from casewriter.model.treatment import Change, Intervention, Step
from casewriter.problem import Path

_COLUMNS = ("intervention", "dose", "period", "indication", "response")
_ITEMS: Path = ("treatment", "interventions", "items")


def treatment_tables(make: Builder) -> list[Table]:
    """Return the table of treatments, and that of the changes of doses where there are some."""
    found = make.case.treatment
    items = found.interventions.items if found and found.interventions else ()
    drawn = any("@fig-course" in text for _, text in texts(make.case))
    lines = [_line(make, item, (*_ITEMS, n), drawn=drawn) for n, item in enumerate(items)]
    caption = make.said(found.caption if found else None, ("treatment", "caption"))
    caption = caption or make.text(make.word("treatments_caption"))
    table = replace(record_table(make, "treatments", caption, _COLUMNS, lines), origin=("treatment",))
    rows = [row for n, item in enumerate(items) for row in _changes(make, item, (*_ITEMS, n), drawn=drawn)]
    return [table, _table_of_changes(make, rows)] if rows else [table]


def name(make: Builder, item: Intervention, path: Path) -> Run:
    """Return what a treatment is called: its label, or its components."""
    return make.said(item.label, (*path, "label")) or make.joined(
        (make.said(c, (*path, "components", n)) for n, c in enumerate(item.components)), "–"
    )


def _line(make: Builder, item: Intervention, path: Path, *, drawn: bool) -> Line:
    maker = [make.said(item.brand, (*path, "brand")), make.said(item.manufacturer, (*path, "manufacturer"))]
    status = make.text(make.word(item.status)) if item.status not in (None, "given") else ()
    extra = [
        make.labelled_inside(key, make.said(getattr(item, key), (*path, key))) for key in ("technique", "findings")
    ]
    extra.append(make.labelled("target", make.said(item.target, (*path, "target"))))
    if item.changes and not item.changes.items:
        extra.append(make.labelled_inside("changes", changes(make, item.changes, (*path, "changes"))))
    if drawn:
        extra.append(make.labelled("reasons", make.joined(_reasons(make, item, path))))
    extra.append(make.said(item.note, (*path, "note")))
    stopped = make.said(item.stopped_because, (*path, "stopped_because"))
    response = make.joined([make.said(item.response, (*path, "response")), make.labelled("stopped", stopped)])
    dose = make.joined((make.said(getattr(item, k), (*path, k)) for k in ("dose", "route", "frequency")), ", ")
    cells = {
        "intervention": make.bracketed(name(make, item, path), [*maker, status]),
        "dose": dose,
        "period": make.period(item),
        "indication": make.said(item.indication, (*path, "indication")) or make.names(item.treats),
        "response": response,
    }
    return Line(cells, make.joined(extra), path)


def _reasons(make: Builder, item: Intervention, path: Path) -> Iterator[Run]:
    """Yield why each dose was changed, where a figure shows the doses."""
    for number, step in enumerate(item.schedule):
        where = (*path, "schedule", number)
        why = make.joined([make.said(step.why, (*where, "why")), make.said(step.note, (*where, "note"))])
        if why:
            yield make.joined([make.period(step), why], ": ")


def _changes(make: Builder, item: Intervention, path: Path, *, drawn: bool) -> Iterator[Row]:
    """Yield a row for each step of a schedule, with the change of the same time in it, then for other changes."""
    listing = item.changes
    left = dict(enumerate(listing.items)) if listing else {}
    steps = () if drawn else item.schedule
    for number, step in enumerate(steps):
        place = next((n for n, change in left.items() if change.at is not None and change.at == step.at), None)
        where = (*path, "schedule", number)
        yield _step(make, item, path, (step, where), (left.pop(place), place) if place is not None else None)
    for place, change in left.items():
        where = (*path, "changes", "items", place)
        said, why = make.said(change.what, (*where, "what")), make.said(change.why, (*where, "why"))
        yield _row(name(make, item, path), make.when(change.at), (said, why), where)
    if listing and listing.items and (rest := make.rest(listing, (*path, "changes"))):
        yield _row(name(make, item, path), (), (rest, ()), (*path, "changes"))


def _step(
    make: Builder, item: Intervention, path: Path, step: tuple[Step, Path], change: tuple[Change, int] | None
) -> Row:
    one, where = step
    said, why = [make.said(one.dose, (*where, "dose"))], [make.said(one.why, (*where, "why"))]
    if change is not None:
        place = (*path, "changes", "items", change[1])
        said.append(make.said(change[0].what, (*place, "what")))
        other = make.said(change[0].why, (*place, "why"))
        why += [other] if other not in why else []
    why.append(make.said(one.note, (*where, "note")))
    return _row(name(make, item, path), make.period(one), (make.joined(said), make.joined(why)), where)


def _row(called: Run, when: Run, told: tuple[Run, Run], origin: Path) -> Row:
    cells = (called, when, *told)
    return body_row((Cell(capitalised(cell)) for cell in cells), origin)


def _table_of_changes(make: Builder, rows: list[Row]) -> Table:
    """Return the table of doses: the treatment printed once for its rows."""
    keys = ("treatment_name", "period", "change", "reason")
    kept = [n for n in range(4) if n in (0, 2) or any(row.cells[n].children for row in rows)]
    heads = head(*(make.text(make.word(keys[n])) for n in kept))
    body = tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in rows)
    caption = make.text(make.word("dose_changes_caption"))
    return Table("doses", caption, heads, body, kind="doses", grouped=True, origin=_ITEMS[:2])
