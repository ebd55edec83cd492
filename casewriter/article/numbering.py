"""Order and numbers, given once: figures, tables and references by first mention in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from casewriter.article.closing import closed
from casewriter.article.nodes import (
    Block,
    Citation,
    CrossReference,
    Figure,
    Inline,
    Link,
    Panel,
    Quote,
    Run,
    Section,
    Styled,
    Table,
    Text,
)
from casewriter.article.typography import NBSP
from casewriter.article.walk import runs
from casewriter.citation.document import Printed

Key = tuple[str, str]
"""A figure or table: ("fig" or "tbl", its id)."""


def key_of(block: Block) -> Key | None:
    """Return the key of a numbered figure or table."""
    match block:
        case Figure(target=target):
            return "fig", target
        case Table(target=target) if target:
            return "tbl", target
        case _:
            return None


def mentions(block: Block) -> Iterator[Key]:
    """Yield the figures and tables that a block mentions, in reading order."""
    return ((node.kind, node.target) for run in runs(block) for node in _references(run))


def _references(run: Run) -> Iterator[CrossReference]:
    """Yield the mentions in a run; it is asked of every cell of every table, most of which are one text."""
    for node in run:
        match node:
            case Text():
                pass
            case CrossReference():
                yield node
            case Styled(children=children) | Link(children=children):
                yield from _references(children)


def mentioned_in_text(sections: Iterable[Section]) -> frozenset[Key]:
    """Return the figures and tables that are mentioned outside the timeline.

    The timeline repeats the words of records that stand in later sections: a figure mentioned there is not mentioned
    first in the timeline.
    """
    blocks = (block for block in _outer(sections) if not isinstance(block, Section) and not is_timeline(block))
    return frozenset(key for block in blocks for key in mentions(block))


def is_timeline(block: Block) -> bool:
    """Return whether a block is the table of the timeline."""
    return isinstance(block, Table) and block.kind == "timeline"


def exhibit_numbers(sections: Iterable[Section]) -> dict[Key, int]:
    """Return the numbers of figures and of tables in the order of first mention; standing there is a mention."""
    sections = tuple(sections)
    in_text = mentioned_in_text(sections)
    there = {key for block in _outer(sections) if (key := key_of(block))}
    numbers: dict[Key, int] = {}
    count = {"fig": 0, "tbl": 0}
    for block in _outer(sections):
        own = key_of(block)
        inner = () if isinstance(block, Section) else mentions(block)
        inner = (key for key in inner if not (is_timeline(block) and key in in_text))
        for key in ((own,) if own else ()) + tuple(inner):
            if key in there and key not in numbers:
                count[key[0]] += 1
                numbers[key] = count[key[0]]
    return numbers


def _outer(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _outer(block.blocks)


def resolver(
    clusters: Mapping[int, Printed], places: Mapping[int, str], exhibits: Mapping[Key, int], words: Mapping[str, str]
) -> Callable[[Inline], Inline]:
    """Return the change that fills what is printed into citations and mentions; `places` are anchors of citations."""

    def change(node: Inline) -> Inline:
        match node:
            case Citation():
                found = clusters.get(id(node))
                anchor = places.get(id(node), "")
                return replace(node, parts=found.parts, superscript=found.raised, anchor=anchor) if found else node
            case CrossReference():
                return _labelled(node, exhibits, words)
            case _:
                return node

    return change


def _labelled(node: CrossReference, exhibits: Mapping[Key, int], words: Mapping[str, str]) -> CrossReference:
    number = exhibits.get((node.kind, node.target))
    word = words["figure"] if node.kind == "fig" else words["table"]
    if number is None:
        return replace(node, label=f"{word}{NBSP}?{_letters(node)}")
    anchor = f"{node.kind}-{node.target}"
    if node.kind == "tbl" and node.panels:
        return replace(node, label=f"{word}{NBSP}{number}", anchor=f"{anchor}-{node.panels[0]}")
    return replace(node, label=f"{word}{NBSP}{number}{_letters(node)}", anchor=anchor)


def _letters(node: CrossReference) -> str:
    """Return the letters of the panels that a mention names; those of a table's groups are not printed."""
    if node.kind == "tbl":
        return ""
    letters = [panel.upper() for panel in node.panels]
    if node.spans and len(letters) >= 2:
        letters = [f"{letters[0]}–{letters[1]}", *letters[2:]]
    return ",".join(letters)


def numbered(block: Block, exhibits: Mapping[Key, int], words: Mapping[str, str]) -> Block:
    """Return a block with the numbers and labels of the figures and tables in it, their captions closed alike."""
    match block:
        case Section(blocks=inner) | Quote(blocks=inner):
            return replace(block, blocks=tuple(numbered(b, exhibits, words) for b in inner))
        case Figure(target=target):
            number = exhibits["fig", target]
            label = f"{words['figure']}{NBSP}{number}"
            panels = tuple(_panel(panel, label, target) for panel in block.panels)
            caption, note, credit = closed(block.caption), closed(block.note), closed(block.credit)
            named = replace(block, number=number, label=label, panels=panels)
            return replace(named, caption=caption, note=note, credit=credit)
        case Table(target=target) if target:
            number = exhibits["tbl", target]
            notes = tuple((mark, closed(note)) for mark, note in block.notes)
            label = f"{words['table']}{NBSP}{number}"
            return replace(block, number=number, label=label, caption=closed(block.caption), notes=notes)
        case _:
            return block


def _panel(panel: Panel, label: str, target: str) -> Panel:
    anchor = f"fig-{target}-{panel.letter.lower()}" if panel.letter else ""
    return replace(panel, label=f"{label}{panel.letter}", anchor=anchor, caption=closed(panel.caption))
