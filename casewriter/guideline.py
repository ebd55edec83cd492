"""A reporting guideline read from data: its items and what shows that each is there."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from casewriter.problem import CannotRun, did_you_mean
from casewriter.resources import data_folder
from casewriter.source import read


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(_Part):
    """One check: the name of a rule and what it looks at. Paths are paths of the case; [] is every element."""

    rule: str
    path: str | None = None
    paths: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    condition: dict[str, str] = Field(default_factory=dict, alias="if")


class GuidelineItem(_Part):
    """One item: what it asks, where it is answered, and whether it may be waived.

    `missing` is what lint says when it is not there, `remedy` what to write; `prose` names sections that may answer it
    in words.
    """

    id: str
    code: str
    topic: str
    requirement: str
    missing: str
    remedy: str
    field: tuple[str, ...]
    presence: tuple[Check, ...]
    prose: tuple[str, ...] = ()
    severity: str = "error"
    na_allowed: bool = False


class Guideline(_Part):
    """A reporting guideline."""

    id: str
    name: str
    edition: str
    source: str
    items: tuple[GuidelineItem, ...]


@cache
def find_guideline(name: str) -> Guideline:
    """Return a guideline by its id. Raises CannotRun when there is none."""
    folder = data_folder("guidelines")
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        hint = did_you_mean(name, known) or "known: " + ", ".join(known)
        raise CannotRun(f"there is no guideline “{name}”; {hint}")
    path = folder / f"{name}.yaml"
    data: Any = read(path.read_bytes(), path.name).data
    return Guideline.model_validate(data)
