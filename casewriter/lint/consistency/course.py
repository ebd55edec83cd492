"""DATA: how long a drug was given or a complaint lasted, and whether it was given at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from casewriter.lint.consistency.ending import Known, in_words, until_end, weaning
from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.length import Said, lengths
from casewriter.lint.statement.moment import Calendar
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse
from casewriter.model.duration import Duration
from casewriter.problem import Level
from casewriter.source import Source

_ELSE = Late(
    r"\b(?:and(?! (?:was |then )?(?:used|applied|given|continued|taken|maintained|withdrawn|tapered))|but"
    r"|then|improv\w+|resol\w+"
    r"|disappear\w*|recur\w*|help\w*|work(?:ed|s)|effective|benefit\w*|relie[fv]\w*|fever|pain|wait\w*|observ\w*|follow\w*|hospital\w*|every|per|withheld"
    r"|paused|interrupted|because|free|surviv\w*|after|before)\b|\d ?(?:mg|g|µg|mcg|IU|U|mL)\b.*\b(?:then|followed)\b",
    re.IGNORECASE,
)
_BRACKETS = Late(r"\([^)]*\)")
_ENDED = Late(r"\b(?:stop|stopped|discontinued|withdrawn|ended|replaced)\b", re.IGNORECASE)


@rule("DATA031", "course-length-contradicts", Level.WARNING)
def course_length_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text gives a treatment for a longer or shorter time than the data.

    The name of the treatment is read together with “for 14 days”, “over two weeks”, “a 5-day course of”, “three weeks
    of” or “stopped after 10 weeks” in the same clause, and compared with `duration`, `at` with `until`, `since`, the
    steps of `schedule` and the change that ended it. A difference of a day or half a unit is a matter of counting and
    is not reported. Remedy: correct one of the two, or add the step to `schedule`.
    """
    told = story(prose)
    calendar = told.calendar
    for sentence in told.sentences if told.english else ():
        for said in lengths(sentence, "intervention", "drug"):
            if (
                sentence.of_others
                or _is_part(sentence, said)
                or _ELSE.search(_BRACKETS.sub("", said.gap))
                or sentence.says(said.start, "unsure")
                or (said.ended and sentence.says(said.start, "past"))
            ):
                continue
            facts = [
                fact for fact in said.mention.of("intervention", "drug") if fact.path != sentence.path[: len(fact.path)]
            ]
            known = weaning(facts, said)
            if not known:
                known = (until_end(facts, told.dated) if said.ended else []) or _lengths(facts, calendar)
                known = known if all(_all_known(fact, known) for fact in facts) else []
            if known and not _meets(said, known):
                yield _found(sentence, said, known[0][0], known[0][1], source)


_ROUTE = Late(
    r"\b(?:intravenous|oral|subcutaneous|topical|inhaled|high-dose|low-dose|initial|first|further) $", re.IGNORECASE
)
_THEN = Late(r"[^.;]{0,30}\b(?:followed by|then|before|and later|switched|changed)\b", re.IGNORECASE)


def _is_part(sentence: Sentence, said: Said) -> bool:
    """Return whether the text tells of a part of the treatment: by one route, or before something else."""
    start, text = said.mention.start, sentence.text
    return bool(
        _ROUTE.search(text[max(sentence.start, start - 15) : start]) or _THEN.match(text, said.end, sentence.end)
    )


def _found(sentence: Sentence, said: Said, fact: StatedFact, length: tuple[float, str], source: Source) -> Found:
    quote, nth = sentence.quote(said.start, said.end)
    where = place(source, fact.path)
    message = f"the text says {fact.record.title()} “{quote}”; the data say {length[1]} ({where})"
    return Found(message, sentence.path, "correct one of the two", quote, nth)


def _lengths(facts: list[StatedFact], calendar: Calendar) -> Known:
    return [(fact, length) for fact in facts for length in _known(fact.record, calendar)]


def _all_known(fact: StatedFact, known: list[tuple[StatedFact, tuple[float, str]]]) -> bool:
    return any(other is fact for other, _ in known)


def _meets(said: Said, known: list[tuple[StatedFact, tuple[float, str]]]) -> bool:
    return any(said.meets(days) for _, (days, _) in known)


def _known(record: Any, calendar: Calendar) -> list[tuple[float, str]]:
    """Return the lengths that the data give for a treatment, with their words; none where its end is open."""
    found: list[tuple[float, str]] = []
    duration: Duration | None = getattr(record, "duration", None)
    if duration is not None and (not duration.known or duration.prefix in (">", "<", "≥", "≤")):
        return []
    if duration is not None:
        found.append((duration.days, " ".join(f"{figure} {unit}" for figure, unit in duration.parts)))
    times = [(day, when.written) for when in _times(record) if (day := calendar.clock.days(when)) is not None]
    ended = duration is not None or getattr(record, "until", None) is not None or _ends_by_change(record)
    if ended or len(times) > 2:
        found += [(abs(one[0] - two[0]), f"{one[1]} to {two[1]}") for one, two in combinations(times, 2)]
    since = calendar.clock.days(getattr(record, "since", None))
    if since is not None and since < 0:
        found.append((-since, f"since {record.since.written}"))
    return found or _in_words(record)


def _times(record: Any) -> list[Any]:
    whens = [getattr(record, "at", None), getattr(record, "since", None), getattr(record, "until", None)]
    whens += [step.at for step in getattr(record, "schedule", ())] + [
        step.until for step in getattr(record, "schedule", ())
    ]
    changes = getattr(record, "changes", None)
    whens += [change.at for change in (changes.items if changes else ())]
    return list({when.written: when for when in whens if when is not None}.values())


def _ends_by_change(record: Any) -> bool:
    changes = getattr(record, "changes", None)
    return any(change.at and _ENDED.search(str(change.what or "")) for change in (changes.items if changes else ()))


def _in_words(record: Any) -> list[tuple[float, str]]:
    """Return the lengths that the label and the response of a treatment name."""
    texts = (record.label, getattr(record, "response", None), getattr(record, "outcome", None))
    return [one for text in texts for one in in_words(str(text or ""))]


RULES = (course_length_contradicts,)
