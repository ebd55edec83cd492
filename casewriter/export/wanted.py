"""What a file of an article must hold: each text, with the name of the part that it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Block, Facts, Figure, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import plain, runs


def expected(article: Article, *, cells: bool = True) -> Iterator[tuple[str, str]]:
    """Yield (what it is, text to find) of everything that a file of the article must hold; `cells` of tables or not."""
    yield "the title", article.plain_title
    yield from article.front_matter()
    for part in article.abstract:
        yield "the abstract", part.heading
        for block in part.blocks:
            yield from _block("the abstract", block, cells=cells)
    for keyword in article.keywords:
        yield "the keywords", plain(keyword)
    for section in article.sections:
        yield from _block("", section, cells=cells)
    for entry in article.references:
        yield f"reference {entry.number}", plain(entry.children)
    if article.exhibits is not None:
        yield from _block("", article.exhibits, cells=cells)


def descriptions(article: Article, *, framed: bool = True) -> Iterator[tuple[str, str]]:
    """Yield the description of each picture, or only of those that are not an empty frame."""
    for figure in article.figures():
        panels = (panel for panel in figure.panels if framed or panel.picture is not None)
        yield from ((f"the description of {panel.label}", panel.alt) for panel in panels)


def _block(where: str, block: Block, *, cells: bool) -> Iterator[tuple[str, str]]:
    """Yield the texts of a block, each with the name of what it stands in."""
    match block:
        case Section(heading=heading, blocks=inner):
            name = f"the section “{plain(heading)}”"
            yield name, plain(heading)
            for one in inner:
                yield from _block(name, one, cells=cells)
        case Table():
            yield from _table(block, where, cells=cells)
        case Facts():
            for label, facts in block.groups():
                yield where, plain(label)
                yield from ((where, plain(fact.said)) for line in facts for fact in line)
        case Figure():
            caption, *others = block.legend
            yield block.label, f"{block.label}. {plain(caption.children)}"
            yield from ((block.label, plain(part.children)) for part in others)
        case _:
            yield from ((where, plain(run)) for run in runs(block))


def printed_cells(table: Table) -> Iterator[str]:
    """Yield the text of each cell that is printed: one that says the same as those below it once for all of them."""
    for row in table.head:
        yield from (plain(cell.children) for cell in row.cells)
    for place, row in enumerate(table.rows):
        first = 0 if row.group or row.band or table.reach(place) else 1
        yield from (plain(cell.children) for cell in row.cells[first:])


def _table(table: Table, where: str, *, cells: bool) -> Iterator[tuple[str, str]]:
    name = table.label or f"a table in {where}"
    if table.label:
        yield name, f"{table.label}. {plain(table.caption)}"
    yield from ((name, cell) for cell in printed_cells(table) if cells)
    yield from ((name, plain(note)) for _, note in table.notes)
