"""Texts that other YAML readers take for nothing, or that YAML itself swallows: `~`, `null`, and `>4` for a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casewriter.problem import Problem
from casewriter.source import kinds
from casewriter.source.edits import Edit, quoted

if TYPE_CHECKING:
    from casewriter.source.text import Lines
    from casewriter.source.tree import Scalar

# `~` leaves a place of a list empty, as in the values of a grid: there it is no question.
_NULL = ("~", "null", "Null", "NULL")
_HEADER = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9])(?=[ \t]*(?:#|\n|$))")


def question(text: str, scalar: Scalar, lines: Lines) -> Problem | None:
    """Return what is doubtful about a value: a sign that may stand for nothing, or a number read as an indentation."""
    if not scalar.style and scalar.value in _NULL:
        empty = scalar.value == "~"
        read = (
            "counts as no value, so nothing is printed"
            if empty
            else "is printed as typed; editors take it for an empty value"
        )
        message = f"“{scalar.value}” {read}"
        hint = "leave the value empty if it is not yet known, write none if there is none, or quote it if it is meant"
        return Problem(kinds.NOTHING, message, span=lines.span(scalar.start, scalar.end), hint=hint)
    header = _HEADER.match(text, scalar.start) if scalar.style in ("|", ">") and not scalar.value.strip() else None
    if header is None:
        return None
    span = lines.span(header.start(), header.end())
    message = f"an unquoted text cannot begin with “{scalar.style}”: YAML reads “{header[0]}” as layout and drops it"
    repair = Edit(header.start(), header.end(), quoted(header[0]), f"line {span.line}: text put in quotes")
    return Problem(kinds.START, message, span=span, hint=f"write {quoted(header[0])}", repair=repair)
