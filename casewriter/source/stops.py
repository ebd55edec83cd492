"""Why the YAML reader stopped: the traps of clinical text that break a file, each with its own message and cure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casewriter.problem import Problem, Span
from casewriter.source import kinds
from casewriter.source.layout import layout
from casewriter.source.quoting import in_quotes, to_write

if TYPE_CHECKING:
    from casewriter.source.edits import Edit
    from casewriter.source.text import Lines
    from casewriter.source.tree import Node

SYNTAX_KINDS = (kinds.SYNTAX, kinds.COLON, kinds.START, kinds.SPACE)

_VALUE = re.compile(r"^(?P<lead>\s*(?:-\s+)*(?:[^\s:#'\"\[\]{}][^:#]*?:\s+)?)(?P<value>\S.*)$")
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
_PATH = re.compile(r"(?:[A-Za-z]:\\?)?[^\\/:\n]*(?:\\+[^\\/:\n]+)+\.\w{1,5}")


def explain(text: str, places: tuple[int, int | None], reason: str, lines: Lines) -> Problem:
    """Return the problem for the place where the YAML reader stopped.

    `places` are where it stopped and where the construct it was in began, `reason` its own words, which are printed
    only where none of the traps fits.
    """
    index = places[0]
    if text[index : index + 1] in ("[", "{") and text[index - 1 : index].isalnum():
        message = f"“{text[index]}” inside brackets or braces must be in quotes"
        hint = "quote the text; for units you may write mmHg, °C, °F"
        return Problem(kinds.START, message, span=lines.span(index, index + 1), hint=hint)
    here = lines.span(index, min(index + 1, len(text)))
    if text[index : index + 1] == "\t":
        return Problem(kinds.SYNTAX, "tabs cannot be used for indentation in YAML", span=here, hint="use spaces")
    if problem := _bad_escape(text, index, lines):
        return problem
    known = [place for place in places if place is not None]
    for place in known:
        if problem := _sign_in_brackets(text, place, lines):
            return problem
    for place in known:
        number, column = lines.place(place)
        for line in (number, number - 1):
            if trap := _trap(text, line, lines, column if line == number else None):
                return trap
    if fault := layout(index, places[1], lines):
        return fault
    return Problem(kinds.SYNTAX, reason, span=here, hint="look for an open quote, bracket or wrong indentation")


def _sign_in_brackets(text: str, index: int, lines: Lines) -> Problem | None:
    """Return the problem of a text in braces or of an item that begins with a sign of YAML's own."""
    sign = text[index : index + 1]
    before = text[:index].rstrip(" ")
    if sign == "@" and before.endswith("[") and re.search(r"[{,]\s*[\w-]+:\s*\[$", before):
        index = before.rindex("[")  # a citation that begins the text of a key in braces
        name = "“[@”"
    elif sign not in _NAMES or before[-1:] not in (":", ",", "[", "{") or _is_block_style(text, index):
        return None
    elif sign == "@" and before.endswith("["):
        return None  # the text began with “[@”: the line shows it better
    else:
        name = _NAMES[sign]
    repair = in_quotes(lines, index)
    hint = f"write {to_write(text[repair.start : repair.end])}" if repair else "put the text in quotes"
    message = f"an unquoted text cannot begin with {name}"
    return Problem(kinds.START, message, span=lines.span(index, index + 1), hint=hint, repair=repair)


def _is_block_style(text: str, index: int) -> bool:
    """Return whether a > or | is outside braces: there the line is looked at as a whole."""
    line = text[text.rfind("\n", 0, index) + 1 : index]
    return line.count("{") + line.count("[") <= line.count("}") + line.count("]")


def _bad_escape(text: str, index: int, lines: Lines) -> Problem | None:
    """Return the problem of a backslash in double quotes that YAML knows no meaning of, such as in a Windows path."""
    line = text.rfind("\n", 0, index) + 1
    place = text.rfind("\\", max(line, index - 9), index + 1)
    quote = text.rfind('"', line, place + 1)
    if place < 0 or quote < 0 or text[line:quote].count('"') % 2:
        return None
    end = text.find('"', place)
    inside = text[quote + 1 : end] if end > 0 else ""
    sign = text[place : place + 2]
    if _PATH.fullmatch(inside):
        hint = f'write / instead of \\: "{inside.replace(chr(92), "/")}"'
    else:
        hint = f"write {sign[0]}{sign}, or put the text in single quotes"
    message = f"in double quotes, “{sign}” has another meaning in YAML"
    return Problem(kinds.SYNTAX, message, span=lines.span(place, place + 2), hint=hint)


def _trap(text: str, number: int, lines: Lines, column: int | None) -> Problem | None:
    line = lines.line(number)
    found = _VALUE.match(line)
    if not found:
        return None
    value, start = found["value"], found.start("value") + 1
    if column is not None and _is_colon_inside(line, value, start, column):
        repair = in_quotes(lines, lines.index(number, start))
        words = text[repair.start : repair.end] if repair else value
        span = Span(number, start, number, len(line.rstrip()) + 1)
        message = "the text contains a colon and must be in quotes"
        return Problem(kinds.COLON, message, span=span, hint=f"write {to_write(words)}", repair=repair)
    return _bad_start(text, value, lines, Span(number, start, number, len(line.rstrip()) + 1))


def _is_colon_inside(line: str, value: str, start: int, column: int) -> bool:
    """Return whether the reader stopped at a colon that belongs to an unquoted text."""
    at_colon = column <= len(line) and line[column - 1] == ":" and column > start
    return at_colon and value[0] not in "\"'[{|>&*!%@`"


def _bad_start(text: str, value: str, lines: Lines, span: Span) -> Problem | None:
    if value.strip() == "-" and span.column > 1:
        message = "a dash alone is not an answer: an empty answer must say so"
        hint = "write {none: true}, or put the text in quotes"
        return Problem(kinds.START, message, span=span, hint=hint)
    name = _name_of_start(value, first=span.column == 1)
    if name is None:
        return None
    message = f"an unquoted text cannot begin with {name}"
    repair = in_quotes(lines, lines.index(span.line, span.column))
    return Problem(kinds.START, message, span=span, hint=_quote_or_block(text, repair), repair=repair)


def _quote_or_block(text: str, repair: Edit | None) -> str:
    quoted = f"write {to_write(text[repair.start : repair.end])}" if repair else "put the text in quotes"
    return f"{quoted}, or write it on the next line under “|”"


def _name_of_start(value: str, *, first: bool) -> str | None:
    """Return how a message calls the sign that a text begins with, if YAML takes it for its own."""
    if value.startswith(("|", ">")) and re.fullmatch(r"[|>](?:[1-9]?[-+]?|[-+][1-9])\s*(#.*)?", value):
        return None  # an ordinary block text
    if value.startswith(("{{", "[@")):
        return f"“{value[:2]}”"
    if value.startswith("- ") and not first:
        return "“- ”"
    if value[0] in "\"'" and _closes_early(value):
        return "a quotation mark"
    return _NAMES.get(value[0])


def _closes_early(value: str) -> bool:
    closing = value.find(value[0], 1)
    rest = value[closing + 1 :].strip() if closing > 0 else ""
    return bool(rest) and rest[0] not in ",]}:#"


def key_not_text(lines: Lines, key: Node, span: Span) -> Problem:
    """Return the problem of a key that is a list or mapping, or a value that began with ``{{``."""
    text = lines.text
    if text.startswith("{", key.start) and text.startswith("{{", max(0, key.start - 1)):
        span = Span(span.line, max(1, span.column - 1), span.end_line, span.end_column)
        message = "an unquoted text cannot begin with “{{”"
        repair = in_quotes(lines, key.start - 1)
        return Problem(kinds.START, message, span=span, hint=_quote_or_block(text, repair), repair=repair)
    return Problem(kinds.KEY, "a key must be text", span=span, hint="put the text in quotes")
