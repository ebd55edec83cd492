"""Walking the tree: every block, every inline node in reading order, rebuilding, and plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from casewriter.article.nodes import (
    Block,
    Break,
    Citation,
    CrossReference,
    Facts,
    Figure,
    Inline,
    Link,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Row,
    Run,
    Section,
    Styled,
    Table,
    Text,
)
from casewriter.article.words import sentence_case
from casewriter.problem import Path

Mapper = Callable[[Inline], Inline]


def blocks_within(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, outer before inner, in reading order."""
    for block in blocks:
        yield block
        match block:
            case ListBlock(items=items):
                for item in items:
                    yield from blocks_within(item)
            case Quote(blocks=inner) | Section(blocks=inner):
                yield from blocks_within(inner)


def runs(block: Block) -> Iterator[Run]:
    """Yield the runs of a block in reading order, those of inner blocks included."""
    match block:
        case Paragraph(children=children):
            yield children
        case ListBlock(items=items):
            yield from (run for item in items for inner in item for run in runs(inner))
        case Quote(blocks=inner_blocks):
            yield from (run for inner in inner_blocks for run in runs(inner))
        case Section(heading=heading, blocks=inner_blocks):
            yield heading
            yield from (run for inner in inner_blocks for run in runs(inner))
        case Facts(rows=rows):
            yield from (run for row in rows for run in (row.label, row.said))
        case Table():
            yield block.caption
            yield from (cell.children for row in (*block.head, *block.rows) for cell in row.cells)
            yield from (note for _, note in block.notes)
        case Figure():
            yield from (block.caption, *(panel.caption for panel in block.panels), block.note, block.credit)


_WITH_CHILDREN = (Styled, Link)


def inlines(run: Run) -> list[Inline]:
    """Return every inline node, outer before inner."""
    found: list[Inline] = []
    for node in run:
        found.append(node)
        if isinstance(node, _WITH_CHILDREN):
            found += inlines(node.children)
    return found


def map_run(run: Run, change: Mapper) -> Run:
    """Return a run with `change` applied to every node, inner ones first."""
    changed: list[Inline] = []
    for node in run:
        inner = replace(node, children=map_run(node.children, change)) if isinstance(node, _WITH_CHILDREN) else node
        changed.append(change(inner))
    return tuple(changed)


def map_block(block: Block, run: Callable[[Run], Run]) -> Block:
    """Return a block with `run` applied to every run in it."""

    def many(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map_block(b, run) for b in blocks)

    match block:
        case Paragraph(children=children):
            return replace(block, children=run(children))
        case ListBlock(items=items):
            return replace(block, items=tuple(many(item) for item in items))
        case Quote(blocks=inner):
            return replace(block, blocks=many(inner))
        case Section(heading=heading, blocks=inner):
            return replace(block, heading=run(heading), blocks=many(inner))
        case Facts(rows=rows):
            return replace(block, rows=tuple(replace(r, label=run(r.label), said=run(r.said)) for r in rows))
        case Table():
            return _map_table(block, run)
        case Figure():
            panels = tuple(replace(p, caption=run(p.caption)) for p in block.panels)
            caption, note, credit = run(block.caption), run(block.note), run(block.credit)
            return replace(block, caption=caption, panels=panels, note=note, credit=credit)


def _map_table(table: Table, run: Callable[[Run], Run]) -> Table:
    def rows(some: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(r, cells=tuple(replace(c, children=run(c.children)) for c in r.cells)) for r in some)

    notes = tuple((mark, run(note)) for mark, note in table.notes)
    return replace(table, caption=run(table.caption), head=rows(table.head), rows=rows(table.rows), notes=notes)


def sourced(run: Run, origin: Path, *, typed: bool) -> Run:
    """Return a run whose characters know the datum that they say; those that know one already keep it."""
    if not origin:
        return run

    def known(node: Inline) -> Inline:
        return replace(node, origin=origin, typed=typed) if isinstance(node, Text) and not node.origin else node

    return map_run(run, known)


def derived(run: Run) -> Run:
    """Return a run that repeats what is typed elsewhere: none of its characters are typed here."""
    return map_run(run, lambda node: replace(node, typed=False) if isinstance(node, Text) else node)


def plain(run: Run) -> str:
    """Return the characters of a run."""
    parts: list[str] = []
    for node in run:
        match node:
            case Text(text=text):
                parts.append(text)
            case Styled(children=children) | Link(children=children):
                parts.append(plain(children))
            case Break():
                parts.append(" ")
            case Citation(parts=printed):
                parts.extend(part.text for part in printed)
            case CrossReference(label=label):
                parts.append(label)
            case NoteMark(mark=mark):
                parts.append(mark)
    return "".join(parts)


def joined(some: Iterable[Run], separator: str) -> Run:
    """Return runs one after the other with a separator between them."""
    nodes: list[Inline] = []
    for run in some:
        nodes += [Text(separator), *run] if nodes else run
    return tuple(nodes)


def capitalised(run: Run) -> Run:
    """Return a run that begins with a capital where it begins with an ordinary word."""
    match run[:1]:
        case (Text() as first,):
            return (replace(first, text=sentence_case(first.text)), *run[1:])
        case (Styled() as styled,):
            return (replace(styled, children=capitalised(styled.children)), *run[1:])
        case _:
            return run
