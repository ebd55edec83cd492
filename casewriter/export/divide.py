"""A table that is too wide, made narrower: its long words may break, or its columns stand in several parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from casewriter.article.nodes import Citation, Inline, Link, Row, Run, Styled, Table, Text
from casewriter.article.walk import map_block, map_run

_LONG_WORD = re.compile(r"[^\s\u200b]{12}(?=[^\s\u200b]{4})")


def breakable(table: Table) -> Table:
    """Return a table whose long words may break: one of them takes half the width.

    Zero-width spaces, because finding the narrowest width of a cell that may break anywhere takes minutes.
    """
    broken = map_block(table, _broken)
    assert isinstance(broken, Table)
    return broken


def _broken(run: Run) -> Run:
    """Return a run whose long words may break, also those that hold together otherwise."""
    nodes: list[Inline] = []
    for node in run:
        match node:
            case Text(text=text):
                nodes.append(Text(_LONG_WORD.sub("\\g<0>\u200b", text)))
            case Styled(style="nobreak", children=children):
                nodes.extend(_broken(children))
            case Styled() | Link():
                nodes.append(replace(node, children=_broken(node.children)))
            case _:
                nodes.append(node)
    return tuple(nodes)


def divided(table: Table, widths: Sequence[float], room: float) -> tuple[Table, ...]:
    """Return a table as several of its columns each, the first repeated; as it is where cells span columns.

    `widths` are those of the columns, `room` is what the page has, both in one unit.
    """
    rows = (*table.head, *table.rows)
    if any(cell.span > 1 for row in rows if not row.group for cell in row.cells):
        return (table,)
    kept = _repeated(table, widths, room)
    groups = _groups(widths, room, kept)
    parts = []
    for number, group in enumerate(groups):
        columns = (*range(kept), *group)
        head, body = (tuple(_picked(row, columns) for row in some) for some in (table.head, table.rows))
        part = replace(table, head=head, rows=body)
        if number:
            part = _repeated_without_anchors(replace(part, target="", caption=(), label="", number=0), kept)
        parts.append(part if number == len(groups) - 1 else replace(part, notes=()))
    return tuple(parts)


def _repeated_without_anchors(table: Table, kept: int) -> Table:
    """Return a further part of a table: what it repeats is no second place for links to lead to."""

    def row(one: Row) -> Row:
        cells = (replace(c, children=map_run(c.children, _unanchored)) for c in one.cells[:kept])
        return replace(one, cells=(*cells, *one.cells[kept:]), anchor="")

    return replace(table, head=tuple(map(row, table.head)), rows=tuple(map(row, table.rows)))


def _unanchored(node: Inline) -> Inline:
    return replace(node, anchor="") if isinstance(node, Citation) else node


def _repeated(table: Table, widths: Sequence[float], room: float) -> int:
    """Return how many columns each part repeats: the first, and the reference of laboratory results beside it."""
    with_reference = table.kind == "labs" and table.head and not table.head[0].cells[1].numeric
    return 2 if with_reference and sum(widths[:2]) < room / 2 else 1


def _groups(widths: Sequence[float], room: float, kept: int) -> list[list[int]]:
    """Return the columns behind the repeated ones in groups that fit, as even as they can be."""
    left = room - sum(widths[:kept])
    rest = list(range(kept, len(widths)))
    groups: list[list[int]] = [[]]
    for column in rest:
        if groups[-1] and sum(widths[c] for c in (*groups[-1], column)) > left:
            groups.append([])
        groups[-1].append(column)
    size = -(-len(rest) // len(groups))
    even = [rest[n : n + size] for n in range(0, len(rest), size)]
    return even if all(sum(widths[c] for c in group) <= left for group in even) else groups


def _picked(row: Row, columns: tuple[int, ...]) -> Row:
    if row.group:
        return replace(row, cells=(replace(row.cells[0], span=len(columns)),))
    return replace(row, cells=tuple(row.cells[column] for column in columns if column < len(row.cells)))
