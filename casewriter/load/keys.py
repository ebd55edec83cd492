"""The keys of the format: which model is at a path, and where else a key is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from casewriter.model.case import Case
from casewriter.problem import Path

_DEEPEST = 5


def keys(model: type[BaseModel] | None) -> list[str]:
    """Return the keys of a model as the file spells them."""
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def model_at(path: Path) -> type[BaseModel] | None:
    """Return the model at a path of the case, or None."""
    kind: Any = Case
    for part in path:
        field = None
        for model in _models_in(kind):
            names = {f.alias or n: f for n, f in model.model_fields.items()}
            field = names.get(part) if isinstance(part, str) else None
            if field is not None:
                break
        kind = field.annotation if field is not None else kind
    found = list(_models_in(kind))
    return found[-1] if found else None


@cache
def places_by_key() -> dict[str, tuple[str, ...]]:
    """Return every key of the format with the paths of the mappings that allow it, shortest first; "" is the top."""
    found: dict[str, dict[str, None]] = {}
    for path, key in sorted(_walk(Case, (), (Case,)), key=lambda one: len(one[0])):
        found.setdefault(key, {})[".".join(path)] = None
    return {key: tuple(paths) for key, paths in found.items()}


def _walk(
    model: type[BaseModel], path: tuple[str, ...], above: tuple[type, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield path, key
        inner = path if key == "items" else (*path, key)  # a list that is written as itself
        for one in _models_in(field.annotation):
            if one not in above and len(path) < _DEEPEST:
                yield from _walk(one, inner, (*above, one))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        arguments = arguments[:1]
    for argument in arguments:
        yield from _models_in(argument)
