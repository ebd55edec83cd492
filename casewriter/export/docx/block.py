"""Blocks -> paragraphs, lists, quotations, facts and sections of Word; tables and figures have rooms of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.article.nodes import Block, Fact, Facts, Figure, ListBlock, Paragraph, Quote, Run, Section, Table
from casewriter.article.walk import plain
from casewriter.export.docx.figure import figure
from casewriter.export.docx.numbering import LEVELS
from casewriter.export.docx.table import table
from casewriter.export.docx.wml import Element, element, twips
from casewriter.export.docx.writer import Writer

_LABEL, _GAP = 0.55, 12.0
"""Width of an average bold letter as a share of the size of the type; points between a label and what is said."""
_NARROW, _BROAD = 72.0, 190.0
"""Points that what facts say stands in from the left, at least and at most."""
_SHARE = 0.4 * 72 / 25.4
"""Points that it stands in at most for each millimetre of the page's width."""
_ROOM = 240
"""Twips above a line to write on: what handwriting needs, 8 mm from line to line, with the text of the line."""
_LOWEST = 4
"""The deepest heading that a paper has."""


def blocks(writer: Writer, some: Iterable[Block]) -> Iterator[Element]:
    """Yield what blocks are in a Word file."""
    for block in some:
        match block:
            case Paragraph():
                yield writer.runs.paragraph(block.children, "Body Text", at=block.origin)
            case ListBlock():
                yield from _list(writer, block, 0)
            case Quote():
                yield from _quote(writer, block)
            case Facts():
                yield from _facts(writer, block)
            case Section():
                yield from section(writer, block)
            case Table():
                yield from table(writer, block)
            case Figure():
                yield from figure(writer, block)


def section(writer: Writer, one: Section) -> Iterator[Element]:
    """Yield a heading and what is under it; one without a heading is what is under it."""
    if one.heading:
        style = f"heading {min(one.level - 1, _LOWEST)}"
        contents = writer.runs.controlled(one.heading)
        yield writer.runs.around(writer.runs.marked(one.anchor, contents) if one.anchor else contents, style)
    yield from blocks(writer, one.blocks)


def _list(writer: Writer, block: ListBlock, depth: int) -> Iterator[Element]:
    number = writer.numbering.begin(block, min(depth, LEVELS - 1))
    for item in block.items:
        yield from _item(writer, item, number, depth)


def _item(writer: Writer, item: tuple[Block, ...], number: int, depth: int) -> Iterator[Element]:
    """Yield an item: its first paragraph has its sign, further ones stand under it."""
    level = min(depth, LEVELS - 1)
    first = True
    for block in item:
        match block:
            case Paragraph():
                place = _sign(number, level) if first else element("w:ind", left=360 * (level + 1), firstLine=0)
                yield writer.runs.paragraph(block.children, "List Paragraph", at=block.origin, properties=[place])
                first = False
            case ListBlock():
                yield from [writer.runs.around((), "List Paragraph", [_sign(number, level)])] if first else []
                yield from _list(writer, block, depth + 1)
                first = False
            case _:
                yield from blocks(writer, [block])


def _sign(number: int, level: int) -> Element:
    """Return what gives a paragraph the sign of an item."""
    return element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=number))


def _quote(writer: Writer, quote: Quote) -> Iterator[Element]:
    for block in quote.blocks:
        if isinstance(block, Paragraph):
            yield writer.runs.paragraph(block.children, "Quote", at=block.origin)
        else:
            yield from blocks(writer, [block])


def _facts(writer: Writer, facts: Facts) -> Iterator[Element]:
    """Yield a paragraph for each line: the label before the first, a tab before what is said.

    A fact of a form of which nothing is said is a line to write on.
    """
    groups = facts.groups()
    longest = max((_length(label, writer) for label, _ in groups), default=0.0)
    points = min(max(longest, _NARROW), _BROAD, writer.page.width * _SHARE)
    inside = {"left": round(points * 20), "hanging": round(points * 20)}
    for label, lines in groups:
        for number, line in enumerate(lines):
            named = writer.runs.bare(label, writer.label) if not number else []
            said = [made for fact in line for made in _said(writer, fact, first=fact is line[0])]
            properties = [element("w:ind", **inside)]
            behind = "w:tab"
            if not said:
                said = [element("w:r", element("w:tab"))]
                properties += _ruled(writer)
                behind = "w:br" if named and points < _length(label, writer) else behind
            yield writer.runs.around([*named, element("w:r", element(behind)), *said], "Fact", properties)


def _length(label: Run, writer: Writer) -> float:
    """Return the points that a label takes, with the gap behind it."""
    return len(plain(label)) * _LABEL * writer.runs.styles.look.size + _GAP


def _ruled(writer: Writer) -> list[Element]:
    """Return what makes the last tab of a paragraph a ruled line to the right edge, with room to write on it."""
    edge = element("w:tab", val="right", leader="underscore", pos=twips(writer.page.width))
    return [element("w:tabs", edge), element("w:spacing", before=_ROOM)]


def _said(writer: Writer, fact: Fact, *, first: bool) -> list[Element]:
    joint = [] if first else list(writer.runs.text(fact.joint))
    return joint + writer.runs.controlled(fact.said, at=fact.origin)
