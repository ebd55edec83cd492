"""A run of the author's text -> spans: the documented inline markup is read, every other sign stays what was typed.

A sign that could be markup or clinical notation is notation: `CYP2C19*2/*17` keeps its stars, `5~10 mg` its tilde,
`10^9/L` its caret. Every pattern is bounded and every sign is looked at once, so time grows in step with the length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from casewriter.article.delimiters import Delimiter, Marked, TooDeep, emphasised
from casewriter.model.case import CHOOSING

__all__ = [
    "Address",
    "CitedSpan",
    "Linked",
    "LookUp",
    "Marked",
    "MentionSpan",
    "NewLine",
    "Span",
    "TooDeep",
    "read_inline",
]


class CitedSpan(Struct, frozen=True):
    """A citation: `source` is what stands between the brackets."""

    source: str
    written: str


class MentionSpan(Struct, frozen=True):
    """A figure or table called by its id; `tail` holds its panels, as in ``.a-b``."""

    kind: Literal["fig", "tbl"]
    name: str
    tail: str
    written: str


class LookUp(Struct, frozen=True):
    """A datum of the case, named by its path and, where it was measured often, its time."""

    path: str
    at: str
    written: str


class Linked(Struct, frozen=True):
    """Words that lead to an address."""

    href: str
    inner: tuple[Span, ...]
    written: str


class Address(Struct, frozen=True):
    """A web address in the text: `text` is shown, `href` is where it leads."""

    href: str
    text: str


class NewLine(Struct, frozen=True):
    """A line that the author ends: two spaces before the line end."""


Span = str | Marked | CitedSpan | MentionSpan | LookUp | Linked | Address | NewLine

_KEY = r"[^\s;,\[\]@{}]+"
_CITE = rf"(?:[^;\[\]@]*[\s(])?-?@(?!(?:fig|tbl)-){_KEY}(?:[,\s][^;\[\]@]*)?"
CITATION = re.compile(rf"\[({_CITE}(?:;{_CITE})*)\]")
_MENTION = re.compile(
    r"(?<![\w@])@(fig|tbl)-([a-z][a-z0-9_-]*[a-z0-9_]|[a-z])((?:\.[a-z][a-z0-9_-]*)(?:-[a-z]\b)?(?:,[a-z]\b)*)?"
)
_TESTS = re.compile(r"\.[a-z](?:[a-z0-9_-]*[a-z0-9_])?(?:,[a-z](?:[a-z0-9_-]*[a-z0-9_])?)*")
_LOOK_UP = re.compile(r"\{\{\s*([a-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)(?:\s+at\s+([^{}|]{1,60}?))?\s*\}\}")
_LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,500})\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\)){1,2000})>?\s*\)")
_ADDRESS = re.compile(r"(?<![\w/\"'])https?://(?:[^\s<>\[\]{}\"'`()]|\([^\s<>()]*\))*(?<![.,;:!?*_])")
_IN_ANGLES = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_LOWERED = re.compile(r"~([^~\s\\]{1,60})~(?!~)")
_RAISED = re.compile(r"\^([^\^\s\\]{1,60})\^(?!\^)")
_POWER = re.compile(r"[-−–+]?\d+(?:[.,]\d+)?")
_ESCAPED = frozenset("\\`*_{}[]()>#+-.!@|~^<\"'$")
"""Signs that a backslash makes plain."""
_SIGN = re.compile(r"[\\`\[*_~^@{<]|https?://| {2,}\n")


@lru_cache(8192)
def read_inline(text: str) -> tuple[Span, ...]:
    """Return the spans of a text. Raises TooDeep where emphasis stands in emphasis too often."""
    return _Reader(text).read()


class _Reader:
    """Goes through a text once, from sign to sign."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Span | Delimiter] = []
        self._ticks: dict[int, list[int]] | None = None

    def read(self) -> tuple[Span, ...]:
        text, place = self._text, 0
        while sign := _SIGN.search(text, place):
            self._add(text[place : sign.start()])
            place = self._sign(sign[0][0], sign.start())
        self._add(text[place:])
        return emphasised(self._found)

    def _add(self, span: Span | Delimiter) -> None:
        if span != "":
            self._found.append(span)

    def _sign(self, sign: str, at: int) -> int:
        """Read what begins at a sign, or the sign itself; return where to go on."""
        match sign:
            case "\\":
                return self._escape(at)
            case "`":
                return self._code(at)
            case "*" | "_":
                return self._delimiter(sign, at)
            case " ":
                return self._put(NewLine(), self._text.index("\n", at) + 1)
            case "[" | "h" | "<":
                return self._bracket_or_address(at)
            case "@" if found := _MENTION.match(self._text, at):
                return self._mention(found)
            case "{" if found := _LOOK_UP.match(self._text, at):
                return self._put(LookUp(found[1], found[2] or "", found[0]), found.end())
            case "~" | "^":
                return self._shifted(sign, at)
        return self._put(sign, at + 1)

    def _mention(self, found: re.Match[str]) -> int:
        """Put the mention of a figure or table; one drawn from the data may name several tests."""
        kind: Literal["fig", "tbl"] = "fig" if found[1] == "fig" else "tbl"
        end = found.end()
        if kind == "fig" and found[2] in CHOOSING and (tests := _TESTS.match(self._text, found.end(2))):
            end = tests.end()
        tail = self._text[found.end(2) : end]
        return self._put(MentionSpan(kind, found[2], tail, self._text[found.start() : end]), end)

    def _put(self, span: Span | Delimiter, end: int) -> int:
        self._add(span)
        return end

    def _shifted(self, sign: str, at: int) -> int:
        lowered = sign == "~"
        found = (_LOWERED if lowered else _RAISED).match(self._text, at)
        if found is None or not (self._can_be_lowered(found) if lowered else self._can_be_raised(found)):
            return self._put(sign, at + 1)
        return self._put(Marked("subscript" if lowered else "superscript", read_inline(found[1])), found.end())

    def _escape(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if following and following in _ESCAPED:
            return self._put(following, at + 2)
        return self._put("\\", at + 1)

    def _code(self, at: int) -> int:
        """Read what stands between two equally long runs of backticks."""
        size = _run(self._text, at)
        end = self._closing_ticks(size, at + size)
        if end is None:
            return self._put("`" * size, at + size)
        code = self._text[at + size : end].replace("\n", " ")
        inner = code[1:-1] if code[:1] == code[-1:] == " " and code.strip() else code
        return self._put(Marked("code", (inner,)), end + size)

    def _closing_ticks(self, size: int, after: int) -> int | None:
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer("`+", self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        starts = self._ticks.get(size, [])
        while starts and starts[0] < after:
            starts.pop(0)
        return starts[0] if starts else None

    def _delimiter(self, sign: str, at: int) -> int:
        size = _run(self._text, at)
        before, after = self._text[at - 1 : at] if at else "", self._text[at + size : at + size + 1]
        return self._put(Delimiter.between(sign, size, before, after), at + size)

    def _bracket_or_address(self, at: int) -> int:
        text = self._text
        if found := CITATION.match(text, at):
            return self._put(CitedSpan(found[1], found[0]), found.end())
        pictured = at > 0 and text[at - 1] == "!"
        if not pictured and (found := _LINK.match(text, at)):
            inner = (found[1],) if "://" in found[1] else read_inline(found[1])
            return self._put(Linked(found[2], inner, found[0]), found.end())
        if found := _IN_ANGLES.match(text, at):
            return self._put(Address(found[1], found[1]), found.end())
        if (found := _ADDRESS.match(text, at)) and len(found[0]) > len("https://"):
            return self._put(Address(_target(found[0]), found[0]), found.end())
        return self._put(text[at], at + 1)

    def _can_be_lowered(self, found: re.Match[str]) -> bool:
        """Return whether a subscript can stand here: behind a letter or bracket, no range such as ``1h~2h~3h``."""
        before, after = self._around(found)
        chained = found[1][0].isdigit() and after.isdigit()
        return (before.isalpha() or before in tuple(")]}*_^'’")) and not chained and _balanced(found[1])

    def _can_be_raised(self, found: re.Match[str]) -> bool:
        """Return whether a superscript can stand here: behind a letter, number or bracket, or before an isotope.

        A power behind a number is a whole number: in ``10^9/L,10^`` nothing is raised.
        """
        before, after = self._around(found)
        if not _balanced(found[1]):
            return False
        if before.isdigit() and found[1].lstrip("-−–+")[:1].isdigit():
            return bool(_POWER.fullmatch(found[1])) and not after.isdigit()
        if not before or before.isspace() or before in "([{«“„‘\"'/–—-":
            return after.isalpha() or after in tuple("*_[")
        return True

    def _around(self, found: re.Match[str]) -> tuple[str, str]:
        start, end = found.span()
        return self._text[start - 1 : start] if start else "", self._text[end : end + 1]


def _run(text: str, at: int) -> int:
    """Return how often the sign at a place is repeated."""
    end = at
    while text[end : end + 1] == text[at]:
        end += 1
    return end - at


def _balanced(text: str) -> bool:
    """Return whether square brackets open and close in order; ``a][`` of two footnote marks does not."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0


def _target(address: str) -> str:
    """Return where an address leads: a backslash that another editor put before a sign is no part of it."""
    return re.sub(r"\\(?=[_*~#&%])", "", address)
