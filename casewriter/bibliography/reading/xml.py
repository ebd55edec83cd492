"""XML of references, safely: no entity, no DTD, no network, and never a tree out of all proportion."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from casewriter.bibliography.reading.record import clean

_INLINE = {"i": "i", "italic": "i", "b": "b", "bold": "b", "sup": "sup", "superscript": "sup", "sub": "sub"}
_INLINE["subscript"] = "sub"


class Unreadable(Exception):
    """The file is no XML that we read; `line` and `reason` say why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def tree(data: bytes) -> Any:
    """Return the root of an XML file. Raises Unreadable."""
    declared = re.search(rb"<!ENTITY", data)
    if declared:
        line = data[: data.find(b"<!DOCTYPE")].count(b"\n") + 1
        raise Unreadable(line, "the file declares entities, which casewriter never resolves; export it again")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(error.lineno or 1, f"this is not well-formed XML: {error.msg}") from None


_RECORD = re.compile(rb"</(PubmedArticle|PubmedBookArticle|record)>")


def whole_part(data: bytes) -> Any:
    """Return the root of a file that was cut off, with its whole records alone, or None if there are none."""
    ends = list(_RECORD.finditer(data))
    if not ends or b"<!ENTITY" in data:
        return None
    opened: list[bytes] = []
    for closing, name, alone in re.findall(rb"<(/?)([A-Za-z]\w*)(?:\s[^<>]*?)?(/?)>", data[: ends[-1].end()]):
        if closing:
            while opened and opened.pop() != name:
                pass
        elif not alone:
            opened.append(name)
    closed = data[: ends[-1].end()] + b"".join(b"</%s>" % name for name in reversed(opened))
    try:
        return tree(closed)
    except Unreadable:
        return None


def text(element: Any, path: str = ".") -> str:
    """Return the text of the first element at a path, all marks gone."""
    found = element.find(path) if element is not None else None
    return clean("".join(found.itertext())) if found is not None else ""


def rich(element: Any) -> str:
    """Return the text of an element with <i>, <b>, <sup> and <sub> kept."""
    return clean(_rich(element)) if element is not None else ""


def _rich(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        inner = _rich(child) if isinstance(child.tag, str) else ""
        tag = _INLINE.get(child.tag) if isinstance(child.tag, str) else None
        if child.tag == "style":
            tag = _INLINE.get(child.get("face", ""))
        parts.append(f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner)
        parts.append(child.tail or "")
    return "".join(parts)
