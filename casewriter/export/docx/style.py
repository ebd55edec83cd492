"""The styles of a Word file: ours, or those of a reference file with ours beside them where it lacks one.

A style is found by its name, as Word's own are called in every language: a German Word saves `heading 1` under the id
`berschrift1`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from casewriter.builtin import data
from casewriter.export.docx.wml import Element, element, qualified, toggled

_TYPES = {"paragraph", "character", "table"}


class Look(Struct, frozen=True):
    """How a Word page looks: fonts of text and headings, size in points, lines in 240ths, the language of words."""

    text_font: str
    head_font: str
    size: float
    line: int
    language: str


class Styles(Struct):
    """The styles of a document: the root of its styles part, and the id of each style by its name."""

    root: Element
    look: Look
    ids: dict[str, str]

    def id(self, name: str) -> str:
        """Return the id of a style that `word.yaml` names."""
        return self.ids[name.lower()]

    def has(self, name: str) -> bool:
        """Return whether there is a style of a name."""
        return name.lower() in self.ids


def own_styles(root: Element, look: Look) -> Styles:
    """Return our styles, in place of what a styles part holds."""
    for child in list(root):
        root.remove(child)
    root.append(_defaults(look))
    return _completed(Styles(root, look, {}), whole=True)


def styles_beside(root: Element, look: Look) -> Styles:
    """Return the styles of a reference file, with ours for what it lacks; they take its fonts and sizes."""
    known = {}
    for one in root.iterfind(qualified("w:style")):
        name = one.find(qualified("w:name"))
        if name is not None:
            known[name.get(qualified("w:val"), "").lower()] = one.get(qualified("w:styleId"), "")
    return _completed(Styles(root, look, known), whole=False)


def _completed(styles: Styles, *, whole: bool) -> Styles:
    rows: Mapping[str, Mapping[str, Any]] = data("word.yaml")["styles"]
    missing = [name for name in rows if not styles.has(name)]
    taken = set(styles.ids.values())
    for name in missing:
        wanted = "".join(word.capitalize() for word in name.split())
        styles.ids[name.lower()] = wanted if wanted not in taken else f"Casewriter{wanted}"
    for name in missing:
        styles.root.append(_style(name, rows[name], styles, whole=whole))
    return styles


def _defaults(look: Look) -> Element:
    fonts = element("w:rFonts", ascii=look.text_font, hAnsi=look.text_font, cs=look.text_font)
    language = element("w:lang", val=look.language)
    sizes = (element("w:sz", val=round(look.size * 2)), element("w:szCs", val=round(look.size * 2)))
    return element(
        "w:docDefaults",
        element("w:rPrDefault", element("w:rPr", fonts, *sizes, language)),
        element("w:pPrDefault", element("w:pPr", element("w:spacing", after=0, line=look.line, lineRule="auto"))),
    )


def _style(name: str, row: Mapping[str, Any], styles: Styles, *, whole: bool) -> Element:
    kind = row.get("type", "paragraph")
    assert kind in _TYPES, kind
    attributes = {"type": kind, "styleId": styles.id(name)} | ({"default": 1} if name == "Normal" and whole else {})
    if not row.get("builtin"):
        attributes["customStyle"] = 1
    based = row.get("based", "Normal" if kind == "paragraph" and name != "Normal" else None)
    following = row.get("next")
    return element(
        "w:style",
        element("w:name", val=name),
        element("w:basedOn", val=styles.id(based)) if based else None,
        element("w:next", val=styles.id(following)) if following else None,
        element("w:uiPriority", val=row.get("priority", 1)),
        element("w:qFormat") if kind == "paragraph" else None,
        element("w:pPr", *_paragraph(row)) if kind == "paragraph" else None,
        element("w:rPr", *_characters(row, styles.look, whole=whole)),
        *(_table() if kind == "table" else ()),
        **attributes,
    )


def _paragraph(row: Mapping[str, Any]) -> Iterator[Element]:
    """Yield the properties of paragraphs, in the order of the schema."""
    yield from toggled(*(["w:keepNext"] if _true(row, "keep_next") else []))
    yield from toggled(*(["w:keepLines"] if _true(row, "keep_lines") else []))
    if _true(row, "unnumbered"):
        yield element("w:suppressLineNumbers")
    spacing = {key: round(float(row[key]) * 20) for key in ("before", "after") if key in row}
    if "line" in row:
        spacing["line"] = round(float(row["line"]) * 240)
    if spacing:
        yield element("w:spacing", **spacing, **({"lineRule": "auto"} if "line" in row else {}))
    indents = {key: round(float(row[key]) * 20) for key in ("left", "right", "hanging") if key in row}
    if indents:
        yield element("w:ind", **indents)
    if "align" in row:
        yield element("w:jc", val=row["align"])
    if "outline" in row:
        yield element("w:outlineLvl", val=row["outline"])


def _characters(row: Mapping[str, Any], look: Look, *, whole: bool) -> Iterator[Element]:
    """Yield the properties of characters, in the order of the schema; fonts and sizes where the file is all ours."""
    if whole and row.get("font") == "head":
        yield element("w:rFonts", ascii=look.head_font, hAnsi=look.head_font, cs=look.head_font)
    if row.get("font") == "code":
        yield element("w:rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New")
    if _true(row, "bold"):
        yield from toggled("w:b", "w:bCs")
    if _true(row, "italic"):
        yield from toggled("w:i", "w:iCs")
    if whole and "colour" in row:
        yield element("w:color", val=row["colour"])
    if whole and "size" in row:
        size = round(float(row["size"]) * look.size * 2)
        yield element("w:sz", val=size)
        yield element("w:szCs", val=size)
    if _true(row, "underline"):
        yield element("w:u", val="single")


def _table() -> Iterator[Element]:
    """Yield the properties of the one table style: rules above, below, and under the head; none between columns."""
    rule = {"val": "single", "sz": 8, "space": 0, "color": "auto"}
    margins = (element("w:left", w=60, type="dxa"), element("w:right", w=60, type="dxa"))
    borders = element("w:tblBorders", element("w:top", **rule), element("w:bottom", **rule))
    yield element("w:tblPr", borders, element("w:tblCellMar", *margins))


def _true(row: Mapping[str, Any], key: str) -> bool:
    return str(row.get(key, "")).lower() == "true"
