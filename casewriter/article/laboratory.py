"""The table of laboratory results: a grid of times where they are few, a row for each measurement where many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from casewriter import unit as units
from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Cell, Row, Run, Styled, Table, Text
from casewriter.article.tables import Notes, body_row, flagged
from casewriter.article.walk import capitalised
from casewriter.model.laboratory import Result
from casewriter.model.order import Thing, in_order
from casewriter.model.quantity import Point
from casewriter.model.records import slug
from casewriter.problem import Path

MOST_TIMES = 7
"""Columns of times that fit a page; beyond, each measurement has a row of its own."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One test with its measurements by time label."""

    result: Result
    path: Path
    points: tuple[tuple[Run, Point], ...]


def labs(make: Builder) -> list[Block]:
    """Return the laboratory part: prose, then the table."""
    found = make.case.labs
    if found is None:
        return []
    blocks: list[Block] = list(make.prose.blocks(found.narrative, ("labs", "narrative")))
    return [*blocks, laboratory_table(make)] if found.rows() else blocks


def laboratory_table(make: Builder) -> Table:
    """Return every result of the case in one table, panel by panel."""
    found = make.case.labs
    assert found is not None
    lines = [_line(make, result, ("labs", *path)) for path, result in found.rows()]
    columns = _columns(make, lines)
    notes = Notes()
    flags: set[str] = set()
    wide = len(columns) <= MOST_TIMES
    with_reference = any(line.result.reference for line in lines)
    rows: list[Row] = []
    panel: str | None = None
    for line in _by_panel(lines):
        name = line.result.panel or ""
        if name != panel and (name or panel):
            width = 2 + (len(columns) if wide else 2) - (not with_reference)
            place: Path = ("labs", *found.panel_place(line.path[1:]))
            cell = Cell(make.prose.inline(name, place), head=True, span=width)
            rows.append(Row((cell,), group=True, anchor=f"tbl-labs-{slug(name)}", origin=place))
        panel = name
        rows.extend(_wide(make, line, columns, notes, flags) if wide else _long(make, line, notes, flags))
    caption = make.said(found.caption, ("labs", "caption")) or make.text(make.word("labs_caption"))
    key = make.text("; ".join(_key(make, flags)))
    foot = ((("", key),) if key else ()) + notes.all()
    whole = (*_head(make, columns, wide), *rows)
    head, *body = whole if with_reference else tuple(_without_second(row) for row in whole)
    return Table("labs", caption, (head,), tuple(body), foot, "labs", origin=("labs",))


def _key(make: Builder, flags: set[str]) -> Iterator[str]:
    """Yield what each letter means; a flag that the author set on a test without a range says nothing of one."""
    for flag in ("low", "high", "abnormal", "critical"):
        if f"said_{flag}" in flags:
            yield make.word(f"flag_said_{flag}")
        elif flag in flags:
            yield make.word(f"flag_key_{flag}")


def _without_second(row: Row) -> Row:
    """Return a row without its reference: the case gives none."""
    return row if row.group else replace(row, cells=(row.cells[0], *row.cells[2:]))


def _line(make: Builder, result: Result, path: Path) -> _Line:
    points = []
    for point in result.points():
        at = point.at or result.at
        points.append((make.when(at), point))
    return _Line(result, path, tuple(points))


def _by_panel(lines: list[_Line]) -> list[_Line]:
    order = list(dict.fromkeys(line.result.panel or "" for line in lines))
    return sorted(lines, key=lambda line: order.index(line.result.panel or ""))


def _columns(make: Builder, lines: list[_Line]) -> list[Run]:
    """Return the distinct times in order: by day where known, else between their neighbours in a series."""
    times: dict[Run, Thing] = {}
    for line in lines:
        for label, point in line.points:
            times.setdefault(label, Thing(make.telling.chronology.days(point.at or line.result.at)))
    labels = list(times)
    undated = {label for label, thing in times.items() if thing.day is None}
    edges = [
        (labels.index(first), labels.index(second))
        for line in lines
        for (first, _), (second, _) in pairwise(line.points)
        if first in undated or second in undated
    ]
    return [labels[place] for place in in_order(list(times.values()), edges)]


def _head(make: Builder, columns: list[Run], wide: bool) -> tuple[Row, ...]:
    test, reference = make.text(make.word("test")), make.text(make.word("reference"))
    if not wide:
        last = [
            Cell(make.text(make.word("time")), head=True),
            Cell(make.text(make.word("result")), head=True, numeric=True),
        ]
    else:
        result = make.text(make.word("result"))
        names = [capitalised(label) or result for label in columns] or [result]
        last = [Cell(name, head=True, numeric=True) for name in names]
    return (Row((Cell(test, head=True), Cell(reference, head=True), *last)),)


def _name(make: Builder, line: _Line, notes: Notes) -> Run:
    result, path = line.result, line.path
    if result.test or result.label:
        key = "test" if result.test else "label"
        name = make.said(result.test or result.label, (*path, key))
    else:
        name = make.said(result.tests, (*path, "tests"))
    printed = units.printed(result.unit) if result.unit else ""
    if printed:
        name = (*name, Text(" "), Styled("nobreak", (Text(f"({printed})"),)))
    specimen = (
        result.specimen if result.specimen and result.specimen.lower() not in ("serum", "blood", "plasma") else None
    )
    remarks = [make.said(specimen, (*path, "specimen")), make.said(result.method, (*path, "method"))]
    if result.test:
        remarks += [make.said(result.label, (*path, "label")), make.said(result.tests, (*path, "tests"))]
    remarks += [make.said(result.condition, (*path, "condition")), make.said(result.note, (*path, "note"))]
    reported = make.when(result.reported_at)
    remarks.append(make.phrase("reported", reported) if reported else ())
    remarks.append(make.text(quantities.also(result, make.words, make.telling.language)))
    return (*name, *notes.mark(make.joined(remarks)))


def _reference(make: Builder, result: Result) -> Cell:
    text = quantities.reference(result.reference, make.telling.language) if result.reference else ""
    return Cell(make.text(text))


def _value(make: Builder, line: _Line, point: Point, notes: Notes, flags: set[str]) -> Cell:
    run, flag = flagged(make, line.result, point)
    if flag:
        flags.add(f"said_{flag}" if flag in ("low", "high") and line.result.reference is None else flag)
    index = line.result.series.index(point) if point in line.result.series else 0
    note = make.said(point.note, (*line.path, "series", index, "note"))
    if point.value is not None and point.value.not_done is not None:
        run = make.text(make.word("not_done"))
        note = make.joined([make.text(f"{make.word('not_done')}: {point.value.not_done}"), note])
    assert make.case.labs is not None
    origin: Path = ("labs", *make.case.labs.value_place(line.path[1:], index))
    return Cell((*run, *notes.mark(note)), numeric=True, flag=flag, origin=origin)


def _wide(make: Builder, line: _Line, columns: list[Run], notes: Notes, flags: set[str]) -> list[Row]:
    """Return rows with one value a time; a second value at the same time goes to a row of its own."""
    name, reference = _name(make, line, notes), _reference(make, line.result)
    rows: list[Row] = []
    rest = list(line.points)
    while rest or not rows:
        cells, later = {}, []
        for label, point in rest:
            if label in cells:
                later.append((label, point))
            else:
                cells[label] = _value(make, line, point, notes, flags)
        ordered = [cells.get(label, Cell(numeric=True)) for label in columns] or [Cell(numeric=True)]
        first = (Cell(name), reference) if not rows else (Cell(), Cell())
        rows.append(body_row((*first, *ordered), line.path))
        rest = later
    return rows


def _long(make: Builder, line: _Line, notes: Notes, flags: set[str]) -> list[Row]:
    name, reference = _name(make, line, notes), _reference(make, line.result)
    rows = []
    for number, (label, point) in enumerate(line.points):
        first = (Cell(name), reference) if number == 0 else (Cell(), Cell())
        rows.append(body_row((*first, Cell(label), _value(make, line, point, notes, flags)), line.path))
    return rows or [body_row((Cell(name), reference, Cell(), Cell()), line.path)]
