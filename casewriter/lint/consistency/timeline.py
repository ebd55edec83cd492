"""DATA: the timeline says a thing twice, or leaves out a record that has no time."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.chronicle import told, untimed
from casewriter.article.entry import Entry
from casewriter.article.words import words_for
from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.dated import stems_of
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.problem import Level
from casewriter.source import Source


@rule("DATA045", "told-twice-in-timeline", Level.INFO)
def told_twice_in_timeline(case: Case, source: Source) -> Iterator[Found]:
    """An event of the timeline and a record of the same time say the same in other words.

    Records with a time join the timeline by themselves. Where an event has the same words as the record, in any order,
    the timeline has one row for both; here the words differ, so there are two. Remedy: write `timeline: false` in the
    record, or remove the event.
    """
    clock = Chronology(case)
    rows = told(case, clock, words_for(case.language))
    events: dict[float | None, list[Entry]] = {}
    for entry in rows:
        if entry.path[0] == "timeline":
            events.setdefault(clock.days(entry.at), []).append(entry)
    for entry in rows:
        if entry.path[0] in ("timeline", "labs"):
            continue
        name, day = stems_of(_title(entry)), clock.days(entry.at)
        for event in events.get(day, ()) if name and day is not None else ():
            if _say_the_same(stems_of(_title(event)), name):
                where = place(source, event.path)
                message = f"the timeline has an event of the same time that says so: “{_title(event)}” ({where})"
                yield Found(message, entry.path, "write timeline: false here, or remove the event")
                break


def _say_the_same(event: frozenset[str], name: frozenset[str]) -> bool:
    """Return whether an event has all words of a record, or a record all of an event that is more than a word."""
    return name <= event or (len(event) > 1 and event <= name)


@rule("DATA046", "untimed-records", Level.INFO)
def untimed_records(case: Case, source: Source) -> Iterator[Found]:
    """Records have no time, so the timeline leaves them out.

    Studies, treatments, outcomes and the like join the timeline by their time. Remedy: write `at:`, even a rough one
    (`at: ~2 wk`) or words (`at: {label: during admission}`); `timeline: true` adds a record without a time, and
    `timeline: false` says that it does not belong there.
    """
    missing = list(untimed(case)) if case.timeline and case.timeline.events else []
    if missing:
        names = [f"{_title(entry) or 'a record'} ({place(source, entry.path)})" for entry in missing]
        count = f"{len(names)} records have" if len(names) > 1 else "one record has"
        message = f"{count} no time and are left out of the timeline: {'; '.join(names)}"
        message = message if len(names) > 1 else message.replace(" and are ", " and is ")
        yield Found(message, ("timeline",), "write at: in each, or timeline: false", on_key=True)


def _title(entry: Entry) -> str:
    """Return what a record is called in the file."""
    return str(getattr(entry.record, "label", None) or entry.record.title() or "")


RULES = (told_twice_in_timeline, untimed_records)
"""What this module checks."""
