"""The case as the manuscript shows it: an item counts as reported only where a reader can find it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from pydantic import BaseModel

from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import Path


def shown(case: Case, hidden: Iterable[Path]) -> Case:
    """Return a case without the parts that the manuscript tells nowhere; of a list, only where all of it is hidden."""
    paths = frozenset(hidden)
    return cast("Case", _without(case, paths)) if paths else case


def _without(part: Any, hidden: frozenset[Path]) -> Any:
    if () in hidden:
        return () if isinstance(part, tuple) else None
    if isinstance(part, tuple):
        return () if {path[0] for path in hidden if len(path) == 1} >= set(range(len(part))) else part
    if not isinstance(part, BaseModel):
        return part
    kept = {name: _child(getattr(part, name), name, hidden) for name in type(part).model_fields}
    left = type(part).model_construct(**kept)
    return None if isinstance(left, Listing) and not left.answered else left


def _child(value: Any, name: str, hidden: frozenset[Path]) -> Any:
    inner = frozenset(path[1:] for path in hidden if path[0] == name.rstrip("_"))
    return _without(value, inner) if inner else value
