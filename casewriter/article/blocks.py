"""A text of blocks -> a tree of paragraphs, lists, quotations, tables and headings, by Python-Markdown's block parser.

The parser is Python-Markdown's, the rules for what a block is are ours, because clinical prose is full of lines that
only look like one: `> 38.5 °C`, `12. rib fractures`, `- 3 dioptres`, `# 3 grew no organism`. Such a line keeps its
signs. Rules and code blocks are not part of the format, so a row of dashes and an indented line are text. The text of
each element is as it was typed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, EmptyBlockProcessor, ParagraphProcessor

from casewriter.article.pipes import PipeTable, find_grid
from casewriter.article.typed_list import Listed, find_list, is_number, take_list

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*[^\W_].*)")
_QUOTED = re.compile(r" {0,3}>(?:[ \t]|>|$)")


@lru_cache(1024)
def parse_blocks(text: str) -> Element:
    """Return the tree of a text, which is read and never changed.

    Raises RecursionError where blocks stand in each other too often.
    """
    lines = (line.rstrip("\r") for line in text.split("\n"))
    clean = "\n".join(_leading_tabs_as_spaces(line) if line.strip() else "" for line in lines)
    root = Element("div")
    _parser().parseChunk(root, clean)
    return root


def _leading_tabs_as_spaces(line: str) -> str:
    bare = line.lstrip(" \t")
    return line[: len(line) - len(bare)].expandtabs(4) + bare


@cache
def _parser() -> BlockParser:
    parser = BlockParser(Markdown())
    parser.blockprocessors.register(EmptyBlockProcessor(parser), "empty", 100)
    parser.blockprocessors.register(_Headings(parser), "headings", 70)
    parser.blockprocessors.register(_Tables(parser), "tables", 60)
    parser.blockprocessors.register(_Lists(parser), "lists", 40)
    parser.blockprocessors.register(_Quotations(parser), "quotations", 20)
    parser.blockprocessors.register(ParagraphProcessor(parser), "paragraph", 10)
    return parser


class _Headings(BlockProcessor):
    """`## Words` on a line of its own; a single # only where a block begins, and never before a number."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return any(_heading(line, first=not n) for n, line in enumerate(block.split("\n")) if "#" in line)

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks[0].split("\n")
        if len(lines) == 1 and (found := _heading(lines[0], first=True)):
            blocks.pop(0)
            SubElement(parent, f"h{len(found[1])}").text = _without_closing(found[2].strip(), found[1])
            return
        pieces: list[list[str]] = [[]]
        for number, line in enumerate(lines):
            if _heading(line, first=not number):
                pieces += [[line], []]
            else:
                pieces[-1].append(line)
        blocks[0:1] = ["\n".join(piece) for piece in pieces if piece]


def _heading(line: str, *, first: bool) -> re.Match[str] | None:
    found = _HEADING.fullmatch(line)
    if found is None or (len(found[1]) == 1 and (not first or is_number(found[2]))):
        return None
    return found


def _without_closing(text: str, opening: str) -> str:
    """Return a heading without the signs that close it, where as many opened it (more than one)."""
    bare, _, closing = text.rpartition(" ")
    return bare.rstrip() if closing == opening and len(opening) > 1 else text


class _Tables(BlockProcessor):
    """Rows of cells between pipes, under a row of heads and one of dashes."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return find_grid(block.split("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        grid = find_grid(lines)
        assert grid is not None
        if before := lines[: grid.start]:
            self.parser.parseBlocks(parent, ["\n".join(before)])
        _add_table(parent, grid)
        if rest := lines[grid.end :]:
            blocks.insert(0, "\n".join(rest))


def _add_table(parent: Element, grid: PipeTable) -> None:
    table = SubElement(parent, "table")
    for tag, rows in (("thead", grid.rows[:1]), ("tbody", grid.rows[1:])):
        part = SubElement(table, tag)
        for cells in rows:
            row = SubElement(part, "tr")
            for number, text in enumerate(cells):
                SubElement(row, "td", {"numeric": "1"} if number in grid.right else {}).text = text


class _Lists(BlockProcessor):
    """Lines with bullets, numbers or letters where they make a list; see `typed_list`."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return find_list(block.split("\n"), follows=True, led=True) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        lines = blocks[0].split("\n")
        following = blocks[1].split("\n")[0] if len(blocks) > 1 else ""
        start = find_list(lines, led=_ends_in_colon(parent), following=following)
        if start is None:
            return False
        blocks.pop(0)
        if start:
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        listed, rest = take_list(lines[start:], blocks)
        self._add(parent, listed)
        blocks[0:0] = rest
        return None

    def _add(self, parent: Element, listed: Listed) -> None:
        tag = "ol" if listed.marks else "ul"
        found = SubElement(parent, tag, {"marks": listed.marks} if listed.marks else {})
        for item in listed.items:
            element = SubElement(found, "li", {"number": str(item.number)})
            self.parser.parseChunk(element, "\n".join(item.lines))
            for nested, behind in item.nested:
                self._add(element, nested)
                self.parser.parseChunk(element, "\n".join(behind))


def _ends_in_colon(parent: Element) -> bool:
    return len(parent) > 0 and (parent[-1].text or "").rstrip().endswith(":")


class _Quotations(BlockProcessor):
    """`> words` where a block begins, or behind a colon; `> 38.5 °C` is a comparison."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return _quotation(block.split("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        start = _quotation(lines)
        assert start is not None
        if start:
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        texts = ["\n".join(re.sub(r"^ {0,3}> ?", "", line) for line in lines[start:])]
        while blocks and _quotation(blocks[0].split("\n")) == 0:
            texts.append("\n".join(re.sub(r"^ {0,3}> ?", "", line) for line in blocks.pop(0).split("\n")))
        self.parser.parseChunk(SubElement(parent, "blockquote"), "\n\n".join(texts))


def _quotation(lines: list[str]) -> int | None:
    """Return the line where a quotation begins in a block, or None."""
    for number, line in enumerate(lines):
        led = not number or lines[number - 1].rstrip().endswith(":")
        if led and _QUOTED.match(line):
            return None if is_number(line.lstrip(" >")) else number
    return None
