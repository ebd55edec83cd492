"""Tables of records: a column that hardly any record uses becomes a note of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from casewriter.article.builder import Builder
from casewriter.article.nodes import Cell, Row, Run, Table
from casewriter.article.tables import Notes, body_row, head
from casewriter.article.walk import capitalised
from casewriter.problem import Path

_FEW = 30
"""Of so many records one at least must use a column."""


class Line(Struct, frozen=True):
    """A record: what is in each column, what is noted of it, and where it comes from.

    `spill` is the column that takes what has none of its own; without it, that is noted.
    """

    cells: Mapping[str, Run]
    note: Run
    origin: Path
    spill: str = ""


def used(columns: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """Return the columns that a table keeps: the first, and those that more than a single record among many uses."""
    first, *others = columns
    counts = {key: sum(bool(line.cells.get(key)) for line in lines) for key in others}
    many = len(lines) > 2
    return [first, *(key for key in others if counts[key] > many and counts[key] * _FEW >= len(lines))]


def body(make: Builder, columns: Sequence[str], lines: Iterable[Line], notes: Notes) -> list[Row]:
    """Return the rows; what has no column goes into another or into a note, with the word for it."""
    rows = []
    for line in lines:
        spare = [make.labelled_inside(key, run) for key, run in line.cells.items() if run and key not in columns]
        cells = dict(line.cells)
        if line.spill in columns:
            cells[line.spill] = make.joined([cells.get(line.spill, ()), *spare])
            spare = []
        mark = notes.mark(capitalised(make.joined([*spare, line.note])))
        first, *others = (capitalised(cells.get(key, ())) for key in columns)
        rows.append(body_row((Cell((*first, *mark)), *map(Cell, others)), line.origin))
    return rows


def record_table(make: Builder, target: str, caption: Run, columns: Sequence[str], lines: Sequence[Line]) -> Table:
    """Return the table of records; `columns` are their keys in order, which are also the keys of their headings."""
    notes = Notes()
    kept = used(columns, lines)
    rows = body(make, kept, lines, notes)
    heads = head(*(capitalised(make.text(make.word(key))) for key in kept))
    return Table(target, caption, heads, tuple(rows), notes.all(), target)
