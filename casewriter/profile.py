"""A journal's profile, read from data: headings, order, layout, citation style; resolves `extends`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from casewriter.model.parts import NAMES
from casewriter.named import Chain, Collection
from casewriter.problem import CannotRun, did_you_mean
from casewriter.profile_parts import (
    AbstractPlan,
    CitationPlan,
    Count,
    JournalLimits,
    Override,
    ProfilePart,
    SectionPlan,
    TitleRules,
)
from casewriter.resources import data_folder

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ABSTRACT_PARTS = (
    "background",
    "presentation",
    "diagnosis",
    "treatment",
    "outcome",
    "discussion",
    "conclusion",
)


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Profile(ProfilePart):
    """What a journal asks of a manuscript. Figures are starting points: check the journal's own page.

    `times` says how tables and lists print the time of a record: `day` counts days (day 1), `short` gives lengths from
    the index (1 d). `not_obtained` says whether a patient's account that was not obtained is told in a sentence or left
    out. `translated` tells that the headings belong to no journal and are put into the language of the case.
    `statements` are keys of the case that the journal asks for; `forbidden` are phrases it does not want, with the
    reason; `privacy` is the level at which identifiers are looked for; `overrides` say by guideline and item where the
    journal wins. `word_template` is the journal's own Word file, beside the profile: a .docx takes its styles and page.
    """

    id: str
    name: str
    extends: str | None = None
    publisher: str | None = None
    as_of: str | None = None
    sources: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    guideline: str = "care"
    layout: str = "article"
    word_template: str | None = None
    figures: Literal["in_place", "at_end"] = "in_place"
    times: Literal["day", "short"] = "day"
    not_obtained: Literal["sentence", "omit"] = "sentence"
    tables: Literal["in_place", "at_end"] = "in_place"
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
    learning_points: Count = Count()
    statements: tuple[str, ...] = ()
    forbidden: dict[str, str] = Field(default_factory=dict)
    privacy: Literal["hipaa", "journal"] = "hipaa"
    overrides: dict[str, dict[str, Override]] = Field(default_factory=dict)

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


_MODELS = (SectionPlan, AbstractPlan, CitationPlan, JournalLimits, Count, TitleRules, Override, Profile)


PROFILES = Collection("profile", "profiles", data_folder("profiles"), listing="casewriter profile")


def find_profile(name: str, folders: Iterable[Path] = ()) -> Profile:
    """Return a profile by its id; `folders` are looked through first, then installed packages, then ours.

    Raises CannotRun when there is none, or when its file is wrong (with file, line and column).
    """
    chain = PROFILES.find(name, folders)
    _check_id(chain, name)
    try:
        profile = Profile.model_validate(chain.merged())
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise CannotRun(chain.place(tuple(detail["loc"]), _message(detail))) from None
    _check_plans(profile, chain)
    return _with_word_template(profile, chain)


def _with_word_template(profile: Profile, chain: Chain) -> Profile:
    """Return a profile with the place of its Word template, which lies beside the file that names it."""
    if profile.word_template is None:
        return profile
    file = chain.holding(("word_template",)).path.parent / profile.word_template
    if Path(profile.word_template).name != profile.word_template or not file.is_file():
        message = (
            f"there is no “{profile.word_template}” beside the profile; give the name of a .docx file in its folder"
        )
        raise CannotRun(chain.place(("word_template",), message))
    return profile.model_copy(update={"word_template": str(file)})


def all_profiles(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the file of every profile by id, the first found of each."""
    return PROFILES.names(folders)


def _check_id(chain: Chain, name: str) -> None:
    """Raise CannotRun when a profile's own file does not name it: an id is never inherited."""
    found = chain.own.data.get("id")
    if found is None:
        raise CannotRun(chain.own.place(("id",), f"the profile has no id; write id: {name}"))
    if found != name:
        message = f"the id is “{found}”, but the file is named “{name}”; write id: {name}"
        raise CannotRun(chain.own.place(("id",), message))


_SHAPES = {
    "string_type": "a text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
}


def _message(detail: "ErrorDetails") -> str:
    key = str(detail["loc"][-1])
    if detail["type"] == "extra_forbidden":
        keys = {f.alias or n for m in _MODELS for n, f in m.model_fields.items()}
        hint = did_you_mean(key, keys) or "`casewriter profile generic-care` shows one"
        return f"unknown key “{key}”; {hint}"
    if detail["type"] == "missing":
        return f"the key “{key}” is missing; add {key}: to it"
    if wanted := _SHAPES.get(detail["type"]):
        return f"“{key}” must be {wanted}"
    if expected := detail.get("ctx", {}).get("expected"):
        return f"“{key}” must be one of: {expected}"
    return str(detail["msg"])


def _check_plans(profile: Profile, chain: Chain) -> None:
    """Raise CannotRun when a section names a part that no case has."""
    for number, plan in enumerate(profile.sections):
        _check_parts(plan, ("sections", number), NAMES, chain)
    if profile.declarations:
        _check_parts(profile.declarations, ("declarations",), NAMES, chain)
    for key, plans in (("front", profile.front), ("back", profile.back)):
        for number, plan in enumerate(plans):
            _check_parts(plan, (key, number), NAMES, chain)
    for number, plan in enumerate(profile.abstract.parts):
        _check_parts(plan, ("abstract", "parts", number), ABSTRACT_PARTS, chain)


def _check_parts(plan: SectionPlan, where: tuple[str | int, ...], known: tuple[str, ...], chain: Chain) -> None:
    for number, part in enumerate(plan.parts):
        if part not in known:
            hint = did_you_mean(part, known) or "known: " + ", ".join(known)
            raise CannotRun(chain.place((*where, "from", number), f"unknown part “{part}”; {hint}"))
