"""What was written is read back: every author, section, figure, table and reference must be in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from casewriter.article.nodes import Article, Section
from casewriter.article.walk import blocks_within, plain
from casewriter.export.base import CONTENT_LOST, GLYPH_MISSING
from casewriter.export.glyphs import lacking, printed
from casewriter.problem import Problem

_MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
_SHOWN = 60
"""Letters of a text that are looked for: enough to be unique, short enough to stand on one page."""


def lost(article: Article, suffix: str, data: bytes) -> list[Problem]:
    """Return a problem for each part of the article that the file does not hold."""
    text = pdf_text(data) if suffix.endswith(".pdf") else html_text(data)
    found = _letters(text)
    problems: list[Problem] = []
    place = 0  # what comes next in the article mostly comes next in the file
    for what, wanted in expected(article):
        letters = _letters(wanted)[:_SHOWN]
        here = found.find(letters, place)
        here = here if here >= 0 else found.find(letters)
        if here < 0:
            message = f"{what} is not in the file {suffix.lstrip('-.')} that was written"
            problems.append(Problem(CONTENT_LOST, message, hint="check the template"))
        place = max(here, 0)
    if suffix.endswith(".pdf") and (boxes := lacking(printed(article))):
        named = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in boxes[:8]) + (" …" if len(boxes) > 8 else "")
        problems.append(Problem(GLYPH_MISSING, f"the fonts of the page lack {named}"))
    return problems


def expected(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (what it is, text to find) of everything that a file of the article must hold."""
    yield "the title", article.plain_title
    for author in article.authors:
        yield f"the author {author.name}", author.name
    for block in blocks_within(article.sections):
        if isinstance(block, Section):
            yield f"the section “{plain(block.heading)}”", plain(block.heading)
    for figure in article.figures():
        yield figure.label, f"{figure.label}. {plain(figure.caption)}"
    for table in article.tables():
        yield table.label, f"{table.label}. {plain(table.caption)}"
    for entry in article.references:
        yield f"reference {entry.number}", plain(entry.children)


def _letters(text: str) -> str:
    """Return only letters and digits: line breaks, hyphens and spaces are the layout's."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def html_text(data: bytes) -> str:
    """Return the text of an HTML page of ours: every attribute value in it is quoted and escaped."""
    return unescape(_MARKUP.sub("", data.decode("utf-8")))


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, page after page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for page in document:
            reader = page.get_textpage()
            pages.append(reader.get_text_range())
            reader.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()
