"""Safe fixes of a case file, every other byte as it was."""

from __future__ import annotations

from msgspec import Struct

from casewriter.lint.fixes import fixed
from casewriter.project import CaseFile, shown


class Fixed(Struct, frozen=True):
    """A case file, by the name that messages give it, before and after its safe fixes; `done` has one entry a fix."""

    name: str
    before: bytes
    after: bytes
    done: tuple[str, ...]


def fixes(file: CaseFile) -> Fixed:
    """Return the safe fixes of a case; nothing is written. Raises CannotRun when it cannot be read."""
    name = shown(file.path)
    before = file.read()
    after, done = fixed(before, name)
    return Fixed(name, before, after, tuple(done))
