"""Which item identifiers of a publisher (PII) in PubMed are the number by which an article is cited.

PubMed prints the PII in place of pages where an article has none. Most are article numbers; others are a publisher's
own serial number or repeat the DOI, and help no reader. Sources: MEDLINE/PubMed Data Element (Field) Descriptions, LID;
PubMed DTD, ELocationID; the PII standard of 1995 (ACS, AIP, APS, Elsevier, IEEE); what Springer, BMC and Karger send.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_INTERNAL = (
    re.compile(r"10\.\d{4,9}/.*"),  # a DOI
    re.compile(r"[SBX]?\d{4}-?\d{3}[\dX]\(?\d{2}\)?\d{5}-?[\dX]"),  # Elsevier: S0140-6736(20)30183-5
    re.compile(r"B?97[89](?:-?\d){10}.*"),  # a chapter by the ISBN of its book
    re.compile(r"s\d{5}-\d{2,3}-\d{3,5}-[\da-z]"),  # Springer, the end of the DOI: s00134-020-05991-x
    re.compile(r"\d{4}-\d{3}[\dX]-\d+-\w+"),  # BMC, by ISSN and volume: 1471-2105-5-113
    re.compile(r"0{2,}\d+"),  # Karger: 000506789
    re.compile(r"\d+(?:[.-]\d+)+"),  # the number of a manuscript, or the end of a DOI: 2019-2729, 2019.05.003
    re.compile(r".*[()\s].*"),
)
_SERIAL = re.compile(r"\d{7,}")
"""Oxford and JAMA number what is not yet in an issue so; in a volume a long number is an article's."""


def article_number(identifiers: Iterable[str], *, in_volume: bool) -> str:
    """Return the first PII that is an article number, such as e59501, 12345 or bcr-2020-234567, or nothing."""
    for identifier in identifiers:
        if any(form.fullmatch(identifier) for form in _INTERNAL):
            continue
        if re.search(r"\d", identifier) and (in_volume or not _SERIAL.fullmatch(identifier)):
            return identifier
    return ""
