"""DATA: a state of the circulation in the prose of which the findings say the opposite."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.moment import Calendar, Said
from casewriter.lint.statement.state import opposites
from casewriter.lint.statement.story import Sentence, Story, story
from casewriter.lint.words import CaseProse
from casewriter.source import Source


def contradictions(prose: CaseProse, source: Source) -> Iterator[Found]:
    """Yield “became hypertensive” where every finding, event and complaint of the time speaks of hypotension."""
    told = story(prose)
    for sentence in told.sentences if told.english else ():
        if sentence.of_others or sentence.is_datum:
            continue
        for found, own, opposite in opposites(sentence):
            wrong = _opposite(sentence, told, own, opposite)
            if wrong is not None:
                quote, nth = sentence.quote(*found.span())
                message = f"the text says “{quote}”; the data say {wrong.record.title()} ({place(source, wrong.path)})"
                yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _opposite(sentence: Sentence, told: Story, own: str, opposite: str) -> StatedFact | None:
    """Return a record of the same time that says the opposite, where none says the same."""
    states = [(fact, str(fact.record.title() or "").lower()) for fact in told.index.facts if fact.sort in _STATES]
    if any(own in title for _, title in states):
        return None
    said = told.calendar.said(sentence.text, sentence.start, sentence.end)
    return next(
        (fact for fact, title in states if opposite in title and _together(fact, title, said, told.calendar)), None
    )


_STATES = ("finding", "event", "complaint")


def _together(fact: StatedFact, title: str, said: list[Said], calendar: Calendar) -> bool:
    """Return whether a record is of the time that a sentence names; both may name none."""
    stretch = calendar.stretch(fact.record.at)
    times = [stretch] if stretch else [one for time in calendar.said(title, 0, len(title)) for one in time.stretches]
    if not said:
        return not times
    return any(one.stretches and one.meets(*times) for one in said) if times else False
