"""Two orders of sections compared: headings that are new, renamed, joined or divided, and a new order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from casewriter.model.parts import expanded
from casewriter.profile_parts import SectionPlan

Plans = Sequence[SectionPlan]


def outline_lines(old: Plans, new: Plans) -> list[str]:
    """Return what changes from one order of sections to another, a line each."""
    old, new = _told_once(old), _told_once(new)
    lines = [line for plan in new for line in _heading(plan, old)]
    lines += [f"{sign} {', '.join(names)}" for sign, names in (("+", _lone(new, old)), ("-", _lone(old, new))) if names]
    lines += [f"“{plan.heading}” also holds {_named(some)}" for plan, some in _added(new, old)]
    lines += [f"- {_named(some)} in “{plan.heading}”" for plan, some in _added(old, new)]
    lines += _order(old, new)
    lines += _inner_headings(old, new)
    lines += [line for plan in new for line in _asked(plan, old)]
    return lines


def _told_once(plans: Plans) -> list[SectionPlan]:
    """Return sections without the parts that an earlier one has told."""
    told: set[str] = set()
    kept = []
    for plan in plans:
        parts = tuple(name for name in plan.parts if name not in told)
        told.update(parts)
        kept += [plan.model_copy(update={"parts": parts})] if parts else []
    return kept


def _parts(plan: SectionPlan) -> list[str]:
    """Return the parts of the case in a section, in order."""
    return [part for name in plan.parts for part in _of(name)]


def _sources(plan: SectionPlan, plans: Plans) -> list[SectionPlan]:
    """Return the sections that hold parts of a section, in their own order."""
    mine = set(_parts(plan))
    return [one for one in plans if mine.intersection(_parts(one))]


def _heading(plan: SectionPlan, old: Plans) -> Iterator[str]:
    """Yield where a section comes from, where it is not one of the same heading and parts."""
    mine, sources = set(_parts(plan)), _sources(plan, old)
    whole = all(set(_parts(one)) <= mine for one in sources)
    if len(sources) == 1 and (whole or sources[0].heading == plan.heading):
        if sources[0].heading != plan.heading:
            yield f"“{plan.heading}”, was “{sources[0].heading}”"
    elif sources:
        told = [f"{'' if set(_parts(one)) <= mine else 'part of '}“{one.heading}”" for one in sources]
        yield f"“{plan.heading}” from {', '.join(told)}"


def _lone(plans: Plans, others: Plans) -> list[str]:
    """Return the headings of sections none of whose parts another order has."""
    return [f"“{plan.heading}”" for plan in plans if not _sources(plan, others)]


def _added(plans: Plans, others: Plans) -> list[tuple[SectionPlan, list[str]]]:
    """Return the parts that another order has nowhere, by the section that holds them beside others."""
    known = {part for plan in others for part in _parts(plan)}
    found = ((plan, [name for name in plan.parts if not known.intersection(_of(name))]) for plan in plans)
    return [(plan, names) for plan, names in found if names and _sources(plan, others)]


def _of(name: str) -> list[str]:
    """Return the parts of the case that a name stands for; those of an abstract are the keys of the abstract."""
    return [one.name for one in expanded(name)] or [name]


def _named(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _order(old: Plans, new: Plans) -> Iterator[str]:
    """Yield the new order where parts of both come in another."""
    sequence = [part for plan in old for part in _parts(plan)]
    place = {part: number for number, plan in enumerate(new) for part in _parts(plan)}
    seen = [place[part] for part in sequence if part in place]
    if any(a > b for a, b in pairwise(seen)):
        yield f"in the order {', '.join(f'“{plan.heading}”' for plan in new)}"
        return
    rank = {part: number for number, part in enumerate(sequence)}
    for plan in new:
        inner = [rank[part] for part in _parts(plan) if part in rank]
        if inner != sorted(inner):
            yield f"in “{plan.heading}” the order is {_named(plan.parts)}"


def _inner_headings(old: Plans, new: Plans) -> Iterator[str]:
    """Yield the headings inside sections that are renamed, new, or no longer printed."""
    before, after = _inner(old), _inner(new)
    yield from (
        f"“{heading}”, was “{before[part]}”"
        for part, heading in after.items()
        if part in before and before[part] != heading
    )
    parts = {name for plan in (*old, *new) for name in plan.parts}
    for sign, mine, others in (("+", after, before), ("-", before, after)):
        names = [heading for part, heading in mine.items() if part not in others and part in parts]
        if names:
            yield f"{sign} inside sections: {', '.join(f'“{name}”' for name in names)}"


def _inner(plans: Plans) -> dict[str, str]:
    return {part: heading for plan in plans for part, heading in plan.headings.items()}


def _asked(plan: SectionPlan, old: Plans) -> Iterator[str]:
    """Yield what else differs between a section and the one that its first part was in."""
    sources = _sources(plan, old)
    before = sources[0] if sources else SectionPlan.model_validate({"heading": plan.heading, "from": ()})
    if plan.max_words != before.max_words:
        yield f"“{plan.heading}”, words: {before.max_words or 'no limit'} → {plan.max_words or 'no limit'}"
    if plan.records != before.records:
        yield f"“{plan.heading}”, records listed: {before.records} → {plan.records}"
    if plan.optional != before.optional:
        yield f"“{plan.heading}”, asked for: {_yes(not before.optional)} → {_yes(not plan.optional)}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
