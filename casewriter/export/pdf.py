"""Article -> PDF: the HTML page laid out by WeasyPrint, tagged, with fonts of ours; then the last touches."""

from __future__ import annotations

from typing import Any

from casewriter.article.paper import Article
from casewriter.export.door import exporter
from casewriter.export.finish import finish
from casewriter.export.glyphs import missing_glyphs
from casewriter.export.pages import laid_out
from casewriter.export.places import Places, places_in
from casewriter.export.readback import pdf_text
from casewriter.template import Template


@exporter("pdf", suffix=".pdf", text=pdf_text, remarks=missing_glyphs, describes=True)
def export(article: Article, template: Template) -> bytes:
    """Return the article as a tagged PDF. Raises CannotRun where Pango is missing or the layout fails."""
    return finish(render(article, template), article.plain_title, article.language)


def render(article: Article, template: Template) -> bytes:
    """Return the PDF as WeasyPrint writes it."""
    with laid_out(article, template) as document:
        return _written(document, template)


def with_places(article: Article, template: Template) -> tuple[bytes, Places]:
    """Return the same PDF, and where each part of the case is printed in it; it is laid out once for both."""
    with laid_out(article, template) as document:
        found = places_in(document, numbered=template.geometry.line_numbers)
        data = _written(document, template)
    return finish(data, article.plain_title, article.language), found


def _written(document: Any, template: Template) -> bytes:
    """Return laid-out pages as WeasyPrint writes them."""
    if template.geometry.line_numbers:
        from casewriter.export.line_numbers import number_lines

        number_lines(document)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"casewriter", uncompressed_pdf=True))
