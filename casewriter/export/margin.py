"""What stands beside the text of the first page: the case at a glance, learning points, how to reach the authors."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.nodes import Block, Citation, CrossReference, Fact, ListBlock, Paragraph, Section
from casewriter.article.paper import Article, AuthorNote
from casewriter.article.walk import inlines, plain, runs
from casewriter.template.geometry import Geometry

_ASIDE = "learning_points"
"""The part of a case that may stand in the margin instead of the text."""
_LETTER = 1.55
"""Width in millimetres of a letter in the margin, set in 8.4 points of Source Sans 3."""
_LINE = 4.0
"""Height of a line in the margin in millimetres."""
_HEAD = 10.0
"""Height of the head of a group in the margin in millimetres, with the rule above it."""
_TITLE = (9.0, 45)
"""Height of a line of the title in millimetres, and its letters."""
_BYLINES = (4.5, 95)
"""The same of authors and affiliations."""
_APART = 20.0
"""Millimetres between the groups above the margin."""


class Margin(Struct, frozen=True):
    """What stands in the margin of the first page, in this order; each may be empty."""

    glance: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[AuthorNote, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.glance or self.sections or self.notes)


def beside(article: Article, page: Geometry) -> tuple[Article, Margin]:
    """Return the article without what stands in the margin, and the margin; it is empty on a page that has none."""
    if not page.margin_column:
        return article, Margin()
    room = page.text_height - _height_above(article, page) - _height_of_rows(article, page.margin_column)
    moved: list[Section] = []
    for section in article.sections:
        taken = _HEAD + _height([plain(run) for run in runs(section)], page.margin_column)
        if section.parts == (_ASIDE,) and taken <= room and _stands_alone(section.blocks):
            moved.append(section)
            room -= taken
    kept = tuple(section for section in article.sections if section not in moved)
    return replace(article, sections=kept), Margin(article.glance, tuple(moved), article.author_notes)


def _height_above(article: Article, page: Geometry) -> float:
    """Return about how many millimetres title, authors, affiliations and strip take."""
    title = 1 + len(article.plain_title) // _TITLE[1]
    names = [author.name for author in article.authors]
    places = [plain(affiliation.children) for affiliation in article.affiliations]
    bylines = 2 + len("  ".join((*names, *places))) // _BYLINES[1]
    pictures = [panel.picture for panel in article.strip.panels if panel.picture] if article.strip else []
    strip = sum(page.text_width * one.height / one.width + _HEAD for one in pictures if one.width)
    return _APART + title * _TITLE[0] + bylines * _BYLINES[0] + strip


def _height_of_rows(article: Article, width: float) -> float:
    """Return about how many millimetres the glance and the notes about the authors take."""
    said = [part for fact in article.glance for part in (plain(fact.label), plain(fact.said))]
    notes = [plain(note.children) for note in article.author_notes]
    return _HEAD * (bool(said) + len(notes)) + _height(said + notes, width)


def _height(texts: list[str], width: float) -> float:
    letters = width / _LETTER
    return _LINE * sum(1 + len(text) // letters for text in texts)


def _stands_alone(blocks: tuple[Block, ...]) -> bool:
    """Return whether blocks are text that may be read first: a citation or mention would be out of its order there."""
    texts = all(isinstance(block, Paragraph | ListBlock) for block in blocks)
    nodes = (node for block in blocks for run in runs(block) for node in inlines(run))
    return texts and not any(isinstance(node, Citation | CrossReference) for node in nodes)
