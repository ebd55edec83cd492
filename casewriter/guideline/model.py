"""What a reporting guideline is: its items, what shows that each is there, and what makes it weak."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from casewriter.problem import Kind


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Words = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(_Part):
    """One check: the name of a rule and what it looks at. Paths are paths of the case; [] is every element.

    `if` limits the elements that are looked at, `when` the cases: {path: word|word}. Of many elements, one that has
    `enough` of its keys is adequate though it lacks another; those that `main` names are the ones that matter.
    """

    rule: str
    path: str | None = None
    paths: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    share: float | None = None
    pattern: str | None = None
    position: str | None = None
    enough: int | None = None
    main: tuple[str, ...] = ()
    condition: dict[str, str] = Field(default_factory=dict, alias="if")
    when: dict[str, str] = Field(default_factory=dict)


class Adequacy(Check):
    """A check of what is there: failing it makes the item weak (as an info, it is only a hint).

    `title` heads its manual page; `says` is the message of lint, with {what} for what the check found. A check of the
    records of a list makes the item weak only where fewer than half of them (or `share`) are adequate, or not the one
    that matters; otherwise each lack is an info. A record is adequate too where its label, or a sentence that names it,
    matches one of `or_said`; the check is left out where the prose matches one of `unless_said`.
    """

    code: str
    name: str
    title: str | None = None
    says: str
    remedy: str
    level: Literal["error", "warning", "info"] = "warning"
    or_said: tuple[str, ...] = ()
    unless_said: tuple[str, ...] = ()


class ItemReading(_Part):
    """How prose is read for an item: every pattern of `all` in one sentence (or text), and the sentence not denied.

    `looks_for` says it in words; {NAME} in a pattern is one of the guideline's `phrases`. With `denial_counts` a
    sentence such as “no adverse event occurred” is an answer, with `unknown_counts` one that says it is not known; a
    match of `denied_by` denies in any case. With `any_part` any of the patterns leaves it to a person, else the first.
    """

    looks_for: str
    all: tuple[str, ...]
    within: Literal["sentence", "text"] = "sentence"
    denial_counts: bool = False
    unknown_counts: bool = False
    any_part: bool = False
    denied_by: str | None = None


class ItemPart(_Part):
    """One of the things that an item asks for.

    It is there where one of the checks of `shown_by` holds, or where the prose says it (every pattern of `said` in one
    sentence, or `within` the text; read as the item's `reading` says). It is there in part where one of
    `hinted_by` holds or a sentence matches one of `hinted`. `where` names the sections that are read for it, if not
    those of the item; `hinted` is read in those of `hinted_in`. A `bonus` is not needed for the item to be present.
    """

    name: str
    shown_by: tuple[Check, ...] = ()
    said: tuple[str, ...] = ()
    hinted_by: tuple[Check, ...] = ()
    hinted: tuple[str, ...] = ()
    within: Literal["sentence", "text"] = "sentence"
    where: tuple[str, ...] = ()
    hinted_in: tuple[str, ...] = ()
    bonus: bool = False


class GuidelineItem(_Part):
    """One item: what it asks, where it is answered, what makes it weak, and whether it may be waived.

    An item is missing where none of its parts is there, weak where some are, present where all are. `parts` names them;
    without, each check of `presence` is a part, and `reading` may answer the item as a whole.

    `title` heads the manual page of the missing item; `missing` is the message of lint when the item is not there,
    `remedy` what to write. `prose` names its sections, which may answer it in words and are read as `reading` says,
    `elsewhere` others that are read too: `story` is every text that tells this patient's case, ``a.b.*`` every text
    below a key. `ask` is a question that only the author can answer, a note beside the state; `weakened_by` names
    codes of other rules that make it weak. `silent` says what it means that nothing was found: the item is missing, or
    left to a person where its section is told in prose alone (`prose`), or where the case has a section it names.
    """

    id: str
    code: str
    topic: str
    title: str | None = None
    requirement: str
    missing: str
    remedy: str
    field: tuple[str, ...]
    presence: tuple[Check, ...] = ()
    parts: tuple[ItemPart, ...] = ()
    adequacy: tuple[Adequacy, ...] = ()
    weakened_by: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    reading: ItemReading | None = None
    ask: str | None = None
    ask_when: dict[str, str] = Field(default_factory=dict)
    silent: Literal["missing", "prose"] | tuple[str, ...] | None = None
    severity: Literal["error", "warning", "info"] = "error"
    na_allowed: bool = False

    @model_validator(mode="before")
    @classmethod
    def _shown_by_something(cls, value: Any) -> Any:
        """Ask for `presence` where there are no parts: nothing else would show the item."""
        bare = isinstance(value, dict) and not value.get("parts")
        return value if not bare or "presence" in value else {**value, "presence": None}

    @property
    def silence(self) -> Literal["missing", "prose"] | tuple[str, ...]:
        """What it means that nothing was found: parts are read in many words, a bare item in few."""
        return self.silent or ("missing" if self.parts else "prose")

    def slug(self) -> str:
        """Return the topic as a name: ``abstract-introduction``."""
        return self.topic.lower().replace(" - ", "-").replace(", ", "-").replace(" ", "-")


class AnswerCodes(_Part):
    """Codes of what lint says of the author's answers to a guideline, and of an item that is there in part.

    Without `incomplete` such an item has the code of a missing one.
    """

    incomplete: str | None = None
    prose: str
    refused: str
    question: str
    denied: str


class Guideline(_Part):
    """A reporting guideline. `answers` is the key of the case that holds waivers and confirmations."""

    id: str
    name: str
    extends: str | None = None
    edition: str
    source: _Words
    answers: str
    codes: AnswerCodes
    phrases: dict[str, str] = Field(default_factory=dict)
    items: tuple[GuidelineItem, ...]

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Every kind of problem that this guideline raises, by code."""
        from casewriter.guideline.pages import guideline_kinds  # which is written in terms of this module

        return guideline_kinds(self)

    @property
    def citation(self) -> str:
        """Where the items come from."""
        return f"{self.name} checklist, {self.edition}; {'; '.join(self.source)}"
