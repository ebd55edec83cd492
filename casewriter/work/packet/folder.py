"""Putting a packet into its folder: what the author has changed or added there is never replaced or removed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from casewriter.problem import CannotRun
from casewriter.project import shown
from casewriter.work.edited import digest, edited
from casewriter.work.packet.manifest import NAME, hashes
from casewriter.work.packet.piece import Piece
from casewriter.work.write import write

_COMING = f".{NAME}.coming"
"""The manifest of a packet that is being written: what a run that was killed has left is known by it."""


def place(folder: Path, pieces: list[Piece], manifest: bytes, *, force: bool) -> None:
    """Write a packet, each file whole and the manifest last; files of the last packet that are not made anew go.

    Raises CannotRun before anything is written where a file would be replaced or removed that is not as it was
    written, unless forced.
    """
    known = _known(folder)
    wanted = {piece.name: piece.data for piece in pieces}
    _refuse_elsewhere(folder, wanted)
    if not force:
        _refuse_edited(folder, known, wanted)
    write(folder / _COMING, manifest)
    for name, data in wanted.items():
        write(folder / name, data)
    for name in known.keys() - wanted.keys():
        if force or digest(folder / name) in known[name]:
            _remove(folder, name)
    write(folder / NAME, manifest)
    (folder / _COMING).unlink(missing_ok=True)


def others(folder: Path, pieces: list[Piece]) -> list[str]:
    """Return the files in the folder that are not of the packet: the author's own, and those that were kept."""
    ours = {NAME, *(piece.name for piece in pieces)}
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name not in ours and not PurePosixPath(name).name.startswith("."))


def _known(folder: Path) -> dict[str, set[str]]:
    """Return the hashes that each file of the last packet may have, of one whose writing was cut short too."""
    known: dict[str, set[str]] = {}
    for name in (NAME, _COMING):
        with suppress(OSError):
            for file, written in hashes((folder / name).read_bytes()).items():
                if _is_inside(file):
                    known.setdefault(file, set()).add(written)
    return known


def _is_inside(name: str) -> bool:
    """Return whether a name of a manifest, which anybody may have edited, stays in the folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _refuse_elsewhere(folder: Path, wanted: Iterable[str]) -> None:
    """Raise CannotRun where a link in the folder would lead a file out of it."""
    home = folder.resolve()
    for name in wanted:
        if not (folder / name).resolve().is_relative_to(home):
            raise CannotRun(f"{shown(folder / name)} leads out of the folder of the packet; remove the link")


def _refuse_edited(folder: Path, known: dict[str, set[str]], wanted: dict[str, bytes]) -> None:
    if changed := edited(folder, wanted, known):
        *first, last = changed
        files, it = (f"{', '.join(first)} and {last} are", "them") if first else (f"{last} is", "it")
        why = f"not as casewriter wrote {it}; move {it} elsewhere, or use --force to replace {it}"
        raise CannotRun(f"{shown(folder)}: nothing was written: {files} {why}")


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    with suppress(OSError):
        path.unlink()
        for parent in path.parents:
            if parent == folder:
                break
            parent.rmdir()  # only where nothing else is in it
