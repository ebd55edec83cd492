"""How many lines a block will take, about: enough to say what stays together on a page before it is laid out."""

from __future__ import annotations

from casewriter.article.nodes import Block, Facts, ListBlock, Paragraph, Quote, Row, Table
from casewriter.article.walk import plain, runs
from casewriter.template.geometry import Geometry

_TABLE_LINE = 0.8
"""A line of a table, in lines of body text."""
_FACT = 0.8
"""Letters on a line of what facts say, by those on a line of body text."""
TALL = 20
"""Lines of a row beyond which it may be divided between pages."""
_NARROWEST = 4.0
"""Letters that a column has room for at the least."""
_WHOLE_ROWS, _WHOLE_LINES = 15, 30
"""The longest table that stays on one page."""


def lines(block: Block, page: Geometry) -> float:
    """Return about how many lines of body text a block takes."""
    match block:
        case Paragraph(children=children):
            return 1 + len(plain(children)) / page.letters
        case Table(rows=rows, head=head):
            weights = _weights(block)
            return 3 + _TABLE_LINE * sum(1 if row.group else _row_lines(row, weights, page) for row in (*head, *rows))
        case Facts(rows=facts):
            return sum(1 + len(plain(row.said)) // (page.letters * _FACT) for row in facts)
        case ListBlock() | Quote():
            return sum(1 + len(plain(run)) / (page.letters - 5) for run in runs(block))
        case _:
            return 1.0


def row_lines(table: Table, row: Row, page: Geometry) -> int:
    """Return about how many lines the longest cell of a row takes."""
    return 1 if row.group else _row_lines(row, _weights(table), page)


def _row_lines(row: Row, weights: list[int], page: Geometry) -> int:
    texts = [len(plain(cell.children)) for cell in row.cells]
    across = [max(_NARROWEST, page.table_letters * weight / sum(weights)) for weight in weights]
    return max((-(-text // int(room)) for text, room in zip(texts, across, strict=False)), default=1) or 1


def _weights(table: Table) -> list[int]:
    """Return how much of the width each column gets: as long as its longest cell, within bounds."""
    columns: dict[int, int] = {}
    for row in (*table.head, *table.rows):
        for place, cell in enumerate(row.cells if not row.group else ()):
            columns[place] = max(columns.get(place, 6), min(60, len(plain(cell.children))))
    return [columns[place] for place in sorted(columns)] or [1]


def is_tall(table: Table, row: Row, page: Geometry) -> bool:
    """Return whether a row is so tall that it may be divided between pages."""
    if all(len(plain(cell.children)) <= TALL * _NARROWEST for cell in row.cells):
        return False
    return row_lines(table, row, page) > TALL


def stays_whole(table: Table, page: Geometry) -> bool:
    """Return whether a table is so short that it stays on one page."""
    return len(table.rows) <= _WHOLE_ROWS and lines(table, page) <= _WHOLE_LINES
