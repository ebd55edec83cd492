"""The words by which statements are read, by language (data/statements.toml)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from casewriter import resources

LANGUAGES = frozenset(("en", "de", "es", "fr", "pt", "it"))
NOTHING = re.compile(r"(?!)")


@cache
def data() -> dict[str, Any]:
    """Return everything in the file."""
    return resources.toml("statements.toml")


@cache
def alternatives(language: str, key: str) -> str:
    """Return a pattern of the words of a list, longest first; empty where the language has none."""
    words = data().get(language[:2].lower(), {}).get(key, "").split()
    escaped = (re.escape(word).replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True))
    return "|".join(escaped)


@cache
def pattern(language: str, *keys: str) -> re.Pattern[str]:
    """Return what finds a word of one of the lists, in any case; of a language without them, nothing."""
    found = [alternatives(language, key) for key in keys]
    if not all(found):
        return NOTHING
    return re.compile(rf"(?<![\w-])(?:{'|'.join(found)})(?![\w-])", re.IGNORECASE)


@cache
def folded(word: str) -> str:
    """Return a word without case and plural, in American spelling: ``Leucocytes`` -> leukocyte."""
    text = word.lower().replace("ae", "e").replace("oe", "e").replace("leuc", "leuk")
    if len(text) > 4 and text.endswith("ies"):
        return text[:-3] + "y"
    if len(text) > 3 and text.endswith("s") and not text.endswith(("ss", "us", "is")):
        return text[:-1]
    return text


WORD = re.compile(r"[^\W_]+")


@cache
def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name."""
    return tuple(folded(word) for word in WORD.findall(text))
