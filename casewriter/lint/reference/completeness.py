"""REF: references that are listed twice, or lack what a reader needs to find them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from casewriter.citation import Item, Library
from casewriter.lint.reference.identifiers import bare_doi, bare_pmid
from casewriter.lint.reference.place import place
from casewriter.lint.rule import Found, rule
from casewriter.model.reference import Reference
from casewriter.problem import Level
from casewriter.resources import data_file
from casewriter.source import read


def _folded(text: str) -> str:
    """Return letters and digits alone, without accents and case."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9\u0370-\uffff]", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _names(item: Item) -> Iterator[tuple[str, str]]:
    """Yield (what, value) of everything by which two references are the same work."""
    reference = item.reference
    if reference.doi and reference.doi.strip():
        yield "DOI", bare_doi(reference.doi).lower()
    if reference.pmid and reference.pmid.strip():
        yield "PMID", bare_pmid(reference.pmid)
    title = _folded(reference.title or "")
    if len(title) > 15:
        year = str(reference.issued.year) if reference.issued and reference.issued.year else ""
        where = f"{_folded(reference.volume or '')}/{_folded(reference.page or '')}"
        yield "title, year and page", f"{title}/{year}/{where}"


@rule("REF008", "duplicate", Level.WARNING)
def duplicate(library: Library) -> Iterator[Found]:
    """The same work stands twice in the list, under two keys.

    Two references are the same when DOI, PMID, or title with year and pages agree. A journal's copy editor finds
    it, and every number after it changes. Remedy: keep one and cite it. Source: ICMJE Recommendations, IV.A.3.g.
    """
    seen: dict[tuple[str, str], str] = {}
    for item in library.items.values():
        if item.placeholder:
            continue
        twin = next(((what, seen[what, value]) for what, value in _names(item) if (what, value) in seen), None)
        if twin:
            what, other = twin
            yield Found(
                f"“{item.key}” is the same work as “{other}” (same {what})", **place(item), hint="keep one of them"
            )
        for name in _names(item):
            seen.setdefault(name, item.key)


@cache
def _fields() -> dict[str, list[str]]:
    file = data_file("reference_fields.yaml")
    return dict(read(file.read_bytes(), file.name).data)


def _has(reference: Reference, variable: str) -> bool:
    name = variable.lower().replace("-", "_")
    value = getattr(reference, name)
    return bool(value.strip()) if isinstance(value, str) else bool(value)


@rule("REF009", "field-missing", Level.WARNING)
def field_missing(library: Library) -> Iterator[Found]:
    """A reference lacks what a reader needs to find the work again.

    What is asked depends on the type: of a journal article author, title, journal, year, and volume with pages (or
    a DOI); of a web page title, address and when it was read. Source: Citing Medicine, 2nd edition (NLM); ICMJE
    Recommendations, IV.A.3.g.
    """
    for item in library.items.values():
        reference = item.reference
        if item.placeholder:
            continue
        kind = reference.type or ""
        wanted = _fields().get(kind, ["title"])
        lacking = [names for names in wanted if not any(_has(reference, name) for name in names.split("|"))]
        if lacking:
            said = ", ".join(names.split("|")[0] for names in lacking)
            hint = "add " + "; ".join(" or ".join(names.split("|")) for names in lacking)
            yield Found(f"“{item.key}” ({kind or 'no type'}) lacks {said}", **place(item), hint=hint)


@rule("REF014", "pages-backwards", Level.WARNING)
def pages_backwards(library: Library) -> Iterator[Found]:
    """The last page of a reference comes before the first.

    Shortened forms such as 669-73 are read as 669-673. Source: PMC style checker (JATS `lpage` not below `fpage`).
    """
    for item in library.items.values():
        found = re.fullmatch(r"([A-Za-z]*)(\d+)\s*[-–]\s*([A-Za-z]*)(\d+)", (item.reference.page or "").strip())
        if not found or found[1].lower() != (found[3] or found[1]).lower():
            continue
        first, last = found[2], found[4]
        whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        if int(whole) < int(first):
            yield Found(
                f"the pages {found[0]} of “{item.key}” run backwards", **place(item, "page"), hint="correct them"
            )


RULES = (duplicate, field_missing, pages_backwards)
