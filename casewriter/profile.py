"""A journal's profile, read from data: headings, order, layout, citation style; resolves `extends`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from casewriter import plugins
from casewriter.problem import CannotRun, Level, Problem, Refused, did_you_mean
from casewriter.profile_parts import (
    AbstractPlan,
    CitationPlan,
    Count,
    Limits,
    Override,
    ProfilePart,
    SectionPlan,
    TitleRules,
)
from casewriter.resources import data_folder
from casewriter.source import Source, read

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PARTS = tuple(
    """introduction observation patient complaints history past_interventions examination others timeline labs
    microbiology imaging tests pathology genetics diagnosis diagnosis.final diagnosis.differential course treatment
    operations follow_up outcomes adverse_events discussion literature_search conclusion learning_points
    patient_perspective consent abbreviations ethics registration funding competing_interests data_availability
    contributions guarantor acknowledgements prior_presentation ai_use highlights videos supplements""".split()
)
"""Parts of a case that a section of a profile may name in `from`."""

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

    `translated` tells that the headings belong to no journal and are put into the language of the case. `statements`
    are keys of the case that the journal asks for; `forbidden` are phrases it does not want, with the reason; `privacy`
    is the level at which identifiers are looked for; `overrides` say by guideline and item where the journal wins.
    """

    id: str
    name: str
    extends: str | None = None
    publisher: str | None = None
    as_of: str | None = None
    sources: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    guideline: str = "care"
    layout: str = "article"
    figures: Literal["in_place", "at_end"] = "in_place"
    article_type: str = "Case report"
    translated: bool = False
    abstract: AbstractPlan = AbstractPlan()
    front: tuple[SectionPlan, ...] = ()
    sections: tuple[SectionPlan, ...] = ()
    declarations: SectionPlan | None = None
    back: tuple[SectionPlan, ...] = ()
    citation: CitationPlan = CitationPlan(csl="nlm-citation-sequence")
    limits: Limits = Limits()
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


_MODELS = (SectionPlan, AbstractPlan, CitationPlan, Limits, Count, TitleRules, Override, Profile)


@dataclass(frozen=True, slots=True)
class Found:
    """A profile file that exists: its id and where."""

    id: str
    path: Path


def find_profile(name: str, folders: Iterable[Path] = ()) -> Profile:
    """Return a profile by its id; `folders` are looked through first, then installed packages, then ours.

    Raises CannotRun when there is none, or when its file is wrong (with file, line and column).
    """
    return _validated(_chain(name, tuple(folders), ()), name)


def all_profiles(folders: Iterable[Path] = ()) -> dict[str, Found]:
    """Return every profile by id, the first found of each."""
    found: dict[str, Found] = {}
    for folder in (*folders, *_installed(), data_folder("profiles")):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            found.setdefault(path.stem, Found(path.stem, path))
    return found


def _installed() -> Iterator[Path]:
    for _, folder in plugins.load("profiles"):
        if not isinstance(folder, Problem):
            yield Path(str(folder))


def _chain(name: str, folders: tuple[Path, ...], seen: tuple[str, ...]) -> tuple[dict[str, Any], list[Source]]:
    if name in seen:
        raise CannotRun(f"the profile “{name}” extends itself: {' → '.join((*seen, name))}")
    profiles = all_profiles(folders)
    if name not in profiles:
        hint = did_you_mean(name, profiles) or "`casewriter profile` lists them"
        raise CannotRun(f"unknown profile “{name}”; {hint}")
    path = profiles[name].path
    source = _source(path, path.stat().st_mtime_ns)
    data = source.data if isinstance(source.data, dict) else {}
    parent = data.get("extends")
    if not parent:
        return data, [source]
    base, sources = _chain(str(parent), folders, (*seen, name))
    return _merged(base, data), [source, *sources]


@lru_cache(maxsize=64)
def _source(path: Path, changed: int) -> Source:
    """Return a profile's file as read; read again when it has changed."""
    del changed
    try:
        source = read(path.read_bytes(), str(path))
    except Refused as refused:
        raise CannotRun(_first(str(path), refused.problems[0])) from None
    if errors := [problem for problem in source.problems if problem.level is Level.ERROR]:
        raise CannotRun(_first(str(path), errors[0]))
    return source


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return the parent's values with the child's over them; mappings are merged, lists replaced."""
    merged = dict(base)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _merged(base[key], value) if both else value
    return merged


def _validated(chain: tuple[dict[str, Any], list[Source]], name: str) -> Profile:
    data, sources = chain
    _check_id(sources[0], name)
    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise CannotRun(_place(sources, tuple(detail["loc"]), _message(detail))) from None
    plans = [("abstract", "parts", n, p, ABSTRACT_PARTS) for n, p in enumerate(profile.abstract.parts)]
    named: list[tuple[tuple[str | int, ...], SectionPlan]]
    named = [(("sections", n), p) for n, p in enumerate(profile.sections)]
    named += [(("declarations",), profile.declarations)] if profile.declarations else []
    named += [((key, n), p) for key in ("front", "back") for n, p in enumerate(getattr(profile, key))]
    for where, plan in named:
        _check_parts(plan, where, PARTS, sources)
    for first, second, number, plan, known in plans:
        _check_parts(plan, (first, second, number), known, sources)
    return profile


def _check_id(own: Source, name: str) -> None:
    """Raise CannotRun when a profile's own file does not name it: an id is never inherited."""
    data = own.data if isinstance(own.data, dict) else {}
    found = data.get("id")
    if found is None:
        raise CannotRun(_place([own], ("id",), f"the profile has no id; write id: {name}"))
    if found != name:
        raise CannotRun(
            _place([own], ("id",), f"the id is “{found}”, but the file is named “{name}”; write id: {name}")
        )


_SHAPES = {
    "string_type": "a text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
}


def _message(detail: ErrorDetails) -> str:
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


def _check_parts(
    plan: SectionPlan, where: tuple[str | int, ...], known: tuple[str, ...], sources: list[Source]
) -> None:
    for number, part in enumerate(plan.parts):
        if part not in known:
            hint = did_you_mean(part, known) or "known: " + ", ".join(known)
            raise CannotRun(_place(sources, (*where, "from", number), f"unknown part “{part}”; {hint}"))


def _place(sources: list[Source], path: tuple[str | int, ...], message: str) -> str:
    """Return a message with its place: in the first file with the longest part of the path; a list is of one file."""
    keys = tuple(takewhile(lambda part: isinstance(part, str), path))
    parts = [keys[:length] for length in range(len(keys), 0, -1)]
    source = next((s for part in parts for s in sources if s.has(part)), sources[0])
    span = source.span(path)
    return f"{source.name}:{span.line}:{span.column}: {message}"


def _first(name: str, problem: Problem) -> str:
    line, column = (problem.span.line, problem.span.column) if problem.span else (1, 1)
    return f"{name}:{line}:{column}: {problem.message}"
