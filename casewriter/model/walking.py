"""Every part of a model with its path, in the order of the format's keys."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel

from casewriter.problem import Path


def walk(root: BaseModel) -> tuple[tuple[Path, Any], ...]:
    """Return (path, part) of every model and every text below `root`, outer before inner."""
    found: list[tuple[Path, Any]] = []
    stack: list[tuple[Path, Any]] = _inside((), root)[::-1]
    while stack:
        entry = stack.pop()
        path, part = entry
        if isinstance(part, str):
            found.append(entry)
            continue
        if isinstance(part, BaseModel):
            found.append(entry)
        stack.extend(_inside(path, part)[::-1])
    return tuple(found)


@cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return each field of a model with its key in the file."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


def _inside(path: Path, part: Any) -> list[tuple[Path, Any]]:
    if isinstance(part, BaseModel):
        values = part.__dict__
        return [((*path, key), v) for name, key in _keys(type(part)) if (v := values[name]) is not None and v != ()]
    if isinstance(part, tuple):
        return [((*path, number), value) for number, value in enumerate(part)]
    if isinstance(part, dict):
        return [((*path, key), value) for key, value in part.items()]
    return []
