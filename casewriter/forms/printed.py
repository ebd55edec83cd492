"""The texts of an article as they are printed, each with the part of the case that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.article.nodes import Block, Citation, Facts, Figure, Paragraph, Run, Table, Text
from casewriter.article.paper import Article
from casewriter.article.said import sentences
from casewriter.article.walk import inlines, plain
from casewriter.export.places import is_within
from casewriter.problem import Path, dotted

_WORD = re.compile(r"[^\W_]+")


class Said(Struct, frozen=True):
    """Words of a text: the part of the case that its lines come from, the words, and the whole text around them."""

    origin: Path
    words: str
    around: str


class _Unit(Struct, frozen=True):
    """A text that is printed in one piece: a paragraph, a fact, a cell, a note, a caption."""

    origin: Path
    run: Run
    timeline: bool = False


class Prose:
    """The texts of an article, to find in them what the case says in another spelling."""

    def __init__(self, article: Article) -> None:
        self._paragraphs = [block for block in article.blocks() if isinstance(block, Paragraph) and block.origin]
        self._units = [unit for block in article.blocks() for unit in _units(block) if unit.origin]

    def sentences(self) -> Iterator[Said]:
        """Yield every sentence in reading order, with its citations."""
        for paragraph in self._paragraphs:
            yield from _sentences(paragraph)

    def like(self, path: Path, sentence: str) -> Said | None:
        """Return the printed sentence of a part of the case that has most words of one that is typed there.

        What is typed has markup, look-ups and no numbers of references; nothing where half of its words differ.
        """
        typed = _words(sentence)
        here = [one for one in self.sentences() if one.origin == path]
        best = max(here, key=lambda one: _shared(typed, _words(one.words)), default=None)
        return best if best and 2 * len(typed & _words(best.words)) >= len(typed) else None

    def data(self, path: Path) -> Iterator[Said]:
        """Yield the words that print a datum, or data of a record: in a list, a table, its notes, or by a look-up.

        Those of the timeline, which repeats what other parts say, are left out.
        """
        name = dotted(path)
        for unit in self._units:
            if unit.timeline and path[0] != "timeline":
                continue
            for node in inlines(unit.run):
                if isinstance(node, Text) and node.origin and node.text.strip() and _tells(dotted(node.origin), name):
                    yield Said(unit.origin, node.text, plain(unit.run))


def _tells(origin: str, name: str) -> bool:
    """Return whether words that come from an origin tell what is at a path: they are of it, or of all its record."""
    whole = origin == "observation.patient" and is_within(name, origin)
    return whole or is_within(origin, name)


def covers(origin: str, name: str) -> bool:
    """Return whether what comes from an origin tells what is at a dotted path: a part of it, or its whole record."""
    whole = origin.endswith("]") or origin == "observation.patient"
    return bool(origin) and (is_within(origin, name) or (whole and is_within(name, origin)))


def _units(block: Block) -> Iterator[_Unit]:
    match block:
        case Paragraph(children=run, origin=origin):
            yield _Unit(origin, run)
        case Facts(rows=rows):
            yield from (_Unit(row.origin, row.said) for row in rows)
        case Figure():
            yield from (_Unit(block.origin, part.children) for part in block.legend)
        case Table(kind=kind):
            timeline = kind == "timeline"
            yield _Unit(block.origin, block.caption, timeline)
            for row in (*block.head, *block.rows):
                yield from (
                    _Unit(cell.origin or row.origin or block.origin, cell.children, timeline) for cell in row.cells
                )
            yield from (_Unit(block.origin, note, timeline) for _, note in block.notes)


def _sentences(paragraph: Paragraph) -> Iterator[Said]:
    text = plain(paragraph.children)
    masked, begin = _masked(paragraph.children), 0
    for sentence in sentences(masked):
        start = masked.index(sentence, begin)
        begin = start + len(sentence)
        yield Said(paragraph.origin, text[start:begin].strip(), text)


def _masked(run: Run) -> str:
    """Return the text of a run where citations are closing quotation marks: a sentence ends before them or behind."""
    parts: list[str] = []
    for node in run:
        said = plain((node,))
        parts.append("”" * len(said) if isinstance(node, Citation) else said)
    return "".join(parts)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _shared(typed: frozenset[str], printed: frozenset[str]) -> float:
    return len(typed & printed) / max(1, len(typed | printed))
