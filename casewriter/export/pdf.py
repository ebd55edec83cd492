"""Article -> PDF: the HTML page laid out by WeasyPrint, tagged, with fonts of ours; then the last touches."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING, Any

from casewriter.article.nodes import ListBlock
from casewriter.article.paper import Article
from casewriter.export.base import Output
from casewriter.export.finish import finish
from casewriter.export.fit import Fitting, wide_tables
from casewriter.export.flow import ROUNDS, gaps, moved
from casewriter.export.glyphs import extra_fonts, printed
from casewriter.export.html import all_pictures, page
from casewriter.export.weasy import weasyprint
from casewriter.image import Picture
from casewriter.problem import CannotRun
from casewriter.resources import font_files
from casewriter.template import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEME = "casewriter"
_FACES = {
    "Gentium Book Plus": "GentiumBookPlus-{}.ttf",
    "Source Sans 3": "SourceSans3-{}.ttf",
    "Noto Sans": "NotoSans-{}.ttf",
    "Noto Sans SC": "NotoSansSC-{}.ttf",
    "Noto Sans JP": "NotoSansJP-{}.ttf",
    "Noto Sans KR": "NotoSansKR-{}.ttf",
    "Amiri": "Amiri-{}.ttf",
    "Noto Sans Thai": "NotoSansThai-{}.ttf",
    "Open Sans": "OpenSans-{}.ttf",
}
_STYLES = {
    "Regular": "",
    "Bold": "font-weight: 700;",
    "Italic": "font-style: italic;",
    "BoldItalic": "font-weight: 700; font-style: italic;",
}


def export(article: Article, template: Template) -> Output:
    """Return the article as a tagged PDF. Raises CannotRun where Pango is missing or the layout fails."""
    return Output(f"{template.suffix}.pdf", finish(render(article, template), article.plain_title, article.language))


def render(article: Article, template: Template) -> bytes:
    """Return the PDF as WeasyPrint writes it."""
    weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher = _fetcher(all_pictures(article))
    collecting = gc.isenabled()
    gc.disable()  # one document makes no cycles worth looking for while it is laid out
    try:
        document = _laid_out(article, template, fetcher)
        if template.geometry.line_numbers:
            from casewriter.export.line_numbers import number_lines

            number_lines(document, _font_faces(article), fetcher)
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"casewriter", uncompressed_pdf=True))
    except (AssertionError, RecursionError) as error:
        raise CannotRun(f"the page layout failed ({type(error).__name__}: {error}); try the other --layout") from None
    finally:
        if collecting:
            gc.enable()


def _laid_out(article: Article, template: Template, fetcher: Any) -> Any:
    """Return the pages, laid out again where a figure would leave one half blank."""
    line_height = template.geometry.line_height * 96 / 72
    fitting, document = _with_tables_fitted(article, template, fetcher)
    done: set[str] = set()
    for _ in range(ROUNDS):
        found = next((gap for gap in gaps(document, line_height) if gap.target not in done), None)
        better = moved(fitting.article, found, template.geometry) if found else fitting.article
        if found is None or better is fitting.article:
            break
        done.add(found.target)
        fitting.article = better
        document = _layout(better, template, fetcher, fitting.css)
    return document


def _with_tables_fitted(article: Article, template: Template, fetcher: Any) -> tuple[Fitting, Any]:
    """Return the article with its tables fitted, and the pages, on which no table is wider than its room."""
    fitting = Fitting(article)
    document = _layout(article, template, fetcher)
    for _ in range(ROUNDS):
        wide = wide_tables(document)
        if not wide:
            break
        fitting.fit(wide)
        document = _layout(fitting.article, template, fetcher, fitting.css)
    return fitting, document


def _layout(article: Article, template: Template, fetcher: Any, more_css: str = "") -> Any:
    css = f"{_font_faces(article)}\n{_number_css(article)}\n{more_css}"
    text = page(article, template, _address, css, policy=False)
    html = weasyprint().HTML(string=text, base_url=f"{_SCHEME}:/", url_fetcher=fetcher)
    return html.render(pdf_variant="pdf/ua-1")


def _address(picture: Picture) -> str:
    return f"{_SCHEME}:/picture/{picture.digest}"


def _font_faces(article: Article) -> str:
    """Return @font-face rules for the fonts of the page, so that it does not depend on the machine's."""
    files = font_files()
    wanted = ("GentiumBookPlus", "SourceSans3", *extra_fonts(printed(article), article.language))
    rules = []
    for family, pattern in _FACES.items():
        if pattern.split("-")[0] not in wanted:
            continue
        for style, css in _STYLES.items():
            name = pattern.format(style)
            if name in files:
                address = f"{_SCHEME}:/font/{name}"
                source = f'src: url("{address}") format("truetype");'
                rules.append(f'@font-face {{ font-family: "{family}"; {css} {source} }}')
    return "\n".join(rules)


def _number_css(article: Article) -> str:
    """Return rules that number the items of lists as typed.

    WeasyPrint does not read the `value` of an item, and increments a counter after it is set.
    """
    numbers = sorted({number for b in article.blocks() if isinstance(b, ListBlock) for number in b.numbers})
    return "\n".join(f'li[value="{number}"] {{ counter-set: list-item {number - 1}; }}' for number in numbers)


def _fetcher(pictures: Mapping[str, Picture]) -> Any:
    """Return a fetcher that serves the vetted pictures and our fonts from memory and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Vetted(URLFetcher):  # type: ignore[misc]
        """Opens no socket, and no file but the fonts of the page."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            kind, _, name = url.removeprefix(f"{_SCHEME}:/").partition("/")
            if url.startswith(f"{_SCHEME}:/picture/") and name in pictures:
                picture = pictures[name]
                return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
            if kind == "font" and name in font_files():
                return URLFetcherResponse(url, font_files()[name].read_bytes(), {"Content-Type": "font/ttf"})
            raise ValueError(f"refused: {url[:60]}")

    return Vetted()
