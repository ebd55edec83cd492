"""The parts of the paper that the author writes: abstract, discussion, the patient's own words."""

from typing import ClassVar, Literal

from casewriter.model.base import Blocks, Inline, Spelled, about


class Focus(Spelled):
    """What the case is about."""

    text_key: ClassVar[str | None] = "label"

    kind: Literal["disease", "adverse_drug_reaction", "procedure", "diagnostic_challenge", "other"] | None = about(
        "disease, adverse_drug_reaction, procedure, diagnostic_challenge or other."
    )
    label: Inline | None = about("The disease, drug reaction, procedure or challenge, as the title names it.")


class Abstract(Spelled):
    """The abstract in parts, or as one text."""

    text_key: ClassVar[str | None] = "text"

    text: Blocks | None = about("The abstract as one text, where the journal wants it unstructured.")
    background: Blocks | None = about("What is unusual and what the case adds.")
    presentation: Blocks | None = about("Main concerns and key findings.")
    diagnosis: Blocks | None = about("Main diagnoses.")
    treatment: Blocks | None = about("What was done.")
    outcome: Blocks | None = about("How it ended.")
    discussion: Blocks | None = about("What it means.")
    conclusion: Blocks | None = about("The take-away lesson.")


class Discussion(Spelled):
    """The discussion; its parts print in this order, without headings."""

    narrative: Blocks | None = about("The discussion, or its opening.")
    literature: Blocks | None = about("Relevant literature, with citations.")
    rationale: Blocks | None = about("The reasoning behind the conclusions, cause and effect.")
    strengths: Blocks | None = about("Strengths of how the case was managed and reported.")
    limitations: Blocks | None = about("Limitations of how the case was managed and reported.")
    implications: Blocks | None = about("Implications for practice or research.")
    would_change: Blocks | None = about("What the authors would do differently.")
    claims_first_report: bool | None = about("true if the text claims a first case; then give literature_search.")


class PatientPerspective(Spelled):
    """The patient's own account."""

    text_key: ClassVar[str | None] = "text"

    text: Blocks | None = about("How the patient experienced it, in their own words.")
    by: Literal["patient", "parent", "guardian", "next_of_kin", "other_proxy"] | None = about(
        "patient, parent, guardian, next_of_kin or other_proxy."
    )
    not_obtained: Inline | None = about("Why it was not obtained.")
