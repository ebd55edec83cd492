"""What is costly to make and always comes out the same, kept in the user's cache: fonts cut down to some letters.

Only such things are kept, under a name made from all that they depend on; nothing of a case but which letters it uses.
A file that is damaged counts as missing, and a folder that cannot be written to is no error.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_MOST = 300
"""Files that are kept at the most, about 10 kB each: those used longest ago go first."""
_DIGEST = 32


def kept(depends_on: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
    """Return the bytes kept for what they depend on, else make and keep them."""
    folder = _folder()
    if folder is None:
        return make()
    name = hashlib.sha256(repr(depends_on).encode()).hexdigest()
    file = folder / f"{name}.woff2"
    known = _intact(file)
    if known is not None:
        with suppress(OSError):
            os.utime(file)
        return known
    made = make()
    with suppress(OSError):
        _write(file, hashlib.sha256(made).digest() + made)
        _remove_old(folder)
    return made


def _folder() -> Path | None:
    """Return the folder of this user's cached fonts, or None where the user has no home."""
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
    said = os.environ.get(variable, "")
    try:
        root = Path(said) if Path(said).is_absolute() else Path.home() / usual
    except RuntimeError:
        return None
    return root / "casewriter" / "fonts"


def _intact(file: Path) -> bytes | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    digest, made = data[:_DIGEST], data[_DIGEST:]
    return made if hashlib.sha256(made).digest() == digest else None


def _write(file: Path, data: bytes) -> None:
    """Write a file that others see whole or not at all."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_old(folder: Path) -> None:
    files = list(folder.iterdir())
    if len(files) > _MOST:
        for old in sorted(files, key=lambda one: one.stat().st_mtime)[: len(files) - _MOST]:
            old.unlink(missing_ok=True)
