"""How long the data say that a treatment was given until it ended, and over how long it was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casewriter.lint.statement.dated import Dated
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.length import UNIT, Said
from casewriter.lint.words import number
from casewriter.model.duration import DAYS

Known = list[tuple[StatedFact, tuple[float, str]]]

_LENGTH = Late(
    r"(?<![\w.])(\d+(?:\.\d+)?|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[- ](hour|day|week|month"
    r"|year)s?\b"
)
_WEANED = Late(r"\b(?:wean\w*|taper\w*|withdr\w+|phased out|reduced)\b", re.IGNORECASE)


def until_end(facts: Iterable[StatedFact], dated: Iterable[Dated]) -> Known:
    """Return how long each treatment was given until it ended, and when it ended, counted from the index."""
    found: Known = []
    for entry in dated:
        if not any(entry.fact is fact for fact in facts):
            continue
        words = f"{entry.written}, until day {entry.stops[0][1]:.0f}" if entry.stops else ""
        for stop in entry.stops:
            middle = sum(stop) / 2
            begin = min(sum(one) / 2 for one in entry.begins)
            found += [(entry.fact, (middle - begin, words)), (entry.fact, (middle, words))]
    return found


def weaning(facts: Iterable[StatedFact], said: Said) -> Known:
    """Return over how long a treatment was withdrawn, where its changes say so in words and the text speaks of it."""
    if said.of or not _WEANED.search(said.gap):
        return []
    changes = (
        (fact, change) for fact in facts if (known := getattr(fact.record, "changes", None)) for change in known.items
    )
    return [
        (fact, length)
        for fact, change in changes
        if _WEANED.search(str(change.what or ""))
        for length in in_words(str(change.what))
    ]


def in_words(text: str) -> Iterator[tuple[float, str]]:
    """Yield the lengths that a text names, with their words."""
    for one in _LENGTH.finditer(text):
        count = 1 if one[1] == "a" else number(one[1]) or float(one[1] if one[1][0].isdigit() else 0)
        yield count * DAYS[UNIT[one[2]]], f"“{one[0]}”"
