"""A Word file read with the standard library alone: paragraphs, tables, fields, bookmarks, content controls, lists."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True)
class Control:
    """A content control: the path in its tag, the text in it, whether it is locked."""

    tag: str
    text: str
    locked: bool


@dataclass(frozen=True)
class Field:
    """A field: its instruction and what it shows."""

    code: str
    shown: str


class Word:
    """One Word file."""

    def __init__(self, source: Path | bytes) -> None:
        from io import BytesIO

        with zipfile.ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
            self.times = {one.date_time for one in file.infolist()}
        self.root = ET.fromstring(self.parts["word/document.xml"])
        self.body = self.root.find(f"{W}body")

    @cached_property
    def styles(self) -> dict[str, str]:
        """The name of each style by its id."""
        found = ET.fromstring(self.parts["word/styles.xml"]).iterfind(f"{W}style")
        return {one.get(f"{W}styleId", ""): one.find(f"{W}name").get(f"{W}val", "") for one in found}

    @cached_property
    def targets(self) -> dict[str, str]:
        """Where each relationship of the document leads."""
        found = ET.fromstring(self.parts["word/_rels/document.xml.rels"])
        return {one.get("Id", ""): one.get("Target", "") for one in found}

    def paragraphs(self, style: str | None = None) -> list[str]:
        """Return the texts of paragraphs in a style, or of all."""
        return [text(p) for p in self.root.iter(f"{W}p") if style is None or self.style(p) == style]

    def styled(self) -> list[tuple[str, str]]:
        """Return (style, text) of each paragraph."""
        return [(self.style(p), text(p)) for p in self.root.iter(f"{W}p")]

    def style(self, paragraph: ET.Element) -> str:
        """Return the name of a paragraph's style."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return self.styles[named.get(f"{W}val", "")] if named is not None else "Normal"

    def tables(self) -> list[list[list[str]]]:
        """Return the cells of the tables that are no grids of pictures, row by row; a merged cell says nothing."""
        tables = [t for t in self.root.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblStyle") is not None]
        return [[[cell(c) for c in row.iterfind(f"{W}tc")] for row in t.iterfind(f"{W}tr")] for t in tables]

    def raised(self) -> list[tuple[str, str]]:
        """Return (text, superscript or subscript) of runs that stand above or below the line."""
        marks = ((run, run.find(f"{W}rPr/{W}vertAlign")) for run in self.root.iter(f"{W}r"))
        return [(text(run), mark.get(f"{W}val", "")) for run, mark in marks if mark is not None]

    def marks_of(self, tokens: Iterable[str]) -> dict[str, set[str]]:
        """Return how the run looks in which each token stands first, as tags."""
        runs = [(text(run), set(self._marks(run))) for run in self.root.iter(f"{W}r")]
        found: dict[str, set[str]] = {}
        for token in tokens:
            marks = next((marks for shown, marks in runs if token in shown), set())
            found[token] = marks
        return found

    def controls(self) -> list[Control]:
        """Return the content controls in order."""
        found = []
        for one in self.root.iter(f"{W}sdt"):
            settings, content = one.find(f"{W}sdtPr"), one.find(f"{W}sdtContent")
            tag = settings.find(f"{W}tag").get(f"{W}val", "")
            found.append(Control(tag, text(content), settings.find(f"{W}lock") is not None))
        return found

    def fields(self) -> list[Field]:
        """Return the fields of the document in order."""
        found: list[Field] = []
        code, shown, state = "", "", ""
        for run in self.root.iter(f"{W}r"):
            mark = run.find(f"{W}fldChar")
            if mark is not None:
                state = mark.get(f"{W}fldCharType", "")
                if state == "begin":
                    code, shown = "", ""
                if state == "end":
                    found.append(Field(code.strip(), shown))
            elif state == "begin":
                code += "".join(t.text or "" for t in run.iter(f"{W}instrText"))
            elif state == "separate":
                shown += text(run)
        return found

    def bookmarks(self) -> dict[str, str]:
        """Return the text of each bookmark by its name."""
        open_: dict[str, str] = {}
        found: dict[str, str] = {}
        for one in self.root.iter():
            if one.tag == f"{W}bookmarkStart":
                open_[one.get(f"{W}id", "")] = one.get(f"{W}name", "")
                found[one.get(f"{W}name", "")] = ""
            elif one.tag == f"{W}bookmarkEnd":
                open_.pop(one.get(f"{W}id", ""))
            elif one.tag == f"{W}t":
                for name in open_.values():
                    found[name] += one.text or ""
        return found

    def links(self) -> list[tuple[str, str]]:
        """Return (text, address or #bookmark) of each link."""
        found = []
        for one in self.root.iter(f"{W}hyperlink"):
            inside = one.get(f"{W}anchor")
            found.append((text(one), f"#{inside}" if inside else self.targets[one.get(f"{R}id", "")]))
        return found

    def descriptions(self) -> list[str]:
        """Return what is told of each picture."""
        return [one.get("descr", "") for one in self.root.iter(f"{WP}docPr")]

    # -- the text with the signs of its markup, as the page of `fidelity` has it ---------------------------------

    def as_page(self) -> str:
        """Return the document as the markup of a page: what `fidelity.differences` reads."""
        return "".join(self._page(self.body))

    def _page(self, parent: ET.Element) -> Iterator[str]:
        for one in parent:
            if one.tag == f"{W}p":
                yield f"<p>{self._sign(one)}{''.join(self._runs(one))}</p>\n"
            elif one.tag == f"{W}tc":
                yield f"<td>{''.join(self._page(one))}</td>"
            else:
                yield from self._page(one)

    def _sign(self, paragraph: ET.Element) -> str:
        """Return the sign of a list's item, or what stands for the beginning of a quotation or heading."""
        style = self.style(paragraph)
        begins = style.startswith("heading") or style in ("Quote", "List Paragraph")
        return "<li></li>" if begins else ""

    def _runs(self, paragraph: ET.Element) -> Iterator[str]:
        """Yield the runs of a paragraph; a mark that goes on in the next run stays open."""
        open_: list[str] = []
        for run in paragraph.iter(f"{W}r"):
            shown = "".join(_BLANKS.get(one.tag, escape(one.text or "") if one.tag == f"{W}t" else "") for one in run)
            if not shown:
                continue
            marks = self._marks(run)
            kept = [mark for mark in open_ if mark in marks]
            while open_ != kept[: len(open_)]:
                yield f"</{open_.pop()}>"
            for mark in marks:
                if mark not in open_:
                    open_.append(mark)
                    yield f"<{mark}>"
            yield shown
        yield from (f"</{mark}>" for mark in reversed(open_))

    @staticmethod
    def _marks(run: ET.Element) -> list[str]:
        on = run.find(f"{W}rPr")
        if on is None:
            return []
        raised, style = on.find(f"{W}vertAlign"), on.find(f"{W}rStyle")
        marks = [tag for name, tag in _MARKS.items() if on.find(f"{W}{name}") is not None]
        marks += [_RAISED[raised.get(f"{W}val", "")]] if raised is not None else []
        return marks + (["code"] if style is not None and style.get(f"{W}val") == "Code" else [])


_RAISED = {"superscript": "sup", "subscript": "sub"}
_MARKS = {"b": "strong", "i": "em"}
_BLANKS = {f"{W}tab": " ", f"{W}br": " "}


def text(element: ET.Element) -> str:
    """Return the text in an element."""
    return "".join(
        {f"{W}tab": "\t", f"{W}br": "\n"}.get(t.tag, (t.text or "") if t.tag == f"{W}t" else "") for t in element.iter()
    )


def cell(element: ET.Element) -> str:
    return "\n".join(text(p) for p in element.iterfind(f"{W}p"))


def value(word: Word, path: str, attribute: str) -> list[str]:
    """Return an attribute of every element at a path such as ``w:sectPr/w:pgSz``."""
    steps = [step.replace("w:", W) for step in path.split("/")]
    found = (
        [word.root.iter(steps[0])]
        if len(steps) == 1
        else [one.iterfind("/".join(steps[1:])) for one in word.root.iter(steps[0])]
    )
    return [one.get(f"{W}{attribute}", "") for some in found for one in some]


def words(shown: str) -> str:
    """Return a text without what separates its words."""
    return re.sub(r"\s+", "", shown)
