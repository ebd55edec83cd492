"""XML read as XML: a reader of HTML takes some elements, such as a title, for something without elements in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from lxml import etree

_DECLARES = ("<!ENTITY", "<!ATTLIST")
"""What gives a text to names elsewhere: it is left to the reader of HTML, which reads declarations as text."""

_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*")


def as_xml(text: str, reader: HTMLParser) -> bool:
    """Tell a reader what a file of XML holds, without loading anything; return whether it is one."""
    if not text.startswith("<?xml") or any(word in text for word in _DECLARES):
        return False
    safe = etree.XMLParser(encoding="utf-8", load_dtd=False, no_network=True, resolve_entities=False)
    try:
        tree: Any = etree.fromstring(text.encode(), safe)
    except etree.XMLSyntaxError:
        return False
    for declared in _DOCTYPE.findall(text):
        reader.handle_decl(declared)
    for outside in (*tree.itersiblings(preceding=True), *tree.itersiblings()):
        reader.handle_comment(f"{getattr(outside, 'target', '')} {outside.text or ''}")
    for event, one in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        _tell(event, one, reader)
    return True


def _tell(event: str, one: Any, reader: HTMLParser) -> None:
    if event == "start":
        reader.handle_starttag(_name(one, one.tag), [(_name(one, key), value) for key, value in one.attrib.items()])
        reader.handle_data(one.text or "")
    elif event == "end":
        reader.handle_endtag(_name(one, one.tag))
    else:
        reader.handle_comment(f"{getattr(one, 'target', '')} {one.text or ''}")
    if event != "start":
        reader.handle_data(one.tail or "")


def _name(one: Any, name: str) -> str:
    """Return a name with the prefix that stands in the file, in small letters as a reader of HTML has it."""
    namespace, _, local = name.rpartition("}")
    prefix = next((p for p, address in one.nsmap.items() if p and address == namespace[1:]), None)
    return (f"{prefix}:{local}" if prefix else local).lower()
