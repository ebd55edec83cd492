"""Paths of a guideline's data, such as ``treatment.interventions[].dose`` -> what is there in a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import Path

Place = tuple[Path, Any]


def places(case: Case, path: str) -> Iterator[Place]:
    """Yield (path, value) of what is at a path; the value is None where a step is missing."""
    found: list[Place] = [((), case)]
    for step in path.split("."):
        name, each = step.removesuffix("[]"), step.endswith("[]")
        found = [((*where, name), child(part, name)) for where, part in found]
        if each:
            found = [inner for where, part in found for inner in elements(where, part)]
    yield from found


def values(case: Case, path: str) -> Iterator[Any]:
    """Yield what is at a path."""
    for _, value in places(case, path):
        yield value


def child(part: Any, name: str) -> Any:
    """Return a key of a model or mapping, or None."""
    if isinstance(part, dict):
        return part.get(name)
    return getattr(part, f"{name}_" if name == "for" else name, None)


def elements(where: Path, part: Any) -> list[Place]:
    """Return the elements of a list, listing or mapping with their paths."""
    if isinstance(part, Listing):
        return [((*where, "items", number), item) for number, item in enumerate(part.items)]
    if isinstance(part, dict):
        return [((*where, key), value) for key, value in part.items()]
    return [((*where, number), item) for number, item in enumerate(part)] if isinstance(part, tuple) else []


def filled(value: Any) -> bool:
    """Return whether a value says something: text that is not blank, a list with items, a mapping with a filled key."""
    match value:
        case None | False:
            return False
        case str():
            return bool(value.strip())
        case Listing():
            return value.answered
        case tuple() | dict():
            parts = value.values() if isinstance(value, dict) else value
            return any(filled(part) for part in parts)
        case BaseModel():
            return any(filled(getattr(value, name)) for name in type(value).model_fields)
        case _:
            return True


def texts(value: Any) -> Iterator[str]:
    """Yield every text below a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))


def applies(case: Case, condition: dict[str, str]) -> bool:
    """Return whether a case meets a condition {path: word|word}; ``-`` is nothing written, ``!-`` anything."""
    return all(any(_is(value, words) for value in values(case, path)) for path, words in condition.items())


def meets(item: Any, condition: dict[str, str]) -> bool:
    """Return whether an element meets a condition {key: word|word}, as `applies` reads it."""
    return all(_is(child(item, key), words) for key, words in condition.items())


def _is(value: Any, words: str) -> bool:
    word = _word(value)
    return word != "-" if words == "!-" else word in words.split("|")


def _word(value: Any) -> str:
    if value is None or value == () or (isinstance(value, str) and not value.strip()):
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
