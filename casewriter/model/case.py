"""The whole case."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from casewriter.model.base import AuthorText, Blocks, Inline, Listing, Model, Plain, Several, about, many
from casewriter.model.course import Timeline
from casewriter.model.diagnosis import Diagnosis
from casewriter.model.exhibits import Attachment, Figure, OwnTable
from casewriter.model.follow_up import FollowUp
from casewriter.model.investigation import Genetics, Imaging, Microbiology, Pathology, Tests
from casewriter.model.laboratory import Laboratory
from casewriter.model.literature import LiteratureSearch, PriorCases
from casewriter.model.naming import Named, first_of, named
from casewriter.model.observation import Observation, Other
from casewriter.model.parts import WITH_RECORDS
from casewriter.model.people import Affiliation, Author
from casewriter.model.reference import Reference, ReferenceFile
from casewriter.model.report import Abstract, Discussion, Focus, PatientPerspective
from casewriter.model.statements import AiUse, Consent, Ethics, Fund
from casewriter.model.treatment import Operation, Treatment
from casewriter.model.walking import knows, walk
from casewriter.problem import Path, did_you_mean

RESERVED_EXHIBITS = ("labs", "timeline")
"""Ids of the tables that are built from data; an author's own may not take them."""
RESERVED_FIGURES = (*RESERVED_EXHIBITS, "course")
"""Ids of the figures that are drawn from data."""
PRIOR_CASES = "prior-cases"
"""The id of the table of `prior_cases`; a case without that key may give it to a table of its own."""
CHOOSING = ("labs", "course")
"""Those of them that a mention chooses tests for, as in ``@fig-course.alt,crp``."""


class GuidelineAnswers(Model):
    """Waivers of guideline items, and the author's answers to what only a person can decide."""

    not_applicable: dict[str, Inline] = Field(
        default_factory=dict, description="Item: reason, printed in the checklist."
    )
    confirmed: dict[str, Plain] = Field(default_factory=dict, description="Item: yes, no or na.")


class LintSettings(Model):
    """What lint shall not report of this case."""

    ignore: dict[str, Plain | None] = Field(default_factory=dict, description="Rule code: reason (mandatory).")


def _kind_of_reference(value: Any) -> str:
    known = {field.alias or name for name, field in Reference.model_fields.items()}
    lone = isinstance(value, dict) and not known & set(value)  # one misspelt key: `file` is the likely one
    named = isinstance(value, ReferenceFile) or lone or (isinstance(value, dict) and "file" in value)
    return "reference-file" if named else "reference-item"


ReferenceEntry = Annotated[
    Annotated[ReferenceFile, Tag("reference-file")] | Annotated[Reference, Tag("reference-item")],
    Discriminator(_kind_of_reference),
]


def _free_figures(value: Any) -> Any:
    return _free_ids(value, RESERVED_FIGURES)


def _free_ids(value: Any, reserved: tuple[str, ...] = RESERVED_EXHIBITS) -> Any:
    for name in reserved:
        if isinstance(value, dict) and name in value:
            message = "“{name}” is reserved for a table or figure built from the data"
            raise PydanticCustomError(
                "reserved", message, {"name": name, "within": (name,), "hint": "choose another id"}
            )
    return value


def _known_parts(value: Any) -> Any:
    """Refuse a part that no paper has records of."""
    for name in value if isinstance(value, dict) else ():
        if name not in WITH_RECORDS:
            hint = did_you_mean(str(name), WITH_RECORDS) or f"known: {', '.join(WITH_RECORDS)}"
            message = "there are no records of “{name}”"
            raise PydanticCustomError("no_records", message, {"name": str(name), "within": (name,), "hint": hint})
    return value


def _format(value: Any) -> Any:
    if value not in ("1", 1):
        message = "this program reads format 1, not {found}"
        raise PydanticCustomError("format", message, {"found": str(value), "hint": "write format: 1"})
    return 1


ExhibitId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]


class Case(Model):
    """What happened to one patient, and what the authors say about it."""

    format: Annotated[int, BeforeValidator(_format)] = Field(description="Version of the case format: 1.")
    title: Inline | None = about("Title; quote it if it contains a colon.")
    short_title: Inline | None = about("Running head.")
    focus: Focus | None = about("What the case is about: {kind: disease, label: …}.")
    keywords: Several = many("Two to five index terms, one of them “case report”.")
    guideline: Plain = Field(default="care", description="Reporting guideline: care, scare.")
    profile: Plain = Field(default="generic-care", description="Journal profile: order, headings, citation style.")
    language: Plain = Field(default="en", description="Language of the text: en, de, fr, es, pt, it, …")
    authors: tuple[Author, ...] = many("Authors in order.")
    affiliations: dict[str, Affiliation] = Field(default_factory=dict, description="Affiliations by a short name.")
    contributions: Blocks | None = about("Contributions in words, where CRediT roles are not enough.")
    guarantor: Inline | None = about("Who takes responsibility for the whole work.")
    abstract: Abstract | None = about("Abstract, in parts or as one text.")
    highlights: Several = many("Highlights, where the journal asks for them.")
    introduction: Blocks | None = about("Why this case is worth reporting, with citations.")
    observation: Observation | None = about("Patient, complaints, history, examination.")
    others: tuple[Other, ...] = many("Other people in the story: donor, mother, sibling; no names.")
    timeline: Timeline | None = about("Time 0, and events not recorded elsewhere.")
    labs: Laboratory | None = about("Laboratory results.")
    microbiology: Microbiology | None = about("Cultures and other searches for micro-organisms.")
    imaging: Imaging | None = about("Imaging studies.")
    tests: Tests | None = about("Tests other than laboratory, imaging and pathology.")
    pathology: Pathology | None = about("Tissue and cells.")
    genetics: Genetics | None = about("Genetic results of this case.")
    diagnosis: Diagnosis | None = about("Final and differential diagnosis, reasoning.")
    course: Blocks | None = about("The hospital course in order, where separate sections would scatter it.")
    treatment: Treatment | None = about("Interventions.")
    operations: tuple[Operation, ...] = many("Surgical details of interventions of kind surgery.")
    follow_up: FollowUp | None = about("Outcomes, later tests, adherence, adverse events.")
    discussion: Discussion | None = about("Literature, reasoning, strengths and limitations.")
    literature_search: LiteratureSearch | None = about("Databases, query, date and hits of a literature search.")
    prior_cases: PriorCases | None = about("Cases published before, a row each: a table, @tbl-prior-cases.")
    conclusion: Blocks | None = about("One paragraph without citations.")
    learning_points: Several = many("Take-away lessons.")
    patient_perspective: PatientPerspective | None = about("The patient's own account, or why there is none.")
    consent: Consent | None = about("Informed consent to publish.")
    ethics: Ethics | None = about("Ethics approval.")
    registration: Inline | None = about("Registration of the work.")
    funding: Listing[Fund] | None = about("Funders, or {none: true}.")
    competing_interests: Listing[Inline] | None = about("Competing interests, or {none: true}.")
    data_availability: Blocks | None = about("Where the data are available.")
    acknowledgements: Blocks | None = about("Thanks.")
    prior_presentation: Blocks | None = about("Where the case was presented before.")
    cover_letter: Blocks | None = about(
        "The letter to the editor, in your words: what the case adds to the literature."
    )
    ai_use: AiUse | None = about("Use of artificial intelligence: {used: false} or details.")
    abbreviations: dict[str, Inline] = Field(default_factory=dict, description="Abbreviation: meaning.")
    figures: Annotated[dict[ExhibitId, Figure], BeforeValidator(_free_figures)] = Field(
        default_factory=dict, description="Figures by id; mention them as @fig-id in the text."
    )
    tables: Annotated[dict[ExhibitId, OwnTable], BeforeValidator(_free_ids)] = Field(
        default_factory=dict, description="Tables by id; mention them as @tbl-id in the text."
    )
    videos: tuple[Attachment, ...] = many("Videos.")
    supplements: tuple[Attachment, ...] = many("Supplementary files.")
    references: tuple[ReferenceEntry, ...] = many("CSL items in YAML, names of reference files, or both.")
    nocite: Several = many("all, or ids of references listed though not cited.")
    print: Annotated[dict[str, Literal["untold", "all", "none"]], BeforeValidator(_known_parts)] = Field(
        default_factory=dict,
        description="Which records are printed as lists and tables: {patient: none, treatment: all}.",
    )
    care: GuidelineAnswers | None = about("Waivers and confirmations of CARE items.")
    scare: GuidelineAnswers | None = about("Waivers and confirmations of SCARE items.")
    lint: LintSettings | None = about("What lint should not report.")

    @field_validator("tables")
    @classmethod
    def _one_table_of_prior_cases(cls, value: dict[str, OwnTable], info: ValidationInfo) -> dict[str, OwnTable]:
        if PRIOR_CASES in value and info.data.get("prior_cases"):
            message = "“{name}” is the table built from prior_cases"
            raise PydanticCustomError(
                "reserved", message, {"name": PRIOR_CASES, "within": (PRIOR_CASES,), "hint": "choose another id"}
            )
        return value

    @property
    def data_tables(self) -> tuple[str, ...]:
        """The ids of the tables that a text may mention and that are built from data."""
        return (*RESERVED_EXHIBITS, PRIOR_CASES) if self.prior_cases else RESERVED_EXHIBITS

    @cached_property
    def parts(self) -> tuple[tuple[Path, Any], ...]:
        """Every model and text of the case with its path; walked once."""
        return walk(self)

    @cached_property
    def models(self) -> tuple[tuple[Path, Any], ...]:
        """Every model of the case with its path: records, lists, sections."""
        return tuple((path, part) for path, part in self.parts if isinstance(part, BaseModel))

    def having(self, *keys: str) -> Iterator[tuple[Path, Any]]:
        """Yield the models that have one of some keys, filled or not, with their paths.

        Rules ask for a few keys of every record; most records have none of them.
        """
        kinds = {kind for kind in self._kinds if knows(kind, *keys)}
        return ((path, part) for path, part in self.models if type(part) in kinds)

    @cached_property
    def _kinds(self) -> frozenset[type[BaseModel]]:
        return frozenset(type(part) for _, part in self.models)

    @cached_property
    def texts(self) -> tuple[tuple[Path, AuthorText], ...]:
        """Every text that may hold the inline syntax, with its path."""
        return tuple((path, part) for path, part in self.parts if isinstance(part, AuthorText))

    @cached_property
    def records(self) -> tuple[Named, ...]:
        """Every record that has an id or a label to make one from: path, id, record, whether the author gave the id."""
        return tuple(named(self.models))

    @cached_property
    def ids(self) -> Mapping[str, Path]:
        """The path of the first record of each name; an explicit id comes before a label."""
        return MappingProxyType(first_of(self.records))
