"""Tables: head rows that repeat on each page, rows that stay whole, digits under digits, notes below."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.article.nodes import Cell, NoteMark, Row, Table, Text
from casewriter.article.walk import plain
from casewriter.export.docx.caption import caption
from casewriter.export.docx.widths import Widths, widths_of
from casewriter.export.docx.wml import Element, element, twips
from casewriter.export.docx.writer import Writer
from casewriter.export.estimate import stays_whole
from casewriter.problem import Path

TABLE_SIZE = 0.8
"""The size of the type of tables as a share of that of the text, as `word.yaml` has it."""
_MM_PER_POINT = 25.4 / 72
_DIGIT = 0.556
"""Width of a digit as a share of the size of the type (Arial, Calibri 0.507)."""
_SLOT = 1.0
"""Width of what stands behind a number, as a share of the size of the type."""
_RULE = {"val": "single", "sz": 4, "space": 0, "color": "auto"}


def table(writer: Writer, one: Table) -> Iterator[Element]:
    """Yield a table with its caption and notes; one that is too wide for the page stands on a turned one."""
    widths = widths_of(
        one, writer.page.width, writer.page.height, _size(writer) * writer.runs.styles.letters * _MM_PER_POINT
    )
    if widths.turned:
        yield _end_of_pages(writer.page.upright())
    if one.label:
        yield caption(writer, one)
    for number, block in enumerate(_in_blocks(one)):
        yield from [writer.runs.around((), "Table Note")] if number else []
        yield _table(writer, block, widths)
    for mark, note in one.notes:
        marks = writer.runs.bare((NoteMark(mark), Text(" "))) if mark else []
        yield writer.runs.around([*marks, *writer.runs.controlled(note, at=one.origin)], "Table Note")
    if widths.turned:
        yield _end_of_pages(writer.page.turned())
    else:
        yield writer.runs.around((), "Table Note")  # two tables without a paragraph between them would be one


def _size(writer: Writer) -> float:
    """Return the size of the type of tables in points."""
    return writer.runs.styles.look.size * TABLE_SIZE


def _in_blocks(one: Table) -> Iterator[Table]:
    """Yield a table in parts with a head each: Word repeats on a new page only what a table begins with."""
    head, rows = one.head, list[Row]()
    for row in one.rows:
        if row.band:
            yield replace(one, head=head, rows=tuple(rows))
            head, rows = (replace(row, band=False),), []
        else:
            rows.append(row)
    yield replace(one, head=head, rows=tuple(rows))


def _end_of_pages(properties: Element) -> Element:
    """Return the paragraph that ends pages which are set in one way."""
    return element("w:p", element("w:pPr", properties))


def _table(writer: Writer, one: Table, widths: Widths) -> Element:
    columns = [twips(width) for width in widths.columns]
    described = f"{one.label}. {plain(one.caption)}" if one.label else ""
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=writer.runs.styles.id("Article Table")),
        element("w:tblW", w=sum(columns), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        element("w:tblCaption", val=described) if described else None,
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in columns))
    maker = _Rows(writer, one, columns, " Small" if widths.small else "")
    head = [maker.head(row, last=row is one.head[-1]) for row in one.head]
    return element("w:tbl", properties, grid, *head, *(maker.body(place) for place in range(len(one.rows))))


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, writer: Writer, one: Table, columns: list[int], size: str) -> None:
        """`size` is what the names of the styles end in."""
        self._writer = writer
        self._table = one
        self._columns = columns
        self._size = size
        self._whole = stays_whole(one, writer.geometry)

    def head(self, row: Row, *, last: bool) -> Element:
        """Return a row of the head, with a rule under the last."""
        return self._row(row, "Table Head", rule=last, repeated=True)

    def body(self, place: int) -> Element:
        """Return a row of the body; a cell that is the same as the one above is printed once, for all of them."""
        row = self._table.rows[place]
        if row.group:
            return self._row(row, "Table Head", anchor=row.anchor)
        return self._row(row, "Table Text", reach=self._table.reach(place) if self._table.grouped else None)

    def _row(
        self,
        row: Row,
        style: str,
        *,
        rule: bool = False,
        repeated: bool = False,
        anchor: str = "",
        reach: int | None = None,
    ) -> Element:
        properties = element("w:trPr", element("w:cantSplit"), element("w:tblHeader") if repeated else None)
        cells, column = [], 0
        for number, cell in enumerate(row.cells):
            span = max(1, min(cell.span, len(self._columns) - column))
            merged = _merge(reach) if not number else None
            shown = self._properties(column, span, rule=rule, merged=merged)
            contents = [] if merged == "continue" else self._contents(cell, row.origin)
            contents = self._writer.runs.marked(anchor, contents) if anchor and not number else contents
            kept = [element("w:keepNext")] * (self._whole and self._goes_on(row))
            cells.append(
                element(
                    "w:tc", shown, self._writer.runs.around(contents, style + self._size, [*kept, *self._align(cell)])
                )
            )
            column += span
        return element("w:tr", properties, *cells)

    def _goes_on(self, row: Row) -> bool:
        """Return whether something of the table follows a row: a row or a note."""
        return bool(self._table.notes) or not self._table.rows or row is not self._table.rows[-1]

    def _properties(self, column: int, span: int, *, rule: bool, merged: str | None) -> Element:
        width = sum(self._columns[column : column + span])
        return element(
            "w:tcPr",
            element("w:tcW", w=width, type="dxa"),
            element("w:gridSpan", val=span) if span > 1 else None,
            element("w:vMerge", val=merged) if merged else None,
            element("w:tcBorders", element("w:bottom", **_RULE)) if rule else None,
        )

    def _contents(self, cell: Cell, row: Path) -> list[Element]:
        return self._writer.runs.controlled(cell.children, at=cell.origin or row)

    def _align(self, cell: Cell) -> list[Element]:
        """Return how the text of a cell stands: digits stand under digits, what is behind them in a slot of its own."""
        if not cell.numeric:
            return []
        right = self._behind(cell)
        return [element("w:ind", right=right)] * bool(right) + [element("w:jc", val="right")]

    def _behind(self, cell: Cell) -> int:
        """Return how far a number stands from the right edge of its column, in twips."""
        if cell.aligned is None:
            return 0
        size = _size(self._writer) * 20
        empty_slot = _SLOT if cell.aligned.slotted and not cell.aligned.slot else 0.0
        return round(size * (cell.aligned.behind / 2 * _DIGIT + empty_slot))


def _merge(reach: int | None) -> str | None:
    """Return how a first cell is merged with those below it: as the first of them, as a further one, not at all."""
    if reach is None or reach == 1:
        return None
    return "restart" if reach else "continue"
