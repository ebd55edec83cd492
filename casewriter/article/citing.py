"""The citations of an article: which works in which order, what is printed for each, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.nodes import Block, Citation, Link, Run, Styled, Text
from casewriter.article.tell import Telling
from casewriter.article.typography import NBSP
from casewriter.article.walk import inlines, runs
from casewriter.article.words import fill
from casewriter.citation import LibraryItem, PrintedPart, Style, find_style
from casewriter.citation.document import Document, Printed, document
from casewriter.problem import CannotRun, Problem
from casewriter.profile import Profile


def style_of(profile: Profile) -> Style:
    """Return the citation style of a profile. Raises CannotRun, with the profile's name, where there is none."""
    try:
        return find_style(profile.citation.csl, tuple(sorted(profile.citation.options.items())))
    except CannotRun as error:
        raise CannotRun(f"profile “{profile.id}”, citation: csl: {error}") from None


def citations(parts: Iterable[Run | Block]) -> list[Citation]:
    """Return the citations of a text in reading order."""
    return [
        node
        for part in parts
        for run in ((part,) if isinstance(part, tuple) else runs(part))
        for node in inlines(run)
        if isinstance(node, Citation)
    ]


def anchors(nodes: Iterable[Citation]) -> dict[int, str]:
    """Return the anchor of each citation, in the order in which they are printed, by the identity of its node."""
    return {id(node): f"cite-{number}" for number, node in enumerate(nodes, start=1)}


def cited_at(nodes: Iterable[Citation], places: Mapping[int, str]) -> dict[str, tuple[str, ...]]:
    """Return the anchors of the citations of each work, by its key, in the order of the nodes."""
    found: dict[str, list[str]] = {}
    for node in nodes:
        for one in node.cited:
            found.setdefault(one.key, []).append(places[id(node)])
    return {key: tuple(some) for key, some in found.items()}


def works(telling: Telling, nodes: Sequence[Citation]) -> list[str]:
    """Return the keys to be listed: as cited, each once, then those of `nocite`; what is left over is a problem."""
    items = telling.library.items
    order = list(dict.fromkeys(one.key for node in nodes for one in node.cited if one.key in items))
    extra = list(items) if "all" in telling.case.nocite else [key for key in telling.case.nocite if key in items]
    cited = set(order)
    order += [key for key in extra if key not in cited]
    listed = set(order)
    for key, item in items.items():
        if key not in listed:
            message = f"no text cites “{key}”; it is not printed"
            hint = "cite it, remove it, or name it under nocite"
            telling.problems.append(Problem(kinds.UNCITED, message, item.path, hint=hint))
            if item.placeholder:
                telling.problems.append(to_be_found(item))
    for number, key in enumerate(telling.case.nocite):
        if key != "all" and key not in items:
            telling.problems.append(
                Problem(kinds.UNDEFINED_KEY, f"no reference has the key “{key}”", ("nocite", number))
            )
    return order


def to_be_found(item: LibraryItem) -> Problem:
    """Return the problem that a placeholder is."""
    message = f"the reference “{item.key}” is still to be found"
    hint = "replace the placeholder by the reference"
    return Problem(kinds.PLACEHOLDER, message, (*item.path, "placeholder"), hint=hint)


def listed(telling: Telling, style: Style, keys: Sequence[str]) -> Document:
    """Return the document of the works in a style; a placeholder stands for what is still to be found."""
    items = telling.library.items
    known = {
        key: fill(telling.words, "to_be_supplied", items[key].reference.placeholder or "")
        if items[key].placeholder
        else items[key].reference
        for key in keys
    }
    return document(known, style, telling.language)


def printed(nodes: Sequence[Citation], works: Document) -> dict[int, Printed]:
    """Return what is printed for each citation, by the identity of its node; a key without a reference is marked."""
    clusters = [[one for one in node.cited if one.key in works.numbers] for node in nodes]
    done = works.print(clusters)
    return {id(node): _with_unknown(node, text, works) for node, text in zip(nodes, done, strict=True)}


def _with_unknown(node: Citation, text: Printed, works: Document) -> Printed:
    marks = NBSP.join(f"[{one.key}?]" for one in node.cited if one.key not in works.numbers)
    if not marks:
        return text
    return replace(text, parts=(*text.parts, PrintedPart(f"{NBSP}{marks}" if text.parts else marks)))


_MOVES = re.compile(r"[.,][”’»]?")


def beside_stops(run: Run) -> Run:
    """Return a run with its citations where they belong.

    Raised numbers follow a full stop or comma without a space (AMA Manual of Style, 11th ed., 3.6); all others hold
    to the word before them.
    """
    nodes = [replace(n, children=beside_stops(n.children)) if isinstance(n, Styled | Link) else n for n in run]
    for place, node in enumerate(nodes):  # grows by what is divided, behind `place`
        if not isinstance(node, Citation) or not node.parts:
            continue
        before = nodes[place - 1] if place else None
        if isinstance(before, Text) and before.text.endswith((" ", NBSP)):
            bare = before.text.rstrip(f" {NBSP}")
            nodes[place - 1] = replace(before, text=bare if node.superscript else f"{bare}{NBSP}")
        after = nodes[place + 1] if place + 1 < len(nodes) else None
        if node.superscript and place and isinstance(after, Text) and (found := _MOVES.match(after.text)):
            nodes[place], nodes[place + 1] = replace(after, text=found[0]), node  # what follows it now precedes it
            nodes.insert(place + 2, replace(after, text=after.text[found.end() :]))
    return tuple(node for node in nodes if not (isinstance(node, Text) and not node.text))
