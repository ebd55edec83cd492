"""How wide the columns of a table are: each at least as wide as its longest word, the rest by how much it says."""

from __future__ import annotations

import re
from itertools import zip_longest

from msgspec import Struct

from casewriter.article.nodes import Cell, Row, Table
from casewriter.article.walk import plain

_LETTER = 0.53
"""Width of an average letter as a share of the size of the type."""
SMALL = 0.85
"""The type of a table that would not fit, as a share of that of others; `word.yaml` has it too."""
_SLOT = 2.2
"""Letters that stand behind a number, as a flag does."""
_SIDES = 2.4
"""Millimetres of a cell that are left and right of its text."""
_BOLD = 1.1
"""How much wider bold letters are."""
_LONGEST = 24
"""Letters from which a word is an address or a sequence, which Word breaks where the column ends."""
_WIDEST = 105.0
"""Millimetres beyond which a column asks for no more width."""
_STEP = 0.5
_WORD = re.compile(r"[^ \n\t\u200b-]+-?|-")
"""What stands on one line: words break behind a hyphen, and not at a no-break space."""


class Widths(Struct, frozen=True):
    """The widths of columns in millimetres, and whether the table is set smaller, or stands on a turned page."""

    columns: tuple[float, ...]
    turned: bool = False
    small: bool = False


def widths_of(table: Table, width: float, height: float, size: float) -> Widths:
    """Return the widths of a table on a page whose text is so wide and tall, in type of a size, all in millimetres."""
    least, most = _asked(table, size * _LETTER)
    if sum(least) <= width:
        return Widths(_shared(least, most, width))
    smaller, whole = _asked(table, size * SMALL * _LETTER)
    if sum(smaller) <= width:
        return Widths(_shared(smaller, whole, width), small=True)
    if sum(least) <= height or len(least) * _SIDES >= width:
        return Widths(_shared(least, most, height), turned=True)
    return Widths(tuple(height * one / sum(least) for one in least), turned=True)  # its words will break


def _shared(least: list[float], most: list[float], room: float) -> tuple[float, ...]:
    """Return widths between what columns need and what they say; a small table is no wider than it asks.

    What is to spare goes step by step to the column whose longest cell takes the most lines.
    """
    asked = [max(low, min(high, _WIDEST)) for low, high in zip(least, most, strict=True)]
    if sum(asked) <= room:
        return tuple(asked)
    widths = list(least)
    for _ in range(int((room - sum(least)) / _STEP)):
        lines = [(high - _SIDES) / (wide - _SIDES) for high, wide in zip(most, widths, strict=True)]
        widths[lines.index(max(lines))] += _STEP
    return tuple(widths)


def _asked(table: Table, letter: float) -> tuple[list[float], list[float]]:
    """Return the least and the most that each column asks for."""
    columns = [_columns(row) for row in (*table.head, *table.rows) if not row.group]
    least, most = [], []
    for cells in zip_longest(*columns, fillvalue=_NOTHING):
        low = max(cell[0] for cell in cells)
        least.append(max(low, 1) * letter + _SIDES)
        most.append(max(low, *(cell[1] for cell in cells)) * letter + _SIDES)
    return least, most


Letters = tuple[float, float]
"""The letters of a cell's longest word, and of all that it says."""
_NOTHING: Letters = (1.0, 1.0)


def _columns(row: Row) -> list[Letters]:
    """Return what each column of a row asks for; a cell over several asks nothing of any."""
    return [
        letters for cell in row.cells for letters in ([_letters(cell)] if cell.span == 1 else [_NOTHING] * cell.span)
    ]


def _letters(cell: Cell) -> Letters:
    text = plain(cell.children)
    if cell.aligned is not None:
        whole = len(plain(cell.aligned.number)) + cell.aligned.behind / 2 + (_SLOT if cell.aligned.slotted else 0)
        return whole, whole
    words = [min(len(word), _LONGEST) for word in _WORD.findall(text)]
    return max(words, default=1) * (_BOLD if cell.head else 1), len(text)
