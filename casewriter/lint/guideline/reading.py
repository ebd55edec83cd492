"""Prose read for an item of a guideline: a sentence must hold all that is looked for, and must not deny it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from casewriter.guideline import Reading

Verdict = Literal["found", "unsure", "absent"]

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[A-Z0-9“\"(\[*_])|\n\s*\n|\n\s*[-*+]\s")
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:but|although|though|however|while|whereas|except)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none|cannot|unable|unavailable|impossible|lack(?:ed|ing|s)?|absent|absence|"
    r"declined|refused|withheld|fail(?:ed|s|ure)?|missing|pending|awaited|omitted|will|shall)\b|"
    r"n[’']t\b|\bto be\b|\byet to\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\bnot (?:been )?(?:recorded|assessed|documented|known|described|evaluated|asked|available|stated|sought|"
    r"monitored)\b"
    r"|\b(?:unknown|unavailable|unrecorded|pending)\b|\bno (?:data|information|records?|documentation|details?)\b",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\[[^\]]*@[^\]]*\]")


def read_prose(texts: Iterable[str], reading: Reading, language: str) -> Verdict:
    """Return whether a sentence answers; unsure where only a part is said, or the language is not English.

    A sentence that denies what is looked for (“consent could not be obtained”) does not count, unless a denial is
    an answer (“no adverse event occurred”); a sentence that says that it is unknown never counts.
    """
    found = [_CITATION.sub("", text) for text in texts if text.strip()]
    if not found:
        return "absent"
    if not language.lower().startswith("en"):
        return "unsure"
    sentences = [sentence for text in found for sentence in _SENTENCE.split(text)]
    answering = [s for s in sentences if not _denied(s, reading)]
    patterns = [_compiled(pattern) for pattern in reading.all]
    units = answering if reading.within == "sentence" else ["\n".join(answering)]
    if any(all(pattern.search(unit) for pattern in patterns) for unit in units):
        return "found"
    partly = len(patterns) > 1 and any(patterns[0].search(sentence) for sentence in answering)
    return "unsure" if partly else "absent"


def _denied(sentence: str, reading: Reading) -> bool:
    """Tell whether a sentence says that it is not so, in the clause of what is looked for, or that it is unknown."""
    if _UNKNOWN.search(sentence):
        return True
    if reading.denial_counts:
        return bool(reading.denied_by and _compiled(reading.denied_by).search(sentence))
    places = [match.start() for pattern in reading.all[:1] for match in _compiled(pattern).finditer(sentence)]
    return any(_DENIAL.search(_clause(sentence, place)) for place in places)


def _clause(sentence: str, index: int) -> str:
    marks = [0, *(mark.start() for mark in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(mark for mark in marks if mark <= index)
    return sentence[start : min(mark for mark in marks if mark > index)]


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
