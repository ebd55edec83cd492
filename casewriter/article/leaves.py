"""The data of a record, one by one with their places: what a list would print of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from casewriter.article.reach import value_place
from casewriter.model.case import Case
from casewriter.model.investigation import Susceptibility
from casewriter.model.laboratory import Result
from casewriter.model.quantity import Quantity
from casewriter.model.treatment import Intervention
from casewriter.problem import Path

Leaf = tuple[Path, Any]
"""A datum with its place; of a measurement the point and the unit of its quantity."""

_SILENT = frozenset(
    "id short timeline codes loinc figure treats excluded_by panel kind minor flag unit reported_at".split()
)
"""Keys that a list prints nothing of, or that say nothing by themselves: a unit stands with its value."""
_SILENT_VALUES = {"status": ("given",)}
_MEASURED = ("value", "series", "values")


def leaves(path: Path, part: Any, case: Case) -> Iterator[Leaf]:
    """Yield the data of a record with their places."""
    measured = isinstance(part, Quantity) and bool(part.points())
    if isinstance(part, Quantity):
        for number, point in enumerate(part.points()):
            if point.value is not None:
                yield value_place(path, number, part, case), (point, part.unit)
    for where, value in inside(path, part):
        if not (measured and where[-1] in _MEASURED):
            yield from _below(where, value, case)


def _below(where: Path, value: Any, case: Case) -> Iterator[Leaf]:
    match value:
        case BaseModel():
            yield from leaves(where, value, case)
        case tuple():
            for number, item in enumerate(value):
                yield from _below((*where, number), item, case)
        case dict():
            yield from _entries(where, value)
        case _:
            yield where, value


def _entries(where: Path, entries: dict[str, Any]) -> Iterator[Leaf]:
    """Yield the entries of a mapping: the susceptibility to a drug is said with the drug."""
    for name, entry in entries.items():
        if isinstance(entry, Susceptibility):
            yield (*where, name), f"{name} {entry.value or ''}"
            yield from (((*where, name, key), value) for key in ("mic", "zone") if (value := getattr(entry, key)))
        else:
            yield (*where, name), entry


def inside(path: Path, part: Any) -> Iterator[Leaf]:
    """Yield what the keys of a part hold that a list would print."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if name in _SILENT or value is None or value in _SILENT_VALUES.get(name, ()):
            continue
        if isinstance(value, tuple | dict) and not value:
            continue
        if isinstance(part, Intervention) and name in ("study", "specimen"):
            continue
        if isinstance(part, Result) and name in ("specimen", "method"):
            continue
        yield (*path, field.alias or name), value
