"""Figures and tables that would leave a page half blank are moved behind the text that follows them.

A figure or table stands behind its first mention. Where it does not fit on the page and begins the next one, the room
before it stays empty: CSS has no floats over pages. So the laid-out pages are looked at, and it is put behind as many
of the following blocks as fill that room; it stays on the same or the next page. A table that no text can go before is
divided instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.nodes import Block, Figure, Section, Table
from casewriter.article.paper import Article
from casewriter.export.estimate import lines
from casewriter.template.geometry import Geometry

WORST_BLANK = 0.2
"""Share of a page that may stay empty before a figure or table."""
_SPILL = 20
"""Lines of a block that may run over to the next page, before the figure, at the most."""
_TITLES = frozenset(("h2", "h3", "h4", "h5", "h6"))


class Gap(Struct, frozen=True):
    """The room left before a figure or table that begins a page, and what is left `beside` it, in lines of body text.

    `anchor` names it; a `headed` one has its section's heading above it, so that no text can go before it.
    """

    anchor: str
    lines: float
    beside: float
    headed: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is before a table."""
        return self.anchor.startswith("tbl-")


def gap_before_last(pages: list[Any], line_height: float) -> Gap | None:
    """Return what begins the last of some pages where the one before it is too empty; the line height is in CSS pixels.

    The pages are boxes, private to WeasyPrint, whose version is pinned.
    """
    if len(pages) < 2:
        return None
    previous, page = pages[-2:]
    first, headed = _first_float(page)
    anchor = _anchor(first)
    if not anchor or any(anchor in _floats(before) for before in pages[:-1]):
        return None
    bottom = previous.content_box_y() + previous.height
    used = max((y for y in _bottoms(previous)), default=previous.content_box_y())
    if bottom - used <= previous.height * WORST_BLANK:
        return None
    return Gap(anchor, (bottom - used) / line_height, (page.height - first.height) / line_height, headed)


def _in_flow(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            yield child


def _bottoms(box: Any) -> Iterator[float]:
    """Yield the lower edges of what is drawn: lines and pictures."""
    from weasyprint.formatting_structure import boxes

    for child in _in_flow(box):
        if isinstance(child, boxes.LineBox | boxes.ReplacedBox):
            yield child.position_y + child.height
        elif hasattr(child, "children"):
            yield from _bottoms(child)


def _anchor(box: Any) -> str:
    """Return the id of a box that is a numbered figure or table, or nothing."""
    element = getattr(box, "element", None)
    name = str(element.get("id", "")) if element is not None and hasattr(element, "get") else ""
    whole = getattr(box, "element_tag", "") in ("figure", "div")
    return name if whole and name.startswith(("fig-", "tbl-")) else ""


def _floats(box: Any) -> Iterator[str]:
    if anchor := _anchor(box):
        yield anchor
    for child in _in_flow(box):
        yield from _floats(child)


def _first_float(page: Any) -> tuple[Any, bool]:
    """Return the figure, table or other block that begins a page, and whether headings alone are above it."""
    headed = False
    for box in _outermost(page):
        if getattr(box, "element_tag", "") in _TITLES:
            headed = True
            continue
        return box, headed
    return None, False


def _outermost(box: Any) -> Iterator[Any]:
    """Yield headings, figures, tables and other blocks in order, none of them twice."""
    from weasyprint.formatting_structure import boxes

    for child in _in_flow(box):
        tag = getattr(child, "element_tag", "")
        whole = tag in _TITLES or tag == "p" or _anchor(child) or not hasattr(child, "children")
        if whole or isinstance(child, boxes.LineBox | boxes.TableBox):
            yield child
        else:
            yield from _outermost(child)


def moved(article: Article, gap: Gap, page: Geometry) -> Article:
    """Return the article with a figure or table put behind the blocks that fill the gap; unchanged at its end."""
    leaves = list(_leaves(article.sections))
    place = next((n for n, leaf in enumerate(leaves) if _is(leaf, gap.anchor)), None)
    if place is None or gap.headed:
        return article
    steps, room = 0, gap.lines
    for leaf in leaves[place + 1 :]:
        taken = lines(leaf, page)
        if _is_before(leaf, leaves[place]) or room <= 1 or taken > room + min(gap.beside, _SPILL):
            break
        steps += 1
        room -= taken
    if not steps:
        return article
    mover = _Mover(leaves[place], place + steps)
    return replace(article, sections=tuple(s for s in mover.blocks(article.sections) if isinstance(s, Section)))


def leaf_numbers(article: Article) -> dict[int, int]:
    """Return the number of each block that text can be moved behind, by the identity of its node."""
    return {id(leaf): number for number, leaf in enumerate(_leaves(article.sections))}


def before(article: Article, anchor: str) -> Block:
    """Return the block before a figure or table that was moved."""
    leaves = list(_leaves(article.sections))
    return leaves[next(number for number, leaf in enumerate(leaves) if _is(leaf, anchor)) - 1]


def _is(leaf: Block, anchor: str) -> bool:
    return isinstance(leaf, Figure | Table) and leaf.anchor == anchor


def _is_before(leaf: Block, moving: Block) -> bool:
    """Return whether what is moved must stay before a block: figures and tables keep their order."""
    return isinstance(leaf, Figure) or (isinstance(leaf, Table) and isinstance(moving, Table) and bool(leaf.target))


def _leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _leaves(block.blocks)
        else:
            yield block


class _Mover:
    """Rebuilds a tree with one leaf taken out and put in behind the leaf with a given number."""

    def __init__(self, leaf: Block, behind: int) -> None:
        self._leaf = leaf
        self._behind = behind
        self._count = -1

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        done: list[Block] = []
        for block in blocks:
            if isinstance(block, Section):
                done.append(replace(block, blocks=self.blocks(block.blocks)))
                continue
            self._count += 1
            if block is not self._leaf:
                done.append(block)
            if self._count == self._behind:
                done.append(self._leaf)
        return tuple(done)
