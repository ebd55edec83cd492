"""BibTeX and BibLaTeX -> items; TeX is decoded after names are divided."""

from __future__ import annotations

import re

from casewriter.bibliography.reading.bibtex_entries import BibtexEntry, entries
from casewriter.bibliography.reading.bibtex_inheritance import inherited
from casewriter.bibliography.reading.bibtex_names import names
from casewriter.bibliography.reading.record import (
    Record,
    date,
    doi,
    finished,
    is_doi_address,
    month_number,
    pages,
    pmcid,
)
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.bibliography.reading.tex import address, decode
from casewriter.model.reference import CSL_TYPES

_TYPES = {
    "article": "article-journal",
    "periodical": "periodical",
    "suppperiodical": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "unpublished": "manuscript",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "webpage": "webpage",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "letter": "personal_communication",
    "image": "graphic",
    "movie": "motion_picture",
    "video": "motion_picture",
    "standard": "standard",
    "review": "review",
    "artwork": "graphic",
    "misc": "document",
}
_FIELDS = {
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "edition": "edition",
    "chapter": "chapter-number",
    "pagetotal": "number-of-pages",
    "volumes": "number-of-volumes",
    "series": "collection-title",
    "shorttitle": "title-short",
    "origtitle": "original-title",
    "shortjournal": "container-title-short",
    "eventtitle": "event-title",
    "venue": "event-place",
    "version": "version",
    "isbn": "ISBN",
    "issn": "ISSN",
    "note": "note",
    "addendum": "note",
    "abstract": "abstract",
    "keywords": "keyword",
    "language": "language",
    "langid": "language",
    "type": "genre",
    "eid": "number",
    "articleno": "number",
    "article-number": "number",
}
_DEGREES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_BIBLATEX_WORDS = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "techreport": "Technical report"}
_ROLES = ("author", "editor", "translator")


def read_bibtex(text: str) -> tuple[FoundReferences, Refusals]:
    """Return the references of a BibTeX file, and the entries refused."""
    found, refused = entries(text)
    by_key = {entry.key.lower(): entry for entry in found}
    records = [(entry.line, _record(entry, by_key)) for entry in found if entry.kind != "xdata"]
    return finished(records, refused)


def _record(entry: BibtexEntry, by_key: dict[str, BibtexEntry]) -> Record:
    fields = inherited(entry, by_key)
    item: Record = {"id": entry.key, "type": _TYPES.get(entry.kind, "document")}
    for name, value in fields.items():
        if (variable := _FIELDS.get(name)) and value:
            item.setdefault(variable, decode(value))
    if entry.kind not in ("article", "periodical", "suppperiodical") and "issue" in item:
        item["collection-number" if _in_series(item, entry) else "number"] = item.pop("issue")
    _titles(item, fields)
    for role in _ROLES:
        if fields.get(role):
            item[role], truncated = names(fields[role])
            if truncated and role == "author":
                item["authors_truncated"] = "true"
    item["page"] = pages(decode(fields.get("pages", "")))
    item["issued"] = _date(fields)
    item["accessed"] = date(fields["urldate"]) if fields.get("urldate") else {}
    item["event-date"] = date(fields["eventdate"]) if fields.get("eventdate") else {}
    _identifiers(item, fields)
    _kind(item, entry, fields)
    return item


def _in_series(item: Record, entry: BibtexEntry) -> bool:
    """Return whether `number` is that in the series (BibLaTeX manual, 2.3.11), not the work's own as of a report."""
    if item["type"] in ("book", "chapter"):
        return True
    return bool(item.get("collection-title")) and (item["type"] == "paper-conference" or entry.kind == "manual")


def _titles(item: Record, fields: dict[str, str]) -> None:
    def whole(name: str) -> str:
        title, sub = decode(fields.get(name, "")), decode(fields.get(f"{name[:-5]}subtitle", ""))
        return f"{title}: {sub}" if title and sub else title

    item["title"] = whole("title")
    container = decode(fields.get("journaltitle") or fields.get("journal") or "") or whole("booktitle")
    if item["type"] != "book":
        item["container-title"] = container or decode(fields.get("maintitle", ""))


def _identifiers(item: Record, fields: dict[str, str]) -> None:
    eprint, kind = decode(fields.get("eprint", "")), fields.get("eprinttype", fields.get("archiveprefix", "")).lower()
    stated = address(fields.get("doi", ""))
    item["DOI"] = doi(stated) or stated  # lint reports a malformed DOI
    item["PMID"] = decode(fields.get("pmid", "")) or (eprint if kind in ("pubmed", "pmid") else "")
    item["PMCID"] = pmcid(fields.get("pmcid", "") or fields.get("pmc", ""))
    if not item["PMID"] and (found := re.search(r"\bPMID:?\s*(\d{1,8})", fields.get("note", ""))):
        item["PMID"] = found[1]
    url = address(fields.get("url", "")) or address(fields.get("howpublished", ""))
    linked = re.search(r"https?://(?:[^\s{}]|\{[^\s{}]*\})+", url)
    url = linked[0] if linked else ""
    if kind == "arxiv" and eprint and not url:
        url = f"https://arxiv.org/abs/{eprint}"
    item["URL"] = "" if is_doi_address(url) else url
    if not item["DOI"] and is_doi_address(url):
        item["DOI"] = doi(url)


def _kind(item: Record, entry: BibtexEntry, fields: dict[str, str]) -> None:
    """Settle what the entry's type leaves open: theses, preprints, pages on the web, works in press."""
    if entry.kind in _DEGREES:
        item.setdefault("genre", _DEGREES[entry.kind])
    item["genre"] = _BIBLATEX_WORDS.get(str(item.get("genre", "")).lower(), item.get("genre", ""))
    preprint = fields.get("eprinttype", fields.get("archiveprefix", "")).lower() in ("arxiv", "biorxiv", "medrxiv")
    if entry.kind in ("misc", "unpublished", "online") and preprint:
        item["type"] = "article"
    elif entry.kind == "misc" and item["URL"] and not item.get("container-title"):
        item["type"] = "webpage"
    subtype = fields.get("entrysubtype", "").lower()
    subtype = {"newspaper": "article-newspaper", "magazine": "article-magazine"}.get(subtype, subtype)
    if subtype in CSL_TYPES:
        item["type"] = subtype
    if (state := fields.get("pubstate", "")) and state.lower() != "inpress":
        item["status"] = decode(state)
    if fields.get("pubstate", "").lower() == "inpress" or re.fullmatch(
        r"\W*in press\W*", fields.get("note", "") or fields.get("year", ""), re.IGNORECASE
    ):
        item["status"] = "in press"


def _date(fields: dict[str, str]) -> Record:
    if said := fields.get("date", "").strip():
        plain = said.rstrip("~?%")  # BibLaTeX manual, 2.3.8
        point = _span(plain) if "/" in plain else date(plain)
        return {**point, "circa": True} if plain != said and "date-parts" in point else point
    year = decode(fields.get("year", ""))
    if not re.fullmatch(r"\d{4}", year):
        return {"literal": year} if year else {}
    words = re.sub(r"[~\\,]|\s+", " ", decode(fields.get("month", ""))).strip()
    found = re.search(r"([A-Za-z]+)\.?(?:\s+(\d{1,2}))?$|^(\d{1,2})\.?\s+([A-Za-z]+)|^(\d{1,2})$", words)
    month = month_number(found[1] or found[4] or found[5] or "") if found else 0
    day = (found[2] or found[3] if found else "") or decode(fields.get("day", ""))
    parts = [int(year)] + ([month] if month else [])
    if month and str(day).isdigit() and 1 <= int(day) <= 31:
        parts.append(int(day))
    return {"date-parts": [parts]}


def _span(text: str) -> Record:
    ends = [date(part) for part in text.split("/") if part.strip(" .")]
    parts = [end["date-parts"][0] for end in ends if "date-parts" in end]
    return {"date-parts": parts[:2]} if parts else {"literal": text}
