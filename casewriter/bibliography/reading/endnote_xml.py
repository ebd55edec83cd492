"""EndNote XML -> items; EndNote wraps every text in `style` elements. Source: what EndNote 20 and others export."""

from __future__ import annotations

import re
from typing import Any

from casewriter.bibliography.reading.people import person
from casewriter.bibliography.reading.record import (
    Record,
    clean,
    date,
    doi,
    finished,
    is_doi_address,
    issn,
    pages,
    pmcid,
)
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.bibliography.reading.xml import rich, text

_TYPES = {
    "journal article": "article-journal",
    "electronic article": "article-journal",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "book section": "chapter",
    "electronic book section": "chapter",
    "conference proceedings": "paper-conference",
    "conference paper": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "government document": "report",
    "web page": "webpage",
    "blog": "post-weblog",
    "dataset": "dataset",
    "computer program": "software",
    "generic": "document",
    "unpublished work": "manuscript",
    "manuscript": "manuscript",
    "personal communication": "personal_communication",
    "newspaper article": "article-newspaper",
    "magazine article": "article-magazine",
    "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary",
    "patent": "patent",
    "standard": "standard",
    "case": "legal_case",
    "statute": "legislation",
    "bill": "bill",
    "hearing": "hearing",
    "map": "map",
    "film or broadcast": "motion_picture",
    "pamphlet": "pamphlet",
    "figure": "figure",
    "preprint": "article",
}


def read_endnote_xml(root: Any) -> tuple[FoundReferences, Refusals]:
    """Return the references of an EndNote library, and the records refused."""
    records: list[tuple[int, Record]] = []
    refused: Refusals = []
    for element in root.iter("record"):
        record = _record(element)
        if record.get("title") or record.get("author"):
            records.append((element.sourceline or 1, record))
        else:
            refused.append((element.sourceline or 1, "the record has neither a title nor authors"))
    return finished(records, refused)


def _record(element: Any) -> Record:
    named = element.find("ref-type")
    kind = _TYPES.get((named.get("name") or "").lower(), "document") if named is not None else "document"
    item: Record = {"type": kind, "title": rich(element.find("titles/title"))}
    _titles(item, element)
    people = element.find("contributors")
    for path, role in (("authors", "author"), ("secondary-authors", "editor"), ("translated-authors", "translator")):
        names = people.iterfind(f"{path}/author") if people is not None else ()
        item[role] = [person("".join(name.itertext())) for name in names if "".join(name.itertext()).strip()]
    if kind == "book" and not item["author"]:
        item["author"], item["editor"] = [], item["editor"]
    if (named is not None and named.get("name") == "Edited Book") and not item["editor"]:
        item["editor"], item["author"] = item["author"], []
    item["issued"] = _date(element)
    item["volume"], item["page"] = text(element, "volume"), pages(text(element, "pages"))
    item["number" if kind in ("report", "patent", "standard") else "issue"] = text(element, "number")
    if not item["page"] and kind.startswith("article"):
        item["number"] = text(element, "custom7")  # the field Article Number of an EndNote library
    if kind in ("book", "chapter") and item["collection-title"]:  # what EndNote calls Series Volume
        item["collection-number"] = item.pop("issue")
    item["version" if kind == "software" else "edition"] = text(element, "edition")
    item["publisher"], item["publisher-place"] = text(element, "publisher"), text(element, "pub-location")
    item["genre"] = text(element, "work-type") if kind == "thesis" else ""
    _identifiers(item, element)
    item["abstract"], item["language"] = text(element, "abstract"), text(element, "language")
    item["note"], item["source"] = text(element, "notes"), text(element, "remote-database-name")
    item["keyword"] = ", ".join(text(word) for word in element.iterfind("keywords/keyword"))
    return item


def _titles(item: Record, element: Any) -> None:
    full = text(element, "periodical/full-title")
    second = text(element, "titles/secondary-title")
    short = text(element, "periodical/abbr-1") or text(element, "titles/alt-title")
    series = text(element, "titles/tertiary-title")
    item["collection-title"] = series if item["type"] in ("book", "chapter", "paper-conference", "report") else ""
    if item["type"] in ("book", "report"):
        item["collection-title"] = second or series
        return
    name = full or second
    item["container-title"] = name or short
    rest = [one for one in (short, second) if one and one != item["container-title"]]
    item["container-title-short"] = rest[0] if rest and name else ""
    item["title-short"] = text(element, "titles/short-title")


def _date(element: Any) -> Record:
    year, day = text(element, "dates/year"), text(element, "dates/pub-dates/date")
    if not year:
        return date(day)
    whole = date(day) if re.search(r"\d{4}", day) else date(f"{year} {day}")
    return whole if "date-parts" in whole else date(year)


def _identifiers(item: Record, element: Any) -> None:
    item["DOI"] = doi(text(element, "electronic-resource-num"))
    base = f"{text(element, 'remote-database-name')} {text(element, 'remote-database-provider')}".lower()
    accession = text(element, "accession-num")
    if accession.isdigit() and len(accession) <= 8 and (not base.strip() or re.search("medline|pubmed|nlm", base)):
        item["PMID"] = accession
    item["PMCID"] = pmcid(text(element, "custom2"))
    numbers = issn("".join(element.find("isbn").itertext())) if element.find("isbn") is not None else ""
    books = [one for one in numbers.split(", ") if len(re.sub(r"[\s-]", "", one)) in (10, 13)]
    item["ISBN"] = ", ".join(books)
    item["ISSN"] = ", ".join(one for one in numbers.split(", ") if one not in books)
    addresses = [clean("".join(url.itertext())) for url in element.iterfind("urls/related-urls/url")]
    item["URL"] = next((url for url in addresses if url.startswith("http") and not is_doi_address(url)), "")
