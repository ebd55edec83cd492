"""DATA: times in the prose that are not those of the data: on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.consistency.nth import nth_on
from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.dated import Dated, stems_of
from casewriter.lint.statement.index import Mention
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.moment import Said
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse
from casewriter.problem import Level
from casewriter.source import Source

_STOPPED = Late(
    r"\b(?:stopped|discontinued|withdrawn|ended|ceased|tapered off|removed|replaced(?! by$))\b", re.IGNORECASE
)
_BEGUN = Late(
    r"\b(?:started|begun|began|initiated|commenced|introduced|added|replaced by|(?:switched|changed|converted) to"
    r"|appeared|developed|occurred|onset)\b",
    re.IGNORECASE,
)
_GAP = Late(
    r"(?:,? (?:begun|started|given|performed|done|added|stopped|withdrawn))?"
    r"(?: (?!(?:followed|repeated|after|before|then|until|since|and|but|had|no|not|without|following|later|second"
    r"|third|again"
    r"|increased|reduced|raised|lowered|changed|restarted|improv\w+|resolv\w+|continued"
    r"|still)\b)[\w-]+){0,4}? ?\(?(?:on|in|at|by|,)? ?(?:the )?",
    re.IGNORECASE,
)
_LEAD = Late(
    r",? (?:(?:she|he|the patient) (?:underwent|received|was given|started|began|developed|had) |(?:a |an "
    r"|the ))?(?:\w+ )?",
    re.IGNORECASE,
)
_DONE = Late(
    r" (?:was|were|had been) (?:then |successfully )?(?:performed|done|carried out|started|begun|given|added|made"
    r"|obtained|taken|stopped|diagnosed|found)\b",
    re.I,
)
_SIDE = Late(
    r"\b(?:after|before|since|following|until|post|prior to|despite|from|to|under|on|with|without) (?:the |a |an "
    r"|her |his )?$",
    re.IGNORECASE,
)
_OTHER_TIME = Late(r"\b(?:since|until|before|after|from|not|no|never|without|later|earlier|ago|still)\b", re.IGNORECASE)


_UNITS = frozenset("minute hour day week month year pod admission presentation arrival examination initially".split())
"""Words without which a sentence says no time."""


@rule("DATA013", "day-contradicts", Level.WARNING)
def day_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about the day of an intervention, event or study.

    “On day 3”, “POD 3”, “on the third hospital day”, “in the fifth week”, “at 22 weeks” and “two days before admission”
    are read together with the label in the same clause, or with enough words of a record to identify it. Days are
    counted as the file says: by `timeline.first_day`, or by a time written `day 3`. If it says neither, day 3 may be 2
    or 3 days after the index, and only what is wrong under both is reported. Remedy: correct one of the two.
    """
    told = story(prose)
    known = list(told.dated) if told.english else []
    for sentence in told.sentences if known else ():
        if sentence.is_datum or not sentence.folded & _UNITS:
            continue
        said = [one for one in told.calendar.said(sentence.text, sentence.start, sentence.end) if one.stretches]
        if said and not sentence.of_others:
            for one in said:
                found = (
                    nth_on(sentence, one, known)
                    or _beside(sentence, one, known)
                    or (_by_words(sentence, one, said, known))
                )
                if found:
                    start, end, wrong = found
                    yield _found(sentence, start, end, wrong, source)


def _found(sentence: Sentence, start: int, end: int, wrong: Dated, source: Source) -> Found:
    quote, nth = sentence.quote(start, end)
    title = getattr(wrong.fact.record, "label", None) or (
        wrong.fact.record.title() if wrong.fact.sort != "event" else "death"
    )
    where = place(source, wrong.fact.path)
    message = f"the text says “{quote}”; the data say {title} at {wrong.written} ({where})"
    return Found(message, sentence.path, "correct one of the two", quote, nth)


def _beside(sentence: Sentence, said: Said, known: list[Dated]) -> tuple[int, int, Dated] | None:
    """Return the stretch and the record where a name is right beside a time that is not its own."""
    for one in sentence.mentions:
        behind = sentence.text[one.end : said.start] if one.end <= said.start else None
        verb = behind is not None and (_BEGUN.search(behind) or _STOPPED.search(behind))
        if not verb and _SIDE.search(sentence.text[max(sentence.start, one.start - 16) : one.start]):
            continue
        before = sentence.text[said.end : one.start] if said.end <= one.start else None
        between = any(one.end <= other.start < said.start for other in sentence.mentions)
        near = behind is not None and not between and _GAP.fullmatch(behind)
        first = before is not None and _LEAD.fullmatch(before) and _DONE.match(sentence.text, one.end)
        if near or first:
            begin = max(sentence.start, one.start - 14) if near else said.start
            around = sentence.text[begin : said.end + 30] if near else sentence.text[begin : one.end + 30]
            wrong = _wrong(one, said, around, known)
            if wrong:
                return min(one.start, said.start), max(one.end, said.end), wrong
    return None


def _wrong(one: Mention, said: Said, around: str, known: list[Dated]) -> Dated | None:
    """Return a record of a name whose time cannot be the one said; None if one can, or has no time."""
    facts = [fact for fact in one.facts if fact.sort not in ("lab", "vital", "score")]
    records = [entry for entry in known if any(entry.fact is fact for fact in facts)]
    if not facts or len(records) < len(facts) or any(_may_be(entry, said, around) for entry in records):
        return None
    return records[0]


def _may_be(entry: Dated, said: Said, around: str) -> bool:
    if entry.stops and _STOPPED.search(around) and not _BEGUN.search(around):
        return said.meets(*entry.stops)
    if said.meets(*entry.begins) or (entry.ends and said.meets(*entry.ends)):
        return True
    if any(begin[1] < 0 for begin in entry.begins) and not any(low < 0 for low, _ in said.stretches):
        return True  # the days of something earlier are counted from its own start
    if _STOPPED.search(around):
        return entry.open
    if entry.open or entry.ends:
        last = max((end[1] for end in entry.ends), default=float("inf"))
        first = min(begin[0] for begin in entry.begins)
        during = any(low <= last and first <= high for low, high in said.stretches)
        return during and not _BEGUN.search(around)
    return False


def _score(entry: Dated, words: frozenset[str], alone: bool) -> int:
    """Return how much a record shares with a clause; a death or discharge is known by that word alone."""
    return len(entry.stems & words) + (3 if alone and entry.stems & words & _ONLY else 0)


_ALONE = Late(
    r"\b(?:(?:she|he|patient|infant|child|boy|girl|man|woman) (?:then |finally |eventually )?(?:died|was (?:then "
    r"|finally )?"
    r"discharged(?! from (?:the )?(?:intensive|ICU|high))|went home|returned home|left (?:the )?hospital))\b",
    re.IGNORECASE,
)
_ONLY = frozenset(("death", "dischar"))
_RESULT = Late(
    r"\b(?:results?|reports?|reported|answers?|findings?)\b.*\b(?:came|arrived|returned|(?:was|were"
    r"|became) (?:available"
    r"|known|received|ready)|reached)\b|\b(?:was|were) (?:reported|confirmed|established)\b",
    re.IGNORECASE,
)


def _is_result(sentence: Sentence, begin: int, end: int, entry: Dated) -> bool:
    """Return whether a clause dates the answer of tests, and a record the diagnosis that rests on them."""
    return getattr(entry.fact.record, "kind", None) == "diagnostic" and bool(_RESULT.search(sentence.text, begin, end))


def _by_words(
    sentence: Sentence, said: Said, all_said: list[Said], known: list[Dated]
) -> tuple[int, int, Dated] | None:
    """Return the record that a clause tells in the same words, where it is of another day and no other fits."""
    begin, end = sentence.clause(said.start)
    end = min([other.start for other in all_said if other.start > said.end] + [sentence.end])
    if _OTHER_TIME.search(sentence.text[begin : said.start]) or any(begin <= o.start < said.start for o in all_said):
        return None
    if any(one.of("lab") and begin <= one.start < end for one in sentence.mentions):
        return None
    words = stems_of(sentence.text[begin:end])
    events = [entry for entry in known if entry.fact.sort == "event"]
    alone = bool(_ALONE.search(sentence.text, begin, end))
    scored = sorted(((_score(entry, words, alone), entry) for entry in events), key=lambda pair: -pair[0])
    if not scored:
        return None
    best, entry = scored[0]
    enough = best >= 3 or (best == 2 and (best >= 0.6 * len(entry.stems) or _is_result(sentence, begin, end, entry)))
    if not enough or any(score and _may_be(other, said, "") for score, other in scored):
        return None
    return said.start, said.end, entry


RULES = (day_contradicts,)
