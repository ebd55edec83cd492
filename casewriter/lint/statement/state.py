"""Words that say how a vital sign was, such as afebrile or tachycardic, as the bounds that they imply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from casewriter.lint.statement.index import Mention
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.reading import ClauseReading
from casewriter.lint.statement.story import Sentence, Story
from casewriter.lint.statement.words import data, folded_words

_WAS = Late(
    r"\b(?:was|were|is|became|had become|had been|remained|stayed|appeared|looked|seemed|found)(?: to be)?"
    r"(?:,? (?!not\b|never\b|no\b|being\b)[a-z]+){0,4},? (?:and |but )?$",
    re.IGNORECASE,
)
"""What makes such a word a predicate; before a noun (“a febrile illness”) it is not."""
_NOUN = Late(r" (?!and\b|but\b|at\b|on\b|with\b|in\b|or\b|when\b|again\b|to\b)[a-z]+", re.IGNORECASE)


@cache
def _states() -> dict[str, dict[str, Any]]:
    return {folded_words(word)[0]: entry for word, entry in data()["states"].items()}


def _predicates(sentence: Sentence) -> Iterator[tuple[re.Match[str], dict[str, Any]]]:
    if not sentence.folded & _states().keys():
        return
    for found in re.compile(r"\w+").finditer(sentence.text, sentence.start, sentence.end):
        entry = _states().get(folded_words(found[0])[0]) if found[0][0] != "_" else None
        before = sentence.text[max(sentence.start, found.start() - 60) : found.start()]
        if entry and _WAS.search(before) and not _NOUN.match(sentence.text, found.end(), sentence.end):
            yield found, entry


def states(sentence: Sentence, told: Story) -> Iterator[ClauseReading]:
    """Yield what a sentence calls a vital sign of the data, as a bound: febrile is above 37.2 °C."""
    for found, entry in _predicates(sentence):
        facts = tuple(f for f in told.index.by_name.get(folded_words(entry["of"]), ()) if f.sort == "vital")
        systolic = tuple(f for f in facts if "diastolic" not in str(f.record.title()).lower())
        if systolic and not sentence.says(found.start(), "no") and (not entry.get("adult") or told.is_adult):
            mention = Mention(found.start(), found.start(), folded_words(entry["of"]), systolic)
            yield ClauseReading(mention, entry["value"], entry["unit"], entry["bound"], *found.span(), word=found[0])


def opposites(sentence: Sentence) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield each state that a sentence gives, the stem of its own words and that of its opposite."""
    for found, entry in _predicates(sentence):
        if entry.get("opposite") and not sentence.says(found.start(), "no", "past", "unsure"):
            yield found, found[0].lower()[:9], entry["opposite"]
