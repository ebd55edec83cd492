"""A document read back: the words that a reader is shown, in order, with the descriptions of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from casewriter.export.jats.xml import Element
from casewriter.export.signs import CELL, CELL_END

_UNSEEN = frozenset(
    ("journal-meta", "funding-group", "counts", "alt-title", "contrib-id", "institution-id", "element-citation", "role")
)
"""What no reader is shown, because it is the same as data: an element-citation stands beside the printed words."""
_CELLS = ("td", "th")
_IN_LINE = frozenset(
    "bold italic sup sub monospace sc xref ext-link email institution institution-wrap addr-line postal-code city "
    "state country".split()
)
"""Elements that stand in a line of text; each other one has lines of its own."""


def jats_text(data: bytes) -> str:
    """Return the text of a document, an element a line; any other file, such as a picture, has no text."""
    if not data.startswith(b"<?xml"):
        return ""
    safe = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    article = etree.fromstring(data, safe)
    return "".join(_text(article)) if article.tag == "article" else ""


def _text(one: Element) -> Iterator[str]:
    if one.tag in _UNSEEN or not isinstance(one.tag, str):
        return
    if one.tag == "name":
        yield f"\n{_name(one)}\n"
        return
    before, after = _around(one.tag)
    yield before + (one.text or "")
    for inner in one:
        yield from _text(inner)
        yield inner.tail or ""
    yield after


def _around(tag: str) -> tuple[str, str]:
    """Return what stands before and behind the text of an element."""
    if tag in _CELLS:
        return CELL, CELL_END
    return ("", "") if tag in _IN_LINE else ("\n", "\n")


def _name(one: Element) -> str:
    """Return a name as its style shows it: the western one has the given names first."""
    family, given, suffix = (one.findtext(part) or "" for part in ("surname", "given-names", "suffix"))
    name = " ".join(part for part in (given, family) if part)
    return f"{name}, {suffix}" if suffix and name else name
