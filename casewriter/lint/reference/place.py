"""Where a reference is: in the case, or in its file beside it."""

from __future__ import annotations

from typing import Any

from casewriter.citation import LibraryItem
from casewriter.problem import Span


def place(item: LibraryItem, *keys: str | int) -> dict[str, Any]:
    """Return the place of a reference, or of what is under keys of it, as keywords of `Found`."""
    if item.file is None:
        return {"path": (*item.path, *keys)}
    line = item.line or 1
    return {"path": item.path, "file": item.file, "span": Span(line, 1, line, 1)}
