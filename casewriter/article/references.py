"""The reference list: order, numbers, formatted entries with their links."""

from __future__ import annotations

import re

from casewriter.article import kinds
from casewriter.article.nodes import Inline, Link, ReferenceEntry, Run, Styled, Text
from casewriter.article.tell import Telling
from casewriter.article.words import fill
from casewriter.citation import Item, Style, format_item
from casewriter.citation.markup import ANY_MARK, CLOSING, OPENING
from casewriter.problem import Problem

_STYLE = {
    "italic": "emphasis",
    "bold": "strong",
    "superscript": "superscript",
    "subscript": "subscript",
    "smallcaps": "smallcaps",
}
_MARKS = "\uf8a0-\uf8af"
_ADDRESS = re.compile(
    rf"https?://[^\s<>{_MARKS}]*[^\s<>.,;:){_MARKS}]"
    rf"|(?<![\w/])10\.\d{{4,9}}/[^\s<>{_MARKS}]*[^\s<>.,;:{_MARKS}]"
    r"|(?<=PMID: )\d+"
)


def reference_order(telling: Telling, style: Style, cited: list[str]) -> list[str]:
    """Return the keys of the list in its order: as cited, then `nocite`; sorted where the style sorts its list."""
    items = telling.library.items
    order = [key for key in cited if key in items]
    extra = list(items) if "all" in telling.case.nocite else [key for key in telling.case.nocite if key in items]
    order += [key for key in extra if key not in order]
    for key, item in items.items():
        if key not in order:
            path = item.path if item.file is None else (*item.path,)
            message = f"no text cites “{key}”; it is not printed"
            hint = "cite it, remove it, or name it under nocite"
            telling.problems.append(Problem(kinds.UNCITED, message, path, hint=hint))
    for number, key in enumerate(telling.case.nocite):
        if key != "all" and key not in items:
            telling.problems.append(
                Problem(kinds.UNDEFINED_KEY, f"no reference has the key “{key}”", ("nocite", number))
            )
    if not style.sorted_list:
        return order
    from casewriter.citation.engine import sort_order

    real = [key for key in order if not items[key].placeholder]
    places = sort_order([items[key].reference for key in real], style, telling.language)
    return [real[place] for place in places] + [key for key in order if items[key].placeholder]


def reference_list(
    telling: Telling, style: Style, order: list[str], *, formatted: bool = True
) -> tuple[ReferenceEntry, ...]:
    """Return the entries of the list; a placeholder prints as one to be supplied, and is a problem."""
    entries = []
    for number, key in enumerate(order, start=1):
        item = telling.library.items[key]
        before, after = style.label
        if item.placeholder:
            message = f"the reference “{key}” is still to be found"
            hint = "replace the placeholder by the reference"
            telling.problems.append(Problem(kinds.PLACEHOLDER, message, (*item.path, "placeholder"), hint=hint))
            run: Run = (Text(fill(telling.words, "to_be_supplied", item.reference.placeholder or "")),)
        else:
            run = linked(format_item(item, style, telling.language)) if formatted else ()
        entries.append(
            ReferenceEntry(
                key, number, f"{before}{number}{after}", run, links(item, run), item.placeholder, f"ref-{key}"
            )
        )
    return tuple(entries)


def links(item: Item, run: Run) -> tuple[tuple[str, str], ...]:
    """Return (name, address) of DOI and PubMed, those that the entry's own text does not already link."""
    from casewriter.article.walk import plain

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
        if number.isdigit():
            found.append(("PMC", f"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{number}/"))
    return tuple(found)


def linked(marked: str) -> Run:
    """Return formatted text with its marks as styled nodes and its addresses as links."""
    nodes: list[Inline] = []
    place = 0
    while place < len(marked):  # a closing mark without its opening one ends a run early: go on behind it
        run, place = _run(marked, place)
        nodes.extend(run)
    return tuple(nodes)


def _run(marked: str, place: int) -> tuple[Run, int]:
    nodes: list[Inline] = []
    start = place
    while place < len(marked):
        char = marked[place]
        if ANY_MARK.match(char):
            nodes.extend(_with_links(marked[start:place]))
            if char in CLOSING:
                return tuple(nodes), place + 1
            inner, place = _run(marked, place + 1)
            style = _STYLE[OPENING[char]]
            nodes.append(Styled(style, inner))  # type: ignore[arg-type]
            start = place
        else:
            place += 1
    nodes.extend(_with_links(marked[start:place]))
    return tuple(nodes), place


def _with_links(text: str) -> Run:
    nodes: list[Inline] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        if found.start() > end:
            nodes.append(Text(text[end : found.start()]))
        nodes.append(Link(_address(found[0]), (Text(found[0]),)))
        end = found.end()
    if end < len(text):
        nodes.append(Text(text[end:]))
    return tuple(nodes)


def _address(text: str) -> str:
    if text.startswith("http"):
        return text
    return f"https://pubmed.ncbi.nlm.nih.gov/{text}/" if text.isdigit() else f"https://doi.org/{text}"
