"""Reading files of references: what kind of file it is, and each record as an item or refused with its line."""

from __future__ import annotations

from casewriter.bibliography.reading.detect import FORMATS, Read, read_file

__all__ = ["FORMATS", "Read", "read_file"]
