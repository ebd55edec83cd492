"""Faults of layout that stop the YAML reader: a missing space, a bracket that is not closed, a wrong indentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casewriter.problem import Problem
from casewriter.source import kinds
from casewriter.source.edits import Edit

if TYPE_CHECKING:
    from casewriter.source.text import Lines

_JOINED = re.compile(r"^(?P<lead>\s*(?:-\s+)?[A-Za-z_]\w*:)(?P<value>(?!//)\S.*)$")
_BEFORE = 3
"""How many lines before the one where the reader stopped a missing space is looked for."""
_CLOSING = {"{": "}", "[": "]"}


def layout(index: int, opened: int | None, lines: Lines) -> Problem | None:
    """Return the fault of layout at or before the place where the reader stopped; `opened` began what it was in."""
    if opened is not None and lines.text[opened : opened + 1] in _CLOSING:
        return _not_closed(index, opened, lines)
    return _no_space(index, lines) or _indented(index, opened, lines)


def _not_closed(index: int, opened: int, lines: Lines) -> Problem | None:
    sign = lines.text[opened]
    closing = _CLOSING[sign]
    inside = lines.text[opened:index]
    number, _ = lines.place(opened)
    if lines.place(index)[0] == number or inside.count(sign) <= inside.count(closing):
        return None
    message = f"the “{sign}” of line {number} is not closed"
    return Problem(kinds.SYNTAX, message, span=lines.span(opened, opened + 1), hint=f"write {closing} where it ends")


def _no_space(index: int, lines: Lines) -> Problem | None:
    last, _ = lines.place(index)
    for number in range(last, max(0, last - _BEFORE), -1):
        found = _JOINED.match(lines.line(number))
        if found is None:
            continue
        start = lines.index(number, found.end("lead") + 1)
        line = f"{found['lead'].strip()} {found['value'].strip()}"
        repair = Edit(start, start, " ", f"line {number}: a space after the colon")
        span = lines.span(start - 1, start)
        return Problem(
            kinds.SYNTAX, "a space is missing after the colon", span=span, hint=f"write {line}", repair=repair
        )
    return None


def _indented(index: int, opened: int | None, lines: Lines) -> Problem | None:
    number, column = lines.place(index)
    if opened is None or lines.line(number)[: column - 1].strip():
        return None
    first, wanted = lines.place(opened)
    if wanted == column or first == number:
        return None
    message = f"this line begins in column {column}, but its section begins in column {wanted} (line {first})"
    hint = f"indent it by {wanted - 1} spaces, like line {first}"
    return Problem(kinds.SYNTAX, message, span=lines.span(index, index + 1), hint=hint)
