"""DATA: claims that one case, or this case, cannot carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CITATION, CaseProse, sentences
from casewriter.model.case import Case
from casewriter.problem import Level

_FIRST = re.compile(
    r"\b(?:the |a )?(?:very )?first (?:ever )?(?:(?:reported|described|published|known|documented|recorded) )?"
    r"(?:case|report|description|instance|patient|example)\b"
    r"|\b(?:has|have) (?:not|never)(?: yet| previously| before)? been (?:reported|described|published)\b"
    r"|\b(?:no|without any) (?:previous|prior|earlier|similar|such) (?:case|report|description)s?\b"
    r"|\bnever (?:been )?(?:reported|described) before\b|\bunprecedented\b|\bonly (?:known|reported) case\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:our|we|us|this|here|present|knowledge|literature|aware)\b", re.IGNORECASE)
_NOT_FIRST = re.compile(
    r"\bnot (?:the|a) (?:very )?first\b|\b(?:18|19|20)\d\d\b|"
    r"\breports? of the (?:pathologist|radiologist|patient|laboratory)\b"
    r"|\bfirst case of the (?:day|week|month|year)\b",
    re.IGNORECASE,
)
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


@rule("DATA022", "first-case-unsearched", Level.WARNING)
def first_case_unsearched(case: Case, prose: CaseProse) -> Iterator[Found]:
    """The text claims a first or only case without giving a literature search.

    Readers and journals expect the databases, date and search terms behind such a claim. Remedy: `literature_search:
    {databases: [PubMed], date: 2026-03, terms: …}`, or drop the claim. Phrases checked: “first case”, “has not been
    reported” and the like, in a sentence about this report that has no citation. Source: CARE item 11b; Riley et al.
    2017.
    """
    search = case.literature_search
    if search and (search.narrative or (search.databases and (search.terms or search.date))):
        return
    hint = "write literature_search: {databases: […], date: …, terms: …}, or drop the claim"
    if case.discussion and case.discussion.claims_first_report:
        yield Found(
            "this claims a first report without a literature search", ("discussion", "claims_first_report"), hint
        )
    for path, text in prose.texts:
        if path[0] in ("references", "literature_search", "patient_perspective"):
            continue
        for claim, nth in _claims(text):
            yield Found(f"this claims “{claim}” without a literature search", path, hint, claim, nth)


@lru_cache(2048)
def _claims(text: str) -> tuple[tuple[str, int], ...]:
    """Return the words by which a text claims a first case, and how many times they come before."""
    claims = []
    for start, sentence in sentences(text):
        found = _FIRST.search(sentence)
        if found and _OWN.search(sentence) and not CITATION.search(sentence) and not _NOT_FIRST.search(sentence):
            claims.append((found[0], text.count(found[0], 0, start + found.start())))
    return tuple(claims)


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


RULES = (first_case_unsearched, overclaim, final_diagnosis_excluded)
