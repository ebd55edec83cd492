"""REF: citations where there should be none, and numbers typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casewriter.article.citing import style_of
from casewriter.citation import read_cited
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CITATION, CaseProse, quoted
from casewriter.model.base import Blocks
from casewriter.problem import Level
from casewriter.profile import Profile

_TYPED = re.compile(
    r"(?<![\w\])])\[\d{1,3}(?:\s?[-–,]\s?\d{1,3}){0,9}\](?!\()|(?:(?<=[.,;])|(?<=[a-z]{3})(?<!log))\^\d{1,2}(?:[-–,]\d{1,2}){0,5}\^"
)
_UNCITED_PARTS = {"abstract": "an abstract", "conclusion": "a conclusion"}


@rule("REF019", "citation-misplaced", Level.WARNING)
def citation_misplaced(prose: CaseProse) -> Iterator[Found]:
    """The abstract or the conclusion cites a reference.

    Abstracts are read without the reference list, and the conclusion should add nothing new. Remedy: drop the citation,
    or move it to the introduction or discussion. Source: CARE checklist 2016, items 3 and 11d; Riley et al. 2017.
    """
    for path, text in prose.texts:
        part = _UNCITED_PARTS.get(str(path[0]))
        found = CITATION.search(text) if part else None
        if found:
            quote, nth = quoted(text, found)
            yield Found(f"{part} should not cite references", path, "drop the citation", quote, nth)


@rule("REF020", "number-typed", Level.WARNING)
def number_typed(prose: CaseProse) -> Iterator[Found]:
    """A citation number is typed by hand.

    Numbers follow the order of first citation and change with every edit, so sooner or later a typed number points to
    the wrong reference. Remedy: write the key, [@muller1959]. Source: ICMJE Recommendations, IV.A.3.g (numbered in
    order of mention).
    """
    for path, text in prose.texts:
        if not isinstance(text, Blocks) or "references" in path:
            continue
        for quote, nth in _typed(text):
            hint = "write the key of the reference: [@muller1959]"
            yield Found(f"the citation {quote} is typed as a number", path, hint, quote, nth)


@lru_cache(2048)
def _typed(text: str) -> tuple[tuple[str, int], ...]:
    """Return the numbers of references that a text has, and how many times each comes before."""
    return tuple(quoted(text, found) for found in _TYPED.finditer(text))


@rule("REF026", "words-raised", Level.WARNING)
def words_raised(prose: CaseProse, profile: Profile) -> Iterator[Found]:
    """A citation contains words, which the journal's style prints as superscript.

    “see” and “for a review” become small raised letters after the full stop, where readers overlook them. Remedy: say
    it in the sentence: as reviewed by Muller [@muller1959]. Source: AMA Manual of Style, 11th ed., 3.6.
    """
    if not style_of(profile).raised:
        return
    for path, text in prose.texts:
        for found in CITATION.finditer(text) if "@" in text else ():
            inner = found[0][1:-1].split(";")
            cited = [read_cited(one, "en") for one in inner if re.search(r"@[^\s;,\[\]@{}]", one)]
            if any(one.prefix or one.suffix for one in cited):
                quote, nth = quoted(text, found)
                yield Found(
                    "the words in this citation will print as superscript",
                    path,
                    "move them into the sentence",
                    quote,
                    nth,
                )


RULES = (citation_misplaced, number_typed, words_raised)
