"""Times said in English prose: “on day 3”, “POD 13”, “in the fifth week”, “at 22 weeks”, as stretches of days.

Whether the index is day 0 or day 1 the file says by `timeline.first_day`, or by a time written `day 3`; where it says
neither, a day counted in the text stands for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from casewriter.lint.statement.late import Late
from casewriter.lint.words import number
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.duration import DAYS
from casewriter.model.time import When

Stretch = tuple[float, float]

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_RANK = {word: rank for rank, word in enumerate(_ORDINALS, start=1)}
_NTH = r"(?P<nth>first|second|third|[a-z]+th|\d{1,3}(?:st|nd|rd|th))"
_COUNT = r"(?:\d{1,3}(?:\.5)?|[a-z]{3,9}(?:-[a-z]{3,5})?)"
_WARD = r"(?P<ward>hospital|inpatient|post-?operative|postsurgical|ICU|intensive care(?: unit)?)"
_UNIT = {"minute": "min", "hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "y"}
_BEHIND = r"(?! ?(?:later|after|before|earlier|ago|prior|following|history|old|of\b|course|apart|per\b|a\b))"
_SAID = Late(
    rf"(?:\b(?:{_WARD} )?days? (?P<day>\d{{1,3}})\b|\(?(?P<pod>POD)\)? ?#?(?P<podday>\d{{1,3}})\b"
    rf"|\b{_NTH} (?:{_WARD.replace('ward', 'ward2')} )?(?P<ordunit>day|week|month)\b"
    rf"|\bat (?:about |around )?(?P<at>{_COUNT}) (?P<unit>hour|day|week|month|year)s?\b{_BEHIND}"
    rf"|\b(?P<gap>{_COUNT}) (?P<gapunit>minute|hour|day|week|month|year)s? "
    r"(?P<side>after|before|prior to) (?:his |her |the )?(?P<anchor>admission|presentation|hospitali[sz]ation)\b"
    r"|\b(?P<index>(?:at|on) (?:(?:the day of )?(?:her |his )?admission"
    r"|presentation|arrival|(?:physical )?examination|initial \w+)|\binitially)\b)",
    re.IGNORECASE,
)
_VAGUE = Late(
    r"\b(?:later|subsequent(?:ly)?|afterwards?|thereafter|discharge|follow-?up|finally|eventually|last|next|end of"
    r"|during|after"
    r"|at first|since|until|then|now|within|by|in the course|gradually|improved|recover\w*|resol\w*|normali[sz]\w*"
    r"|nadir"
    r"|before|ago|prior|previous\w*|earlier|repeat\w*|again|still|(?:hour|day|week|month|year)s?|yearly|annual\w*)\b",
    re.IGNORECASE,
)
_COARSE = {"min": 0.05, "h": 0.1, "d": 0.45, "wk": 4.0, "mo": 16.0, "y": 190.0}
_DAY = 0.45
"""Days by which a time that was rounded to a unit may be off."""


class Said(Struct, frozen=True):
    """A time in a text. `stretches` are the days it may mean; empty where it cannot be placed."""

    start: int
    end: int
    stretches: tuple[Stretch, ...]
    counted: bool = False

    def meets(self, *others: Stretch) -> bool:
        """Return whether it may be the time of a record; two times counted in days are compared by one convention."""
        if len(self.stretches) == len(others) == 2:
            return any(_overlap(one, other) for one, other in zip(self.stretches, others, strict=True))
        return any(_overlap(one, other) for one in self.stretches for other in others)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


class Calendar:
    """The times of one case, and the convention by which its days are counted."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.clock = Chronology(case)

    @cached_property
    def bases(self) -> tuple[int, ...]:
        """The number that the index has as a day: 0, 1, or both where the file does not say."""
        timeline = self.case.timeline
        if timeline and "first_day" in timeline.model_fields_set:
            return (timeline.first_day,)
        counted = any(getattr(getattr(part, "at", None), "kind", "") == "counted" for _, part in self.case.parts)
        return (0,) if counted else (0, 1)

    def _events(self, pattern: str) -> Iterator[float]:
        for event in self.case.timeline.events if self.case.timeline else ():
            day = self.clock.days(event.at)
            if day is not None and re.search(pattern, str(event.label), re.IGNORECASE):
                yield day

    def _index_is(self, pattern: str) -> bool:
        index = self.case.timeline.index if self.case.timeline else None
        return bool(index and re.search(pattern, index, re.IGNORECASE))

    @cached_property
    def admission(self) -> float | None:
        """The day of admission, where the file places it."""
        index = self.case.timeline.index if self.case.timeline else None
        if index is None or self._index_is(r"\badmi|present|hospital|arrival"):
            return None if index and self._index_is("intensive") else 0.0
        return next(self._events(r"\badmi(?:tted|ssion)"), None)

    @cached_property
    def intensive_care(self) -> float | None:
        """The day of admission to intensive care."""
        if self._index_is(r"intensive care|\bICU\b"):
            return 0.0
        return next(self._events(r"(?:moved|admi\w+|transf\w+) to (?:the )?(?:intensive|ICU)"), None)

    @cached_property
    def operation(self) -> float | None:
        """The day of the only operation."""
        if self._index_is("surg|operation|transplant|ectomy|plasty"):
            return 0.0
        given = self.case.treatment.interventions if self.case.treatment else None
        days = [self.clock.days(one.at) for one in (given.items if given else ()) if one.kind == "surgery"]
        return days[0] if len(days) == 1 else None

    def stretch(self, when: When | None) -> Stretch | None:
        """Return the days that a time of the data may stand for; None where it cannot be placed."""
        day = self.clock.days(when)
        if day is None or when is None or when.kind in ("year", "age", "label"):
            return None
        amount = when.amount
        if amount is None:
            return (day - _DAY, day + _DAY) if when.kind == "counted" and when.unit == "day" else None
        parts = amount.parts
        slack = _COARSE[parts[-1][1]] if parts else _DAY
        if amount.prefix or any("-" in figure for figure, _ in parts):
            slack = max(slack, abs(day) / 3)
        return day - slack, day + slack

    def said(self, text: str, start: int, end: int) -> list[Said]:
        """Return the times in a stretch of text."""
        return [Said(*one.span(), *self._placed(one)) for one in _times(text, start, end)]

    def vague(self, text: str, start: int, end: int) -> bool:
        """Return whether a stretch of text speaks of a time that cannot be placed."""
        return _vague(text[start:end])

    def _placed(self, found: re.Match[str]) -> tuple[tuple[Stretch, ...], bool]:
        if found["index"]:
            return (((self.admission, self.admission),) if self.admission is not None else ()), False
        if found["at"]:
            return _round(number(found["at"]), found["unit"]), False
        if found["gap"]:
            side = 1 if found["side"].lower() == "after" else -1
            shifted = self.admission
            around = _round(number(found["gap"]), found["gapunit"])
            return tuple((min(side * a, side * b) + shifted, max(side * a, side * b) + shifted) for a, b in around) if (
                shifted is not None
            ) else (), False
        return self._counted(found), True

    def _counted(self, found: re.Match[str]) -> tuple[Stretch, ...]:
        ward = (found["ward"] or found["ward2"] or found["pod"] or "").lower()
        start = self._start(ward)
        count = rank(found["day"] or found["podday"] or found["nth"])
        if start is None or not count:
            return ()
        if found["ordunit"] and found["ordunit"].lower() != "day":
            length = DAYS[_UNIT[found["ordunit"].lower()]]
            return ((start + (count - 1) * length, start + (count + 1) * length),)
        bases = (0, 1) if found["nth"] else self.bases
        if ward.startswith("po"):
            bases = (0,) if not found["nth"] else (0, 1)
        return tuple((start + count - base - _DAY, start + count - base + _DAY) for base in bases)

    def _start(self, ward: str) -> float | None:
        if ward.startswith(("icu", "intensive")):
            return self.intensive_care
        if ward.startswith("po"):
            return self.operation
        return self.admission if ward else 0.0


@lru_cache(2048)
def _times(text: str, start: int, end: int) -> tuple[re.Match[str], ...]:
    """Return the times of a stretch of text, which each case places by its own calendar."""
    return tuple(one for one in _SAID.finditer(text, start, end) if _is_time(one))


@lru_cache(2048)
def _vague(words: str) -> bool:
    return bool(_VAGUE.search(_SAID.sub(lambda found: " " * len(found[0]), words)))


def _is_time(found: re.Match[str]) -> bool:
    """Return whether the word before a unit is a number, and the word before “day” an ordinal."""
    word = found["at"] or found["gap"]
    return bool(number(word) if word else not found["nth"] or rank(found["nth"]))


def rank(word: str) -> int:
    """Return the number of an ordinal: ``third``, ``3rd`` or ``3``; 0 for another word."""
    return _RANK.get(word.lower()) or int(re.sub(r"\D", "", word) or 0)


def _round(count: int | None, unit: str) -> tuple[Stretch, ...]:
    if count is None:
        return ()
    code = _UNIT[unit.lower()]
    slack = _COARSE[code] / 2
    return ((count * DAYS[code] - slack, count * DAYS[code] + slack),)
