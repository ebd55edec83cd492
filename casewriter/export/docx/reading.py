"""A Word file read back: its text in order, with the descriptions of its pictures."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from casewriter.export.docx.wml import Element, qualified
from casewriter.export.signs import CELL, CELL_END

_TEXT = qualified("w:t")
_BLANKS = {
    qualified("w:p"): "\n",
    qualified("w:tab"): "\t",
    qualified("w:br"): "\n",
    qualified("w:cr"): "\n",
    qualified("w:tc"): CELL,
}
_CELL_ENDS = {qualified("w:tc"): CELL_END}
_PICTURE = qualified("wp:docPr")


def docx_text(data: bytes) -> str:
    """Return the text of a Word file, a paragraph a line; a field is what it shows, a picture its description."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    parts: list[str] = []
    for event, one in etree.iterwalk(root, events=("start", "end")):
        parts.append(_CELL_ENDS.get(one.tag, "") if event == "end" else _text(one))
    return "".join(parts)


def _text(one: Element) -> str:
    if one.tag == _TEXT:
        return one.text or ""
    if one.tag == _PICTURE:
        return f"\n{one.get('descr', '')}\n"
    return _BLANKS.get(one.tag, "")
