"""DATA: how many procedures the prose counts in all, against those that the data list."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import Found
from casewriter.lint.statement.dated import stems_of
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence, Story, story
from casewriter.lint.words import CaseProse, number

_NUMBER = r"(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a single|only one)"
_ONE = ("a single", "only one")
_NOUN = r"(?P<noun>[a-z]{5,})"
_BEFORE = Late(rf"\b(?:in all|in total|altogether|overall|a total of),? {_NUMBER} (?:[a-z-]+ ){{0,2}}?{_NOUN}\b", 2)
_BEHIND = Late(
    rf"(?<!of )\b{_NUMBER} (?:[a-z-]+ )??{_NOUN}(?: (?:was|were|had been) (?:needed|required|necessary|performed|done"
    r"|carried out|undertaken)| sufficed| in (?:all|total)| altogether)",
    2,
)
_SIGNS = frozenset(
    "all total altogether overall needed required necessary performed done carried undertaken sufficed".split()
)


def procedures(prose: CaseProse) -> Iterator[Found]:
    """Yield “in all, four enteroscopies were needed” where the data list two, each with its own time."""
    told = story(prose)
    for sentence in told.sentences if told.english else ():
        if sentence.is_datum or sentence.of_others or not sentence.folded & _SIGNS:
            continue
        for pattern in (_BEFORE, _BEHIND):
            for found in pattern.finditer(sentence.text, sentence.start, sentence.end):
                yield from _judged(sentence, told, found["count"], found["noun"], found.span())


def _judged(sentence: Sentence, told: Story, count: str, noun: str, span: tuple[int, int]) -> Iterator[Found]:
    said = 1 if count.lower() in _ONE else number(count) or 0
    known = _times(told, noun)
    wrong = said > known >= 1 or (count.lower() in _ONE and known > 1)
    if wrong and not sentence.says(span[0], "unsure", "past", "no"):
        quote, nth = sentence.quote(*span)
        yield Found(
            f"the text counts {count}, the data have {known}", sentence.path, "correct one of the two", quote, nth
        )


def _times(told: Story, noun: str) -> int:
    """Return how many times the data list a procedure; 0 where a record may stand for several."""
    stem = next(iter(stems_of(noun)), "-")
    named = [
        f for f in told.index.facts if f.sort in ("study", "intervention") and stem in stems_of(str(f.record.title()))
    ]
    if any(_is_several(fact) for fact in named):
        return 0
    days = [told.calendar.clock.days(fact.record.at) for fact in named]
    return 0 if None in days else len(set(days))


def _is_several(fact: StatedFact) -> bool:
    record = fact.record
    kind = getattr(record, "kind", None)
    many = any(getattr(record, key, None) for key in ("frequency", "duration", "until", "changes", "schedule"))
    return many or (fact.sort == "intervention" and kind not in ("procedure", "surgery"))
