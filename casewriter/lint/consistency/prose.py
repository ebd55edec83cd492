"""DATA: prose that contradicts the data. English prose about this patient is read; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from casewriter.lint.consistency.count import procedures
from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.length import Said, lengths
from casewriter.lint.statement.story import story
from casewriter.lint.words import CaseProse, number, quoted
from casewriter.model.case import Case
from casewriter.model.duration import DAYS, Duration
from casewriter.problem import Level
from casewriter.source import Source

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_COUNT = rf"(\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|\w+teen)"
_UNIT = {"year": "y", "month": "mo", "week": "wk", "day": "d", "hour": "h"}
_LENGTH = rf"{_COUNT}[- ](hour|day|week|month|year)s?"


@rule("DATA017", "duration-contradicts", Level.WARNING)
def duration_contradicts(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about how long a complaint or the follow-up lasted.

    “N-week history of …”, “N days of …” and “… for N days” are read together with the label of a complaint, as are
    “followed for N months” and “N-month follow-up”. Remedy: correct one of the two.
    """
    yield from _complaints(prose, source)
    follow = case.follow_up
    if follow is None or not follow.duration:
        return
    for path, text in prose.story:
        for found in _followed(text):
            said = number(found[1])
            if said is not None and not _agrees(follow.duration, said, _UNIT[found[2].lower()]):
                quote, nth = quoted(text, found)
                where = place(source, ("follow_up", "duration"))
                message = f"the text says {found[1]} {found[2]}s, the data say {_written(follow.duration)} ({where})"
                yield Found(message, path, "correct one of the two", quote, nth)


_FOLLOWED = re.compile(
    rf"\bfollow(?:ed)?(?:[- ]?up)?(?! by\b)(?: \w+)?? (?:for|of|over) {_LENGTH}\b(?! and then| then)", re.IGNORECASE
)


@lru_cache(2048)
def _followed(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_FOLLOWED.finditer(text))


_WAS = re.compile(
    r"\b(?:after|later|disappeared|resolved|recur\w*|free|without|improved|treated|given|received|with|persisted|despite|no)\b",
    re.I,
)


_WITHOUT = re.compile(r"\b(?:no|not|without|free of|neither|nor|denied)\b[^,;]*$", re.IGNORECASE)


def _complaints(prose: CaseProse, source: Source) -> Iterator[Found]:
    told = story(prose)
    for sentence in told.sentences if told.english else ():
        if sentence.path[:2] == ("observation", "complaints") or sentence.of_others:
            continue
        for said in lengths(sentence, "complaint"):
            known = [fact for fact in said.mention.of("complaint") if fact.record.duration]
            early = said.of or sentence.path[0] in ("observation", "abstract", "title")
            before = sentence.text[max(sentence.start, said.mention.start - 25) : said.mention.start]
            if (
                not known
                or not early
                or _WITHOUT.search(before)
                or said.about.strip() == "another"
                or _WAS.search(said.gap)
            ):
                continue
            if not any(_lasts(said, fact.record.duration) for fact in known):
                quote, nth = sentence.quote(said.start, said.end)
                stated, where = _written(known[0].record.duration), place(source, known[0].path)
                message = f"the text says {known[0].record.label} “{quote}”; the data say {stated} ({where})"
                yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _lasts(said: Said, duration: Duration) -> bool:
    return bool(duration.ongoing or duration.prefix) or said.meets(duration.days)


def _agrees(duration: Duration, count: int, unit: str) -> bool:
    if duration.ongoing or duration.prefix:
        return True
    said, days = count * DAYS[unit], duration.days
    return abs(said - days) <= 0.1 * max(said, days)


def _written(duration: Duration) -> str:
    return " ".join(f"{figure} {unit}" for figure, unit in duration.parts)


_SPECIMENS = r"(?:biops(?:y|ies)|specimens)"
_CULTURES = r"(?:blood |urine )?cultures"
_OPERATIONS = r"(?:operations|surgeries|surgical procedures)"
_HINTS = {
    _SPECIMENS: ("biops", "specimens"),
    _CULTURES: ("cultures",),
    _OPERATIONS: ("operations", "surgeries", "surgical procedures"),
}
"""Letters without which a text counts none of them."""


@rule("DATA019", "count-contradicts", Level.WARNING)
def count_contradicts(case: Case, prose: CaseProse) -> Iterator[Found]:
    """The text counts more biopsies, cultures, operations or procedures than the data.

    A lower count may refer to some of them (“two of the biopsies”) and is not reported, except for “a single
    enteroscopy was needed”.
    """
    yield from procedures(prose)
    given = case.treatment.interventions if case.treatment else None
    counts = {
        _SPECIMENS: len(case.pathology.specimens) if case.pathology else 0,
        _CULTURES: len(case.microbiology.cultures) if case.microbiology else 0,
        _OPERATIONS: sum(i.kind == "surgery" for i in (given.items if given else ())),
    }
    for words, count in counts.items():
        for path, text in prose.story if count and any(map(prose.tells, _HINTS[words])) else ():
            for found in _counted(words, text):
                said = number(found[1])
                history = path[:2] == ("observation", "history")
                if said is not None and said > count and not history:
                    quote, nth = quoted(text, found)
                    yield Found(
                        f"the text counts {found[1]}, the data have {count}", path, "correct one of the two", quote, nth
                    )


@lru_cache(2048)
def _counted(words: str, text: str) -> tuple[re.Match[str], ...]:
    """Return where a text counts something."""
    return tuple(_counting(words).finditer(text))


@cache
def _counting(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{_COUNT} (?:(?!(?:days?|weeks?|hours?|months?|years?|after|later|of)\b)[\w-]+ ){{0,2}}?{words}\b",
        re.IGNORECASE,
    )


RULES = (duration_contradicts, count_contradicts)
