"""`{{ labs.calcium at 3 d }}`: a look-up of one datum of the case, never an expression."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from casewriter.article import quantities, times
from casewriter.article.extreme import NotCertain, extreme
from casewriter.article.tell import Telling
from casewriter.model.base import AuthorText
from casewriter.model.duration import Age, Duration
from casewriter.model.laboratory import Laboratory, Result
from casewriter.model.quantity import Point, Quantity
from casewriter.model.records import slug
from casewriter.model.time import When, parse_when
from casewriter.model.value import Value
from casewriter.model.verdict import typed_unit
from casewriter.problem import did_you_mean

_RECORD_KEYS = ("results", "studies", "specimens", "cultures", "variants", "events", "findings", "items")
SELECTORS = ("first", "last", "min", "max")


class NoSuchValue(Exception):
    """The path leads nowhere; `hint` names the nearest."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.hint = hint
        super().__init__(message)


def look_up(path: str, at: str | None, telling: Telling) -> str:
    """Return the printed datum at a path such as ``labs.calcium.last``. Raises NoSuchValue."""
    steps = path.split(".")
    part: Any = telling.case
    for place, step in enumerate(steps):
        if isinstance(part, list | Quantity) and step in SELECTORS:
            return _select(_quantities(part), step, at, telling, path)
        part = _child(part, step, ".".join(steps[:place]))
    if isinstance(part, list | Quantity):
        return _select(_quantities(part), None, at, telling, path)
    return _printed(part, path, telling)


def _quantities(part: Any) -> list[Quantity]:
    return part if isinstance(part, list) else [part]


def _child(part: Any, step: str, where: str) -> Any:
    known = _children(part)
    if step not in known or known[step] is None:
        place = f" in “{where}”" if where else ""
        raise NoSuchValue(f"the case has no “{step}”{place}", did_you_mean(step, [k for k in known if k and k != step]))
    return known[step]


def _children(part: Any) -> dict[str, Any]:
    """Return what a step of a path may name: keys, and records by their id or label."""
    if isinstance(part, dict):
        return part
    if isinstance(part, tuple):
        return {_name(entry): entry for entry in reversed(part)}
    if not isinstance(part, BaseModel):
        return {}
    known = {field.alias or name: getattr(part, name) for name, field in type(part).model_fields.items()}
    for name in _RECORD_KEYS:
        for entry in getattr(part, name, None) or ():
            known.setdefault(_name(entry), entry)
    if isinstance(part, Laboratory):
        tests: dict[str, Any] = {}
        for _, row in part.rows():
            tests.setdefault(_name(row), []).append(row)
        known |= tests
    return known


def _name(entry: Any) -> str:
    title = getattr(entry, "title", None)
    return getattr(entry, "id", None) or (slug(title() or "") if callable(title) else "")


def _select(rows: list[Quantity], selector: str | None, at: str | None, telling: Telling, path: str) -> str:
    pairs = [(row, point) for row in rows for point in row.points() if point.value is not None]
    if at is not None:
        pairs = _at(pairs, at, telling)
        if not pairs:
            raise NoSuchValue(f"“{path}” has no value at {at}")
    if not pairs:
        raise NoSuchValue(f"“{path}” has no value")
    pairs = sorted(pairs, key=lambda pair: _day(pair, telling))
    match selector:
        case "first":
            pairs = pairs[:1]
        case "last":
            pairs = pairs[-1:]
        case "min" | "max":
            try:
                pairs = [extreme(pairs, highest=selector == "max")]
            except NotCertain as unsure:
                raise NoSuchValue(f"“{path}” {unsure}") from None
    return _series(pairs, telling)


def _series(pairs: list[tuple[Quantity, Point]], telling: Telling) -> str:
    """Return values in order; the unit stands once, behind the last that takes it, where all share it."""
    values = [(row.unit, point.value) for row, point in pairs if point.value is not None]
    takers = [n for n, (unit, value) in enumerate(values) if unit and quantities.takes_unit(value, unit)]
    apart = len({unit for unit, _ in values}) > 1 or any(typed_unit(value, unit) for unit, value in values)
    shown = (unit if apart or takers[-1:] == [n] else None for n, (unit, _) in enumerate(values))
    texts = (
        quantities.with_unit(value, unit, telling.words, telling.language)
        for (_, value), unit in zip(values, shown, strict=True)
    )
    return ", ".join(texts)


def _day(pair: tuple[Quantity, Point], telling: Telling) -> float:
    days = telling.chronology.days(pair[1].at)
    return float("inf") if days is None else days


def _at(pairs: list[tuple[Quantity, Point]], at: str, telling: Telling) -> list[tuple[Quantity, Point]]:
    try:
        wanted = telling.chronology.days(parse_when(at))
    except ValueError:
        wanted = None
    same = []
    for row, point in pairs:
        label = point.at.label or point.at.written if point.at else ""
        days = telling.chronology.days(point.at)
        if label == at or (wanted is not None and days is not None and abs(days - wanted) < 1e-6):
            same.append((row, point))
    return same


def _printed(part: Any, path: str, telling: Telling) -> str:
    match part:
        case bool():
            return telling.words["yes" if part else "no"]
        case str():
            return part
        case int():
            return str(part)
        case Age():
            return times.age(part, telling.words)
        case Duration():
            return _spoken(times.duration(part, telling.speech), own=bool(part.words))
        case When():
            return _spoken(times.when(part, telling.speech), own=part.label is not None or bool(part.anchor))
        case Value():
            return quantities.value(part, telling.words, telling.language)
        case Result() | Quantity():
            return quantities.measured(part, telling.words, telling.language)
        case _:
            raise NoSuchValue(f"“{path}” is not a single value", "name one of its keys")


def _spoken(text: str, *, own: bool) -> str:
    """Return a time as printed; where it holds the author's own words, their marks are still to be read."""
    return AuthorText(text) if own else text
