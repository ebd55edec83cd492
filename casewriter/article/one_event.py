"""What is one event is one row of the timeline; a treatment that was stopped has two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from casewriter.article.entry import Entry
from casewriter.article.likeness import words_of
from casewriter.model.chronology import Chronology
from casewriter.model.duration import Duration
from casewriter.model.time import When
from casewriter.problem import Path


def one_operation(found: list[Entry], paths: Mapping[str, Path], chronology: Chronology) -> list[Entry]:
    """Leave out the study and the specimen that an intervention of the same day names as its own."""
    days = {entry.path: chronology.days(entry.at) for entry in found}
    shown = set()
    for entry in found:
        for name in (getattr(entry.record, "study", None), getattr(entry.record, "specimen", None)):
            path = paths.get(name or "")
            if entry.kind == "intervention" and path in days and days[path] == days[entry.path]:
                shown.add(path)
    return [entry for entry in found if entry.path not in shown]


def one_onset(found: list[Entry]) -> list[Entry]:
    """Put complaints that began at the same time into one row."""
    first: dict[When, int] = {}
    done: list[Entry] = []
    for entry in found:
        complaint = entry.path[:2] == ("observation", "complaints")
        if complaint and entry.at in first:
            place = first[entry.at]
            done[place] = replace(done[place], merged=(*done[place].merged, entry))
            continue
        if complaint and entry.at is not None:
            first[entry.at] = len(done)
        done.append(entry)
    return done


def one_wording(found: list[Entry], chronology: Chronology) -> list[Entry]:
    """Make one entry of an event that the author typed and a record of that time whose label has the same words.

    The event stays; a treatment says more than its label, so it stays instead of an event without a note.
    """
    kept: list[Entry] = []
    events: dict[float | None, list[int]] = {}
    for entry in found:
        day = chronology.days(entry.at)
        place = next((n for n in events.get(day, ()) if _is_one(kept[n], entry, chronology)), None)
        if place is None:
            if entry.path[0] == "timeline":
                events.setdefault(day, []).append(len(kept))
            kept.append(entry)
            continue
        event = kept[place]
        first, second = (entry, event) if entry.kind == "intervention" and not event.record.note else (event, entry)
        kept[place] = replace(first, also=(*first.also, second))
    return kept


def _is_one(event: Entry, entry: Entry, chronology: Chronology) -> bool:
    """Return whether an event of the author's and a record are of one time and have the same words."""
    if event.path[0] != "timeline" or entry.path[0] in ("timeline", "labs") or event.at is None or entry.at is None:
        return False
    days = chronology.days(event.at), chronology.days(entry.at)
    if days[0] != days[1] or (days[0] is None and event.at != entry.at):
        return False
    words = words_of(event.record.label or "")
    return bool(words) and words == words_of(getattr(entry.record, "label", None) or "")


def stops(found: list[Entry], chronology: Chronology) -> list[Entry]:
    """Return an entry for the end of each treatment that was stopped, unless an event of that time says it."""
    done = []
    for entry in found:
        if entry.kind == "intervention" and getattr(entry.record, "status", None) == "stopped":
            at = end_of(entry.record)
            day, start = chronology.days(at), chronology.days(entry.at)
            events = (one for one in found if one.path[0] == "timeline" and chronology.days(one.at) == day)
            name = words_of(entry.record.title() or "")
            said = any(name <= words_of(event.record.title() or "") for event in events)
            done += [replace(entry, at=at, ended=True)] if day not in (None, start) and not said else []
    return done


def end_of(record: Any) -> When | None:
    """Return when a record ended as a time that can be printed: `until`, or `at` and `duration` in one unit added."""
    if record.until is not None or record.at is None or record.duration is None:
        until: When | None = record.until
        return until
    start, length = record.at.amount, record.duration
    if record.at.kind != "offset" or record.at.label is not None or start is None or start.prefix or length.prefix:
        return None
    parts = (*start.parts, *length.parts)
    if not length.parts or len({unit for _, unit in parts}) != 1 or len(length.parts) != 1:
        return None
    if not all(number.isdecimal() for number, _ in parts):
        return None
    first = sum(int(number) for number, _ in start.parts) * (-1 if record.at.negative else 1)
    last = first + int(length.parts[0][0])
    amount = Duration(((str(abs(last)), length.parts[0][1]),)) if last else Duration()
    return When(str(last), "offset", amount, negative=last < 0)


_DEATH = re.compile(r"\b(?:death|died|dies|deceased|passed away)\b", re.IGNORECASE)


def says_death(text: str | None, words: dict[str, str]) -> bool:
    """Return whether an outcome is the patient's death, in English or by the word of the language of the case."""
    return bool(text) and bool(_DEATH.search(text or "") or words["death"].lower() in (text or "").lower().split())


def one_death(found: list[Entry], chronology: Chronology, words: dict[str, str]) -> list[Entry]:
    """Keep one of the death and an outcome of the same day that says it: the outcome, unless it says no more."""
    death = next((entry for entry in found if entry.path == ("follow_up", "death")), None)
    if death is None:
        return found
    for entry in found:
        label = getattr(entry.record, "label", None)
        same_day = chronology.days(entry.at) == chronology.days(death.at)
        if entry.kind == "outcome" and same_day and says_death(label, words):
            spare = entry if len(str(label).split()) == 1 else death
            return [one for one in found if one is not spare]
    return found
