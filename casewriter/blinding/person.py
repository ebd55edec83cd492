"""The spellings of a person's name: in either order, with initials, each part by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from casewriter.blinding.folding import folded
from casewriter.blinding.secret import (
    AFTER,
    BEFORE,
    GAP,
    LEAST,
    WIDE,
    Judge,
    Secret,
    caseless,
    edged,
    exact,
    hint,
    spelt,
    unspaced,
)
from casewriter.lint.privacy.lexicon import ROUTES, is_eponym

_PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le el al bin ibn ter ten zu zur y e af av san st".split()
)
_NOT_IN_A_LIST = r"(?<![A-Z]\. )(?<![A-Z]\.)(?<![A-Z] )"
"""Not behind an initial: in `M. Lynch, A. Brown` the initial belongs to the name behind it."""
_STOP = r"(?:(?<=\b[A-Z])\.(?=[,;:)]|\s[a-z]))?"
"""The stop of an initial, where it ends no sentence."""
_END = rf"{AFTER}(?!\.?\s[A-Z][a-z]){_STOP}"

Ordinary = Callable[[str], bool]
"""Whether a word may be more than a name in this case."""


class Person(Struct, frozen=True):
    """A person who must not be named. `who` is what messages say: “author 2”."""

    given: str
    family: str
    who: str

    @property
    def first(self) -> tuple[str, ...]:
        """The given names and initials, one by one."""
        return tuple(part for part in re.split(r"[\s.\-‐–]+", self.given) if part)

    @property
    def last(self) -> tuple[str, ...]:
        """The parts of the family name."""
        return tuple(part for part in re.split(r"[\s\-‐–]+", self.family) if part)

    @property
    def initials(self) -> str:
        """The first letters of all names, in capitals: ABE."""
        return "".join(folded(part)[:1].upper() for part in (*self.first, *self.last) if part not in _PARTICLES)

    @property
    def all_initials(self) -> str:
        """The same with those of particles, as they are written: PJvdB."""
        given = [folded(part)[:1].upper() for part in self.first]
        return "".join((*given, *(folded(part)[:1] for part in self.last)))


def secrets(person: Person, ordinary: Ordinary) -> Iterator[Secret]:
    """Yield the spellings of a name; `ordinary` says which of its words may stand for something else."""
    if person.family and person.first:
        yield from _whole(person, ordinary)
    if person.family:
        yield from _alone(person, ordinary)
    for given in person.first:
        if len(given) > 2 and not unspaced(given):
            judge: Judge = "eponym" if is_eponym(given) else "word" if ordinary(given) else "family"
            pattern = edged(exact(given) if len(given) < LEAST or judge != "family" else _written(given), given)
            yield Secret(f"a given name of {person.who}", "names", pattern, hint(given), judge)
    if len(person.initials) > 1 and person.initials.isascii() and person.initials not in ROUTES:
        yield from _initials(person)


def _written(word: str) -> str:
    """Return the pattern of a name as it is written, or in capitals where it has more than five letters."""
    return exact(word) if len(word) > LEAST else spelt(word)


def _family(person: Person, *, any_case: bool) -> str:
    return GAP.join((caseless if any_case else exact)(part) for part in person.last)


def _whole(person: Person, ordinary: Ordinary) -> Iterator[Secret]:
    """Yield family name and given names, or their initials, in either order."""
    what, hints = f"the name of {person.who}", hint(person.family)
    if unspaced(person.family):
        given, family = (GAP.join(map(spelt, parts)) for parts in (person.first, person.last))
        yield Secret(what, "names", f"{family}{WIDE}{given}|{given}{WIDE}{family}", hints)
        return
    common = ordinary(person.family)
    initials = [re.escape(folded(part)[:1].upper()) for part in person.first]
    for place, part in enumerate(person.first[:2]):
        if len(part) > 1:
            loose = not (common and ordinary(part))
            first = caseless(part) if loose else exact(part)
            rest = _optional([f"(?:{caseless(one)}|{first_letter})" for one, first_letter in _after(person, place)])
            family = _family(person, any_case=loose)
            before = f"{BEFORE}{first}{rest}{GAP}{family}{AFTER}"
            yield Secret(what, "names", before, hints)  # two patterns: in `Li, Xia Li` the matches overlap
            yield Secret(what, "names", f"{BEFORE}{family}{WIDE}{first}{rest}{AFTER}{_STOP}", hints)
    family = _family(person, any_case=not common and len(person.family) >= LEAST)
    for place, letter in enumerate(initials[:2]):
        rest = _optional(initials[place + 1 :])
        before = f"{BEFORE}{letter}{rest}{GAP}{family}{AFTER}"
        behind = f"{_NOT_IN_A_LIST}{BEFORE}{family}{WIDE}{letter}{rest}{_END}"
        judge: Judge = "common" if common else "initial"
        yield from (Secret(what, "names", pattern, hints, judge) for pattern in (before, behind))


def _after(person: Person, place: int) -> list[tuple[str, str]]:
    return [(part, re.escape(folded(part)[:1].upper())) for part in person.first[place + 1 :]]


def _optional(parts: list[str]) -> str:
    return "".join(f"(?:{GAP}{part})?" for part in parts)


def _alone(person: Person, ordinary: Ordinary) -> Iterator[Secret]:
    """Yield the family name by itself, and each part of a double one."""
    what = f"the family name of {person.who}"
    parts = [part for part in person.last if part.lower() not in _PARTICLES]
    for name in dict.fromkeys((person.family, *(part for part in parts if len(part) > 2))):
        yield _family_alone(name, what, ordinary)
        if len(name) >= LEAST and not unspaced(name):
            yield Secret(what, "names", caseless(name), hint(name), "address")


def _family_alone(name: str, what: str, ordinary: Ordinary) -> Secret:
    hints = hint(name)
    if unspaced(name):
        sure = len(name) > 1 and not ordinary(name)
        pattern = spelt(name) if sure else rf"{spelt(name)}(?=医|教授|氏|先生|さん|等)"
        return Secret(what, "names", pattern, hints)
    if len(name) < 3:
        return Secret(what, "names", edged(exact(name), name), hints, "title")
    if ordinary(name) or is_eponym(name):
        judge: Judge = "eponym" if is_eponym(name) else "word"
        return Secret(what, "names", edged(f"{exact(name)}s?", name), hints, judge)
    pattern = f"{caseless(name)}(?i:s)?" if len(name) >= LEAST else spelt(name)  # `Ravenscrofts Fall` in German
    return Secret(what, "names", edged(pattern, name), hints, "family")


def _initials(person: Person) -> Iterator[Secret]:
    """Yield the initials of a whole name: with stops, and bare where the text says that they are somebody's."""
    letters = person.initials
    stopped = rf"{letters[0]}(?<![\w.]{letters[0]})" + "".join(rf"\.[\s-]?{letter}" for letter in letters[1:])
    what = f"the initials of {person.who}"
    yield Secret(what, "initials", rf"{stopped}\.(?!\w)", ())
    if any(letter.islower() for letter in person.all_initials) and len(person.all_initials) > 3:
        yield Secret(what, "initials", edged(re.escape(person.all_initials), person.all_initials))
    if len(person.all_initials) > len(letters) and person.all_initials.isascii():
        yield Secret(what, "initials", edged(person.all_initials, person.all_initials))
    yield Secret(what, "initials", rf"(?<![\w-]){'-?'.join(letters)}(?![\w-])", (), "initials")
