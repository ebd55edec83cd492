"""What a printed result says: in ``≥ 2.5 × 10^5/mL (H)`` a comparison, a number, a unit and the laboratory's mark."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct

from casewriter.model import lexicon, symbol
from casewriter.model.numeral import NUMERAL, has_power, numbers, plain

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LONGEST = 200  # characters; what is longer is prose, and would take long to match
_TO = r"\s*(?:-|–|—|~|\.\.\.?|…|to)\s*"


class Parts(Struct, frozen=True):
    """A result in the pieces that were typed; joined, they are what was typed."""

    before: str = ""
    number: str = ""
    between: str = ""
    unit: str = ""
    after: str = ""

    @property
    def mark(self) -> str:
        """The laboratory's mark: (H), *, ↑."""
        return " ".join(f"{self.before} {self.between} {self.after}".split())


class Reading(Struct, frozen=True):
    """The bounds of a result: numbers, or the reciprocals of a titre; a word has none.

    `unit` is the one typed after the number, without its power of ten, which is in the number; `power` says that there
    was one.
    """

    parts: Parts
    low: float | None = None
    high: float | None = None
    comparator: str = ""
    unit: str = ""
    power: bool = False
    titre: bool = False


@lru_cache(8192)
def read(written: str) -> Reading:
    """Return what a printed result says. Nothing is guessed: what is not understood as a whole is a word."""
    text = plain(written)
    if len(text) > _LONGEST:
        return Reading(Parts(number=written))
    start, end = _unmarked(text)
    found = _titre().fullmatch(text, start, end) or _measured().fullmatch(text, start, end)
    number = _number(found, written) if found else None
    return number or Reading(_cut(written, start, end, end, end))


def _cut(written: str, *places: int) -> Parts:
    return Parts(*(written[one:other] for one, other in pairwise((0, *places, len(written)))))


def _number(found: re.Match[str], written: str) -> Reading | None:
    comparator = _comparator(found)
    ends = [end for end in (found["one"], found["two"]) if end]
    if comparator is None or (comparator not in ("", "~") and len(ends) == 2):
        return None
    parts = _cut(written, found.pos, found.end("number"), found.end("between"), found.endpos)
    if found.re is _titre():
        return Reading(parts, *_bounds([float(end) for end in ends], comparator), titre=True)
    power, unit = symbol.split(plain(parts.unit).strip())
    numerals = numbers(ends, power) if not unit or symbol.follows(unit) else None
    if numerals is None:
        return None
    return Reading(parts, *_bounds(numerals, comparator), unit=unit, power=bool(power) or any(map(has_power, ends)))


def _bounds(ends: list[float], comparator: str) -> tuple[float | None, float | None, str]:
    match comparator, ends:
        case (("<" | "≤"), [end]):
            return None, end, comparator
        case ((">" | "≥"), [end]):
            return end, None, comparator
        case _, [low, high]:
            return low, high, "-"
        case _:
            return ends[0], ends[0], comparator


def _comparator(found: re.Match[str]) -> str | None:
    """Return the sign of a comparison; an empty text without a sign, None for two signs."""
    sign, before, behind = found["sign"], found["before"], found["behind"]
    said = [{"<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥", "≈": "~"}.get(sign, sign)] if sign else []
    said += [lexicon.comparison(before, "before")] if before else []
    said += [lexicon.comparison(behind, "behind")] if behind else []
    return None if len(said) > 1 else "".join(said)


@cache
def _measured() -> re.Pattern[str]:
    return _result(rf"[-+–]?\s?{NUMERAL}", rf"[-+–]?{NUMERAL}", "", r"\s*\S.*")


@cache
def _titre() -> re.Pattern[str]:
    return _result(r"\d+", r"\d+", r"1\s?[:/]\s?", r"\s+(?i:tit(?:er|re))")


def _result(one: str, two: str, ratio: str, unit: str) -> re.Pattern[str]:
    """Return the pattern of a result: comparison, one number or two, mark, unit. `ratio` is the ``1:`` of a titre."""
    before, behind = lexicon.alternatives("before"), lexicon.alternatives("behind")
    return re.compile(
        rf"\s*(?P<number>(?:(?P<sign>[<>]=|=[<>]|[<>≤≥~≈])\s*|(?i:(?P<before>{before}))\s+)?"
        rf"{ratio}(?P<one>{one})(?:{_TO}{ratio}(?P<two>{two}))?(?:\s+(?i:(?P<behind>{behind})))?)"
        rf"(?P<between>(?:\s*{_set_off()})*)(?P<unit>{unit})?\s*"
    )


def _unmarked(text: str) -> tuple[int, int]:
    """Return where a result begins and ends without the laboratory's marks; a mark alone is a word."""
    start, end = 0, len(text.rstrip(_INVISIBLE + " "))
    while found := _front().match(text, start, end):
        start = found.end()
    while (place := _mark_behind(text, start, end)) is not None:
        end = place
    return (start, end) if text[start:end].strip() else (0, len(text))


def _mark_behind(text: str, start: int, end: int) -> int | None:
    """Return where the last mark begins. Letters and words without brackets are a mark only after a number."""
    if found := _behind()[0].search(text, start, end):
        return found.start()
    found = _behind()[1].search(text, start, end)
    return found.start() if found and re.search(r"\d", text[start : found.start()]) else None


@cache
def _set_off() -> str:
    """Return a pattern of the marks that cannot be taken for anything else: signs, and letters in brackets."""
    letters, words, signs = lexicon.marks()
    return rf"(?:{signs}|[(\[]\s?(?:{letters}|{words}|{signs})\s?[)\]])"


@cache
def _front() -> re.Pattern[str]:
    letters = lexicon.marks()[0]
    return re.compile(rf"\s*(?:{_set_off()}|(?:{letters})(?=\s+[\d<>≤≥]))\s*(?=\S)")


@cache
def _behind() -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters, words, _ = lexicon.marks()
    return re.compile(rf"\s*{_set_off()}\s*$"), re.compile(rf"(?:(?<=\d)|\s+)(?:{letters})\s*$|\s+{words}\s*$")
