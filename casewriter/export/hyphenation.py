"""Where words may be divided: a pattern is read when a word asks for it, not all of them at each start.

pyphen takes every pattern of a language apart when the first word is divided: 14,000 in English, 78,000 in German. A
page asks for some hundred. A test compares both for every pattern of every language.
"""

from __future__ import annotations

import re
from typing import Any

_DIGITS = re.compile("[0-9]+")
_UNUSUAL = re.compile(r"[/=]|\^\^")
"""Words that are spelled differently when they are divided, and letters written as numbers: pyphen reads these."""
_PLACES = re.compile(r"(\d?)\D?")


def read_patterns_late() -> None:
    """Let pyphen read the patterns of words when it is asked for them, in every document of this process."""
    from weasyprint.text.line_break import pyphen

    if not hasattr(pyphen.HyphDict, "original"):
        pyphen.HyphDict = _late(pyphen.HyphDict, pyphen.ignored)


def _late(original: Any, ignored: tuple[str, ...]) -> Any:
    """Return pyphen's class of dictionaries, with a quicker beginning."""

    class Late(original):  # type: ignore[misc]
        """The patterns of a language."""

        def __init__(self, path: Any) -> None:
            with path.open("rb") as file:
                encoding = file.readline().decode().strip()
            lines = [line.strip() for line in path.read_text(encoding).split("\n")[1:]]
            patterns = [line for line in lines if line and not line.startswith(ignored)]
            if _UNUSUAL.search("\n".join(patterns)):
                super().__init__(path)
                return
            self.patterns = _Patterns(patterns)
            self.cache: dict[str, Any] = {}
            self.maxlen = max(map(len, self.patterns.written))

    Late.original = original
    return Late


class _Patterns:
    """Patterns as they are written, by their letters."""

    def __init__(self, patterns: list[str]) -> None:
        letters = _DIGITS.sub("", "\n".join(patterns)).split("\n")
        self.written = {one: pattern for one, pattern in zip(letters, patterns, strict=True) if one != pattern}

    def get(self, letters: str) -> tuple[int, tuple[int, ...]] | None:
        """Return the first place where letters say something about dividing, and what they say from there on."""
        pattern = self.written.get(letters)
        if pattern is None:
            return None
        values = [int(digit or 0) for digit in _PLACES.findall(pattern)]
        said = [place for place, value in enumerate(values) if value]
        return (said[0], tuple(values[said[0] : said[-1] + 1])) if said else None
