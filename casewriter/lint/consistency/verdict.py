"""DATA: tests that the prose calls raised, low or normal, against their flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casewriter.lint.consistency.laboratory import called, points
from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.moment import Calendar, Stretch
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.statement.verdict import Verdict, verdicts
from casewriter.lint.words import CaseProse
from casewriter.model import lexicon
from casewriter.model.quantity import Point, Quantity
from casewriter.problem import Level, Path
from casewriter.source import Source

_WRONG = {
    "normal": {"low", "high", "abnormal", "critical"},
    "raised": {"low", "normal"},
    "lowered": {"high", "normal"},
    "not normal": {"normal"},
    "not raised": {"high"},
    "not lowered": {"low"},
    "positive": {"negative"},
    "negative": {"positive"},
}
"""The flags of the data with which a verdict cannot be."""

_AND = Late(r",| and | but ")
"""Where the time of another verdict may begin."""
_PRESENT = Late(r"\bwhen (?:he|she|the patient) (?:came|arrived|presented|was admitted)|\bat first\b", re.IGNORECASE)


@rule("DATA032", "verdict-contradicts", Level.WARNING)
def verdict_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about whether a result was raised, low, normal, positive or negative.

    Three kinds of wording are read: a word before the name (“raised CRP”, “low albumin and protein”), words after it
    that DATA018 does not read (“was not raised”, “was positive”), and words that imply the verdict (leukocytosis,
    hypokalaemia). The answer in the data is the author's `flag`, or the one computed from the range. If the text names
    a time, the value at that time counts; otherwise the text must contradict every value. Remedy: correct one of the
    two. Source: HL7 v2 table 0078; CARE item 8a.
    """
    yield from contradictions(prose, source, plain=False)


def contradictions(prose: CaseProse, source: Source, *, plain: bool) -> Iterator[Found]:
    """Yield the verdicts that the flags contradict; `plain` are “X was normal, raised or low”."""
    calendar = story(prose).calendar
    told: set[tuple[Path, int]] = set()
    for sentence, one in verdicts(story(prose)):
        if (one.behind and one.kind in ("normal", "raised", "lowered")) is not plain:
            continue
        data_there = [found for fact in one.facts for found in _meant(sentence, one, fact, calendar)]
        key = (sentence.path, one.start)
        if key in told or not data_there or any(_compatible(one.kind, row, point) for row, point, _ in data_there):
            continue
        if any(sentence.path[: len(fact.path)] == fact.path for fact in one.facts) or sentence.says(
            one.start, "unsure"
        ):
            continue
        told.add(key)
        row, point, path = data_there[0]
        quote, nth = sentence.quote(one.start, one.end)
        message = f"the text says “{quote}”; the data say {called(row)} {_stated(row, point)} ({place(source, path)})"
        yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _meant(
    sentence: Sentence, one: Verdict, fact: StatedFact, calendar: Calendar
) -> list[tuple[Quantity, Point, Path]]:
    """Return the measurements that a verdict may be about; none where it is about another time."""
    row: Quantity = fact.record
    known = [(row, point, where) for where, point in points(fact.path, row)]
    begin, end = sentence.clause(one.start)
    cut = _AND.search(sentence.text, one.end, end)
    end = cut.start() if cut else end
    said = calendar.said(sentence.text, begin, end)
    index = _PRESENT.search(sentence.text, begin, end) or (
        said and _is_index(sentence.text[said[0].start : said[0].end])
    )
    if index:
        return [entry for entry in known if _at_index(calendar.stretch(entry[1].at), entry[1], known)]
    if said and said[0].stretches:
        return [e for e in known if (there := calendar.stretch(e[1].at)) and said[0].meets(there)]
    around = ((begin, one.start), (one.end, max(one.end, end)))  # “within” of “within normal limits” is no time
    loose = (
        any(calendar.vague(sentence.text, *stretch) for stretch in around)
        or sentence.says(one.start, "past")
        or bool(said)
    )
    if not loose and sentence.path[:2] in _AT_FIRST:
        return [entry for entry in known if _at_index(calendar.stretch(entry[1].at), entry[1], known)] or known
    return [] if loose and len(known) < 3 else known


_AT_FIRST = (("diagnosis", "reasoning"), ("abstract", "presentation"))
"""Parts that say, where they name no time, what was found when the patient came."""


def _is_index(words: str) -> bool:
    return bool(re.match(r"(?:at|on) |initially", words, re.IGNORECASE)) and not re.search(r"\d|day|week|month", words)


def _at_index(stretch: Stretch | None, point: Point, known: Iterable[tuple[Quantity, Point, Path]]) -> bool:
    if point.at is None:
        return True
    undated = any(other.at is None for _, other, _ in known)
    return not undated and stretch is not None and stretch[0] <= 0 <= stretch[1]


def _compatible(kind: str, row: Quantity, point: Point) -> bool:
    flag = _answer(kind, row, point)
    return flag is None or flag not in _WRONG[kind]


def _answer(kind: str, row: Quantity, point: Point) -> str | None:
    """Return the flag of a measurement, or for positive and negative its word; None without one."""
    word = lexicon.group(point.value.written) if point.value else None
    if kind in ("positive", "negative"):
        said = (point.value.written if point.value else "").lower()
        return {"graded": "positive", "trace": None}.get(str(word), word) or _WORDS.get(said)
    flag = point.flag or row.flag or row.computed(point)
    return flag if flag and flag != "none" else ("normal" if word == "normal" else None)


_WORDS = {"not detected": "negative", "detected": "positive", "sterile": "negative", "no growth": "negative"}


def _stated(row: Quantity, point: Point) -> str:
    value = point.value.written if point.value else ""
    flag = point.flag or row.flag or row.computed(point)
    return f"{value}, {flag}" if flag and flag not in ("none", value) else value


RULES = (verdict_contradicts,)
