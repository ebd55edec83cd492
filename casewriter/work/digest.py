"""What a case was made of when a form was written for it: a hash of its file, its pictures and its references."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from casewriter.model.reference import ReferenceFile
from casewriter.project import Opened, inside


def case_digest(opened: Opened) -> str:
    """Return the SHA-256 of the case file with every picture and file of references that it names."""
    parts = [hashlib.sha256(opened.file.read()).hexdigest()]
    parts += [f"{name} {_content(opened.file.folder, name)}" for name in sorted(set(_names(opened)))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _names(opened: Opened) -> Iterator[str]:
    yield from opened.pictures
    case = opened.loaded.case
    yield from (entry.file for entry in (case.references if case else ()) if isinstance(entry, ReferenceFile))


def _content(folder: Path, name: str) -> str:
    """Return the SHA-256 of a file of the case; empty where it is missing."""
    path = inside(folder, name)
    if path is None or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
