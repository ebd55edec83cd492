"""What a look-up such as ``labs.calcium.last`` or ``diltiazem`` leads to: parts of the case with their paths."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from casewriter.model.case import Case
from casewriter.model.chronology import record_at
from casewriter.model.laboratory import Laboratory, Result
from casewriter.model.naming import slug
from casewriter.model.observation import Examination, History, Observation
from casewriter.model.parts import PARTS
from casewriter.model.quantity import Quantity
from casewriter.model.records import known_ids
from casewriter.problem import Path, did_you_mean

Place = tuple[Path, Any]
SELECTORS = ("first", "last", "min", "max")
_RECORD_KEYS = ("results", "studies", "specimens", "cultures", "variants", "events", "findings", "items", "searches")


class NoSuchValue(Exception):
    """The path leads nowhere; `hint` names the nearest."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.hint = hint
        super().__init__(message)


Known = dict[Path, dict[str, list[Place]]]
"""What a step from each place of one case may name: filled as look-ups ask."""


def reach(path: str, case: Case, known: Known) -> tuple[list[Place], str | None]:
    """Return what a path leads to, and the selector at its end; several tests may share a name.

    `known` is what look-ups of the same case have found before. Raises NoSuchValue.
    """
    steps = path.split(".")
    found: list[Place] = [((), case)]
    for number, step in enumerate(steps):
        if step in SELECTORS and number and all(isinstance(part, Quantity) for _, part in found):
            return found, step
        found = _step(found[0], step, ".".join(steps[:number]), case, known)
    return found, None


def _step(place: Place, step: str, where: str, case: Case, inside: Known) -> list[Place]:
    if place[0] not in inside:
        inside[place[0]] = _inside(place)
    known = inside[place[0]]
    if step in known:
        return known[step]
    if not where and (named := _named(step, case)):
        return [named]
    beside = f" in “{where}”" if where else ""
    names = [*_keys(place[1]), *known, *(() if where else (*known_ids(case), *_ALIASES))]
    raise NoSuchValue(f"the case has no “{step}”{beside}", did_you_mean(step, [n for n in names if n and n != step]))


def _inside(place: Place) -> dict[str, list[Place]]:
    """Return what a step from a place may name: keys, and records by their id or label."""
    path, part = place
    if isinstance(part, dict):
        return {key: [((*path, key), value)] for key, value in part.items() if value is not None}
    if isinstance(part, tuple):
        return {_name(entry): [((*path, n), entry)] for n, entry in reversed(list(enumerate(part)))}
    if not isinstance(part, BaseModel) or isinstance(part, Result):
        return {}  # of a laboratory result, its measurements alone are chosen: by time, or by a selector
    known: dict[str, list[Place]] = {}
    for name, field in type(part).model_fields.items():
        key, value = field.alias or name, getattr(part, name)
        if value is not None:
            known[key] = [((*path, key), value)]
    for name in _RECORD_KEYS:
        for number, entry in enumerate(getattr(part, name, None) or ()):
            known.setdefault(_name(entry), [((*path, name, number), entry)])
    return known | (_tests(path, part) if isinstance(part, Laboratory) else {})


def _keys(part: Any) -> list[str]:
    """Return the keys that a part of a case may have: a misspelt one is named even where the case lacks it."""
    model = isinstance(part, BaseModel) and not isinstance(part, Result)
    return [field.alias or name for name, field in type(part).model_fields.items()] if model else []


def _tests(path: Path, laboratory: Laboratory) -> dict[str, list[Place]]:
    tests: dict[str, list[Place]] = {}
    for where, row in laboratory.rows():
        tests.setdefault(_name(row), []).append(((*path, *where), row))
    return tests


def _name(entry: Any) -> str:
    title = getattr(entry, "title", None)
    return getattr(entry, "id", None) or (slug(title() or "") if callable(title) else "")


def _aliases() -> dict[str, Path]:
    """Return the places with a name of their own: parts as profiles name them, lists of history and examination."""
    found: dict[str, Path] = {}
    roots: tuple[tuple[Path, type[BaseModel]], ...] = (
        (("observation",), Observation),
        (("observation", "history"), History),
        (("observation", "examination"), Examination),
    )
    for path, model in roots:
        found |= {key: (*path, key) for key in model.model_fields if key != "narrative"}
    return found | {part.name: part.path for part in PARTS if len(part.path) > 1 and "." not in part.name}


_ALIASES = {name: path for name, path in _aliases().items() if not name.endswith("_narrative")}


def _named(step: str, case: Case) -> Place | None:
    """Return the record with an id, else the place with a name; None where there is neither."""
    path = known_ids(case).get(step)
    if path is not None:
        return path, _whole(path, case)
    path = _ALIASES.get(step)
    part = _at(case, path) if path else None
    return None if path is None or part is None or part == () else (path, part)


def value_place(path: Path, number: int, row: Quantity, case: Case) -> Path:
    """Return where a measurement of a quantity is written, by its number among those of the quantity."""
    if path[0] == "labs" and case.labs is not None:
        return ("labs", *case.labs.value_place(path[1:], number))
    return (*path, "series", number) if row.series else (*path, "value")


def _whole(path: Path, case: Case) -> Any:
    """Return a record; a laboratory result with what its group or grid says of it."""
    if path[0] == "labs" and case.labs is not None:
        return case.labs.row_at(path[1:]) or record_at(case, path)
    return record_at(case, path)


def _at(case: Case, path: Path) -> Any:
    part: Any = case
    for step in path:
        part = getattr(part, str(step), None)
    return part
