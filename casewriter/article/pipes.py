"""Tables typed with pipes (GitHub Flavored Markdown 0.29, 4.10); a row with more cells than the head keeps them all."""

from __future__ import annotations

import re

from msgspec import Struct

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_MARK = re.compile(r"\\.|`+|\|")


class PipeTable(Struct, frozen=True):
    """A table: its lines from `start` up to `end`, its rows of cells, the head first, and its columns set right."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]


def find_grid(lines: list[str]) -> PipeTable | None:
    """Return the first table of a block: a line with pipes and, under it, a row of dashes with as many cells."""
    for start in range(len(lines) - 1):
        rule = lines[start + 1]
        if "|" not in lines[start] or "|" not in rule or not _RULE.fullmatch(rule):
            continue
        head, below = cells(lines[start]), cells(rule)
        if len(head) == len(below):
            end = next((n for n in range(start + 2, len(lines)) if "|" not in lines[n]), len(lines))
            rows = [head, *(cells(line) for line in lines[start + 2 : end])]
            width = max(len(row) for row in rows)
            right = frozenset(n for n, cell in enumerate(below) if cell.endswith(":") and not cell.startswith(":"))
            return PipeTable(start, end, tuple((*row, *[""] * (width - len(row))) for row in rows), right)
    return None


def cells(line: str) -> list[str]:
    """Return the cells of a row as typed; a pipe behind a backslash or in code divides nothing."""
    text = line.strip()
    found, start, place = [], 0, 0
    while mark := _MARK.search(text, place):
        place = mark.end()
        if mark[0].startswith("`"):
            closing = re.compile(rf"(?<!`){mark[0]}(?!`)").search(text, place)
            place = closing.end() if closing else place
        elif mark[0] == "|":
            found.append(text[start : mark.start()].strip())
            start = place
    found.append(text[start:].strip())
    if text.startswith("|"):
        found = found[1:]
    return found[:-1] if len(found) > 1 and not found[-1] and text.endswith("|") else found
