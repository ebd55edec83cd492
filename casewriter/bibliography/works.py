"""Which references are the same work: by DOI, by PubMed id, by title and year."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from casewriter.bibliography.identifier import bare_doi, bare_pmid
from casewriter.model.reference import Reference


class Works:
    """References by what tells a work: each is found again, under whatever key."""

    def __init__(self, references: Iterable[tuple[str, Reference]] = (), *, entries: bool = False) -> None:
        """Take pairs of a key and its reference. With `entries` equal entries are one work, however little they say."""
        self._entries = entries
        self._by_name: dict[tuple[str, str], list[tuple[str, Reference]]] = defaultdict(list)
        for key, reference in references:
            self.add(key, reference)

    def add(self, key: str, reference: Reference) -> None:
        """Remember a work under its key."""
        for name in self._names(reference):
            self._by_name[name].append((key, reference))

    def find(self, reference: Reference) -> tuple[str, str] | None:
        """Return the key of the same work and what is the same of it, or None."""
        for name in self._names(reference):
            for key, other in self._by_name.get(name, ()):
                if _may_be_one(reference, other):
                    return key, name[0]
        return None

    def _names(self, reference: Reference) -> list[tuple[str, str]]:
        names = []
        if doi := _doi(reference):
            names.append(("DOI", doi))
        if pmid := _pmid(reference):
            names.append(("PMID", pmid))
        title = folded(reference.title or "")
        if len(title) > 15:  # “Editorial” or “Reply” tells no work
            names.append(("title and year", f"{title}/{_year(reference)}"))
        if _is_full(reference, title) or (self._entries and (title or reference.author)):
            names.append(("entry", "/".join((title, _first_author(reference), _year(reference), _entry(reference)))))
        return names


_GENRE = re.compile(
    r"(authors?|in)?(reply|response)|letters?|correspondence|editorial|comment(ary)?|erratum|images?|case"
)


def _is_full(reference: Reference, title: str) -> bool:
    """Return whether a title and its place tell one work: two replies of one author may be on one page."""
    placed = reference.author and reference.container_title and reference.page
    return bool(placed and title and not _GENRE.match(title))


def _may_be_one(one: Reference, other: Reference) -> bool:
    """Return whether nothing speaks against two references being one work: no other DOI, PMID, volume or first page."""
    for value in (_doi, _pmid, _volume, _first_page):
        a, b = value(one), value(other)
        if a and b:
            if a != b:
                return False
            if value in (_doi, _pmid):
                return True
    return True


def _doi(reference: Reference) -> str:
    return bare_doi(reference.doi or "").lower()


def _pmid(reference: Reference) -> str:
    return bare_pmid(reference.pmid or "")


def _year(reference: Reference) -> str:
    return str(reference.issued.year or reference.issued.literal or "") if reference.issued else ""


def _first_author(reference: Reference) -> str:
    name = reference.author[0] if reference.author else None
    return folded(f"{name.family or ''}{name.literal or ''}") if name else ""


def _entry(reference: Reference) -> str:
    """Return what else tells a work whose title is short: where it is."""
    parts = (
        reference.type,
        reference.container_title,
        reference.volume,
        reference.issue,
        reference.page,
        reference.url,
    )
    return "/".join(folded(part or "") for part in parts)


def _volume(reference: Reference) -> str:
    return folded(reference.volume or "")


def _first_page(reference: Reference) -> str:
    return folded(re.split(r"[-–—,]", reference.page or "", maxsplit=1)[0])


def folded(text: str) -> str:
    """Return letters and digits alone, without tags, accents and case."""
    plain = unicodedata.normalize("NFKD", re.sub(r"</?(?:i|b|sup|sub|span)\b[^>]*>", "", text)).casefold()
    return "".join(c for c in plain if c.isalnum())
