"""The whole document: front, abstract, sections, references, exhibits, on a page with its running head and foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from casewriter.article.nodes import Block, Link, Run
from casewriter.article.paper import Article
from casewriter.article.walk import inlines, plain
from casewriter.article.walk import runs as runs_of
from casewriter.export.docx.block import blocks, section
from casewriter.export.docx.front import abstract, front
from casewriter.export.docx.inline import Runs
from casewriter.export.docx.names import Bookmarks
from casewriter.export.docx.numbering import Numbering
from casewriter.export.docx.package import UNREADABLE, Package
from casewriter.export.docx.page import own_page, page_of
from casewriter.export.docx.references import references
from casewriter.export.docx.style import Look, own_styles, styles_beside
from casewriter.export.docx.wml import Element, element, qualified
from casewriter.export.docx.writer import Raster, Writer
from casewriter.problem import CannotRun
from casewriter.template import Template

T = TypeVar("T")
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DOUBLE = 22.0
"""Points from line to line from which text is double spaced."""
_LEAST, _MOST = 6.0, 30.0
"""Points that the text of a page can have."""
_SINGLE = 1.2
"""Height of a line of single spaced text, as a share of the size of its type."""


_REGIONS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT"}
"""The region that Word takes for a language of which the case names none: it spells by region alone."""


def document(article: Article, template: Template, raster: Raster, reference: bytes | None) -> bytes:
    """Return an article as a Word file; a `reference` file gives its styles and its page."""
    package = Package(reference)
    look = _look(template, article.language)
    styles = (
        own_styles(package.styles, look) if package.is_ours else _taken(lambda: styles_beside(package.styles, look))
    )
    linked = template.setting("reference_links", "true") == "true"
    links = {href: package.link(href) for href in dict.fromkeys(_links(article, of_references=linked))}
    runs = Runs(styles, Bookmarks(), links)
    package.running(*_running(runs, article), runs.around((), "header"))
    room = template.geometry
    page = own_page(package.page, room) if package.is_ours else _taken(lambda: page_of(package.page, room))
    writer = Writer(
        article=article,
        runs=runs,
        numbering=Numbering(package.numbering),
        page=page,
        geometry=template.geometry,
        embed=package.embed,
        raster=raster,
        exhibits={},
        reference_links=linked,
    )
    contents = list(_contents(writer, title_page=template.setting("title_page") == "true"))
    return package.finish(contents, page.upright(), _properties(article))


def _taken(make: Callable[[], T]) -> T:
    """Return what is taken from a reference file. Raises CannotRun where its parts are not as the schema has them."""
    try:
        return make()
    except (AttributeError, TypeError, ValueError):
        raise CannotRun(UNREADABLE) from None


def _running(runs: Runs, article: Article) -> tuple[Element, Element]:
    """Return the running head, which is the short title, and the foot, which is the number of the page."""
    return runs.around(runs.text(article.short_title), "header"), runs.around(runs.field("PAGE", "1"), "footer")


def _contents(writer: Writer, *, title_page: bool) -> Iterator[Element]:
    yield from front(writer, title_page=title_page)
    body = _body(writer)
    first = next(body, None)
    if first is not None:
        yield _on_new_page(first) if title_page else first
    yield from body


def _body(writer: Writer) -> Iterator[Element]:
    article = writer.article
    yield from abstract(writer)
    yield from blocks(writer, article.sections)
    yield from references(writer)
    if article.exhibits is not None:
        yield from section(writer, article.exhibits)


def _on_new_page(one: Element) -> Element:
    """Return a paragraph that begins a page; anything else as it is."""
    properties = one.find(qualified("w:pPr"))
    if properties is not None:
        after = [n for n, child in enumerate(properties) if child.tag in _BEFORE_BREAK]
        properties.insert(max(after, default=-1) + 1, element("w:pageBreakBefore"))
    return one


_BEFORE_BREAK = {qualified(name) for name in ("w:pStyle", "w:keepNext", "w:keepLines")}
"""What the schema has before a page break."""


def _look(template: Template, language: str) -> Look:
    size = _size(template)
    height = template.geometry.line_height
    line = 480 if height >= _DOUBLE else round(240 * height / (size * _SINGLE))
    text = template.setting("word_font", "Times New Roman")
    return Look(text, template.setting("word_head_font", text), size, line, _REGIONS.get(language, language))


def _size(template: Template) -> float:
    """Return the size of the text in points. Raises CannotRun where the template says none that can be used."""
    said = template.setting("word_size", "11")
    try:
        size = float(said)
    except ValueError:
        size = 0.0
    if not _LEAST <= size <= _MOST:
        raise CannotRun(f"the template “{template.name}”: word_size: “{said}” must be {_LEAST:g} to {_MOST:g} points")
    return size


def _properties(article: Article) -> dict[str, str]:
    """Return what the file says of itself, by the names of Dublin Core."""
    return {
        f"{_DUBLIN_CORE}title": article.plain_title,
        f"{_DUBLIN_CORE}creator": "; ".join(author.name for author in article.authors),
        f"{_DUBLIN_CORE}subject": article.description,
        f"{_CORE}keywords": "; ".join(plain(word) for word in article.keywords),
        f"{_DUBLIN_CORE}language": article.language,
    }


def _links(article: Article, *, of_references: bool) -> Iterator[str]:
    """Yield the address of each link out of the file; those behind the entries of the reference list or not."""
    for run in _all_runs(article):
        yield from (node.href for node in inlines(run) if isinstance(node, Link))
    for entry in article.references if of_references else ():
        yield from (href for _, href in entry.links)


def _all_runs(article: Article) -> Iterator[Run]:
    yield article.title
    yield from (note.children for note in article.author_notes)
    yield from (place.children for place in article.affiliations)
    yield from article.keywords
    yield from (entry.children for entry in article.references)
    outer: list[Block] = [*(block for part in article.abstract for block in part.blocks), *article.sections]
    for block in (*outer, *([article.exhibits] if article.exhibits else [])):
        yield from runs_of(block)
