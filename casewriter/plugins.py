"""What installed packages add: the only module that reads entry points."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct

from casewriter.problem import Kind, Level, Problem

BROKEN = Kind(
    "PLUG001",
    "plugin-broken",
    Level.ERROR,
    """An installed plugin could not be loaded or failed while running.

The rest of the program continues without it; the case is not changed. The message names the plugin and the error.
Remedy: update or uninstall the package that provides it.""",
)

KINDS = (BROKEN,)
GROUPS = ("rules", "exporters", "templates", "profiles", "guidelines")
"""What a package may bring, each under the entry point ``casewriter.GROUP``."""


class Point(Struct, frozen=True):
    """A line of a package's `entry_points.txt`: a name, and the object ``module:attribute`` that it stands for."""

    group: str
    name: str
    value: str
    package: Path

    def load(self) -> Any:
        """Return the object. Raises whatever importing it raises."""
        module, _, attributes = self.value.partition("[")[0].strip().partition(":")
        found: Any = import_module(module.strip())
        return attrgetter(attributes.strip())(found) if attributes else found


@cache
def _every() -> tuple[Point, ...]:
    """Return the entry points of ``casewriter.…`` of all installed packages.

    The files are read here, in the form that the packaging specifications call "Entry points": `importlib.metadata`
    takes longer to load than all packages take to look through, and every start would wait for it.
    """
    packages: dict[str, Path] = {}
    for folder in sys.path:
        for facts in _facts(Path(folder or ".")):
            packages.setdefault(facts.name.partition("-")[0].lower().replace(".", "_"), facts)
    return tuple(point for facts in packages.values() for point in _written(facts))


def _facts(folder: Path) -> Iterator[Path]:
    """Yield the folders in which packages of an import folder say what they are."""
    try:
        yield from sorted(path for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info"))
    except OSError:
        return


def _written(facts: Path) -> Iterator[Point]:
    try:
        text = (facts / "entry_points.txt").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    group = ""
    for line in map(str.strip, text.splitlines() if "[casewriter." in text else ()):
        if line.startswith("["):
            group = line.strip("[] ")
        elif group.startswith("casewriter.") and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield Point(group, name.strip(), value.strip(), facts)


@cache
def _points(group: str) -> tuple[Point, ...]:
    return tuple(sorted((p for p in _every() if p.group == f"casewriter.{group}"), key=lambda point: point.name))


def names(group: str) -> tuple[str, ...]:
    """Return the names of the entry points of ``casewriter.<group>``; none is imported."""
    return tuple(dict.fromkeys(point.name for point in _points(group)))


def packages() -> tuple[str, ...]:
    """Return name and version of every package that adds something, sorted."""
    return tuple(sorted({_release(point.package) for group in GROUPS for point in _points(group)}))


def _release(facts: Path) -> str:
    """Return name and version of a package: two of the first lines of its metadata."""
    file = next((path for path in (facts / "METADATA", facts / "PKG-INFO") if path.is_file()), None)
    lines = file.read_text("utf-8", "replace").splitlines() if file else []
    said = dict(line.split(": ", 1) for line in lines[:20] if ": " in line)
    return f"{said.get('Name', facts.stem)} {said.get('Version', '')}".strip()


def ours(group: str) -> frozenset[str]:
    """Return the names that are built in: no package replaces them."""
    return frozenset(point.name for point in _points(group) if _is_ours(point))


def _is_ours(point: Point) -> bool:
    return point.value.startswith("casewriter.")


@cache
def load(group: str) -> tuple[tuple[str, Any], ...]:
    """Return (name, object) of each entry point of ``casewriter.<group>``; a Problem stands for one that fails."""
    return tuple((point.name, _loaded(point, group)) for point in _points(group))


@cache
def load_one(group: str, name: str) -> Any:
    """Return the object of one entry point of ``casewriter.<group>``, ours first; a Problem where it fails."""
    points = [point for point in _points(group) if point.name == name]
    return _loaded(next(filter(_is_ours, points), points[0]), group)


def _loaded(point: Point, group: str) -> Any:
    try:
        return point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises becomes a problem about that plugin
        return broken(f"{group} plugin “{point.name}”", error)


def broken(what: str, error: BaseException) -> Problem:
    """Return the problem that says which plugin failed and how."""
    return Problem(BROKEN, f"{what} failed: {type(error).__name__}: {error}")
