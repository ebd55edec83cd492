"""When each thing happened: times as written -> days from the index, where that can be known."""

from __future__ import annotations

from typing import Any

from casewriter.model.case import Case
from casewriter.model.duration import DAYS, Duration
from casewriter.model.records import known_ids
from casewriter.model.time import When
from casewriter.problem import Path

_COUNT = {"day": "d", "week": "wk", "month": "mo", "year": "y"}
Seen = frozenset[str]
"""Ids of the records on the way to a time: a time that leads back to itself is not known."""


class Chronology:
    """Resolves times of one case to days from its index (0); None where a time cannot be placed."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._ids = known_ids(case)
        self._days: dict[tuple[object, ...], float | None] = {}
        timeline = case.timeline
        self._first_day = timeline.first_day if timeline else 0
        self._index_year = timeline.index_year if timeline else None
        self._age_at_index: float | None = None
        patient = case.observation.patient if case.observation else None
        if patient and patient.age and patient.age.amount:
            then = self._placed_at(patient.age_at, frozenset()) if patient.age_at else 0.0
            self._age_at_index = None if then is None else patient.age.amount.days - then

    @property
    def index_is_birth(self) -> bool:
        """Whether times from the index are the patient's age."""
        return self._age_at_index is not None and abs(self._age_at_index) < 1 / 24

    def days(self, when: When | None, _seen: Seen = frozenset()) -> float | None:
        """Return days after the index (negative before it), or None."""
        if when is None:
            return None
        if _seen:
            return self._placed_at(when, _seen)
        said = (when.kind, when.amount, when.negative, when.unit, when.count, when.anchor, when.relation)
        if said not in self._days:
            self._days[said] = self._placed_at(when, _seen)
        return self._days[said]

    def _placed_at(self, when: When, _seen: Seen) -> float | None:
        match when.kind:
            case "offset" if when.amount is not None:
                days = _from_start(when.amount)
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

    def placed(self, when: When | None, _seen: Seen = frozenset()) -> float | None:
        """Return days after the index where they can be measured; None of what is only said to be after a record."""
        if when is None or when.kind != "relative":
            return self.days(when)
        if when.amount is None or when.anchor in _seen or when.anchor not in self._ids:
            return None
        anchor = started(record_at(self._case, self._ids[when.anchor]))
        return None if self.placed(anchor, _seen | {when.anchor}) is None else self.days(when)

    def _relative(self, when: When, seen: Seen) -> float | None:
        path = self._ids.get(when.anchor)
        if path is None or when.anchor in seen:
            return None
        anchor, seen = record_at(self._case, path), seen | {when.anchor}
        base = self.end(anchor, seen) if when.relation == "after_end" else self.days(started(anchor), seen)
        if base is None:
            return None
        by = _from_start(when.amount) if when.amount else 0.0
        return base - by if when.relation == "before" else base + by

    def end(self, record: Any, _seen: Seen = frozenset()) -> float | None:
        """Return when a record ended, from `until` or from its start and `duration`; None where it is not said."""
        if (until := self.days(getattr(record, "until", None), _seen)) is not None:
            return until
        start = self.days(started(record), _seen)
        duration: Duration | None = getattr(record, "duration", None)
        if start is None or duration is None or not duration.known:
            return None
        return start + duration.days


def _from_start(amount: Duration) -> float:
    """Return a length in days; of “within 24 h” its middle."""
    return amount.days / (2 if amount.prefix == "<" else 1)


def started(record: Any) -> When | None:
    """Return when a record began: `onset` of a complaint, `since` of a condition or drug, else `at`."""
    for key in ("onset", "since", "at"):
        when: When | None = getattr(record, key, None)
        if when is not None:
            return when
    return None


def record_at(case: Case, path: Path) -> Any:
    """Return the part of a case at a path made by `records`."""
    part: Any = case
    for step in path:
        part = part[step] if isinstance(step, int) or isinstance(part, dict) else getattr(part, step)
    return part
