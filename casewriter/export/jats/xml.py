"""Elements of JATS: attributes with their prefix, text without what XML cannot hold, and the whole as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

Element = Any
"""An lxml element; its library has no types of its own."""
Content = Element | str | None
"""What an element may hold; None is left out."""

XLINK = "http://www.w3.org/1999/xlink"
_PREFIXES = {"xlink": XLINK, "xml": "http://www.w3.org/XML/1998/namespace"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN" '
    '"http://jats.nlm.nih.gov/publishing/1.3/JATS-journalpublishing1-3.dtd">'
)
_OF_ELEMENTS = frozenset(
    "article front journal-meta journal-title-group publisher article-meta article-categories subj-group title-group "
    "contrib-group contrib author-notes fn abstract kwd-group funding-group award-group counts body back sec list "
    "list-item def-list def-item def disp-quote fig-group fig caption alternatives graphic table-wrap table thead "
    "tbody tr table-wrap-foot ref-list ref citation-alternatives element-citation person-group glossary ack "
    "supplementary-material".split()
)
"""Elements that hold elements alone: a line may begin between these."""


def clean(text: str) -> str:
    """Return a text without what XML cannot hold: each such character becomes the sign for an unknown one."""
    return _NOT_XML.sub("\ufffd", text)


def element(name: str, /, *contents: Content, **attributes: str | None) -> Element:
    """Return an element around its contents; ``ref_type`` is written as ref-type, ``xlink_href`` as xlink:href."""
    made = etree.Element(name)
    for key, value in attributes.items():
        if value is not None:
            made.set(_qualified(key), clean(value))
    add(made, contents)
    return made


def add(made: Element, contents: Iterable[Content]) -> None:
    """Put contents at the end of an element."""
    for one in contents:
        if isinstance(one, str):
            _add_text(made, clean(one))
        elif one is not None:
            made.append(one)


def _add_text(made: Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text


def _qualified(key: str) -> str:
    prefix, _, local = key.partition("_")
    if prefix in _PREFIXES:
        return f"{{{_PREFIXES[prefix]}}}{local}"
    return key.rstrip("_").replace("_", "-")


def root(name: str, *contents: Content, **attributes: str | None) -> Element:
    """Return the outermost element, which declares the prefixes."""
    made = etree.Element(name, nsmap={"xlink": XLINK})
    for key, value in attributes.items():
        made.set(_qualified(key), clean(value or ""))
    add(made, contents)
    return made


def written(article: Element) -> bytes:
    """Return the file of an article, a line for each element that holds others; text is left as it is."""
    _in_lines(article, "\n")
    return bytes(etree.tostring(article, xml_declaration=True, encoding="UTF-8", doctype=_DOCTYPE)) + b"\n"


def _in_lines(outer: Element, margin: str) -> None:
    if outer.tag not in _OF_ELEMENTS or not len(outer) or (outer.text or "").strip():
        return
    outer.text = f"{margin} "
    for inner in outer:
        _in_lines(inner, f"{margin} ")
        inner.tail = f"{margin} "
    outer[-1].tail = margin
