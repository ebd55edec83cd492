"""Follow-up, outcomes and adverse events: narrative first, then the records."""

from __future__ import annotations

from functools import partial

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Fact, Run
from casewriter.article.one_event import says_death
from casewriter.model.chronology import record_at, started
from casewriter.model.follow_up import LaterTest
from casewriter.model.records import known_ids
from casewriter.model.time import When
from casewriter.problem import Path


def follow_up(make: Builder) -> list[Block]:
    """Return how the patient was followed."""
    found = make.case.follow_up
    if found is None:
        return []
    path: Path = ("follow_up",)
    rows: list[Fact] = []
    for key in ("duration", "schedule", "setting", "method"):
        word = f"follow_up_{key}" if key in ("duration", "schedule") else key
        make.row(rows, word, make.said(getattr(found, key), (*path, key)), (*path, key))
    if found.tests is not None:
        make.lines(rows, "later_tests", found.tests, (*path, "tests"), partial(_later_test, make))
    for key in ("adherence", "tolerability"):
        if judged := getattr(found, key):
            where = (*path, key)
            run = make.bracketed(
                make.said(judged.value, (*where, "value")),
                [make.said(judged.how_assessed, (*where, "how_assessed"))],
            )
            make.row(rows, key, run, where)
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


def _later_test(make: Builder, test: LaterTest, path: Path) -> Run:
    names = [make.name(n) for n in (test.result, test.study) if n]
    when = make.period(test) or (make.when(_taken(make, test.study)) if test.study else ())
    return make.line([], [make.said(test.label, (*path, "label")), *names], when, make.said(test.note, (*path, "note")))


def _taken(make: Builder, study: str) -> When | None:
    """Return when a study was done that a later test names."""
    path = known_ids(make.case).get(study)
    return started(record_at(make.case, path)) if path else None


def outcomes(make: Builder) -> list[Block]:
    """Return outcomes in both views, and death."""
    found = make.case.follow_up
    rows: list[Fact] = []
    if found and found.outcomes:
        for side in ("clinician", "patient"):
            if listing := getattr(found.outcomes, side):
                where: Path = ("follow_up", "outcomes", side)
                make.lines(rows, f"outcomes_{side}", listing, where, make.detailed(("expected",)))
    if found and found.death:
        path: Path = ("follow_up", "death")
        autopsy = make.labelled("autopsy", make.said(found.death.autopsy, (*path, "autopsy")))
        details = [
            make.when(found.death.at),
            make.said(found.death.cause, (*path, "cause")),
            autopsy,
            make.said(found.death.note, (*path, "note")),
        ]
        if any(details[1:]) or not _death_is_an_outcome(make):
            make.row(rows, "death", make.joined(details) or make.text(make.words["yes"]), path)
    return make.facts(rows)


def _death_is_an_outcome(make: Builder) -> bool:
    """Whether an outcome says already that the patient died, and when."""
    chronology = make.telling.chronology
    found = make.case.follow_up
    death = chronology.days(found.death.at) if found and found.death else None
    sides = (found.outcomes.clinician, found.outcomes.patient) if found and found.outcomes else ()
    return any(
        says_death(outcome.label, make.words) and chronology.days(outcome.at) == death
        for side in sides
        for outcome in (side.items if side else ())
    )
