"""A set of items cited in order -> the list in the style's order, its entries, and the clusters of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from casewriter.csl.cluster import cluster_text
from casewriter.csl.disambiguate import Disambiguation, Distinction, apply
from casewriter.csl.item import Cite, Item
from casewriter.csl.locale import CSL
from casewriter.csl.style import CompiledStyle, sorted_cites
from casewriter.csl.text import font, join, styled


class ListedItems(Struct, frozen=True, dict=True):
    """The items of a document in the order of its list, their numbers, and what tells them apart."""

    style: CompiledStyle
    order: tuple[Item, ...]
    numbers: Mapping[str, int]
    distinctions: Mapping[str, Distinction]

    def cite(self, key: str, **added: Any) -> Cite:
        """Return a cite of an item; `added` are fields of `Cite` such as locator and prefix."""
        item = self.order[self.numbers[key] - 1]
        cite = Cite(item, self.numbers[key], **added)
        apply(cite, self.distinctions[key], self.style)
        return cite

    def cluster(self, cites: Sequence[Cite], *, as_written: bool = False) -> str:
        """Return the text of a cluster; `as_written` as `cluster_text` has it."""
        return cluster_text(cites, self.style, as_written=as_written)

    def entries(self) -> list[str]:
        """Return the texts of the list's entries."""
        dash = self.style.bibliography.get("subsequent-author-substitute")
        rule = self.style.bibliography.get("subsequent-author-substitute-rule", "complete-all")
        texts, before = [], None
        for item in self.order:
            cite = self.cite(item.id)
            if dash is not None and before is not None:
                cite.substitute = (dash, rule, *before)
            texts.append(entry(cite, self.style))
            before = cite.lead or ((), "")
        return texts


def with_positions(clusters: Sequence[Sequence[Cite]]) -> None:
    """Note in the cites of a text, in reading order, which say a work again (CSL 1.0.2, "Position")."""
    seen: set[str] = set()
    before: Sequence[Cite] = ()
    for cluster in clusters:
        for place, cite in enumerate(cluster):
            last = cluster[place - 1] if place else (before[0] if len(before) == 1 else None)
            if cite.item.id not in seen:
                cite.position = "first"
            elif last is None or last.item.id != cite.item.id or (last.locator and not cite.locator):
                cite.position = "subsequent"
            else:
                cite.position = "ibid" if cite.locator == last.locator else "ibid-with-locator"
            seen.add(cite.item.id)
        before = cluster


def listed(items: Sequence[Item], style: CompiledStyle) -> ListedItems:
    """Return items, given in the order of citation, as a style lists them."""
    disambiguation = Disambiguation(items, style)
    distinctions = disambiguation.names()
    cites = [Cite(item, number) for number, item in enumerate(items, start=1)]
    for cite in cites:
        apply(cite, distinctions[cite.item.id], style)
    ordered = sorted_cites(cites, style.bibliography_sort) if style.bibliography_sort else cites
    numbers = {cite.item.id: number for number, cite in enumerate(ordered, start=1)}
    order = tuple(cite.item for cite in ordered)
    return ListedItems(style, order, numbers, disambiguation.suffixes([item.id for item in order]))


def entry(cite: Cite, style: CompiledStyle) -> str:
    """Return one entry of the list."""
    layout = style.bibliography.find(f"{CSL}layout")
    cite.fresh()
    cite.position = ""  # no test of the position holds in the list
    text = style.entry_text(cite)
    if not text:
        return ""
    text = join(join(layout.get("prefix", ""), text), layout.get("suffix", ""))
    return styled(text, font(dict(layout.attrib)))
