"""What was written is read back: every word and sign that the article holds must be in the file, else it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

from casewriter.article.paper import Article
from casewriter.export.kinds import CONTENT_LOST
from casewriter.export.paged import PagedText
from casewriter.export.signs import APART, CELL, CELL_END
from casewriter.export.wanted import descriptions, expected
from casewriter.export.whole import WholeText
from casewriter.problem import Problem

_MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
_DESCRIPTIONS = (re.compile('alt="([^"]*)"'), re.compile('aria-label="([^"]*)"'))
"""One pattern each: what begins with letters is found ten times faster."""
_TABLE_CELL = re.compile(r"<(/?)t[dh](?=[\s>])[^>]*>")
_NESTED = 12
"""How deep text may stand in drawings inside drawings."""
_SHOWN = 60
"""Letters of a missing text that a message shows; a shorter text is shown whole."""
_MOST = 20
"""Texts that are named one by one."""


def lost(article: Article, text: str, what_file: str, *, described: bool = False, exact: bool = False) -> list[Problem]:
    """Return a problem for each part of the article that the text of a file does not hold, with its words.

    `what_file` names the file in messages, such as ``PDF``; with `described` it must hold the descriptions of pictures.
    The text of an `exact` file is parted by no pages: each text must be there in one piece, as often as in the article.
    """
    look = _missing_from_whole if exact else _missing_from_pages
    problems = [
        Problem(CONTENT_LOST, f"{what}: {shown} is not in the {what_file} that was written", hint="check the template")
        for what, shown in look(article, text, described)
    ]
    if more := len(problems) - _MOST:
        problems[_MOST:] = [
            Problem(CONTENT_LOST, f"{more} more texts are missing from the file", hint="check the template")
        ] * (more > 0)
    return problems


def _missing_from_whole(article: Article, text: str, described: bool) -> Iterator[tuple[str, str]]:
    """Yield (where, what) of each text and cell that a file without pages lacks."""
    file = WholeText(text)
    texts = [*expected(article, cells=False), *(descriptions(article) if described else ())]
    yield from ((what, _quoted(wanted.strip())) for what, wanted in file.short_of(texts))
    yield from ((what, f"a cell {_quoted(cell)}") for what, cell in file.missing_cells(article))


def _missing_from_pages(article: Article, text: str, described: bool) -> Iterator[tuple[str, str]]:
    """Yield (where, what) of each text that a file with pages lacks; of a long one, the words.

    A page prints an empty frame for a picture that is missing, which FIG002 reports: nothing there bears a description.
    """
    file = PagedText(text)
    for what, wanted in (*expected(article), *(descriptions(article, framed=False) if described else ())):
        if missing := file.missing(wanted):
            yield what, _quoted(wanted.strip() if len(wanted) <= _SHOWN else missing)


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= _SHOWN else f'{text[: _SHOWN - 2]}…'}”"


def html_text(data: bytes) -> str:
    """Return the text of an HTML page of ours: every attribute value in it is quoted and escaped."""
    page = data.decode("utf-8")
    told = APART.join(one for pattern in _DESCRIPTIONS for one in pattern.findall(page))
    page = _TABLE_CELL.sub(lambda found: f"{APART}{CELL_END if found[1] else CELL}", page)
    return unescape(f"{_MARKUP.sub(APART, page)}{APART}{told}")


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, page after page, in the order in which it was drawn."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

    document = pypdfium2.PdfDocument(data)
    parts: list[str] = []
    try:
        for page in document:
            reader = page.get_textpage()
            drawn = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=_NESTED, textpage=reader)
            parts.extend(f"{text.extract()}{APART}" for text in drawn)
            reader.close()
            page.close()
            parts.append("\n")
    finally:
        document.close()
    return "".join((*parts, *_told(data)))


def _told(data: bytes) -> Iterator[str]:
    """Yield what a tagged PDF tells of its pictures."""
    from pikepdf import Dictionary, Pdf

    with Pdf.open(BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, Dictionary) and "/Alt" in one:
                yield f"{APART}{one.Alt}"
