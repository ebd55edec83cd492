"""Prose read for an item of a guideline: a sentence must hold all that is looked for, and must not deny it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from casewriter.guideline import ItemReading
from casewriter.lint.words import CITATION, SENTENCE_END
from casewriter.problem import CannotRun

Verdict = Literal["found", "unsure", "denied", "absent"]

_CLAUSE = re.compile(r"[,;:()–—]|\b(?:but|although|though|however|while|whereas|except)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none|cannot|unable|unavailable|impossible|lack(?:ed|ing|s)?|absent|absence|"
    r"declined|refused|withheld|fail(?:ed|s|ure)?|missing|pending|awaited|omitted|will|shall)\b|n[’']t\b|\byet to\b|"
    r"\bto be (?:obtained|sought|signed|asked|given|confirmed)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:not|never|nor)\b(?: (?:been|be|specifically|systematically|formally|yet|further|fully))* "
    r"(?:recorded|assessed|documented|known|described|evaluated|asked|available|stated|sought|monitored|performed|done|obtained|"
    r"carried out|undertaken|discussed|addressed|reported|determined|clear|established|kept)\b"
    r"|\b(?:unknown|unavailable|unrecorded|unclear|pending|withheld)\b"
    r"|\bno (?:data|information|records?|documentation|details?)\b"
    r"|\bneither\b.{0,60}\bnor\b.{0,40}\b(?:recorded|assessed|documented|known|described|available|stated|given|"
    r"reported)\b"
    r"|\bno\b[^,;]{0,40}\b(?:was|were|is|are|has been|have been|can be|could be)\b (?:performed|done|obtained|"
    r"carried out|undertaken|available|described|drawn|taken|made|established|sought|given)\b"
    r"|\b(?:is|are|was|were|has been|have been) (?:planned|scheduled|intended)\b|\b(?:will|shall)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\{\{[^}]*\}\}")


def read_prose(texts: Iterable[str], reading: ItemReading, language: str) -> Verdict:
    """Return whether a sentence answers; unsure where only a part is said, or the language is not English.

    A sentence that denies what is looked for (“consent could not be obtained”) does not count, unless a denial is
    an answer (“no adverse event occurred”), nor one that says that it is not known: then the verdict is denied.
    """
    sentences = sentences_of(texts)
    if not sentences:
        return "absent"
    if not language.lower().startswith("en"):
        return "unsure"
    patterns = reading.all
    for pattern in patterns:
        _compiled(pattern)  # an invalid one is reported even where no sentence gets as far as to it
    answering = [sentence for sentence in sentences if not _denied(sentence, reading)]
    units = answering if reading.within == "sentence" else ["\n".join(answering)]
    if any(all(_found(pattern, unit) for pattern in patterns) for unit in units):
        return "found"
    partly = patterns if reading.any_part else patterns[:1]
    if len(patterns) > 1 and any(_found(pattern, sentence) for pattern in partly for sentence in answering):
        return "unsure"
    return "denied" if len(answering) < len(sentences) else "absent"


def answering(texts: Iterable[str], reading: ItemReading) -> Iterator[str]:
    """Yield the sentences by which texts answer: each that holds all that is looked for, or of a text its parts."""
    sentences = [sentence for sentence in sentences_of(texts) if not _denied(sentence, reading)]
    if reading.within == "text":
        whole = "\n".join(sentences)
        found = all(_found(pattern, whole) for pattern in reading.all)
        several = [sentence for sentence in sentences if any(_found(pattern, sentence) for pattern in reading.all)]
        yield from (several or sentences[:1]) if found else ()
        return
    yield from (sentence for sentence in sentences if all(_found(pattern, sentence) for pattern in reading.all))


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Return the sentences of texts without their citations and line ends; an inserted value is a figure."""
    return [sentence for text in texts for sentence in _sentences(text)]


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[str, ...]:
    said = _VALUE.sub("1 unit", CITATION.sub("", text))
    return tuple(plain for sentence in SENTENCE_END.split(said) if (plain := " ".join(sentence.split())))


def hinting(sentences: Iterable[str], patterns: Iterable[str], reading: ItemReading | None) -> str | None:
    """Return the first sentence that matches one of the patterns and does not say that it is not so."""
    for sentence in sentences:
        for pattern in patterns:
            asked = (reading or _PLAIN).model_copy(update={"all": (pattern,)})
            if _found(pattern, sentence) and not _denied(sentence, asked):
                return sentence
    return None


def matches(patterns: Iterable[str], sentence: str) -> bool:
    """Return whether a sentence matches one of the patterns."""
    return any(_found(pattern, sentence) for pattern in patterns)


def matching(patterns: Iterable[str], sentences: Iterable[str]) -> bool:
    """Return whether one of the sentences matches one of the patterns."""
    wanted = tuple(patterns)
    return bool(wanted) and any(matches(wanted, sentence) for sentence in sentences)


_PLAIN = ItemReading(looks_for="", all=())
_QUOTED = 90


def shortened(sentence: str) -> str:
    """Return a sentence as it is quoted in a message: whole words, at most 90 characters."""
    if len(sentence) <= _QUOTED:
        return sentence
    return sentence[:_QUOTED].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _denied(sentence: str, reading: ItemReading) -> bool:
    """Return whether a sentence says, in the clause of what is looked for, that it is not so or not known."""
    if reading.denied_by and _found(reading.denied_by, sentence):
        return True
    looked = reading.all if reading.any_part else reading.all[:1]
    unknown, denial = _doubted(sentence, looked)
    return (unknown and not reading.unknown_counts) or (denial and not reading.denial_counts)


@lru_cache(maxsize=2048)
def _doubted(sentence: str, patterns: tuple[str, ...]) -> tuple[bool, bool]:
    """Return whether a clause of what is looked for says that it is not known, and whether one says no."""
    found = [m.start() for pattern in patterns for m in _compiled(pattern).finditer(sentence)]
    clauses = {_clause(sentence, start) for start in found}
    return any(map(_UNKNOWN.search, clauses)), any(map(_DENIAL.search, clauses))


@lru_cache(maxsize=4096)
def _found(pattern: str, sentence: str) -> bool:
    return bool(_compiled(pattern).search(sentence))


def _clause(sentence: str, index: int) -> str:
    marks = [0, *(mark.start() for mark in _CLAUSE.finditer(sentence)), len(sentence) + 1]
    start = max(mark for mark in marks if mark <= index)
    return sentence[start : min(mark for mark in marks if mark > index)]


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise CannotRun(f"a guideline contains the invalid pattern “{pattern}”: {error}") from None
