"""What it was, what else it could have been, and why not."""

from typing import ClassVar, Literal

from pydantic import Field

from casewriter.model.base import Blocks, Inline, Labelled, Listing, Plain, SeveralIds, Spelled, about, many
from casewriter.model.duration import Length
from casewriter.model.time import At


class FinalDiagnosis(Labelled):
    """A diagnosis that was made."""

    codes: dict[str, Plain] = Field(default_factory=dict, description="Codes by system: {icd10: L94.2, mondo: …}.")
    certainty: Inline | None = about("confirmed, probable, possible.")


class Considered(Labelled):
    """A diagnosis that was considered."""

    status: Literal["excluded", "unlikely", "possible", "not_tested"] | None = about(
        "excluded, unlikely, possible or not_tested."
    )
    for_: Inline | None = about("Evidence in favour.", alias="for")
    against: Inline | None = about("Evidence against.")
    excluded_by: SeveralIds = many("Ids of the records that excluded it: [calcium].")
    working: bool | None = about("true: this was the working diagnosis from `at` to `until`.")
    until: At | None = about("Until when it was the working diagnosis.")


class Complication(Labelled):
    """A complication of the disease; harm caused by a treatment goes under follow_up.adverse_events."""

    until: At | None = about("When it ended.")
    duration: Length | None = about("How long it lasted.")
    severity: Inline | None = about("Severity: mild, severe, grade 3.")
    outcome: Inline | None = about("Outcome.")


class Diagnosis(Spelled):
    """Final and differential diagnosis, reasoning and prognosis."""

    list_key: ClassVar[str | None] = "final"

    narrative: Blocks | None = about("How the diagnosis was reached, in prose.")
    final: tuple[FinalDiagnosis, ...] = many("The diagnoses that were made.")
    differential: Listing[Considered] | None = about("Other diagnoses considered, and why they were rejected.")
    caption: Inline | None = about("Caption of the table of the differential diagnosis.")
    complications: Listing[Complication] | None = about("Complications of the disease, or {none: true}.")
    challenges: Listing[Inline] | None = about(
        "Obstacles to the diagnosis: access, cost, language, misleading results."
    )
    reasoning: Blocks | None = about("The reasoning behind the diagnosis, with citations.")
    prognosis: Inline | None = about("Prognostic features.")
    stage: Inline | None = about("Stage, grade or severity class.")
