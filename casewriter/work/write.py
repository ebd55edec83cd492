"""Files written whole: the old one or the new one, never a half."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from casewriter.problem import CannotRun
from casewriter.work.failures import not_written
from casewriter.work.leftovers import SUFFIX, beginning, clear


def write(path: Path, data: bytes) -> None:
    """Replace a file by new content at once: a temporary file beside it, flushed to disk, then renamed.

    What builds that were killed have left in the folder is cleared first. Raises CannotRun that names file and remedy.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear(path.parent, path.name)
        _replace(path, data)
    except OSError as error:
        raise CannotRun(not_written(path, error)) from None


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=beginning(path.name), suffix=SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
