"""Where the text names a record: names by their first word, so that each word of the text is looked up once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct, field

from casewriter.lint.statement.facts import MEASURED, Name, StatedFact, facts, names
from casewriter.lint.statement.words import WORD, data, folded, folded_words
from casewriter.model.case import Case


class Mention(Struct, frozen=True):
    """A name of records in a text: from `start` to `end`, and the records that it may mean."""

    start: int
    end: int
    name: Name
    facts: tuple[StatedFact, ...]

    def of(self, *sorts: str) -> tuple[StatedFact, ...]:
        """Return the records of some sorts."""
        return tuple(fact for fact in self.facts if fact.sort in sorts)


class Index(Struct):
    """The names of all records, by first word, longest first."""

    facts: tuple[StatedFact, ...]
    by_name: dict[Name, list[StatedFact]] = field(default_factory=dict)
    by_word: dict[str, list[Name]] = field(default_factory=dict)

    def mentions(self, text: str, start: int, end: int) -> tuple[tuple[Mention, ...], frozenset[str]]:
        """Return what a stretch of a text names, and its folded words; the longest name wins, and none overlap."""
        words, ends, different = _words(text, start, end)
        if different.isdisjoint(self.by_word):
            return (), different
        found, place = [], 0
        while place < len(words):
            for name in self.by_word.get(words[place], ()):
                last = place + len(name) - 1
                if words[place : last + 1] == name:
                    found.append(Mention(ends[place][0], ends[last][1], name, tuple(self.by_name[name])))
                    place = last
                    break
            place += 1
        return tuple(found), different


@lru_cache(2048)
def _words(text: str, start: int, end: int) -> tuple[Name, tuple[tuple[int, int], ...], frozenset[str]]:
    """Return the folded words of a stretch of text, where each begins and ends, and the different ones."""
    found = tuple(WORD.finditer(text, start, end))
    words = tuple(folded(one[0]) for one in found)
    return words, tuple(one.span() for one in found), frozenset(words)


def index(case: Case) -> Index:
    """Return the names of the records of a case."""
    everything = tuple(facts(case))
    made = Index(everything)
    exact: dict[tuple[Name, str], list[StatedFact]] = {}
    loose: dict[tuple[Name, str], list[StatedFact]] = {}
    for fact in everything:
        for name, whole in names(fact):
            _add(exact if whole else loose, (name, fact.sort), fact)
    for (name, sort), known in _widened(exact, case.abbreviations):
        _add(exact, (name, sort), *known)
    for (name, sort), known in _widened(loose, case.abbreviations):
        _add(loose, (name, sort), *known)
    for key, known in (*exact.items(), *((k, v) for k, v in loose.items() if k not in exact)):
        made.by_name.setdefault(key[0], []).extend(fact for fact in known if fact not in made.by_name.get(key[0], ()))
    for name in sorted(made.by_name, key=len, reverse=True):
        made.by_word.setdefault(name[0], []).append(name)
    return made


def _add(into: dict[tuple[Name, str], list[StatedFact]], key: tuple[Name, str], *known: StatedFact) -> None:
    into.setdefault(key, []).extend(known)


def _widened(
    known: Mapping[tuple[Name, str], list[StatedFact]], abbreviations: Mapping[str, str]
) -> list[tuple[tuple[Name, str], list[StatedFact]]]:
    """Return other names of the same records: synonyms of quantities, and the case's own abbreviations."""
    short = [(folded_words(meaning), folded_words(name)) for name, meaning in abbreviations.items()]
    found: list[tuple[tuple[Name, str], list[StatedFact]]] = []
    for (name, sort), records in known.items():
        other = set(_abbreviated(name, short))
        if sort in MEASURED:
            _add_synonyms(name, other)
        found.extend(((one, sort), records) for one in other - {name})
    return found


def _add_synonyms(name: Name, other: set[Name]) -> None:
    """Add to the other names of a quantity its synonyms, what it is a part of, and the synonyms of that."""
    groups, whole = _synonyms()
    for group in groups:
        if name in group or not group.isdisjoint(other):
            other |= group
    other.update([whole[one] for one in (name, *other) if one in whole])
    for group in groups:
        if not group.isdisjoint(other.intersection(whole.values())):
            other |= group


@cache
def _synonyms() -> tuple[tuple[frozenset[Name], ...], dict[Name, Name]]:
    """Return the groups of names of one quantity, and of each part the name of the whole."""
    groups = tuple(frozenset(map(folded_words, group)) for group in data()["synonyms"])
    return groups, {folded_words(part): folded_words(name) for name, parts in data()["parts"].items() for part in parts}


def _abbreviated(name: Name, short: Iterable[tuple[Name, Name]]) -> Iterator[Name]:
    """Yield a name with a long form put for its abbreviation, or the other way round."""
    for meaning, brief in short:
        for one, other in ((meaning, brief), (brief, meaning)):
            for place in range(len(name) - len(one) + 1) if one and one[0] in name else ():
                if name[place : place + len(one)] == one:
                    yield (*name[:place], *other, *name[place + len(one) :])
