"""Disambiguation of cites: more names, given names, the style's own condition, a letter after the year.

The methods and their order are those of CSL 1.0.2, "Disambiguation".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.csl.item import Cite, Item
from casewriter.csl.locale import CSL
from casewriter.csl.namelist import inheritable, names_form
from casewriter.csl.person import NameForm, Person, initials
from casewriter.csl.style import CompiledStyle
from casewriter.csl.text import plain


class Distinction(Struct, frozen=True):
    """What distinguishes an item from others that would print alike."""

    names_shown: int = 0
    given_levels: Mapping[Person, int] = field(default_factory=dict)
    disambiguate: bool = False
    year_suffix: str = ""


class Disambiguation:
    """The disambiguation of a document's items."""

    def __init__(self, items: Sequence[Item], style: CompiledStyle) -> None:
        """`items` are in the order of citation."""
        self.style = style
        self.items = {item.id: item for item in items}
        self.distinctions = {item.id: Distinction() for item in items}
        citation = style.citation
        self.add_names = citation.get("disambiguate-add-names") == "true"
        self.add_given = citation.get("disambiguate-add-givenname") == "true"
        self.rule = citation.get("givenname-disambiguation-rule", "by-cite")
        self.conditional = any(
            e.get("disambiguate") for name in ("if", "else-if") for e in style.root.iter(f"{CSL}{name}")
        )

    def names(self) -> dict[str, Distinction]:
        """Return what tells each item apart short of a letter after the year."""
        if not (self.add_names or self.add_given or self.conditional):
            return self.distinctions
        if self.add_given and self.rule != "by-cite":
            self._expand_all_names()
        groups = self._ambiguous(self.items)
        for group in groups:
            self._resolve(group)
        if self.conditional:
            for group in self._ambiguous(self.items):
                self._try_condition(group)
        return self.distinctions

    def suffixes(self, order: Sequence[str]) -> dict[str, Distinction]:
        """Return it with the letters, given in the order of the list."""
        if self.style.citation.get("disambiguate-add-year-suffix") == "true":
            for group in self._ambiguous(order):
                for place, key in enumerate(group):
                    self.distinctions[key] = replace(self.distinctions[key], year_suffix=letters(place))
        return self.distinctions

    def _text(self, key: str, distinction: Distinction) -> str:
        cite = Cite(self.items[key], number=0)
        apply(cite, distinction, self.style)
        return plain(self.style.cite_text(cite))

    def _ambiguous(self, keys: Iterable[str]) -> list[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            groups[self._text(key, self.distinctions[key])].append(key)
        return [group for text, group in groups.items() if len(group) > 1 and text]

    def _expand_all_names(self) -> None:
        """Give names that look alike as much of their given names as tells them apart, wherever they are."""
        primary = self.rule.startswith("primary-name")
        most = 1 if self.rule.endswith("with-initials") else 2
        alike: dict[str, set[Person]] = defaultdict(set)
        form = self._short_form()
        for item in self.items.values():
            for person in self._persons(item)[: 1 if primary else None]:
                alike[self._family(person)].add(person)
        levels: dict[Person, int] = {}
        for persons in alike.values():
            if len(persons) > 1:
                levels.update(_levels(persons, form, most))
        for key, item in self.items.items():
            own = {p: levels[p] for p in self._persons(item)[: 1 if primary else None] if p in levels}
            self.distinctions[key] = replace(self.distinctions[key], given_levels=own)

    def _family(self, person: Person) -> str:
        """Return what makes names alike: particles count where the style never parts them from the name."""
        if self.style.root.get("demote-non-dropping-particle") == "never":
            return f"{person.non_dropping} {person.family}{person.literal}"
        return person.family + person.literal

    def _short_form(self) -> NameForm:
        names = next(self._names_elements(), None)
        name = names.find(f"{CSL}name") if names is not None else None
        return names_form(name, None, self.style.scope("citation")).name

    def _names_elements(self) -> Iterator[Any]:
        layout = self.style.citation.find(f"{CSL}layout")
        macros = {macro.get("name"): macro for macro in self.style.root.iterfind(f"{CSL}macro")}

        def walk(element: Any, depth: int = 0) -> Iterator[Any]:
            for child in element:
                if child.tag == f"{CSL}names":
                    yield child
                macro = macros.get(child.get("macro") or "")
                if macro is not None and depth < 8:
                    yield from walk(macro, depth + 1)
                yield from walk(child, depth)

        return walk(layout)

    def _persons(self, item: Item) -> list[Person]:
        """Return the persons that a cite of an item begins with, those that et al hides as well."""
        cite = Cite(item)
        self.style.cite_text(cite)
        return list(cite.lead[0]) if cite.lead else []

    def _resolve(self, group: list[str]) -> None:
        """Add names, and then given names, to the items of a group as far as that tells some of them apart."""
        rest = [self._with_names(group)] if self.add_names else [group]
        if not self.add_given or self.rule != "by-cite":
            return
        for part in self._ambiguous(key for keys in rest for key in keys):
            self._with_given(part)
            if self.add_names:
                for still in self._ambiguous(part):
                    self._with_names_and_given(still)

    def _with_names_and_given(self, group: list[str]) -> None:
        """Show the names that are alike as well, where the given names of a later one tell the items apart."""
        most = max(len(self._persons(self.items[key])) for key in group)
        before = {key: self.distinctions[key] for key in group}
        for shown in range(self._first_shown() + 1, most + 1):
            for key in group:
                self.distinctions[key] = replace(before[key], names_shown=max(shown, before[key].names_shown))
            self._with_given(group)
            if len({self._text(key, self.distinctions[key]) for key in group}) > 1:
                return
        self.distinctions.update(before)

    def _with_names(self, group: list[str]) -> list[str]:
        """Show as many names as tell an item from the others; return those that stay alike."""
        most = max(len(self._persons(self.items[key])) for key in group)
        settled: dict[str, int] = {}
        current = [group]
        for shown in range(self._first_shown() + 1, most + 1):
            following = []
            for part in current:
                by_text: dict[str, list[str]] = defaultdict(list)
                for key in part:
                    by_text[self._text(key, replace(self.distinctions[key], names_shown=shown))].append(key)
                if len(by_text) > 1:
                    settled.update(dict.fromkeys(part, shown))
                following += [keys for keys in by_text.values() if len(keys) > 1]
            current = following
        for key, shown in settled.items():
            self.distinctions[key] = replace(self.distinctions[key], names_shown=shown)
        return [key for part in current for key in part]

    def _first_shown(self) -> int:
        """Return how many names a cite shows before et al."""
        return int(inheritable(self.style.root, self.style.citation).get("et-al-use-first", "1"))

    def _with_given(self, group: list[str]) -> None:
        """Expand given names one after the other, as long as that divides the group."""
        shown = max((len(self._persons(self.items[key])) for key in group), default=0)
        current = [group]
        for place in range(shown):
            for level in (1, 2):
                following = []
                for part in current:
                    by_text: dict[str, list[str]] = defaultdict(list)
                    tried = {}
                    for key in part:
                        persons = self._persons(self.items[key])
                        levels = dict(self.distinctions[key].given_levels)
                        if place < len(persons):
                            levels[persons[place]] = level
                        tried[key] = replace(self.distinctions[key], given_levels=levels)
                        by_text[self._text(key, tried[key])].append(key)
                    if len(by_text) > 1:
                        self.distinctions.update(tried)
                    following += [keys for keys in by_text.values() if len(keys) > 1]
                current = following

    def _try_condition(self, group: list[str]) -> None:
        tried = {key: replace(self.distinctions[key], disambiguate=True) for key in group}
        texts = [self._text(key, told) for key, told in tried.items()]
        if texts != [self._text(key, self.distinctions[key]) for key in group]:
            self.distinctions.update(tried)


def _levels(persons: set[Person], form: NameForm, most: int) -> dict[Person, int]:
    """Return how much of the given names each person needs: the least that tells most of the others apart."""
    levels = {}
    given: list[Callable[[Person], str]] = [
        lambda _: "",
        lambda p: initials(p.given, form.initialize_with or " "),
        lambda p: p.given,
    ]
    for person in persons:
        alike = [sum(given[level](p) == given[level](person) for p in persons) for level in range(most + 1)]
        best = min(alike)
        if best < alike[0]:
            levels[person] = alike.index(best)
    return levels


def apply(cite: Cite, distinction: Distinction, style: CompiledStyle) -> None:
    """Give a cite what tells its item apart."""
    cite.names_shown, cite.given_levels = distinction.names_shown, distinction.given_levels
    cite.disambiguate, cite.year_suffix = distinction.disambiguate, distinction.year_suffix
    cite.implicit_suffix = not style.explicit_suffix


def letters(number: int) -> str:
    """Return ``a`` for 0, ``z`` for 25, ``aa`` for 26."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
