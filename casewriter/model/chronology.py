"""When each thing happened: times as written -> days from the index, where that can be known."""

from __future__ import annotations

from typing import Any

from casewriter.model.case import Case
from casewriter.model.records import known_ids
from casewriter.model.time import DAYS, Duration, When
from casewriter.problem import Path

_COUNT = {"day": "d", "week": "wk", "month": "mo", "year": "y"}


class Chronology:
    """Resolves times of one case to days from its index (0); None where a time cannot be placed."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._ids = known_ids(case)
        timeline = case.timeline
        self._first_day = timeline.first_day if timeline else 0
        self._index_year = timeline.index_year if timeline else None
        patient = case.observation.patient if case.observation else None
        age = patient.age.amount if patient and patient.age else None
        self._age_at_index = age.days if age else None

    def days(self, when: When | None, _seen: frozenset[str] = frozenset()) -> float | None:
        """Return days after the index (negative before it), or None."""
        if when is None:
            return None
        match when.kind:
            case "offset" if when.amount is not None:
                days = when.amount.days / (2 if when.amount.prefix == "<" else 1)  # within 24 h: its middle
                return -days if when.negative else days
            case "counted":
                return (when.count - self._first_day) * DAYS[_COUNT[when.unit]]
            case "age" if when.amount is not None and self._age_at_index is not None:
                return when.amount.days - self._age_at_index
            case "year" if self._index_year is not None:
                return (when.count - self._index_year) * DAYS["y"]
            case "relative":
                return self._relative(when, _seen)
        return None

    def _relative(self, when: When, seen: frozenset[str]) -> float | None:
        path = self._ids.get(when.anchor)
        if path is None or when.anchor in seen:
            return None
        anchor = record_at(self._case, path)
        start = self.days(getattr(anchor, "at", None), seen | {when.anchor})
        if start is None:
            return None
        by = when.amount.days if when.amount else 0.0
        return start - by if when.before else start + by

    def end(self, record: Any) -> float | None:
        """Return when a record ended, from `until` or from `at` and `duration`; None where it is not said."""
        if (until := self.days(getattr(record, "until", None))) is not None:
            return until
        start = self.days(getattr(record, "at", None))
        duration: Duration | None = getattr(record, "duration", None)
        if start is None or duration is None or duration.ongoing:
            return None
        return start + duration.days


def record_at(case: Case, path: Path) -> Any:
    """Return the part of a case at a path made by `records`."""
    part: Any = case
    for step in path:
        part = part[step] if isinstance(step, int) or isinstance(part, dict) else getattr(part, step)
    return part
