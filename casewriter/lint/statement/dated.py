"""The records of a case that have a time: when each began and ended, and the words that tell it from the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.moment import Calendar, Stretch
from casewriter.lint.statement.words import WORD, folded
from casewriter.model.case import Case

_COMMON = frozenset(
    "patient with from after before during this that they their then than were have been which into over under about"
    " only also other again more most case report hospital still when where while there both such without within"
    " because since until upon"
    " between being later first second third fourth fifth sixth week month year hour given found seen"
    " made taken started".split()
)
_DYING = re.compile(r"\b(?:died|dies|dead|deceased|succumbed)\b", re.IGNORECASE)
_LEAVING = re.compile(r"\b(?:went|sent|returned|released|allowed) home\b|\bleft (?:the )?hospital\b", re.IGNORECASE)


class Dated(Struct, frozen=True):
    """A record with the stretches of days when it began, ended, or had a change; `open` where its end is not known."""

    fact: StatedFact
    begins: tuple[Stretch, ...]
    ends: tuple[Stretch, ...]
    stops: tuple[Stretch, ...]
    open: bool
    stems: frozenset[str]
    written: str


def dated(case: Case, facts: tuple[StatedFact, ...], calendar: Calendar) -> Iterator[Dated]:
    """Yield the records that have a time, with a death if there is one."""
    for fact in facts:
        if fact.sort in ("lab", "vital", "score"):
            continue
        begins = [when for when in _begins(fact.record) if when is not None]
        placed = [stretch for when in begins if (stretch := calendar.stretch(when))]
        if placed and len(placed) == len(begins):
            stops = tuple(_stops(fact.record, placed[0], calendar))
            ends = (*stops, *_steps(fact.record, calendar))
            stems = stems_of(str(fact.record.title() or ""))
            yield Dated(fact, tuple(placed), ends, stops, _is_open(fact, ends), stems, begins[0].written)
    death = case.follow_up.death if case.follow_up else None
    stretch = calendar.stretch(death.at) if death else None
    if death and stretch and death.at:
        yield Dated(
            StatedFact(("follow_up", "death"), death, "event"),
            (stretch,),
            (),
            (),
            False,
            frozenset(("death",)),
            death.at.written,
        )


def _begins(record: Any) -> list[Any]:
    whens = [getattr(record, "onset", None), record.at, getattr(record, "since", None)]
    whens += [step.at for step in getattr(record, "schedule", ())]
    return whens + [change.at for change in _changes(record)]


def _stops(record: Any, begin: Stretch, calendar: Calendar) -> Iterator[Stretch]:
    """Yield when a record ended for good: `until`, `at` with `duration`, the last step, a change that stopped it."""
    until = calendar.stretch(getattr(record, "until", None))
    if until:
        yield until
    duration = getattr(record, "duration", None)
    if duration is not None and not duration.ongoing and duration.parts:
        slack = max(1.0, 0.15 * duration.days)
        yield begin[0] + duration.days - slack, begin[1] + duration.days + slack
    steps = getattr(record, "schedule", ())
    if steps and (last := calendar.stretch(steps[-1].until or steps[-1].at)):
        yield last
    for change in _changes(record):
        if _ENDED.search(str(change.what or "")) and (stretch := calendar.stretch(change.at)):
            yield stretch


_ENDED = re.compile(r"\b(?:stop|stopped|discontinued|withdrawn|ended|replaced|switched)\b", re.IGNORECASE)


def _changes(record: Any) -> tuple[Any, ...]:
    changes = getattr(record, "changes", None)
    return changes.items if changes else ()


def _steps(record: Any, calendar: Calendar) -> Iterator[Stretch]:
    for one in (*getattr(record, "schedule", ()), *_changes(record)):
        if stretch := calendar.stretch(one.at):
            yield stretch


def _is_open(fact: StatedFact, ends: tuple[Stretch, ...]) -> bool:
    """Return whether something goes on over days and the data do not say how long."""
    if fact.sort not in ("drug", "intervention") or ends:
        return False
    record = fact.record
    if _ONCE.search(f"{record.frequency or ''} {record.dose or ''}"):
        return False
    kind = getattr(record, "kind", None)
    lasts = kind in _LASTING or (
        kind is None and (fact.sort == "drug" or record.dose or record.frequency or record.route)
    )
    return bool(lasts)


_ONCE = re.compile(r"\b(?:once(?! (?:a|per|daily|weekly))|single|bolus|stat)\b", re.IGNORECASE)
_LASTING = frozenset("drug device physical psychological complex preventive self_care supportive other".split())


@cache
def stems_of(text: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning, cut to seven letters; “went home” is a discharge."""
    told = _DYING.sub("death", _LEAVING.sub(lambda found: f"discharged {found[0]}", text))
    words = (folded(word) for word in WORD.findall(told))
    return frozenset(word[:7] for word in words if len(word) > 3 and word not in _COMMON and not word.isdigit())
