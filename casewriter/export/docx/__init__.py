"""Article -> a Word file that co-authors answer in and journals take."""

from __future__ import annotations

from collections.abc import Callable

from casewriter.article.paper import Article
from casewriter.export.docx.reading import docx_text
from casewriter.export.door import exporter
from casewriter.image import Picture
from casewriter.template import Template


@exporter("docx", suffix=".docx", text=docx_text, describes=True, exact=True)
def export(
    article: Article, template: Template, pictures: Callable[..., Picture], reference: Callable[[], bytes | None]
) -> bytes:
    """Return the article as a Word file, in our look or in that of a reference file."""
    from casewriter.export.docx.document import document

    return document(article, template, pictures, reference())
