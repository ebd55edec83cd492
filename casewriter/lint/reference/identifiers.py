"""REF: identifiers that cannot be right, by their form and check digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from casewriter.bibliography.identifier import (
    bare_doi,
    bare_orcid,
    bare_pmid,
    doi_holds,
    isbn_holds,
    issn_holds,
    orcid_holds,
    pmcid_holds,
    pmid_holds,
)
from casewriter.citation import Library, LibraryItem
from casewriter.lint.reference.place import place
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level


def _items(library: Library, field: str) -> Iterator[tuple[LibraryItem, str]]:
    for item in library.items.values():
        value = getattr(item.reference, field)
        if value is not None and value.strip():
            yield item, value.strip()


def _wrong(
    library: Library, field: str, key: str, holds: Callable[[str], bool], says: str, hint: str
) -> Iterator[Found]:
    for item, value in _items(library, field):
        if not holds(value):
            yield Found(f"“{value}” {says}", **place(item, key), hint=hint)


@rule("REF010", "doi-malformed", Level.ERROR)
def doi(library: Library) -> Iterator[Found]:
    """A DOI is malformed.

    A DOI is `10.`, four to nine digits, a slash and the rest, without spaces: 10.1001/archderm.1959.01560180059010.
    `lint --fix` removes an address or `doi:` before it. Source: DOI Handbook (ISO 26324); Crossref's pattern.
    """
    hint = "a DOI begins with 10. and its digits, then a slash: 10.1001/…; copy it from the article's page"
    yield from _wrong(library, "doi", "DOI", lambda v: doi_holds(bare_doi(v)), "is not a DOI", hint)


@rule("REF011", "pmid-malformed", Level.ERROR)
def pmid(library: Library) -> Iterator[Found]:
    """A PubMed or PubMed Central id is malformed.

    A PMID is one to eight digits, the first not 0; a PMCID is `PMC` and digits. The usual slip is a PMCID in the place
    of a PMID. Source: National Library of Medicine, PMC ID converter.
    """
    hint = "one to eight digits: 13649944"
    yield from _wrong(library, "pmid", "PMID", lambda v: pmid_holds(bare_pmid(v)), "is not a PubMed id", hint)
    yield from _wrong(
        library, "pmcid", "PMCID", pmcid_holds, "is not a PubMed Central id", "PMC and digits: PMC3844611"
    )


@rule("REF012", "isbn-malformed", Level.WARNING)
def isbn(library: Library) -> Iterator[Found]:
    """An ISBN or ISSN is invalid: its form or its check digit is wrong.

    The last digit is computed from the others, so an error in one digit is detected. Source: ISO 2108 (ISBN), ISO 3297
    (ISSN).
    """

    def isbns(value: str) -> bool:
        bare = re.sub(r"\bISBN(?:-1[03])?:?\s*", "", value, flags=re.IGNORECASE)
        return all(isbn_holds(one) for one in re.split(r"[,;/]\s*|\s+(?=97[89]|[0-9X-]{13}$)", bare))

    def issns(value: str) -> bool:
        return all(issn_holds(one) for one in re.split(r"[,;/]\s*|\s+", value))

    hint = "compare it with the printed one, digit by digit"
    yield from _wrong(library, "isbn", "ISBN", isbns, "is not a valid ISBN: form or check digit", hint)
    yield from _wrong(library, "issn", "ISSN", issns, "is not a valid ISSN: form or check digit", hint)


@rule("REF013", "orcid-malformed", Level.ERROR)
def orcid(case: Case) -> Iterator[Found]:
    """An ORCID iD is invalid: its form or its check digit is wrong.

    It has four groups of four characters, digits except for the last, a check digit that may be X. `lint --fix` removes
    the address before it. Source: ORCID, structure of the identifier; ISO 7064, mod 11-2.
    """
    for number, author in enumerate(case.authors):
        if author.orcid and not orcid_holds(bare_orcid(author.orcid)):
            path = ("authors", number, "orcid")
            yield Found(
                f"“{author.orcid}” is not a valid ORCID iD: form or check digit", path, "write 0000-0002-1825-0097"
            )


RULES = (doi, pmid, isbn, orcid)
