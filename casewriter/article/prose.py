"""The author's texts -> nodes: Markdown with citations, cross-references and values; raw HTML stays text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from casewriter.article import kinds
from casewriter.article.markdown import parse
from casewriter.article.nodes import (
    Block,
    Break,
    Cell,
    Citation,
    CrossReference,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Run,
    Section,
    Styled,
    Table,
    Text,
)
from casewriter.article.raw import occurrence, unread_citations
from casewriter.article.tell import Telling
from casewriter.article.typography import polish, polish_run
from casewriter.article.values import NoSuchValue, look_up
from casewriter.citation import read_cited
from casewriter.model.case import RESERVED_EXHIBITS
from casewriter.problem import Path, Problem, did_you_mean

_SPECIAL = re.compile(r"[*_`\[\]@{}~^\\<>|#\n]|^\s*(?:[-+]|\d+[.)])\s|https?:")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|doi:|#)[^\s\x00-\x1f]*", re.IGNORECASE)
_STYLES = {"em": "emphasis", "strong": "strong", "sup": "superscript", "sub": "subscript", "code": "code"}


MAX_DEPTH = 100
"""How deep lists, quotations and emphasis may stand in each other."""


class Prose:
    """Reads the texts of one case; what is undefined becomes a problem at its place in the text."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._path: Path = ()
        self._text = ""
        self._seen: Counter[str] = Counter()
        self._tables = {**telling.case.tables, **dict.fromkeys(RESERVED_EXHIBITS)}
        self._data_tables = ("labs", "timeline")

    def inline(self, text: str | None, path: Path) -> Run:
        """Return a one-line text as a run; paragraphs are joined by line breaks."""
        if not text or not text.strip():
            return ()
        if not _SPECIAL.search(text):
            return (Text(polish(text.strip(), self._telling.language)),)
        run: list[Inline] = []
        for number, block in enumerate(self.blocks(text, path)):
            if number:
                run.append(Break())
            run.extend(self._flattened(block))
        return tuple(run)

    def _flattened(self, block: Block) -> Run:
        from casewriter.article.walk import runs

        if isinstance(block, Paragraph):
            return block.children
        joined: list[Inline] = []
        for number, run in enumerate(runs(block)):
            joined.extend((Break(), *run) if number else run)
        return tuple(joined)

    def blocks(self, text: str | None, path: Path) -> tuple[Block, ...]:
        """Return a text as blocks: paragraphs, lists, quotations, tables, sub-headings."""
        if not text or not text.strip():
            return ()
        self._path, self._seen, self._text = path, Counter(), text
        if not _SPECIAL.search(text.strip()):
            return (Paragraph(self._polished((Text(text.strip()),))),)
        if "@" in text:
            self._telling.problems.extend(unread_citations(text, path, self._telling.library.items))
        try:
            root = parse(text.strip("\n"))
        except (RecursionError, AssertionError):
            root = None
        if root is None or _depth(root) > MAX_DEPTH:
            hint = f"at most {MAX_DEPTH} levels of lists, quotations and emphasis"
            self._telling.problems.append(Problem(kinds.PROSE, "this text is nested too deeply", path, hint=hint))
            return (Paragraph((Text(text),)),)
        return _sectioned(tuple(block for child in root for block in self._block(child)))

    def _block(self, element: Element) -> tuple[Block, ...]:
        match element.tag:
            case "p":
                run = self._polished(self._run(element))
                return (Paragraph(run),) if run else ()
            case "ul" | "ol":
                items = tuple(self._item(child) for child in element)
                return (ListBlock(element.tag == "ol", items),)
            case "blockquote":
                return (Quote(tuple(b for child in element for b in self._block(child))),)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return (Section(self._polished(self._run(element)), (), level=min(4, 2 + int(element.tag[1]))),)
            case "table":
                return (self._table(element),)
            case "pre":
                code = "".join(element.itertext())
                lines = code.rstrip("\n").split("\n")
                return tuple(Paragraph((Styled("code", (Text(line),)),)) for line in lines)
            case "hr":
                return ()
            case _:
                return (Paragraph(self._polished(self._run(element))),)

    def _item(self, element: Element) -> tuple[Block, ...]:
        nested = [child for child in element if child.tag in ("p", "ul", "ol", "blockquote", "table", "pre")]
        first = Element("p")
        first.text = element.text
        first.extend(child for child in element if child not in nested)
        blocks = [*self._block(first)] if (first.text or "").strip() or len(first) else []
        for child in nested:
            blocks.extend(self._block(child))
        return tuple(blocks)

    def _table(self, element: Element) -> Table:
        def row(source: Element, head: bool) -> Row:
            return Row(tuple(Cell(self._polished(self._run(cell)), head=head) for cell in source))

        head = tuple(row(r, True) for part in element.iter("thead") for r in part.iter("tr"))
        body = tuple(row(r, False) for part in element.iter("tbody") for r in part.iter("tr"))
        return Table("", (), head, body)

    def _run(self, element: Element) -> Run:
        nodes: list[Inline] = []
        if element.text:
            nodes.append(Text(_unescaped(element.text)))
        for child in element:
            nodes.extend(self._inline(child))
            if child.tail:
                nodes.append(Text(_unescaped(child.tail)))
        return tuple(nodes)

    def _inline(self, element: Element) -> Run:
        match element.tag:
            case "citation":
                return (self._citation(element),)
            case "mention":
                return self._mention(element)
            case "value":
                return self._value(element)
            case "a":
                return self._link(element)
            case "br":
                return (Break(),)
            case "em" | "strong" | "sup" | "sub" | "code":
                style: Any = _STYLES[element.tag]
                return (Styled(style, self._run(element)),)
            case _:
                return self._run(element)

    def _problem(self, kind: Any, message: str, written: str, hint: str | None = None) -> None:
        nth = occurrence(self._text, written, self._seen[written])
        self._seen[written] += 1
        self._telling.problems.append(Problem(kind, message, self._path, quote=written, nth=nth, hint=hint))

    def _citation(self, element: Element) -> Citation:
        language = self._telling.language
        cited = []
        for source in element.get("g0", "").split(";"):
            one = read_cited(source, language)
            cited.append(replace(one, prefix=polish(one.prefix, language), suffix=polish(one.suffix, language)))
            if one.key not in self._telling.library.items:
                hint = did_you_mean(one.key, self._telling.library.items) or "add it under references"
                self._problem(kinds.UNDEFINED_KEY, f"no reference has the key “{one.key}”", f"@{one.key}", hint)
        return Citation(tuple(cited))

    def _mention(self, element: Element) -> Run:
        kind, name, tail = element.get("g0", ""), element.get("g1", ""), element.get("g2", "")
        written = element.get("written", "")
        figures = {**self._telling.case.figures, **dict.fromkeys(RESERVED_EXHIBITS)}
        known = figures if kind == "fig" else self._tables
        if name not in known:
            word = "figure" if kind == "fig" else "table"
            hint = did_you_mean(name, known) or f"add it under {word}s"
            self._problem(kinds.UNDEFINED_EXHIBIT, f"there is no {word} “{name}”", f"@{kind}-{name}", hint)
        panels, spans, rest = _panels(tail, kind)
        figure = self._telling.case.figures.get(name) if kind == "fig" else None
        letters = "abcdefghijklmnopqrstuvwxyz"[: len(figure.panels)] if figure else ""
        for panel in panels if figure else ():
            if panel not in letters:
                hint = f"it has the panels {', '.join(letters)}" if letters else "it has no panels"
                self._problem(kinds.UNDEFINED_PANEL, f"figure “{name}” has no panel “{panel}”", written, hint)
        reference = CrossReference("fig" if kind == "fig" else "tbl", name, panels, spans)
        return (reference, Text(rest)) if rest else (reference,)

    def _value(self, element: Element) -> Run:
        path, at = element.get("g0", ""), element.get("g1") or None
        try:
            found = look_up(path, at, self._telling)
        except NoSuchValue as error:
            self._problem(kinds.UNDEFINED_VALUE, str(error), element.get("written", ""), error.hint)
            return (Text(element.get("written", "")),)
        short = len(found) <= _SHORT_VALUE and " " not in found
        return (Styled("nobreak", (Text(found),)),) if short else (Text(found),)

    def _link(self, element: Element) -> Run:
        href = element.get("href", "")
        written = element.get("written", "")
        if not _SAFE_LINK.fullmatch(href):
            hint = "a link begins with https://, mailto: or doi:"
            self._problem(kinds.LINK, "this link leads to nowhere a reader can go; it prints as typed", written, hint)
            return (Text(written),)
        if href.lower().startswith("doi:"):
            href = f"https://doi.org/{href[4:]}"
        return (Link(href, self._run(element)),)

    def _polished(self, run: Run) -> Run:
        return polish_run(run, self._telling.language)


_SHORT_VALUE = 24
"""Letters of a value that is kept on one line with its unit."""


def _panels(tail: str, kind: str) -> tuple[tuple[str, ...], bool, str]:
    """Return (panels, is a range, text that is no panel) of ``.a``, ``.a-b``, ``.a,c``."""
    if not tail:
        return (), False, ""
    body = tail[1:]
    if kind == "tbl":
        return (body,), False, ""
    found = re.fullmatch(r"([a-z])(?:-([a-z]))?((?:,[a-z])*)", body)
    if not found:
        return (), False, tail
    panels = [found[1], *([found[2]] if found[2] else []), *found[3].split(",")[1:]]
    return tuple(panels), bool(found[2]), ""


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
        done.append(Section(block.heading, _sectioned(blocks[place:end]), block.level))
        place = end
    return tuple(done)


_STASHED = re.compile("\x02(\\d+)\x03")


def _unescaped(text: str) -> str:
    """Return a text with Markdown's escaped characters put back."""
    text = _STASHED.sub(lambda m: chr(int(m[1])), text) if "\x02" in text else text
    return text.replace("\x02amp\x03", "&")


def _depth(root: Element) -> int:
    """Return how deep the elements of a tree stand in each other."""
    depth, level = 0, [root]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth
