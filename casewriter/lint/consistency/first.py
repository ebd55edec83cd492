"""DATA: claims of a first case or of few, against the search of the literature and the earlier cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CITATION, NUMBER_WORDS, CaseProse, number, sentences
from casewriter.model.base import AuthorText
from casewriter.model.case import Case
from casewriter.model.literature import LiteratureSearch
from casewriter.problem import Level, Path
from casewriter.source import Source

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
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBER_WORDS)}|a single|a few|a handful of|few)"
_CASES = r"(?:[a-z][\w-]* ){0,3}?(?:cases?|case reports?|reports?|patients|instances)\b(?! (?:control|series))"
_FEW = re.compile(rf"\b(?:only|just|fewer than|less than|no more than) {_COUNT} {_CASES}", re.IGNORECASE)
_ANY = re.compile(rf"(?<![\w.,-]){_COUNT} {_CASES}", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:(?:have|has) (?:been |ever been |previously been )?(?:reported|described|published|documented)"
    r"|in the (?:\w+ )?literature|(?:previously|so far) (?:reported|described|published)"
    r"|(?:reported|described|published) (?:so far|to date|previously|before))\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:of (?:these|them|those|which|whom|the)|among"
    r"|in (?:a |an |the |our )?(?:\w+ )?(?:child|adult|adolescent|infant|neonat"
    r"|newborn|wom[ae]n|m[ae]n\b|pregnan|boy|girl|patients?\b)|pa?ediatric|(?-i:(?:in|from) (?:the )?[A-Z]))",
    re.IGNORECASE,
)
"""Words by which a claim is about some patients or one country: the earlier cases may be others."""
_TABLE = "@tbl-prior-cases"
_NOT_OURS = ("references", "literature_search", "prior_cases", "patient_perspective")

Claim = tuple[str, int, str]
"""The words of a claim, how many times they come before in the text, and its sentence."""


@rule("DATA022", "first-case-unsearched", Level.WARNING)
def first_case_unsearched(case: Case, prose: CaseProse) -> Iterator[Found]:
    """The text claims a first or only case, or few cases, without giving a literature search.

    Readers and journals expect the database, date and query behind such a claim. Remedy: `literature_search:
    {databases: [PubMed], date: 2026-03, query: …, hits: 14}`, or drop the claim. Phrases checked: “first case”, “has
    not been reported”, “only two cases have been reported” and the like, in a sentence that has no citation. Source:
    CARE item 11b; Riley et al. 2017.
    """
    lacking = _lacking(case.literature_search)
    if not lacking:
        return
    known = case.literature_search is not None
    what = f"its literature_search has no {' and no '.join(lacking)}" if known else "there is no literature search"
    if known:
        hint = f"write {', '.join(f'{key}: …' for key in lacking)} under literature_search, or drop the claim"
    else:
        hint = "write literature_search: {databases: […], date: …, query: …}, or drop the claim"
    if case.discussion and case.discussion.claims_first_report:
        yield Found(f"this claims a first report, but {what}", ("discussion", "claims_first_report"), hint)
    for path, text in _claiming(prose):
        for claim, nth, _ in (*_firsts(text), *_few(text)):
            yield Found(f"this claims “{claim}”, but {what}", path, hint, claim, nth)


def _lacking(search: LiteratureSearch | None) -> list[str]:
    """Return what a search does not say: databases, date or query; one in prose says what it says."""
    if search is None:
        return ["databases", "date", "query"]
    if search.narrative:
        return []
    each = search.searches
    said = {
        "databases": search.databases or any(one.database for one in each),
        "date": search.date or any(one.date for one in each),
        "query": search.terms or search.query or any(one.query for one in each),
    }
    return [key for key, value in said.items() if not value]


@rule("DATA051", "first-despite-prior-cases", Level.WARNING)
def first_despite_prior_cases(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text claims a first case, and `prior_cases` lists earlier ones.

    A reviewer who finds an earlier case rejects the claim. Remedy: say what is first about this case (“the first case
    in a child”), or drop the claim; or remove what is no such case from `prior_cases`. A sentence that mentions
    @tbl-prior-cases or is about some patients or one country is not reported. Source: CARE item 11b.
    """
    prior = case.prior_cases
    if prior is None or not prior.items:
        return
    cases = "1 earlier case" if prior.patients == 1 else f"{prior.patients} earlier cases"
    where = place(source, ("prior_cases",))
    hint = "say what is first about this case, or drop the claim"
    if case.discussion and case.discussion.claims_first_report:
        message = f"this claims a first report, but the data list {cases} ({where})"
        yield Found(message, ("discussion", "claims_first_report"), hint)
    for path, text in _claiming(prose):
        for claim, nth, sentence in _firsts(text):
            if _TABLE not in sentence and not _PART.search(sentence):
                yield Found(f"this claims “{claim}”, but the data list {cases} ({where})", path, hint, claim, nth)


@rule("DATA052", "prior-cases-miscounted", Level.WARNING)
def prior_cases_miscounted(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text counts the published cases, and `prior_cases` lists another number.

    Compared are “only two cases have been reported” and the number of cases in a sentence that mentions
    @tbl-prior-cases. A row counts as one case, or as its `patients`. Remedy: correct the number, or complete the list.
    """
    prior = case.prior_cases
    if prior is None or not prior.items:
        return
    where = place(source, ("prior_cases",))
    for path, text in _claiming(prose):
        for claim, nth, sentence in (*_few(text, cited=True), *_counted_by_the_table(text)):
            said = _number(claim)
            if said is not None and said != prior.patients and not _PART.search(sentence):
                message = f"the text says “{claim}”, the data list {prior.patients} ({where})"
                yield Found(message, path, "correct the number, or complete prior_cases", claim, nth)


def _number(claim: str) -> int | None:
    """Return the number of cases that a claim says exactly; None of “fewer than ten” and “a few”."""
    found = _ANY.search(claim)
    if found is None or not claim.lower().startswith(("only", "just", found["count"].lower())):
        return None
    return 1 if found["count"].lower() == "a single" else number(found["count"])


def _claiming(prose: CaseProse) -> Iterator[tuple[Path, AuthorText]]:
    """Yield the texts in which the authors may claim something."""
    return ((path, text) for path, text in prose.texts if path[0] not in _NOT_OURS)


@lru_cache(2048)
def _firsts(text: str) -> tuple[Claim, ...]:
    """Return the words by which a text claims a first case."""
    claims = []
    for start, sentence in sentences(text):
        found = _FIRST.search(sentence)
        if found and _OWN.search(sentence) and not CITATION.search(sentence) and not _NOT_FIRST.search(sentence):
            claims.append((found[0], text.count(found[0], 0, start + found.start()), sentence))
    return tuple(claims)


@lru_cache(2048)
def _few(text: str, *, cited: bool = False) -> tuple[Claim, ...]:
    """Return the words by which a text claims that few cases were published; by itself, or also where it cites."""
    claims = []
    for start, sentence in sentences(text):
        found = _FEW.search(sentence)
        if found and _PUBLISHED.search(sentence) and (cited or not CITATION.search(sentence)):
            claims.append((found[0], text.count(found[0], 0, start + found.start()), sentence))
    return tuple(claims)


@lru_cache(2048)
def _counted_by_the_table(text: str) -> tuple[Claim, ...]:
    """Return the words by which a sentence that mentions the table counts its cases."""
    if _TABLE not in text:
        return ()
    found = ((start, sentence, _ANY.search(sentence)) for start, sentence in sentences(text) if _TABLE in sentence)
    return tuple(
        (one[0], text.count(one[0], 0, start + one.start()), sentence)
        for start, sentence, one in found
        if one and not _few(sentence, cited=True)
    )


RULES = (first_case_unsearched, first_despite_prior_cases, prior_cases_miscounted)
