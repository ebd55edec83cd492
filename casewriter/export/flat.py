"""Tables and runs for formats with less in them than a page: one head, whole rows, text that is not divided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from casewriter.article.nodes import (
    Citation,
    CrossReference,
    Fact,
    Figure,
    Inline,
    Link,
    Panel,
    Row,
    Run,
    Styled,
    Table,
    Text,
)
from casewriter.article.paper import Article, Byline, ReferenceEntry
from casewriter.article.walk import joined, plain

_PART_STYLES: dict[str, Literal["emphasis", "strong", "superscript", "subscript"]] = {
    "italic": "emphasis",
    "bold": "strong",
    "superscript": "superscript",
    "subscript": "subscript",
}
_ONLY_SEEN = ("nobreak", "isolated", "smallcaps")
"""Styles that change how text looks or breaks, and not what it says."""


class Line(Struct, frozen=True):
    """A row with a run for each column; a `group` has one, which heads the rows below it."""

    cells: tuple[Run, ...]
    group: bool = False


class Sheet(Struct, frozen=True):
    """A table, or a part of one, all rows of which are below the same head; `numeric` says which columns are numbers.

    A cell that spans columns is repeated in each of them, and one that is printed once for several rows in each row:
    where cells cannot be joined, an empty one would say that there is no value.
    """

    head: tuple[Line, ...]
    rows: tuple[Line, ...]
    numeric: tuple[bool, ...]


def sheets(table: Table) -> Iterator[Sheet]:
    """Yield the parts of a table; a row that is a head of further columns begins a new one."""
    head, rows = list(table.head), list[Row]()
    for row in table.rows:
        if row.band and rows:
            yield _sheet(head, rows)
            head, rows = [], []
        (head if row.band else rows).append(row)
    yield _sheet(head, rows)


def _sheet(head: Sequence[Row], rows: Sequence[Row]) -> Sheet:
    whole = [row for row in (*head, *rows) if not row.group]
    columns = max((sum(cell.span for cell in row.cells) for row in whole), default=1)
    numbers = [[cell.numeric for cell in row.cells for _ in range(cell.span)] for row in rows if not row.group]
    numeric = tuple(any(len(row) > place and row[place] for row in numbers) for place in range(columns))
    return Sheet(tuple(_line(row, columns) for row in head), tuple(_line(row, columns) for row in rows), numeric)


def _line(row: Row, columns: int) -> Line:
    if row.group:
        return Line(tuple(cell.children for cell in row.cells[:1]), group=True)
    cells = [cell.children for cell in row.cells for _ in range(cell.span)]
    return Line((*cells, *((),) * (columns - len(cells))))


def said(run: Run) -> Run:
    """Return a run without what only a page shows: mentions are their text, and neighbouring texts are one."""
    merged: list[Inline] = []
    for node in _said(run):
        if isinstance(node, Text) and merged and isinstance(before := merged[-1], Text):
            merged[-1] = Text(before.text + node.text)
        elif node != Text(""):
            merged.append(node)
    return tuple(merged)


def _said(run: Run) -> Iterator[Inline]:
    for node in run:
        match node:
            case Styled(style=style, children=children) if style in _ONLY_SEEN:
                yield from _said(children)
            case CrossReference(label=label):
                yield Text(label)
            case _:
                yield node


def cited(node: Citation) -> Run:
    """Return what a citation prints, without its links."""
    nodes: list[Inline] = []
    for part in node.parts:
        style = _PART_STYLES.get(part.style)
        nodes.append(Styled(style, (Text(part.text),)) if style else Text(part.text))
    return said(tuple(nodes))


def running_title(article: Article) -> Run:
    """Return the running title; where it is the whole title, with what is raised in that."""
    return article.title if article.short_title == article.plain_title else (Text(article.short_title),)


def title_facts(article: Article) -> tuple[Fact, ...]:
    """Return what the title page states for the editor, behind the running title."""
    return tuple(fact for fact in article.facts if plain(fact.said) != article.short_title)


def byline_marks(authors: Sequence[Byline], raised: Callable[[str], Inline]) -> Run:
    """Return the authors with their degrees, in a line; `raised` says how the marks behind a name are printed."""
    return joined((_byline(author, raised) for author in authors), ", ")


def _byline(author: Byline, raised: Callable[[str], Inline]) -> Run:
    degrees = (Text("".join(f", {degree}" for degree in author.degrees)),)
    return (*author.children, *degrees, *((raised(",".join(author.marks)),) if author.marks else ()))


def legend(figure: Figure, letter: str = "{}") -> Run:
    """Return the label and the legend of a figure; `letter` says how the letters of its panels are printed."""
    nodes: list[Inline] = [Styled("strong", (Text(f"{figure.label}."),))] if figure.label else []
    for part in figure.legend:
        name = (Styled("strong", (Text(letter.format(part.letter)),)), Text(" ")) if part.letter else ()
        nodes += [Text(" "), *name, *part.children]
    return tuple(nodes)


def described(panel: Panel, colon: str) -> str:
    """Return the alternative text of a picture, or that the picture is missing; never the name of its file."""
    said = " ".join(filter(None, (panel.alt, f"({panel.missing})" if panel.missing else "")))
    return colon.join(filter(None, (panel.label, said))) if said else ""


def fact_line(facts: Sequence[Fact]) -> Run:
    """Return what a line of records says: a fact, and those that go on behind it."""
    first, *more = facts
    return (*first.said, *(node for fact in more for node in (Text(fact.joint), *fact.said)))


def entry_links(entry: ReferenceEntry) -> Run:
    """Return the addresses of a reference that its text does not hold, each behind a blank."""
    return tuple(node for _, address in entry.links for node in (Text(" "), Link(address, (Text(address),))))
