"""Blocks -> paragraphs, lists, quotations, facts and sections of JATS; tables and figures have modules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.article.nodes import Block, Fact, Facts, Figure, ListBlock, Paragraph, Quote, Run, Section, Table
from casewriter.article.walk import plain
from casewriter.export.jats.figure import figure
from casewriter.export.jats.inline import BARE, TITLE, inline, paragraphs
from casewriter.export.jats.parts import kind_of
from casewriter.export.jats.table import table
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Content, Element, element

_OF_PAPER = 2
"""The level of the sections of a paper."""
_IN_ITEM = ("p", "list", "def-list")
"""What an item of a list holds; anything else stands in a paragraph there."""


def blocks(writer: Writer, some: Iterable[Block]) -> list[Element]:
    """Return blocks, then the sections among them: what follows a section in print is put at the end of it."""
    made: list[Element] = []
    for block in some:
        new = [one] if (one := _headed(writer, block)) is not None else _loose(writer, block)
        for one in new:
            if one.tag != "sec" and made and made[-1].tag == "sec":
                _deepest(made[-1]).append(one)
            else:
                made.append(one)
    return made


def _headed(writer: Writer, block: Block) -> Element | None:
    return section(writer, block) if isinstance(block, Section) and plain(block.heading).strip() else None


def _loose(writer: Writer, block: Block) -> list[Element]:
    return blocks(writer, block.blocks) if isinstance(block, Section) else list(_block(writer, block))


def _deepest(section: Element) -> Element:
    """Return the last section inside a section: nothing but sections may follow a section in JATS."""
    while section[-1].tag == "sec":
        section = section[-1]
    return section


def section(writer: Writer, one: Section, kind: str = "") -> Element:
    """Return a section with its title; `kind` is its sec-type, by default what a section of the paper holds."""
    title = element("title", *inline(writer, one.heading, TITLE))
    kind = kind or (kind_of(one.parts) if one.level == _OF_PAPER else "")
    made = element("sec", title, id=writer.ids.get(one.anchor), sec_type=kind or None)
    made.extend(blocks(writer, one.blocks))
    return made


def in_paragraphs(writer: Writer, some: Iterable[Block], allowed: tuple[str, ...] = ("p",)) -> list[Element]:
    """Return blocks for a place that holds little but paragraphs: others are put into one."""
    return [one if one.tag in allowed else element("p", one) for block in some for one in _inside(writer, block)]


def _inside(writer: Writer, block: Block) -> Iterator[Element]:
    """Yield a block that stands in another, where no section can be: its heading is a paragraph."""
    if not isinstance(block, Section):
        yield from _block(writer, block)
        return
    if plain(block.heading).strip():
        yield element("p", element("bold", *inline(writer, block.heading)))
    for inner in block.blocks:
        yield from _inside(writer, inner)


def _block(writer: Writer, block: Block) -> Iterator[Element]:
    match block:
        case Paragraph():
            yield from paragraphs(writer, block.children)
        case ListBlock(items=items) if items:
            yield _list(writer, block)
        case Quote(blocks=inner):
            yield element("disp-quote", *(one for block in inner for one in _inside(writer, block)))
        case Facts():
            yield from _facts(writer, block)
        case Table():
            yield from table(writer, block)
        case Figure():
            yield figure(writer, block)


def _list(writer: Writer, block: ListBlock) -> Element:
    """Return a list; where its numbers are not 1. 2. 3., each item has its own as a label."""
    counted = block.marks == "decimal" and block.numbers == tuple(range(1, len(block.items) + 1))
    labelled = block.ordered and not counted
    kind = "order" if counted else "simple" if labelled else "bullet"
    signs: Iterable[str] = block.signs if labelled else [""] * len(block.items)
    return element("list", *(_item(writer, s, i) for s, i in zip(signs, block.items, strict=True)), list_type=kind)


def _item(writer: Writer, sign: str, item: tuple[Block, ...]) -> Element:
    label = element("label", sign) if sign else None
    inner = in_paragraphs(writer, item, _IN_ITEM) or [element("p")]
    return element("list-item", label, *inner)


def _facts(writer: Writer, facts: Facts) -> Iterator[Element]:
    """Yield records as lists of terms with what is said of each; records without a label are paragraphs."""
    items: list[Element] = []
    for label, lines in facts.groups():
        said = [element("p", *_said(writer, line)) for line in lines]
        if plain(label).strip():
            items.append(element("def-item", _term(writer, label), element("def", *said)))
            continue
        yield from [element("def-list", *items)] if items else []
        items = []
        yield from said
    yield from [element("def-list", *items)] if items else []


def _term(writer: Writer, label: Run) -> Element:
    return element("term", *inline(writer, label))


def _said(writer: Writer, line: tuple[Fact, ...]) -> list[Content]:
    first, *more = line
    made = inline(writer, first.said)
    for fact in more:
        made += [fact.joint, *inline(writer, fact.said)]
    return made


def heading(writer: Writer, run: Run) -> Element:
    """Return a title that holds no mentions or links."""
    return element("title", *inline(writer, run, BARE))
