"""The state of each item of a guideline, and the problems that make it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from casewriter.guideline import Adequacy, Guideline, GuidelineItem
from casewriter.lint.guideline.checks import faults, paths_of
from casewriter.lint.guideline.parts import Found, first_sentence, found_of
from casewriter.lint.guideline.places import applies, filled, values
from casewriter.lint.guideline.reading import matching, sentences_of, shortened
from casewriter.lint.guideline.told import STORY, own_prose, readable, texts_at
from casewriter.lint.guideline.weight import weighed
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
        if state == "present" and any(p.level is not Level.INFO for p in own):
            state = "weak"
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
    override = profile.overrides.get(guideline.answers, {}).get(item.id)
    dropped = override.drop if override else ()
    found = found_of(case, item)
    notes: tuple[Problem, ...] = ()
    reason = None
    if override and found.grade != "full" and any(check.rule in dropped for check in found.lacking):
        found, reason = found_of(case, item, dropped), override.because
        message = f"{guideline.name} item {item.id} is judged as {profile.name} requires: {reason}"
        notes = (Problem(OVERRULED, message, _place(item), on_key=True, items=(item.id,)),)
    if found.grade == "full":
        read = found.by_prose and item.reading
        reason = f"read in the prose: {item.reading.looks_for}" if read and item.reading else reason
        keyed = not found.by_prose or any(filled(value) for path in item.field for value in values(case, path))
        weak = _adequacy(case, guideline, item, dropped) if keyed else ()
        return Judged(item, "present", reason, (*notes, *weak, *_asked(case, guideline, item, given)))
    if item.na_allowed and (waived := given.not_applicable.get(item.id, "").strip()):
        return Judged(item, "waived", waived, notes)
    return _lacking(case, guideline, item, given.confirmed.get(item.id, "").strip().lower(), found, notes, dropped)


def _lacking(
    case: Case,
    guideline: Guideline,
    item: GuidelineItem,
    answer: str,
    found: Found,
    notes: tuple[Problem, ...],
    dropped: tuple[str, ...],
) -> Judged:
    """Return the state of an item that is not there in full."""
    refuted = _refuted(case, item)
    asked = None if refuted else _question(case, guideline, item, found)
    if answer in ("yes", "true") and not refuted and (asked or (item.ask is None and _prose(case, item))):
        return Judged(item, "present", "confirmed by the author", notes)
    if asked:
        return Judged(item, "needs_human", None, (*notes, asked))
    if found.grade == "some" and not refuted:
        weak = _adequacy(case, guideline, item, dropped)
        return Judged(item, "weak", None, (*notes, _incomplete(guideline, item, found), *weak))
    return Judged(item, "missing", None, (*notes, _missing(case, guideline, item, found)))


def _question(case: Case, guideline: Guideline, item: GuidelineItem, found: Found) -> Problem | None:
    """Return what to ask a person of an item that nothing decides: its prose cannot be read, or has words of its own."""
    own = own_prose(case, item)
    quote = found.quote or first_sentence(case, item)
    if not readable(case) and own and item.reading:
        return _unsure(guideline, item, quote)
    if found.grade != "none" or not readable(case) or item.silent == "missing" or found.denied:
        return None
    if item.silent == "prose":
        return _unsure(guideline, item, quote) if own and not _told_by_keys(case, item) else None
    here = any(filled(value) for path in item.silent for value in values(case, path))
    return _unsure(guideline, item, found.quote) if here else None


def _told_by_keys(case: Case, item: GuidelineItem) -> bool:
    """Return whether the section of an item holds anything but its prose."""
    sections = {path.split(".")[0]: getattr(case, path.split(".")[0], None) for path in item.prose}
    parts = [(name, getattr(one, name)) for one in sections.values() if one for name in type(one).model_fields]
    return any(filled(value) for name, value in parts if name != "narrative")


def _unsure(guideline: Guideline, item: GuidelineItem, quote: str | None) -> Problem:
    looked = item.reading.looks_for if item.reading else item.requirement
    read = f"; it reads: “{shortened(quote)}”" if quote else ""
    message = f"item {item.id} ({item.topic}): does the case tell this? Looked for {looked}{read}"
    waive = f", or waive it: {guideline.answers}: {{not_applicable: {{{item.id}: why}}}}" if item.na_allowed else ""
    hint = f"{item.remedy}; or confirm it: {guideline.answers}: {{confirmed: {{{item.id}: yes}}}}{waive}"
    return Problem(
        guideline.kinds[guideline.codes.prose], message, _place(item), hint=hint, items=(item.id,), on_key=True
    )


def _incomplete(guideline: Guideline, item: GuidelineItem, found: Found) -> Problem:
    kind = guideline.kinds[guideline.codes.incomplete or item.code]
    lacks = [f"not found: {', '.join(found.none)}"] if found.none else []
    lacks += [f"only in part: {', '.join(found.some)}"] if found.some else []
    has = f" (found: {', '.join(found.full)})" if found.full else ""
    message = f"item {item.id} ({item.topic}) is incomplete; {'; '.join(lacks)}{has}"
    place = (
        tuple(part.removesuffix("[]") for part in paths_of(found.lacking[0])[0].split("|")[0].split("."))
        if (found.lacking and paths_of(found.lacking[0]))
        else _place(item)
    )
    return Problem(kind, message, place, hint=item.remedy, items=(item.id,), on_key=True)


def _missing(case: Case, guideline: Guideline, item: GuidelineItem, found: Found) -> Problem:
    read = item.reading if _prose(case, item) and readable(case) else None
    seen = f"; prose was searched for {read.looks_for}" if read else ""
    wrong = [fault for check in found.lacking for fault in faults(case, check)]
    place = wrong[0][0] if wrong else _place(item)
    kind = guideline.kinds[item.code]
    return Problem(kind, item.missing + seen, place, hint=item.remedy, items=(item.id,), on_key=True)


def _adequacy(case: Case, guideline: Guideline, item: GuidelineItem, dropped: tuple[str, ...]) -> Iterator[Problem]:
    for check in item.adequacy:
        if check.code in dropped or matching(check.unless_said, sentences_of(_prose(case, item))):
            continue
        sentences = sentences_of(texts_at(case, (*item.prose, *item.elsewhere))) if check.or_said else []
        stand, weakens = weighed(case, check, faults(case, check), sentences)
        for path, what in stand:
            problem = _weak(guideline, item, check, path, what)
            light = not weakens or check.level == "info"
            yield replace(problem, weight=Level.INFO) if light and problem.level is not Level.INFO else problem


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


def _prose(case: Case, item: GuidelineItem) -> list[str]:
    """Return the prose that is read for an item, `story` aside: what the author may confirm."""
    return texts_at(
        case, [path for path in (*item.prose, *item.elsewhere) if path != STORY and not path.endswith(".*")]
    )


def _refuted(case: Case, item: GuidelineItem) -> bool:
    """Return whether a field rules the item out, such as consent not obtained: no prose can make up for that."""
    checks = (*item.presence, *(check for part in item.parts for check in part.shown_by))
    return any(what for check in checks if check.rule == "value_in" for _, what in faults(case, check))


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
