"""References: read from the case and its files, formatted in a journal's style, cited by number."""

from __future__ import annotations

from casewriter.citation.cluster import cluster_text
from casewriter.citation.library import KINDS, Item, Library, read_library
from casewriter.citation.style import Style, find_style

__all__ = ["KINDS", "Item", "Library", "Style", "cluster_text", "find_style", "format_item", "read_library"]


def format_item(item: Item, style: Style, language: str) -> str:
    """Return a reference formatted in a style, as text with the marks of `casewriter.citation.markup`."""
    from casewriter.citation.engine import format_reference

    return format_reference(item.reference, style, language)
