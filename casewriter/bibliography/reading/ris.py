"""RIS -> items: the dialects of reference managers, publishers and databases, which differ in tags and spacing.

Sources: the RIS specification (Research Information Systems, 2001; 2011 extension) and what exporters write.
"""

from __future__ import annotations

import re
from collections import defaultdict

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
from casewriter.bibliography.reading.tagged import CONTINUED, Tags, joined

_TYPES = dict(
    pair.split(":")
    for pair in """ABST:article-journal ADVS:motion_picture AGGR:dataset ANCIENT:classic ART:graphic BILL:bill
    BLOG:post-weblog BOOK:book CASE:legal_case CHAP:chapter CHART:figure CLSWK:classic
    COMP:software CONF:paper-conference CPAPER:paper-conference CTLG:book DATA:dataset
    DBASE:dataset DICT:entry-dictionary EBOOK:book ECHAP:chapter EDBOOK:book EJOUR:article-journal
    ELEC:webpage ENCYC:entry-encyclopedia EQUA:figure FIGURE:figure GEN:document GOVDOC:report
    GRANT:report HEAR:hearing ICOMM:personal_communication INPR:article-journal INTV:interview
    JFULL:article-journal JOUR:article-journal LEGAL:legislation MANSCPT:manuscript MAP:map
    MGZN:article-magazine MPCT:motion_picture MULTI:webpage MUSIC:musical_score
    NEWS:article-newspaper PAMP:pamphlet PAT:patent PCOMM:personal_communication PODCAST:broadcast
    PRESS:article-newspaper PREPRINT:article RPRT:report SER:book SLIDE:speech SOUND:song
    STAND:standard STAT:legislation STD:standard THES:thesis UNBILL:bill UNPB:manuscript
    UNPD:manuscript VIDEO:motion_picture WEB:webpage""".split()
)
_KEY = re.compile(r"[a-z]+\d{4}[a-z]{0,2}|[a-z]\w*?[_-][\w-]{0,60}(?<!\d)\d{4}[a-z]{0,2}")
_LINE = re.compile(r"^([A-Za-z][A-Za-z0-9]) {0,2}-(?: |$)?(.*)$")
_STRICT = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
_CONTENT = frozenset("TY TI T1 AU A1 CT BT".split())
"""What begins a record; without a type it is a record whose type is missing."""


def keeps(key: str) -> bool:
    """Return whether an ID is taken for a key that a text cites: muller1959, meier_itch_2010; most are serials."""
    return bool(_KEY.fullmatch(key))


def read_ris(text: str) -> tuple[FoundReferences, Refusals]:
    """Return the references of a RIS file, and the records refused."""
    records: list[tuple[int, Record]] = []
    refused: Refusals = []
    for line, tags in _records(text):
        if "TY" not in tags:
            refused.append((line, "the record does not begin with its type, such as TY  - JOUR"))
        elif set(tags) <= {"TY", "ER"}:
            refused.append((line, "the record contains nothing but its type"))
        else:
            records.append((line, _record(tags)))
    return finished(records, refused)


def _records(text: str) -> list[tuple[int, Tags]]:
    """Divide into records with the lines on which they begin; a line without a tag goes on with the one before."""
    found: list[tuple[int, Tags]] = []
    tags: Tags | None = None
    last = ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        tagged = _tagged(line) or (_without_dash(line) if last not in _LONG else None)
        if tagged is None:
            if tags is not None and last and line.strip():
                tags[last].append(CONTINUED + line.strip())
            continue
        tag, value = tagged
        if tag == "ER":
            tags, last = None, ""
            continue
        if tag == "TY" or tags is None:
            if tag not in _CONTENT and found:  # a database's own line after the end of a record
                continue
            tags = defaultdict(list)
            found.append((number, tags))
        tags[tag].append(value.strip())
        last = tag
    return [(line, joined(tags)) for line, tags in found]


def _tagged(line: str) -> tuple[str, str] | None:
    match = _STRICT.match(line) or _LINE.match(line.strip() if line[:1].isspace() else line)
    return (match[1].upper(), match[2]) if match else None


_LONG = ("AB", "N2", "N1")
"""Tags whose text goes on over lines that could begin with anything."""
_DASHLESS = re.compile(r"(VL|IS|SP|EP|PY|Y1|DA|DO|SN|UR|PB|CY|AU|A1|T2|JO|JF|JA|J2|KW|ER) {1,4}(\S.*)?")


def _without_dash(line: str) -> tuple[str, str] | None:
    """Return tag and value of a line that lost its dash, as copying by hand does."""
    found = _DASHLESS.fullmatch(line.rstrip())
    return (found[1], found[2] or "") if found else None


def _first(tags: Tags, *names: str) -> str:
    return next((clean(value) for name in names for value in tags.get(name, ()) if value.strip()), "")


def _record(tags: Tags) -> Record:
    ris_type = _first(tags, "TY").upper()
    kind = _TYPES.get(ris_type, "document")
    item: Record = {"type": kind}
    if keeps(key := _first(tags, "ID")):
        item["id"] = key
    if ris_type == "INPR":
        item["status"] = "in press"
    for step in (_titles, _names, _dates, _places, _numbers, _identifiers, _rest):
        step(item, tags)
    return item


_IN = frozenset("article-journal article-magazine article-newspaper chapter paper-conference entry-dictionary".split())
_CONTAINED = _IN | {"entry-encyclopedia", "article", "webpage", "post-weblog", "broadcast", "legal_case", "document"}


def _titles(item: Record, tags: Tags) -> None:
    item["title"] = _first(tags, "TI", "T1", "CT") or (_first(tags, "BT") if item["type"] == "book" else "")
    journal = item["type"] in ("article-journal", "article-magazine", "article-newspaper", "article")
    full = _first(tags, "T2", "JF", "BT") if journal else _first(tags, "T2", "BT", "JF")
    if journal and tags.get("JF"):
        full = _first(tags, "JF")
    if item["type"] == "book":
        item["collection-title"] = _first(tags, "T3", "T2")
        full = ""
    short = _first(tags, "J2", "JA", "JI")
    plain = _first(tags, "JO")
    if item["type"] in _CONTAINED:
        names = [name for name in (full, plain, short) if name]
        if names:
            item["container-title"] = names[0]
            rest = [name for name in (short, plain) if name and name != names[0]]
            if rest:
                item["container-title-short"] = rest[0]
    item["title-short"] = _first(tags, "ST") if _first(tags, "ST") != item["title"] else ""
    if item["type"] == "paper-conference" and not item.get("container-title"):
        item["event-title"] = _first(tags, "T3")
    series = {"chapter": ("T3",), "paper-conference": ("T3",), "thesis": ("T3",), "report": ("T3", "T2")}
    item.setdefault("collection-title", _first(tags, *series.get(item["type"], ())))
    if item["collection-title"] == item.get("event-title"):
        item["collection-title"] = ""


def _names(item: Record, tags: Tags) -> None:
    def listed(*names: str) -> list[Record]:
        return [person(value) for name in names for value in tags.get(name, ()) if value.strip(" ;,")]

    item["author"] = listed("AU", "A1")
    role = "collection-editor" if item["type"] == "book" and tags.get("T2") else "editor"
    item["editor"] = listed("ED") or listed("A2") if role == "editor" else listed("ED")
    if role == "collection-editor":
        item["collection-editor"] = listed("A2")
    if item["type"] in ("chapter", "book"):
        item["collection-editor"] = item.get("collection-editor") or listed("A3")
    item["translator"] = listed("A4")
    if _first(tags, "TY").upper() == "EDBOOK" and not item["editor"]:
        item["editor"], item["author"] = item["author"], []


def _dates(item: Record, tags: Tags) -> None:
    years = [date(value) for name in ("PY", "Y1") for value in tags.get(name, ()) if value.strip()]
    full = [date(value) for value in tags.get("DA", ()) if value.strip()]
    issued = max(years, key=lambda one: len(one.get("date-parts", [[]])[0])) if years else {}
    if full and "date-parts" in full[0]:
        parts = issued.get("date-parts", [[]])[0]
        if not issued or (len(parts) == 1 and full[0]["date-parts"][0][:1] == parts):
            issued = full[0]
    elif full and "literal" in full[0] and len(issued.get("date-parts", [[]])[0]) == 1:
        worded = date(f"{issued['date-parts'][0][0]} {full[0]['literal']}")
        issued = worded if "date-parts" in worded else issued
    item["issued"] = issued
    accessed = next((date(value) for value in tags.get("Y2", ()) if value.strip()), {})
    if "date-parts" in accessed:
        item["accessed"] = accessed


def _places(item: Record, tags: Tags) -> None:
    first, last = _first(tags, "SP"), _first(tags, "EP", "LP")
    if first and last and first != last and not re.search(r"[-–]", first):
        item["page"] = pages(f"{first}-{last}")
    else:
        item["page"] = pages(first or last)
    item["volume"] = _first(tags, "VL")
    issue = _first(tags, "IS", "CP")
    if item["type"] in ("patent", "report", "standard"):
        item["number"] = issue or _first(tags, "M1") if item["type"] != "standard" else issue
    else:
        item["issue"] = issue
    _series_number(item, tags)
    number = _first(tags, "C7")
    if number and not item["page"]:
        item["number"] = re.sub(r"^(?:Art\.?|Article|No\.?)\s*", "", number)
    item["publisher"], item["publisher-place"] = _first(tags, "PB"), _first(tags, "CY", "PP")
    edition = _first(tags, "ET")
    item["version" if item["type"] == "software" else "edition"] = edition


def _series_number(item: Record, tags: Tags) -> None:
    """Take the number in the series: SV; of a book also M1, as EndNote writes it, or IS."""
    item["collection-number"] = _first(tags, "SV")
    if item["type"] == "book" and item["collection-title"] and not item["collection-number"]:
        item["collection-number"] = _first(tags, "M1") or item["issue"]
        item["issue"] = "" if item["collection-number"] == item["issue"] else item["issue"]


def _numbers(item: Record, tags: Tags) -> None:
    numbers = ", ".join(filter(None, (issn(value) for value in tags.get("SN", ()))))
    raw = _first(tags, "SN")
    if item["type"] == "standard" and raw:
        item["number"] = item.get("number") or raw
    elif numbers:
        books = [one for one in numbers.split(", ") if len(re.sub(r"[\s-]", "", one)) in (10, 13)]
        item["ISBN"] = ", ".join(books)
        item["ISSN"] = ", ".join(one for one in numbers.split(", ") if one not in books)
    if item["type"] == "thesis":
        item["genre"] = next((clean(v) for n in ("M3", "U1", "VL") for v in tags.get(n, ()) if _is_degree(v)), "")
        if item["genre"] and item["volume"] == item["genre"]:
            item["volume"] = ""


def _is_degree(text: str) -> bool:
    return bool(re.search(r"thes|diss|ph\.?\s?d|m\.?d\b|master|doctor|habil", text, re.IGNORECASE))


def _identifiers(item: Record, tags: Tags) -> None:
    item["DOI"] = next(
        (
            found
            for name in ("DO", "DI", "M3", "L3", "N1", "UR", "M1")
            for v in tags.get(name, ())
            if (found := _doi_of(name, v))
        ),
        "",
    )
    item["DOI"] = item["DOI"] or _first(tags, "DO")  # lint reports a malformed one
    base = " ".join(tags.get("DB", []) + tags.get("DP", [])).lower()
    accession = _first(tags, "AN")
    if accession.isdigit() and len(accession) <= 8 and re.search(r"pubmed|medline|nlm", base):
        item["PMID"] = accession
    second = _first(tags, "C2")
    item["PMCID"] = (
        pmcid(second)
        or pmcid(_first(tags, "U2"))
        or next((found for value in tags.get("N1", []) + tags.get("UR", []) if (found := pmcid(value))), "")
    )
    if second.isdigit() and len(second) <= 8 and "scopus" in base:
        item["PMID"] = second
    for value in tags.get("N1", []) + tags.get("U1", []) + tags.get("ID", []) + tags.get("AN", []):
        stated = re.search(r"\b(?:PMID|PubMed ID|MEDLINE:)[:\s]*(\d{1,8})\b", value)
        if stated and not item.get("PMID"):
            item["PMID"] = stated[1]
    several = (v for name in ("UR", "LK", "L2") for value in tags.get(name, ()) for v in _ADDRESSES.split(value))
    addresses = [clean(one) for one in several]
    item["URL"] = next((one for one in addresses if one.startswith("http") and not is_doi_address(one)), "")


_ADDRESSES = re.compile(r";\s*(?=https?:|$)")


def _doi_of(tag: str, value: str) -> str:
    if tag in ("N1", "M1") and not re.search(r"\bdoi\b", value, re.IGNORECASE):
        return ""
    if tag == "UR" and not is_doi_address(value):
        return ""
    return doi(value)


def _rest(item: Record, tags: Tags) -> None:
    item["abstract"] = _first(tags, "AB", "N2")
    item["keyword"] = ", ".join(clean(value) for value in tags.get("KW", ()) if value.strip())
    item["language"] = _first(tags, "LA")
    item["source"] = _first(tags, "DB", "DP")
    item["call-number"] = _first(tags, "CN")
    item["note"] = " ".join(clean(value) for value in tags.get("N1", ()) if value.strip())
