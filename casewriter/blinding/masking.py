"""A text with what is withheld replaced by one sign; citations, look-ups and mentions in it stay as they are."""

from __future__ import annotations

import re

from msgspec import Struct

from casewriter.article.inline import CITATION
from casewriter.blinding.finder import Finder, Hit

_KEPT = re.compile(r"\{\{[^{}]*\}\}|(?<![\w@])@(?:fig|tbl)-[\w.,-]+")
_LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,500})\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\)){1,2000})>?\s*\)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:)(?:[^\s<>\[\]{}\"'`()]|\([^\s<>()]*\))*(?<![.,;:!?*_])", re.IGNORECASE
)
_DOI = re.compile(r"(?<![\w/])(?:doi:\s*)?10\.\d{4,9}/[^\s<>\[\]]*[^\s<>\[\].,;:)]", re.IGNORECASE)


class Masked(Struct, frozen=True):
    """A text without what is withheld, and what was replaced or left, with its places in the text as typed."""

    text: str
    hits: tuple[Hit, ...] = ()
    left: tuple[Hit, ...] = ()


class Mask(Struct, frozen=True):
    """Replaces what a finder finds by a sign."""

    finder: Finder
    sign: str

    def of(self, text: str, *, addresses: bool = False) -> Masked:
        """Return a text masked; with `addresses`, no web address stays: it leads to the authors."""
        found = self.finder.find(text)
        kept = [one.span() for one in _KEPT.finditer(text)]
        kept += [span for one in CITATION.finditer(text) for span in _keys(one)]
        hits = [hit for hit in found.hits if not any(_meet(hit, span) for span in kept)]
        if addresses:
            hits += [Hit(*one.span(), "an address", "addresses") for one in _every_address(text)]
        if not hits:
            return Masked(text, left=found.left)
        return Masked(self._replaced(text, hits), tuple(hits), found.left)

    def _replaced(self, text: str, hits: list[Hit]) -> str:
        """Return a text with stretches replaced; a web address that holds one goes as a whole."""
        links = [one for one in _LINK.finditer(text) if any(_meet(hit, one.span(2)) for hit in hits)]
        whole = [one.span() for one in _every_address(text) if any(_meet(hit, one.span()) for hit in hits)]
        stretches = [(one.end(1), one.end(), f" {self.sign}") for one in links]
        stretches += [(one.start(), one.start(1), "") for one in links]
        others = [*whole, *(_with_marks(text, hit.start, hit.end) for hit in hits)]
        stretches += [(start, end, self.sign) for start, end in others]
        return _joined(text, _merged(stretches))


def _every_address(text: str) -> list[re.Match[str]]:
    return [*_ADDRESS.finditer(text), *_DOI.finditer(text)]


def _keys(citation: re.Match[str]) -> list[tuple[int, int]]:
    start = citation.start(1)
    return [(start + one.start(), start + one.end()) for one in re.finditer(r"@[^\s;,\[\]@{}]+", citation[1])]


def _meet(hit: Hit, span: tuple[int, int]) -> bool:
    return hit.start < span[1] and span[0] < hit.end


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch with the marks of emphasis beside it, where some are inside it: they belong together."""
    while any(mark in text[start:end] for mark in "*_") and text[start - 1 : start] in ("*", "_"):
        start -= 1
    while any(mark in text[start:end] for mark in "*_") and text[end : end + 1] in ("*", "_"):
        end += 1
    return start, end


def _merged(stretches: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return stretches in order; those that meet are one."""
    done: list[tuple[int, int, str]] = []
    for start, end, new in sorted(stretches):
        if done and start < done[-1][1]:
            before = done[-1]
            done[-1] = (before[0], max(before[1], end), before[2] or new)
        else:
            done.append((start, end, new))
    return done


def _joined(text: str, stretches: list[tuple[int, int, str]]) -> str:
    parts, place = [], 0
    for start, end, new in stretches:
        parts += [text[place:start], new]
        place = end
        if new and text[end : end + 1] in ("(", "["):
            parts.append(" ")  # `[sign](…` would be read as a link
    return "".join([*parts, text[place:]])
