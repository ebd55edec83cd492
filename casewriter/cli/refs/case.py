"""The one case that a verb of `refs` is about."""

from __future__ import annotations

from casewriter.problem import CannotRun
from casewriter.project import CaseFile, Opened, find_cases, open_case, shown


def the_case(path: str | None) -> CaseFile:
    """Return the case at a path, or the only one of the project. Raises CannotRun when there are several."""
    files = find_cases([path] if path else [])
    if len(files) > 1:
        names = ", ".join(shown(file.folder) for file in files[:5])
        raise CannotRun(f"there are several cases here ({names}); name the one that is meant")
    return files[0]


def opened(file: CaseFile) -> Opened:
    """Return a case with its references. Raises Refused or CannotRun when it cannot be read."""
    found = open_case(file, pictures=False)
    if found.loaded.case is None:
        raise CannotRun(f"{shown(file.path)}: the case cannot be read; `casewriter lint` says why")
    return found
