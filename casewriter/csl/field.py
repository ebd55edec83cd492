"""The text of a variable: its tags and quotation marks become marks, and no mark of ours comes in from outside."""

from __future__ import annotations

import re
from functools import lru_cache

from casewriter.csl.text import CLOSE, MARK, MARKS, OPEN, OWN

_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc|span)((?: [^<>]*)?)>")
_SIMPLE = {"i": "italic", "b": "bold", "sup": "superscript", "sub": "subscript", "sc": "smallcaps"}
_SPANS = ((re.compile("nocase"), "nocase"), (re.compile("small-caps"), "smallcaps"))


@lru_cache(maxsize=50_000)
def field(text: str) -> str:
    """Return the text of a variable: its tags <i> <b> <sup> <sub> <span> and its quotation marks become marks."""
    if MARK.search(text):
        text = MARK.sub("", text)
    if "<" in text:
        text = _tags(text)
    if any(quote in text for quote in "\"'“‘’"):
        text = _quotes(text)
    return _OWN.sub(rf"\1{OWN}\2", text)


_OWN = re.compile(rf"^([{MARKS}]*)([.,:;!?]+)(?=[^\s.,:;!?{MARKS}])")


def _tags(text: str) -> str:
    opened: list[tuple[re.Match[str], str]] = []
    marks: dict[int, str] = {}
    for found in _TAG.finditer(text):
        if not found[1]:
            opened.append((found, _span_style(found[3]) if found[2] == "span" else _SIMPLE[found[2]]))
        elif opened and opened[-1][0][2] == found[2]:
            start, style = opened.pop()
            marks[start.start()] = OPEN[style] if style else ""
            marks[found.start()] = CLOSE[style] if style else ""
    return _TAG.sub(lambda found: marks.get(found.start(), found[0]), text)


def _span_style(attributes: str) -> str:
    return next((style for pattern, style in _SPANS if pattern.search(attributes)), "")


_BEFORE_OPENING = re.compile(rf"(?:^|[\s(\[{{/–—\u2010-\u2015{MARKS}-])$")
_PAIRS = {"“": "”", "‘": "’", '"': '"', "'": "'"}


def _quotes(text: str) -> str:
    """Turn quotation marks that pair into marks; an apostrophe becomes ’ and anything unpaired stays."""
    stack: list[tuple[str, int]] = []
    marks: dict[int, str] = {}
    straight = ""
    for place, char in enumerate(text):
        if char not in "“”‘’\"'":
            continue
        before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
        starts = not before or place - 1 in marks or bool(_BEFORE_OPENING.search(before))
        opens = char in "“‘" or (char in "\"'" and starts and bool(after) and not after.isspace())
        if opens:
            stack.append((char, place))
            continue
        if char in "'’" and after.isalnum():
            continue  # an apostrophe inside a word
        fits = [n for n, (one, _) in enumerate(stack) if _PAIRS[one] == char]
        if fits and not text[:place].endswith(" "):
            one, opened = stack[fits[-1]]
            straight = straight or (one if one in "\"'" else "")
            mark = {"“": "\uf8b4", "‘": "\uf8b6"}.get(one) or ("\uf8b0" if one == straight else "\uf8b2")
            marks[opened], marks[place] = mark, chr(ord(mark) + 1)
            del stack[fits[-1] :]
    return "".join(marks.get(n, "’" if char == "'" else char) for n, char in enumerate(text))
