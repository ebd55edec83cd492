"""DATA: claims that one case cannot carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CITATION, CaseProse, sentences
from casewriter.model.case import Case
from casewriter.problem import Level

_OVERCLAIM = re.compile(
    r"\b(?:proves?|proved|proven|establish(?:es|ed)) "
    r"(?:that|the (?:cause|causal\w*|effect\w*|efficacy|benefit|superiority|safety|role))\b"
    r"|\b(?:is|was) (?:a |an )?(?:safe and effective|effective and safe|highly effective|"
    r"effective treatment|cure for)\b"
    r"|\bconfirms? (?:the )?(?:efficacy|effectiveness|safety|causal\w*|superiority)\b"
    r"|\bdemonstrates? (?:the )?(?:efficacy|effectiveness|safety|superiority)\b"
    r"|\bshould (?:be|become) (?:the )?(?:first[- ]line|standard|treatment of choice|gold standard)\b"
    r"|\ball (?:such )?patients should\b|\b(?:always|invariably) (?:leads?|causes?|results?|cures?)\b"
    r"|\bwithout (?:any )?doubt\b|\bdefinitively (?:shows?|proves?|causes?)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(r"\b(?:may|might|could|suggests?|possibl[ey]|perhaps|whether|not|cannot|no|if)\b", re.IGNORECASE)
_CONCLUDING = {
    ("discussion",),
    ("conclusion",),
    ("learning_points",),
    ("abstract", "conclusion"),
    ("title",),
    ("highlights",),
}


@rule("DATA024", "overclaim", Level.WARNING)
def overclaim(prose: CaseProse) -> Iterator[Found]:
    """A conclusion claims more than one case can show.

    One patient cannot prove a cause, an effect or a rule for others. Remedy: say what the case suggests. Phrases
    checked: “proves that”, “is safe and effective”, “should be first-line” and the like in the discussion, conclusion
    and learning points, without a citation or a hedge. Source: CARE items 11a and 11c; ICMJE Recommendations, IV.A.3.g
    (discussion).
    """
    for path, text in prose.texts:
        if not any(path[: len(part)] == part for part in _CONCLUDING):
            continue
        for claim, nth in _overclaims(text):
            message = f"“{claim}” claims more than one case can show"
            yield Found(message, path, "say what the case suggests", claim, nth)


@lru_cache(1024)
def _overclaims(text: str) -> tuple[tuple[str, int], ...]:
    """Return the words by which a text claims too much, and how many times they come before."""
    claims = []
    for start, sentence in sentences(text):
        found = _OVERCLAIM.search(sentence)
        if found and not CITATION.search(sentence) and not _HEDGE.search(sentence):
            claims.append((found[0], text.count(found[0], 0, start + found.start())))
    return tuple(claims)


@rule("DATA025", "final-diagnosis-excluded", Level.ERROR)
def final_diagnosis_excluded(case: Case) -> Iterator[Found]:
    """The final diagnosis is also listed as an excluded diagnosis.

    Remedy: correct the status of one of them, or name the subtype you mean.
    """
    diagnosis = case.diagnosis
    listing = diagnosis.differential if diagnosis else None
    final = {_folded(one.label) for one in (diagnosis.final if diagnosis else ()) if one.label}
    for number, considered in enumerate(listing.items if listing else ()):
        if considered.status in ("excluded", "unlikely") and considered.label and _folded(considered.label) in final:
            path = ("diagnosis", "differential", "items", number)
            message = f"“{considered.label}” is the final diagnosis but here {considered.status}"
            yield Found(message, path, "correct the status of one of them")


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


RULES = (overclaim, final_diagnosis_excluded)
