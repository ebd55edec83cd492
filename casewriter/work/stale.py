"""Checklists in the folders of a case that are of an earlier version of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from casewriter.problem import CannotRun, Kind, Level, Problem
from casewriter.profile import find_profile
from casewriter.project import Opened, shown
from casewriter.work.digest import case_digest, profile_digest
from casewriter.work.outputs import folder_of

CHECKLIST = "-checklist"
"""What the names of checklists end in, before the suffix of the format."""
STALE = Kind(
    "JRNL050",
    "checklist-stale",
    Level.WARNING,
    """A checklist in the output folder belongs to an earlier version of the case or of the journal's profile.

Its pages and lines may be wrong: an editor who looks for an item finds something else there. Remedy: run
`casewriter checklist` again after the last change, with the profile and layout of the manuscript that is sent.""",
)
KINDS = (STALE,)


def stamp_of(stem: Path) -> Path:
    """Return the file that says which version a checklist is of."""
    return stem.with_name(f".{stem.name}.stamp.json")


class Filed(Struct, frozen=True):
    """What a checklist was made of: the hash of the case, the journal and the hash of what it asks."""

    case_hash: str
    profile: str
    profile_hash: str


def stale(opened: Opened, output: Path | None = None) -> Iterator[Problem]:
    """Yield the checklists of a case that are not of its present version; pictures are read only where one exists."""
    stem = folder_of(opened.file, output) / f"{opened.file.slug}{CHECKLIST}"
    known = {name: made for name, made in filed(stamp_of(stem)).items() if (stem.parent / name).is_file()}
    if not known:
        return
    now = case_digest(opened)
    older = [shown(stem.parent / name) for name, made in known.items() if not _is_fresh(made, now, opened)]
    if older:
        *first, last = older
        files = f"{', '.join(first)} and {last} were" if first else f"{last} was"
        message = f"the case or its journal has changed since {files} written; the pages and lines may be wrong"
        yield Problem(STALE, message, (), hint="run `casewriter checklist` again")


def _is_fresh(made: Filed, now: str, opened: Opened) -> bool:
    """Return whether a checklist is of the present case and of the journal as it is now."""
    if made.case_hash != now:
        return False
    try:
        profile = find_profile(made.profile, opened.file.folders("profiles"))
    except CannotRun:
        return False
    return profile_digest(profile) == made.profile_hash


def filed(stamp: Path) -> dict[str, Filed]:
    """Return what each checklist beside a stamp was made of; nothing where it cannot be read."""
    try:
        found = json.loads(stamp.read_text("utf-8"))["files"]
        return {
            Path(str(name)).name: Filed(**{key: str(one[key]) for key in Filed.__struct_fields__})
            for name, one in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
