"""Tell a list of references from a letter or a story."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.entries import entries
from casewriter.bibliography.pasted.names import read_names
from casewriter.bibliography.pasted.words import YEAR

_SIGNS = (
    re.compile(rf"\b{YEAR}\b"),
    re.compile(r"\d\s?[:,]\s?[A-Za-z]?\d+\s?[-–]\s?[A-Za-z]?\d+|\bpp?\.\s?\d"),
    re.compile(r"\bet al\b|\beds?\b\.?|\bIn:|\[(?:PubMed|CrossRef|Internet|DOI|PMID)|Google Scholar|\bvol\."),
    re.compile(r"10\.\d{4,9}/\S|https?://|\b(?:PMID|doi)\b|\bAccessed\b"),
    re.compile(rf"{YEAR}[^.]{{0,12}};\s?\d|\(\d{{1,3}}\)\s?[:,]|\d:\s?[A-Za-z]?\d|\({YEAR}"),
)


def looks_pasted(text: str) -> bool:
    """Return whether a text is a list of references: more than half of its entries show the signs of one."""
    found = [entry.text for entry in entries(text[:200_000])][:200]
    likely = sum(_is_reference(entry) for entry in found)
    return bool(found) and likely * 2 > len(found)


def _is_reference(text: str) -> bool:
    signs = sum(bool(sign.search(text[:3_000])) for sign in _SIGNS)
    return len(text) <= 3_000 and signs + (read_names(text) is not None) >= 2 and bool(_SIGNS[0].search(text))
