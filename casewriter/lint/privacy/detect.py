"""Text -> what in it identifies a person: patterns from data, and tests of what they match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from casewriter.lint.privacy.digits import DIGITS as IDENTITY
from casewriter.lint.privacy.entries import PrivateEntry, compiled, entries
from casewriter.lint.privacy.hints import Anchors, Hints, windows, within
from casewriter.lint.privacy.lexicon import LEXICON
from casewriter.lint.privacy.people import people
from casewriter.lint.privacy.plain import plain
from casewriter.lint.privacy.registers import REGISTERS

_NUMBERS = IDENTITY | REGISTERS
_ORDER = (
    "email url ip national_id account_number licence_number vehicle device_serial plan_number record_number "
    "other_code phone date age_over_89 "
    "geography institution name biometric place exact_age"
).split()
"""Which type wins where two match the same words: the more certain one."""

_NAMED_AFTER = (
    "sign|syndrome|disease|test|score|criteria|phenomenon|law|stain|procedure|classification|scale|reflex|method"
)
_SIGN_OF = re.compile(rf"(?:'s)?[\s-](?i:{_NAMED_AFTER})\b")


class Hit(Struct, frozen=True):
    """Something that identifies: its type, and where it is in the text."""

    type: str
    start: int
    end: int


def detect(text: str, level: str = "hipaa", where: str = "prose", but: Iterable[str] = ()) -> list[Hit]:
    """Return what identifies in a text, in order; `but` are types that are not looked for.

    `level` is hipaa or journal (which adds exact ages, places and institutions); `where` is prose, comment, key or
    file_name.
    """
    return detect_in((text,), level, where, but)[0]


def detect_in(texts: Sequence[str], level: str, where: str, but: Iterable[str] = ()) -> list[list[Hit]]:
    """Return what identifies in each of several texts of one case: the eponyms of one are known in all of them."""
    looked = [_look(text, level, where, frozenset(but)) for text in texts]
    whole = "\ue000".join(one.text for one in looked)
    return [_best([hit for hit in one.hits if not _eponym(hit, one.text, whole)]) for one in looked]


class _Looked(Struct, frozen=True):
    """A text as the patterns read it, and all that they found."""

    text: str
    hits: tuple[Hit, ...]


@lru_cache(512)
def _look(text: str, level: str, where: str, skipped: frozenset[str]) -> _Looked:
    """Return all that is found in a text. Remembered: of a case that is being written, one text changes at a time."""
    data = entries()
    known = plain(text.replace("_", " ") if where in ("key", "file_name") else text)
    known = _without_harmless(known)
    hinted, near = Hints(known.lower(), data.hints), Anchors(known, data.anchors)
    hits = [] if "name" in skipped else [Hit("name", start, end) for start, end in people(known, where)]
    for one in data.every:
        if one.type in skipped or (one.level == "journal" != level) or (one.only and where not in one.only):
            continue
        hits.extend(_found(one, known, hinted, near))
    return _Looked(known, tuple(hits))


def _found(one: PrivateEntry, text: str, hinted: Hints, near: Anchors) -> Iterator[Hit]:
    """Yield what an entry finds: near its hints and its anchor, where it has them."""
    places = hinted.places(one.hints)
    if one.hints and not places:
        return
    if one.anchor and one.hints:
        places = within(places, near.stretches(one.anchor))
    if one.begins:
        yield from _begun(one, text, places)
    elif one.anchor and not one.hints:
        yield from _matches(one, text, near.stretches(one.anchor))
    else:
        yield from _matches(one, text, windows(places, len(text)) if one.hints else [(0, len(text))])


def _eponym(hit: Hit, text: str, whole: str) -> bool:
    """Return whether a surname is that of a sign of the same case: `Murphy sign, Dr. Murphy`."""
    word = text[hit.start : hit.end]
    if hit.type != "name" or not word.isalpha() or whole.count(word) < 2:
        return False
    return any(_SIGN_OF.match(whole, place + len(word)) for place in _whole_words(word, whole))


def _whole_words(word: str, text: str) -> Iterator[int]:
    """Yield where a word begins that is no end of a longer one."""
    place = text.find(word)
    while place >= 0:
        if not place or not (text[place - 1].isalnum() or text[place - 1] == "_"):
            yield place
        place = text.find(word, place + 1)


def _without_harmless(text: str) -> str:
    """Return a text with blanks for what is never an identifier: DOIs, trials, versions of programs."""
    lower = text.lower()
    for hints, pattern in entries().harmless:
        if any(hint in lower for hint in hints):
            text = pattern.sub(lambda m: " " * len(m[0]), text)
    return text


def _begun(one: PrivateEntry, text: str, places: list[int]) -> Iterator[Hit]:
    """Yield what an entry finds that begins with its hint."""
    pattern, end = compiled(one.pattern), 0
    for place in places:
        if place >= end and (found := pattern.match(text, place)):
            end = found.end()
            yield from _counted(one, found, text)


def _matches(one: PrivateEntry, text: str, stretches: list[tuple[int, int]]) -> Iterator[Hit]:
    for start, end in stretches:
        for found in compiled(one.pattern).finditer(text, start, end):
            yield from _counted(one, found, text)


def _counted(one: PrivateEntry, found: re.Match[str], text: str) -> Iterator[Hit]:
    """Yield what was found if it passes all tests of its entry."""
    group = one.group
    if group and found[group] is None:
        group = next((n for n in range(1, (found.re.groups or 0) + 1) if found[n] is not None), 0)
    start = found.start(group)
    end = start + len(found[group].rstrip())
    if one.not_before and compiled(one.not_before).search(text[max(0, found.start() - 80) : found.start()]):
        return
    if one.not_after and compiled(one.not_after).search(text[end : end + 40]):
        return
    if one.check in _NUMBERS and not _holds(one.check, found[group]):
        return
    if one.check in LEXICON and not LEXICON[one.check](found[group], text[end : end + 40]):
        return
    yield Hit(one.type, start, start + len(found[group].rstrip(" .,;:") or found[group]))


def _holds(check: str, text: str) -> bool:
    try:
        return _NUMBERS[check](text.strip())
    except (ValueError, IndexError, KeyError):
        return False  # letters where this kind of number has digits: not one


def _best(hits: list[Hit]) -> list[Hit]:
    """Return the hits without those that another covers: the more certain type wins, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (_ORDER.index(h.type), h.start - h.end)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
