"""Continuous line numbers, drawn after layout: CSS has none.

The line boxes of each laid-out page are found; a second document that holds nothing but the numbers, each at the
height of its line, is laid out; and its pages are hung into the first one's as margin boxes, which stay out of the
tag tree and of the flow of the text. The box classes are private to WeasyPrint: its version is pinned, and a test
proves the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from casewriter.export.vetted import SCHEME, faces, fetcher

_SKIPPED_CLASSES = frozenset({"panels"})
_SIZE = 9.0
_GAP = 16.0
_ROOM = 48
_BASELINE = 1.41
"""Size of the numbers in points, room between them and the text and for them in pixels, and how far their baseline lies
below the top of their line box, in sizes (measured on Source Sans 3)."""


class Line(Struct, frozen=True):
    """A body line: its page (from 0), the y of its baseline and the x of the text area, in CSS pixels."""

    page: int
    baseline: float
    left: float


def number_lines(document: Any) -> int:
    """Hang the numbers of all body lines into the laid-out document; return how many there are."""
    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes

    lines = list(body_lines(document))
    if not lines:
        return 0
    page = _numbers_page(document, lines, _face())
    numbers = HTML(string=page, base_url=f"{SCHEME}:/", url_fetcher=fetcher({})).render()
    for page, drawn in zip(document.pages, numbers.pages, strict=True):
        margin = boxes.MarginBox.__new__(boxes.MarginBox)
        margin.__dict__.update(drawn._page_box.children[0].__dict__)
        margin.at_keyword = "@left-middle"
        margin.element = margin.element_tag = None
        box = page._page_box
        box.children = (*box.children, margin)
    return len(lines)


def body_lines(document: Any) -> Iterator[Line]:
    """Yield the lines of the body in reading order: outside pictures, margin boxes and footnotes.

    Boxes at the same height of a page, such as the cells of a row or the number of a reference, are one line.
    """
    for number, page in enumerate(document.pages):
        box = page._page_box
        left = box.content_box_x()
        last: list[float] = []
        lines = (line for line, _ in text_lines(box))
        for line in sorted(lines, key=lambda found: found.position_y + found.baseline):
            baseline = line.position_y + line.baseline
            if last and baseline - last[-1] < line.height * 0.5:
                continue
            last.append(baseline)
            yield Line(number, baseline, left)


def text_lines(box: Any, around: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield the line boxes with text that are numbered, in the order of the document, with the origins of each.

    These are the parts of the case (`data-origin`) that the elements around it and in it come from.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
        return
    if _classes(box) & _SKIPPED_CLASSES:
        return
    around = (*around, *origins_of(box))
    if isinstance(box, boxes.LineBox):
        if _has_text(box):
            inside = (one for inner in box.descendants() for one in origins_of(inner))
            yield box, tuple(dict.fromkeys((*around, *inside)))
        return
    for child in getattr(box, "children", ()):
        yield from text_lines(child, around)


def origins_of(box: Any) -> tuple[str, ...]:
    """Return the parts of the case that the element of a box comes from."""
    get = getattr(getattr(box, "element", None), "get", None)
    if get is None or not (origin := get("data-origin")):
        return ()
    return origin, *(get("data-also") or "").split()


def _classes(box: Any) -> set[str]:
    element = getattr(box, "element", None)
    return set((element.get("class") or "").split()) if element is not None and hasattr(element, "get") else set()


def _has_text(line: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    return any(isinstance(b, boxes.TextBox) and b.text.strip() for b in line.descendants())


def _face() -> str:
    """Return the @font-face rule of the only font that the numbers need."""
    return next(rule for rule in faces("", "en").splitlines() if "SourceSans3-Regular" in rule)


def _numbers_page(document: Any, lines: list[Line], font_css: str) -> str:
    """Return the page source of the numbers: one page a page, each number set by the baseline of its line."""
    pages: list[list[str]] = [[] for _ in document.pages]
    width, height = document.pages[0].width, document.pages[0].height
    for number, line in enumerate(lines, start=1):
        left = width - round(width - line.left + _GAP, 2) - _ROOM
        top = line.baseline - _SIZE * _BASELINE
        pages[line.page].append(f'<span style="left:{left:.10f}px;top:{top:.2f}px">{number}</span>')
    body = "".join(f"<div>{''.join(spans)}</div>" for spans in pages)
    return f"""<html lang="en"><head><style>{font_css}
@page {{ size: {width}px {height}px; margin: 0; }}
body {{ margin: 0; }}
div {{ position: relative; width: {width}px; height: {height - 1}px; break-after: page; overflow: hidden; }}
div:last-child {{ break-after: auto; }}
span {{ position: absolute; width: {_ROOM}px; text-align: right; color: #555; }}
span {{ font: {_SIZE}pt/{_SIZE * 2:.0f}px "Source Sans 3"; }}
</style></head><body>{body}</body></html>"""
