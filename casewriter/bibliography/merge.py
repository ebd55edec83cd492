"""References to be added, beside those that a case has: which are new, and what is missing in those already there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from casewriter.bibliography.compare import differences
from casewriter.bibliography.reading.record import free_key, made_key
from casewriter.bibliography.works import Works
from casewriter.bibliography.writing.case_item import case_item
from casewriter.model.reference import Reference

FILLED = "PMID PMCID DOI volume issue page number issued container-title edition publisher publisher-place".split()
"""What a second record of a work may add to the first."""


class Incoming(Struct, frozen=True):
    """A reference to be added. `doubts` is what a pasted line left open; `source` its text."""

    where: str
    reference: Reference
    own_key: bool = False
    doubts: tuple[str, ...] = ()
    source: str = ""
    sure: bool = True


class Merge(Struct):
    """What is new, under its key; which keys of references that are there are filled in; and what to say of all."""

    new: list[tuple[Incoming, Reference]] = field(default_factory=list)
    filled: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def merge(incoming: Iterable[Incoming], held: Mapping[str, Reference], keeps: Callable[[str], bool] = bool) -> Merge:
    """Sort the new works from those that are held already, by DOI, PubMed id, or title and year.

    A record's own key is kept where `keeps` says that the file to be written can hold it; others are made as
    ``muller1959``. A record that was not read with certainty becomes a placeholder with its text.
    """
    found = Merge()
    works = Works(((key, one) for key, one in held.items() if one.placeholder is None), entries=True)
    known = dict(held)
    waiting = {one.placeholder: key for key, one in held.items() if one.placeholder is not None}
    taken: Counter[str] = Counter(dict.fromkeys(held, 1))
    for one in incoming:
        if not one.sure and one.source in waiting:
            found.said.append(f"{waiting[one.source]}  is already in the case, for you to check: {one.source}")
            continue
        if twin := works.find(one.reference):
            _told_again(one, *twin, known[twin[0]], found)
            continue
        own = (one.reference.id or "") if one.own_key else ""
        wanted = own if own and keeps(own) else made_key(one.reference.csl())
        key = free_key(wanted, taken)
        reference = one.reference.model_copy(update={"id": key})
        if not one.sure:
            reference = Reference.model_validate({"id": key, "placeholder": one.source})
            waiting[one.source] = key
        found.new.append((one, reference))
        works.add(key, reference)
        known[key] = reference
        what = _short(one.reference) if one.sure else f"for you to check: {one.source}"
        found.said += [f"{key}  {what}  ({one.where})", *(f"   {doubt}" for doubt in one.doubts)]
        if not one.sure and (identifier := one.reference.doi or one.reference.pmid):
            found.said.append(f"   `casewriter refs add {identifier}` looks it up")
    return found


def _told_again(one: Incoming, key: str, what: str, held: Reference, found: Merge) -> None:
    """Note what is missing in a work that is already there, and where the two records differ."""
    have, new = {**case_item(held), **found.filled.get(key, {})}, case_item(one.reference)
    certain = one.sure and not one.doubts
    lacking = {name: new[name] for name in FILLED if name in new and name not in have} if certain else {}
    found.said.append(
        f"{key}  is already in the case (same {what})" + (f"; adds {', '.join(lacking)}" if lacking else "")
    )
    for name, ours, theirs in differences(held, one.reference):
        found.said.append(f"   {name}: {ours} in the case, {theirs} in {one.where}")
    found.said += [f"   {doubt}" for doubt in one.doubts]
    if lacking:
        found.filled[key] = {**found.filled.get(key, {}), **lacking}


def _short(reference: Reference) -> str:
    first = next(iter(reference.author or reference.editor), None)
    name = (first.family or first.literal or "") if first else ""
    year = str(reference.issued.year or reference.issued.literal or "") if reference.issued else ""
    return " ".join(filter(None, (name, year, reference.title or "")))[:100]
