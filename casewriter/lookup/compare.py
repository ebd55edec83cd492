"""What a reference and a service say differently of one work."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from casewriter.citation.identifier import bare_doi, bare_pmid
from casewriter.citation.works import folded
from casewriter.model.reference import Reference

Difference = tuple[str, str, str]
"""The CSL variable, what the case says, what the service says."""

_ALIKE = 0.93
"""From this likeness of two titles on they differ in typing alone."""


def differences(own: Reference, other: Reference) -> list[Difference]:
    """Return what two records of a work say differently; what one of them does not say is no difference."""
    found: list[Difference] = []
    for name, ours, theirs, same in (
        ("title", own.title, other.title, _same_title),
        ("container-title", own.container_title, other.container_title, _same_journal(own, other)),
        ("issued", _year(own), _year(other), str.__eq__),
        ("volume", own.volume, other.volume, _same_word),
        ("issue", own.issue, other.issue, _same_word),
        ("page", own.page, other.page, _same_pages),
        ("author", _first_author(own), _first_author(other), _same_word),
        ("PMID", bare_pmid(own.pmid or ""), bare_pmid(other.pmid or ""), str.__eq__),
        ("DOI", bare_doi(own.doi or "").lower(), bare_doi(other.doi or "").lower(), str.__eq__),
    ):
        if ours and theirs and not same(ours, theirs):
            found.append((name, ours, theirs))
    return found


def _year(reference: Reference) -> str:
    return str(reference.issued.year) if reference.issued and reference.issued.year else ""


def _first_author(reference: Reference) -> str:
    name = reference.author[0] if reference.author else None
    return (name.family or name.literal or "") if name else ""


def _same_word(ours: str, theirs: str) -> bool:
    a, b = folded(ours), folded(theirs)
    return a == b or a.endswith(b) or b.endswith(a)


def _same_title(ours: str, theirs: str) -> bool:
    a, b = folded(ours), folded(theirs)
    return a.startswith(b) or b.startswith(a) or SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _same_journal(own: Reference, other: Reference) -> Callable[[str, str], bool]:
    """Return the comparison of two journals by any of their names; an abbreviation is what it abbreviates."""
    ours = [name for name in (own.container_title, own.container_title_short) if name]
    theirs = [name for name in (other.container_title, other.container_title_short) if name]
    same = any(_abbreviates(a, b) or _abbreviates(b, a) for a in ours for b in theirs)
    return lambda _ours, _theirs: same


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether each word of one name begins a word of the other, in order."""
    words = [folded(word) for word in re.split(r"[\s.-]+", short) if folded(word)]
    rest = [folded(word) for word in re.split(r"[\s-]+", full) if folded(word)]
    place = 0
    for word in words:
        while place < len(rest) and not rest[place].startswith(word[:3]):
            place += 1
        if place == len(rest):
            return False
        place += 1
    return bool(words)


def _same_pages(ours: str, theirs: str) -> bool:
    """Compare first pages, and last pages as far as both give them: 669-73 is 669-673."""
    a, b = (re.split(r"\s*[-–—]\s*", re.split(r"[,;]", text)[0].strip(), maxsplit=1) for text in (ours, theirs))
    if folded(a[0]) != folded(b[0]):
        return False
    if len(a) < 2 or len(b) < 2:
        return True
    last, other = folded(a[1]), folded(b[1])
    return last.endswith(other) or other.endswith(last)
