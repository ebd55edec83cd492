"""Text that carries its own formatting as marks, and how such texts are joined.

A rendered element is a `str`. Italics, quotation marks and so on are in it as private-use characters, which are
removed from every input (`field.py`). Joining two texts resolves the punctuation that meets; `finish.py` resolves the
marks.
"""

from __future__ import annotations

import re

_STYLES = (
    "italic bold superscript subscript smallcaps underline nocase roman light baseline normalcaps nounderline".split()
)
_FIRST = 0xF880
OPEN = {name: chr(_FIRST + 2 * n) for n, name in enumerate(_STYLES)}
CLOSE = {name: chr(_FIRST + 2 * n + 1) for n, name in enumerate(_STYLES)}
QUOTES = {"\uf8b0": "outer", "\uf8b2": "inner", "\uf8b4": "double", "\uf8b6": "single"}
"""What opens a quotation: of the outer or inner form, or typed “ or ‘ by the author."""
CLOSERS = {chr(ord(mark) + 1): mark for mark in QUOTES}
CITE_CLOSE = "\uf8c4"
MOVES = "\uf8c5"
"""Comes before a stop that belongs inside the quotation before it where the locale wants that."""
OWN = "\uf8c6"
"""Comes before punctuation with which a text begins and that belongs to its first word: .5, !Kung."""
CITES = 0xF0000
MARKS = f"\uf880-\uf8cf{chr(CITES)}-{chr(CITES + 0xFFFD)}"
MARK = re.compile(f"[{MARKS}]")
_QUOTE_MARK = re.compile("[\uf8b0-\uf8b7]")

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
    return f"{chr(CITES + number)}{text}{CITE_CLOSE}" if text else ""


def plain(text: str) -> str:
    """Return a text without any mark; quotation marks become straight."""
    return MARK.sub("", _QUOTE_MARK.sub('"', text))


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
_LAST = re.compile(f"([^{MARKS}])([{MARKS}]*)$")
_FIRST_CHAR = re.compile(f"^([{MARKS}]*)([^{MARKS}])")
_BOUNDARY = frozenset("!?.:,; ")


def join(left: str, right: str) -> str:
    """Return two texts one after the other, with the punctuation and spaces that meet resolved."""
    if not left or not right:
        return left or right
    last, first = left[-1], right[0]
    if (last < "\uf880" and last not in _BOUNDARY) or (first < "\uf880" and first not in _BOUNDARY):
        return left + right
    ending, beginning = _LAST.search(left), _FIRST_CHAR.match(right)
    if ending is None or beginning is None or _QUOTE_MARK.search(beginning[1]) or OWN in beginning[1]:
        return left + right
    last, first = ending[1], beginning[2]
    if _QUOTE_MARK.search(ending[2]):
        if last in ".?!" and first == ".":
            return left + beginning[1] + right[beginning.end() :]
        moves = MOVES if first in ".,!?" else ""
        return f"{left}{moves}{right}"
    if last == first == " ":
        return left + beginning[1] + right[beginning.end() :]
    merged = _MEET.get(last, {}).get(first)
    if merged is None:
        return left + right
    return left[: ending.start()] + merged + ending[2] + beginning[1] + right[beginning.end() :]
