"""The entries of `data/privacy/`: patterns with their words filled in, each compiled when it is first tried."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from msgspec import Struct

from casewriter.builtin import data
from casewriter.lint.privacy.hints import HintList
from casewriter.lint.privacy.lexicon import words

_FILES = ("patterns", "dates", "names", "places")
_LITERATURE = (
    r"(?i:\b(?:search\w*|accessed|retrieved|PubMed|MEDLINE|Embase|databases?|inception|búsqueda|"
    r"recherche|literatursuche|ricerca bibliografica|pesquisa|consultad[oa]|abgerufen|consulté)\b)[^.!?\n]{0,60}$"
)
"""What comes before a date of the literature, which is nobody's."""


class PrivateEntry(Struct, frozen=True):
    """One entry of the data.

    `only` limits it to file names, keys or comments; `hints` are letters that must occur near it, or `anchor` the name
    of a cheap pattern that must. One that `begins` with a hint is tried there and nowhere else.
    """

    type: str
    level: str
    pattern: str
    group: int
    check: str | None
    not_before: str | None
    not_after: str | None
    only: tuple[str, ...]
    hints: tuple[str, ...]
    anchor: str | None
    begins: bool


class Entries(Struct, frozen=True):
    """All entries, what is never an identifier (letters that it holds, pattern), and anchors and phrases by name."""

    every: tuple[PrivateEntry, ...]
    hints: HintList
    harmless: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    anchors: dict[str, re.Pattern[str]]
    phrases: dict[str, re.Pattern[str]]


compiled = cache(re.compile)
"""A pattern, compiled once: most of them are never tried on a text, because no hint of theirs occurs in it."""


@cache
def entries() -> Entries:
    """Return the entries of all files; the words of each file are known in all of them."""
    files = [data(f"privacy/{name}.yaml") for name in _FILES]
    known = {"LITERATURE": _LITERATURE}
    for file in files:
        for name, value in file.get("words", {}).items():
            known[name] = _filled(str(value), known)
    every = tuple(_entry(one, known) for file in files for one in file["entries"])
    anchors = {name: re.compile(str(one)) for file in files for name, one in file.get("anchors", {}).items()}
    harmless = tuple(
        (tuple(str(hint) for hint in one["hints"]), re.compile(str(one["pattern"])))
        for file in files
        for one in file.get("harmless", ())
    )
    phrases = {name: re.compile(str(one)) for file in files for name, one in file.get("phrases", {}).items()}
    hints = HintList(hint for one in every for hint in one.hints)
    return Entries(every, hints, harmless, anchors, phrases)


def phrase(name: str) -> re.Pattern[str]:
    """Return the words that `names.yaml` knows around the name of a person."""
    return entries().phrases[name]


def _filled(pattern: str, known: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z_]+)\}", lambda m: known[m[1]], pattern)


def _entry(one: dict[str, Any], known: dict[str, str]) -> PrivateEntry:
    def pattern(key: str) -> str | None:
        return _filled(str(one[key]), known) if key in one else None

    return PrivateEntry(
        type=one["type"],
        level=one.get("level", "hipaa"),
        pattern=_filled(one["pattern"], known),
        group=int(one.get("group", 0)),
        check=one.get("check"),
        not_before=pattern("not_before"),
        not_after=pattern("not_after"),
        only=tuple(one.get("only", ())),
        hints=_hints(one.get("hints", ())),
        anchor=one.get("anchor"),
        begins="begins" in one,
    )


def _hints(given: list[Any] | str) -> tuple[str, ...]:
    """Return hints in lower-case letters; a name in place of a list is that of a list of words.yaml."""
    named = sorted(words(given)) if isinstance(given, str) else given
    return tuple(str(hint).lower() for hint in named)
