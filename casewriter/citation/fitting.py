"""The numbers of a work where a style looks for them: styles differ in which variable of CSL they print.

The processor prints a style as it is written, as the reference implementation does. Many styles know an article number
only as a page, and a series only without its number; a record that has them elsewhere would lose them silently.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.csl.item import Cite, Item
from casewriter.csl.processor import entry
from casewriter.csl.style import CompiledStyle
from casewriter.csl.text import plain

_ARTICLES = frozenset("article-journal article-magazine article-newspaper review review-book".split())
_TELLING = ("number", "collection-number", "collection-title")
"""What tells a report, a guideline or a book of a series from its like."""


def fitted(item: Item, style: CompiledStyle) -> Item:
    """Return an item with its numbers in variables that the style prints, where there are such."""
    if not (item.texts.get("number") or item.texts.get("collection-number")):
        return item
    shown = _shown(item, style)
    if item.texts.get("number") and "number" not in shown:
        item = _moved(item)
        shown = _shown(item, style)
    number = item.texts.get("collection-number")
    if number and "collection-number" not in shown and "collection-title" in shown:
        item = _with(item, "collection-title", f"{item.texts['collection-title']}; {number}")
    return item


def unprinted(item: Item, style: CompiledStyle) -> Iterator[tuple[str, str]]:
    """Yield variable and text of each number of a fitted item that its entry does not show; articles have pages."""
    if item.type in _ARTICLES or not any(item.texts.get(name) for name in _TELLING):
        return
    text = plain(entry(Cite(item, 1), style)).casefold()
    for name in _TELLING:
        said = plain(item.texts.get(name, ""))
        if any(character.isdigit() for character in said) and said.casefold() not in text:
            yield name, said


def _shown(item: Item, style: CompiledStyle) -> set[str]:
    cite = Cite(item, 1)
    entry(cite, style)
    return set(cite.printed)


def _moved(item: Item) -> Item:
    """Return an item with its number elsewhere: as the page of an article, or as that in its series."""
    texts = item.texts
    if item.type in _ARTICLES:
        return item if texts.get("page") else _with(item, "page", texts["number"])
    if texts.get("collection-title") and not texts.get("collection-number"):
        return _with(item, "collection-number", texts["number"])
    return item


def _with(item: Item, name: str, text: str) -> Item:
    return replace(item, texts={**item.texts, name: text})
