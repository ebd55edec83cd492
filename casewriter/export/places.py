"""Where in the PDF each part of a case is printed: page, and line where the layout numbers lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.export.line_numbers import body_lines
from casewriter.export.pages import laid_out
from casewriter.problem import Path, dotted
from casewriter.template import Template


class PrintedAt(Struct, frozen=True):
    """A stretch of a page, counted from 1, and its first and last numbered line; None where it has no number."""

    page: int
    first: int | None = None
    last: int | None = None

    def joined(self, other: PrintedAt) -> PrintedAt:
        """Return the stretch that holds this one and another of the page."""
        lines = [line for line in (self.first, self.last, other.first, other.last) if line is not None]
        return PrintedAt(self.page, min(lines, default=None), max(lines, default=None))


class Places(Struct, frozen=True):
    """The places of every node that has an origin, in the order of the pages."""

    found: tuple[tuple[str, PrintedAt], ...]
    pages: int

    def of(self, path: Path) -> tuple[PrintedAt, ...]:
        """Return where a part of the case is printed, a stretch for each page; nothing where it is not."""
        name = dotted(path)
        within = (f"{name}.", f"{name}[")
        pages: dict[int, PrintedAt] = {}
        for origin, place in self.found:
            if origin == name or origin.startswith(within):
                known = pages.get(place.page)
                pages[place.page] = place if known is None else known.joined(place)
        return tuple(pages[page] for page in sorted(pages))


def places(article: Article, template: Template) -> Places:
    """Return the places of an article in its PDF. Raises CannotRun where Pango is missing or the layout fails."""
    with laid_out(article, template) as document:
        return Places(tuple(_places(document, template.geometry.line_numbers)), len(document.pages))


def _places(document: Any, numbered: bool) -> Iterator[tuple[str, PrintedAt]]:
    lines: dict[int, list[tuple[int, float]]] = {}
    for number, line in enumerate(body_lines(document) if numbered else (), start=1):
        lines.setdefault(line.page, []).append((number, line.baseline))
    for page, laid in enumerate(document.pages):
        for origin, top, bottom in _boxes(laid._page_box):  # private to WeasyPrint; its version is pinned
            inside = [number for number, baseline in lines.get(page, ()) if top <= baseline <= bottom]
            yield origin, PrintedAt(page + 1, min(inside, default=None), max(inside, default=None))


def _boxes(box: Any, around: Any = None) -> Iterator[tuple[str, float, float]]:
    """Yield origin, upper and lower edge in CSS pixels of each box that comes from a part of the case.

    The lines of a block, and what is in them, carry its element too: a box `around` stands for them.
    """
    element = getattr(box, "element", None)
    get = getattr(element, "get", None)
    origin, also = (get("data-origin"), get("data-also") or "") if get is not None else (None, "")
    if origin and element is not around and isinstance(getattr(box, "height", None), int | float):
        for one in (origin, *also.split()):
            yield one, box.position_y, box.position_y + box.height
        around = element
    for child in getattr(box, "children", ()):
        yield from _boxes(child, around)
