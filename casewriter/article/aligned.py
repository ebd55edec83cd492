"""Columns of numbers whose digits stand under digits: how far each number is from the decimal place of the longest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from casewriter.article.nodes import Aligned, Cell, NoteMark, Row, Run, Styled, Text
from casewriter.article.typography import NBSP, number
from casewriter.article.walk import plain

_NUMBER = re.compile(r"[<>≤≥~≈±−\s]*[0-9][0-9.,’\s]*")
_DIGIT, _SIGN = 2, 1  # in halves of a digit: a decimal sign is half as wide


def aligned(rows: Sequence[Row], language: str) -> tuple[Row, ...]:
    """Return rows whose numbers are aligned, column by column; a column of one number stays as it is."""
    sign = number("1.5", language)[1]
    columns: dict[int, list[int]] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):
            if (behind := _behind(cell, sign)) is not None:
                columns.setdefault(place, []).append(behind)
    most = {place: max(found) for place, found in columns.items() if len(found) > 1}
    slotted = {n for row in rows for n, cell in enumerate(row.cells) if n in most and _parts(cell)[1]}
    done = []
    for row in rows:
        cells = [_aligned(c, sign, most.get(n), slotted=n in slotted) for n, c in enumerate(row.cells)]
        done.append(replace(row, cells=tuple(cells)))
    return tuple(done)


def _behind(cell: Cell, sign: str) -> int | None:
    """Return how much a number holds from its decimal sign on, in halves of a digit; None of anything else."""
    if not cell.numeric or cell.head:
        return None
    text = plain(_parts(cell)[0])
    if not _NUMBER.fullmatch(text) or text.count(sign) > 1:
        return None
    _, found, fraction = text.partition(sign)
    return _SIGN + _DIGIT * len(fraction) if found else 0


def _aligned(cell: Cell, sign: str, most: int | None, *, slotted: bool) -> Cell:
    behind = _behind(cell, sign) if most is not None else None
    if most is None or behind is None:
        return cell
    head, slot = _parts(cell)
    return replace(cell, aligned=Aligned(head, slot, most - behind, slotted))


def _parts(cell: Cell) -> tuple[Run, Run]:
    """Return the number of a cell, and what stands behind it: the letter of a flag, the mark of a note."""
    run = cell.children
    marks: Run = tuple(node for node in run if isinstance(node, NoteMark))
    rest = tuple(node for node in run if not isinstance(node, NoteMark))
    match rest:
        case (Styled(style="strong", children=(*first, Text(text=text))) as strong,) if first and text[:1] == NBSP:
            return (replace(strong, children=tuple(first)),), (replace(strong, children=(Text(text),)), *marks)
        case _:
            return rest, marks
