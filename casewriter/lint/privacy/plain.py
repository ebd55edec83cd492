"""A text as the patterns read it: the same length, letter for letter, in the letters and digits that they know."""

from __future__ import annotations

import unicodedata
from functools import cache

_APART = {
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "ĸ": "k",
    "ſ": "s",
    "ə": "e",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
}
"""Letters that Unicode does not take apart into a letter and an accent."""
_SIGNS = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "‐": "-",
    "‑": "-",
    "．": ".",
    "：": ":",
    "／": "/",
    "，": ",",
    "（": "(",
    "）": ")",
}


def plain(text: str) -> str:
    """Return a text with each letter of extended Latin, digit and sign as the plain one of its kind."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    extended = (*range(0x100, 0x250), *range(0x1E00, 0x1F00))
    table = {code: _letter(chr(code)) for code in extended}
    table |= {ord(sign): plain for sign, plain in _SIGNS.items()}
    digits = (zero + n for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10))
    return table | {code: str(unicodedata.decimal(chr(code))) for code in digits}


def _letter(letter: str) -> str:
    small = _APART.get(letter.lower())
    if small:
        return small.upper() if letter.isupper() else small
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter
