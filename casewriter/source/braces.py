"""Texts in braces that their own commas cut: in `{label: fever, chills}` YAML reads a key `chills` without a value."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from casewriter.problem import Problem
from casewriter.source import kinds
from casewriter.source.quoting import edit, to_write

if TYPE_CHECKING:
    from casewriter.source.text import Lines
    from casewriter.source.tree import Mapping, Node, Scalar


class Cut(Struct):
    """The pieces that followed an entry, without colon or value; `entry` is None where nothing comes before them."""

    entry: tuple[Scalar, Node] | None
    pieces: list[Scalar]


def is_piece(text: str, flow: bool, key: Scalar, value: Node) -> bool:
    """Return whether a key in braces has neither colon nor value."""
    empty = getattr(value, "value", None) == "" and value.start == value.end
    if not (flow and empty) or ":" in text[key.end : value.start + 1]:
        return False
    return not text[: key.start].rstrip().endswith("{{")  # {{ labs.calcium }} is reported by its braces


def add_piece(mapping: Mapping, key: Scalar) -> None:
    """Note a piece of a mapping, beside those that follow the same entry."""
    entry = next(reversed(mapping.entries.values()), None)
    if mapping.cuts and mapping.cuts[-1].entry is entry:
        mapping.cuts[-1].pieces.append(key)
    else:
        mapping.cuts.append(Cut(entry, [key]))


def problem(cut: Cut, lines: Lines) -> Problem:
    """Return the problem of a text that was cut, with the text to write."""
    text = lines.text
    first, last = cut.pieces[0], cut.pieces[-1]
    span = lines.span(first.start, last.end)
    shown = " ".join(text[first.start : last.end].split())
    if cut.entry is None:
        message = f"“{shown}” is read as a key without a value"
        return Problem(kinds.COMMA, message, span=span, hint="in braces, write key: value, such as {label: fever}")
    key, value = cut.entry
    message = f"the comma ends the text, and “{shown}” is read as a new key"
    if not _is_one_text(text, cut):
        return Problem(kinds.COMMA, message, span=span, hint="put the whole text, with its commas, in quotes")
    hint = f"write {key.value}: {to_write(text[value.start : last.end])}"
    return Problem(kinds.COMMA, message, span=span, hint=hint, repair=edit(lines, value.start, last.end))


def _is_one_text(text: str, cut: Cut) -> bool:
    """Return whether an entry and its pieces are unquoted texts with nothing but commas between."""
    assert cut.entry is not None
    key, value = cut.entry
    parts = [value, *cut.pieces]
    plain = all(getattr(part, "style", "[") == "" and part.end > part.start for part in parts)
    after_key = re.fullmatch(r"\s*:\s*", text[key.end : value.start])
    between = (text[a.end : b.start] for a, b in pairwise(parts))
    return bool(plain and after_key) and all(re.fullmatch(r"\s*,\s*", gap) for gap in between)
