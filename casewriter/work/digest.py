"""What a case was made of when a form was written for it: a hash of its file, its pictures and its references."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from casewriter.model.reference import ReferenceFile
from casewriter.profile import Profile
from casewriter.project import Opened, inside


def case_digest(opened: Opened) -> str:
    """Return the SHA-256 of what a case says, with every picture and file of references that it names.

    Comments, and how the file is laid out, do not count.
    """
    import json  # lint needs it only where there is a checklist

    said = json.dumps(opened.source.data, ensure_ascii=False, separators=(",", ":"))
    parts = [hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()]
    parts += [f"{name} {_content(opened.file.folder, name)}" for name in sorted(set(_names(opened)))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def profile_digest(profile: Profile) -> str:
    """Return the SHA-256 of what a journal asks: another order of sections moves every page."""
    return hashlib.sha256(profile.model_dump_json().encode()).hexdigest()


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
