"""The references of one document in its style: their order and numbers, their entries, and what the text prints."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from casewriter.citation.cluster import Cited, PrintedPart
from casewriter.citation.fitting import fitted
from casewriter.citation.style import Style
from casewriter.csl.disambiguate import Distinction
from casewriter.csl.finish import Quotes, runs
from casewriter.csl.item import Cite, Item, read_item
from casewriter.csl.processor import ListedItems, entry, listed, with_positions
from casewriter.csl.style import CompiledStyle
from casewriter.model.reference import Reference

Runs = tuple[tuple[str, tuple[str, ...]], ...]
"""Text with its styles, the outermost first: italic, bold, superscript, subscript, smallcaps."""

_UNPRINTED = ("abstract", "keyword", "annote")
_PRINTED = ("italic", "bold", "superscript", "subscript", "smallcaps")
_UNDOES = {"roman": "italic", "light": "bold", "normalcaps": "smallcaps"}


class Printed(Struct, frozen=True):
    """A cluster as printed; `raised` where all of it is superscript."""

    parts: tuple[PrintedPart, ...]
    raised: bool = False


class Document(Struct, frozen=True, dict=True):
    """The references of a document: `order` holds their keys as listed, `numbers` their numbers."""

    style: Style
    compiled: CompiledStyle
    listed: ListedItems

    @property
    def order(self) -> tuple[str, ...]:
        """The keys in the order of the list."""
        return tuple(item.id for item in self.listed.order)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each key, from 1."""
        return self.listed.numbers

    def entries(self) -> dict[str, Runs]:
        """Return the entry of each key; an entry that has not changed is formatted once in a process."""
        if self.compiled.bibliography.get("subsequent-author-substitute") is not None:
            texts = self.listed.entries()
            return {key: _runs(text, self.compiled.quotes) for key, text in zip(self.order, texts, strict=True)}
        return {item.id: _entry(item, self.listed.distinctions[item.id], self.compiled) for item in self.listed.order}

    def print(self, clusters: Sequence[Sequence[Cited]]) -> list[Printed]:
        """Return the clusters of a text, given in reading order."""
        cites = [[self._cite(one) for one in dict.fromkeys(cluster)] for cluster in clusters]
        with_positions(cites)
        return [self._printed(cluster) for cluster in cites]

    def _cite(self, cited: Cited) -> Cite:
        suffix, locator = cited.suffix, cited.locator
        if locator and not self.style.prints_locators:  # the author's place is printed where the style has none
            suffix, locator = f", {self._place(cited)}{suffix and ' '}{suffix}", ""
        return self.listed.cite(
            cited.key,
            prefix=cited.prefix,
            locator=locator,
            label=cited.label or "page",
            suffix=suffix,
            suppress_lead=cited.bare,
        )

    def _place(self, cited: Cited) -> str:
        many = bool(re.search(r"\d\s*[-–,&]\s*\w", cited.locator))
        word = self.compiled.locale.term(cited.label or "page", "short", plural=many) or ""
        return f"{word}\u00a0{cited.locator.replace('-', '–')}".strip()

    def _printed(self, cites: Sequence[Cite]) -> Printed:
        found = _runs(self.listed.cluster(cites, as_written=True), self.compiled.quotes, keep_cites=True)
        raised = bool(found) and all("superscript" in styles for _, styles in found)
        parts = []
        for text, styles in found:
            cite = next((s for s in styles if s.startswith("cite:")), None)
            key = cites[int(cite[5:])].item.id if cite else None
            shown = [s for s in styles if s in _PRINTED and not (raised and s == "superscript")]
            parts.append(PrintedPart(text, key, shown[0] if shown else ""))
        return Printed(tuple(parts), raised)


def document(references: Mapping[str, Reference | str], style: Style, language: str) -> Document:
    """Return the document of references by key, in the order of citation.

    A text in the place of a reference is what a placeholder says of the work still to be found.
    """
    compiled = style.compiled(language)
    items = [
        read_item({"id": key, "type": "document", "title": reference})
        if isinstance(reference, str)
        else item_of(key, reference, compiled)
        for key, reference in references.items()
    ]
    return Document(style, compiled, listed(items, compiled))


def item_of(key: str, reference: Reference, style: CompiledStyle) -> Item:
    """Return a reference as the processor takes it, its numbers where the style prints them."""
    record = json.dumps(_record(reference), sort_keys=True, ensure_ascii=False)
    return fitted(_read(key, record, truncated=reference.authors_truncated), style)


@lru_cache(maxsize=20_000)
def _read(key: str, record: str, *, truncated: bool) -> Item:
    return read_item({**json.loads(record), "id": key}, truncated=truncated)


def _record(reference: Reference) -> dict[str, Any]:
    """Return the CSL-JSON that is printed: without private fields, initials such as ``SA`` with their stops."""
    record = {k: v.strip() if isinstance(v, str) else v for k, v in reference.csl().items() if k not in _UNPRINTED}
    for value in record.values():
        if isinstance(value, list | tuple):
            for name in value:
                if isinstance(name, dict) and re.fullmatch(r"[^\W\d_a-z]{2,3}", name.get("given", "")):
                    given = name["given"]
                    name["given"] = " ".join(f"{letter}." for letter in given) if given.isupper() else given
    return record


def _entry(item: Item, distinction: Distinction, style: CompiledStyle) -> Runs:
    given = tuple(sorted(distinction.given_levels.items(), key=lambda pair: pair[1]))
    return _formatted(
        item.id, _Same(item), distinction.names_shown, given, distinction.disambiguate, distinction.year_suffix, style
    )


class _Same:
    """An item compared by what it says, so that an unchanged one is found in the cache."""

    __slots__ = ("_said", "item")

    def __init__(self, item: Item) -> None:
        self.item = item
        self._said = (item.type, *item.texts.items(), *item.names.items(), *item.dates.items(), item.truncated)

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._said == other._said


@lru_cache(maxsize=20_000)
def _formatted(
    _key: str,
    same: _Same,
    names_shown: int,
    given: tuple[Any, ...],
    disambiguate: bool,
    year_suffix: str,
    style: CompiledStyle,
) -> Runs:
    cite = Cite(same.item, 1, names_shown=names_shown, given_levels=dict(given), disambiguate=disambiguate)
    cite.year_suffix, cite.implicit_suffix = year_suffix, not style.explicit_suffix
    return _runs(entry(cite, style), style.quotes)


def _runs(text: str, quotes: Quotes, *, keep_cites: bool = False) -> Runs:
    found: list[tuple[str, tuple[str, ...]]] = []
    for part, styles in runs(text, quotes):
        undone = {_UNDOES[style] for style in styles if style in _UNDOES}
        shown = tuple(
            s for s in dict.fromkeys(styles) if (s in _PRINTED and s not in undone) or (keep_cites and "cite:" in s)
        )
        if found and found[-1][1] == shown:
            found[-1] = (found[-1][0] + part, shown)
        else:
            found.append((part, shown))
    if not found:
        return ()
    found[0] = (found[0][0].lstrip(), found[0][1])
    found[-1] = (found[-1][0].rstrip(), found[-1][1])
    return tuple(found)
