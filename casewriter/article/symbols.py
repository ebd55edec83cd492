"""Private-use letters of the fonts Symbol and Wingdings, as a word processor pastes them, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casewriter.article import kinds
from casewriter.builtin import data
from casewriter.problem import Path, Problem

PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLET = re.compile("^[ \t]*[\uf0b7\uf0a7\uf0d8](?=[ \t])", re.MULTILINE)


def symbols(text: str, path: Path, *, blocks: bool) -> Iterator[Problem]:
    """Yield a problem for each private-use letter of a text: no font of ours has it, and no other reader's may.

    A bullet where a line of `blocks` begins is read as one and needs no font.
    """
    read = _BULLET.sub(lambda bullet: " " * len(bullet[0]), text) if blocks else text
    for found in PRIVATE.finditer(read):
        meant = letter_meant(found[0])
        message = f"U+{ord(found[0]):04X} is a private letter of a font, which prints as an empty box"
        hint = f"write “{meant}”" if meant else "write the letter that is meant"
        nth = text.count(found[0], 0, found.start())
        yield Problem(kinds.SYMBOL, message, path, quote=found[0], nth=nth, hint=hint)


def letter_meant(char: str) -> str:
    """Return the letter that a private-use character of Symbol or Wingdings stands for, or nothing."""
    return _letters().get(char, "")


@cache
def _letters() -> dict[str, str]:
    found: dict[str, str] = data("symbol_font.yaml")["letters"]
    return found
