"""Article -> pages laid out by WeasyPrint: once, and again where a table is too wide or the last page nearly empty."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from casewriter.article.nodes import ListBlock
from casewriter.article.paper import Article
from casewriter.export.blame import blamed
from casewriter.export.ending import is_short, tighter
from casewriter.export.filling import Filling
from casewriter.export.fit import Fitting, wide_tables
from casewriter.export.html import all_pictures, page
from casewriter.export.paging import LaidOutAnew, Watcher, watched
from casewriter.export.settled import settled
from casewriter.export.vetted import SCHEME, address, fetcher, font_faces
from casewriter.export.weasy import weasyprint
from casewriter.problem import CannotRun
from casewriter.template import Template


@contextmanager
def laid_out(article: Article, template: Template) -> Iterator[Any]:
    """Give the laid-out pages of an article.

    Raises CannotRun where Pango is missing or the layout fails.
    """
    weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    source = fetcher(all_pictures(article))
    collecting = gc.isenabled()
    gc.disable()  # one document makes no cycles worth looking for while it is laid out
    try:
        yield _tried(article, template, source)
    finally:
        if collecting:
            gc.enable()


def _tried(article: Article, template: Template, source: Any) -> Any:
    """Return the pages; where they cannot be laid out, name the style sheet that is at fault."""
    try:
        return _laid_out(article, template, source)
    except CannotRun:
        raise
    except Exception as error:
        if found := blamed(template, lambda tried: _layout(article, tried, source), error):
            raise found from None
        if not isinstance(error, AssertionError | RecursionError):
            raise
        message = f"the page layout failed ({type(error).__name__}: {error}); try the other --layout"
        raise CannotRun(message) from None


def _laid_out(article: Article, template: Template, source: Any) -> Any:
    """Return the pages: no table is wider than its room, none is half blank, and the last one is not nearly empty."""
    fitting = Fitting(article)
    document = _filled(fitting, template, source)
    return _without_short_end(document, fitting, template, source)


def _filled(fitting: Fitting, template: Template, source: Any) -> Any:
    """Return the pages, laid out once where no table must be fitted; figures and tables move while they are made."""
    filling = Filling(fitting, template)
    while True:
        filling.begin()
        try:
            document = _layout(fitting.article, template, source, fitting.css, filling)
        except LaidOutAnew:
            continue
        if not filling.fit(wide_tables(document)):
            return document


def _without_short_end(document: Any, fitting: Fitting, template: Template, source: Any) -> Any:
    """Return the pages without a last one of a few lines, where pages a little longer can take these."""
    for rule in tighter(template.geometry) if is_short(document) else ():
        again = _layout(fitting.article, template, source, f"{fitting.css}\n{rule}")
        if len(again.pages) < len(document.pages):
            return again
    return document


def _layout(
    article: Article, template: Template, source: Any, more_css: str = "", watcher: Watcher | None = None
) -> Any:
    css = f"{font_faces(article)}\n{_number_css(article)}\n{more_css}"
    text = settled(page(article, template, address, css, policy=False, origins=True))
    html = weasyprint().HTML(string=text, base_url=f"{SCHEME}:/", url_fetcher=source)
    with watched(watcher):
        return html.render(pdf_variant="pdf/ua-1")


def _number_css(article: Article) -> str:
    """Return rules that number the items of lists as typed.

    WeasyPrint does not read the `value` of an item, and increments a counter after it is set.
    """
    numbers = sorted({number for b in article.blocks() if isinstance(b, ListBlock) for number in b.numbers})
    return "\n".join(f'li[value="{number}"] {{ counter-set: list-item {number - 1}; }}' for number in numbers)
