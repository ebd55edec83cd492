"""DATA: another time between two things in the prose than in the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.dated import Dated, stems_of
from casewriter.lint.statement.index import Mention
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.moment import rank
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse, number
from casewriter.problem import Level
from casewriter.source import Source

_UNITS = frozenset(("hour", "day", "week", "month", "year"))
"""Words without which a sentence says no time."""
_UNIT = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_NUMBER = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty"
_AFTER = Late(
    rf"(?P<count>{_NUMBER})[ -](?P<unit>hour|day|week|month|year)s? (?P<side>after|before|following) (?:the |her "
    rf"|his )?"
    r"(?P<how>(?:start\w*|begin\w*|initiation|introduction|first dose|onset|stop\w*|withdrawal|discontinu\w+"
    r"|completi\w+|end)(?: of)? )?(?:the |her |his )?$",
    re.IGNORECASE,
)
_REPEATED = Late(
    rf"\b(?P<what>[a-z]{{5,}}) (?:was|were) (?:then )?repeated (?:after )?(?P<count>{_NUMBER}) (?P<unit>hour|day"
    rf"|week|month)s?(?: later)?\b",
    re.IGNORECASE,
)
_NTH_OF = Late(
    r"\bday (?P<day>\d{1,3}) of (?:treatment with |therapy with )?$|\b(?P<nth>\w+th|first|second"
    r"|third) day of (?:treatment with |therapy with )?$",
    re.IGNORECASE,
)


@rule("DATA033", "interval-contradicts", Level.WARNING)
def interval_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about the interval between two events.

    “A rash four weeks after starting allopurinol”, “endoscopy was repeated two days later” and “on the sixth day of
    linezolid” are checked if the data date both events, or say how long the drug was given. Remedy: correct one of the
    two.
    """
    told = story(prose)
    known = list(told.dated) if told.english else []
    for sentence in told.sentences if known else ():
        if sentence.is_datum or not sentence.folded & _UNITS or sentence.of_others:
            continue
        yield from _after(sentence, known, source)
        yield from _repeated(sentence, known, source)
        yield from _nth_of(sentence, known, source)


def _entries(one: Mention, known: list[Dated]) -> list[Dated]:
    return [entry for entry in known if any(entry.fact is fact for fact in one.facts)]


def _after(sentence: Sentence, known: list[Dated], source: Source) -> Iterator[Found]:
    for anchor in sentence.mentions:
        start = max(sentence.start, anchor.start - 60)
        found = _AFTER.search(sentence.text[start : anchor.start])
        anchors = _entries(anchor, known) if found else []
        if not found or not anchors:
            continue
        begin = sentence.clause(start + found.start())[0]
        subjects = [
            e for one in sentence.mentions if begin <= one.start < start + found.start() for e in _entries(one, known)
        ]
        said = _days(found)
        ended = re.match(r"stop|withdraw|discont|complet|end", found["how"] or "", re.IGNORECASE)
        sign = -1 if found["side"].lower() == "before" else 1
        gaps = list(_gaps(subjects, anchors, sign, bool(ended)))
        if gaps and not any(low - _slack(found) <= said <= high + _slack(found) for low, high in gaps):
            yield _interval(sentence, start + found.start(), anchor.end, subjects[0], anchors[0], source)


def _gaps(subjects: Iterable[Dated], anchors: list[Dated], sign: int, ended: bool) -> Iterator[tuple[float, float]]:
    for one in subjects:
        for other in anchors:
            for point in other.ends if ended else other.begins:
                for begin in one.begins:
                    low, high = sign * (begin[0] - point[1]), sign * (begin[1] - point[0])
                    yield min(low, high), max(low, high)


def _days(found: re.Match[str]) -> float:
    count = 1 if found["count"].lower() in ("a", "an") else number(found["count"]) or 0
    return count * _UNIT[found["unit"].lower()]


def _slack(found: re.Match[str]) -> float:
    return max(0.6 * _UNIT[found["unit"].lower()], 0.15 * _days(found))


def _repeated(sentence: Sentence, known: list[Dated], source: Source) -> Iterator[Found]:
    for found in _REPEATED.finditer(sentence.text, sentence.start, sentence.end):
        stem = next(iter(stems_of(found["what"])), "-")
        same = [
            entry for entry in known if stem in entry.stems and entry.fact.sort in ("study", "specimen", "intervention")
        ]
        gaps = [abs(two.begins[0][0] - one.begins[0][0]) for one, two in combinations(same, 2)]
        gaps = [gap for gap in gaps if gap > 0]
        if gaps and not any(abs(gap - _days(found)) <= _slack(found) for gap in gaps):
            yield _interval(sentence, found.start(), found.end(), same[-1], same[0], source)


def _nth_of(sentence: Sentence, known: list[Dated], source: Source) -> Iterator[Found]:
    for drug in sentence.mentions:
        start = max(sentence.start, drug.start - 50)
        found = _NTH_OF.search(sentence.text[start : drug.start])
        entries = [entry for entry in _entries(drug, known) if entry.fact.sort in ("intervention", "drug")]
        if not found or not entries or any(not entry.ends for entry in entries):
            continue
        count = float(found["day"]) if found["day"] else float(rank(found["nth"]) or 0)
        longest = max(end[1] - entry.begins[0][0] for entry in entries for end in entry.ends)
        if count > longest + 1.5:
            yield _interval(sentence, start + found.start(), drug.end, entries[0], entries[0], source)


def _interval(sentence: Sentence, start: int, end: int, one: Dated, other: Dated, source: Source) -> Found:
    quote, nth = sentence.quote(start, end)
    times = " and ".join(
        dict.fromkeys(f"{e.fact.record.title()} at {e.written} ({place(source, e.fact.path)})" for e in (one, other))
    )
    return Found(f"the text says “{quote}”; the data say {times}", sentence.path, "correct one of the two", quote, nth)


RULES = (interval_contradicts,)
