"""Quotation marks and apostrophes: typed straight, printed as the language has them; primes stay as they are.

A straight mark behind a number is a prime (`5' UTR`, `a 3" scar`, `30° 15' 20"`) unless a quotation is open.
Sources: Unicode CLDR 48, delimiters; RAE, Ortografía de la lengua española (2010), for Spanish.
"""

from __future__ import annotations

import re

from msgspec import Struct

NARROW = "\u202f"
_MARKS = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "fr": (f"«{NARROW}", f"{NARROW}»", f"«{NARROW}", f"{NARROW}»"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pt": ("“", "”", "‘", "’"),
}
_PARTNERS = {"“": "”", "„": "“", "«": "»"}
_BEFORE_OPENING = "([{–—„«“‘‚/\u00a0"
_BEHIND_CLOSING = ")]}.,;:!?…–—»”’"
_NUMBER, _NUMBER_BLANK = re.compile(r"\d['′]?$"), re.compile(r"\d['′]? $")
"""A number, or one with its prime, before a mark."""
_ELISION = re.compile(r"(?:^|[\s(])[cdjlmnstCDJLMNST] $")
"""A letter and a blank, before an apostrophe that a blank was typed before: ``l 'abdomen``."""


def with_quotation_marks(text: str, language: str, before: str) -> str:
    """Return a text with true quotation marks; `before` is the character that stands before it."""
    return _Quoting(text, language[:2], before).text()


class _Place(Struct, frozen=True):
    """A mark and what stands around it."""

    at: int
    previous: str
    following: str

    @property
    def opens(self) -> bool:
        """Whether a quotation can begin here."""
        return not self.previous or self.previous.isspace() or self.previous in _BEFORE_OPENING

    @property
    def ends(self) -> bool:
        """Whether a quotation can end here though a blank stands before the mark."""
        return not self.following or self.following.isspace() or self.following in _BEHIND_CLOSING


class _Quoting:
    """Goes through a text and knows which quotation is open."""

    def __init__(self, text: str, language: str, before: str) -> None:
        self._text = text
        self._before = before
        self._elides = language in ("fr", "it")
        self._open2, self._close2, self._open1, self._close1 = _MARKS.get(language, _MARKS["en"])
        self._closing = ""
        self._single = False
        self._made: list[str] = []
        # a quotation ends behind a character and before none; the apostrophe of '90s is no quotation
        self._last_single = max((m.start() + 1 for m in re.finditer(r"\S'(?![^\W_])", text)), default=-1)

    def text(self) -> str:
        """Return the text with its marks."""
        for at, char in enumerate(self._text):
            self._made.append(self._mark(at, char))
        return "".join(self._made)

    def _mark(self, at: int, char: str) -> str:
        if char not in "\"'":
            self._typed(char)
            return char
        previous = self._text[at - 1] if at else self._before
        place = _Place(at, previous, self._text[at + 1 : at + 2])
        return self._double(place) if char == '"' else self._one(place)

    def _typed(self, char: str) -> None:
        """Remember a quotation that the author opened or closed with a true mark."""
        if self._closing and char == self._closing[-1]:
            self._closing = ""
        elif char in _PARTNERS and not self._closing:
            self._closing = _PARTNERS[char]

    def _double(self, place: _Place) -> str:
        if self._closing and (not place.opens or place.ends):
            closing, self._closing = self._closing, ""
            return closing
        if self._is_prime(place):
            return '"'
        if place.opens or (place.previous in "-=" and place.following.isalnum()):
            self._closing = self._close2
            return self._open2
        return self._close2

    def _is_prime(self, place: _Place) -> bool:
        """Return whether a mark stands behind a number, with a blank between or none."""
        behind = _NUMBER_BLANK if place.previous == " " and place.ends else _NUMBER
        return not self._closing and bool(behind.search("".join(self._made[-4:])))  # 3' that became 3’ has no prime

    def _one(self, place: _Place) -> str:
        text, at = self._text, place.at
        if "'" in (place.previous, place.following):
            return "'"  # two of them are a typed prime or quotation mark
        if place.previous.isdigit() and not self._single and not re.match(r"s(?![^\W\d_])", text[at + 1 : at + 3]):
            return "'"
        elided = self._elides and _ELISION.search(text[max(0, at - 3) : at])
        if place.opens and not elided and self._last_single > at + 1 and not place.following.isdigit():
            self._single = True
            return self._open1
        if self._single and not place.following.isalpha():
            self._single = False
            return self._close1
        return "’"
