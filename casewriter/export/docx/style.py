"""The styles of a Word file: ours, or those of a reference file with ours beside them where it lacks one.

A style is found by its name, as Word's own are called in every language: a German Word saves `heading 1` under the id
`berschrift1`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from casewriter.builtin import data
from casewriter.export.docx.wml import Element, element, qualified, toggled

_WIDE_LETTERS = 1.15
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
    letters: float = 1.0
    """How wide letters may be, beside those of the fonts that we choose."""

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
    rows: Mapping[str, Mapping[str, Any]] = data("word.yaml")["styles"]
    kinds = {name.lower(): row.get("type", "paragraph") for name, row in rows.items()}
    known, size = {}, look.size
    for one in root.iterfind(qualified("w:style")):
        named = one.find(qualified("w:name"))
        name = named.get(qualified("w:val"), "").lower() if named is not None else ""
        if one.get(qualified("w:type")) == kinds.get(name):
            known[name] = one.get(qualified("w:styleId"), "")
        if name == "normal":
            size = _size_of(one) or _size_of(root.find(qualified("w:docDefaults"))) or look.size
    return _completed(Styles(root, replace(look, size=size), known, _WIDE_LETTERS), whole=False)


def _size_of(part: Element | None) -> float:
    """Return the size of type that a style or the defaults set, in points; 0 where they set none."""
    found = next(part.iter(qualified("w:sz")), None) if part is not None else None
    return int(found.get(qualified("w:val"), "0")) / 2 if found is not None else 0.0


def _completed(styles: Styles, *, whole: bool) -> Styles:
    rows: Mapping[str, Mapping[str, Any]] = data("word.yaml")["styles"]
    missing = [name for name in rows if not styles.has(name)]
    taken = {one.get(qualified("w:styleId"), "") for one in styles.root.iterfind(qualified("w:style"))}
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
        element("w:pPr", *_paragraph(row, whole=whole)) if kind == "paragraph" else None,
        element("w:rPr", *_characters(row, styles.look, whole=whole)),
        *(_table() if kind == "table" else ()),
        **attributes,
    )


def _paragraph(row: Mapping[str, Any], *, whole: bool) -> Iterator[Element]:
    """Yield the properties of paragraphs, in the order of the schema.

    In a file that is not all ours nothing is inherited: a journal's text may be justified, its first lines indented.
    """
    if not whole:
        row = {"before": 0, "after": 0, "left": 0, "right": 0, "align": "left"} | dict(row)
        row |= {} if "hanging" in row else {"firstLine": 0}
    yield from toggled(*(["w:keepNext"] if _true(row, "keep_next") else []))
    yield from toggled(*(["w:keepLines"] if _true(row, "keep_lines") else []))
    if _true(row, "unnumbered"):
        yield element("w:suppressLineNumbers")
    spacing = {key: round(float(row[key]) * 20) for key in ("before", "after") if key in row}
    if "line" in row:
        spacing["line"] = round(float(row["line"]) * 240)
    if spacing:
        yield element("w:spacing", **spacing, **({"lineRule": "auto"} if "line" in row else {}))
    indents = {key: round(float(row[key]) * 20) for key in ("left", "right", "hanging", "firstLine") if key in row}
    if indents:
        yield element("w:ind", **indents)
    if "align" in row:
        yield element("w:jc", val=row["align"])
    if "outline" in row:
        yield element("w:outlineLvl", val=row["outline"])


def _characters(row: Mapping[str, Any], look: Look, *, whole: bool) -> Iterator[Element]:
    """Yield the properties of characters, in the order of the schema; fonts and colours where the file is all ours."""
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
    if "size" in row:
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
