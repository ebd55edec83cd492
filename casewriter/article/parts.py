"""Which function tells which part of a case: one for each in `casewriter.model.parts`."""

from __future__ import annotations

from collections.abc import Callable

from casewriter.article import clinical, investigations, management, outcome, statements
from casewriter.article.adverse import adverse_events
from casewriter.article.builder import Builder
from casewriter.article.laboratory import labs
from casewriter.article.nodes import Block
from casewriter.article.operations import operations
from casewriter.article.prior import prior_cases
from casewriter.article.searching import literature_search
from casewriter.article.timeline import timeline

Teller = Callable[[Builder], list[Block]]


def _literature(make: Builder) -> list[Block]:
    return [*literature_search(make), *prior_cases(make)]


TELLERS: dict[str, Teller] = {
    "introduction": statements.introduction,
    "observation_narrative": clinical.observation_narrative,
    "patient": clinical.patient,
    "complaints": clinical.complaints,
    "history": clinical.history,
    "past_interventions": clinical.past_interventions,
    "examination": clinical.examination,
    "others": clinical.others,
    "timeline": timeline,
    "labs": labs,
    "microbiology": investigations.microbiology,
    "imaging": investigations.imaging,
    "tests": investigations.tests,
    "pathology": investigations.pathology,
    "genetics": investigations.genetics,
    "diagnosis_narrative": management.diagnosis_narrative,
    "diagnosis.final": management.final_diagnosis,
    "diagnosis.differential": management.differential,
    "diagnosis_rest": management.diagnosis_rest,
    "course": management.course,
    "treatment": management.treatment,
    "operations": operations,
    "follow_up": outcome.follow_up,
    "outcomes": outcome.outcomes,
    "adverse_events": adverse_events,
    "discussion": management.discussion,
    "literature_search": _literature,
    "conclusion": statements.conclusion,
    "learning_points": statements.learning_points,
    "highlights": statements.highlights,
    "patient_perspective": statements.patient_perspective,
    "consent": statements.consent,
    "ethics": statements.ethics,
    "registration": statements.registration,
    "funding": statements.funding,
    "competing_interests": statements.competing_interests,
    "contributions": statements.contributions,
    "guarantor": statements.guarantor,
    "data_availability": statements.data_availability,
    "acknowledgements": statements.acknowledgements,
    "prior_presentation": statements.prior_presentation,
    "ai_use": statements.ai_use,
    "abbreviations": statements.abbreviations,
    "videos": statements.videos,
    "supplements": statements.supplements,
}
