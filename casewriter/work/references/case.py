"""The one case that a verb of `refs` is about."""

from __future__ import annotations

import shlex
from pathlib import Path

from casewriter.problem import CannotRun, Refused
from casewriter.project import CaseFile, Opened, find_cases, find_project, open_case, shown


def the_case(path: str | None, command: str) -> CaseFile:
    """Return the case at a path, or the only one of the project.

    Raises CannotRun when there are several; `command` is what to run, but for the case at its end.
    """
    files = find_cases(_names(path))
    if len(files) > 1:
        names = ", ".join([*(shown(file.folder) for file in files[:5]), *(["…"] if len(files) > 5 else [])])
        one = shlex.quote(shown(files[0].folder))
        option = "--case" if command.endswith("--case") else "the case"
        raise CannotRun(f"there are several cases here ({names}); give {option}: {command} {one}")
    return files[0]


def _names(path: str | None) -> list[str]:
    """Return the path of a case that is named by its path or slug; without one that of the working folder."""
    if path is None:
        return ["."] if Path("case.yaml").is_file() else []
    by_slug = find_project(Path.cwd()).cases / path
    return [str(by_slug)] if by_slug.is_dir() and not Path(path).exists() else [path]


def opened(file: CaseFile) -> Opened:
    """Return a case with its references. Raises CannotRun when it cannot be read."""
    try:
        found = open_case(file, pictures=False)
    except Refused as refused:
        problem = refused.problems[0]
        place = f":{problem.span.line}:{problem.span.column}" if problem.span else ""
        raise CannotRun(f"{shown(file.path)}{place}: {problem.message}; `casewriter lint` shows more") from None
    if found.loaded.case is None:
        raise CannotRun(f"{shown(file.path)}: the case cannot be read; `casewriter lint` shows why")
    return found
