"""Figures that would leave a page half blank are moved behind the text that follows them.

A figure stands behind its first mention. Where it does not fit on the page and begins the next one, the room before it
stays empty: CSS has no floats over pages. So the laid-out pages are looked at, and the figure is put behind as many of
the following blocks as fill that room; it stays on the same or the next page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from casewriter.article.nodes import Block, Figure, Section
from casewriter.article.paper import Article
from casewriter.export.estimate import lines
from casewriter.template.geometry import Geometry

WORST_BLANK = 0.25
"""Share of a page that may stay empty before a figure."""
_SPILL = 6
"""Lines of a block that may run over to the next page, before the figure."""
ROUNDS = 3
"""Layouts after the first at the most: each costs as much as the first."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The room left before a figure that begins a page, in lines of body text."""

    target: str
    lines: float


def gaps(document: Any, line_height: float) -> list[Gap]:
    """Return the figures that begin a page after one that is too empty. `line_height` is in CSS pixels."""
    found = []
    previous: Any = None
    for page in document.pages:
        box = page._page_box  # the boxes are private to WeasyPrint; its version is pinned
        target = _first_figure(box)
        if previous is not None and target:
            bottom = previous.content_box_y() + previous.height
            used = max((y for y in _bottoms(previous)), default=previous.content_box_y())
            if bottom - used > previous.height * WORST_BLANK:
                found.append(Gap(target, (bottom - used) / line_height))
        previous = box
    return found


def _in_flow(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    for child in box.children:
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


def _first_figure(page: Any) -> str:
    """Return the id of the figure that is the first thing on a page, or nothing."""
    from weasyprint.formatting_structure import boxes

    box = page
    while True:
        element = getattr(box, "element", None)
        name = element.get("id", "") if element is not None and hasattr(element, "get") else ""
        if getattr(box, "element_tag", "") == "figure" and name.startswith("fig-"):
            return str(name.removeprefix("fig-"))
        children = [c for c in _in_flow(box) if hasattr(c, "children")] if hasattr(box, "children") else []
        if not children or isinstance(box, boxes.LineBox):
            return ""
        box = children[0]


def moved(article: Article, gap: Gap, page: Geometry) -> Article:
    """Return the article with a figure put behind the blocks that fill the gap before it; unchanged at its end."""
    leaves = list(_leaves(article.sections))
    place = next((n for n, leaf in enumerate(leaves) if isinstance(leaf, Figure) and leaf.target == gap.target), None)
    if place is None:
        return article
    steps, room = 0, gap.lines
    for leaf in leaves[place + 1 :]:
        taken = lines(leaf, page)
        if isinstance(leaf, Figure) or room <= 1 or taken > room + _SPILL:
            break
        steps += 1
        room -= taken
    if not steps:
        return article
    mover = _Mover(leaves[place], place + steps)
    return replace(article, sections=tuple(s for s in mover.blocks(article.sections) if isinstance(s, Section)))


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
