"""Where in the PDF each part of a case is printed, and each of its words: page, and line where lines are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.export.line_numbers import body_lines, origins_of, text_lines
from casewriter.export.pages import laid_out
from casewriter.export.signs import signs_of
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


class PrintedLine(Struct, frozen=True):
    """A line of the text in reading order; `origins` are the parts of the case that it comes from, as dotted paths."""

    page: int
    number: int | None
    text: str
    origins: tuple[str, ...]

    @property
    def place(self) -> PrintedAt:
        """Where it is."""
        return PrintedAt(self.page, self.number, self.number)


class Places(Struct, frozen=True):
    """The lines of the text, the boxes of every node that has an origin, and how many pages there are."""

    lines: tuple[PrintedLine, ...]
    boxes: tuple[tuple[str, int], ...]
    pages: int

    def of(self, path: Path) -> tuple[PrintedAt, ...]:
        """Return where a part of the case is printed, a stretch for each page; nothing where it is not."""
        name = dotted(path)
        boxes = (PrintedAt(page) for origin, page in self.boxes if is_within(origin, name))
        return by_page((*boxes, *(line.place for line in self.lines_of(path))))

    def lines_of(self, path: Path) -> list[PrintedLine]:
        """Return the lines of a part of the case in reading order."""
        name = dotted(path)
        return [line for line in self.lines if any(is_within(origin, name) for origin in line.origins)]

    def said(self, path: Path, words: str, around: str = "", *, outside: str = "") -> list[PrintedLine]:
        """Return the lines on which words of a part of the case are printed; nothing where they are not found there.

        `around` is the text of the paragraph that holds them, which tells them from the same words elsewhere. Lines of
        the part `outside`, a dotted path, are passed over.
        """
        lines = [line for line in self.lines_of(path) if outside not in line.origins]
        text, ends = _joined(lines)
        whole, part = _signs(around or words), _signs(words)
        begin, within = text.find(whole), whole.find(part)
        if not part or begin < 0 or within < 0:
            return []
        first, last = begin + within, begin + within + len(part) - 1
        starts = (0, *ends[:-1])
        return [line for line, start, end in zip(lines, starts, ends, strict=True) if start <= last and end > first]


def by_page(places: Iterable[PrintedAt]) -> tuple[PrintedAt, ...]:
    """Return places with those of each page joined, in the order of the pages."""
    pages: dict[int, PrintedAt] = {}
    for place in places:
        known = pages.get(place.page)
        pages[place.page] = place if known is None else known.joined(place)
    return tuple(pages[page] for page in sorted(pages))


def is_within(origin: str, name: str) -> bool:
    """Return whether a dotted path is another one, or below it."""
    return origin == name or origin.startswith((f"{name}.", f"{name}["))


def _signs(text: str) -> str:
    """Return the signs of a text without hyphens: a line may end in one that no word has."""
    return signs_of(text).replace("-", "")


def _joined(lines: list[PrintedLine]) -> tuple[str, list[int]]:
    """Return the signs of lines one after the other, and where each line ends in them."""
    text, ends = "", []
    for line in lines:
        text += _signs(line.text)
        ends.append(len(text))
    return text, ends


def places(article: Article, template: Template) -> Places:
    """Return the places of an article in its PDF. Raises CannotRun where Pango is missing or the layout fails."""
    with laid_out(article, template) as document:
        return places_in(document, numbered=template.geometry.line_numbers)


def places_in(document: Any, *, numbered: bool) -> Places:
    """Return the places of laid-out pages, before numbers are hung into them."""
    numbers: dict[int, list[tuple[int, float]]] = {}
    for number, line in enumerate(body_lines(document) if numbered else (), start=1):
        numbers.setdefault(line.page, []).append((number, line.baseline))
    lines: list[PrintedLine] = []
    boxes: list[tuple[str, int]] = []
    for page, laid in enumerate(document.pages):
        for box, origins in text_lines(laid._page_box):  # private to WeasyPrint; its version is pinned
            baseline = box.position_y + box.baseline
            near = min(numbers.get(page, ()), key=lambda one: abs(one[1] - baseline), default=None)
            text = "".join(_texts(box))
            lines.append(PrintedLine(page + 1, near[0] if near else None, text, origins))
        boxes.extend((origin, page + 1) for origin in _origins(laid._page_box))
    return Places(tuple(lines), tuple(dict.fromkeys(boxes)), len(document.pages))


def _texts(line: Any) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    yield from (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def _origins(box: Any) -> Iterator[str]:
    """Yield the origins of all boxes, of those without text too, such as pictures."""
    yield from origins_of(box)
    for child in getattr(box, "children", ()):
        yield from _origins(child)
