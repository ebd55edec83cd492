"""What can be wrong with a profile's file, told with file, line, column and remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from casewriter.model.parts import NAMES
from casewriter.named import Chain, File
from casewriter.problem import CannotRun, did_you_mean
from casewriter.profile.record import Profile
from casewriter.profile_parts import (
    AbstractPlan,
    AiPlan,
    CitationPlan,
    Count,
    Deidentification,
    FigureFiles,
    FilesPlan,
    JournalLimits,
    Override,
    SectionPlan,
    TitleRules,
    Value,
)
from casewriter.profile_parts.values import around, keys_of

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
_DAY = re.compile(r"\d{4}(-\d\d){0,2}|unknown")
_MODELS = (
    *(SectionPlan, AbstractPlan, CitationPlan, JournalLimits, Count, TitleRules, Override, FigureFiles, FilesPlan),
    *(Deidentification, AiPlan, Value, Profile),
)


def check_id(chain: Chain, name: str) -> None:
    """Raise CannotRun when a profile's own file does not name it: an id is never inherited."""
    found = chain.own.data.get("id")
    if found is None:
        raise CannotRun(chain.own.place(("id",), f"the profile has no id; write id: {name}"))
    if found != name:
        message = f"the id is “{found}”, but the file is named “{name}”; write id: {name}"
        raise CannotRun(chain.own.place(("id",), message))


def check_values(chain: Chain) -> None:
    """Raise CannotRun when `values` tells of a key that the profile does not have, or tells something wrong of it."""
    known = {part for key in keys_of(chain.merged()) for part in around(key)}
    for file in chain.files:
        told = file.data.get("values") or {}
        if not isinstance(told, dict):
            raise CannotRun(file.place(("values",), "“values” must be a mapping"))
        for key, entry in told.items():
            if key not in known:
                hint = did_you_mean(key, known) or "name a key as in limits.abstract_words"
                raise CannotRun(file.place(("values", key), f"“values” names “{key}”, which the profile lacks; {hint}"))
            _check_value(("values", key), entry, file)


def _check_value(where: tuple[str, str], entry: object, file: File) -> None:
    try:
        value = Value.model_validate(entry)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise CannotRun(file.place((*where, *detail["loc"]), message_of(detail, where[1]))) from None
    if value.as_of is not None and not _DAY.fullmatch(value.as_of):
        message = f"“{value.as_of}” is not the date of a page that was read; write as_of: 2024-05, or as_of: unknown"
        raise CannotRun(file.place((*where, "as_of"), message))


_SHAPES = {
    "string_type": "a text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
}


def message_of(detail: ErrorDetails, within: str = "") -> str:
    """Return what is wrong with the value of a key; `within` names it where the value itself is meant."""
    key = str((within, *detail["loc"])[-1])
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


def check_plans(profile: Profile, chain: Chain) -> None:
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
