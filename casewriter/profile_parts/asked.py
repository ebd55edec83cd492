"""What a journal asks beside counts and sections: identifying details, use of AI, exceptions from the guideline."""

from typing import Literal

from casewriter.profile_parts.base import ProfilePart

Allowed = Literal["forbidden", "if_essential", "allowed"]
Statement = Literal[
    "consent",
    "ethics",
    "competing_interests",
    "funding",
    "contributions",
    "data_availability",
    "ai_use",
    "guarantor",
    "acknowledgements",
    "patient_perspective",
    "registration",
    "guideline",
]
"""Statements for which a journal may demand a sentence of its own; `guideline` is the one that names the guideline."""


class Deidentification(ProfilePart):
    """Which details about the patient the journal allows; None where its instructions say nothing."""

    exact_age: Allowed | None = None
    calendar_dates: Allowed | None = None
    place_names: Allowed | None = None
    institution: Allowed | None = None
    ethnicity_occupation: Allowed | None = None


class AiPlan(ProfilePart):
    """Where the use of artificial intelligence is disclosed, and what is said of it: keys of `ai_use` and its tools."""

    place: tuple[Literal["statement", "acknowledgements", "methods", "cover_letter", "form"], ...] = ()
    extent: tuple[
        Literal["name", "vendor", "version", "settings", "purpose", "stage", "inputs", "date", "verification"], ...
    ] = ()


class Override(ProfilePart):
    """Where the journal departs from an item of the guideline: checks dropped, and why.

    `drop` names rules of the item's presence (contains_any) or codes of its adequacy (CARE035).
    """

    drop: tuple[str, ...]
    because: str
