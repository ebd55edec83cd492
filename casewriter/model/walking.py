"""Every part of a model with its path, in the order of the format's keys."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel

from casewriter.problem import Path


def walk(root: BaseModel) -> tuple[tuple[Path, Any], ...]:
    """Return (path, part) of every model and every text below `root`, outer before inner."""
    found: list[tuple[Path, Any]] = []
    stack: list[tuple[Path, Any]] = _inside((), root)
    while stack:
        entry = stack.pop()
        path, part = entry
        if isinstance(part, str):
            found.append(entry)
            continue
        if isinstance(part, BaseModel):
            found.append(entry)
        elif not isinstance(part, tuple | dict):
            continue
        stack.extend(_inside(path, part))
    return tuple(found)


@cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return each field of a model with its key in the file, the last first."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())[::-1]


def _inside(path: Path, part: Any) -> list[tuple[Path, Any]]:
    """Return what a part holds, the last first; a key that says nothing holds nothing."""
    if isinstance(part, BaseModel):
        values = part.__dict__
        return [((*path, key), v) for name, key in _keys(type(part)) if (v := values[name]) is not None]
    if isinstance(part, tuple):
        return [((*path, number), part[number]) for number in range(len(part) - 1, -1, -1)]
    return [((*path, key), value) for key, value in reversed(part.items())]


def has(part: BaseModel, *keys: str) -> bool:
    """Return whether a part has one of some keys, filled or not; quicker than asking for what is not there."""
    return knows(type(part), *keys)


@cache
def knows(model: type[BaseModel], *keys: str) -> bool:
    """Return whether a model has one of some keys, as a field or a property."""
    return any(key in model.model_fields or hasattr(model, key) for key in keys)
