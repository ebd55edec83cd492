"""The state of each item of a guideline, before and after what the author silences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from casewriter.guideline import Guideline, GuidelineItem
from casewriter.problem import Level, Problem

State = Literal["present", "weak", "missing", "waived", "needs_human"]


class ItemState(Struct, frozen=True):
    """The state of one item: its reason where it has one, and the codes of the problems that touch it."""

    item: GuidelineItem
    state: State
    reason: str | None = None
    problems: tuple[str, ...] = ()


class Judged(Struct, frozen=True):
    """An item before anything is silenced: its state as far as the fields show it, and what was found wrong."""

    item: GuidelineItem
    state: State
    reason: str | None
    problems: tuple[Problem, ...]

    def settled(self, kept: Iterable[Problem]) -> ItemState:
        """Return the state in view of the problems that remain: what was silenced with a reason weakens nothing."""
        own = [p for p in kept if self.item.id in p.items]
        codes = tuple(dict.fromkeys(p.code for p in own))
        state = self.state
        if state == "present" and any(p.level is not Level.INFO for p in own):
            state = "weak"
        return ItemState(self.item, state, self.reason, codes)


def touched(problems: Iterable[Problem], guideline: Guideline) -> Iterator[Problem]:
    """Yield problems of other rules with the items that they weaken."""
    for problem in problems:
        names = tuple(item.id for item in guideline.items if _weakens(problem, item))
        yield replace(problem, items=(*problem.items, *names)) if names else problem


def _weakens(problem: Problem, item: GuidelineItem) -> bool:
    for name in item.weakened_by:
        code, _, prefix = name.partition("@")
        path = tuple(str(part) for part in problem.path if part != "items")
        below = not prefix or path[: prefix.count(".") + 1] == tuple(prefix.split("."))
        if code == problem.code and below:
            return True
    return False
