"""The state of each item of a guideline, and the problem of each that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel

from casewriter.guideline import Guideline, GuidelineItem, find_guideline
from casewriter.lint.care.presence import CHECKS, filled, values_at
from casewriter.lint.rule import Rule
from casewriter.model.case import Case, GuidelineAnswers
from casewriter.problem import Kind, Level, Path, Problem, did_you_mean

State = Literal["present", "weak", "missing", "waived", "needs_human"]

IN_PROSE = Kind(
    "CARE001",
    "item-in-prose",
    Level.INFO,
    """An item may be answered in prose, which the program does not judge.

The section is written as text alone. Remedy: read it; then either give the datum its key, or answer for it in the case,
such as `care: {confirmed: {5b: yes}}`.""",
)
BAD_WAIVER = Kind(
    "CARE002",
    "waiver-refused",
    Level.ERROR,
    """A waiver or confirmation names an item that does not exist or may not be waived.

CARE asks for some items of every case; the message names the item.""",
)


@dataclass(frozen=True, slots=True)
class ItemState:
    """The state of one item: its reason where it is waived, and the problems that touch it."""

    item: GuidelineItem
    state: State
    reason: str | None = None
    problems: tuple[str, ...] = ()


@cache
def item_kinds(name: str) -> dict[str, Kind]:
    """Return the kind of the problem that each item of a guideline raises when it is missing."""
    guideline = find_guideline(name)
    kinds = {}
    for item in guideline.items:
        manual = (
            f"{guideline.name} item {item.id}, {item.topic.lower()}, is missing.\n\n{item.requirement}\n"
            f"Looked at: {', '.join(item.field)}. Remedy: {item.remedy}\n"
            f"Source: {guideline.name} checklist, {guideline.edition}; {guideline.source}."
        )
        slug = item.topic.lower().replace(" - ", "-").replace(", ", "-").replace(" ", "-")
        kinds[item.id] = Kind(item.code, f"{slug}-missing", Level(item.severity), manual)
    return kinds


def answers(case: Case, guideline: Guideline) -> GuidelineAnswers:
    """Return the author's waivers and confirmations for a guideline."""
    found = getattr(case, guideline.id, None)
    return found if isinstance(found, GuidelineAnswers) else GuidelineAnswers()


def judge(case: Case, guideline: Guideline) -> list[ItemState]:
    """Return the state of every item, in the order of the guideline."""
    given = answers(case, guideline)
    states = []
    for item in guideline.items:
        code = item.code
        if _present(case, item):
            states.append(ItemState(item, "present"))
        elif item.na_allowed and (reason := given.not_applicable.get(item.id, "").strip()):
            states.append(ItemState(item, "waived", reason))
        elif _in_prose(case, item):
            confirmed = given.confirmed.get(item.id, "").strip().lower() in ("yes", "true")
            states.append(
                ItemState(item, "present", "confirmed by the author")
                if confirmed
                else ItemState(item, "needs_human", problems=(IN_PROSE.code,))
            )
        else:
            states.append(ItemState(item, "missing", problems=(code,)))
    return states


def _present(case: Case, item: GuidelineItem) -> bool:
    return all(CHECKS[check.rule](case, check) for check in item.presence)


def _in_prose(case: Case, item: GuidelineItem) -> bool:
    """Tell whether a section that could answer the item is written as prose alone."""
    for path in item.prose:
        for value in values_at(case, path):
            if isinstance(value, str) and value.strip():
                return True
            if isinstance(value, BaseModel) and _prose_alone(value):
                return True
    return False


def _prose_alone(section: BaseModel) -> bool:
    keys = {name for name in type(section).model_fields if filled(getattr(section, name))}
    return bool(keys) and keys <= {"narrative", "text", "reasoning", "caption"}


def check_items(case: Case, guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for every item that is missing or left to a person, and for waivers that cannot stand."""
    kinds = item_kinds(guideline.id)
    for state in judge(case, guideline):
        item = state.item
        if state.state == "missing":
            yield Problem(kinds[item.id], item.missing, _place(item), hint=item.remedy, items=(item.id,), on_key=True)
        elif state.state == "needs_human":
            message = f"item {item.id} ({item.topic}) may be answered in prose; no key says so"
            hint = f"{item.remedy}; or confirm it: {guideline.id}: {{confirmed: {{{item.id}: yes}}}}"
            yield Problem(IN_PROSE, message, _place(item), hint=hint, items=(item.id,), on_key=True)
    yield from _bad_answers(case, guideline)


def _bad_answers(case: Case, guideline: Guideline) -> Iterator[Problem]:
    known = {item.id: item for item in guideline.items}
    given = answers(case, guideline)
    for part, names in (("not_applicable", given.not_applicable), ("confirmed", given.confirmed)):
        for name in names:
            path: Path = (guideline.id, part, name)
            if name not in known:
                message = f"{guideline.name} has no item “{name}”"
                yield Problem(
                    BAD_WAIVER,
                    message,
                    path,
                    on_key=True,
                    hint=did_you_mean(name, known) or "known: " + ", ".join(known),
                )
            elif part == "not_applicable" and not known[name].na_allowed:
                message = f"item {name} ({known[name].topic}) is asked of every case and cannot be waived"
                yield Problem(BAD_WAIVER, message, path, on_key=True, items=(name,))


def _place(item: GuidelineItem) -> Path:
    return tuple(part.removesuffix("[]") for part in item.field[0].split("."))


def _all_kinds(names: Iterable[str]) -> tuple[Kind, ...]:
    return (IN_PROSE, BAD_WAIVER, *(kind for name in names for kind in item_kinds(name).values()))


RULES = (Rule(_all_kinds(("care",)), check_items),)
