"""Captions, legends and notes end alike: with a full stop, unless the author closed them with another mark."""

from __future__ import annotations

import re
import unicodedata

from msgspec.structs import replace

from casewriter.article.nodes import Citation, Run, Styled, Text
from casewriter.article.walk import plain

_CLOSED = re.compile("[.!?…:;,。！？．।۔؟][)\\]”’»“›\"']*$")
"""A text that ends with a mark of its own, quotation marks and brackets behind it included."""
_WORD = re.compile("[^\\W\\d_]{2}|[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]")
"""What a text must hold to be more than a sign or a number: `+`, `2)`, `- 4` stay as they were typed."""
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]$")
_WITHOUT_STOPS = re.compile("[\u0e00-\u0e7f]$")
"""Thai ends no sentence with a mark."""


def closed(run: Run) -> Run:
    """Return a run with a full stop at its end where it has no mark there; raised citations stand behind it."""
    text = plain(run).rstrip()
    if not _WORD.search(text) or _CLOSED.search(text) or _WITHOUT_STOPS.search(text):
        return run
    stop = "。" if _EAST_ASIAN.search(text) and unicodedata.east_asian_width(text[-1]) == "W" else "."
    return _with(run, stop)


def _with(run: Run, stop: str) -> Run:
    match run[-1]:
        case Citation(superscript=True) as raised if len(run) > 1:
            return (*closed(run[:-1]), raised)
        case Text(text=text) as last:
            return (*run[:-1], replace(last, text=text.rstrip() + stop))
        case Styled(style="isolated"):
            return (*run, Text(stop))
        case Styled(style="nobreak") as held:
            return (*run[:-1], replace(held, children=_with(held.children, stop)))
        case _:
            return (*run, Text(stop))
