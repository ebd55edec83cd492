"""REF: fields that hold something else than what they are for: several names, dates and addresses of no form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.citation import Library, LibraryItem
from casewriter.lint.privacy.lexicon import words
from casewriter.lint.reference.place import place
from casewriter.lint.rule import Found, rule
from casewriter.model.issued import Issued
from casewriter.model.name import Name
from casewriter.problem import Level

_ROLES = ("author", "editor", "translator")
_DATES = {"issued": "issued", "accessed": "accessed"}


@rule("REF027", "name-odd", Level.WARNING)
def name_odd(library: Library) -> Iterator[Found]:
    """A name in a reference is not split into family and given names.

    One entry contains several names or “et al”, so the list turns them into one person; a personal name is not split
    (“John Smith”) and is printed like an organisation; or a name is in capitals, as in old PubMed records, and is
    printed so. Remedy: one entry for each author, Smith J or {family: Smith, given: John}; `authors_truncated: true` if
    the source itself ends in et al. Source: Citing Medicine, 2nd edition (NLM), chapter 1, authors.
    """
    for item in library.items.values():
        for role in _ROLES:
            for number, name in enumerate(getattr(item.reference, role)):
                said, hint = _odd(name)
                if said:
                    yield Found(f"“{item.key}”: {said}", **place(item, role, number), hint=hint)


_ET_AL = re.compile(r"\bet\.? al\b|\band others\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_SUFFIX = re.compile(r"(?:Jr|Sr|[IV]{1,3}|MD|PhD)\.?", re.IGNORECASE)


def _odd(name: Name) -> tuple[str, str]:
    """Return what is odd of a name, and what to write; nothing where it is as lists have names."""
    family, given, literal = name.family or "", name.given or "", name.literal or ""
    whole = " ".join(filter(None, (family, given, literal)))
    if _ET_AL.search(whole):
        return f"“{whole}” contains “et al”", "name the authors, and write authors_truncated: true"
    after = given.partition(",")[2].strip()
    before, _, last = family.rpartition(" ")
    several = bool(after) and not _SUFFIX.fullmatch(after)
    if several or (given and before and last.isupper() and _INITIALS.fullmatch(last)):
        return f"“{family}, {given}” contains several names", "write one entry per author: [Smith J, Jones B]"
    parts = literal.split()
    if 2 <= len(parts) <= 3 and parts[0] in words("given") and all(part[:1].isupper() for part in parts):
        return f"“{literal}” is not split into family and given names", f"write {parts[-1]} {parts[0][0]}"
    letters = re.sub(r"[^A-Z]", "", family)
    if len(letters) > 3 and family.isupper() and given:
        return f"the name {family} is in capitals", f"write {family.title()}"
    return "", ""


@rule("REF028", "date-odd", Level.WARNING)
def date_odd(library: Library) -> Iterator[Found]:
    """A date in a reference is ambiguous or invalid; it is printed as typed and cannot be sorted.

    Dates are EDTF: 2018, 2018-03, 2018-03-12, a season 2018-21. Other countries read 03/2018 and 12.3.2018 differently.
    Source: ISO 8601-2 (EDTF).
    """
    for item in library.items.values():
        for name, key in _DATES.items():
            date: Issued | None = getattr(item.reference, name)
            if date and date.year is None and re.search(r"\d", date.literal or ""):
                message = f"“{date.literal}” of “{item.key}” is not a valid date"
                yield Found(message, **place(item, key), hint="write 2018, 2018-03 or 2018-03-12")


@rule("REF029", "address-malformed", Level.WARNING)
def address(library: Library) -> Iterator[Found]:
    """A web address has no https:// or contains a space, so readers cannot follow it.

    Source: RFC 3986, section 3 (a URI begins with its scheme).
    """
    for item in library.items.values():
        url = (item.reference.url or "").strip()
        if url and not re.fullmatch(r"(?:https?|ftp)://\S+", url):
            yield Found(f"“{url}” is not a web address", **place(item, "URL"), hint=_address_hint(item, url))


def _address_hint(item: LibraryItem, url: str) -> str:
    if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", url):
        return f"write https://{url}"
    return f"write the address of “{item.key}” with https://"


RULES = (name_odd, date_odd, address)
