"""Every part of a model with its path, in the order of the format's keys."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from casewriter.problem import Path


def walk(root: BaseModel) -> tuple[tuple[Path, Any], ...]:
    """Return (path, part) of every model and every text below `root`, outer before inner."""
    found: list[tuple[Path, Any]] = []
    stack: list[tuple[Path, Any]] = list(reversed(_inside((), root)))
    while stack:
        path, part = stack.pop()
        if isinstance(part, BaseModel | str):
            found.append((path, part))
        stack.extend(reversed(_inside(path, part)))
    return tuple(found)


def _inside(path: Path, part: Any) -> list[tuple[Path, Any]]:
    if isinstance(part, BaseModel):
        values = part.__dict__
        fields = type(part).model_fields.items()
        return [((*path, f.alias or name), v) for name, f in fields if (v := values[name]) is not None and v != ()]
    if isinstance(part, tuple):
        return [((*path, number), value) for number, value in enumerate(part)]
    if isinstance(part, dict):
        return [((*path, key), value) for key, value in part.items()]
    return []
