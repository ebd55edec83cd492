"""Files that an author may edit by hand, as Word files are: each is known by the hash of what was written last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from casewriter.problem import CannotRun
from casewriter.project import shown
from casewriter.work.write import write

NAME = ".forms.json"
"""The file beside the forms of a case that says what was written: name and SHA-256 of each."""


def place(folder: Path, wanted: Mapping[str, bytes], *, force: bool) -> None:
    """Write forms into the folder of a case, each file whole.

    Raises CannotRun before anything is written where a file would be replaced that is not as it was written, unless
    forced.
    """
    known = {name: (digest,) for name, digest in _remembered(folder).items()}
    if changed := () if force else edited(folder, wanted, known):
        files, their = ", ".join(shown(folder / name) for name in changed), "they are" if changed[1:] else "it is"
        it = "them" if changed[1:] else "it"
        raise CannotRun(
            f"{files}: not written: {their} not as casewriter wrote {it}; "
            f"move {it} elsewhere, or use --force to replace {it}"
        )
    for name, data in wanted.items():
        write(folder / name, data)
        _remember(folder, name, data)


def edited(folder: Path, wanted: Mapping[str, bytes], known: Mapping[str, Collection[str]]) -> list[str]:
    """Return the files that are neither what is to be written nor what was written; `known` are hashes of that."""
    found = {name: digest(folder / name) for name in sorted(wanted)}
    return [name for name, there in found.items() if there and there not in (_hash(wanted[name]), *known.get(name, ()))]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; nothing where there is none."""
    try:
        return _hash(path.read_bytes())
    except OSError:
        return ""


def _remember(folder: Path, name: str, data: bytes) -> None:
    """Say what was written, at once: a run that is cut short leaves no file that looks edited."""
    known = {**_remembered(folder), name: _hash(data)}
    write(folder / NAME, f"{json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode())


def _remembered(folder: Path) -> dict[str, str]:
    """Return the hash of each form that was written; nothing where that cannot be read."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
        return {str(name): str(digest) for name, digest in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
