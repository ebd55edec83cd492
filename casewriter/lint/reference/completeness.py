"""REF: references that are listed twice, or without what a reader needs to find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casewriter.bibliography.works import Works
from casewriter.builtin import data
from casewriter.citation import Library
from casewriter.lint.reference.place import place
from casewriter.lint.rule import Found, rule
from casewriter.model.reference import Reference
from casewriter.problem import Level


@rule("REF008", "duplicate", Level.WARNING)
def duplicate(library: Library) -> Iterator[Found]:
    """The same work is listed twice, under two keys.

    Two references are the same if their DOI, PMID, or title with year agree, and neither volume nor first page differs.
    The journal's copy editor will find it, and every number after it changes. Remedy: keep one and cite it. Source:
    ICMJE Recommendations, IV.A.3.g.
    """
    works = Works()
    for item in library.items.values():
        if item.placeholder:
            continue
        if twin := works.find(item.reference):
            other, what = twin
            message = f"“{item.key}” is the same work as “{other}” (same {what})"
            yield Found(message, **place(item), hint="keep one of them")
        works.add(item.key, item.reference)


@cache
def _fields() -> dict[str, list[str]]:
    return dict(data("reference_fields.yaml"))


def _has(reference: Reference, variable: str) -> bool:
    name = variable.lower().replace("-", "_")
    value = getattr(reference, name)
    return bool(value.strip()) if isinstance(value, str) else bool(value)


@rule("REF009", "field-missing", Level.WARNING)
def field_missing(library: Library) -> Iterator[Found]:
    """A reference is missing details that readers need to find the work.

    The required details depend on the type: for a journal article, author, title, journal, year, and volume with pages
    (or a DOI); for a web page, title, address and date of access. Source: Citing Medicine, 2nd edition (NLM); ICMJE
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
            yield Found(f"“{item.key}” ({kind or 'no type'}) has no {said}", **place(item), hint=hint)


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
