"""The parts of a case that say who its authors are: without them, or with one sign in their place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from casewriter.blinding.folding import folded
from casewriter.blinding.mapping import updated
from casewriter.model.base import Blocks, Inline, Listing
from casewriter.model.case import Case

_WHOLE = ("contributions", "guarantor", "acknowledgements", "prior_presentation", "registration")
"""Parts whose text is withheld as a whole: it names people, places or registers that lead to them."""


def without_people(case: Case, sign: str) -> tuple[Case, Counter[str]]:
    """Return a case without its authors and what leads to them, and how many of each kind were taken out.

    A part that is printed keeps its heading, with the sign for its text, so that a reviewer sees that there is one.
    """
    new: dict[str, Any] = {"authors": (), "affiliations": {}}
    counts: Counter[str] = Counter({"authors": len(case.authors), "affiliations": len(case.affiliations)})
    for name in _WHOLE:
        text = getattr(case, name)
        if text:
            new[name] = type(text)(sign)
            counts[name.replace("_", " ")] += 1
    if not case.contributions and any(one.roles for one in case.authors):
        new["contributions"] = Blocks(sign)
        counts["contributions"] += 1
    if case.funding and not (case.funding.none and not case.funding.narrative):
        new["funding"] = updated(case.funding, _only_sign(sign))
        counts["funding"] += 1
    new |= _interests(case, sign, counts) | _ethics(case, sign, counts) | _ai_use(case, sign, counts)
    changed: Case = updated(case, new)
    return changed, +counts


def _only_sign(sign: str) -> dict[str, Any]:
    return {"narrative": Blocks(sign), "items": (), "absent": (), "none": None, "scope": None, "how_assessed": None}


def _interests(case: Case, sign: str, counts: Counter[str]) -> dict[str, Any]:
    """Return the interests of each author as one statement; that of all stays, and is masked as any text."""
    own = [one.conflicts for one in case.authors if one.conflicts is not None]
    if case.competing_interests is not None and _names_an_author(case):
        counts["competing interests"] += 1
        return {"competing_interests": updated(case.competing_interests, _only_sign(sign))}
    if not own:
        return {}
    nothing = all(one.none and not (one.narrative or one.absent) for one in own)
    if nothing:
        return {} if case.competing_interests else {"competing_interests": Listing[Inline](none=True)}
    counts["competing interests"] += 1
    if case.competing_interests is None:
        return {"competing_interests": Listing[Inline](narrative=Blocks(sign))}
    return {"competing_interests": updated(case.competing_interests, _only_sign(sign))}


def _names_an_author(case: Case) -> bool:
    """Return whether the statement of all says who has an interest: an employer leads to its author."""
    said = case.competing_interests
    assert said is not None
    texts = folded(" ".join(filter(None, (said.narrative, *said.items)))).split()
    words = {word.strip(".,;:()").removesuffix("'s") for word in texts}
    return any(part in words for one in case.authors for part in folded(one.family or "").split())


def _ethics(case: Case, sign: str, counts: Counter[str]) -> dict[str, Any]:
    """Return the ethics approval: whether there is one stays; who gave it, its number and what is said of it do not."""
    found = case.ethics
    if found is None or not (found.board or found.number or found.narrative):
        return {}
    counts["ethics board and number"] += 1
    return {"ethics": updated(found, {"board": None, "number": None, "narrative": Blocks(sign)})}


def _ai_use(case: Case, sign: str, counts: Counter[str]) -> dict[str, Any]:
    if case.ai_use is None or not case.ai_use.responsible_author:
        return {}
    counts["responsible author"] += 1
    return {"ai_use": updated(case.ai_use, {"responsible_author": Inline(sign)})}
