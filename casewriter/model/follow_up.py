"""What became of the patient: outcomes, later tests, adherence, adverse events."""

from typing import ClassVar, Literal

from casewriter.model.base import Blocks, Inline, Labelled, Listing, Model, Plain, Record, Spelled, about, many
from casewriter.model.duration import Length
from casewriter.model.time import At


class Outcome(Labelled):
    """An outcome, as judged by the clinician or by the patient."""

    expected: Inline | None = about("Whether it was expected.")


class Outcomes(Model):
    """Outcomes in both views."""

    clinician: Listing[Outcome] | None = about("Outcomes as judged by the clinician.")
    patient: Listing[Outcome] | None = about("Outcomes as judged by the patient.")


class LaterTest(Labelled):
    """A later test, in words or as a reference to a result or study."""

    result: Plain | None = about("Id of a laboratory result.")
    study: Plain | None = about("Id of an imaging study or other test.")


class Assessed(Spelled):
    """A judgement and how it was arrived at."""

    text_key: ClassVar[str | None] = "value"

    value: Inline | None = about("full, partial, poor, good.")
    how_assessed: Inline | None = about("pill count, interview, drug level.")


class Suspect(Model):
    """A drug or device suspected to have caused an adverse event."""

    of: Plain | None = about("The drug or device, or its id.")
    role: Literal["suspect", "interacting", "concomitant"] | None = about("suspect, interacting or concomitant.")


class Causality(Model):
    """A formal judgement of cause."""

    scale: Inline | None = about("Naranjo, WHO-UMC, RUCAM.")
    score: Plain | None = about("Score.")
    category: Inline | None = about("definite, probable, possible, doubtful.")


class AdverseEvent(Labelled):
    """An adverse or unexpected event."""

    until: At | None = about("When it ended.")
    severity: Inline | None = about("Severity: mild, severe, grade 3.")
    clavien_dindo: Literal["I", "II", "IIIa", "IIIb", "IVa", "IVb", "V"] | None = about(
        "Grade of a surgical complication (Clavien-Dindo): I, II, IIIa, IIIb, IVa, IVb, V."
    )
    suspected: tuple[Suspect, ...] = many("Suspected causes: [{of: linezolid, role: suspect}].")
    action: Inline | None = about("What was done.")
    outcome: Inline | None = about("Outcome.")
    dechallenge: Inline | None = about("What happened when the suspected cause was stopped (dechallenge).")
    rechallenge: Inline | None = about("What happened when it was given again (rechallenge).")
    causality: tuple[Causality, ...] = many("Causality assessment: [{scale: Naranjo, score: 6, category: probable}].")


class Death(Record):
    """The death of the patient."""

    cause: Inline | None = about("Cause of death.")
    autopsy: Inline | None = about("Whether an autopsy was performed, and its findings.")


class FollowUp(Spelled):
    """Follow-up of the patient."""

    narrative: Blocks | None = about("Follow-up and outcome in prose.")
    duration: Length | None = about("Length of follow-up: 1 y.")
    schedule: Inline | None = about("How often the patient was seen.")
    setting: Inline | None = about("Where: clinic, telephone, home.")
    method: Inline | None = about("How: examination, laboratory, questionnaire.")
    outcomes: Outcomes | None = about("Outcomes as judged by clinician and patient.")
    tests: Listing[LaterTest] | None = about("Important follow-up results: in words, {result: id} or {study: id}.")
    adherence: Assessed | None = about("Whether the patient adhered to the treatment, and how this was assessed.")
    tolerability: Assessed | None = about("Whether the patient tolerated it, and how this was assessed.")
    adverse_events: Listing[AdverseEvent] | None = about("Adverse and unexpected events, or {none: true}.")
    death: Death | None = about("The patient's death.")
