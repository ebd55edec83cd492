"""CSL-JSON -> items, in the flavours of Zotero, Mendeley, pandoc and the Crossref API."""

from __future__ import annotations

import json
import re
from typing import Any

from casewriter.bibliography.reading.people import given_names
from casewriter.bibliography.reading.record import Record, clean, doi, finished, is_doi_address
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.csl.item import DATES, NAMES
from casewriter.model.reference import CSL_TYPES, Reference
from casewriter.problem import did_you_mean

_HOLDERS = ("items", "references", "message")
_OLD = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}
CROSSREF_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "entry-encyclopedia",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-series": "book",
    "proceedings-article": "paper-conference",
    "proceedings": "book",
    "posted-content": "article",
    "dissertation": "thesis",
    "report-component": "report",
    "report-series": "report",
    "peer-review": "review",
    "component": "document",
    "journal": "periodical",
    "journal-issue": "periodical",
    "database": "dataset",
    "other": "document",
}
"""Types of works of the Crossref REST API and their types in CSL."""

_NAME_KEYS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_KNOWN = frozenset(field.alias or name for name, field in Reference.model_fields.items())
_LIST_TEXTS = ("ISSN", "ISBN", "title", "container-title", "original-title", "short-title", "short-container-title")


def read_csl_json(text: str) -> tuple[FoundReferences, Refusals]:
    """Return the references of a CSL-JSON file, and the records refused."""
    records: list[tuple[int, Record]] = []
    refused: Refusals = []
    for line, record, reason in _records(text.lstrip("\ufeff")):
        if reason:
            refused.append((line, reason))
            continue
        try:
            records.append((line, _item(record)))
        except ValueError as error:
            refused.append((line, str(error)))
    return finished(records, refused)


def _records(text: str) -> list[tuple[int, Any, str]]:
    """Return the records with the lines on which they begin, or why there is none; of a file cut off what is whole."""
    decoder = json.JSONDecoder()
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] != "[":
        whole, reason = _whole(text, decoder)
        held = next(
            (key for key in _HOLDERS if isinstance(whole, dict) and isinstance(whole.get(key), list | dict)), ""
        )
        if reason or not held:
            return [(_line(text, start), whole, reason)]
        if isinstance(whole[held], dict):
            inner = whole[held]
            return (
                [(1, one, "") for one in inner["items"]] if isinstance(inner.get("items"), list) else [(1, inner, "")]
            )
        found = re.search(rf'"{held}"\s*:\s*\[', text)
        start = found.end() - 1 if found else start
    return _listed(text, start + 1, decoder)


def _whole(text: str, decoder: json.JSONDecoder) -> tuple[Any, str]:
    try:
        return decoder.decode(text), ""
    except json.JSONDecodeError as error:
        return None, f"this is not JSON: {error.msg}"
    except RecursionError:
        return None, "this JSON is nested too deeply"


def _listed(text: str, place: int, decoder: json.JSONDecoder) -> list[tuple[int, Any, str]]:
    found: list[tuple[int, Any, str]] = []
    line, counted = 1, 0
    while True:
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place
        line += text.count("\n", counted, place)
        counted = place
        if text[place : place + 1] in ("]", ""):
            if place >= len(text):
                found.append((line, None, "the file ends in the middle of its list"))
            return found
        try:
            record, end = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            found.append((line, None, f"from here on this is not JSON: {reason}"))
            return found
        found.append((line, record, ""))
        place = end


_BETWEEN = re.compile(r"[ \t\r\n,]*")


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _item(record: Any) -> Record:
    if not isinstance(record, dict):
        raise ValueError("a reference is an object with keys such as id, type, title")
    record = {_OLD.get(key, key): value for key, value in record.items()}
    _from_crossref(record)
    if str(record.get("type", "document")) not in CSL_TYPES:
        near = did_you_mean(str(record.get("type")), CSL_TYPES)
        raise ValueError(f"“{record.get('type')}” is not a CSL type" + (f"; {near}" if near else ""))
    item: Record = {}
    for key, value in record.items():
        if key in _KNOWN and value is not None and (read := _value(key, value)) not in ("", [], {}):
            item[key] = read
    item["id"] = str(record.get("id") or "")
    if re.match(r"https?://", item["id"]):  # Zotero's own address of the item
        item["id"] = str(record.get("citation-key") or "")
    if not (record.get("id") or set(item) - {"id", "type"}):
        raise ValueError("the record contains nothing recognisable: no id, title or authors")
    if "DOI" in item:
        item["DOI"] = doi(item["DOI"]) or item["DOI"]
    if is_doi_address(str(item.get("URL", ""))):
        del item["URL"]
    if item.get("author", [])[-1:] == [{"literal": "others"}]:  # pandoc's mark, too, of names that go on
        item["author"], item["authors_truncated"] = item["author"][:-1], "true"
    _from_note(item)
    return item


def _value(key: str, value: Any) -> Any:
    if key in NAMES:
        if not isinstance(value, list):
            raise ValueError(f"{key}: names are a list of objects with family and given, or literal")
        return [read for name in value if (read := _name(name))]
    if key in DATES:
        return _date(key, value)
    if isinstance(value, list):
        return clean(", ".join(str(one) for one in value)) if key in _LIST_TEXTS else ""
    if isinstance(value, dict):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _name(name: Any) -> Record:
    """Return a name with the keys that are printed; programs add hints for themselves."""
    if not isinstance(name, dict):
        return {"literal": str(name)} if name else {}
    found = {k: str(v).strip() for k, v in name.items() if k in _NAME_KEYS and v}
    if name.get("name") and not found:
        found = {"literal": str(name["name"])}
    if "given" in found and "family" in found:
        found["given"] = given_names(found["given"])
    return found


def _date(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return {"raw": value}
    if not isinstance(value, dict):
        return {}
    parts = value.get("date-parts")
    if isinstance(parts, list):
        parts = [[n for n in part if n not in (None, "")] for part in parts if isinstance(part, list)]
        parts = [part for part in parts if part]
        if any(not re.fullmatch(r"-?\d+", str(n)) for part in parts for n in part):
            raise ValueError(f"{key}: date-parts are numbers: [[1959, 3, 21]]")
        parts = [[int(n) for n in part] for part in parts]
    kept = {k: v for k, v in value.items() if k in ("season", "circa", "literal", "raw") and v}
    return {**kept, "date-parts": parts} if parts else kept


def _from_crossref(record: Record) -> None:
    """Give a work of the Crossref API the names of CSL."""
    kind = record.get("type")
    if kind in CROSSREF_TYPES:
        record["type"] = CROSSREF_TYPES[str(kind)]
        if kind == "posted-content" and record.get("subtype") == "preprint":
            record.setdefault("genre", "Preprint")
            names = record.get("institution") or [{}]
            record.setdefault("publisher", names[0].get("name", "") if isinstance(names[0], dict) else "")
    if "publisher-location" in record:
        record.setdefault("publisher-place", record["publisher-location"])
    for own, name in (("short-container-title", "container-title-short"), ("short-title", "title-short")):
        if isinstance(record.get(own), list):
            record.setdefault(name, next(iter(record[own]), ""))
    for name in ("title", "container-title", "original-title"):
        if isinstance(record.get(name), list):
            record[name] = next(iter(record[name]), "")
    if "article-number" in record and not record.get("page"):
        record.setdefault("number", record["article-number"])


_NOTE = re.compile(r"^\{?:?\s*([A-Za-z][A-Za-z-]*)\s*:\s*(.+?)\}?$", re.MULTILINE)


def _from_note(item: Record) -> None:
    """Take variables that Zotero keeps in its field “Extra” out of the note: ``PMID: 12345678``."""
    names = {name.lower(): name for name in _KNOWN if name not in ("id", "note", "type", "abstract", "references")}
    for found in list(_NOTE.finditer(item.get("note", ""))):
        name = names.get(found[1].lower())
        if name is None or name in NAMES or item.get(name):
            continue
        item[name] = {"raw": found[2].strip()} if name in DATES else found[2].strip()
        item["note"] = item["note"].replace(found[0], "", 1).strip()
