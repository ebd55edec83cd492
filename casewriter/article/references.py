"""The reference list: numbers, formatted entries with their links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from casewriter.article.citing import to_be_found
from casewriter.article.nodes import Inline, Link, Run, Styled, Text
from casewriter.article.paper import ReferenceEntry
from casewriter.article.tell import Telling
from casewriter.article.typography import isolated
from casewriter.article.walk import plain
from casewriter.article.words import fill
from casewriter.citation import LibraryItem, Style
from casewriter.citation.document import Document, Runs

_STYLE: dict[str, Literal["emphasis", "strong", "superscript", "subscript", "smallcaps"]] = {
    "italic": "emphasis",
    "bold": "strong",
    "superscript": "superscript",
    "subscript": "subscript",
    "smallcaps": "smallcaps",
}
_PMC = "https://www.ncbi.nlm.nih.gov/pmc/articles/"
_ADDRESS = re.compile(
    r"https?://[^\s<>]*[^\s<>.,;:)]"
    r"|(?<![\w/])10\.\d{4,9}/[^\s<>]*[^\s<>.,;:]"
    r"|(?<=PMID: )\d+|(?<![\w/])PMC\d+\b"
)


def reference_list(
    telling: Telling,
    style: Style,
    keys: Sequence[str],
    works: Document | None,
    cited_at: Mapping[str, tuple[str, ...]],
) -> tuple[ReferenceEntry, ...]:
    """Return the entries of the list; a placeholder prints as one to be supplied, and is a problem.

    Without the document of the works the entries have their numbers and no text.
    """
    order = works.order if works else keys
    texts = works.entries() if works else {}
    entries = []
    for number, key in enumerate(order, start=1):
        item = telling.library.items[key]
        before, after = style.label
        if item.placeholder:
            telling.problems.append(to_be_found(item))
            run: Run = (Text(fill(telling.words, "to_be_supplied", item.reference.placeholder or "")),)
        else:
            run = linked(texts.get(key, ()))
        label = f"{before}{number}{after}" if style.numeric else ""
        entries.append(
            ReferenceEntry(
                key,
                number,
                label,
                run,
                links(item, run),
                item.placeholder,
                anchor=f"ref-{key}",
                cited_at=cited_at.get(key, ()),
                item=item.reference,
                origin=item.path,
            )
        )
    return tuple(entries)


def links(item: LibraryItem, run: Run) -> tuple[tuple[str, str], ...]:
    """Return (name, address) of DOI and PubMed, those that the entry's own text does not already link."""
    reference, text = item.reference, plain(run)
    found = []
    if reference.doi:
        doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", reference.doi.strip(), flags=re.IGNORECASE)
        if doi.lower() not in text.lower():
            found.append(("DOI", f"https://doi.org/{doi}"))
    if reference.pmid and reference.pmid.strip().isdigit() and f"PMID: {reference.pmid.strip()}" not in text:
        found.append(("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid.strip()}/"))
    if reference.pmcid:
        number = reference.pmcid.strip().upper().removeprefix("PMC")
        if number.isdigit() and f"PMC{number}" not in text:
            found.append(("PMC", f"{_PMC}PMC{number}/"))
    return tuple(found)


def linked(text: Runs) -> Run:
    """Return formatted text as styled nodes with its addresses as links."""
    nodes: list[Inline] = []
    for part, styles in text:
        run = _with_links(part)
        for style in reversed(styles):
            run = (Styled(_STYLE[style], run),)
        nodes.extend(run)
    return tuple(nodes)


def _with_links(text: str) -> Run:
    nodes: list[Inline] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        nodes.extend(_unbroken(text[end : found.start()]))
        nodes.append(Link(_address(found[0]), (Text(found[0]),)))
        end = found.end()
    return (*nodes, *_unbroken(text[end:]))


_RANGE = re.compile(r"(\b[A-Za-z]{0,2}\d\w{0,7}[–-][A-Za-z]{0,2}\d\w{0,7}\b)")


def _unbroken(text: str) -> Run:
    """Return text in which no range of pages or years is divided at the end of a line."""
    nodes: list[Inline] = []
    for number, part in enumerate(_RANGE.split(text)):
        if part:
            nodes.extend((Styled("nobreak", (Text(part),)),) if number % 2 else isolated(part, by_parts=True))
    return tuple(nodes)


def _address(text: str) -> str:
    if text.startswith("http"):
        return text
    if text.startswith("PMC"):
        return f"{_PMC}{text}/"
    return f"https://pubmed.ncbi.nlm.nih.gov/{text}/" if text.isdigit() else f"https://doi.org/{text}"
