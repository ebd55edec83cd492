"""A Word file read back: its text in order, with the descriptions of its pictures."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from casewriter.export.docx.wml import qualified

_PARAGRAPH, _TEXT = qualified("w:p"), qualified("w:t")
_BLANKS = {qualified("w:tab"): "\t", qualified("w:br"): "\n", qualified("w:cr"): "\n"}
_PICTURE = qualified("wp:docPr")


def docx_text(data: bytes) -> str:
    """Return the text of a Word file, a paragraph a line; a field is what it shows, a picture its description."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    parts: list[str] = []
    for one in root.iter():
        if one.tag == _PARAGRAPH:
            parts.append("\n")
        elif one.tag == _TEXT:
            parts.append(one.text or "")
        elif one.tag == _PICTURE:
            parts.append(f"\n{one.get('descr', '')}\n")
        else:
            parts.append(_BLANKS.get(one.tag, ""))
    return "".join(parts)
