"""Spaces of web pages and word processors where YAML wants a plain one: in the indentation, after `:` and after `-`.

They look alike, and YAML takes them for letters: `title: x` with a no-break space is a text, not a key with its value.
Inside a text they are what the author typed and stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from casewriter.problem import Problem
from casewriter.source import kinds
from casewriter.source.edits import Edit

if TYPE_CHECKING:
    from casewriter.source.text import Lines
    from casewriter.source.tree import Scalar

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""The space separators of Unicode (category Zs) but the plain one."""
_ANY = rf"[ {_ODD}]"
_KEY = r"[A-Za-z_][\w-]*"
_SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""The plain space and the odd ones."""
_FOUND = f"[{_ODD}]"
_LEAD = rf"{_ANY}*(?:-{_ANY}+)*"
_BREAKING_LEAD = rf"(?:^[ ]*|-)[{_ODD}]"
_PAIR = rf"{_KEY}{_ANY}*:{_ANY}*"
_BREAKING_PAIR = rf"{_KEY}[ ]*(?:[{_ODD}]|:[{_ODD}])"
_FLOW_PAIR = rf"(?<=[{{,]){_ANY}*{_KEY}{_ANY}*:{_ANY}*"
_BREAKING_FLOW = rf"^[ ]*[{_ODD}]|{_BREAKING_PAIR}"
_BLOCK = rf"(?:^|[:\-]{_ANY}+)[|>][-+0-9]*{_ANY}*(?:#.*)?$"
_UNREAD = r"\"[^\"]*\"|'[^']*'|(?:^|(?<=\s))#.*$"
"""Quoted texts and comments: any space is allowed there."""
_pattern = cache(re.compile)
"""A pattern, compiled when it is first asked for: files without such a space need none of them."""


def odd_spaces(text: str, lines: Lines) -> list[Problem]:
    """Return one problem for each line on which a special space is where YAML wants a plain one."""
    found: list[Problem] = []
    if text.isascii() or not any(space in text for space in _SPACES[1:]):
        return found
    start = 0
    for line, inside in _lines(text):
        places = list(_places(line, inside=inside))
        if places:
            found.append(_problem(text, [start + place for place in places], lines))
        start += len(line) + 1
    return found


def outside_texts(problems: list[Problem], scalars: list[Scalar], lines: Lines) -> list[Problem]:
    """Return the problems that are no part of a text: of one in quotes, of a block, or of the further lines of one.

    The further lines of an unquoted text count where its first line does: items after a no-break space become one text.
    """
    starts = [scalar.start for scalar in scalars]
    broken: set[int] = set()
    kept = []
    for problem in problems:
        assert problem.span is not None
        begin, place = (lines.index(problem.span.line, column) for column in (1, problem.span.column))
        before = bisect_right(starts, place) - 1
        if before >= 0 and place < scalars[before].end and (scalars[before].style or starts[before] < begin):
            if before not in broken:
                continue
        else:
            broken.update(range(bisect_left(starts, begin), bisect_right(starts, place) + 1))
        kept.append(problem)
    return kept


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it is one of a block text."""
    column: int | None = None
    for line in text.split("\n"):
        lead = _pattern(_LEAD).match(line)
        width = len(lead[0]) if lead else 0
        indent = len(line) - len(line.lstrip(_SPACES))
        inside = column is not None and (indent > column or not line.strip())
        yield line, inside
        if not inside:
            column = None
            if _pattern(_BLOCK).search(_pattern(_UNREAD).sub("", line)):
                column = width if _pattern(_PAIR).match(line, width) else max(0, width - 2)


def _places(line: str, *, inside: bool) -> Iterator[int]:
    """Yield the index of each space of a line to be replaced; of a line of a block text, those of its indentation."""
    if not _pattern(_FOUND).search(line):
        return
    lead = _pattern(_LEAD).match(line)
    assert lead is not None
    if inside or line[lead.end() : lead.end() + 1] in ("", "#"):
        if inside and _pattern(_FOUND).match(line):
            yield from (found.start() for found in _pattern(_FOUND).finditer(line, 0, len(line) - len(line.lstrip())))
        return
    if _pattern(_BREAKING_LEAD).search(lead[0]):
        yield from (found.start() for found in _pattern(_FOUND).finditer(line, 0, lead.end()))
    masked = _pattern(_UNREAD).sub(lambda m: "x" * len(m[0]), line)
    pair = _pattern(_PAIR).match(masked, lead.end())
    if pair and _pattern(_BREAKING_PAIR).match(pair[0]):
        yield from (found.start() for found in _pattern(_FOUND).finditer(line, pair.start(), pair.end()))
    for pair in _pattern(_FLOW_PAIR).finditer(masked, lead.end()):
        if _pattern(_BREAKING_FLOW).search(pair[0]):
            yield from (found.start() for found in _pattern(_FOUND).finditer(line, pair.start(), pair.end()))


def _problem(text: str, places: list[int], lines: Lines) -> Problem:
    first, last = places[0], places[-1]
    char = text[first]
    name = f"U+{ord(char):04X} ({unicodedata.name(char).lower()})"
    new = "".join(" " if first + n in places else c for n, c in enumerate(text[first : last + 1]))
    span = lines.span(first, first + 1)
    repair = Edit(first, last + 1, new, f"line {span.line}: plain spaces instead of U+{ord(char):04X}")
    message = f"{name} where YAML needs a plain space"
    return Problem(
        kinds.SPACE, message, span=span, hint="type a plain space, or run `casewriter lint --fix`", repair=repair
    )
