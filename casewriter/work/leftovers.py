"""Temporary files of builds that were killed: named so that they are recognised, and cleared by the next build.

The name says which computer and process writes: ``.gout.pdf.3f9a01-4711-x8d2k1qz.tmp``. A file whose process has ended
is left over. The process of another computer, on a shared folder, cannot be asked about: its file has an hour.
"""

from __future__ import annotations

import os
import platform
import re
import stat
import time
import zlib
from functools import cache
from pathlib import Path

SUFFIX = ".tmp"
_HOUR = 3600
_LONGEST = 150
"""Bytes of the target's name that are kept: file systems allow 255 for the whole."""
_RANDOM = "[a-z0-9_]{8}"
"""What `tempfile` puts between the beginning and the end of a name."""
_OURS = re.compile(rf"\..+\.(?P<host>[0-9a-f]{{6}})-(?P<process>\d+)-{_RANDOM}\{SUFFIX}", re.DOTALL)


def beginning(name: str) -> str:
    """Return how the name of a temporary file for a target begins."""
    kept = os.fsencode(name)[:_LONGEST].decode("utf-8", "ignore")
    return f".{kept}.{_host()}-{os.getpid()}-"


def clear(folder: Path, name: str = "") -> None:
    """Remove the temporary files of builds that no longer run from a folder; whatever cannot be removed stays.

    `name` is a target: its temporary files of earlier versions, which did not name their process, have an hour too.
    """
    earlier = re.compile(rf"\.{re.escape(name)}\.{_RANDOM}\{SUFFIX}") if name else None
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.name.endswith(SUFFIX)]
    except OSError:
        return
    for one in names:
        found = _OURS.fullmatch(one)
        if found or (earlier and earlier.fullmatch(one)):
            _remove_when_over(folder / one, found)


def _remove_when_over(path: Path, found: re.Match[str] | None) -> None:
    try:
        status = path.lstat()
        ours = stat.S_ISREG(status.st_mode) and getattr(os, "getuid", lambda: status.st_uid)() == status.st_uid
        ended = found is not None and found["host"] == _host() and not _runs(int(found["process"]))
        if ours and (ended or time.time() - status.st_mtime > _HOUR):
            path.unlink(missing_ok=True)
    except OSError:
        return


def _runs(process: int) -> bool:
    """Return whether a process of this computer still runs; where that cannot be asked, it may."""
    if os.name == "nt":
        return True  # there, signal 0 is no question: it interrupts
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@cache
def _host() -> str:
    """Return a sign of this computer that does not reveal its name."""
    return f"{zlib.crc32(platform.node().encode()) & 0xFFFFFF:06x}"
