"""What a case cites: the library of its references, the citations of its texts, and how a style prints them."""

from __future__ import annotations

from casewriter.citation.cluster import Cited, PrintedPart, read_cited
from casewriter.citation.library import KINDS, LOCK_FILE, Library, LibraryItem, read_library
from casewriter.citation.style import Style, find_style

__all__ = [
    "KINDS",
    "LOCK_FILE",
    "Cited",
    "Library",
    "LibraryItem",
    "PrintedPart",
    "Style",
    "find_style",
    "read_cited",
    "read_library",
]
