"""What a profile says of the paper itself: sections, abstract, citation style."""

from typing import Literal

from pydantic import Field

from casewriter.profile_parts.base import ProfilePart

Listed = Literal["untold", "all", "none"]
"""Which records of a part are printed as lists and tables."""


class SectionPlan(ProfilePart):
    """One section: its heading and the parts of the case that feed it; an `optional` one is not asked for.

    `records` says which of its records are listed: those that the prose does not tell already, all, or none.
    """

    heading: str
    parts: tuple[str, ...] = Field(alias="from")
    headings: dict[str, str] = Field(default_factory=dict)
    optional: bool = False
    records: Listed = "untold"
    max_words: int | None = None


class AbstractPlan(ProfilePart):
    """The abstract: its name, and the headings of its parts (without headings it runs on).

    `differs_from` names the part of the case whose sentences it must not repeat.
    """

    name: str = "Abstract"
    structured: bool = True
    parts: tuple[SectionPlan, ...] = ()
    no_citations: bool = False
    one_paragraph: bool = False
    differs_from: str | None = None


class CitationPlan(ProfilePart):
    """The citation style, and CSL name options where the journal departs from the style."""

    csl: str
    options: dict[str, str] = Field(default_factory=dict)
