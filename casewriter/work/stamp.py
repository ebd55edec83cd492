"""What a case was rendered from, so that a batch renders only what has changed.

Beside the outputs lies a stamp with the size, time and SHA-256 of every file that went in. A file whose size and time
are the same is the same; otherwise its content is compared. Built-in templates and data count by the version of the
program and the newest of its files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

import casewriter
from casewriter import plugins
from casewriter.citation import LOCK_FILE
from casewriter.project import CaseFile, Opened, inside, name_lists
from casewriter.resources import data_folder, templates_folder
from casewriter.work.write import write

_FORMAT = 1


class Remembered(Struct, frozen=True):
    """The result of the last render: whether it failed, and the lines that it printed."""

    failed: bool
    lines: tuple[str, ...]


def remembered(stamp: Path, asked: dict[str, Any]) -> Remembered | None:
    """Return what the last render printed, if it had the same order and files, and its outputs are there."""
    try:
        known = json.loads(stamp.read_text("utf-8"))
        same = (known["format"], known["program"], known["asked"]) == (_FORMAT, _program(), asked)
        whole = all((stamp.parent / name).stat().st_size == size for name, size in known["outputs"].items())
        fresh = all(_same(Path(name), facts) for name, facts in known["inputs"].items())
        around = all(_listing(Path(name)) == digest for name, digest in known["folders"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Remembered(known["failed"], tuple(known["lines"])) if same and whole and fresh and around else None


def remember(stamp: Path, asked: dict[str, Any], opened: Opened, outputs: Iterable[Path], told: Remembered) -> None:
    """Write the stamp of a render that has just been made."""
    inputs = {str(path): _facts(path) for path in _inputs(opened) if path.is_file()}
    content = {
        "format": _FORMAT,
        "program": _program(),
        "asked": asked,
        "inputs": inputs,
        "folders": {str(folder): _listing(folder) for folder in _folders(opened.file)},
        "outputs": {path.name: path.stat().st_size for path in outputs},
        **asdict(told),
    }
    write(stamp, json.dumps(content, indent=1, sort_keys=True).encode())


def forget(stamp: Path) -> None:
    """Remove the stamp of outputs that are about to be made of something else than the saved files."""
    with suppress(OSError):  # where a stamp cannot be removed, no output can be written, and that says why
        stamp.unlink()


def _inputs(opened: Opened) -> Iterable[Path]:
    yield opened.file.path.resolve()
    yield from name_lists(opened.file)
    yield opened.file.folder / LOCK_FILE
    case = opened.loaded.case
    names = [*opened.pictures, *(getattr(entry, "file", None) or "" for entry in (case.references if case else ()))]
    yield from (path for name in names if name and (path := inside(opened.file.folder, name)))


def _folders(file: CaseFile) -> Iterable[Path]:
    return (folder.resolve() for kind in ("templates", "profiles", "guidelines") for folder in file.folders(kind))


def _facts(path: Path) -> list[Any]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()]


def _same(path: Path, facts: list[Any]) -> bool:
    status = path.stat()
    size, time, digest = facts
    if status.st_size != size:
        return False
    return bool(status.st_mtime_ns == time or hashlib.sha256(path.read_bytes()).hexdigest() == digest)


def _listing(folder: Path) -> str:
    """Return a digest of the files of a folder by name, size and time; of a missing folder the empty text."""
    if not folder.is_dir():
        return ""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    facts = [(str(p.relative_to(folder)), p.stat().st_size, p.stat().st_mtime_ns) for p in files]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


@cache
def _program() -> str:
    """Return what stands for the program: its version, the newest of its own files, and the packages that add to it."""
    folders = (Path(casewriter.__file__).resolve().parent, templates_folder(), data_folder("."))
    newest = max(path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.is_file())
    return f"{casewriter.__version__} {newest} {', '.join(plugins.packages())}"
