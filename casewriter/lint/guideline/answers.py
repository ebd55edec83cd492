"""What the author answers to a guideline: waivers, confirmations, and the questions that are still open."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.guideline import Guideline, GuidelineItem
from casewriter.lint.guideline.messages import place
from casewriter.lint.guideline.places import applies
from casewriter.model.case import Case, GuidelineAnswers
from casewriter.problem import Path, Problem, did_you_mean


def answers_of(case: Case, guideline: Guideline) -> GuidelineAnswers:
    """Return what a case answers to a guideline."""
    found = getattr(case, guideline.answers, None)
    return found if isinstance(found, GuidelineAnswers) else GuidelineAnswers()


def asked(case: Case, guideline: Guideline, item: GuidelineItem, given: GuidelineAnswers) -> Iterator[Problem]:
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
    yield Problem(kind, f"item {item.id}: {item.ask}", place(item), hint=hint, items=(item.id,), on_key=True)


def refused_answers(case: Case, guideline: Guideline) -> Iterator[Problem]:
    """Yield waivers and confirmations that are not valid."""
    known = {item.id: item for item in guideline.items}
    given, kind = answers_of(case, guideline), guideline.kinds[guideline.codes.refused]
    for part, named in (("not_applicable", given.not_applicable), ("confirmed", given.confirmed)):
        for name, said in named.items():
            path: Path = (guideline.answers, part, name)
            if name not in known:
                message = f"{guideline.name} has no item “{name}”"
                hint = did_you_mean(name, known) or "known: " + ", ".join(known)
                yield Problem(kind, message, path, on_key=True, hint=hint)
            elif part == "not_applicable" and not known[name].na_allowed:
                message = f"item {name} ({known[name].topic}) is required in every case and cannot be waived"
                yield Problem(kind, message, path, on_key=True, hint=known[name].remedy)
            elif part == "not_applicable" and not said.strip():
                message = f"the waiver of item {name} ({known[name].topic}) gives no reason"
                yield Problem(kind, message, path, on_key=True, hint="say why the item does not apply")
            elif part == "confirmed" and said.strip().lower() not in ("yes", "no", "na", "true", "false"):
                message = f"the answer for item {name} must be yes, no or na, not “{said}”"
                yield Problem(kind, message, path)
