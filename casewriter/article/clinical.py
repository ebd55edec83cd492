"""The patient before any test as blocks: narrative first, then the records as rows of facts."""

from __future__ import annotations

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Fact, Run
from casewriter.article.tables import changes
from casewriter.model.base import Listing
from casewriter.model.observation import Medication
from casewriter.problem import Path

_PATIENT = (
    "age sex gender ethnicity occupation minor gestational_age birth_weight mode_of_presentation weight height".split()
)
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
    for key in _PATIENT:
        value = getattr(found, key)
        path: Path = ("observation", "patient", key)
        said = make.said(value, path)
        if key == "age" and not make.telling.chronology.index_is_birth:
            said = make.bracketed(said, [make.when(found.age_at)])
        if key != "minor" or (value and found.age is None):  # the age says it
            make.row(rows, key, said, path)
    return make.facts(rows)


def complaints(make: Builder) -> list[Block]:
    """Return what brought the patient."""
    found = make.case.observation.complaints if make.case.observation else None
    rows: list[Fact] = []
    if found:
        keys = ("site", "severity", "onset", "course")
        path: Path = ("observation", "complaints")
        make.row(rows, "complaints", make.answer(found, path, keys), path)
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
        if key == "medications" and found.medications is not None:
            make.row(rows, key, _medications(make, found.medications, (*path, key)), (*path, key))
        elif listing is not None:
            make.row(rows, key, make.answer(listing, (*path, key), keys), (*path, key))
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


def _medications(make: Builder, listing: Listing[Medication], path: Path) -> Run:
    """Return the drugs taken before, each with its dose and what was changed."""
    told = []
    for number, drug in enumerate(listing.items):
        where = (*path, "items", number)
        keys = ("brand", "manufacturer", "dose", "route", "frequency", "indication")
        details = [make.said(getattr(drug, key), (*where, key)) for key in keys]
        details += [make.period(drug), changes(make, drug.changes, (*where, "changes"))]
        details.append(make.said(drug.note, (*where, "note")))
        told.append(make.bracketed(make.said(drug.label, (*where, "label")), details))
    return make.joined([*told, make.rest(listing, path)])


def past_interventions(make: Builder) -> list[Block]:
    """Return earlier treatments of this problem."""
    history_ = make.case.observation.history if make.case.observation else None
    found = history_.past_interventions if history_ else None
    rows: list[Fact] = []
    if found:
        keys = ("dose", "route", "frequency", "outcome")
        path: Path = ("observation", "history", "past_interventions")
        make.row(rows, "past_interventions", make.answer(found, path, keys), path)
    return make.facts(rows)


def examination(make: Builder) -> list[Block]:
    """Return the physical examination."""
    found = make.case.observation.examination if make.case.observation else None
    if found is None:
        return []
    path: Path = ("observation", "examination")
    rows: list[Fact] = []
    vitals = (make.quantity(v, (*path, "vitals", n)) for n, v in enumerate(found.vitals))
    make.row(rows, "vitals", make.joined(vitals), (*path, "vitals"))
    findings = (make.record(f, (*path, "findings", n), ("site", "severity")) for n, f in enumerate(found.findings))
    make.row(rows, "findings", make.joined(findings), (*path, "findings"))
    negatives = (make.record(v, (*path, "negatives", n), ("site",)) for n, v in enumerate(found.negatives))
    make.row(rows, "negatives", make.joined(negatives), (*path, "negatives"))
    scores = (make.quantity(s, (*path, "scores", n)) for n, s in enumerate(found.scores))
    make.row(rows, "scores", make.joined(scores), (*path, "scores"))
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


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
