"""The spellings of an institution: whole, its parts, its own name beside a word for what it is, its abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casewriter.blinding.folding import folded
from casewriter.blinding.person import Ordinary
from casewriter.blinding.secret import LEAST, WIDE, Judge, Secret, edged, exact, hint, listed, phrase, spelt
from casewriter.lint.privacy.lexicon import is_term
from casewriter.lint.privacy.namelist import known

_KIND = (
    r"(?i:hospitals?|infirmary|clinics?|medical\s+(?:cent(?:er|re)|school|college)|universit(?:y|at|e|a|ad|aire)|universidade?|"
    r"institut(?:e|o)?|college|school\s+of\s+medicine|health\s+(?:trust|cent(?:er|re))|\w*klinik(?:um|en)?|\w*krankenhaus|"
    r"\w*spital|hopita(?:l|ux)|clinique|clinica|ospedale|policlinico|chu|chr|charite)"
)
"""Words for an institution, as names are compared."""
_JOIN = r"[\s-]+(?:(?i:of|the|for|in|de|del|della|di|da|do|du|des|la|le|zu|am|der|fur)[\s-]+){0,2}"
_PARTS = re.compile(r"\s*[,;()/|·]\s*|\s+[-–—]\s+")
_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a name, as they are written."""
    return _WORDS.findall(text)


def is_common(word: str) -> bool:
    """Return whether a word is one that many institutions have in their name."""
    small = folded(word).lower().strip(".'")
    return small in listed("institutions") or all(part in listed("institutions") for part in small.split("-"))


def identifies(text: str) -> bool:
    """Return whether the name of an institution has a word of its own: `Department of Surgery` has none."""
    return any(not is_common(word) and not word.isdigit() for word in words_of(text))


def named(text: str, what: str, kind: str = "institutions") -> Iterator[Secret]:
    """Yield the name of a board, funder or institution as a whole, and the abbreviations in brackets that it has.

    A name of common words alone is one where it has their capitals: `General Hospital`.
    """
    if identifies(text):
        yield Secret(what, kind, edged(phrase(text), text), hint(text))
    elif len(words_of(text)) > 1:
        yield _as_written(text, what, kind)
    yield from (short(name, what) for name in _BRACKETED.findall(folded(text)))


def _as_written(text: str, what: str, kind: str) -> Secret:
    return Secret(what, kind, edged(WIDE.join(map(spelt, words_of(text))), text), hint(text))


_BRACKETED = re.compile(r"\(\s*([A-Z][A-Za-z0-9-]{1,9})\s*\)")


def institution(text: str, what: str, towns: frozenset[str], ordinary: Ordinary) -> Iterator[Secret]:
    """Yield the spellings of an institution. `towns` are places of the authors, in small letters."""
    yield from named(text, what)
    for part in (one for one in _PARTS.split(text) if one and identifies(one)):
        yield from _part(part, what, towns, ordinary)


def _part(text: str, what: str, towns: frozenset[str], ordinary: Ordinary) -> Iterator[Secret]:
    found = words_of(text)
    if len(found) > 1:  # `Rheumatic Diseases` says nothing in small letters, `Institute of Rheumatic Diseases` does
        pattern = phrase(text) if re.search(_KIND, folded(text)) else WIDE.join(map(exact, found))
        yield Secret(what, "institutions", edged(pattern, text), hint(text))
    for place, core in enumerate(_cores(found)):
        name, lone = WIDE.join(map(exact, core)), " ".join(core)
        beside = rf"{name}{_JOIN}{_KIND}(?:[\s-]+{_KIND})*|{_KIND}{_JOIN}{name}"
        yield Secret(what, "institutions", edged(beside, text), hint(lone))
        single = len(core) == 1 and (place or len(lone) < LEAST or is_term(lone) or ordinary(lone))
        if folded(lone).lower() not in towns and not single:
            judge: Judge = "place" if len(core) == 1 else "family"
            yield Secret(what, "institutions", edged(name, lone), hint(lone), judge)


def _cores(found: Iterable[str]) -> Iterator[list[str]]:
    """Yield the words of an institution that are its own, those that follow each other together."""
    core: list[str] = []
    for word in (*found, ""):
        if word and not is_common(word):
            core.append(word)
        elif core:
            yield core
            core = []


def department(text: str, what: str) -> Iterator[Secret]:
    """Yield the name of a department: as it is written, or in any case where it is named after someone."""
    found = words_of(text)
    if any(not is_common(word) and known(word) and not is_term(word) for word in found):
        yield Secret(what, "institutions", edged(phrase(text), text), hint(text))
    elif len(found) > 1:
        yield _as_written(text, what, "institutions")


def abbreviated(text: str, texts: Iterable[str], what: str) -> Iterator[Secret]:
    """Yield the abbreviation that a text gives behind the name of an institution: Example University Hospital (EUH)."""
    pattern = re.compile(rf"{phrase(text)}{WIDE}[\s*_]*\(\s*([A-Z][A-Za-z0-9-]{{1,9}})\s*\)")
    found = {one[1]: None for each in texts for one in pattern.finditer(folded(each))}
    for name in found:
        yield short(name, what)


def short(name: str, what: str) -> Secret:
    """Return the abbreviation of an institution."""
    return Secret(f"the abbreviation of {what}", "institutions", edged(re.escape(name), name), (name.lower(),))
