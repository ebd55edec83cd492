"""The YAML traps of clinical text that leave the file readable: texts that it cuts or loses silently."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from casewriter.problem import Problem
from casewriter.source import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casewriter.source.text import Lines
    from casewriter.source.tree import Scalar, Sequence

_HASH = re.compile(r"(?P<space>[ \t]+)#(?P<next>.?)")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


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
                f"“{_short(value)}” looks like the rest of the previous item",
                span=lines.span(item.start, item.end),
                hint="quote the items that contain a comma; ignore this if the two are separate",
            )


def lost_text(text: str, scalars: list[Scalar], lines: Lines) -> Iterator[Problem]:
    """Yield a warning for each unquoted text that a `` #`` cut short."""
    for scalar in scalars:
        if scalar.style or not scalar.value:
            continue
        found = _HASH.match(text, scalar.end, scalar.end + 40)
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


def _short(value: str) -> str:
    value = value.strip().replace('"', "'")
    return value if len(value) <= 60 else value[:57] + "…"
