"""Names in file names and keys, which are written without capitals, joined, or in capitals alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.privacy.lexicon import is_eponym, is_term, words
from casewriter.lint.privacy.namelist import ANY, FAMILY, GIVEN, known

_PIECE = re.compile(r"[A-Z](?=[A-Z][a-z])|[A-Z]?[a-zß-öø-ÿ]+|[^\W\d_a-z]+|[^\W\d_]+")
"""A word of a label, also where only a capital begins it: `EwaKowalska`, `JSmythe`."""


def in_label(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names are: a certain one, with what beside it may belong to it."""
    pieces = [Piece(found.start(), found.end(), found[0]) for found in _PIECE.finditer(text)]
    place = 0
    while place < len(pieces):
        if not _certain(pieces[place].text):
            place += 1
            continue
        last = _after(pieces, place, text)
        first = place - 1 if place and _before(pieces, place, last, text) else place
        yield pieces[first].start, pieces[last].end
        place = last + 1


class Piece(Struct, frozen=True):
    """A word of a label, and where it is."""

    start: int
    end: int
    text: str


def _after(pieces: list[Piece], place: int, text: str) -> int:
    """Return the last piece of a name: up to two that may be names, or a strange one after a given name."""
    last = place
    for number in range(place + 1, min(place + 3, len(pieces))):
        if not _joined(pieces[number - 1], pieces[number], text):
            break
        unknown = last == place and known(pieces[place].text) & GIVEN and _strange(pieces[number].text)
        if not unknown and not _beside(pieces[number].text):
            break
        last = number
    return last


def _before(pieces: list[Piece], place: int, last: int, text: str) -> bool:
    """Return whether the piece before a name belongs to it: a surname, an initial."""
    before = pieces[place - 1]
    if not _joined(before, pieces[place], text):
        return False
    alone = last == place and known(pieces[place].text) & GIVEN
    return _beside(before.text) or bool(alone and _strange(before.text))


def _joined(one: Piece, other: Piece, text: str) -> bool:
    return text[one.end : other.start] in ("", " ", "-", "_", ", ", ".")


def _strange(word: str) -> bool:
    """Return whether a word beside a given name may be a surname that no list knows."""
    return len(word) > 3 and word.lower() not in words("label_words") and not is_term(word) and not is_eponym(word)


def _certain(word: str) -> bool:
    if len(word) < 4 or word.lower() in words("label_words") or is_eponym(word) or is_term(word):
        return False
    return bool(known(word.capitalize()) & (GIVEN | FAMILY))


def _beside(word: str) -> bool:
    """Return whether a piece next to a name may be part of it: a name that is a word too, or an initial."""
    return (len(word) == 1 and word.isalpha()) or (len(word) > 2 and bool(known(word) & ANY) and not is_term(word))
