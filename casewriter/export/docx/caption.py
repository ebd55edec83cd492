"""Captions: the number is a field of Word's own sequence, in a bookmark that mentions refer to."""

from __future__ import annotations

import re

from casewriter.article.nodes import Figure, Run, Table, Text
from casewriter.export.docx.inline import Face
from casewriter.export.docx.wml import Element
from casewriter.export.docx.writer import Writer

_BOLD = Face(frozenset(("strong",)))
_NUMBER = re.compile(r"\d+")


def caption(writer: Writer, one: Figure | Table) -> Element:
    """Return the legend of a figure, or the caption of a table."""
    runs = writer.runs
    contents = [*_label(writer, one), *runs.text(". ", _BOLD)]
    if isinstance(one, Table):
        return runs.around([*contents, *runs.controlled(one.caption, at=one.origin)], "Table Caption")
    for number, part in enumerate(one.legend):
        contents += runs.text(" ") if number else []
        contents += runs.text(f"{part.letter} ", _BOLD) if part.letter else []
        contents += runs.controlled(part.children, at=one.origin)
    return runs.around(contents, "caption")


def _label(writer: Writer, one: Figure | Table) -> list[Element]:
    """Return a label such as Figure 2, its number as a field.

    The number is set outright where the exhibits do not stand in the order of their numbers.
    """
    found = _NUMBER.search(one.label)
    assert found, one.label
    word = one.label[: found.start()]
    sequence = re.sub(
        r"\W", "", word
    )  # as Word calls it in the language of the paper, so that its own captions count on
    before = writer.exhibits.get(sequence, 0)
    writer.exhibits[sequence] = one.number
    reset = "" if one.number == before + 1 else f" \\r {one.number}"
    field = writer.runs.field(f"SEQ {sequence} \\* ARABIC{reset}", found[0], _BOLD)
    return [*writer.runs.text(word, _BOLD), *writer.runs.marked(one.anchor, field)]


def cross_head(writer: Writer, text: str, style: str, anchor: str = "") -> Element:
    """Return a heading of fixed words."""
    contents = writer.runs.bare(_run(text))
    return writer.runs.around(writer.runs.marked(anchor, contents) if anchor else contents, style)


def _run(text: str) -> Run:
    return (Text(text),)
