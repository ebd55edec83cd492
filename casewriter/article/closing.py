"""Captions, legends and notes end alike: with a full stop, unless the author closed them with another mark."""

from __future__ import annotations

import re
import unicodedata

from msgspec.structs import replace

from casewriter.article.nodes import Citation, Run, Styled, Text
from casewriter.article.walk import plain

_MARKS, _BEHIND = ".!?…:;,。！？．।۔؟", ")]”’»“›\"'"
"""Marks that end a text, and what may be behind them."""
_WORD = re.compile(r"[^\W\d_]{2}")
"""What a text must hold to be more than a sign or a number: `+`, `2)`, `- 4` stay as they were typed."""


def closed(run: Run) -> Run:
    """Return a run with a full stop at its end where it has no mark there; raised citations stand behind it."""
    text = plain(run).rstrip()
    mark = text.rstrip(_BEHIND)[-1:]
    if not (_WORD.search(text) or any(map(_is_east_asian, text))) or (mark and mark in _MARKS) or _is_thai(text[-1]):
        return run
    stop = "。" if _is_east_asian(text[-1]) and unicodedata.east_asian_width(text[-1]) == "W" else "."
    return _with(run, stop)


def _is_east_asian(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7ff" or "\uf900" <= char <= "\ufaff"


def _is_thai(char: str) -> bool:
    """Return whether a letter is Thai, which ends no sentence with a mark."""
    return "\u0e00" <= char <= "\u0e7f"


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
