"""What is said when something cannot be done: a file that the system refuses to write, a program that fails."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from casewriter.project import CaseFile

_ROOM = "make room on this disk, or send the outputs to another folder with -o"
_ALLOWED = (
    "you may not write to this folder or file: change its permissions, or send the outputs to another folder with -o"
)
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: "your quota is used up: delete files, or send the outputs to another folder with -o",
    errno.EFBIG: _ROOM,
    errno.EROFS: "the disk is read-only: send the outputs to another folder with -o",
    errno.EACCES: _ALLOWED,
    errno.EPERM: _ALLOWED,
    errno.ENOTDIR: "part of this path is a file, not a folder: send the outputs to another folder with -o",
    errno.EEXIST: "part of this path is a file, not a folder: send the outputs to another folder with -o",
    errno.EISDIR: "this is a folder: rename it, or send the outputs to another folder with -o",
    errno.ENAMETOOLONG: "shorten the name of the case folder",
    errno.EMFILE: "close other programs, or use fewer --jobs",
    errno.ENOMEM: "close other programs, or use fewer --jobs",
}


class Lost(Struct, frozen=True):
    """A case that could not be worked on: why, and for `--debug` where."""

    file: CaseFile
    reason: str
    trace: str = ""


def not_written(path: Path, error: OSError) -> str:
    """Return one line for a file that could not be written: its name, what the system says, and the remedy."""
    from casewriter.project import shown

    said = f"{shown(path)} was not written: {error.strerror or error}"
    remedy = _REMEDIES.get(error.errno or 0)
    return f"{said}; {remedy}" if remedy else said


def reason(error: BaseException) -> str:
    """Return one line that says why the program could not run, with the remedy if there is one."""
    from casewriter.problem import CannotRun, Refused

    if isinstance(error, CannotRun | Refused):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'the output'}: {error.strerror or error}"
    if isinstance(error, MemoryError):
        return "the memory of this machine is too small for this case; close other programs, or use fewer --jobs"
    place = f"{type(error).__name__}: {error}"
    return (
        f"the program failed; this is a bug in casewriter, not a problem with your case: {place} (--debug shows where)"
    )
