"""The case at a glance: a few rows, each the phrase of a record; what the case does not hold is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from casewriter.article.builder import Builder
from casewriter.article.nodes import Citation, CrossReference, Fact, Inline, Link, Run, Styled, Text
from casewriter.article.phrases import phrase
from casewriter.article.reach import NoSuchValue
from casewriter.article.walk import capitalised, joined, plain
from casewriter.model.records import known_ids
from casewriter.problem import Path

_LONGEST = 120
"""Letters of a text that still is a glance: about four lines of the margin."""
_MOST = 3
"""Treatments that still are a glance; of more, the section tells."""


def glance(make: Builder) -> tuple[Fact, ...]:
    """Return the rows: patient, presentation, background, trigger, diagnosis, treatment, outcome."""
    with make.telling.unheard():
        return tuple(row for row in _rows(make) if row)


def _rows(make: Builder) -> list[Fact | None]:
    return [
        _row(make, "patient", _patient(make), ("observation", "patient")),
        _row(make, "glance_presentation", *_of(make, ("observation", "complaints"))),
        _row(make, "glance_background", *_of(make, ("observation", "history", "medical"))),
        _row(make, "glance_trigger", _said(make, _triggers(make)), ("follow_up", "adverse_events")),
        _row(make, "final_diagnosis", _diagnoses(make), ("diagnosis", "final")),
        _row(make, "glance_treatment", _said(make, _treatments(make)), ("treatment", "interventions")),
        _row(make, "glance_outcome", *_outcome(make)),
    ]


def _row(make: Builder, key: str, run: Run, origin: Path) -> Fact | None:
    run = _without_references(run)
    if not run or len(plain(run)) > _LONGEST:
        return None
    return Fact(make.text(make.word(key)), capitalised(run), origin)


def _without_references(run: Run) -> Run:
    """Return a run without citations and mentions: they count where the text stands."""
    kept: list[Inline] = []
    for node in run:
        if isinstance(node, Styled | Link):
            kept.append(replace(node, children=_without_references(node.children)))
        elif not isinstance(node, Citation | CrossReference):
            kept.append(node)
        elif kept and isinstance(before := kept[-1], Text):
            kept[-1] = Text(before.text.rstrip())
    return tuple(kept)


def _phrase(make: Builder, path: Path, part: Any) -> Run:
    try:
        return phrase(make, (path, part))[0]
    except NoSuchValue:
        return ()


def _of(make: Builder, path: Path) -> tuple[Run, Path]:
    """Return the phrase of what is at a path, and the path."""
    part: Any = make.case
    for step in path:
        part = getattr(part, str(step), None)
    answered = part is not None and not getattr(part, "none", None)
    return _phrase(make, path, part) if answered else (), path


def _patient(make: Builder) -> Run:
    run, path = _of(make, ("observation", "patient"))
    patient = make.case.observation.patient if make.case.observation else None
    more = make.said(patient.ethnicity, (*path, "ethnicity")) if patient else ()
    return make.joined([run, more], ", ")


Numbered = list[tuple[Path, Any]]


def _given(make: Builder) -> Numbered:
    """Return the interventions that were carried out, with their places."""
    found = make.case.treatment.interventions if make.case.treatment else None
    path: Path = ("treatment", "interventions", "items")
    done = (None, "given", "stopped")
    return [((*path, n), item) for n, item in enumerate(found.items if found else ()) if item.status in done]


def _suspects(make: Builder) -> frozenset[Path]:
    """Return the places of what is suspected to have caused an adverse event that the case is about."""
    events = make.case.follow_up.adverse_events if make.case.follow_up else None
    focus = make.case.focus.kind if make.case.focus else None
    if focus != "adverse_drug_reaction" or events is None or not events.items:
        return frozenset()
    known = known_ids(make.case)
    return frozenset(
        known[s.of] for s in events.items[0].suspected if s.of and s.of in known and s.role != "concomitant"
    )


def _triggers(make: Builder) -> Numbered:
    suspects = _suspects(make)
    return [one for one in _given(make) if one[0] in suspects]


def _treatments(make: Builder) -> Numbered:
    """Return what treated the diagnosis, where the case says what treated what; else all, where that is a glance."""
    suspects, final = _suspects(make), make.case.diagnosis.final if make.case.diagnosis else ()
    diagnoses = {one.id for one in final if one.id}
    found = [one for one in _given(make) if one[0] not in suspects]
    meant = [one for one in found if diagnoses.intersection(one[1].treats)]
    return (meant or found) if len(meant or found) <= _MOST else []


def _said(make: Builder, records: Numbered) -> Run:
    """Return the records with their dose, one after the other."""
    said = (
        make.joined([make.said(getattr(record, key), (*path, key)) for key in ("label", "dose")], " ")
        for path, record in records
    )
    return joined([run for run in said if run], "; ")


def _diagnoses(make: Builder) -> Run:
    final = make.case.diagnosis.final if make.case.diagnosis else ()
    path: Path = ("diagnosis", "final")
    runs: Iterable[Run] = (
        make.bracketed(_phrase(make, (*path, n), one), [make.said(one.certainty, (*path, n, "certainty"))])
        for n, one in enumerate(final)
    )
    return joined([run for run in runs if run], "; ")


def _outcome(make: Builder) -> tuple[Run, Path]:
    """Return the last outcome that clinicians judged, with its time; else the death."""
    follow_up = make.case.follow_up
    clinician = follow_up.outcomes.clinician if follow_up and follow_up.outcomes else None
    if clinician and clinician.items:
        path: Path = ("follow_up", "outcomes", "clinician", "items", len(clinician.items) - 1)
        last = clinician.items[-1]
        return make.bracketed(_phrase(make, path, last), [make.when(last.at)]), path
    path = ("follow_up", "death")
    if follow_up and follow_up.death:
        return make.bracketed(make.text(make.word("death")), [make.when(follow_up.death.at)]), path
    return (), path
