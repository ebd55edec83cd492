"""Texts made comparable: their letters, digits and signs, without what a layout may add or take away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APART = "\x00"
"""Stands between the pieces that a file is drawn of."""
CELL, CELL_END = "\x1e", "\x1f"
"""Stand around each cell of a table in the text of a file that knows its cells."""
_NOT_SHOWN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\x00-\x1f\ufe00-\ufe0f]+")
_HYPHEN_OF_WORD = re.compile(r"(?<=[^\W\d_])-|-(?=[^\W\d_])")


def signs_of(text: str) -> str:
    """Return the letters, digits and signs of a text: spaces, and hyphens beside letters, may be the layout's."""
    whole = unicodedata.normalize("NFKC", text).replace("‐", "-")  # a font without U+2010 shows it as a hyphen-minus
    return _NOT_SHOWN.sub("", _HYPHEN_OF_WORD.sub("", whole))


@lru_cache(2048)
def wanted_signs(text: str) -> str:
    """Return the signs of a text of the article, most of which are those of the last time that it was written."""
    return signs_of(text)
