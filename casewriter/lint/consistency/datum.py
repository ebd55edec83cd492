"""The measurements of the data as numbers, each with its place and time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from casewriter.lint.consistency.laboratory import points
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.moment import Calendar, Stretch
from casewriter.model.quantity import Point, Quantity
from casewriter.problem import Path
from casewriter.unit import printed, stands_close


class Datum(Struct, frozen=True):
    """One measurement of the data: its place, record, numbers and time."""

    path: Path
    row: Quantity
    values: tuple[float, float]
    written: str
    when: tuple[Stretch, ...]
    second: float | None = None

    @property
    def row_value(self) -> str:
        """Its number without its unit."""
        return re.sub(r"(?<=\d)\s*[^\d.,]*$", "", self.written)


def data_of(fact: StatedFact, calendar: Calendar) -> Iterator[Datum]:
    """Yield the measurements of a record that are numbers."""
    row: Quantity = fact.record
    for where, point in points(fact.path, row):
        value = point.value
        if value is None or value.not_done:
            continue
        bounds = (value.low, value.high)
        pair = re.fullmatch(r"\s*(\d{2,3})\s?/\s?(\d{2,3})\D*", value.written)
        if pair:
            bounds = (float(pair[1]), float(pair[1]))
        if bounds == (None, None):
            continue
        low = bounds[0] if bounds[0] is not None else float("-inf")
        high = bounds[1] if bounds[1] is not None else float("inf")
        second = float(pair[2]) if pair else None
        yield Datum((*where, "value"), row, (low, high), _written(point, row), _when(point, row, calendar), second)


def paired(data: list[Datum]) -> Iterator[Datum]:
    """Yield a systolic with the diastolic pressure of the same time, as one measurement “126/74”."""
    for one in data:
        title = str(one.row.title() or "")
        if one.second is None and _SYSTOLIC.search(title):
            rest = _SYSTOLIC.sub("", title).lower().split()
            for other in data:
                name = str(other.row.title() or "")
                same = other.when == one.when and _DIASTOLIC.sub("", name).lower().split() == rest
                if same and _DIASTOLIC.search(name) and other.values[0] == other.values[1]:
                    written = f"{one.row_value}/{other.written}"
                    yield replace(one, written=written, second=other.values[0])


_SYSTOLIC, _DIASTOLIC = re.compile(r"\bsystolic\b", re.IGNORECASE), re.compile(r"\bdiastolic\b", re.IGNORECASE)


def _written(point: Point, row: Quantity) -> str:
    unit = printed(row.unit) if row.unit and point.value and point.value.reading.unit == "" else ""
    gap = "" if not unit or stands_close(unit) else " "
    return f"{point.value.written if point.value else ''}{gap}{unit}"


def _when(point: Point, row: Quantity, calendar: Calendar) -> tuple[Stretch, ...]:
    """Return the times that a measurement may be of: its own, or the one its label counts."""
    if point.at is not None:
        found = calendar.stretch(point.at)
        return (found,) if found else ()
    label = str(row.label or "")
    said = calendar.said(label, 0, len(label)) if re.search(r"\bday\b|POD", label) else []
    return said[0].stretches if said else ()
