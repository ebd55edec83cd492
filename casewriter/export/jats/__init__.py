"""Article -> JATS 1.3 (ANSI/NISO Z39.96-2021), Journal Publishing tag set: what publishers and PubMed Central take."""

from __future__ import annotations

from collections.abc import Callable

from casewriter.article.paper import Article
from casewriter.export.door import Output, exporter
from casewriter.export.jats.missing import remarks
from casewriter.export.jats.reading import jats_text
from casewriter.image import Picture


@exporter("jats", suffix=".xml", text=jats_text, remarks=remarks, describes=True, exact=True)
def export(article: Article, stem: str, pictures: Callable[..., Picture]) -> tuple[Output, ...]:
    """Return the document, and its pictures as files beside it; `stem` is how their names begin."""
    from casewriter.export.jats.document import document

    return document(article, stem, pictures)
