"""What a reference and a service say differently of one work."""

from __future__ import annotations

import re
from collections.abc import Callable

from casewriter.bibliography.identifier import bare_doi, bare_pmid
from casewriter.bibliography.works import folded
from casewriter.model.reference import Reference

Difference = tuple[str, str, str]
"""The CSL variable, what the case says, what the service says."""


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
        ("author", _first_author(own), _first_author(other), _same_family),
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
    return folded(ours) == folded(theirs)


def _same_family(ours: str, theirs: str) -> bool:
    """Compare family names; a particle may be with the name or apart."""
    a, b = folded(ours), folded(theirs)
    return a.endswith(b) or b.endswith(a)


_VOID = re.compile(r"^\W*(?:retracted|withdrawn|removed)(?:\s+article)?\s*:\s*", re.IGNORECASE)


def _same_title(ours: str, theirs: str) -> bool:
    """Compare titles; a subtitle may be left out, and a retraction mark before a title does not count."""
    a, b = (folded(_VOID.sub("", title)) for title in (ours, theirs))
    return a.startswith(b) or b.startswith(a)


def _same_journal(own: Reference, other: Reference) -> Callable[[str, str], bool]:
    """Return the comparison of two journals by any of their names; an abbreviation is what it abbreviates."""
    ours = [name for name in (own.container_title, own.container_title_short) if name]
    theirs = [name for name in (other.container_title, other.container_title_short) if name]
    same = any(_abbreviates(a, b) or _abbreviates(b, a) for a in ours for b in theirs)
    return lambda _ours, _theirs: same


_SMALL = frozenset("of the and in for on de la le les des du der die das und et y &".split())


def _abbreviates(short: str, full: str) -> bool:
    """Return whether each word of one name begins the same word of the other, or its letters begin them all."""
    words, rest = _words(short), _words(full)
    if len(words) == 1 and len(rest) > 1:
        return words[0] == "".join(word[0] for word in rest)
    while len(rest) > len(words) and len(rest[0]) == 1:  # A.M.A. Archives of Dermatology
        rest = rest[1:]
    return len(words) == len(rest) and all(b.startswith(a[:3]) for a, b in zip(words, rest, strict=True))


def _words(name: str) -> list[str]:
    """Return the words of a journal's name that its abbreviation keeps, without what is in brackets."""
    bare = re.split(r"\s*[:=(\[]", name)[0]
    words = [folded(word) for word in re.split(r"[\s.,/-]+", bare)]
    return [word for word in words if word and word not in _SMALL]


def _same_pages(ours: str, theirs: str) -> bool:
    """Compare first pages, and last pages as far as both give them: 669-73 is 669-673."""
    a, b = (re.split(r"\s*[-–—]\s*", re.split(r"[,;]", text)[0].strip(), maxsplit=1) for text in (ours, theirs))
    if folded(a[0]) != folded(b[0]):
        return False
    if len(a) < 2 or len(b) < 2:
        return True
    last, other = folded(a[1]), folded(b[1])
    return last.endswith(other) or other.endswith(last)
