"""A piece of a file as text, and where in the file it is."""

from __future__ import annotations

from msgspec import Struct


class Piece(Struct, frozen=True):
    """A text of a file; `where` says in words where in the file it is."""

    where: str
    text: str


class Unsearchable(Exception):
    """A file, or something packed into it, that cannot be opened, so that nothing can be said of what it holds."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def inside(outer: str, inner: str) -> str:
    """Return where something is that is in something else: `the text of word/document.xml`."""
    return f"{inner} in {outer}" if outer else inner
