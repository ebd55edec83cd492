"""A case with its texts changed: every model and every record is built anew where a text in it is another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from casewriter.model.base import AuthorText
from casewriter.problem import Path

Change = Callable[[str, Path], str]
"""Returns a text as it shall be; the path says where it is."""

NAMES = frozenset(
    "id file figure language profile guideline type loinc codes unit flag treats excluded_by panel format nocite lint "
    "print kind anchor relation shows_person width affiliations roles ror".split()
)
"""Keys whose texts are names inside the program: another text would lead nowhere."""


def changed(part: Any, path: Path, change: Change) -> Any:
    """Return a part of a case with its texts changed; the same object where none is."""
    match part:
        case str():
            new = change(part, path)
            return part if new == part else type(part)(new)
        case BaseModel():
            return _model(part, path, change)
        case tuple():
            new_items = tuple(changed(one, (*path, number), change) for number, one in enumerate(part))
            return part if all(a is b for a, b in zip(part, new_items, strict=True)) else new_items
        case dict():
            new_values = {key: changed(one, (*path, key), change) for key, one in part.items()}
            return part if all(part[key] is new_values[key] for key in part) else new_values
        case Struct():
            return _record(part, path, change)
        case _:
            return part


def key_of(path: Path) -> str:
    """Return the key of the file that a text is at, without its place in a list."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def is_name(part: str, path: Path) -> bool:
    """Return whether a text is a name inside the program."""
    named = key_of(path) in NAMES or (path[0] == "prior_cases" and key_of(path) == "reference")
    return not isinstance(part, AuthorText) and named


def _model(part: BaseModel, path: Path, change: Change) -> Any:
    """Return a model with its texts changed. What it has worked out of itself is left behind."""
    new: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        made = changed(value, (*path, field.alias or name), change)
        if made is not value:
            new[name] = made
    return updated(part, new) if new else part


def updated(part: BaseModel, new: dict[str, Any]) -> Any:
    """Return a model with other values. pydantic copies what is cached in it too, which is that of the old one."""
    copy = part.model_copy(update=new)
    for name in set(copy.__dict__) - set(type(part).model_fields):
        del copy.__dict__[name]
    return copy


def _record(part: Struct, path: Path, change: Change) -> Struct:
    """Return a time, length or value with its words changed; they are where the whole is."""
    new: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        made = value if name in NAMES else changed(value, path, change)
        if made is not value:
            new[name] = made
    return replace(part, **new) if new else part
