"""Names in file names and keys, which are written without capitals, joined, or in capitals alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.privacy.lexicon import is_eponym, is_term
from casewriter.lint.privacy.namelist import ANY, FAMILY, GIVEN, known

_PIECE = re.compile(r"[A-Z](?=[A-Z][a-z])|[A-Z]?[a-zß-öø-ÿ]+|[^\W\d_a-z]+|[^\W\d_]+")
"""A word of a label, also where only a capital begins it: `EwaKowalska`, `JSmythe`."""


def in_label(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand: a certain one, with what beside it may belong to it."""
    pieces = [(found.start(), found.end(), found[0]) for found in _PIECE.finditer(text)]
    end = 0
    for place, (start, stop, word) in enumerate(pieces):
        if start < end or not _certain(word):
            continue
        first = start
        if place and pieces[place - 1][1] > end and start - pieces[place - 1][1] <= 1 and _beside(pieces[place - 1][2]):
            first = pieces[place - 1][0]
        end = stop
        for _, last, other in pieces[place + 1 : place + 3]:
            if not _beside(other):
                break
            end = last
        yield first, end


def _certain(word: str) -> bool:
    return len(word) > 3 and bool(known(word.capitalize()) & (GIVEN | FAMILY)) and not is_eponym(word) and not is_term(word)


def _beside(word: str) -> bool:
    """Tell whether a piece next to a name may be part of it: a name that is a word too, or an initial."""
    return (len(word) == 1 and word.isalpha()) or (len(word) > 2 and bool(known(word) & ANY) and not is_term(word))
