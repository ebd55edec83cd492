"""The text of a file with pages: hyphens end its lines, feet and heads stand between its words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from casewriter.export.signs import signs_of, wanted_signs

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MIRRORED = ("Ps", "Pe", "Pi", "Pf")
"""Brackets and quotation marks, which a PDF's reader turns round between words from right to left."""
_NEAR = 400
"""Letters within which the rest of a text goes on behind the foot and head of a page."""


class PagedText:
    """The signs of a file in order, without what the layout adds: spaces, hyphens at the ends of lines."""

    def __init__(self, text: str) -> None:
        self._text = signs_of(text)
        self._bare = self._text.replace("-", "")
        self._count = Counter(self._text)
        self._place = 0  # what comes next in the article mostly comes next in the file

    def missing(self, wanted: str) -> str:
        """Return the words of a text that the file does not hold, or nothing.

        Signs beside words from right to left are counted: a PDF's reader gives them in an order of its own.
        """
        signs = wanted_signs(wanted)
        if _RIGHT_TO_LEFT.search(signs):
            return self._missing_beside_rtl(signs, wanted)
        place = self._find(signs)
        if place >= 0:
            self._place = place + len(signs)
            return ""
        return "" if self._holds_without_hyphens(signs) else self._missing_words(wanted.split())

    def _missing_beside_rtl(self, signs: str, wanted: str) -> str:
        """Return what is missing of a text that holds words from right to left: of its other words, or all of it."""
        counted = Counter(sign for sign in signs if unicodedata.category(sign) not in _MIRRORED)
        if any(self._count[sign] < count for sign, count in counted.items()):
            return wanted.strip()
        words = _LETTERS.findall(_RIGHT_TO_LEFT.sub(" ", wanted))
        return " ".join(word for word in words if self._text.find(signs_of(word)) < 0)

    def _find(self, signs: str) -> int:
        near = self._text.find(signs, self._place)
        return near if near >= 0 else self._text.find(signs)

    def _holds_without_hyphens(self, signs: str) -> bool:
        """Return whether the file holds a text whose hyphens all stand in words: markup may part one from its word."""
        return "-" not in signs and signs in self._bare

    def _missing_words(self, words: list[str]) -> str:
        """Return the words that are not in the file; text that goes on behind a page's foot is found in halves."""
        signs = signs_of("".join(words) if len(words) == 1 else " ".join(words))
        place = self._text.find(signs, self._place)
        if place >= 0:
            self._place = place + len(signs)
            return ""
        if len(words) > 1:
            half = len(words) // 2
            first = self._missing_words(words[:half])
            return " ".join(part for part in (first, self._missing_words(words[half:])) if part)
        found = self._divided(signs) or signs in self._text or self._holds_without_hyphens(signs)
        return "" if found else " ".join(words)

    def _divided(self, word: str) -> bool:
        """Return whether a word goes on behind the foot and head of a page."""
        for cut in range(len(word) - 1, 0, -1):
            place = self._text.find(word[:cut], self._place)
            if 0 <= place <= self._place + _NEAR:
                rest = self._text.find(word[cut:], place + cut)
                if 0 <= rest <= place + _NEAR:
                    self._place = rest + len(word) - cut
                    return True
        return False
