"""The fixed words of a paper in the language of the case."""

from __future__ import annotations

import re
from functools import cache

from casewriter.builtin import data


@cache
def _all_words() -> dict[str, dict[str, str]]:
    languages: dict[str, dict[str, str]] = data("words.yaml")
    return {name: {k: v or "" for k, v in words.items()} for name, words in languages.items()}


@cache
def words_for(language: str) -> dict[str, str]:
    """Return the words of a language; English ones stand in where a language lacks them."""
    words = _all_words()
    colon = "\u00a0: " if language[:2].lower() == "fr" else ": "  # French sets a space before it
    return words["en"] | words.get(language[:2].lower(), {}) | {"colon": colon}


@cache
def _all_headings() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = data("headings.yaml")
    return found


def heading(text: str, language: str) -> str:
    """Return a heading that belongs to no journal in a language; an unknown one as it is."""
    if language[:2].lower() == "en":
        return text
    return _all_headings().get(language[:2].lower(), {}).get(text, text)


def capital(text: str) -> str:
    """Return a word with its first letter large; the rest is as it is, as German wants it."""
    return text[:1].upper() + text[1:]


def sentence_case(text: str) -> str:
    """Return a text with its first letter large, but for words that are no ordinary ones: `pH`, `t-PA`, `mRNA`."""
    word = re.match(r"[^\W\d_]*", text)
    ordinary = word and len(word[0]) > 1 and word[0].islower() and len(word[0][0].upper()) == 1
    return capital(text) if ordinary else text


def fill(words: dict[str, str], key: str, *values: str) -> str:
    """Return a phrase with its places filled: ``fill(words, "time_from", "diagnosis")``."""
    return words[key].format(*values)


def known_languages() -> tuple[str, ...]:
    """Return the languages that have words of their own."""
    return tuple(_all_words())
