"""Marks that carry italics, bold, super- and subscript through the CSL engine: characters no author can type.

They are private-use characters, which are removed from every input, so a text can neither forge nor break them.
"""

from __future__ import annotations

import re

STYLES = ("italic", "bold", "superscript", "subscript", "smallcaps")
_OPEN = {name: chr(0xF8A0 + 2 * i) for i, name in enumerate(STYLES)}
_CLOSE = {name: chr(0xF8A1 + 2 * i) for i, name in enumerate(STYLES)}
OPENING = {mark: name for name, mark in _OPEN.items()}
CLOSING = {mark: name for name, mark in _CLOSE.items()}
ANY_MARK = re.compile("[\uf8a0-\uf8af]")
_TAGS = {"i": "italic", "b": "bold", "sup": "superscript", "sub": "subscript"}
_TAG = re.compile(r"<(/?)(i|b|sup|sub)>")


def wrap(text: str, style: str) -> str:
    """Return a text between the marks of a style."""
    return f"{_OPEN[style]}{text}{_CLOSE[style]}" if text else ""


def from_csl(text: str) -> str:
    """Return a field with CSL's tags <i> <b> <sup> <sub> as marks; unbalanced and other tags stay text."""
    text = ANY_MARK.sub("", text)
    opened: list[re.Match[str]] = []
    pairs: dict[int, str] = {}
    for found in _TAG.finditer(text):
        if not found[1]:
            opened.append(found)
        elif opened and opened[-1][2] == found[2]:
            pairs[opened.pop().start()] = _OPEN[_TAGS[found[2]]]
            pairs[found.start()] = _CLOSE[_TAGS[found[2]]]
    return _TAG.sub(lambda found: pairs.get(found.start(), found[0]), text)


def plain(text: str) -> str:
    """Return a text without marks."""
    return ANY_MARK.sub("", text)
