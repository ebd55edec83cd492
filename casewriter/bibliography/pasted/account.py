"""What of an entry went into no field: each word is looked for in the record and among known separators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from casewriter.bibliography.pasted.words import listed, months
from casewriter.bibliography.reading.record import Record

_WORD = re.compile(r"[^\W_]+")


def unread(source: str, record: Record, understood: list[str]) -> tuple[str, ...]:
    """Return the pieces of the source that are in no field, were not understood and are no separators."""
    known = Counter(word for text in (*_texts(record), *understood) for word in _words(text))
    letters = _initials(record)
    pieces: list[tuple[int, int]] = []
    for found in _WORD.finditer(source):
        word = found[0].casefold()
        if known[word]:
            known[word] -= 1
        elif (
            not _is_separator(word)
            and not _is_number(word, known)
            and not _is_initials(found[0], letters)
            and not _is_glued(word, known)
        ):
            joined = pieces and not re.search(r"[.;]\s|\w", source[pieces[-1][1] : found.start()])
            pieces[-1:] = [(pieces[-1][0], found.end())] if joined else [*pieces[-1:], found.span()]
    return tuple(source[start:end] for start, end in pieces)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for name, inner in value.items():
                if name not in ("given", "type", "authors_truncated"):
                    yield from _texts(inner)
                elif name == "given" and len(inner) > 4:
                    yield inner
        case list():
            for inner in value:
                yield from _texts(inner)
        case _:
            yield str(value)


def _initials(record: Record) -> Counter[str]:
    names = [name for role in ("author", "editor") for name in record.get(role, [])]
    return Counter(letter for name in names for letter in re.findall(r"[^\W\d_]", name.get("given", "")))


def _is_initials(word: str, letters: Counter[str]) -> bool:
    if len(word) > 5 or not word.isalpha() or Counter(word) - letters:
        return False
    letters.subtract(word)
    return True


def _is_separator(word: str) -> bool:
    return word in listed("separators") or word in months()


_NUMBER = re.compile(r"0*(\d+)(?:st|nd|rd|th|e)?|[cv](\d{1,4})")


def _is_number(word: str, known: Counter[str]) -> bool:
    """Return whether a number is in a field in another way of writing: 2nd, c2001, v2, 04."""
    found = _NUMBER.fullmatch(word)
    number = (found[1] or found[2]) if found else ""
    if not known[number]:
        return False
    known[number] -= 1
    return True


def _is_glued(word: str, known: Counter[str]) -> bool:
    """Return whether a word is a field with a leftover of a web page after it: 673Google, 330CrossRefPubMedGoogle."""
    for name in sorted(listed("leftovers") | {"article", "google", "scholar", "free"}, key=len, reverse=True):
        bare = name.replace(" ", "")
        if word.endswith(bare):
            rest = word.removesuffix(bare)
            if not rest or known[rest] or _is_glued(rest, known):
                known[rest] -= 1 if known[rest] else 0
                return True
    return False
