"""The whole document: front, body, back, and the files beside it."""

from __future__ import annotations

from casewriter.article.paper import Article
from casewriter.export.door import Output
from casewriter.export.jats.back import back
from casewriter.export.jats.block import blocks
from casewriter.export.jats.front import front
from casewriter.export.jats.parts import Divided, divided
from casewriter.export.jats.writer import Raster, Writer, writer_of
from casewriter.export.jats.xml import Element, element, root, written


def document(article: Article, stem: str, raster: Raster) -> tuple[Output, ...]:
    """Return the document of an article and its pictures."""
    writer, parts = writer_of(article, stem, raster), divided(article)
    whole = root(
        "article",
        front(writer, parts),
        _body(writer, parts),
        back(writer, parts),
        article_type="case-report",
        dtd_version="1.3",
        xml_lang=article.language,
    )
    return (Output(".xml", written(whole)), *writer.files)


def _body(writer: Writer, parts: Divided) -> Element | None:
    """Return the body: sections, each with what it is; a section without a heading is what is in it."""
    made = element("body", *blocks(writer, parts.body))
    return made if len(made) else None
