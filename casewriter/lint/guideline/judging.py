"""An item of a guideline judged as a careful reader does: by its parts, then by how adequate they are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from casewriter.guideline import Guideline, GuidelineItem
from casewriter.lint.guideline.answers import answers_of, asked
from casewriter.lint.guideline.checks import faults
from casewriter.lint.guideline.items import Judged
from casewriter.lint.guideline.messages import incomplete, missing, overruled, unsure, weak
from casewriter.lint.guideline.parts import Found, first_sentence, found_of
from casewriter.lint.guideline.places import filled, values
from casewriter.lint.guideline.reading import matching, sentences_of
from casewriter.lint.guideline.told import named_prose, own_prose, readable, texts_at
from casewriter.lint.guideline.weight import weighed
from casewriter.model.case import Case, GuidelineAnswers
from casewriter.problem import Level, Problem
from casewriter.profile import Profile


class _Judging(Struct, frozen=True):
    """What an item is judged by; `dropped` are rules and codes that the journal does without."""

    case: Case
    guideline: Guideline
    item: GuidelineItem
    given: GuidelineAnswers
    dropped: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        return self.given.confirmed.get(self.item.id, "").strip().lower()


def judge(case: Case, guideline: Guideline, profile: Profile) -> list[Judged]:
    """Return every item in the order of the guideline, with its problems."""
    given = answers_of(case, guideline)
    return [_judged(_Judging(case, guideline, item, given), profile) for item in guideline.items]


def _judged(one: _Judging, profile: Profile) -> Judged:
    found = found_of(one.case, one.item)
    override = profile.overrides.get(one.guideline.answers, {}).get(one.item.id)
    notes: tuple[Problem, ...] = ()
    reason = None
    if override:
        one = replace(one, dropped=override.drop)
        if found.grade != "full" and any(check.rule in override.drop for check in found.lacking):
            found, reason = found_of(one.case, one.item, override.drop), override.because
            notes = (overruled(one.guideline, one.item, profile, override.because),)
    if found.grade == "full":
        return _present(one, found, notes, reason)
    if one.item.na_allowed and (waived := one.given.not_applicable.get(one.item.id, "").strip()):
        return Judged(one.item, "waived", waived, notes)
    return _lacking(one, found, notes)


def _present(one: _Judging, found: Found, notes: tuple[Problem, ...], reason: str | None) -> Judged:
    case, item = one.case, one.item
    if found.by_prose and item.reading:
        reason = f"read in the prose: {item.reading.looks_for}"
    keyed = not found.by_prose or any(filled(value) for path in item.field for value in values(case, path))
    thin = _adequacy(one) if keyed else ()  # adequacy is a matter of keys
    return Judged(item, "present", reason, (*notes, *thin, *asked(case, one.guideline, item, one.given)))


def _lacking(one: _Judging, found: Found, notes: tuple[Problem, ...]) -> Judged:
    case, item = one.case, one.item
    refuted = _refuted(case, item)
    question = None if refuted else _question(one, found)
    may_confirm = question or (item.ask is None and named_prose(case, item))
    if one.answer in ("yes", "true") and not refuted and may_confirm:
        return Judged(item, "present", "confirmed by the author", notes)
    if question:
        return Judged(item, "needs_human", None, (*notes, question))
    if found.grade == "some" and not refuted:
        return Judged(item, "weak", None, (*notes, incomplete(one.guideline, item, found), *_adequacy(one)))
    return Judged(item, "missing", None, (*notes, missing(case, one.guideline, item, found)))


def _question(one: _Judging, found: Found) -> Problem | None:
    """Return what to ask a person of an item that nothing decides: prose that cannot be read, or words of its own."""
    case, item = one.case, one.item
    own = own_prose(case, item)
    quote = found.quote or first_sentence(case, item)
    if not readable(case):
        return unsure(one.guideline, item, quote) if own and item.reading else None
    if found.grade != "none" or item.silence == "missing" or found.denied:
        return None
    if item.silence == "prose":
        return unsure(one.guideline, item, quote) if own and not _told_by_keys(case, item) else None
    here = any(filled(value) for path in item.silence for value in values(case, path))
    return unsure(one.guideline, item, found.quote) if here else None


def _told_by_keys(case: Case, item: GuidelineItem) -> bool:
    """Return whether the section of an item holds anything but its prose; one that is a text is prose alone."""
    sections = {path.split(".")[0]: getattr(case, path.split(".")[0], None) for path in item.prose}
    keyed = [one for one in sections.values() if isinstance(one, BaseModel)]
    parts = [(name, getattr(one, name)) for one in keyed for name in one.model_fields_set]
    return any(filled(value) for name, value in parts if name != "narrative")


def _adequacy(one: _Judging) -> Iterator[Problem]:
    case, item = one.case, one.item
    for check in item.adequacy:
        if check.code in one.dropped or matching(check.unless_said, sentences_of(named_prose(case, item))):
            continue
        sentences = sentences_of(texts_at(case, (*item.prose, *item.elsewhere))) if check.or_said else []
        stand, weakens = weighed(case, check, faults(case, check), sentences)
        for path, what in stand:
            problem = weak(one.guideline, item, check, path, what)
            light = not weakens or check.level == "info"
            yield replace(problem, weight=Level.INFO) if light and problem.level is not Level.INFO else problem


def _refuted(case: Case, item: GuidelineItem) -> bool:
    """Return whether a field rules the item out, such as consent not obtained: no prose can make up for that."""
    checks = (*item.presence, *(check for part in item.parts for check in part.shown_by))
    return any(what for check in checks if check.rule == "value_in" for _, what in faults(case, check))
