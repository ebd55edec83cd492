"""What installed packages add: the only module that reads entry points."""

from __future__ import annotations

from functools import cache
from typing import Any

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


@cache
def _points(group: str) -> tuple[Any, ...]:
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=f"casewriter.{group}"), key=lambda point: point.name))


def names(group: str) -> tuple[str, ...]:
    """Return the names of the entry points of ``casewriter.<group>``; none is imported."""
    return tuple(dict.fromkeys(point.name for point in _points(group)))


def packages() -> tuple[str, ...]:
    """Return name and version of every package that adds something, sorted."""
    points = (point for group in GROUPS for point in _points(group))
    return tuple(sorted({f"{point.dist.name} {point.dist.version}" for point in points if point.dist}))


def ours(group: str) -> frozenset[str]:
    """Return the names that are built in: no package replaces them."""
    return frozenset(point.name for point in _points(group) if _is_ours(point))


def _is_ours(point: Any) -> bool:
    return str(point.value).startswith("casewriter.")


@cache
def load(group: str) -> tuple[tuple[str, Any], ...]:
    """Return (name, object) of each entry point of ``casewriter.<group>``; a Problem stands for one that fails."""
    return tuple((point.name, _loaded(point, group)) for point in _points(group))


@cache
def load_one(group: str, name: str) -> Any:
    """Return the object of one entry point of ``casewriter.<group>``, ours first; a Problem where it fails."""
    points = [point for point in _points(group) if point.name == name]
    return _loaded(next(filter(_is_ours, points), points[0]), group)


def _loaded(point: Any, group: str) -> Any:
    try:
        return point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin raises becomes a problem about that plugin
        return broken(f"{group} plugin “{point.name}”", error)


def broken(what: str, error: BaseException) -> Problem:
    """Return the problem that says which plugin failed and how."""
    return Problem(BROKEN, f"{what} failed: {type(error).__name__}: {error}")
