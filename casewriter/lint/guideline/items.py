"""The state of each item of a guideline, and the problems that make it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from casewriter.guideline import Adequacy, Check, Guideline, GuidelineItem
from casewriter.lint.guideline.checks import faults
from casewriter.lint.guideline.places import applies, values
from casewriter.lint.guideline.reading import Verdict, read_prose
from casewriter.model.base import Listing
from casewriter.model.case import Case, GuidelineAnswers
from casewriter.problem import Kind, Level, Path, Problem, did_you_mean
from casewriter.profile import Profile

State = Literal["present", "weak", "missing", "waived", "needs_human"]

OVERRULED = Kind(
    "JRNL004",
    "guideline-overruled",
    Level.INFO,
    """The journal requires the opposite of the reporting guideline, and the journal takes precedence.

The guideline item is judged without that part; the message names the item and the reason. No action is needed.
Source: `overrides` of the journal's profile.""",
)


@dataclass(frozen=True, slots=True)
class ItemState:
    """The state of one item: its reason where it has one, and the codes of the problems that touch it."""

    item: GuidelineItem
    state: State
    reason: str | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
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
        weak = any(p.level is not Level.INFO for p in own)
        asked = any(p.kind.name == "question-for-the-author" for p in own)
        if state == "present" and (weak or asked):
            state = "weak" if weak else "needs_human"
        return ItemState(self.item, state, self.reason, codes)


def judge(case: Case, guideline: Guideline, profile: Profile) -> list[Judged]:
    """Return every item in the order of the guideline, with its problems."""
    given = _answers(case, guideline)
    return [_judged(case, guideline, item, given, profile) for item in guideline.items]


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


def _answers(case: Case, guideline: Guideline) -> GuidelineAnswers:
    found = getattr(case, guideline.answers, None)
    return found if isinstance(found, GuidelineAnswers) else GuidelineAnswers()


def _judged(case: Case, guideline: Guideline, item: GuidelineItem, given: GuidelineAnswers, profile: Profile) -> Judged:
    kinds = guideline.kinds
    lacking = [check for check in item.presence if faults(case, check)]
    override = profile.overrides.get(guideline.answers, {}).get(item.id)
    notes: tuple[Problem, ...] = ()
    if override and any(check.rule in override.drop for check in lacking):
        lacking = [check for check in lacking if check.rule not in override.drop]
        message = f"{guideline.name} item {item.id} is judged as {profile.name} requires: {override.because}"
        notes = (Problem(OVERRULED, message, _place(item), on_key=True, items=(item.id,)),)
    if not lacking:
        dropped = override.drop if override else ()
        weak = _adequacy(case, guideline, item, dropped)
        return Judged(
            item,
            "present",
            override.because if notes and override else None,
            (*notes, *weak, *_asked(case, guideline, item, given)),
        )
    if item.na_allowed and (reason := given.not_applicable.get(item.id, "").strip()):
        return Judged(item, "waived", reason, notes)
    verdict = _prose(case, item) if not _refuted(case, lacking) else None
    answer = given.confirmed.get(item.id, "").strip().lower()
    if answer in ("yes", "true") and (verdict == "unsure" or (verdict in ("absent", "denied") and item.ask is None)):
        return Judged(item, "present", "confirmed by the author", notes)
    if verdict == "found" and item.reading:
        asked = _asked(case, guideline, item, given)
        return Judged(item, "present", f"read in the prose: {item.reading.looks_for}", (*notes, *asked))
    if verdict == "unsure" and item.reading:
        return Judged(item, "needs_human", None, (*notes, _unsure(guideline, item)))
    kind, place = kinds[item.code], faults(case, lacking[0])[0][0]
    read = verdict in ("absent", "denied") and item.reading
    seen = f"; prose was searched for {item.reading.looks_for}" if read and item.reading else ""
    problem = Problem(kind, item.missing + seen, place, hint=item.remedy, items=(item.id,), on_key=True)
    return Judged(item, "missing", None, (*notes, problem))


def _unsure(guideline: Guideline, item: GuidelineItem) -> Problem:
    assert item.reading is not None
    message = f"item {item.id} ({item.topic}) may be answered in prose; looked for {item.reading.looks_for}"
    hint = f"{item.remedy}; or confirm it: {guideline.answers}: {{confirmed: {{{item.id}: yes}}}}"
    return Problem(
        guideline.kinds[guideline.codes.prose], message, _place(item), hint=hint, items=(item.id,), on_key=True
    )


def _adequacy(case: Case, guideline: Guideline, item: GuidelineItem, dropped: tuple[str, ...]) -> Iterator[Problem]:
    for check in item.adequacy:
        if check.code in dropped:
            continue
        for path, what in faults(case, check):
            yield _weak(guideline, item, check, path, what)


def _weak(guideline: Guideline, item: GuidelineItem, check: Adequacy, path: Path, what: str) -> Problem:
    message = check.says.replace("{what}", what)
    return Problem(guideline.kinds[check.code], message, path, hint=check.remedy, items=(item.id,), on_key=True)


def _asked(case: Case, guideline: Guideline, item: GuidelineItem, given: GuidelineAnswers) -> Iterator[Problem]:
    """Yield the question of an item as long as the author has not answered it, and the answer no."""
    if item.ask is None or not applies(case, item.ask_when):
        return
    answer = given.confirmed.get(item.id, "").strip().lower()
    if answer in ("yes", "true", "na"):
        return
    if answer in ("no", "false"):
        path: Path = (guideline.answers, "confirmed", item.id)
        message = f"item {item.id} ({item.topic}): “{item.ask}” was answered no"
        yield Problem(guideline.kinds[guideline.codes.denied], message, path, hint=item.remedy, items=(item.id,))
        return
    hint = f"answer it in the case: {guideline.answers}: {{confirmed: {{{item.id}: yes}}}}"
    kind = guideline.kinds[guideline.codes.question]
    yield Problem(kind, f"item {item.id}: {item.ask}", _place(item), hint=hint, items=(item.id,), on_key=True)


def _prose(case: Case, item: GuidelineItem) -> Verdict | None:
    """Return what reading the sections in prose gives; None where there is no prose."""
    own, others = (
        [text for path in paths for value in values(case, path) for text in _narratives(value)]
        for paths in (item.prose, item.elsewhere)
    )
    if not own and not others:
        return None
    verdict = read_prose((*own, *others), item.reading, case.language) if item.reading else "absent"
    if verdict == "absent" and own:
        return "unsure"  # the section is there, in words that the patterns do not know: a person must read it
    return verdict


def _refuted(case: Case, lacking: list[Check]) -> bool:
    """Return whether a field rules the item out, such as consent not obtained: no prose can make up for that."""
    return any(what for check in lacking if check.rule == "value_in" for _, what in faults(case, check))


def _narratives(value: object) -> Iterator[str]:
    """Yield the prose at a path: a text, or the narrative of a listing."""
    if isinstance(value, Listing):
        value = value.narrative
    if isinstance(value, str) and value.strip():
        yield value


def refused_answers(case: Case, guideline: Guideline) -> Iterator[Problem]:
    """Yield waivers and confirmations that are not valid."""
    known = {item.id: item for item in guideline.items}
    given, kind = _answers(case, guideline), guideline.kinds[guideline.codes.refused]
    for part, named in (("not_applicable", given.not_applicable), ("confirmed", given.confirmed)):
        for name, said in named.items():
            path: Path = (guideline.answers, part, name)
            if name not in known:
                message = f"{guideline.name} has no item “{name}”"
                hint = did_you_mean(name, known) or "known: " + ", ".join(known)
                yield Problem(kind, message, path, on_key=True, hint=hint)
            elif part == "not_applicable" and not known[name].na_allowed:
                message = f"item {name} ({known[name].topic}) is required in every case and cannot be waived"
                yield Problem(kind, message, path, on_key=True, items=(name,), hint=known[name].remedy)
            elif part == "not_applicable" and not said.strip():
                message = f"the waiver of item {name} ({known[name].topic}) gives no reason"
                yield Problem(kind, message, path, on_key=True, hint="say why the item does not apply")
            elif part == "confirmed" and said.strip().lower() not in ("yes", "no", "na", "true", "false"):
                message = f"the answer for item {name} must be yes, no or na, not “{said}”"
                yield Problem(kind, message, path)


def _place(item: GuidelineItem) -> Path:
    return tuple(part.removesuffix("[]") for part in item.field[0].split("."))
