"""What prose says that serology found: “serology pointed to a recent enterovirus infection”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.index import Index
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence
from casewriter.lint.statement.words import folded_words

_SIGNS = frozenset(("serology", "serologic", "serological", "serologically", "antibody", "igm"))
_WHO = (
    r"(?P<who>(?:(?!infection\b|recent\b|acute\b|old\b|past\b|previous\b|remote\b|prior\b|with\b|by\b)[\w–-]+ ?){1,4}?)"
)
_NO = r"(?:(?P<no>no )|an? |the )?(?:evidence of (?:an? )?)?(?:(?:recent|acute|current|active|ongoing|primary) )*"
_POINTED = Late(
    r"\b(?:serolog\w+|IgM)\b(?: (?:tests?|testing|results?|studies))? (?:then |also |later )?(?:point(?:ed"
    r"|s) to(?:wards?)?"
    r"|suggest(?:ed|s)|indicated?s?|show(?:ed|s)|reveal(?:ed|s)|confirm(?:ed|s)|demonstrated|was (?:consistent"
    r"|compatible)"
    rf" with|was in keeping with) {_NO}(?:infection (?:with|by) (?P<with>[\w–-]+(?: [A-Z]\d*)?)|{_WHO} ?infection\b)",
    re.IGNORECASE,
)
_EVIDENCE = Late(
    r"\b(?P<no>no )?serologic(?:al)? (?:evidence|signs?|proof) of (?:an? )?(?:(?:recent|acute|current|active) )*"
    r"(?:infection (?:with|by) )?(?P<who>[\w–-]+(?: [\w–-]+)??(?: [A-Z]\d*)?)(?: infection)?(?=[.,;]| (?:was|were"
    r"|and|in)\b)",
    re.IGNORECASE,
)
_AGAINST = Late(
    r"\b(?:(?:IgM|IgA) )?antibodies (?:against|to|for) (?P<who>[\w–-]+(?: [\w–-]+){0,3}?) (?:was|were)"
    r" (?:(?P<no>absent|not (?:found|detected|present)|undetectable|negative)|found|present|detected|positive"
    r"|raised)\b",
    re.IGNORECASE,
)
_DULL = frozenset("virus the a an recent acute her his viru".split())
_TITLE = re.compile(r"serolog|antibod|\bIg[MGA]\b", re.IGNORECASE)
_LASTING = re.compile(r"\bIgG\b|antibod", re.IGNORECASE)


class Infection(Struct, frozen=True):
    """An infection that serology found or did not find, by the text, with the tests of the data for it."""

    found: bool
    facts: tuple[StatedFact, ...]
    start: int
    end: int


def infections(sentence: Sentence, known: Index) -> Iterator[Infection]:
    """Yield what a sentence says of serology; a negative answer says nothing of antibodies that last."""
    if not sentence.folded & _SIGNS:
        return
    for pattern in (_POINTED, _EVIDENCE, _AGAINST):
        for found in pattern.finditer(sentence.text, sentence.start, sentence.end):
            groups = found.groupdict()
            words = set(folded_words(groups.get("with") or found["who"] or "")) - _DULL
            positive = not found["no"]
            facts = tuple(fact for fact in known.facts if fact.sort == "lab" and _is_for(fact, words, positive))
            if words and facts:
                yield Infection(positive, facts, *found.span())


def _is_for(fact: StatedFact, words: set[str], positive: bool) -> bool:
    title = str(fact.record.title() or "")
    if not _TITLE.search(title) or not words <= set(folded_words(title)):
        return False
    return positive or not _LASTING.search(title)
