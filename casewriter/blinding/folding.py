"""A text as names are compared: without accents, with one kind of space, dash and apostrophe, each sign with its place.

Case stays, because some names are words as well: `Young` and `young`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from msgspec import Struct

_LETTERS = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
            "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i"}  # fmt: skip
"""Letters that Unicode does not divide into a letter and a mark."""
_APOSTROPHES = "’‘ʼ`´′"
_DASHES = "−⁻"


class Folded(Struct, frozen=True):
    """A folded text; `places` are the places of its signs in the text that was folded, and its end."""

    text: str
    places: range | tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original text that a stretch of the folded one stands for."""
        return self.places[start], self.places[end]


@lru_cache(4096)
def _sign(sign: str) -> str:
    """Return what a sign is compared as: nothing for an accent or for what is not seen."""
    if sign in _LETTERS:
        return _LETTERS[sign]
    done = []
    for one in unicodedata.normalize("NFKD", sign):
        kind = unicodedata.category(one)
        if kind in ("Mn", "Cf", "Me"):
            continue
        if one in _APOSTROPHES:
            done.append("'")
        elif kind == "Pd" or one in _DASHES:
            done.append("-")
        else:
            done.append(" " if one.isspace() else _LETTERS.get(one, one))
    return "".join(done)


def fold(text: str) -> Folded:
    """Return a text as names are compared; a mark behind its letter counts to that letter."""
    if text.isascii() and "`" not in text:
        return Folded(text, range(len(text) + 1))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for one in _sign(sign):
            signs.append(one)
            places.append(place)
    return Folded("".join(signs), (*places, len(text)))


def folded(text: str) -> str:
    """Return a text as names are compared, on one line."""
    return " ".join(fold(text).text.split())
