"""Tables: heads with their scope, cells that span, and notes that their marks lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from casewriter.article.nodes import Cell, Row, Table
from casewriter.export.jats.inline import TITLE, Room, inline, paragraphs
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Element, element

Scope = Callable[[Cell], str]
"""Returns what a head cell heads."""


def table(writer: Writer, one: Table) -> Iterator[Element]:
    """Yield a table with label, caption and notes; one inside prose has none of these."""
    notes = {mark: writer.next_id("TFN") for mark, _ in one.notes if mark}
    parts = [
        element("label", f"{one.label}.") if one.label else None,
        element("caption", *paragraphs(writer, one.caption)) if one.caption else None,
        _grid(writer, one, replace(TITLE, notes=notes)),
        _foot(writer, one, notes),
    ]
    if any(part is not None for part in parts):
        yield element("table-wrap", *parts, id=writer.ids.get(one.anchor) or writer.next_id("TX"))


def _grid(writer: Writer, one: Table, room: Room) -> Element | None:
    """Return the rows: a head, and a body for each group of rows, which a row of its own heads."""
    head = [_row(writer, row, room, _head_scope) for row in one.head if row.cells]
    bodies: list[Element] = []
    for place, row in enumerate(one.rows):
        if not row.cells:
            continue
        if row.group or row.band or not bodies:
            bodies.append(element("tbody"))
        bodies[-1].append(_body_row(writer, one, place, room))
    if not bodies:
        return element("table", *head) if head else None
    return element("table", element("thead", *head) if head else None, *bodies)


def _body_row(writer: Writer, one: Table, place: int, room: Room) -> Element:
    row = one.rows[place]
    if row.band:
        return _row(writer, row, room, _head_scope)
    if row.group:
        return _group(writer, row, room, one.columns)
    made = _row(writer, row, room, _row_scope)
    reach = one.reach(place)
    if not reach:
        made.remove(made[0])
    elif reach > 1:
        made[0].set("rowspan", str(reach))
    return made


def _group(writer: Writer, row: Row, room: Room, columns: int) -> Element:
    """Return a row that heads those under it; its only cell is as wide as the table."""
    made = _row(writer, row, room, lambda _: "rowgroup", heads=True)
    if len(made) == 1 and columns > 1:
        made[0].set("colspan", str(columns))
    if writer.ids.get(row.anchor):
        made.set("id", writer.ids[row.anchor])
    return made


def _head_scope(cell: Cell) -> str:
    return "colgroup" if cell.span > 1 else "col"


def _row_scope(cell: Cell) -> str:
    del cell
    return "row"


def _row(writer: Writer, row: Row, room: Room, scope: Scope, *, heads: bool = False) -> Element:
    made = (_cell(writer, cell, room, scope(cell) if cell.head or heads else "") for cell in row.cells)
    return element("tr", *made)


def _cell(writer: Writer, cell: Cell, room: Room, scope: str) -> Element:
    """Return a cell; an empty one heads nothing."""
    span = str(cell.span) if cell.span > 1 else None
    inner = inline(writer, cell.children, room)
    if scope and inner:
        return element("th", *inner, scope=scope, colspan=span)
    return element("td", *inner, colspan=span)


def _foot(writer: Writer, one: Table, notes: dict[str, str]) -> Element | None:
    made: list[Element] = []
    for mark, note in one.notes:
        said = paragraphs(writer, note)
        made += [element("fn", element("label", mark), *said, id=notes[mark])] if mark else said
    return element("table-wrap-foot", *made) if made else None
