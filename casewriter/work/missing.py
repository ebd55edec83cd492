"""What to do about a file that a case names and that was not found: the name to write, if one can be found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from casewriter.problem import Path as Place
from casewriter.problem import Problem, nearest
from casewriter.source import Source

_CODES = ("FIG002", "REF003")
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", "\0": "0"}
"""What YAML makes of a backslash and a letter in double quotes (YAML 1.2, 5.7), as in `"figures\\new.png"`."""
_INSIDE = "copy the file into the case folder, and write its path from there, such as figures/ct.png"
_MOST = 2000
"""Entries of a folder that are compared."""


def with_names(problems: Iterable[Problem], source: Source, folder: Path) -> tuple[Problem, ...]:
    """Return problems, those of missing files with a hint that looks at the name and the folder of the case."""
    return tuple(_named(one, source, folder) if one.code in _CODES else one for one in problems)


def _named(problem: Problem, source: Source, folder: Path) -> Problem:
    name = _at(source.data, problem.path)
    hint = advice(name, folder) if name and problem.path[-1:] == ("file",) else None
    return replace(problem, hint=hint) if hint else problem


def _at(data: Any, path: Place) -> str | None:
    """Return the text at a path of the file; where a mapping is written as its text alone, that text."""
    for part in path:
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_list or (isinstance(data, dict) and part in data):
            data = data[part]
    return data if isinstance(data, str) else None


def advice(name: str, folder: Path) -> str | None:
    """Return what to write instead of a name under which no file was found, or None."""
    straight = "".join(f"/{_ESCAPES[sign]}" if sign in _ESCAPES else sign for sign in name).replace("\\", "/")
    absolute = straight.startswith(("/", "~")) or ":" in straight.split("/", maxsplit=1)[0]
    if absolute or ".." in PurePosixPath(straight).parts:
        return _INSIDE
    if straight != name:
        return f"write / instead of \\: {straight}"
    target = folder / straight
    if target.is_dir():
        return f"{straight} is a folder: name a file in it"
    return _near(PurePosixPath(straight), folder)


def _near(name: PurePosixPath, folder: Path) -> str | None:
    """Return the hint that names a file with a similar name in the same folder, or with the same name in another."""
    own = folder / name.parent
    for place in (own, *(path for path in _entries(folder) if path.is_dir()), folder):
        names = [path.name for path in _entries(place) if path.is_file() and not path.name.startswith(".")]
        found = nearest(name.name, names) if place == own else next((one for one in names if one == name.name), None)
        if found and place.resolve().is_relative_to(folder.resolve()):
            return f'did you mean "{(place / found).relative_to(folder).as_posix()}"?'
    if not own.is_dir():
        return f"there is no {name.parent}/ folder next to the case file"
    return None


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())[:_MOST]
    except OSError:
        return []
