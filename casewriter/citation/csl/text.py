"""Text that carries its own formatting as marks, and how such texts are joined and finished.

A rendered element is a `str`. Italics, quotation marks and so on stand in it as private-use characters, which are
removed from every input. Joining two texts resolves the punctuation that meets; `runs` finishes a text: nested italics
flip, quotation marks take their shape by depth, and stops move into quotations where the locale wants it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

_STYLES = (
    "italic bold superscript subscript smallcaps underline nocase roman light baseline normalcaps nounderline".split()
)
_FIRST = 0xF880
OPEN = {name: chr(_FIRST + 2 * n) for n, name in enumerate(_STYLES)}
CLOSE = {name: chr(_FIRST + 2 * n + 1) for n, name in enumerate(_STYLES)}
_QUOTES = {"\uf8b0": "outer", "\uf8b2": "inner", "\uf8b4": "double", "\uf8b6": "single"}
"""What opens a quotation: of the outer or inner form, or typed “ or ‘ by the author."""
_CLOSERS = {chr(ord(mark) + 1): mark for mark in _QUOTES}
_CLOSES = "".join(_CLOSERS)
CITE_CLOSE = "\uf8c4"
_MOVES = "\uf8c5"
"""Stands before a stop that belongs inside the quotation before it where the locale wants that."""
_CITES = 0xF0000
_MARKS = f"\uf880-\uf8cf{chr(_CITES)}-{chr(_CITES + 0xFFFD)}"
_MARK = re.compile(f"[{_MARKS}]")
_QUOTE_MARK = re.compile("[\uf8b0-\uf8b7]")
_OPENED_BY = {mark: name for name, mark in OPEN.items()}
_CLOSED_BY = {mark: name for name, mark in CLOSE.items()}

_OPPOSITE = {"italic": "roman", "bold": "light", "smallcaps": "normalcaps", "underline": "nounderline"}

_FONT = {
    ("font-style", "italic"): "italic",
    ("font-style", "oblique"): "italic",
    ("font-style", "normal"): "roman",
    ("font-weight", "bold"): "bold",
    ("font-weight", "normal"): "light",
    ("font-weight", "light"): "light",
    ("font-variant", "small-caps"): "smallcaps",
    ("font-variant", "normal"): "normalcaps",
    ("text-decoration", "underline"): "underline",
    ("text-decoration", "none"): "nounderline",
    ("vertical-align", "sup"): "superscript",
    ("vertical-align", "sub"): "subscript",
    ("vertical-align", "baseline"): "baseline",
}
"""CSL's formatting attributes and the mark that each becomes (CSL 1.0.2, "Formatting")."""


class Quotes(NamedTuple):
    """The quotation marks of a locale, and whether stops and commas stand inside them."""

    open: str
    close: str
    inner_open: str
    inner_close: str
    holds_stops: bool


def font(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the styles that the formatting attributes of a CSL element ask for, the innermost first."""
    return tuple(style for (name, value), style in _FONT.items() if attributes.get(name) == value)


def styled(text: str, styles: tuple[str, ...]) -> str:
    """Return a text between the marks of styles; nothing stays nothing."""
    if text:
        for style in styles:
            text = f"{OPEN[style]}{text}{CLOSE[style]}"
    return text


def quoted(text: str) -> str:
    """Return a text in quotation marks, whose shape is settled at the end."""
    return f"\uf8b0{text}\uf8b1" if text else ""


def cite(text: str, number: int) -> str:
    """Return the text of one cite of a cluster, marked with its number in it (from 0, at most 65,000)."""
    return f"{chr(_CITES + number)}{text}{CITE_CLOSE}" if text else ""


def plain(text: str) -> str:
    """Return a text without any mark; quotation marks become straight."""
    return _MARK.sub("", _QUOTE_MARK.sub('"', text))


# What two marks that meet become: the left one at the end of a text, the right one at the start of the next.
# Source: the results of the CSL test suite, punctuation_FullMontyPlain.
_MEET = {
    "!": {".": "!", ":": "!", "!": "!"},
    "?": {".": "?", ":": "?", "?": "?"},
    ".": {".": "."},
    ":": {"!": "!", "?": "?", ".": ":", ":": ":"},
    ",": {",": ","},
    ";": {"!": "!", "?": "?", ":": ";", ".": ";", ";": ";"},
}
_LAST = re.compile(f"([^{_MARKS}])([{_MARKS}]*)$")
_FIRST_CHAR = re.compile(f"^([{_MARKS}]*)([^{_MARKS}])")
_BOUNDARY = frozenset("!?.:,; ")


def join(left: str, right: str) -> str:
    """Return two texts one after the other, with the punctuation and spaces that meet resolved."""
    if not left or not right:
        return left or right
    last, first = left[-1], right[0]
    if (last < "\uf880" and last not in _BOUNDARY) or (first < "\uf880" and first not in _BOUNDARY):
        return left + right
    ending, beginning = _LAST.search(left), _FIRST_CHAR.match(right)
    if ending is None or beginning is None or _QUOTE_MARK.search(beginning[1]):
        return left + right
    last, first = ending[1], beginning[2]
    if _QUOTE_MARK.search(ending[2]):
        if last in ".?!" and first == ".":
            return left + beginning[1] + right[beginning.end() :]
        moves = _MOVES if first in ".,!?" else ""
        return f"{left}{moves}{right}"
    if last == first == " ":
        return left + beginning[1] + right[beginning.end() :]
    merged = _MEET.get(last, {}).get(first)
    if merged is None:
        return left + right
    return left[: ending.start()] + merged + ending[2] + beginning[1] + right[beginning.end() :]


def join_all(parts: list[str], delimiter: str = "") -> str:
    """Return the parts that hold text, with a delimiter between them."""
    whole = ""
    for part in parts:
        if part:
            whole = join(join(whole, delimiter), part) if whole else part
    return whole


_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc|span)((?: [^<>]*)?)>")
_SIMPLE = {"i": "italic", "b": "bold", "sup": "superscript", "sub": "subscript", "sc": "smallcaps"}
_SPANS = ((re.compile("nocase"), "nocase"), (re.compile("small-caps"), "smallcaps"))


@lru_cache(maxsize=50_000)
def field(text: str) -> str:
    """Return the text of a variable: its tags <i> <b> <sup> <sub> <span> and its quotation marks become marks."""
    if _MARK.search(text):
        text = _MARK.sub("", text)
    if "<" in text:
        text = _tags(text)
    if any(quote in text for quote in "\"'“‘’"):
        text = _quotes(text)
    return text


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


_BEFORE_OPENING = re.compile(rf"(?:^|[\s(\[{{/–—\u2010-\u2015{_MARKS}-])$")
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


Run = tuple[str, tuple[str, ...]]
"""Text and the styles on it, the outermost first; ``("roman",)`` inside italics is upright."""


_INTO_QUOTE = re.compile(f"([{_CLOSES}][{_MARKS}]*?){_MOVES}([{_MARKS}]*?)([.,!?])")


def _stops_into_quotes(text: str) -> str:
    """Move each stop that moves into the quotation before it, unless a stop stands there."""
    while found := _INTO_QUOTE.search(text):
        inside = join(text[: found.start()], found[3])
        text = join(inside + found[1] + found[2], text[found.end() :])
    return text


def runs(text: str, quotes: Quotes) -> list[Run]:
    """Return a finished text as runs of equal formatting."""
    if _MOVES in text:
        text = _stops_into_quotes(text) if quotes.holds_stops else text.replace(_MOVES, "")
    found: list[Run] = []
    active: list[tuple[str, str]] = []
    depth: list[str] = []
    start = 0
    for place, char in enumerate(text):
        if char < "\uf880" or (char > "\uf8cf" and ord(char) < _CITES):
            continue
        _add(found, text[start:place], active)
        start = place + 1
        if char in _OPENED_BY:
            active.append((_OPENED_BY[char], _shown(_OPENED_BY[char], active)))
        elif char in _CLOSED_BY:
            _close(active, _CLOSED_BY[char])
        elif char in _QUOTES:
            depth.append(_form(_QUOTES[char], depth, quotes))
            _add(found, _SIGNS[depth[-1]](quotes)[0], active)
        elif char in _CLOSERS and depth:
            _add(found, _SIGNS[depth.pop()](quotes)[1], active)
        elif char == CITE_CLOSE:
            _close(active, "cite")
        elif ord(char) >= _CITES:
            active.append(("cite", f"cite:{ord(char) - _CITES}"))
    _add(found, text[start:], active)
    return found


_SIGNS: dict[str, Callable[[Quotes], tuple[str, str]]] = {
    "outer": lambda quotes: (quotes.open, quotes.close),
    "inner": lambda quotes: (quotes.inner_open, quotes.inner_close),
    "double": lambda _: ("“", "”"),
    "single": lambda _: ("‘", "’"),
}


def _form(kind: str, depth: list[str], quotes: Quotes) -> str:
    """Return the form of a quotation: the other one than that around it; what the author typed curly stays alone."""
    if kind in ("double", "single"):
        sign = "“" if kind == "double" else "‘"
        known = {quotes.open: "outer", quotes.inner_open: "inner"}.get(sign)
        if known is None or not depth:
            return known or kind
        kind = known
    return {"outer": "inner", "inner": "outer"}.get(depth[-1], kind) if depth else kind


def _close(active: list[tuple[str, str]], name: str) -> None:
    for n in range(len(active) - 1, -1, -1):
        if active[n][0] == name:
            del active[n]
            return


def _shown(style: str, active: list[tuple[str, str]]) -> str:
    """Return what a style shows where it stands: italics inside italics are upright, upright outside is nothing."""
    around = [shown for _, shown in active]
    for name, opposite in _OPPOSITE.items():
        inside = next((s for s in reversed(around) if s in (name, opposite)), opposite)
        if style == name:
            return opposite if inside == name else name
        if style == opposite:
            return opposite if inside == name else ""
    if style == "baseline":
        return "baseline" if {"superscript", "subscript"} & set(around) else ""
    return "" if style == "nocase" else style


_UPRIGHT = re.compile("^[^A-Za-z\u00c0-\u06ff]*[\u2e80-\u9fff\uac00-\ud7af][^A-Za-z\u00c0-\u06ff]*$")
"""Chinese, Japanese and Korean, which have no italics."""


def _add(found: list[Run], text: str, active: list[tuple[str, str]]) -> None:
    if not text:
        return
    styles = tuple(shown for _, shown in active if shown)
    if "italic" in styles and _UPRIGHT.search(text):
        styles = tuple(style for style in styles if style != "italic")
    if found and found[-1][1] == styles:
        found[-1] = (found[-1][0] + text, styles)
    else:
        found.append((text, styles))
