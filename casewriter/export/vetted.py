"""What a page may load while it is laid out: the vetted pictures and our fonts, from memory, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casewriter.article.paper import Article
from casewriter.export.glyphs import extra_fonts, printed
from casewriter.image import Picture
from casewriter.resources import font_files

SCHEME = "casewriter"
FAMILIES = {
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
STYLES = {
    "Regular": "",
    "Bold": "font-weight: 700;",
    "Italic": "font-style: italic;",
    "BoldItalic": "font-weight: 700; font-style: italic;",
}


def address(picture: Picture) -> str:
    """Return the address of a picture on a page that is laid out."""
    return f"{SCHEME}:/picture/{picture.digest}"


def font_faces(article: Article) -> str:
    """Return @font-face rules for the fonts of an article, so that its pages do not depend on the machine's."""
    return faces(printed(article), article.language)


def faces(text: str, language: str) -> str:
    """Return @font-face rules for the fonts that a text needs."""
    files = font_files()
    wanted = ("GentiumBookPlus", "SourceSans3", *extra_fonts(text, language))
    rules = []
    for family, pattern in FAMILIES.items():
        if pattern.split("-")[0] not in wanted:
            continue
        for style, css in STYLES.items():
            name = pattern.format(style)
            if name in files:
                address = f"{SCHEME}:/font/{name}"
                source = f'src: url("{address}") format("truetype");'
                rules.append(f'@font-face {{ font-family: "{family}"; {css} {source} }}')
    return "\n".join(rules)


def fetcher(pictures: Mapping[str, Picture]) -> Any:
    """Return a fetcher that serves the vetted pictures and our fonts from memory and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Vetted(URLFetcher):  # type: ignore[misc]
        """Opens no socket, and no file but the fonts of the page."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            kind, _, name = url.removeprefix(f"{SCHEME}:/").partition("/")
            if url.startswith(f"{SCHEME}:/picture/") and name in pictures:
                picture = pictures[name]
                return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
            if kind == "font" and name in font_files():
                return URLFetcherResponse(url, font_files()[name].read_bytes(), {"Content-Type": "font/ttf"})
            raise ValueError(f"refused: {url[:60]}")

    return Vetted()
