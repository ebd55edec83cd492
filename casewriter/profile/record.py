"""The profile of a journal: headings, order, layout, citation style, limits, files, and how each was learned."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from casewriter.profile_parts import (
    AbstractPlan,
    AiPlan,
    CitationPlan,
    Confidence,
    Count,
    Deidentification,
    FilesPlan,
    JournalLimits,
    Override,
    ProfilePart,
    SectionPlan,
    Statement,
    TitleRules,
    Value,
)


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Profile(ProfilePart):
    """What a journal asks of a manuscript. Figures are starting points: check the journal's own page.

    `values` says of each value, by its dotted key, how it was learned: with what confidence, from which page of what
    day (`unknown` for a copy without a date); `confidence` and `as_of` hold where `values` names no key. `left` is what
    only a person can do. `profile_parts/handling.py` says what the program does about each key.

    `times` says how tables and lists print the time of a record: `day` counts days (day 1), `short` gives lengths from
    the index (1 d). `not_obtained` says whether a patient's account that was not obtained is a sentence or left
    out. `translated` tells that the headings belong to no journal and are put into the language of the case.
    `statements` are keys of the case that the journal asks for, `sentences` the words that it demands there, which are
    offered and never printed unasked. `forbidden` are phrases it does not want, with the reason; `privacy` is the level
    at which identifiers are looked for; `overrides` say by guideline and item where the journal wins. `word_template`
    is the journal's own Word file, beside the profile: a .docx takes its styles and page.
    """

    id: str
    name: str
    extends: str | None = None
    publisher: str | None = None
    confidence: Confidence | None = None
    as_of: str | None = None
    sources: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    values: dict[str, Value] = Field(default_factory=dict)
    left: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    guideline: str = "care"
    guideline_cited: Literal["required", "optional"] | None = None
    layout: str = "article"
    word_template: str | None = None
    figures: Literal["in_place", "at_end"] = "in_place"
    times: Literal["day", "short"] = "day"
    not_obtained: Literal["sentence", "omit"] = "sentence"
    tables: Literal["in_place", "at_end"] = "in_place"
    files: FilesPlan = FilesPlan()
    article_type: str = "Case report"
    translated: bool = False
    abstract: AbstractPlan = AbstractPlan()
    front: tuple[SectionPlan, ...] = ()
    sections: tuple[SectionPlan, ...] = ()
    declarations: SectionPlan | None = None
    back: tuple[SectionPlan, ...] = ()
    citation: CitationPlan = CitationPlan(csl="nlm-citation-sequence")
    limits: JournalLimits = JournalLimits()
    title: TitleRules = TitleRules()
    keywords: Count = Count()
    highlights: Count = Count()
    learning_points: Count = Count()
    units: Literal["si", "both", "conventional"] | None = None
    statements: tuple[str, ...] = ()
    sentences: dict[Statement, str] = Field(default_factory=dict)
    consent_form: Literal["own", "any"] | None = None
    consent_form_note: str | None = None
    preprint: Literal["forbidden", "allowed"] | None = None
    supplements: Literal["forbidden", "allowed"] | None = None
    ai: AiPlan = AiPlan()
    forbidden: dict[str, str] = Field(default_factory=dict)
    privacy: Literal["hipaa", "journal"] = "hipaa"
    deidentification: Deidentification = Deidentification()
    overrides: dict[str, dict[str, Override]] = Field(default_factory=dict)

    def value(self, key: str) -> Value:
        """Return how the value at a dotted key was learned; a mapping is as sure as the first of its values."""
        found = self.values.get(key) or next((v for k, v in self.values.items() if k.startswith(f"{key}.")), None)
        return found or Value()

    def plans(self) -> Iterator[SectionPlan]:
        """Yield every section in order: front matter first, declarations and back matter last.

        A part that a later section names is not front matter.
        """
        later = (*self.sections, *((self.declarations,) if self.declarations else ()), *self.back)
        named = {part for plan in later for part in plan.parts}
        yield from (plan for plan in self.front if not named.intersection(plan.parts))
        yield from self.sections
        if self.declarations is not None:
            yield self.declarations
        yield from self.back
