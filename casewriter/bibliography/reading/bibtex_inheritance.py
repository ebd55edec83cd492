"""What an entry of BibLaTeX has from others: `xdata` and `crossref`, each followed once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.bibliography.reading.bibtex_entries import BibtexEntry

_MOST = 100
"""Entries from which one may inherit; a file whose entries all name each other would never be done."""


def inherited(entry: BibtexEntry, by_key: dict[str, BibtexEntry], seen: set[str] | None = None) -> dict[str, str]:
    """Return the fields of an entry with those that `xdata` and `crossref` give it (BibLaTeX manual, 2.4.1)."""
    seen = {entry.key.lower()} if seen is None else seen
    fields = dict(entry.fields)
    for common in _others(fields.get("xdata", ""), by_key, seen):
        fields = {**inherited(common, by_key, seen), **fields}
    for parent in _others(fields.get("crossref", ""), by_key, seen):
        given = inherited(parent, by_key, seen)
        title = given.pop("title", "")
        if title and entry.kind not in ("article", "book"):
            given.setdefault("booktitle", title)
        for own in ("author", "subtitle", "shorttitle", "doi", "pages", "crossref", "xdata"):
            given.pop(own, None)
        fields = {**given, **fields}
    return fields


def _others(keys: str, by_key: dict[str, BibtexEntry], seen: set[str]) -> Iterator[BibtexEntry]:
    """Yield the entries that keys name, each once for the one that inherits."""
    for key in re.split(r"\s*,\s*", keys.lower()):
        if key in by_key and key not in seen and len(seen) <= _MOST:
            seen.add(key)
            yield by_key[key]
