"""The records that are somewhere on the body, with the text that says where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.statement.dated import stems_of
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence, Story
from casewriter.lint.statement.words import folded_words
from casewriter.model.walking import has

_OTHERWISE = (
    r"contralateral|opposite|other|another|second|normal|unaffected|uninvolved|spared|unlike|than|compared"
    r"|no|not|without"
    r"|never|neither|unremarkable|healthy|metasta\w+|previous\w*|earlier|formerly|later|years? (?:ago|before)|then"
    r"|spread|new|also"
)
COMPARED = Late(rf"\b(?:{_OTHERWISE}|bilateral\w*|both)\b", re.IGNORECASE)
"""Words beside which another side is no contradiction."""
ELSEWHERE = Late(rf"\b(?:{_OTHERWISE})\b", re.IGNORECASE)
"""Words beside which another place is no contradiction."""


class Located(Struct, frozen=True):
    """A record with the text that places it, and the words that it is known by."""

    fact: StatedFact
    text: str
    stems: frozenset[str]


def located(told: Story) -> Iterator[Located]:
    """Yield the records that may be placed on the body, and the diagnoses."""
    for fact in told.index.facts:
        if fact.sort in ("study", "specimen", "finding", "complaint", "event", "intervention"):
            text = " ; ".join(_texts(fact))
            yield Located(fact, text, stems_of(text))
    for number, one in enumerate(told.case.diagnosis.final if told.case.diagnosis else ()):
        if one.label:
            yield Located(
                StatedFact(("diagnosis", "final", number), one, "diagnosis"), str(one.label), stems_of(str(one.label))
            )


def _texts(fact: StatedFact) -> Iterator[str]:
    for key in ("label", "modality", "site", "procedure", "findings", "impression", "severity"):
        if has(fact.record, key) and (value := getattr(fact.record, key)):
            yield str(value)
    if has(fact.record, "region"):
        yield from fact.record.region


LESION = Late(
    r"\b(?P<noun>\w*bezoars?|mass(?:es)?|tumou?rs?|abscess(?:es)?|fractures?|aneurysms?|thromb(?:us|osis)|haematomas?"
    r"|hematomas?|ulcers?|polyps?|strictures?|perforation|cysts?)\b",
    re.IGNORECASE,
)
"""Lesions of which prose gives place and size."""


def of_lesion(sentence: Sentence, found: re.Match[str], records: list[Located]) -> list[Located]:
    """Return the records that name a lesion of the text, without the one that the text belongs to."""
    noun = folded_words(found["noun"])[0]
    noun = "bezoar" if noun.endswith("bezoar") else noun
    same = [one for one in records if noun in one.text.lower()]
    return [one for one in same if sentence.path[: len(one.fact.path)] != one.fact.path]
