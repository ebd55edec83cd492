"""A last page of a few lines is pulled in: every page becomes a line or two longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casewriter.template.geometry import Geometry

FEW_LINES = 5
"""Lines of a last page that is pulled in at the most."""
_LINES_MORE = (1, 2)
_MM_PER_POINT = 25.4 / 72
_LEAST_FOOT = 12.0
"""Millimetres that the foot of a page keeps."""


def is_short(document: Any) -> bool:
    """Return whether the last page, behind others, holds a few lines of text and nothing else."""
    pages = document.pages
    if len(pages) < 2:
        return False
    heights = list(_heights(pages[-1]._page_box))  # the boxes are private to WeasyPrint; its version is pinned
    return len(set(heights)) <= FEW_LINES and None not in heights


def tighter(page: Geometry) -> Iterator[str]:
    """Yield rules that make the pages of a template longer, by little first."""
    for more in _LINES_MORE:
        foot = page.margins[2] - more * page.line_height * _MM_PER_POINT
        if foot >= _LEAST_FOOT:
            yield f"@page {{ margin-bottom: {foot:.2f}mm !important; }}"


def _heights(box: Any) -> Iterator[float | None]:
    """Yield the place of each line of a page, and None for a picture."""
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        if isinstance(child, boxes.ReplacedBox):
            yield None
        elif isinstance(child, boxes.LineBox):
            yield round(child.position_y)
        else:
            yield from _heights(child)
