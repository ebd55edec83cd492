"""Web of Science's own formats, plain text and tab-delimited -> items.

Source: Web of Science Core Collection field tags, Clarivate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from casewriter.bibliography.reading.people import person
from casewriter.bibliography.reading.record import Record, clean, date, doi, finished, issn, pages
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.bibliography.reading.tagged import Tags

_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)")
_LISTS = frozenset("AU AF BA BF BE CA GP".split())
"""Tags that hold a name on each line."""
_OUTSIDE = frozenset("FN VR EF".split())


def read_web_of_science(text: str) -> tuple[FoundReferences, Refusals]:
    """Return the references of a file of Web of Science, and the records refused."""
    records: list[tuple[int, Record]] = []
    refused: Refusals = []
    for line, tags in _rows(text) if text.lstrip("\ufeff").startswith("PT\t") else _records(text):
        if not tags.get("PT"):
            refused.append((line, "the record does not begin with its type, such as PT J"))
        elif not (item := _record(tags)).get("title"):
            refused.append((line, "the record has no title (TI)"))
        else:
            records.append((line, item))
    return finished(records, refused)


def _records(text: str) -> list[tuple[int, Tags]]:
    """Divide at each PT; a line that begins with spaces goes on with the one before."""
    found: list[tuple[int, Tags]] = []
    tags: Tags | None = None
    last = ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")), start=1):
        tagged = _LINE.match(line)
        if tagged is None:
            if tags is not None and last and line.strip():
                _add(tags, last, line.strip())
            continue
        last = tagged[1]
        if last in ("ER", "EF"):
            tags, last = None, ""
        elif last == "PT" or (tags is None and last not in _OUTSIDE):
            tags = defaultdict(list)
            found.append((number, tags))
        if tags is not None:
            tags[last].append((tagged[2] or "").strip())
    return found


def _add(tags: Tags, tag: str, text: str) -> None:
    if tag in _LISTS:
        tags[tag].append(text)
    else:
        tags[tag][-1] = f"{tags[tag][-1]} {text}".strip()


def _rows(text: str) -> Iterator[tuple[int, Tags]]:
    """Yield the rows under the heading of a tab-delimited file, whose names come after each other."""
    heading, *rows = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))
    names = heading.split("\t")
    for number, row in enumerate(rows, start=2):
        if row.strip():
            values = zip(names, row.split("\t"), strict=False)
            yield number, {name.strip(): [value.strip()] for name, value in values if value.strip()}


def _first(tags: Tags, *names: str) -> str:
    return next((clean(value) for name in names for value in tags.get(name, ()) if value.strip()), "")


def _record(tags: Tags) -> Record:
    title, source = _first(tags, "TI"), _first(tags, "SO")
    kind = _kind(tags, title, source)
    item: Record = {"type": kind, "title": title or (source if kind == "book" else "")}
    if kind not in ("book", "patent"):
        item["container-title"], item["container-title-short"] = source, _first(tags, "JI")
    item["author"] = _names(tags, "AF", "AU") or _names(tags, "BF", "BA")
    item["author"] += [{"literal": clean(name)} for name in tags.get("CA", ()) or tags.get("GP", ())]
    item["editor"] = _names(tags, "BE")
    item["issued"] = _date(tags)
    _places(item, tags)
    if kind != "article-journal":  # of a journal they say where its publisher sits
        item["publisher"], item["publisher-place"] = _first(tags, "PU"), _first(tags, "PI")
        item["collection-title"] = ": ".join(filter(None, (_first(tags, "SE"), _first(tags, "BS"))))
    item["event-title"], item["event-place"] = _first(tags, "CT"), _first(tags, "CL")
    item["event-date"] = date(re.sub(r"^(.+), (\d{4})$", r"\2 \1", _first(tags, "CY")))
    item["DOI"] = doi(_first(tags, "DI")) or (doi(_first(tags, "D2")) if kind == "book" else "")
    item["PMID"] = _first(tags, "PM")
    item["ISSN"] = ", ".join(filter(None, (issn(_first(tags, "SN")), issn(_first(tags, "EI")))))
    item["ISBN"] = issn(_first(tags, "BN"))
    item["language"], item["abstract"] = _first(tags, "LA"), _first(tags, "AB")
    item["keyword"] = ", ".join(re.split(r";\s*", _first(tags, "DE")))
    return item


def _kind(tags: Tags, title: str, source: str) -> str:
    """Return the type; of books and series the document type says which part of them it is."""
    kind, said = _first(tags, "PT"), _first(tags, "DT").lower()
    match kind:
        case "J":
            return "article-journal"
        case "P":
            return "patent"
        case "C":
            return "paper-conference"
        case "B" | "S":
            if "proceedings paper" in said or tags.get("CT"):
                return "paper-conference"
            whole = not title or not source or title.casefold() == source.casefold() or said == "book"
            return "book" if whole and "chapter" not in said else "chapter"
        case _:
            return "document"


def _names(tags: Tags, *names: str) -> list[Record]:
    """Return the names of the first tag that has any: full ones, or those with initials."""
    for name in names:
        listed = [one for value in tags.get(name, ()) for one in value.split(";")]
        listed = [re.sub(r"\s*\(.*\)$", "", one.strip()) for one in listed]
        if found := [person(one) for one in listed if one and one != "[Anonymous]"]:
            return found
    return []


_SEASONS = {"spr": "spring", "sum": "summer", "fal": "fall", "aut": "autumn", "win": "winter"}


def _date(tags: Tags) -> Record:
    year, day = _first(tags, "PY"), _first(tags, "PD")
    if not year:
        return date(_first(tags, "EA"))
    day = _SEASONS.get(day.lower(), day.replace(year, "").strip())
    whole = date(f"{year} {day}")
    return whole if "date-parts" in whole else date(year)


def _places(item: Record, tags: Tags) -> None:
    first, last = _first(tags, "BP"), _first(tags, "EP")
    joint = "" if last == "+" else "-"  # 120+ goes on elsewhere in the issue
    span = f"{first}{joint}{last}" if first and last not in ("", first) else first or last
    if item["type"] == "book" and first in ("", "1"):
        item["page"], item["number-of-pages"] = "", last or _first(tags, "PG")
    else:
        item["page"] = pages(_first(tags, "PS") or span)
    item["volume"] = _first(tags, "VL")
    if item["type"] == "patent":
        item["number"] = _first(tags, "PN")
        return
    part, supplement = _first(tags, "PN"), _first(tags, "SU")
    if supplement and "supp" not in supplement.lower():
        supplement = "Suppl" if supplement == "S" else f"Suppl {supplement}"
    item["issue"] = " ".join(filter(None, (_first(tags, "IS"), part and f"Pt {part}", supplement)))
    if not item["page"]:
        item["number"] = _first(tags, "AR")
