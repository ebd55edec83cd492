"""What is withheld: a pattern, what it is in words that do not repeat it, and how a match is judged."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from casewriter.blinding.folding import fold, folded
from casewriter.builtin import data

Judge = Literal[
    "", "family", "word", "eponym", "initial", "common", "initials", "title", "place", "fund", "town", "address"
]
"""How a match is judged: always right, a name alone, a name that is a word too, a name
that is that of a disease or sign too, a name with initials, initials
alone, a name that is right behind a title only, one word of an institution, a funder of one word,
a town, which is never withheld and always reported, a name inside a web address, whatever letters are beside it."""

BEFORE, AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
"""No letter beside a match; a digit or a low line may be, as in the name of a file."""
GAP = r"(?:%20|[\s.'·_*~^\\/+-]){0,4}"
"""What may be between the words of a name: spaces, a stop, marks of emphasis."""
WIDE = r"(?:%20|[\s.,;'·_*~^\\/&+-]){0,4}"
"""The same where a comma may be: behind a family name, inside an address."""
_UMLAUTS = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ő": "oe?", "ű": "ue?", "ø": "oe?", "å": "aa?"}
_SPELT_OUT = re.compile(r"([aou])e(?=[bcdfghjklmnpqrstvwxz])", re.IGNORECASE)
_VARIANTS = re.compile("[äöüőűøåæœ]|[aou]e")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0590-\u06ff]")
"""Letters of scripts that set no spaces between words, or join small words to them."""
LEAST = 5
"""Letters from which a word is long enough to be found in any case."""


class Secret(Struct, frozen=True):
    """One string that is withheld, in all its spellings.

    `what` says what it is, as in “the family name of author 2”; `kind` is what is counted. `hints` are small letters of
    which some must be in a text where the pattern is found.
    """

    what: str
    kind: str
    pattern: str
    hints: tuple[str, ...] = ()
    judge: Judge = ""

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern, compiled once."""
        return _compiled(self.pattern)


@lru_cache(4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of words of `blinding.yaml`, in small letters without accents."""
    return frozenset(folded(str(data("blinding.yaml")[name])).lower().split())


def unspaced(text: str) -> bool:
    """Return whether a name is of a script in which no space need be around it."""
    return bool(_UNSPACED.search(text))


def edged(pattern: str, text: str) -> str:
    """Return a pattern that begins and ends with a word, where the script of the text has spaces between words."""
    return pattern if unspaced(text) else f"{BEFORE}(?:{pattern}){AFTER}"


def spelt(word: str) -> str:
    """Return the pattern of a word in its case: with its umlauts or without, an apostrophe or none."""
    done = []
    for sign in unicodedata.normalize("NFC", word):
        plain = _UMLAUTS.get(sign) or _capital(_UMLAUTS.get(sign.lower(), ""))
        done.append(plain or "".join(_one(letter) for letter in fold(sign)))
    pattern = "".join(done)
    return _SPELT_OUT.sub(r"\1e?", pattern) if len(word) >= LEAST else pattern


def _capital(pattern: str) -> str:
    """Return the pattern of a capital umlaut; its second letter is small or large."""
    return f"{pattern[0].upper()}[{pattern[1]}{pattern[1].upper()}]?" if pattern else ""


def _one(letter: str) -> str:
    if letter == "'":
        return r"['\s]?"
    return GAP if letter in "- " else re.escape(letter)


def exact(word: str) -> str:
    """Return the pattern of a word in its case, or in capitals where it is long enough not to be an abbreviation."""
    return f"(?:{spelt(word)}|{spelt(word.upper())})" if len(word) >= LEAST else spelt(word)


def caseless(word: str) -> str:
    """Return the pattern of a word in any case."""
    return f"(?i:{spelt(word)})"


def hint(words: str) -> tuple[str, ...]:
    """Return the small letters by which texts with these words are chosen: the longest stretch without variants."""
    small = unicodedata.normalize("NFC", words).lower()
    plain = [part for word in re.split(r"[\W_]+", small) if word.isalpha() for part in _VARIANTS.split(word)]
    longest = max((folded(part) for part in plain), key=len, default="")
    return (longest,) if len(longest) > 1 else ()


def phrase(text: str) -> str:
    """Return the pattern of several words in any case, whatever signs are between them."""
    words = [word for word in re.split(r"[\s,;()\[\]/–—·]+|(?<=\w)-(?=\w)", text) if word.strip(".'’-")]
    return WIDE.join("(?i:and|und|et|y|&)" if word in ("&", "and") else caseless(word.strip(".")) for word in words)


def code(text: str) -> str:
    """Return the pattern of a number with letters, whatever signs divide it."""
    return r"[\s./_\-–]*".join(map(re.escape, re.findall(r"[^\W\d_]+|\d+", fold(text))))
