"""The YAML traps of clinical text, each with its own message and cure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from casewriter.problem import Kind, Problem, Span
from casewriter.source import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casewriter.source.text import Lines
    from casewriter.source.tree import Node, Scalar, Sequence

SYNTAX_KINDS = (kinds.SYNTAX, kinds.COLON, kinds.START)

_VALUE = re.compile(r"^(?P<lead>\s*(?:-\s+)*(?:[^\s:#'\"\[\]{}][^:#]*?:\s+)?)(?P<value>\S.*)$")
_QUOTE_OR_BLOCK = "write the text on the next line under “|”, or put it in quotes"
_NAMES = {
    "@": "“@”",
    "`": "a backtick",
    "%": "“%”",
    "*": "“*”",
    ">": "“>”",
    "|": "“|”",
    "&": "“&”",
    "!": "“!”",
}
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def explain(text: str, index: int, opened: int | None, reason: str, lines: Lines) -> Problem:
    """Return the problem for the place where the YAML reader stopped.

    `index` is where it stopped, `opened` where the construct it was in began, `reason` its own words, which are
    printed only where none of the traps fits.
    """
    if text[index : index + 1] in ("[", "{") and text[index - 1 : index].isalnum():
        message = f"“{text[index]}” inside brackets or braces must stand in quotes"
        hint = "quote the text; for units you may write mmHg, °C, °F"
        return Problem(kinds.START, message, span=lines.span(index, index + 1), hint=hint)
    here = lines.span(index, min(index + 1, len(text)))
    if text[index : index + 1] == "\t":
        return Problem(kinds.SYNTAX, "a tab cannot indent in YAML", span=here, hint="use spaces")
    before = text[:index].rstrip(" ")[-1:]
    cited = text[index : index + 1] == "@" and before == "["  # the text began with “[@”: the line tells it better
    if (
        text[index : index + 1] in _NAMES
        and not cited
        and before in (":", ",", "[", "{")
        and not _is_block_style(text, index)
    ):
        message = f"an unquoted text cannot begin with {_NAMES[text[index]]}"
        return Problem(kinds.START, message, span=here, hint="put the text in quotes")
    for place in (index, opened):
        if place is None:
            continue
        number, column = lines.place(place)
        for line in (number, number - 1):
            if trap := _trap(lines.line(line), line, column if line == number else None):
                return trap
    span = lines.span(index, min(index + 1, len(text)))
    return Problem(kinds.SYNTAX, reason, span=span, hint="look for an open quote, bracket or wrong indentation")


def _is_block_style(text: str, index: int) -> bool:
    """Tell whether a > or | stands outside braces: there the line is looked at as a whole."""
    line = text[text.rfind("\n", 0, index) + 1 : index]
    return line.count("{") + line.count("[") <= line.count("}") + line.count("]")


def _trap(line: str, number: int, column: int | None) -> Problem | None:
    found = _VALUE.match(line)
    if not found:
        return None
    value, start = found["value"], found.start("value") + 1
    if column is not None and _is_colon_inside(line, value, start, column):
        return _problem(
            kinds.COLON,
            "the text holds a colon and must stand in quotes",
            number,
            (start, len(line.rstrip()) + 1),
            f'write "{_short(value)}"',
        )
    return _bad_start(value, number, start, len(line.rstrip()) + 1)


def _is_colon_inside(line: str, value: str, start: int, column: int) -> bool:
    """Tell whether the reader stopped at a colon that belongs to an unquoted text."""
    at_colon = column <= len(line) and line[column - 1] == ":" and column > start
    return at_colon and value[0] not in "\"'[{|>&*!%@`"


def _bad_start(value: str, number: int, start: int, end: int) -> Problem | None:
    first = value[0]
    if value.strip() == "-" and start > 1:
        message = "a dash alone says nothing: an empty answer must say that it is one"
        return _problem(kinds.START, message, number, (start, end), "write {none: true}, or put the text in quotes")
    if value.startswith(("|", ">")) and re.fullmatch(r"[|>][-+0-9]*\s*(#.*)?", value):
        return None  # an ordinary block text
    if value.startswith("{{"):
        name = "“{{”"
    elif value.startswith("[@"):
        name = "“[@”"
    elif value.startswith("- ") and start > 1:
        name = "“- ”"
    elif first in "\"'" and _closes_early(value):
        name = "a quotation mark"
    elif first in _NAMES:
        name = _NAMES[first]
    else:
        return None
    message = f"an unquoted text cannot begin with {name}"
    return _problem(kinds.START, message, number, (start, end), _QUOTE_OR_BLOCK)


def _closes_early(value: str) -> bool:
    closing = value.find(value[0], 1)
    rest = value[closing + 1 :].strip() if closing > 0 else ""
    return bool(rest) and rest[0] not in ",]}:#"


def _problem(kind: Kind, message: str, line: int, columns: tuple[int, int], hint: str) -> Problem:
    start, end = columns
    return Problem(kind, message, span=Span(line, start, line, end), hint=hint)


def _short(value: str) -> str:
    value = value.strip().replace('"', "'")
    return value if len(value) <= 60 else value[:57] + "…"


def comma(text: str, flow: bool, key: Scalar, value: Node, lines: Lines) -> Problem | None:
    """Return the problem of a key in braces that has neither colon nor value: a text cut at its comma."""
    empty = getattr(value, "value", None) == "" and value.start == value.end
    if not (flow and empty) or ":" in text[key.end : value.start + 1]:
        return None
    if text[: key.start].rstrip().endswith("{{"):
        return None  # a value such as {{ labs.calcium }} without quotes: reported by its braces
    return Problem(
        kinds.COMMA,
        f"“{_short(key.value)}” is read as a key of its own: the comma before it ended the text",
        span=lines.span(key.start, key.end),
        hint="put the whole text, with its comma, in quotes",
    )


def key_not_text(text: str, key: Node, span: Span) -> Problem:
    """Return the problem of a key that is a list or mapping, or a value that began with ``{{``."""
    if text.startswith("{", key.start) and text.startswith("{{", max(0, key.start - 1)):
        span = Span(span.line, max(1, span.column - 1), span.end_line, span.end_column)
        return Problem(kinds.START, "an unquoted text cannot begin with “{{”", span=span, hint=_QUOTE_OR_BLOCK)
    return Problem(kinds.KEY, "a key must be text", span=span, hint="put the text in quotes")


def split_items(node: Sequence, lines: Lines) -> Iterator[Problem]:
    """Yield a warning for an item in brackets that looks like the second half of a sentence."""
    values = [(item, getattr(item, "value", ""), getattr(item, "style", "'")) for item in node.items]
    for (_, before, _), (item, value, style) in pairwise(values):
        if style:
            continue
        joined = re.match(r"(and|or|und|oder|et|ou|y|o|e)\s", value)
        negated = re.match(r"(no|not|without)\s", before) and re.search(r"\s(or|and)\s", value)
        if joined or (negated and not re.match(r"(no|not|without)\s", value)):
            yield Problem(
                kinds.SPLIT_ITEM,
                f"“{_short(value)}” looks like the rest of the item before it",
                span=lines.span(item.start, item.end),
                hint="quote the items that hold a comma; ignore this if the two are separate",
            )


def lost_text(text: str, scalars: list[Scalar], lines: Lines) -> Iterator[Problem]:
    """Yield a warning for each unquoted text that a `` #`` cut short."""
    for scalar in scalars:
        if scalar.style or not scalar.value:
            continue
        found = re.match(r"(?P<space>[ \t]+)#(?P<next>.?)", text[scalar.end : scalar.end + 40])
        if not found:
            continue
        loose = len(found["space"]) == 1 and (found["next"].isdigit() or found["next"] not in (" ", "#", ""))
        numbered = re.match(r" # ?\d", text[scalar.end : scalar.end + 5])
        if loose or numbered:
            start = scalar.end + len(found["space"])
            end = text.find("\n", start)
            yield Problem(
                kinds.HASH,
                "the text after “#” is a comment to YAML and is lost",
                span=lines.span(start, end if end >= 0 else len(text)),
                hint="quote the whole text; before a real comment write two spaces, and one after the #",
            )


def bidi_controls(text: str, lines: Lines) -> Iterator[Problem]:
    """Yield a warning for each character that changes the direction of the text."""
    for found in _BIDI.finditer(text):
        name = f"U+{ord(found.group()):04X}"
        span = lines.span(found.start(), found.end())
        yield Problem(kinds.BIDI, f"the invisible character {name} changes the text's direction", span=span)
