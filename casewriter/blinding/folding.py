"""A text as names are compared: without accents, with one kind of space, dash and apostrophe.

Case stays, because some names are words as well: `Young` and `young`.
"""

from __future__ import annotations

import unicodedata

_LETTERS = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
            "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i"}  # fmt: skip
"""Letters that Unicode does not divide into a letter and a mark."""
_APOSTROPHES = "’‘ʼ`´′"
_DASHES = "−⁻"


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
            done.append(" " if one.isspace() and one != "\n" else _LETTERS.get(one, one))
    return "".join(done)


class _Table(dict[int, str]):
    """Remembers what each sign is compared as: `str.translate` asks for the number of each once."""

    def __missing__(self, number: int) -> str:
        found = self[number] = _sign(chr(number))
        return found


_TABLE = _Table()


def fold(text: str) -> str:
    """Return a text as names are compared."""
    return text.translate(_TABLE)


def places(text: str) -> list[int]:
    """Return the place in a text of each sign of the folded one, and its end; a mark counts to its letter."""
    return [*(place for place, sign in enumerate(text) for _ in fold(sign)), len(text)]


def folded(text: str) -> str:
    """Return a text as names are compared, on one line."""
    return " ".join(fold(text).split())
