"""Diagnosis, treatment, operations, discussion: narrative first, then the records."""

from __future__ import annotations

from casewriter.article.builder import Builder
from casewriter.article.differential import differential_table
from casewriter.article.nodes import Block, Fact
from casewriter.article.treatments import treatment_tables
from casewriter.problem import Path

_DISCUSSION = (
    "narrative",
    "literature",
    "rationale",
    "strengths",
    "limitations",
    "implications",
)


def final_diagnosis(make: Builder) -> list[Block]:
    """Return the diagnoses that were made, with their codes."""
    found = make.case.diagnosis
    rows: list[Fact] = []
    for number, one in enumerate(found.final if found else ()):
        path: Path = ("diagnosis", "final", number)
        codes = [
            make.plain(f"{_system(name)} {code.removeprefix(name.upper() + ':')}") for name, code in one.codes.items()
        ]
        details = [make.said(one.certainty, (*path, "certainty")), make.joined(codes, ", "), make.period(one)]
        said = make.bracketed(make.said(one.label, (*path, "label")), details)
        make.row(rows, "final_diagnosis", make.joined([said, make.said(one.note, (*path, "note"))]), path)
    return make.facts(rows)


def _system(name: str) -> str:
    known = {
        "icd10": "ICD-10",
        "icd10cm": "ICD-10-CM",
        "icd11": "ICD-11",
        "snomed": "SNOMED CT",
        "hpo": "HPO",
        "orpha": "ORPHA",
    }
    return known.get(name.lower().replace("-", "").replace("_", ""), name.upper())


def differential(make: Builder) -> list[Block]:
    """Return the differential diagnosis as a table."""
    found = make.case.diagnosis.differential if make.case.diagnosis else None
    if found is None:
        return []
    path: Path = ("diagnosis", "differential")
    if not found.items:
        rows: list[Fact] = []
        make.row(rows, "differential", make.answer(found, path), path)
        return make.facts(rows)
    rest: list[Fact] = []
    make.row(rest, "differential", make.rest(found, path), path)
    return [differential_table(make), *make.facts(rest)]


def diagnosis_narrative(make: Builder) -> list[Block]:
    """Return the way to the diagnosis in prose, and the reasoning."""
    found = make.case.diagnosis
    if found is None:
        return []
    parts = (("narrative", found.narrative), ("reasoning", found.reasoning))
    return [block for key, text in parts for block in make.prose.blocks(text, ("diagnosis", key))]


def diagnosis_rest(make: Builder) -> list[Block]:
    """Return complications, challenges, prognosis and stage."""
    found = make.case.diagnosis
    rows: list[Fact] = []
    if found is not None and found.complications is not None:
        path: Path = ("diagnosis", "complications")
        make.lines(rows, "complications", found.complications, path, make.detailed(("severity", "outcome")))
    if found is not None and found.challenges is not None:
        where: Path = ("diagnosis", "challenges")
        make.lines(rows, "challenges", found.challenges, where, make.detailed(()))
    for key in ("prognosis", "stage"):
        make.row(rows, key, make.said(getattr(found, key, None), ("diagnosis", key)), ("diagnosis", key))
    return make.facts(rows)


def course(make: Builder) -> list[Block]:
    """Return the story in hospital."""
    return list(make.prose.blocks(make.case.course, ("course",)))


def treatment(make: Builder) -> list[Block]:
    """Return the treatment: prose, then the table of interventions."""
    found = make.case.treatment
    if found is None:
        return []
    blocks: list[Block] = list(make.prose.blocks(found.narrative, ("treatment", "narrative")))
    given = found.interventions
    if given is None:
        return blocks
    path: Path = ("treatment", "interventions")
    rows: list[Fact] = []
    make.row(rows, "intervention", make.rest(given, path) if given.items else make.answer(given, path), path)
    return [*blocks, *(treatment_tables(make) if given.items else ()), *make.facts(rows)]


def discussion(make: Builder) -> list[Block]:
    """Return the discussion: its parts in order, without headings."""
    found = make.case.discussion
    if found is None:
        return []
    blocks = [b for key in _DISCUSSION for b in make.prose.blocks(getattr(found, key), ("discussion", key))]
    return [*blocks, *_would_change(make, found.would_change)]


def _would_change(make: Builder, text: str | None) -> list[Block]:
    """Return what the authors would do differently: as prose where it is a sentence, else behind a word."""
    path: Path = ("discussion", "would_change")
    if text and not text.rstrip().endswith((".", "!", "?", "…")):
        rows: list[Fact] = []
        make.row(rows, "would_change", make.prose.inline(text, path), path)
        return make.facts(rows)
    return list(make.prose.blocks(text, path))
