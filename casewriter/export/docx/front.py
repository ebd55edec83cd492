"""The title page: kind and journal, title, authors with their marks, affiliations, notes, counts; then the abstract."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Fact, Text
from casewriter.article.paper import AbstractPart, Article, Byline
from casewriter.export.docx.block import blocks
from casewriter.export.docx.caption import cross_head
from casewriter.export.docx.inline import Face
from casewriter.export.docx.wml import Element, element
from casewriter.export.docx.writer import Writer

_RAISED = Face(frozenset(("superscript",)))


def front(writer: Writer, *, title_page: bool) -> Iterator[Element]:
    """Yield what stands before the abstract; a title page has counts, and a page of its own."""
    article, runs = writer.article, writer.runs
    kind = " · ".join(part for part in (article.article_type, article.journal) if part)
    yield runs.around(runs.text(kind), "Article Kind")
    yield runs.paragraph(article.title, "Title", at=("title",))
    if article.authors:
        yield runs.around(_authors(writer, article), "Author")
    for place in article.affiliations:
        mark = [*runs.text(place.mark, _RAISED), *runs.text(" ")] if place.mark else []
        yield runs.around([*mark, *runs.controlled(place.children, at=place.origin)], "Affiliation")
    for note in article.author_notes:
        sign = [*runs.text(f"{note.mark} ")] if note.mark else []
        yield runs.around([*sign, *runs.controlled(note.children)], "Author Note")
    for fact in article.facts if title_page else ():
        yield _count(writer, fact)


def _authors(writer: Writer, article: Article) -> list[Element]:
    made: list[Element] = []
    for author in article.authors:
        made += writer.runs.text(", ") if made else []
        made += _author(writer, author)
    return made


def _author(writer: Writer, author: Byline) -> list[Element]:
    runs = writer.runs
    degrees = (Text(", ".join(author.degrees), (*author.origin, "degrees"), typed=True),) if author.degrees else ()
    behind = [*runs.text(", "), *runs.controlled(degrees)] if degrees else []
    marks = runs.text(",".join(author.marks), _RAISED)
    return [*runs.controlled(author.children, at=author.origin), *behind, *marks]


def _count(writer: Writer, fact: Fact) -> Element:
    runs = writer.runs
    tab = element("w:r", element("w:tab"))
    return runs.around([*runs.bare(fact.label, writer.label), tab, *runs.bare(fact.said)], "Count")


def abstract(writer: Writer) -> Iterator[Element]:
    """Yield the abstract with its parts, and the keywords."""
    article, runs = writer.article, writer.runs
    if article.abstract:
        yield cross_head(writer, article.abstract_name, "heading 1", "abstract")
    for part in article.abstract:
        yield from _part(writer, part)
    if article.keywords:
        label = runs.text(f"{article.words['keywords']}{article.words['colon']}", writer.label)
        yield runs.around([*label, *runs.controlled(article.keyword_line)], "Keywords")


def _part(writer: Writer, part: AbstractPart) -> Iterator[Element]:
    if part.heading:
        yield cross_head(writer, part.heading, "heading 2")
    yield from blocks(writer, part.blocks)
