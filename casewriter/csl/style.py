"""A CSL style compiled for a language: how it cites, lists and sorts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from casewriter.csl.element import compile_children
from casewriter.csl.finish import Quotes
from casewriter.csl.item import DATES, NAMES, Cite
from casewriter.csl.locale import CSL, Locale, locale_for
from casewriter.csl.namelist import inheritable, list_text, names_form
from casewriter.csl.scope import Render, Scope
from casewriter.csl.text import plain

SortKey = tuple[Callable[[Cite], str], bool]
"""What an item sorts by, and whether downwards."""


class CompiledStyle(Struct, frozen=True, eq=False, dict=True):
    """One style in one language; the functions in it are pure but for what they note in the cite."""

    root: Any
    locale: Locale
    numbered: bool = True
    """Whether the entries of the list print their own numbers."""

    @cached_property
    def quotes(self) -> Quotes:
        """The quotation marks of the language."""
        return self.locale.quotes()

    @cached_property
    def citation(self) -> Any:
        """The cs:citation element."""
        return self.root.find(f"{CSL}citation")

    @cached_property
    def bibliography(self) -> Any:
        """The cs:bibliography element, or None."""
        return self.root.find(f"{CSL}bibliography")

    @cached_property
    def cite_text(self) -> Render:
        """What renders one cite, without the affixes of its cluster."""
        return compile_children(self._bare(self.citation.find(f"{CSL}layout")), self.scope("citation"))

    @cached_property
    def entry_text(self) -> Render:
        """What renders one entry of the list, without the affixes of the layout."""
        return compile_children(self._bare(self.bibliography.find(f"{CSL}layout")), self.scope("bibliography"))

    @cached_property
    def citation_sort(self) -> tuple[SortKey, ...]:
        """By what the cites of a cluster are sorted."""
        return self._sort_keys("citation")

    @cached_property
    def bibliography_sort(self) -> tuple[SortKey, ...]:
        """By what the list is sorted; empty: the order of citation."""
        return self._sort_keys("bibliography") if self.bibliography is not None else ()

    @cached_property
    def explicit_suffix(self) -> bool:
        """Whether the style itself prints `year-suffix` somewhere."""
        return any(e.get("variable") == "year-suffix" for e in self.root.iter(f"{CSL}text"))

    def scope(self, area: str, sorting: dict[str, str] | None = None) -> Scope:
        """Return the scope of an area, ``citation`` or ``bibliography``."""
        holder = self.citation if area == "citation" else self.bibliography
        language = self.locale.lang
        return Scope(
            locale=self.locale,
            macros={macro.get("name"): macro for macro in self.root.iterfind(f"{CSL}macro")},
            name_options=inheritable(self.root, holder),
            sorting=sorting,
            demote=self.root.get("demote-non-dropping-particle", "display-and-sort"),
            hyphen=self.root.get("initialize-with-hyphen", "true") == "true",
            page_format=self.root.get("page-range-format"),
            english=language.startswith("en"),
            numbered=self.numbered or area == "citation" or sorting is not None,
        )

    @staticmethod
    def _bare(layout: Any) -> Any:
        """Return a layout whose delimiter is not printed between its own children."""
        return _Children(layout)

    def _sort_keys(self, area: str) -> tuple[SortKey, ...]:
        holder = self.citation if area == "citation" else self.bibliography
        keys = []
        for key in holder.iterfind(f"{CSL}sort/{CSL}key"):
            sorting = {"name-as-sort-order": "all"}
            for name, option in _SORT_OPTIONS.items():
                if key.get(name) is not None:
                    sorting[option] = key.get(name)
            scope = self.scope(area, sorting)
            if key.get("macro"):
                macro = scope.macros.get(key.get("macro"))
                render = compile_children(macro, scope) if macro is not None else _nothing
                keys.append((_folded(render), key.get("sort") == "descending"))
            else:
                keys.append((_sort_variable(key.get("variable", ""), scope), key.get("sort") == "descending"))
        return tuple(keys)


_SORT_OPTIONS = {
    "names-min": "et-al-min",
    "names-use-first": "et-al-use-first",
    "names-use-last": "et-al-use-last",
}


class _Children:
    """The children of a layout, as an element without a delimiter."""

    def __init__(self, layout: Any) -> None:
        self._children = list(layout)

    def __iter__(self) -> Any:
        return iter(self._children)

    @staticmethod
    def get(_name: str, default: str = "") -> str:
        return default


def compile_style(root: Any, lang: str, *, numbered: bool = True) -> CompiledStyle:
    """Return a style (its root element) compiled for a language; a style's own language goes before."""
    return CompiledStyle(root, locale_for(root.get("default-locale") or lang, root), numbered)


def _nothing(_cite: Cite) -> str:
    return ""


def _folded(render: Render) -> Callable[[Cite], str]:
    def key(cite: Cite) -> str:
        cite.fresh()
        return collation(plain(render(cite)))

    return key


def _sort_variable(variable: str, scope: Scope) -> Callable[[Cite], str]:
    if variable == "citation-number":
        return lambda cite: f"{cite.number:08d}"
    if variable in NAMES:
        options = {**(scope.sorting or {}), "form": "long"}
        form = names_form(None, None, replace(scope, sorting=options))
        return lambda cite: collation(plain(list_text(cite.item.names.get(variable, ()), form, cite)))
    if variable in DATES:
        from casewriter.csl.date import sort_key

        def by_date(cite: Cite) -> str:
            date = cite.item.dates.get(variable)
            return sort_key(date, {"month", "day"}) if date else ""

        return by_date
    return lambda cite: collation(plain(cite.item.texts.get(variable, "")))


_PLAIN = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ı": "i", "þ": "zþ", "ħ": "h"})


def collation(text: str) -> str:
    """Return a text by which words sort as in a dictionary: accents, case and punctuation are secondary."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    bare = bare.translate(_PLAIN)
    bare = re.sub(r"[\"'’‘“”«»()\[\]{}.]", "", bare).replace(",", " ")
    bare = re.sub(r"(?<!\d)\d{1,7}(?!\d)", lambda n: n[0].zfill(8), bare)
    return " ".join(bare.split())


def sorted_cites(cites: list[Cite], keys: tuple[SortKey, ...]) -> list[Cite]:
    """Return cites sorted by keys; those without a value come last, upwards and downwards alike."""
    bare = {id(cite): replace(cite, names_shown=0, suppress_lead=False, year_suffix="") for cite in cites}
    for key, downwards in reversed(keys):
        values = {id(cite): key(bare[id(cite)]) for cite in cites}
        cites = sorted(cites, key=lambda cite: values[id(cite)], reverse=downwards)
        cites = [c for c in cites if values[id(c)]] + [c for c in cites if not values[id(c)]]
    return cites
