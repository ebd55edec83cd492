"""The words and letters that pasted references are read by."""

from __future__ import annotations

import re
from functools import cache

from casewriter.builtin import data

_CODES = (*range(0x41, 0x530), *range(0x1E00, 0x1F00))
_LETTERS = [chr(code) for code in _CODES if chr(code).isalpha() and chr(code) not in "ªº"]
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
"""Capitals of the Latin (Vietnamese too), Greek and Cyrillic alphabets, for a set of a regular expression."""
LETTER = "".join(_LETTERS)
DASH = r"\-‐‑‒–—−"
YEAR = r"(?:1[5-9]|20)\d\d"


@cache
def _lists() -> dict[str, str]:
    found: dict[str, str] = data("pasted.yaml")
    return found


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of `data/pasted.yaml`."""
    return frozenset(entry.strip() for entry in str(_lists()[name]).split(";") if entry.strip())


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its names and short forms, in lower-case letters."""
    return {name: int(number) for name, number in (entry.split("=") for entry in listed("months"))}


@cache
def month_pattern() -> str:
    """Return a regular expression for the name of a month, with its full stop."""
    names = sorted((re.escape(name) for name in months()), key=len, reverse=True)
    return rf"(?:(?i:{'|'.join(names)})\b\.?)"


def has_word(text: str, name: str) -> bool:
    """Return whether an entry of a list is in the text as whole words."""
    padded = f" {' '.join(re.findall(rf'[{LETTER}&.-]+', text.lower()))} ".replace(". ", " ")
    padded += padded.replace("-", " ")  # Robert Koch-Institut
    return any(f" {entry} " in padded for entry in listed(name))


@cache
def leftovers_pattern() -> re.Pattern[str]:
    """Return a regular expression for what web pages set after a reference: Article CAS PubMed Google Scholar."""
    names = "|".join(re.escape(name) for name in sorted(listed("leftovers") | {"article"}, key=len, reverse=True))
    return re.compile(rf"(?:[\s|·,]{{0,5}}(?:{names}))+[\s.|]*$", re.IGNORECASE)


def is_leftover(line: str) -> bool:
    """Return whether a line holds nothing but what web pages set after a reference."""
    return len(line) < 160 and bool(leftovers_pattern().match(line.strip()))


def is_heading(line: str) -> bool:
    """Return whether a line is the heading of a list: References, Literatur."""
    line = re.sub(r"\b(\w) (?=\w\b)", r"\1", line) if re.fullmatch(r"(?:\w )+\w", line.strip()) else line
    bare = re.sub(r"^\s*(?:\d{1,2}\.?\s)?|\s\(\d{1,3}\)\s*$", "", line[:81]).strip(" .:*#").lower()
    return len(line) <= 80 and bare in listed("headings")
