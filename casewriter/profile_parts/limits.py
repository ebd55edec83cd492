"""What a profile counts: words, references, exhibits, entries of a list, words of a title."""

from typing import Literal

from pydantic import Field

from casewriter.profile_parts.base import ProfilePart


class JournalLimits(ProfilePart):
    """What the journal allows; None where no limit is known. Those named in `recommended` are advice.

    `body_with_abstract` says that the words of the abstract count as words of the text.
    """

    body_words: int | None = None
    body_with_abstract: bool = False
    abstract_words: int | None = None
    abstract_words_min: int | None = None
    references: int | None = None
    figures: int | None = None
    tables: int | None = None
    figures_and_tables: int | None = None
    authors: int | None = None
    patients: int | None = None
    recommended: tuple[str, ...] = ()


class Count(ProfilePart):
    """How many there shall be, what must be among them, and how long each may be."""

    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    must_contain: tuple[str, ...] = ()
    max_chars: int | None = None


class TitleRules(ProfilePart):
    """What the journal asks of a title. `must_not_state` names age, sex, ethnicity or diagnosis."""

    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    must_not_state: tuple[Literal["age", "sex", "ethnicity", "diagnosis"], ...] = ()
    max_words: int | None = None
