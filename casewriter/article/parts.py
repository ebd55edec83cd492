"""Which function tells which part of a case; a profile's sections name these parts."""

from __future__ import annotations

from collections.abc import Callable

from casewriter.article import clinical, management, statements
from casewriter.article.builder import Builder
from casewriter.article.laboratory import labs
from casewriter.article.nodes import Block
from casewriter.article.timeline import timeline

Teller = Callable[[Builder], list[Block]]

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
    "microbiology": clinical.microbiology,
    "imaging": clinical.imaging,
    "tests": clinical.tests,
    "pathology": clinical.pathology,
    "genetics": clinical.genetics,
    "diagnosis": management.diagnosis,
    "diagnosis.final": management.final_diagnosis,
    "diagnosis.differential": management.differential,
    "course": management.course,
    "treatment": management.treatment,
    "operations": management.operations,
    "follow_up": management.follow_up,
    "outcomes": management.outcomes,
    "adverse_events": management.adverse_events,
    "discussion": management.discussion,
    "literature_search": management.literature_search,
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

OBSERVATION = (
    "observation_narrative",
    "patient",
    "complaints",
    "history",
    "past_interventions",
    "examination",
)
"""What the part `observation` stands for."""

INSIDE = {"diagnosis.final": "diagnosis", "diagnosis.differential": "diagnosis"}
"""Parts that are told by another part too."""


def expanded(parts: tuple[str, ...]) -> list[str]:
    """Return the tellers' names of a section's parts; the prose of the presentation comes with its first part."""
    names: list[str] = []
    for part in parts:
        names.extend(OBSERVATION if part == "observation" else (part,))
    return names
