"""`{{ labs.calcium at 3 d }}`, `{{ diltiazem }}`: a look-up of what the case holds, never an expression."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from casewriter.article import person, quantities, times
from casewriter.article.extreme import NotCertain, extreme
from casewriter.article.reach import NoSuchValue, Place, reach, value_place
from casewriter.article.tell import Telling
from casewriter.model.base import AuthorText
from casewriter.model.duration import Age, Duration
from casewriter.model.quantity import Point, Quantity
from casewriter.model.time import When, parse_when
from casewriter.model.value import Value
from casewriter.model.verdict import typed_unit
from casewriter.problem import Path


class Found(Struct, frozen=True):
    """What a look-up prints, or the record whose phrase is printed; `used` are the places of the data in it."""

    text: str
    used: tuple[Path, ...]
    record: Place | None = None


class _Measured(Struct, frozen=True):
    """One measurement with the quantity that it belongs to, and its place."""

    row: Quantity
    point: Point
    place: Path


def look_up(path: str, at: str | None, telling: Telling) -> Found:
    """Return what a path such as ``labs.calcium.last`` or ``diltiazem`` leads to. Raises NoSuchValue."""
    parts, selector = reach(path, telling.case, telling.reached)
    where, part = parts[0]
    if isinstance(part, Quantity) and ("." in path or at is not None):
        chosen = _select(_measured(parts, telling), selector, at, telling, path)
        return Found(_series(chosen, telling), tuple(one.place for one in chosen))
    if at is not None:
        raise NoSuchValue(f"“{path}” is not measured at times", "leave “at” out")
    if isinstance(part, str) and where[-1] == "sex":
        part = person.sex(part, telling.words, telling.language)
    text = _printed(part, telling)
    return Found(text, (where,)) if text is not None else Found("", (), (where, part))


def _measured(parts: list[Place], telling: Telling) -> list[_Measured]:
    found = []
    for path, row in parts:
        for number, point in enumerate(row.points()):
            if point.value is not None:
                found.append(_Measured(row, point, value_place(path, number, row, telling.case)))
    return found


def _select(
    found: list[_Measured], selector: str | None, at: str | None, telling: Telling, path: str
) -> list[_Measured]:
    if at is not None:
        found = _at(found, at, telling)
        if not found:
            raise NoSuchValue(f"“{path}” has no value at {at}")
    if not found:
        raise NoSuchValue(f"“{path}” has no value")
    found = sorted(found, key=lambda one: _day(one, telling))
    match selector:
        case "first":
            return found[:1]
        case "last":
            return found[-1:]
        case "min" | "max":
            return [_extreme(found, path, highest=selector == "max")]
    return found


def _extreme(found: list[_Measured], path: str, *, highest: bool) -> _Measured:
    try:
        pair = extreme([(one.row, one.point) for one in found], highest=highest)
    except NotCertain as unsure:
        raise NoSuchValue(f"“{path}” {unsure}") from None
    return next(one for one in found if one.row is pair[0] and one.point is pair[1])


def _series(found: list[_Measured], telling: Telling) -> str:
    """Return values in order; the unit stands once, behind the last that takes it, where all share it."""
    values = [(one.row.unit, one.point.value) for one in found if one.point.value is not None]
    takers = [n for n, (unit, value) in enumerate(values) if unit and quantities.takes_unit(value, unit)]
    apart = len({unit for unit, _ in values}) > 1 or any(typed_unit(value, unit) for unit, value in values)
    shown = (unit if apart or takers[-1:] == [n] else None for n, (unit, _) in enumerate(values))
    texts = (
        quantities.with_unit(value, unit, telling.words, telling.language)
        for (_, value), unit in zip(values, shown, strict=True)
    )
    return ", ".join(texts)


def _day(one: _Measured, telling: Telling) -> float:
    days = telling.chronology.days(one.point.at)
    return float("inf") if days is None else days


def _at(found: list[_Measured], at: str, telling: Telling) -> list[_Measured]:
    try:
        wanted = telling.chronology.days(parse_when(at))
    except ValueError:
        wanted = None
    same = []
    for one in found:
        when = one.point.at
        label = when.label or when.written if when else ""
        days = telling.chronology.days(when)
        if label == at or (wanted is not None and days is not None and abs(days - wanted) < 1e-6):
            same.append(one)
    return same


def _printed(part: Any, telling: Telling) -> str | None:
    """Return a single datum as printed; None for a record or a list, which has a phrase."""
    match part:
        case bool():
            return telling.words["yes" if part else "no"]
        case AuthorText():
            return AuthorText(part.strip())
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
        case _:
            return None


def _spoken(text: str, *, own: bool) -> str:
    """Return a time as printed; where it holds the author's own words, their marks are still to be read."""
    return AuthorText(text) if own else text
