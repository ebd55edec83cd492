"""Order and numbers, given once: figures, tables and references by first mention in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from casewriter.article.nodes import (
    Block,
    Citation,
    CrossReference,
    Facts,
    Figure,
    Inline,
    ListBlock,
    Quote,
    Run,
    Section,
    Table,
)
from casewriter.article.typography import NBSP
from casewriter.article.walk import inlines, runs
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
    for run in runs(block):
        for node in inlines(run):
            if isinstance(node, CrossReference):
                yield node.kind, node.target


def mentioned_in_text(sections: Iterable[Section]) -> frozenset[Key]:
    """Return the figures and tables that are mentioned outside the timeline.

    The timeline repeats the words of records that stand in later sections: a figure mentioned there is not mentioned
    first in the timeline.
    """
    blocks = (block for block in _outer(sections) if not isinstance(block, Section) and not _is_timeline(block))
    return frozenset(key for block in blocks for key in mentions(block))


def _is_timeline(block: Block) -> bool:
    return isinstance(block, Table) and block.kind == "timeline"


class Placing:
    """Puts each figure and table behind the block that first mentions it."""

    def __init__(
        self, floats: Mapping[Key, Block], pinned: frozenset[Key] = frozenset(), in_text: frozenset[Key] = frozenset()
    ) -> None:
        """`pinned` names what stays in its own section, because the section would be empty without it.

        `in_text` names what is mentioned outside the timeline.
        """
        self._in_text = in_text
        self._floats = dict(floats)
        self._pinned = pinned
        self._placed: set[Key] = set()

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """Return the sections with their floats standing in them."""
        return tuple(replace(s, blocks=tuple(self._blocks(s.blocks))) for s in sections)

    def left(self) -> list[Block]:
        """Return the figures and tables that nothing mentions, in the order of the file."""
        found: list[Block] = []
        for key, block in self._floats.items():
            if key not in self._placed and key not in self._pinned:
                self._placed.add(key)
                found.append(block)
                found.extend(self._after(block))
        return found

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, Section):
                yield from self._after_run(block.heading)
                yield replace(block, blocks=tuple(self._blocks(block.blocks)))
                continue
            key = key_of(block)
            if key is not None:
                if key in self._placed:
                    continue  # a data table that an earlier text has mentioned stands there
                self._placed.add(key)
            yield block
            yield from self._after(block)

    def _after_run(self, run: Run) -> Iterator[Block]:
        for node in inlines(run):
            if isinstance(node, CrossReference):
                yield from self._place((node.kind, node.target))

    def _after(self, block: Block) -> Iterator[Block]:
        for key in list(mentions(block)):
            if not (_is_timeline(block) and key in self._in_text):
                yield from self._place(key)

    def _place(self, key: Key) -> Iterator[Block]:
        if key in self._placed or key in self._pinned or key not in self._floats:
            return
        self._placed.add(key)
        block = self._floats[key]
        yield block
        yield from self._after(block)


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
        inner = (key for key in inner if not (_is_timeline(block) and key in in_text))
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
    clusters: Mapping[int, Printed], exhibits: Mapping[Key, int], words: Mapping[str, str]
) -> Callable[[Inline], Inline]:
    """Return the change that fills what is printed into citations and mentions."""

    def change(node: Inline) -> Inline:
        match node:
            case Citation():
                found = clusters.get(id(node))
                return replace(node, parts=found.parts, superscript=found.raised) if found else node
            case CrossReference():
                return _labelled(node, exhibits, words)
            case _:
                return node

    return change


def _labelled(node: CrossReference, exhibits: Mapping[Key, int], words: Mapping[str, str]) -> CrossReference:
    number = exhibits.get((node.kind, node.target))
    word = words["figure"] if node.kind == "fig" else words["table"]
    shown = str(number) if number is not None else "?"
    anchor = f"{node.kind}-{node.target}"
    if node.kind == "tbl" and node.panels:
        return replace(node, label=f"{word}{NBSP}{shown}", anchor=f"{anchor}-{node.panels[0]}")
    letters = [panel.upper() for panel in node.panels]
    if node.spans and len(letters) >= 2:
        letters = [f"{letters[0]}–{letters[1]}", *letters[2:]]
    return replace(node, label=f"{word}{NBSP}{shown}{','.join(letters)}", anchor=anchor)


def numbered(block: Block, exhibits: Mapping[Key, int], words: Mapping[str, str]) -> Block:
    """Return a block with the numbers and labels of the figures and tables in it."""
    match block:
        case Section(blocks=inner) | Quote(blocks=inner):
            return replace(block, blocks=tuple(numbered(b, exhibits, words) for b in inner))
        case ListBlock() | Facts():
            return block
        case Figure() | Table():
            key = key_of(block)
            if key is None:
                return block
            word = words["figure"] if key[0] == "fig" else words["table"]
            return replace(block, number=exhibits[key], label=f"{word}{NBSP}{exhibits[key]}")
        case _:
            return block
