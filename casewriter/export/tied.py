"""The last line of a paragraph: no short word alone on it, and no end of a divided word."""

from __future__ import annotations

import re

from casewriter.article.nodes import Run, Styled, Text
from casewriter.article.typography import NBSP

_SHORT = 4
"""Letters of a last word below which it is tied to the word before it."""
_LONGEST = 16
"""Letters of a last word that is kept whole: one that is longer would tear a hole into the line before."""
_LAST_WORD = re.compile(r"(?<=\S)[ ](\S+)$")
_LETTERS = re.compile(r"\w")


def tied(run: Run) -> Run:
    """Return the text of a paragraph with its last word whole, and tied to the word before it where it is short."""
    last = run[-1] if run else None
    found = _LAST_WORD.search(last.text) if isinstance(last, Text) else None
    if not isinstance(last, Text) or not found:
        return run
    word, before = found[1], last.text[: found.start()]
    letters = len(_LETTERS.findall(word))
    if letters < _SHORT:
        return (*run[:-1], Text(f"{before}{NBSP}{word}"))
    if letters > _LONGEST:
        return run
    return (*run[:-1], Text(f"{before} "), Styled("nobreak", (Text(word),)))
