"""What tables share: notes, heads, rows; and the tables that the author wrote."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Cell, NoteMark, Row, Run, Styled, Table, Text
from casewriter.model.base import Listing
from casewriter.model.exhibits import OwnTable
from casewriter.model.treatment import Change
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
