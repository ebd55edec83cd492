"""An entry that is being read: the text still to be read, the fields found, the doubts."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from casewriter.bibliography.reading.record import Record

Saved = tuple[str, Record, list[str], list[str], set[str]]


class Draft(Struct):
    """An entry under way; what a reader understands it cuts out of `text`."""

    text: str
    source: str = ""
    """The whole entry."""
    record: Record = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    """Pieces that were understood and belong to no field: leftovers of web pages, the date of an Epub."""
    signs: set[str] = field(default_factory=set)
    """What the entry says of itself that is no field: online, epub."""

    def cut(self, start: int, end: int) -> str:
        """Take a piece out of the text, with the marks that would appear twice; return it."""
        piece = self.text[start:end]
        left, right = self.text[:start].rstrip(), self.text[end:].lstrip()
        while left and left[-1] in "([" and right[:1] and right[0] in ")]":
            left, right = left[:-1].rstrip(), right[1:].lstrip()
        if right[:1] in tuple(".,;:") and left[-1:] in tuple(".,;:"):
            right = right[1:].lstrip()
        glue = "" if not left or not right or right[0] in ".,;:)]" else " "
        self.text = left + glue + right
        return piece

    def saved(self) -> Saved:
        """Return what a reader may change, to go back to where it fails."""
        return self.text, dict(self.record), list(self.doubts), list(self.known), set(self.signs)

    def restore(self, before: Saved) -> None:
        """Go back to what was saved."""
        self.text, self.record, self.doubts, self.known, self.signs = before

    def put(self, name: str, value: Any) -> None:
        """Set a field unless it has a value."""
        if value and not self.record.get(name):
            self.record[name] = value

    def doubt(self, text: str) -> None:
        """Add a doubt once."""
        if text not in self.doubts:
            self.doubts.append(text)
