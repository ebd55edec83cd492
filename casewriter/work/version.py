"""The version of an opened case, with what is in its pictures, videos and supplements."""

from __future__ import annotations

import hashlib
from pathlib import Path

from casewriter.forms.version import version_of
from casewriter.project import Opened, inside


def version(opened: Opened) -> str:
    """Return the version of a case that a patient who was shown it now would see."""
    return version_of(opened.source.data or {}, lambda name: _content(opened.file.folder, name))


def _content(folder: Path, name: str) -> str:
    """Return a digest of a file of the case; empty where it is missing, which is then no version of it."""
    path = inside(folder, name)
    if path is None:
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def compared_version(opened: Opened) -> str:
    """Return the version of a case whose consent names one to compare it with, else nothing: pictures are not read."""
    consent = opened.loaded.case.consent if opened.loaded.case else None
    named = consent.publication.version if consent and consent.publication else None
    return version(opened) if named else ""
