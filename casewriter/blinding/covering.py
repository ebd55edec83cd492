"""The texts of a case masked one by one, with a record of where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from casewriter.blinding.finder import Hit
from casewriter.blinding.mapping import changed, is_name, key_of
from casewriter.blinding.masking import Mask
from casewriter.blinding.naming import Names
from casewriter.model.base import AuthorText
from casewriter.model.case import Case
from casewriter.problem import Path

_LOOK_UP = re.compile(
    r"\{\{\s*(?:authors|affiliations|ethics|funding|guarantor|acknowledgements|contributions|prior_presentation|registration)"
    r"\b[^{}]*\}\}"
)
"""Look-ups of what is taken out."""


class Place(Struct, frozen=True):
    """Where a text was masked, or letters of a name were left: what it is, and the stretch as typed."""

    path: Path
    what: str
    quote: str
    nth: int


class Cover:
    """Masks the texts of one case and remembers where."""

    def __init__(self, mask: Mask, new: Names) -> None:
        self.mask = mask
        self.new = new
        self.masked: list[Place] = []
        self.left: list[Place] = []
        self.counted: list[str] = []

    def values(self, case: Case) -> dict[str, Any]:
        """Return the parts of a case that change, by their key."""
        done: dict[str, Any] = {}
        for name in type(case).model_fields:
            if name not in ("references", "nocite", "abbreviations"):
                done[name] = changed(getattr(case, name), (name,), self.text)
        done["nocite"] = tuple(type(key)(self.new.name(key, "nocite")) for key in case.nocite)
        done["abbreviations"] = self._abbreviations(case)
        return done

    def text(self, text: str, path: Path) -> str:
        """Return a text masked, and remember what was replaced."""
        if is_name(text, path):
            return self.new.name(text, key_of(path))
        cited = _LOOK_UP.sub(self.mask.sign, self.new.text(text)) if isinstance(text, AuthorText) else text
        found = self.mask.of(cited, addresses=path[0] == "data_availability")
        self._remember(cited, path, found.hits, self.masked)
        self._remember(cited, path, found.left, self.left)
        self.counted += [f"{hit.kind} in texts" for hit in found.hits]
        return found.text

    def _remember(self, text: str, path: Path, hits: Iterable[Hit], into: list[Place]) -> None:
        for hit in hits:
            quote = text[hit.start : hit.end]
            into.append(Place(path, hit.what, quote, text[: hit.start].count(quote)))

    def _abbreviations(self, case: Case) -> dict[str, Any]:
        """Return the abbreviations, without that of an institution: what it stands for would be withheld anyway."""
        done: dict[str, Any] = {}
        for name, said in case.abbreviations.items():
            found = self.mask.finder.find(name).hits
            if found:
                self.masked.append(Place(("abbreviations", name), found[0].what, "", 0))
                self.counted.append(f"{found[0].kind} in texts")
            else:
                done[name] = changed(said, ("abbreviations", name), self.text)
        return done
