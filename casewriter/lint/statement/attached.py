"""What a text places on the body: a noun with the places after it, as “cellulitis of the left leg”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.statement.late import Late
from casewriter.lint.statement.located import Located
from casewriter.lint.statement.site import Place, places
from casewriter.lint.statement.story import Sentence
from casewriter.lint.statement.words import folded, folded_words

_BEHIND = Late(
    r"(?: (?:was|were|is|are|had been)(?: (?!not\b|no\b)[a-z]+){0,2}| (?:began|started|appeared|developed|arose|lay"
    r"|sat))?"
    r" (?:of|in|on|over|at|around|from|above|below) (?P<phrase>(?:[\w-]+,? (?:and )?){0,5}[\w-]+)",
    re.IGNORECASE,
)
_END = Late(r"\b(?:showed|revealed|was|were|that|which|with|but|found|had|who|after|before|on|at|in|by|for)\b|[;(]")
_ADJECTIVES = frozenset(
    "tender enlarged painful severe large small multiple confluent diffuse obscure several white yellow acute chronic"
    " second third without below above normal upper lower right bilateral after before level month admitted started"
    " treatment biopsy biopsie specimen computed tomography findings suggestive scan study".split()
)
SYMPTOMS = frozenset(
    "pain rash swelling oedema edema weakness tenderness spot macule papule erythema plaque lesion itching numbness"
    " tingling bleeding ulcer stiffness cramp burn injury scar".split()
)
"""What a patient often has at more than one place, so that another place is another one of them."""


def attached(records: list[Located]) -> dict[str, list[Located]]:
    """Return the records that place something, by each noun that they place."""
    found: dict[str, list[Located]] = {}
    for one in records:
        if not places(one.text):
            continue
        for noun in _nouns(one):
            found.setdefault(noun, []).append(one)
    return found


def _nouns(one: Located) -> Iterator[str]:
    label = str(one.fact.record.title() if hasattr(one.fact.record, "title") else one.text)
    if getattr(one.fact.record, "site", None) and one.fact.sort == "finding":
        return (word for word in folded_words(label) if len(word) > 3 and word not in _ADJECTIVES)
    words = (
        folded(found[0])
        for found in re.finditer(r"[^\W\d_]{4,}", one.text)
        if (behind := _BEHIND.match(one.text, found.end())) and _in_phrase(one.text, behind)
    )
    inside = {word for place in places(label) for word in folded_words(label[place.start : place.end])}
    return (word for word in dict.fromkeys(words) if len(word) > 3 and word not in _ADJECTIVES | inside)


def _in_phrase(text: str, found: re.Match[str]) -> tuple[Place, ...]:
    stop = _END.search(text, found.start("phrase"), found.end("phrase"))
    return places(text, found.start("phrase"), stop.start() if stop else found.end("phrase"))


Named = tuple[tuple[int, int], str, tuple[Place, ...]]


def said_places(sentence: Sentence, nouns: dict[str, list[Located]]) -> Iterator[Named]:
    """Yield each noun of a sentence that the data place, with the places that the text gives for it."""
    if not sentence.folded & nouns.keys():
        return
    for found in re.finditer(r"[^\W\d_]{4,}", sentence.words):
        word = folded(found[0])
        start, end = sentence.start + found.start(), sentence.start + found.end()
        behind = _BEHIND.match(sentence.text, end, sentence.clause(start)[1]) if word in nouns else None
        if behind and (said := _in_phrase(sentence.text, behind)):
            yield (start, end), word, said
