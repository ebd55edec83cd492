"""A row of the timeline before it is printed."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from casewriter.problem import Path


class Entry(Struct, frozen=True):
    """A row of the timeline before it is printed: the record, its path, kind, and the key of its time."""

    record: Any
    path: Path
    kind: str
    at: Any
    merged: tuple[Entry, ...] = ()
    """Further records that this row tells as well: complaints of one onset."""
    also: tuple[Entry, ...] = ()
    """Further entries that say the same in the same words: an event and the record of it."""
    ended: bool = False
    """Whether the row tells the end of the record, not its start."""

    def record_has(self, key: str) -> bool:
        """Return whether the record says something under a key."""
        return getattr(self.record, key, None) is not None
