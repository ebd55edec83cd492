"""Which file a problem is in, as other programs name it: from the working folder, with forward slashes."""

from __future__ import annotations

import posixpath
from pathlib import PurePath

from casewriter.problem import Problem

_WHOLE = ("case.yaml", "case.yml")


def file_of(problem: Problem, case: str) -> str:
    """Return the path of the problem's file; `case` is how messages call the case file.

    A case outside the working folder is named by its own folder alone, so that no path of this machine gets out.
    """
    own = PurePath(case)
    folder = own.parent
    if own.is_absolute() or ".." in own.parts:
        folder = PurePath(folder.name if own.name in _WHOLE else "")
    joined = folder / (problem.file or own.name)
    path = posixpath.normpath(joined.as_posix())
    return joined.name if joined.is_absolute() or path.startswith("../") else path
