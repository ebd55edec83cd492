"""Lengths of time that a sentence gives for what it names: “for 14 days”, “a 5-day course of”, “two weeks of”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from casewriter.lint.statement.index import Mention
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence
from casewriter.lint.words import number
from casewriter.model.duration import DAYS

_NUMBER = r"(?:\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?|an?)"
_LENGTH = rf"(?P<count>{_NUMBER})(?:[- ](?:to|or)[- ]|–|-)?(?P<most>{_NUMBER})?[- ](?P<unit>hour|day|week|month|year)s?"
_ABOUT = (
    r"(?P<about>about |a little over |just over |just under |around |approximately |almost |nearly |some "
    r"|more than |over |at least |only |a total of "
    r"|another |a further |a total of about |in all |not quite )?"
)
_UNITS = frozenset(("hour", "day", "week", "month", "year"))
UNIT = {"hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "y"}
_BEHIND = Late(
    rf"(?P<gap>[^.;:]{{0,60}}?)\b(?P<how>for|over|during|lasting|lasted) (?:the (?:last|past) )?{_ABOUT}{_LENGTH}\b"
    r"(?! (?:before|until|without|when|after|earlier|ago|old|later|prior|apart|afterwards|thereafter|to)\b)",
    re.IGNORECASE,
)
_ENDED = Late(
    rf"(?P<gap>[^.;:]{{0,40}}?\b(?:stopped|discontinued|withdrawn|weaned off|tapered off|ended|ceased|completed"
    rf"|omitted))"
    rf" (?P<how>after) {_ABOUT}{_LENGTH}\b(?: of (?:treatment|therapy|use|it))?"
    r"(?! (?:of|before|until|without|earlier|ago|old|later|prior|apart|and|when)\b)",
    re.IGNORECASE,
)
_OF = Late(
    rf"\b{_ABOUT}{_LENGTH}(?:[’']s?)?(?: (?:[\w-]+ ){{0,2}}?(?:course|trial|cycle|history|period))? (?:of|with|on)"
    r" (?:\w+ )?(?:\w+ )?$",
    re.IGNORECASE,
)
_AFTER_OF = Late(
    r"\b(?:after|following|within|until|in|every|first|last|next|another|further|than|at|than|the) (?:a |the |only "
    r"|about )?$",
    re.IGNORECASE,
)


_WHICH = Late(r",? (?:which|that) \w|[^.;:,]{0,12}, and (?:was |then )?(?:used|applied|given|continued|taken)\b")


class Said(Struct, frozen=True):
    """A length that the text gives for what it names: its days, least and most, and whether the text rounds it."""

    mention: Mention
    least: float
    most: float
    unit: str
    about: str
    start: int
    end: int
    gap: str
    of: bool
    ended: bool = False

    def meets(self, days: float, slack: float = 0.0) -> bool:
        """Return whether it may be a length of so many days; inclusive counting makes a day of difference."""
        allowed = max(0.5 * DAYS[self.unit], 0.12 * self.most, slack, 1.0 if self.unit == "d" else 0.0)
        allowed = max(allowed, 0.25 * self.most) if self.about else allowed
        if self.about.strip() in ("more than", "over", "at least"):
            return days >= self.least - allowed
        return self.least - allowed <= days <= self.most + allowed


def lengths(sentence: Sentence, *sorts: str) -> Iterator[Said]:
    """Yield the lengths that a sentence gives for records of some sorts."""
    named = [one for one in sentence.mentions if one.of(*sorts)] if sentence.folded & _UNITS else []
    for one in named:
        which = _WHICH.match(sentence.text, one.end, sentence.end)
        limit = sentence.clause(which.end() if which else one.start)[1]
        limit = min([other.start for other in named if other.start > one.end] + [limit])
        behind = _BEHIND.match(sentence.text, one.end, max(limit, one.end))
        if behind and _count(behind["count"]):
            yield _said(one, behind, behind.start("how"), behind.end(), behind["gap"])
        ended = _ENDED.match(sentence.text, one.end, max(limit, one.end))
        if ended and _count(ended["count"]):
            yield replace(_said(one, ended, ended.start("how"), ended.end(), ended["gap"]), ended=True)
        start = max(sentence.start, one.start - 70)
        before = _OF.search(sentence.text[start : one.start])
        if before and _count(before["count"]) and not _AFTER_OF.search(sentence.text[start : start + before.start()]):
            yield _said(one, before, start + before.start(), one.end, "", of=True)


def _said(one: Mention, found: re.Match[str], start: int, end: int, gap: str, *, of: bool = False) -> Said:
    unit = UNIT[found["unit"].lower()]
    counts = [count for count in map(_count, (found["count"], found["most"])) if count is not None]
    return Said(
        one, min(counts) * DAYS[unit], max(counts) * DAYS[unit], unit, found["about"] or "", start, end, gap, of
    )


def _count(word: str | None) -> int | None:
    if word is None:
        return None
    return 1 if word.lower() in ("a", "an") else number(word)
