"""WordprocessingML, element by element: names with their prefix, attributes in the namespace of their element.

Source: ISO/IEC 29500-1:2016, part 1, chapters 17 (WordprocessingML) and 20 (DrawingML).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

Element = Any
"""An lxml element; its library has no types of its own."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36_000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUALIFIED = ("w",)
"""Prefixes whose attributes are in the namespace of their element; those of drawings have none."""


def qualified(name: str) -> str:
    """Return a name such as ``w:p`` as lxml writes it; one without a prefix is in no namespace."""
    prefix, _, local = name.rpartition(":")
    if prefix == "xml":
        return f"{{http://www.w3.org/XML/1998/namespace}}{local}"
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def element(name: str, /, *children: Element | None, **attributes: object) -> Element:
    """Return an element such as ``w:jc`` with ``val="center"``; children that are None are left out."""
    return with_attributes(name, attributes, *children)


def with_attributes(name: str, attributes: dict[str, object], *children: Element | None) -> Element:
    """Return an element whose attributes have a prefix of their own, such as ``r:id``, or that of the element."""
    prefix = name.partition(":")[0]
    prefixes = {prefix, *(key.partition(":")[0] for key in attributes if ":" in key)} - {"xml"}
    found = etree.Element(qualified(name), nsmap={one: NAMESPACES[one] for one in prefixes})
    for key, value in attributes.items():
        whole = key if ":" in key or prefix not in _QUALIFIED else f"{prefix}:{key}"
        found.set(qualified(whole), clean(str(value)))
    found.extend(child for child in children if child is not None)
    return found


def clean(text: str) -> str:
    """Return a text without what XML cannot hold: each such character becomes the sign for an unknown one."""
    return _NOT_XML.sub("\ufffd", text)


def toggled(*names: str) -> list[Element]:
    """Return properties that are on, such as ``w:b``."""
    return [element(name) for name in names]


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def emu(millimetres: float) -> int:
    """Return a length in English metric units, of which DrawingML is made."""
    return round(millimetres * EMU_PER_MM)
