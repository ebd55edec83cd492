"""The author's texts -> nodes: one-line fields know inline markup alone, narratives lists, tables and headings too."""

from __future__ import annotations

import re
from typing import Literal
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.blocks import parse_blocks
from casewriter.article.foreign import doubtful_signs, foreign_markup
from casewriter.article.inline import TooDeep, read_inline
from casewriter.article.levels import levelled
from casewriter.article.nodes import Block, Cell, ListBlock, Paragraph, Quote, Row, Run, Section, Table, Text
from casewriter.article.raw import unread_citations
from casewriter.article.spans import Resolver, Speaker, flattened
from casewriter.article.symbols import symbols
from casewriter.article.tell import Telling
from casewriter.article.typography import isolated, polish, polish_run
from casewriter.article.walk import sourced
from casewriter.problem import Path, Problem

_MARKED = re.compile(r"[*_`\[\]@{}~^\\<>|#\n&$=%\ue000-\uf8ff]|https?:")
"""Signs without which a text holds no inline markup, of ours or of another editor, and no letter to ask about."""
_LINE_START = re.compile(r"[ \t]*(?:[-+*•]|\w{1,3}[.)])[ \t]")
_REFERENCES = re.compile(
    r"\s*\((?:see )?@(?:fig|tbl)-[^()]*\)|\s*\[[^\[\]]*@[^\[\]]*\]|\s*(?<!\w)@(?:fig|tbl)-[\w.,-]*\w", re.IGNORECASE
)
"""Citations and mentions of figures and tables, with the brackets around them."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")

MAX_DEPTH = 100
"""How deep lists, quotations and emphasis may stand in each other."""


class Prose:
    """Reads the texts of one case; what is undefined becomes a problem at its place in the text."""

    def __init__(self, telling: Telling, speak: Speaker) -> None:
        self._telling = telling
        self._speak = speak

    def inline(self, text: str | None, path: Path) -> Run:
        """Return a one-line text as a run; paragraphs are joined by line breaks. No sign at its start is a list's."""
        if not text or not text.strip():
            return ()
        text = text.strip()
        if not _MARKED.search(text):
            return sourced(isolated(polish(text, self._telling.language)), path, typed=True)
        self._look_over(text, path, blocks=False)
        resolver = Resolver(self._telling, text, path, self._speak)
        return flattened(
            [self.run_of(part.strip(), resolver, path) for part in _BLANK_LINE.split(text) if part.strip()]
        )

    def quoted(self, text: str, *, whole: bool = False) -> Run:
        """Return a text that another place of the manuscript repeats, such as the name of a record in a time.

        Its problems are reported where it is written, and what it cites or mentions counts there: unless `whole`, its
        citations and mentions are left out here.
        """
        before = len(self._telling.problems)
        run = self.inline(text if whole else _REFERENCES.sub("", text), ())
        del self._telling.problems[before:]
        return run

    def blocks(self, text: str | None, path: Path) -> tuple[Block, ...]:
        """Return a text as blocks: paragraphs, lists, quotations, tables, sub-headings."""
        if not text or not text.strip():
            return ()
        if not _MARKED.search(text.strip()) and not _LINE_START.match(text):
            return (Paragraph(self._polished((Text(text.strip(), path, typed=True),)), path),)
        self._look_over(text, path, blocks=True)
        try:
            root = parse_blocks(text.strip("\n"))
        except RecursionError:
            return (self._too_deep(text, path),)
        if _depth(root) > MAX_DEPTH:
            return (self._too_deep(text, path),)
        reader = _BlockReader(self, Resolver(self._telling, text, path, self._speak, sentences=True), path)
        return _sectioned(reader.blocks(root))

    def _look_over(self, text: str, path: Path, *, blocks: bool) -> None:
        """Report what looks like markup and is not read as such."""
        if "@" in text:
            self._telling.problems.extend(unread_citations(text, path, self._telling.library.items))
        self._telling.problems.extend(foreign_markup(text, path))
        self._telling.problems.extend(symbols(text, path, blocks=blocks))
        self._telling.problems.extend(doubtful_signs(text, path, blocks=blocks))

    def run_of(self, text: str, resolver: Resolver, path: Path) -> Run:
        """Return a stretch of inline text as a run, its typography done."""
        try:
            spans = read_inline(text)
        except TooDeep:
            return self._too_deep(text, path).children
        return sourced(self._polished(resolver.run(spans)), path, typed=True)

    def _polished(self, run: Run) -> Run:
        return polish_run(run, self._telling.language)

    def _too_deep(self, text: str, path: Path) -> Paragraph:
        hint = f"at most {MAX_DEPTH} levels of lists, quotations and emphasis"
        self._telling.problems.append(Problem(kinds.PROSE, "this text is nested too deeply", path, hint=hint))
        return Paragraph((Text(text.strip(), path, typed=True),), path)


class _BlockReader:
    """Turns the tree of one text into blocks."""

    def __init__(self, prose: Prose, resolver: Resolver, path: Path) -> None:
        self._prose = prose
        self._resolver = resolver
        self._path = path

    def blocks(self, parent: Element) -> tuple[Block, ...]:
        """Return the blocks inside an element."""
        return tuple(block for child in parent if (block := self._block(child)))

    def _block(self, element: Element) -> Block | None:
        match element.tag:
            case "ul" | "ol":
                return self._list(element)
            case "blockquote":
                return Quote(self.blocks(element), self._path)
            case "table":
                return self._table(element)
            case "p":
                run = self._run(element)
                return Paragraph(run, self._path) if run else None
            case heading:
                return Section(self._run(element), (), level=2 + int(heading[1]), origin=self._path)

    def _run(self, element: Element) -> Run:
        return self._prose.run_of((element.text or "").strip(), self._resolver, self._path)

    def _list(self, element: Element) -> ListBlock:
        items = tuple(self.blocks(item) for item in element)
        if element.tag == "ul":
            return ListBlock(False, items, origin=self._path)
        marks: Literal["decimal", "decimal-parenthesis", "alpha-parenthesis"] = element.get("marks")  # type: ignore[assignment]
        return ListBlock(True, items, marks, tuple(int(item.get("number", "1")) for item in element), self._path)

    def _cell(self, element: Element, *, head: bool) -> Cell:
        run = self._run(element)
        return Cell(run, head=head and bool(run), numeric=bool(element.get("numeric")))

    def _table(self, element: Element) -> Table:
        def rows(part: str, *, head: bool) -> tuple[Row, ...]:
            return tuple(
                Row(tuple(self._cell(cell, head=head) for cell in row)) for row in element.iterfind(f"{part}/tr")
            )

        return Table("", (), rows("thead", head=True), rows("tbody", head=False), origin=self._path)


def _sectioned(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with what follows a sub-heading put inside its section."""
    done: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if not isinstance(block, Section):
            done.append(block)
            continue
        end = place
        while end < len(blocks):
            following = blocks[end]
            if isinstance(following, Section) and following.level <= block.level:
                break
            end += 1
        done.append(levelled(replace(block, blocks=_sectioned(blocks[place:end])), 3))
        place = end
    return tuple(done)


def _depth(root: Element) -> int:
    """Return how deep the elements of a tree stand in each other."""
    depth, level = 0, [root]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth
