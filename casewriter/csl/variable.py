"""What the variables of CSL hold for a cite, those that are not simply read from the item among them."""

from __future__ import annotations

import re
from collections.abc import Callable

from casewriter.csl import number as numbers
from casewriter.csl.item import Cite
from casewriter.csl.scope import Scope
from casewriter.csl.text import plain


def value(variable: str, cite: Cite, scope: Scope, *, short: bool = False) -> str:
    """Return the text of a variable for a cite, as the item, the cite or the style has it."""
    texts = cite.item.texts
    if short and (found := texts.get(f"{variable}-short")):
        return found
    if (own := _OWN.get(variable)) is not None:
        return own(cite, scope)
    text = texts.get(variable, "")
    if variable in _NUMBERED:
        return _RANGE.sub(scope.range_delimiter, text).replace("\\-", "-")
    return text


def _number_of(cite: Cite, scope: Scope) -> str:
    if not scope.numbered or not cite.number:
        return ""
    return str(cite.number) if scope.sorting is None else f"{cite.number:08d}"


def _suffix_of(cite: Cite, _scope: Scope) -> str:
    cite.suffix_done = True
    return cite.year_suffix


def _first_page(cite: Cite, _scope: Scope) -> str:
    texts = cite.item.texts
    return (texts.get("page-first") or re.split(r"[-–,&]", texts.get("page", ""), maxsplit=1)[0]).strip()


def _short_container(cite: Cite, _scope: Scope) -> str:
    return cite.item.texts.get("container-title-short") or cite.item.texts.get("container-title", "")


_NUMBERED = frozenset("number-of-volumes volume issue number collection-number edition".split())
_RANGE = re.compile(r"(?<=^\d)-(?=\d+$)|(?<=^\d\d)-(?=\d+$)|(?<=^\d{3})-(?=\d+$)|(?<=^\d{4})-(?=\d+$)")


def _pages(text: str, scope: Scope) -> str:
    return numbers.pages(text, scope.page_format, scope.range_delimiter) if text else ""


def _locator(cite: Cite, scope: Scope) -> str:
    if not cite.locator or "–" in cite.locator:
        return cite.locator
    if cite.label in ("page", "chapter", "line", "figure", "table", "note", "section", "paragraph", "verse", "folio"):
        return _pages(cite.locator, scope)
    return re.sub(r"(?<=\d)-(?=\d)", scope.range_delimiter, cite.locator)


def _trigraph(cite: Cite, _scope: Scope) -> str:
    """Return a label such as ``Dead66`` from names and year (CSL 1.0.2, `citation-label`)."""
    if found := cite.item.texts.get("citation-label"):
        return found
    persons = cite.item.names.get("author", ())
    families = [plain(p.family or p.literal) for p in persons[:4]]
    letters = {1: 4, 2: 2, 3: 1}.get(len(families), 1)
    issued = cite.item.dates.get("issued")
    year = f"{issued.start[0] % 100:02d}" if issued and issued.start[0] else ""
    return "".join(family[:letters] for family in families) + year + cite.year_suffix


_OWN: dict[str, Callable[[Cite, Scope], str]] = {
    "citation-number": _number_of,
    "year-suffix": _suffix_of,
    "locator": _locator,
    "page": lambda cite, scope: _pages(cite.item.texts.get("page", ""), scope),
    "page-first": _first_page,
    "container-title-short": _short_container,
    "first-reference-note-number": lambda cite, _scope: str(cite.note or ""),
    "citation-label": _trigraph,
}
"""The variables that are not simply read from the item."""
