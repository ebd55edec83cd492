"""JRNL: what the journal counts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.lint.rule import Rule
from casewriter.model.case import Case
from casewriter.problem import Kind, Level, Path, Problem
from casewriter.profile import Profile
from casewriter.profile_parts import JournalLimits


class _Limit(Struct, frozen=True):
    """One number that a journal limits: the code and name of its rule, its key in the profile, and where it is."""

    code: str
    name: str
    key: str
    words: str
    path: Path
    counted: str


_LIMITS = (
    _Limit(
        "JRNL005",
        "body-long",
        "body_words",
        "words in the main text",
        ("discussion",),
        "Title page, abstract, references, legends, tables and declarations are not counted.",
    ),
    _Limit(
        "JRNL006", "abstract-long", "abstract_words", "words in the abstract", ("abstract",), "Headings do not count."
    ),
    _Limit("JRNL007", "references-many", "references", "references", ("references",), "Only printed references count."),
    _Limit(
        "JRNL008", "figures-many", "figures", "figures", ("figures",), "A figure with several panels counts as one."
    ),
    _Limit("JRNL009", "tables-many", "tables", "tables", ("tables",), "Tables built from the data count too."),
    _Limit(
        "JRNL010",
        "authors-many",
        "authors",
        "authors",
        ("authors",),
        "People who helped in other ways belong in the acknowledgements (ICMJE).",
    ),
    _Limit(
        "JRNL019",
        "exhibits-many",
        "figures_and_tables",
        "figures and tables",
        ("figures",),
        "Figures and tables are counted together.",
    ),
)
_PAGE = """The case has {verb} {words} than the journal allows.

{counted} If the journal only recommends a number, the message says so.
Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME` shows source and date); check
the journal's own page."""


def _kind(limit: _Limit, verb: str = "more") -> Kind:
    page = _PAGE.format(verb=verb, words=limit.words, counted=limit.counted)
    return Kind(limit.code, limit.name, Level.WARNING, page)


_KINDS = {limit.key: _kind(limit) for limit in _LIMITS}
_SHORT = _kind(
    _Limit("JRNL020", "abstract-short", "", "words in the abstract", ("abstract",), "Headings do not count."), "fewer"
)


def _counts(case: Case, article: Article) -> dict[str, int]:
    found = article.counts
    return {
        "body_words": found.body_words,
        "abstract_words": found.abstract_words,
        "references": found.references,
        "figures": found.figures,
        "tables": found.tables,
        "figures_and_tables": found.figures + found.tables,
        "authors": len(case.authors),
    }


def check_limits(case: Case, article: Article, profile: Profile) -> Iterator[Problem]:
    """Yield what exceeds the journal's limits."""
    limits, counts = profile.limits, _counts(case, article)
    for one in _LIMITS:
        limit, count = getattr(limits, one.key), counts[one.key]
        both = one.key == "body_words" and limits.body_with_abstract
        count += counts["abstract_words"] if both else 0
        if limit is not None and count > limit:
            words = f"{one.words} and the abstract" if both else one.words
            message = f"{count} {words}; {_allows(profile, limits, one.key)} {limit}"
            yield Problem(_KINDS[one.key], message, one.path, hint=f"remove {count - limit}", on_key=True)
    least = limits.abstract_words_min
    if least is not None and 0 < counts["abstract_words"] < least:
        message = f"{counts['abstract_words']} words in the abstract; {profile.name} asks for {least} or more"
        yield Problem(_SHORT, message, ("abstract",), hint=f"add {least - counts['abstract_words']}", on_key=True)


def _allows(profile: Profile, limits: JournalLimits, key: str) -> str:
    return f"{profile.name} {'recommends' if key in limits.recommended else 'allows'}"


class Measure(Struct, frozen=True):
    """What a journal limits, how much of it a case has, and the limit, which may be advice."""

    key: str
    words: str
    count: int
    limit: int
    advised: bool


def measures(case: Case, article: Article, profile: Profile) -> list[Measure]:
    """Return the counts of a case against each limit of a journal, whether it is kept or not."""
    limits, counts = profile.limits, _counts(case, article)
    words = {one.key: one.words for one in _LIMITS}
    if limits.body_with_abstract:
        counts["body_words"] += counts["abstract_words"]
        words["body_words"] += " and the abstract"
    found = ((one, getattr(limits, one.key)) for one in _LIMITS)
    return [
        Measure(one.key, words[one.key], counts[one.key], limit, one.key in limits.recommended)
        for one, limit in found
        if limit is not None
    ]


RULES = (Rule((*_KINDS.values(), _SHORT), check_limits),)
