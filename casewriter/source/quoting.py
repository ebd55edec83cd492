"""Where an unquoted text begins and ends, and the quotes that make YAML read it as it was written."""

from __future__ import annotations

import re

from casewriter.source.edits import Edit, quoted
from casewriter.source.text import Lines

_LOOK_BACK = 10_000
"""Characters that are looked at before and after a text, so that a large file with many faults is read in time."""
_KEY = r"[\w-]+"
_LEAD = re.compile(rf"[ ]*(?:-[ ]+)*(?=(?P<key>{_KEY}[ ]*:[ ])?)")
_COMMENT = re.compile(r"[ \t]#")
_OTHER = re.compile(rf"[ ]*(?:{_KEY}[ ]*:(?:\s|$)|- |#)|.*(?:[ \t]#|\t)")
"""A line below a text that may be a key, an item or a comment, so that it is not certain what was meant."""
_TOP = re.compile(r"^[^\s\]}#-]", re.MULTILINE)
_UNREAD = re.compile(r"\"[^\"\n]*\"|(?<![\w’'])'[^'\n]*'|(?:^|(?<=\s))#.*$|\{\{[^{}\n]*\}\}", re.MULTILINE)
_BRACKET = re.compile(r"(?:(?<=[:,\[{-])|(?<=[:,-]\s)|^)\s*([\[{])|[\]}]", re.MULTILINE)
_VALUE_BEFORE = re.compile(rf"[{{,]\s*{_KEY}\s*:\s+(?P<value>[^\s{{}}\[\]\"':#][^{{}}\[\]\":#]*),\s*$")
_ATOM = r"\{\{[^{}\n]*\}\}|\[[^\[\]{}\n]*\]"
_IN_BRACES = re.compile(rf"(?:{_ATOM}|[^{{}}\[\]\n,]|,(?!\s*{_KEY}\s*:\s))+(?=[,}}])")
_IN_BRACKETS = re.compile(rf"(?:{_ATOM}|[^{{}}\[\]\n,])+(?=[,\]])")
_CURLY = {"“": "”“", "”": "”", "„": "“”", "‘": "’", "‚": "‘’"}
"""Quotation marks of word processors, with those that close them; YAML knows none of them."""


def in_quotes(lines: Lines, start: int) -> Edit | None:
    """Return the edit that puts the unquoted text at an index in quotes, or None where its end is not certain."""
    text = lines.text
    line = text.rfind("\n", 0, start) + 1
    before = text[max(0, start - _LOOK_BACK) : start]
    bracket = _open_bracket(before)
    if bracket == "{" and before.rstrip().endswith(","):  # no key can begin like this: the text before goes on
        value = _VALUE_BEFORE.search(before)
        if value is None:
            return None
        start -= len(before) - value.start("value")
    end = _end_in_brackets(text, start, bracket) if bracket else _end_in_block(text, line, start)
    if end is None or end <= start:
        return None
    return edit(lines, start, end)


def edit(lines: Lines, start: int, end: int) -> Edit:
    """Return the edit that puts a stretch of the text in quotes; curly ones around the whole of it are replaced."""
    return Edit(start, end, as_quoted(lines.text[start:end]), f"line {lines.place(start)[0]}: text put in quotes")


def as_quoted(text: str) -> str:
    """Return a text in double quotes as YAML wants it, without curly ones that were typed around the whole of it."""
    closing = _CURLY.get(text[:1], "")
    inner = text[1:-1]
    if closing and len(text) > 1 and text[-1] in f'{closing}"' and not set(inner) & {text[0], *closing, '"'} - {"’"}:
        return quoted(inner)
    return quoted(text)


def to_write(text: str) -> str:
    """Return the quoted text as a message shows it: on one line, and shortened in its middle where it is very long."""
    words = " ".join(as_quoted(text).split())
    return words if len(words) <= 200 else f"{words[:90]} … {words[-90:]}"


def _open_bracket(before: str) -> str:
    """Return the bracket or brace that is open at the end of a stretch of the file; empty where there is none.

    Looked at are the lines from the last key of the top level on; a bracket opens where a value may begin.
    """
    top = [found.start() for found in _TOP.finditer(before)]
    section = _UNREAD.sub("", before[top[-1] :] if top else before)
    opened: list[str] = []
    for found in _BRACKET.finditer(section):
        if found[1]:
            opened.append(found[1])
        elif opened:
            opened.pop()
    return opened[-1] if opened else ""


def _end_in_brackets(text: str, start: int, bracket: str) -> int | None:
    found = (_IN_BRACES if bracket == "{" else _IN_BRACKETS).match(text, start)
    if not found or _COMMENT.search(found[0]):
        return None
    return start + len(found[0].rstrip().rstrip(",").rstrip())


def _end_in_block(text: str, line: int, start: int) -> int | None:
    """Return the end of a text in block style; the lines that go on are indented deeper than what it belongs to."""
    lead = _LEAD.match(text, line)
    column = len(lead[0]) - (0 if lead["key"] else 2) if lead else 0
    first, *further = text[start : start + _LOOK_BACK].split("\n")
    end = start + len(_COMMENT.split(first)[0].rstrip())
    place = start + len(first) + 1
    for below in further:
        if not below.strip() or len(below) - len(below.lstrip(" ")) <= column:
            return end if _stops(text, place, column) else None
        if _OTHER.match(below) or _COMMENT.search(first):
            return None
        end = place + len(below.rstrip())
        place += len(below) + 1
    return end


def _stops(text: str, place: int, column: int) -> bool:
    """Return whether no deeper line follows the blank ones at a place: it could belong to the text, or not."""
    rest = text[place:].lstrip("\n")
    return not rest.strip() or len(rest) - len(rest.lstrip(" ")) <= column or rest.lstrip(" ").startswith("#")
