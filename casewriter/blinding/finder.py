"""Finding what is withheld in a text of the author, and in a text that was read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from casewriter.blinding.folding import fold, places
from casewriter.blinding.judging import UNSURE, Around, eponymous, is_it, surely
from casewriter.blinding.secret import Secret

_TOLD = ("family", "word", "eponym", "initials", "place", "fund", "town")
"""How that is judged which is reported where it is left; the others find the same letters once more."""


class Hit(Struct, frozen=True):
    """A stretch of a text that is withheld, what it is, and the kind that is counted."""

    start: int
    end: int
    what: str
    kind: str


class Found(Struct, frozen=True):
    """What a text holds: `hits` are withheld; `left` are the same letters as a word or in the name of a disease."""

    hits: tuple[Hit, ...]
    left: tuple[Hit, ...]


class Finder(Struct, frozen=True):
    """Everything that is withheld of one case, and its language."""

    secrets: tuple[Secret, ...]
    language: str = "en"

    def find(self, text: str) -> Found:
        """Return what is withheld of a text of the author, in order; stretches that overlap are one."""
        hits: list[Hit] = []
        left: list[Hit] = []
        place: list[int] = []
        for secret, around in self._matches(text):
            place = place or places(text)
            hit = Hit(place[around.start], place[around.end], secret.what, secret.kind)
            if is_it(secret, around):
                hits.append(hit)
            elif secret.judge in _TOLD and not (secret.judge == "town" and eponymous(around)):
                left.append(hit)
        kept = _united(hits)
        doubtful = [one for one in left if not any(one.start < hit.end and hit.start < one.end for hit in kept)]
        return Found(tuple(kept), tuple(_apart(doubtful)))

    def surely(self, text: str) -> tuple[str, ...]:
        """Return what of it a text that was read from a file surely holds, each once."""
        sure = [one for one in self.secrets if one.judge not in UNSURE]
        matches = Finder(tuple(sure), self.language)._matches(text)
        return tuple(dict.fromkeys(secret.what for secret, around in matches if surely(secret, around)))

    def without(self, texts: Iterable[str], *, every: bool = False) -> Finder:
        """Return a finder without the names that these texts hold: there they are words, or names of others.

        A file has them too, and says no more by them. With `every` whatever they hold goes, not names alone.
        """
        said = {secret for text in texts for secret, _ in self._matches(text) if every or secret.judge}
        return Finder(tuple(one for one in self.secrets if one not in said), self.language)

    def _matches(self, text: str) -> Iterator[tuple[Secret, Around]]:
        whole = fold(text)
        small = whole.lower()
        for secret in self.secrets:
            if not secret.hints or any(hint in small for hint in secret.hints):
                for found in secret.compiled().finditer(whole):
                    yield secret, Around(whole, found.start(), found.end(), self.language)


def _united(hits: Iterable[Hit]) -> list[Hit]:
    """Return stretches in order, those that overlap as one, which is called what its longest part is."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if kept and hit.start < kept[-1].end:
            before = kept[-1]
            longer = hit if hit.end - hit.start > before.end - before.start else before
            kept[-1] = Hit(before.start, max(before.end, hit.end), longer.what, longer.kind)
        else:
            kept.append(hit)
    return kept


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return stretches that do not overlap, in order: of two that do, the longer."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start)):
        if not any(hit.start < one.end and one.start < hit.end for one in kept):
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)
