"""Identifiers of works and people: their bare form, and whether form and check digit hold."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"{}|\\^`]*[^\s\"{}|\\^`.,;]")
_BEFORE_DOI = re.compile(r"^(?:https?://)?(?:dx\.)?(?:www\.)?(?:doi\.org/|doi:?\s*)", re.IGNORECASE)
_BEFORE_ORCID = re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)


def bare_doi(text: str) -> str:
    """Return a DOI without ``https://doi.org/`` or ``doi:`` before it."""
    return _BEFORE_DOI.sub("", text.strip())


def doi_holds(doi: str) -> bool:
    """Return whether a bare DOI has the form of one (ISO 26324; Crossref's pattern)."""
    return bool(_DOI.fullmatch(doi))


def pmid_holds(pmid: str) -> bool:
    """Return whether a bare PubMed id has the form of one."""
    return bool(re.fullmatch(r"[1-9]\d{0,7}", pmid))


def bare_orcid(text: str) -> str:
    """Return an ORCID iD without the address before it, with its hyphens."""
    bare = _BEFORE_ORCID.sub("", text.strip()).replace("–", "-").replace(" ", "").upper()
    digits = bare.replace("-", "")
    return "-".join(digits[n : n + 4] for n in range(0, 16, 4)) if len(digits) == 16 else bare


def bare_pmid(text: str) -> str:
    """Return a PubMed id without ``PMID:`` before it."""
    return re.sub(r"^(?:PMID|PubMed)\s*:?\s*", "", text.strip(), flags=re.IGNORECASE)


def orcid_holds(orcid: str) -> bool:
    """Return whether an ORCID iD has the right form and check digit (ISO 7064, mod 11-2)."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", orcid):
        return False
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[15] == ("X" if check == 10 else str(check))


def isbn_holds(isbn: str) -> bool:
    """Return whether an ISBN has a valid form and check digit (ISO 2108: mod 11 of ten digits, mod 10 of thirteen)."""
    digits = re.sub(r"[\s-]", "", isbn).upper().removeprefix("ISBN").lstrip(":")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 - n) * (10 if d == "X" else int(d)) for n, d in enumerate(digits)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum((3 if n % 2 else 1) * int(d) for n, d in enumerate(digits)) % 10 == 0
    return False


def issn_holds(issn: str) -> bool:
    """Return whether an ISSN has the right form and check digit (ISO 3297, mod 11)."""
    found = re.fullmatch(r"(\d{4})-?(\d{3})([\dX])", issn.strip().upper())
    if not found:
        return False
    digits = found[1] + found[2] + found[3]
    return sum((8 - n) * (10 if d == "X" else int(d)) for n, d in enumerate(digits)) % 11 == 0


def pmcid_holds(pmcid: str) -> bool:
    """Return whether a PubMed Central id has the form of one."""
    return bool(re.fullmatch(r"PMC[1-9]\d{0,8}(?:\.\d+)?", pmcid, re.IGNORECASE))
