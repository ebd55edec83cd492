"""What a row of the timeline says: the words of the record, a verb for its kind, and how long it lasted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from casewriter.article.builder import Builder
from casewriter.article.entry import Entry
from casewriter.article.nodes import Run, Text
from casewriter.article.walk import plain
from casewriter.article.words import words_for
from casewriter.model.duration import Duration
from casewriter.model.investigation import Specimen
from casewriter.problem import Path

_VERBS = (
    "event_began",
    "event_started",
    "event_given",
    "event_performed",
    "event_found",
    "event_ended",
    "event_occurred",
)
_DONE = ("imaging", "tests", "pathology", "microbiology")
_UNDER = {
    ("observation", "complaints"): "event_began",
    ("observation", "history"): "event_started",
    ("observation", "examination"): "event_found",
    ("genetics", "variants"): "event_found",
    ("genetics", "findings"): "event_found",
    ("diagnosis", "final"): "event_found",
    ("diagnosis", "complications"): "event_occurred",
    ("follow_up", "adverse_events"): "event_occurred",
}


class Happening(Struct, frozen=True):
    """An entry as printed: when, what, the phrase of its verb (or nothing), and what follows it."""

    entry: Entry
    when: Run
    said: Run
    verb: str
    tail: Run

    @property
    def together(self) -> tuple[object, ...]:
        """The key by which entries share a row; empty for one that has its own."""
        alone = self.tail or not self.verb or self.entry.path[0] == "timeline"
        return () if alone else (self.when, self.verb)


def happening(make: Builder, entry: Entry, called: Run) -> Happening:
    """Return an entry as the timeline prints it; `called` is what its record is called."""
    stopped = entry.kind == "intervention" and getattr(entry.record, "status", None) == "stopped"
    whole = entry.path[0] == "timeline" or (entry.record_has("until") and not stopped)
    when = make.period(entry.record) if whole else make.when(entry.at)
    said, status = _called(make, entry, called), getattr(entry.record, "status", None)
    verb = "" if _has_verb(plain(said), make.telling.language) else _verb(entry)
    if entry.kind == "intervention" and status not in (None, "given", "stopped") and not entry.ended:
        said, verb = make.bracketed(said, [make.text(make.word(status or ""))]), ""
    return Happening(entry, when or make.text(make.word("undated")), said, verb, _tail(make, entry, whole=whole))


def _called(make: Builder, entry: Entry, called: Run) -> Run:
    """Return the record's name; how often a drug was given is part of its dose, of a sample the kind is named first."""
    record, path = entry.record, entry.path
    if entry.ended:
        return make.said(record.title(), (*path, "label"))
    if _is(path, "microbiology") and not record.label and record.specimen and record.method:
        return make.bracketed(make.said(record.method, (*path, "method")), [make.said(record.specimen, path)])
    if _is(path, "pathology") and not record.label and record.procedure and record.site:
        return make.bracketed(make.said(record.procedure, (*path, "procedure")), [make.said(record.site, path)])
    frequency = (
        getattr(record, "frequency", None) if entry.kind == "intervention" and getattr(record, "dose", None) else None
    )
    return make.joined([called, make.said(frequency, (*path, "frequency"))], " ")


def _is(path: Path, *parts: str) -> bool:
    """Return whether a path is that of a study or sample of its own, and not of something measured in one."""
    return path[0] in parts and len(path) == 3


def _tail(make: Builder, entry: Entry, *, whole: bool) -> Run:
    """Return what follows: how long it lasted, or why it was stopped."""
    record, path = entry.record, entry.path
    if entry.ended:
        why = make.said(record.stopped_because, (*path, "stopped_because"))
        return (Text(" ("), *why, Text(")")) if why else ()
    length: Duration | None = getattr(record, "duration", None)
    told = whole or getattr(record, "onset", None) is not None
    if length is None or told or getattr(record, "status", None) == "stopped":
        return ()
    lasting = make.duration(length)
    return (Text(", "), *(make.phrase("for_duration", lasting) if length.known else lasting))


def _verb(entry: Entry) -> str:
    """Return the key of the phrase that says what happened to a record, or nothing where its own words do."""
    path = entry.path
    if entry.ended:
        return "event_ended"
    if path[:2] == ("treatment", "interventions"):
        return _given(entry)
    if _is(path, *_DONE):
        return "event_performed" if _is_done(entry.record) else ""
    if path[:2] == ("observation", "complaints") and entry.record.onset is None:
        return ""
    return _UNDER.get((str(path[0]), str(path[1]) if len(path) > 1 else ""), "")


def _is_done(record: Any) -> bool:
    """Return whether a record names what was done; of tissue alone, only what was examined is known."""
    return not isinstance(record, Specimen) or bool(record.label or record.procedure)


def _given(entry: Entry) -> str:
    """Return the verb of a treatment: what lasts is started, a single one is given or performed."""
    record = entry.record
    if record.kind in ("procedure", "surgery"):
        return "event_performed"
    lasts = record.duration is not None or record.schedule
    if record.status == "stopped" or (lasts and record.until is None):
        return "event_started"
    return "event_given" if record.kind == "drug" or record.dose else ""


_PARTICIPLE = re.compile(r"[a-z]{3,}ed,?")
"""What an English verb in the past ends in; a compound such as “contrast-enhanced” does not count."""


@cache
def _verbs(language: str) -> frozenset[str]:
    words = words_for(language)
    return frozenset(word for key in _VERBS for word in re.findall(r"\w+", words[key].casefold()))


def _has_verb(text: str, language: str) -> bool:
    """Return whether a label says already what happened: “second dose given”, in English also “wound sutured”."""
    if language[:2] == "en" and any(_PARTICIPLE.fullmatch(word) for word in text.split()):
        return True
    return not _verbs(language).isdisjoint(re.findall(r"\w+", text.casefold()))


def listed(make: Builder, runs: Sequence[Run]) -> Run:
    """Return runs as a list in a sentence: “a, b and c”; with semicolons where one of them is a list itself."""
    conjunction = make.words["list_and"].replace("{}", "")
    if any(sign in plain(run) for run in runs for sign in (",", ";", conjunction)):
        return make.joined(runs)
    *first, last = runs
    return make.phrase("list_and", make.joined(first, ", "), last) if first else last
