"""What a case cites: the library of its references, the citations of its texts, and how a style prints them."""

from __future__ import annotations

from casewriter.citation.cluster import Cited, Part, read_cited
from casewriter.citation.library import KINDS, Item, Library, read_library
from casewriter.citation.style import Style, find_style

__all__ = ["KINDS", "Cited", "Item", "Library", "Part", "Style", "find_style", "read_cited", "read_library"]
