"""Cleaned pictures kept beside the outputs, so that a second render decodes none again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from casewriter.image import Picture
from casewriter.image.header import size_of
from casewriter.image.look import probe
from casewriter.problem import CannotRun
from casewriter.work.write import write

_VERSION = b"2"
"""Raised when pictures are cleaned in another way."""
_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png"}


class PictureCache(Struct, frozen=True):
    """A folder of cleaned pictures, named by the content that they were made from."""

    folder: Path

    def get(self, original: bytes) -> Picture | None:
        """Return the cleaned picture of a file's content, or None."""
        name = self._name(original)
        for media_type, suffix in _SUFFIXES.items():
            try:
                data = (self.folder / f"{name}{suffix}").read_bytes()
            except OSError:
                continue
            size, facts = size_of(data), probe(original)
            if size is None or isinstance(facts, str):
                return None
            return Picture(data, media_type, *size, facts.pages, facts.spread)
        return None

    def put(self, original: bytes, picture: Picture) -> None:
        """Keep a cleaned picture; a folder that cannot be written to is no failure of the render."""
        try:
            write(self.folder / f"{self._name(original)}{_SUFFIXES[picture.media_type]}", picture.data)
        except CannotRun:
            return

    def _name(self, original: bytes) -> str:
        return hashlib.sha256(_VERSION + original).hexdigest()[:32]
