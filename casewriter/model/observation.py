"""The patient before any test: who it is, what brought them, what was found on examination."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from casewriter.model.base import (
    Blocks,
    Inline,
    Labelled,
    Listing,
    Model,
    OneOrMany,
    Plain,
    Spelled,
    about,
    as_list,
    is_bare,
    many,
)
from casewriter.model.duration import Aged, Length
from casewriter.model.quantity import Quantity
from casewriter.model.time import At
from casewriter.model.treatment import Change


class Patient(Model):
    """The patient, without anything that identifies."""

    age: Aged | None = about("Age at the index: 37 y, 8 mo, 4 h, 30s (a decade) or 90+.")
    age_at: At | None = about("When the patient was that age, if not at the index: 6 d.")
    sex: Plain | None = about(
        "Sex: female, male, intersex or not stated, printed in the language of the case; else as typed."
    )
    gender: Inline | None = about("Gender, where it matters and the patient wishes it stated.")
    ethnicity: Inline | None = about("Ethnicity, only where it matters clinically.")
    occupation: Inline | None = about("Occupation, only where it matters clinically.")
    minor: bool | None = about("true for a minor; consent then comes from a parent or guardian.")
    gestational_age: Aged | None = about("Gestational age at birth, of a newborn.")
    birth_weight: Plain | None = about("Birth weight, of a newborn: 1.6 kg.")
    mode_of_presentation: Inline | None = about("Mode of presentation: referral, emergency, clinic.")
    weight: Plain | None = about("Body weight with its unit: 62 kg.")
    height: Plain | None = about("Height with its unit: 1.68 m.")


class Complaint(Labelled):
    """A symptom or concern in the patient's view."""

    onset: At | None = about("When it began, relative to the index: -3 wk.")
    duration: Length | None = about("How long it had lasted: 3 wk, ongoing.")
    severity: Inline | None = about("Severity.")
    course: Inline | None = about("worsening, stable, intermittent.")
    site: Inline | None = about("Where on the body.")


class Condition(Labelled):
    """A condition of the patient's own history."""

    since: At | None = about("Since when: -5 y.")
    until: At | None = about("Until when.")
    outcome: Inline | None = about("Outcome.")


class FamilyCondition(Labelled):
    """A condition in the family."""

    relation: Inline | None = about("Relation to the patient: maternal uncle.")
    condition: Inline | None = about("What the relative had.")
    age: Aged | None = about("The relative's age at that time.")


class Medication(Labelled):
    """A drug taken before this illness."""

    dose: Inline | None = about("Dose: 5 mg.")
    route: Inline | None = about("Route: oral.")
    frequency: Inline | None = about("How often: daily.")
    since: At | None = about("Since when: -5 y.")
    until: At | None = about("Until when.")
    indication: Inline | None = about("What for.")
    changes: Listing[Change] | None = about("Changes and their reasons, or {none: true}.")
    brand: Inline | None = about("Brand name, where it matters.")
    manufacturer: Inline | None = about("Manufacturer, where it matters.")


class Substance(Labelled):
    """Tobacco, alcohol or another substance."""

    status: Literal["never", "former", "current"] | None = about("never, former or current.")
    amount: Inline | None = about("How much: 20 pack-years, 2 units a week.")
    since: At | None = about("Since when.")
    until: At | None = about("Until when.")


class Allergy(Labelled):
    """A known allergy or intolerance."""

    reaction: Inline | None = about("What happened.")
    severity: Inline | None = about("Severity.")


class PastIntervention(Labelled):
    """A treatment of this problem before the present episode, and what came of it."""

    dose: Inline | None = about("Dose: 20 mg/day.")
    route: Inline | None = about("Route: oral.")
    frequency: Inline | None = about("How often.")
    until: At | None = about("Until when.")
    duration: Length | None = about("How long.")
    outcome: Inline | None = about("Outcome.")


class History(Spelled):
    """What was known before: each part is a text, a list, or {none: true}."""

    narrative: Blocks | None = about("The history in prose.")
    medical: Listing[Condition] | None = about("Earlier and present illnesses.")
    surgical: Listing[Condition] | None = about("Earlier operations.")
    family: Listing[FamilyCondition] | None = about("Illnesses in the family.")
    psychosocial: Listing[Condition] | None = about("Living conditions, work, family, support.")
    genetic: Listing[Condition] | None = about(
        "Known genetic findings in the family; results of this case go under genetics."
    )
    perinatal: Listing[Condition] | None = about("Pregnancy, birth, newborn period.")
    obstetric: Listing[Condition] | None = about("Pregnancies and births of the patient.")
    immunisations: Listing[Condition] | None = about("Vaccinations.")
    exposures: Listing[Condition] | None = about("Travel, animals, work.")
    substances: Listing[Substance] | None = about("Tobacco, alcohol, drugs: [{label: tobacco, status: former}].")
    medications: Listing[Medication] | None = about("Drugs taken before this illness.")
    allergies: Listing[Allergy] | None = about("Allergies, or {none: true, scope: drugs, how_assessed: …}.")
    review_of_systems: Listing[Condition] | None = about("Review of systems: further symptoms asked about.")
    past_interventions: Listing[PastIntervention] | None = about(
        "Earlier treatments of this problem and their outcome."
    )


class Finding(Labelled):
    """A physical finding."""

    site: Inline | None = about("Where on the body.")
    severity: Inline | None = about("How marked it was.")
    figure: Plain | None = about("The figure, or figure.panel, that shows it.")


class Negative(Labelled):
    """Something that was looked for and not found."""

    site: Inline | None = about("Where on the body.")


def _negatives(value: Any) -> Any:
    """Return one negative as a list of it; a bare word says nothing of what was looked for."""
    if is_bare(value) or (isinstance(value, str) and value.strip().rstrip(".").lower() == "none"):
        hint = "list what was looked for and not found: [no oedema, no rash]"
        raise PydanticCustomError("bare_none", "this does not say what was looked for", {"hint": hint})
    return as_list(value)


Negatives = Annotated[tuple[Negative, ...], BeforeValidator(_negatives), OneOrMany]


class Score(Quantity):
    """A clinical score."""

    parts: Inline | None = about("Its parts: E3V5M6.")


class Examination(Spelled):
    """The physical examination."""

    list_key: ClassVar[str | None] = "findings"

    narrative: Blocks | None = about("The examination in prose.")
    vitals: tuple[Quantity, ...] = many("Vital signs: [{label: Temperature, value: 37.1, unit: °C}].")
    findings: tuple[Finding, ...] = many("Findings.")
    negatives: Negatives = many("What was looked for and not found: [no oedema, {label: no guarding, at: 5 d}].")
    scores: tuple[Score, ...] = many("Clinical scores with their value.")


class Observation(Spelled):
    """Patient, complaints, history and examination."""

    narrative: Blocks | None = about("The presentation in prose; it comes before the records.")
    patient: Patient | None = about("Who the patient is, without identifying them.")
    complaints: Listing[Complaint] | None = about("What brought the patient: symptom, duration, severity.")
    history: History | None = about("History before this illness.")
    examination: Examination | None = about("Physical examination, with pertinent negatives.")


class Other(Labelled):
    """Another person of the story: a donor, the mother, a sibling; never a name."""

    text_key: ClassVar[str | None] = "text"

    role: Inline | None = about("Who: donor, mother, sibling.")
    age: Aged | None = about("Age.")
    sex: Plain | None = about("Sex.")
    text: Inline | None = about("What is relevant to this case.")
