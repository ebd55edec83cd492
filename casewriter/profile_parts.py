"""What a journal's profile is made of: sections, abstract, citation style, limits, counts, exceptions."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Listed = Literal["untold", "all", "none"]
"""Which records of a part are printed as lists and tables."""


class ProfilePart(BaseModel):
    """A part of a profile: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionPlan(ProfilePart):
    """One section: its heading and the parts of the case that feed it; an `optional` one is not asked for.

    `records` says which of its records are listed: those that the prose does not tell already, all, or none.
    """

    heading: str
    parts: tuple[str, ...] = Field(alias="from")
    headings: dict[str, str] = Field(default_factory=dict)
    optional: bool = False
    records: Listed = "untold"


class AbstractPlan(ProfilePart):
    """The abstract: its name, and the headings of its parts (without headings it runs on)."""

    name: str = "Abstract"
    structured: bool = True
    parts: tuple[SectionPlan, ...] = ()


class CitationPlan(ProfilePart):
    """The citation style, and CSL name options where the journal departs from the style."""

    csl: str
    options: dict[str, str] = Field(default_factory=dict)


class JournalLimits(ProfilePart):
    """What the journal allows; None where no limit is known. Those named in `recommended` are advice."""

    body_words: int | None = None
    abstract_words: int | None = None
    abstract_words_min: int | None = None
    references: int | None = None
    figures: int | None = None
    tables: int | None = None
    figures_and_tables: int | None = None
    authors: int | None = None
    recommended: tuple[str, ...] = ()


class Count(ProfilePart):
    """How many there shall be, and what must be among them."""

    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    must_contain: tuple[str, ...] = ()


class TitleRules(ProfilePart):
    """What the journal asks of a title. `must_not_state` names age, sex or ethnicity."""

    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    must_not_state: tuple[Literal["age", "sex", "ethnicity"], ...] = ()
    max_words: int | None = None


class Override(ProfilePart):
    """Where the journal departs from an item of the guideline: checks dropped, and why.

    `drop` names rules of the item's presence (contains_any) or codes of its adequacy (CARE035).
    """

    drop: tuple[str, ...]
    because: str
