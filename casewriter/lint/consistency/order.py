"""DATA: the course of the case: lengths that nobody can sort by, times that lead back to themselves, a second death."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casewriter.article.one_event import says_death
from casewriter.article.words import words_for
from casewriter.lint.rule import Found, rule
from casewriter.model.base import Record
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology, record_at, started
from casewriter.model.duration import Duration
from casewriter.model.records import known_ids
from casewriter.model.time import When
from casewriter.model.walking import has
from casewriter.problem import Level, Path

_ROUNDING = 1.0
"""Days by which times of different units may differ."""


@rule("DATA040", "duration-in-words", Level.INFO)
def duration_in_words(case: Case) -> Iterator[Found]:
    """A duration is given in words, so its length is unknown.

    It is printed as typed. Figures draw no bar for it, and nothing can be compared with it. If the length matters,
    write `duration: 10 d`, or `until:` with the time when it ended.
    """
    for path, part in case.having("duration"):
        length = getattr(part, "duration", None)
        if isinstance(length, Duration) and length.words:
            yield Found(
                f"“{length.words}” is printed as typed; its length is unknown",
                (*path, "duration"),
                "write duration: 10 d or until: 10 d if the length matters",
            )


@rule("DATA041", "time-in-a-circle", Level.ERROR)
def time_in_a_circle(case: Case) -> Iterator[Found]:
    """The times of records refer to each other in a circle.

    Each record is said to be after the other, so they cannot be put in order and keep their place in the file. Remedy:
    give one of them a time of its own.
    """
    paths = known_ids(case)
    for path, part in case.having("at", "onset", "since"):
        for key in ("at", "onset", "since"):
            when = getattr(part, key) if has(part, key) else None
            if isinstance(when, When) and when.kind == "relative" and _returns(case, paths, when, path):
                hint = "give one of the records in the circle a time of its own"
                yield Found("this time refers back to its own record", (*path, key, when.relation), hint)


def _returns(case: Case, paths: Mapping[str, Path], when: When | None, home: Path) -> bool:
    seen: set[str] = set()
    while when is not None and when.kind == "relative" and when.anchor in paths and when.anchor not in seen:
        seen.add(when.anchor)
        if paths[when.anchor] == home:
            return True
        when = started(record_at(case, paths[when.anchor]))
    return False


@rule("DATA042", "death-twice", Level.INFO)
def death_twice(case: Case) -> Iterator[Found]:
    """The patient's death is given both as an outcome and under `death`; one is enough.

    If both have the same time, the manuscript reports the death once. CARE 10a accepts either. `death` has room for the
    cause and the autopsy.
    """
    follow = case.follow_up
    if follow is None or follow.death is None or follow.outcomes is None:
        return
    clock, words = Chronology(case), words_for(case.language)
    for side in ("clinician", "patient"):
        listing = getattr(follow.outcomes, side)
        for number, outcome in enumerate(listing.items if listing else ()):
            if says_death(outcome.label, words) and clock.days(outcome.at) == clock.days(follow.death.at):
                yield Found(
                    "this death is also given under follow_up.death",
                    ("follow_up", "outcomes", side, "items", number),
                    "remove one of the two; CARE 10a needs only one",
                )


@rule("DATA043", "during-past-end", Level.ERROR)
def during_past_end(case: Case) -> Iterator[Found]:
    """An event is said to be during a record that had already ended.

    `{during: drug, by: 30 d}` is thirty days into the drug. If the drug was given for eighteen days, one of the two is
    wrong. Remedy: correct the time, or write `after_end`.
    """
    clock, paths = Chronology(case), known_ids(case)
    keys = ("at", "onset", "since", "until", "reported_at")
    for path, part in case.having(*keys):
        for key in keys:
            when = getattr(part, key) if has(part, key) else None
            if not (isinstance(when, When) and when.relation == "during" and when.amount and when.anchor in paths):
                continue
            end = clock.end(record_at(case, paths[when.anchor]))
            then = clock.days(when)
            if end is not None and then is not None and then > end + _ROUNDING and not when.amount.prefix:
                message = "this is said to be during a record that had already ended"
                yield Found(message, (*path, key, "by"), "correct one of the two, or write after_end:")


@rule("DATA044", "reported-before-taken", Level.ERROR)
def reported_before_taken(case: Case) -> Iterator[Found]:
    """A result is reported before its sample was taken, or a culture before it was positive.

    `reported_at` counts from the index, like `at`. Remedy: correct one of the two times.
    """
    clock = Chronology(case)
    for path, part in case.having("reported_at"):
        reported = getattr(part, "reported_at", None)
        if not isinstance(reported, When) or not isinstance(part, Record):
            continue
        came, taken = clock.days(reported), clock.days(part.at)
        if came is None or taken is None:
            continue
        growing: Duration | None = getattr(part, "positive_after", None)
        earliest = taken + (growing.days if growing is not None and growing.known and not growing.prefix else 0.0)
        if came < earliest - _ROUNDING:
            what = "the culture was positive" if earliest > taken else "the sample was taken"
            yield Found(f"this is before {what}", (*path, "reported_at"), "correct one of the two times")


RULES = (duration_in_words, time_in_a_circle, death_twice, during_past_end, reported_before_taken)
"""What this module checks."""
