"""What a text says, as words and numbers, and whether it says a record: in doubt it does not.

A record is said by a sentence that holds all its words and all its numbers with their units, in a clause that denies
nothing and is not about a relative. Words are compared without small ones and plural endings, numbers with the unit
behind them, lengths of time by what they amount to: “for a week” says 7 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from casewriter.article.words import words_for
from casewriter.builtin import data
from casewriter.model.duration import DAYS, Duration
from casewriter.model.whole import holds_whole

_TOKEN = re.compile(
    r"(?P<number>[<>≤≥~≈±]?\s?-?\d+(?:[.,]\d+)*(?:\s?-\s?\d+(?:[.,]\d+)*)?)(?P<unit>\s?[^\s\d.,;:!?()\[\]-][^\s,;!?()\[\]]*)?"
    r"|(?P<word>[^\W\d_][\w'’*:+-]*)|(?P<mark>[,;:()–—])"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[^\W\d_a-zà-ÿ]|[\d“\"(\[])")
_UNITS = ("y", "mo", "wk", "d", "h", "min")


_SETS = ("small", "denials", "back", "relatives", "contrast", "one")


class Vocabulary(Struct, frozen=True):
    """The words of one language by which a text is compared with a record."""

    small: frozenset[str]
    denials: frozenset[str]
    back: frozenset[str]
    relatives: frozenset[str]
    contrast: frozenset[str]
    numbers: dict[str, str]
    one: frozenset[str]
    units: dict[str, str]
    nothing: dict[str, frozenset[str]]


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """Return the words of a language; None where the program does not know it, and so nothing counts as said."""
    found = data("telling.yaml").get(language[:2].lower())
    if found is None:
        return None
    sets = {key: frozenset(_stem(word) for word in text.split()) for key, text in found.items() if key in _SETS}
    numbers = {word: str(n) for n, word in enumerate(found["numbers"].split(), start=1)}
    printed = words_for(language)
    units = {_stem(form): unit for unit in _UNITS for form in printed[unit].split("|")}
    nothing = {key: frozenset(_stem(word) for word in text.split()) for key, text in found["nothing"].items()}
    return Vocabulary(**sets, numbers=numbers, units=units, nothing=nothing)


class Clause(Struct, frozen=True):
    """A part of a sentence between two marks: its words, whether it denies, and whether a denial may reach into it.

    In “no swelling, fever or rash” the denial stands in the first part and reaches into the second.
    """

    words: frozenset[str]
    denies: bool
    reached: bool = False


class Sentence(Struct, frozen=True):
    """A sentence of a text: all its words and numbers, lengths of time in days, and its clauses."""

    text: str
    words: frozenset[str]
    lengths: frozenset[float]
    clauses: tuple[Clause, ...]
    looks_back: bool
    of_relative: bool

    def holds(self, wanted: Wanted) -> bool:
        """Whether every word and number stands here, denied where the datum denies it."""
        if not wanted.words:
            return wanted.denies and any(clause.denies for clause in self.clauses)
        return wanted.words <= self.words and (not wanted.denies or self._denies(wanted.words))

    def quotes(self, text: str) -> bool:
        """Whether a text stands here as it is."""
        return holds_whole(self.text, _plain(text).casefold())

    def _around(self, words: frozenset[str]) -> list[Clause]:
        """Return the clauses that hold all of some words; where none does, those that hold one of them."""
        whole = [clause for clause in self.clauses if words <= clause.words]
        return whole or [clause for clause in self.clauses if clause.words & words]

    def _denies(self, words: frozenset[str]) -> bool:
        return any(clause.denies for clause in self._around(words))

    def excludes(self, words: frozenset[str]) -> bool:
        """Whether one of some words stands here, and the sentence denies it."""
        return any(clause.denies for clause in self.clauses if clause.words & words)

    def affirms(self, label: Wanted) -> bool:
        """Whether the words of a label stand here, and where they stand is denied only what the label denies."""
        if not label.words or not label.words <= self.words:
            return False
        if label.denies:
            return self._denies(label.words)
        return not any(clause.denies or clause.reached for clause in self._around(label.words))


class Wanted(Struct, frozen=True):
    """The words and numbers of a datum, which a sentence must hold to say it."""

    words: frozenset[str]
    denies: bool


@lru_cache(8192)
def wanted(text: str, language: str) -> Wanted:
    """Return what a sentence must hold to say a text."""
    known = vocabulary(language)
    assert known is not None
    words: set[str] = set()
    denies = False
    for token in _tokens(text, known):
        if token in known.denials:
            denies = True
        elif token not in known.small and len(token) > 0:
            words.add(token)
    bare = {token.partition("|")[0] for token in words if "|" in token}
    return Wanted(frozenset(words - bare), denies)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


@lru_cache(4096)
def read_sentence(text: str, language: str) -> Sentence:
    """Return what a sentence says."""
    known = vocabulary(language)
    assert known is not None
    tokens = list(_tokens(text, known, marks=True))
    words = frozenset(tokens)
    return Sentence(
        f" {_plain(text).casefold()} ",
        words,
        frozenset(_lengths(tokens, known)),
        tuple(_clauses(tokens, known)),
        bool(words & known.back),
        bool(words & known.relatives),
    )


def length_said(length: Duration, sentence: Sentence) -> bool:
    """Whether a sentence gives a length of time; one that is not exact, or in words, it does not."""
    return length.known and not length.prefix and any(abs(days - length.days) < 1e-3 for days in sentence.lengths)


def _tokens(text: str, known: Vocabulary, *, marks: bool = False) -> Iterator[str]:
    for found in _TOKEN.finditer(_plain(text)):
        if found["mark"]:
            if marks:
                yield found["mark"]
        elif found["word"]:
            word = _stem(found["word"])
            yield known.numbers.get(found["word"].lower(), word)
        else:
            yield from _number(found["number"].replace(" ", ""), (found["unit"] or "").strip().casefold(), known)


def _plain(text: str) -> str:
    """Return a text with one sign for each of blank, minus and micro."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-").replace("µ", "μ")
    return re.sub(r"(?<=\d)–(?=\d)", "-", plain)


def _number(number: str, unit: str, known: Vocabulary) -> Iterator[str]:
    """Yield a number, the number with its unit, and what the unit is counted by: ``10``, ``10|mg``, ``day``."""
    yield number
    unit = unit.rstrip(".:–—-")
    if not unit:
        return
    first, *others = unit.split("/")
    stem = _stem(first) if first else unit
    yield f"{number}|{stem}"
    yield from (_stem(part) for part in others if part and first)
    if first and stem not in known.units and re.fullmatch(r"[^\W\d_]{4,}", first):
        yield stem  # a word, no unit: “4 doses”


def _stem(word: str) -> str:
    plain = word.casefold().strip("*_+").rstrip("'’:-").removesuffix("'s").removesuffix("’s")
    if len(plain) > 3 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain


def _lengths(tokens: list[str], known: Vocabulary) -> Iterator[float]:
    for place, token in enumerate(tokens):
        number, _, unit = token.partition("|")
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if not unit and following in known.units:
            number, unit = ("1" if token in known.one else number), following
        if unit in known.units and re.fullmatch(r"\d+(?:\.\d+)?", number):
            yield float(number) * DAYS[known.units[unit]]


def _clauses(tokens: list[str], known: Vocabulary) -> Iterator[Clause]:
    part: list[str] = []
    reached = False
    for word in (*tokens, ";"):
        if word not in known.contrast and not re.fullmatch(r"[,;:()–—]", word):
            part.append(word)
            continue
        denies = bool(known.denials.intersection(part))
        if part:
            yield Clause(frozenset(part), denies, reached)
        reached = (reached or denies) and word in ",()–—"
        part = []


def all_said(texts: Iterable[str], story: Iterable[Sentence], language: str) -> bool:
    """Whether each sentence of some texts is said by one of a story."""
    known = list(story)
    needs = [wanted(sentence, language) for text in texts for sentence in sentences(text)]
    return bool(needs) and all(any(one.affirms(need) for one in known) for need in needs)
