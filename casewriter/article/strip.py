"""The course of the case on one line, for a first page that shows it."""

from __future__ import annotations

from casewriter import plot
from casewriter.article.builder import Builder
from casewriter.article.doses import suspects, treatments
from casewriter.article.drawn import figure_words, picture_of, sheet_of
from casewriter.article.entry import Entry
from casewriter.article.legend import sentence
from casewriter.article.nodes import Figure, Panel
from casewriter.article.timeline import in_order, label
from casewriter.article.walk import capitalised, plain
from casewriter.article.words import capital, fill
from casewriter.plot import figures

MOST_EVENTS = 10
LEAST_EVENTS = 3
_KINDS = ("history", "follow_up", "outcome", "intervention", "diagnostic", "presentation")
"""Kinds of events, those last that matter most to one who sees a case for the first time."""


def strip(make: Builder) -> Figure | None:
    """Return the strip, unnumbered; None of less than three events with a known time."""
    suspected = suspects(make)
    given = [one for one in treatments(make)[0] if one.suspect and not one.once and not one.open_end]
    last = max((event.days for event in _events(make, suspected)), default=0.0)
    exposures = [(min(one.times), max(last, *one.times) if one.ongoing else max(one.times)) for one in given]
    events = sorted(_events(make, suspected), key=lambda one: -one.weight)[:MOST_EVENTS]
    if len(events) < LEAST_EVENTS:
        return None
    words, sheet = figure_words(make, "plot_course_title", "; ".join(one.text for one in events)), sheet_of(make)
    drawn = figures.strip(events, exposures, words, sheet)
    if drawn is None:
        return None
    said = "; ".join(f"{one.when}: {one.text}" for one in drawn.events)
    narrow = picture_of(figures.listed(drawn.events, words, figures.PHONE))
    alt = f"{make.word('plot_course_caption')}: {said}"
    panel = Panel("", (), alt, "", picture_of(drawn.svg), narrow=narrow, origin=("timeline",))
    legend = [words.time_axis]
    legend += [make.word("mark_break")] if drawn.broken else []
    legend += [fill(make.words, "mark_exposure", _exposure(one)) for one in given]
    caption = sentence(make.text(make.word("plot_course_caption")))
    note = sentence(make.text(capital("; ".join(legend))))
    return Figure("strip", caption, (panel,), note=note, origin=("timeline",))


def _exposure(one: plot.PlottedTreatment) -> str:
    return " ".join(part for part in (one.label, one.detail) if part)


def _events(make: Builder, suspected: list[str]) -> list[figures.StripEvent]:
    """Return the author's events, records with a short name and the start of what is suspected, one for each time."""
    found: dict[float, list[Entry]] = {}
    for entry in in_order(make):
        record = entry.record
        mine = bool(suspected) and getattr(record, "id", None) in suspected
        days = make.telling.chronology.placed(entry.at)
        if days is not None and (entry.path[0] == "timeline" or getattr(record, "short", None) or mine):
            found.setdefault(days, []).append(entry)
    return [_event(make, days, entries, suspected) for days, entries in found.items()]


def _event(make: Builder, days: float, entries: list[Entry], suspected: list[str]) -> figures.StripEvent:
    said = [make.prose.quoted(one.record.short) if one.record.short else label(make, one) for one in entries]
    text = plain(capitalised(make.joined(dict.fromkeys(said))))
    when = plain(capitalised(make.when(entries[0].at, short=True)))
    weight = max(_weight(one, suspected) for one in entries)
    return figures.StripEvent(days, when, text, weight)


def _weight(entry: Entry, suspected: list[str]) -> int:
    """Return how much an event matters: the author's own come first, among them those with a short name."""
    kind = _KINDS.index(entry.kind) + 1 if entry.kind in _KINDS else 0
    own = 20 if entry.path[0] == "timeline" else 0
    return (
        kind + own + (10 if entry.record.short else 0) + (40 if getattr(entry.record, "id", None) in suspected else 0)
    )
