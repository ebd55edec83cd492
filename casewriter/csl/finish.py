"""A rendered text finished: nested italics flip, quotation marks take their shape, stops go into quotations."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from casewriter.csl.text import CITE_CLOSE, CITES, CLOSE, CLOSERS, MARKS, MOVES, OPEN, QUOTES, join

_CLOSES = "".join(CLOSERS)
OPENED_BY = {mark: name for name, mark in OPEN.items()}
CLOSED_BY = {mark: name for name, mark in CLOSE.items()}
_OPPOSITE = {"italic": "roman", "bold": "light", "smallcaps": "normalcaps", "underline": "nounderline"}


class Quotes(NamedTuple):
    """The quotation marks of a locale, and whether stops and commas are inside them."""

    open: str
    close: str
    inner_open: str
    inner_close: str
    holds_stops: bool


Run = tuple[str, tuple[str, ...]]
"""Text and the styles on it, the outermost first; ``("roman",)`` inside italics is upright."""


@cache
def _into_quote() -> re.Pattern[str]:
    return re.compile(f"([{_CLOSES}][{MARKS}]*?){MOVES}([{MARKS}]*?)([.,!?])")


def _stops_into_quotes(text: str) -> str:
    """Move each stop that moves into the quotation before it, unless a stop is there."""
    while found := _into_quote().search(text):
        inside = join(text[: found.start()], found[3])
        text = join(inside + found[1] + found[2], text[found.end() :])
    return text


def runs(text: str, quotes: Quotes) -> list[Run]:
    """Return a finished text as runs of equal formatting."""
    if MOVES in text:
        text = _stops_into_quotes(text) if quotes.holds_stops else text.replace(MOVES, "")
    found: list[Run] = []
    active: list[tuple[str, str]] = []
    depth: list[str] = []
    start = 0
    for place, char in enumerate(text):
        if char < "\uf880" or (char > "\uf8cf" and ord(char) < CITES):
            continue
        _add(found, text[start:place], active)
        start = place + 1
        if char in OPENED_BY:
            active.append((OPENED_BY[char], _shown(OPENED_BY[char], active)))
        elif char in CLOSED_BY:
            _close(active, CLOSED_BY[char])
        elif char in QUOTES:
            depth.append(_form(QUOTES[char], depth, quotes))
            _add(found, _SIGNS[depth[-1]](quotes)[0], active)
        elif char in CLOSERS and depth:
            _add(found, _SIGNS[depth.pop()](quotes)[1], active)
        elif char == CITE_CLOSE:
            _close(active, "cite")
        elif ord(char) >= CITES:
            active.append(("cite", f"cite:{ord(char) - CITES}"))
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
    """Return what a style shows where it is: italics inside italics are upright, upright outside is nothing."""
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
