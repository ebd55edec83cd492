"""Checklists in the folders of a case that are of an earlier version of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from casewriter.problem import Kind, Level, Problem
from casewriter.project import Opened, shown
from casewriter.work.digest import case_digest
from casewriter.work.outputs import folder_of

CHECKLIST = "-checklist"
"""What the names of checklists end in, before the suffix of the format."""
STALE = Kind(
    "JRNL050",
    "checklist-stale",
    Level.WARNING,
    """A checklist in the output folder belongs to an earlier version of the case.

Its pages and lines may be wrong: an editor who looks for an item finds something else there. Remedy: run
`casewriter checklist` again after the last change, with the profile and layout of the manuscript that is sent.""",
)
KINDS = (STALE,)


def stamp_of(stem: Path) -> Path:
    """Return the file that says which version a checklist is of."""
    return stem.with_name(f".{stem.name}.stamp.json")


def stale(opened: Opened, output: Path | None = None) -> Iterator[Problem]:
    """Yield the checklists of a case that are not of its present version; pictures are read only where one exists."""
    stem = folder_of(opened.file, output) / f"{opened.file.slug}{CHECKLIST}"
    known = _known(stamp_of(stem))
    if known is None:
        return
    digest, names = known
    there = [name for name in names if (stem.parent / name).is_file()]
    if there and digest != case_digest(opened):
        files = " and ".join(shown(stem.parent / name) for name in there)
        message = f"the case has changed since {files} was written; its pages and lines may be wrong"
        yield Problem(STALE, message, (), hint="run `casewriter checklist` again")


def _known(stamp: Path) -> tuple[str, list[str]] | None:
    """Return the hash of the case that a checklist was filled in from, and the names of its files."""
    try:
        found = json.loads(stamp.read_text("utf-8"))
        return str(found["case_hash"]), [Path(str(name)).name for name in found["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
