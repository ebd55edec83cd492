"""Whether two labels say the same: the same words in any order, and no others."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    "a an the of in on at by to for with and was were is are "  # en
    "der die das des dem den ein eine einer von im in am bei mit und war waren ist sind "  # de
    "le la les l un une du de des d au aux en et était étaient est sont "  # fr
    "el los las una del con y era eran es son "  # es
    "o os as um uma do da dos das com e foi foram é são "  # pt
    "il lo gli i uno della dello dei delle con ed erano sono".split()  # it
)
"""Articles, prepositions and forms of “to be” of the six languages: what a label may add without saying more.

“no” is left out: it is an article in Portuguese and a negation in English."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a label that carry its meaning; “normal calcium” has those of “Calcium was normal”."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(_singular(word) for word in found if word not in _SMALL)


def _singular(word: str) -> str:
    """Return a word without the s of its plural: ``cultures``; a shorter word may mean something else with it."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "is", "us")) else word
