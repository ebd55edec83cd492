"""The patient before any test as blocks: narrative first, then the records as rows of facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Fact, Run
from casewriter.article.tables import changes
from casewriter.model.base import Listing
from casewriter.model.observation import Medication
from casewriter.problem import Path

_PATIENT = (
    "age sex gender ethnicity occupation minor gestational_age birth_weight mode_of_presentation weight height".split()
)
_ALONE = ("age", "sex", "gender", "ethnicity", "occupation", "minor")
"""What needs no word before it to be understood."""
_HISTORY = {
    "medical": ("outcome",),
    "surgical": ("outcome",),
    "family": ("relation", "condition", "age"),
    "psychosocial": ("outcome",),
    "genetic": ("outcome",),
    "perinatal": ("outcome",),
    "obstetric": ("outcome",),
    "immunisations": ("outcome",),
    "exposures": ("outcome",),
    "substances": ("status", "amount"),
    "medications": (),
    "allergies": ("reaction", "severity"),
    "review_of_systems": ("outcome",),
}


def observation_narrative(make: Builder) -> list[Block]:
    """Return the prose of the presentation."""
    observation = make.case.observation
    return list(make.prose.blocks(observation.narrative, ("observation", "narrative"))) if observation else []


def patient(make: Builder) -> list[Block]:
    """Return the facts of the patient."""
    found = make.case.observation.patient if make.case.observation else None
    rows: list[Fact] = []
    if found is None:
        return []
    told = []
    for key in _PATIENT:
        path: Path = ("observation", "patient", key)
        said = make.said(getattr(found, key), path)
        if key == "age" and not make.telling.chronology.index_is_birth:
            said = make.bracketed(said, [make.when(found.age_at)])
        if key == "minor":  # the age says it
            said = make.text(make.inside(key)) if found.minor and found.age is None else ()
        told.append((said if key in _ALONE else make.labelled_inside(key, said), path))
    make.run_on(rows, "patient", told, ", ")
    return make.facts(rows)


def complaints(make: Builder) -> list[Block]:
    """Return what brought the patient."""
    found = make.case.observation.complaints if make.case.observation else None
    rows: list[Fact] = []
    if found:
        keys = ("site", "severity", "course", "onset")
        make.lines(rows, "complaints", found, ("observation", "complaints"), make.detailed(keys))
    return make.facts(rows)


def history(make: Builder) -> list[Block]:
    """Return what was known before."""
    found = make.case.observation.history if make.case.observation else None
    if found is None:
        return []
    path: Path = ("observation", "history")
    rows: list[Fact] = []
    for key, keys in _HISTORY.items():
        listing: Listing[object] | None = getattr(found, key)
        if listing is not None:
            line = partial(_medication, make) if key == "medications" else make.detailed(keys)
            make.lines(rows, key, listing, (*path, key), line)
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


def _medication(make: Builder, drug: Medication, path: Path) -> Run:
    """Return a drug taken before, with its dose and what was changed."""
    head = [make.said(getattr(drug, key), (*path, key)) for key in ("label", "dose", "route", "frequency")]
    details = [make.said(getattr(drug, key), (*path, key)) for key in ("brand", "manufacturer", "indication")]
    details += [make.span(drug), make.duration(getattr(drug, "duration", None))]
    details.append(changes(make, drug.changes, (*path, "changes")))
    return make.line(head, details, note=make.said(drug.note, (*path, "note")))


def past_interventions(make: Builder) -> list[Block]:
    """Return earlier treatments of this problem."""
    history_ = make.case.observation.history if make.case.observation else None
    found = history_.past_interventions if history_ else None
    rows: list[Fact] = []
    if found:
        path: Path = ("observation", "history", "past_interventions")
        line = make.detailed(("outcome",), head=("dose", "route", "frequency"))
        make.lines(rows, "past_interventions", found, path, line)
    return make.facts(rows)


def examination(make: Builder) -> list[Block]:
    """Return the physical examination."""
    found = make.case.observation.examination if make.case.observation else None
    if found is None:
        return []
    path: Path = ("observation", "examination")
    rows: list[Fact] = []
    make.run_on(rows, "vitals", ((make.quantity(v, where), where) for v, where in _each(found.vitals, path, "vitals")))
    for finding, where in _each(found.findings, path, "findings"):
        make.row(rows, "findings", make.detailed(("site", "severity"))(finding, where), where)
    negatives = _each(found.negatives, path, "negatives")
    make.run_on(rows, "negatives", ((make.record(v, where, ("site",)), where) for v, where in negatives))
    make.run_on(rows, "scores", ((make.quantity(s, where), where) for s, where in _each(found.scores, path, "scores")))
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


def _each(records: Sequence[Any], path: Path, key: str) -> Iterator[tuple[Any, Path]]:
    return ((record, (*path, key, number)) for number, record in enumerate(records))


def others(make: Builder) -> list[Block]:
    """Return the other people of the story."""
    rows: list[Fact] = []
    for number, other in enumerate(make.case.others):
        path: Path = ("others", number)
        details = [make.said(other.age, (*path, "age")), make.said(other.sex, (*path, "sex"))]
        said = [
            make.joined(details, ", "),
            make.said(other.text, (*path, "text")),
            make.said(other.label, (*path, "label")),
        ]
        said.append(make.said(other.note, (*path, "note")))
        label = make.said(other.role, (*path, "role")) or make.text(make.word("others"))
        rows.append(Fact(label, make.joined(said), path))
    return make.facts(rows)
