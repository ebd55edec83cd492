"""Files of references: BibTeX and CSL-JSON -> items; every record is read or refused with its line."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError

from casewriter.model.reference import Reference

Found = list[tuple[int, Reference]]
Refused = list[tuple[int, str]]

_BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "proceedings": "book",
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
    "dataset": "dataset",
    "misc": "document",
}
_BIBTEX_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "shortjournal": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "edition": "edition",
    "series": "collection-title",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "note": "note",
    "abstract": "abstract",
    "keywords": "keyword",
    "language": "language",
    "type": "genre",
}
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}


def read_file(name: str, data: bytes) -> tuple[Found, Refused]:
    """Return the references of a file with their lines, and the records refused with line and reason."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [], [(line, f"byte {error.start} is not UTF-8: save the file as UTF-8")]
    if name.lower().endswith(".json") or text.lstrip().startswith(("[", "{")):
        return _csl_json(text)
    return _bibtex(text)


def _csl_json(text: str) -> tuple[Found, Refused]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return [], [(error.lineno, f"this is not JSON: {error.msg}")]
    except RecursionError:
        return [], [(1, "this JSON is nested too deeply")]
    if not isinstance(content, list | dict):
        return [], [(1, "this is no list of references")]
    found, refused = [], []
    for line, record in _records(text, content):
        try:
            found.append((line, _from_csl(record)))
        except (ValidationError, ValueError, TypeError, AttributeError) as error:
            refused.append((line, _reason(error)))
    return found, refused


def _records(text: str, content: Any) -> list[tuple[int, Any]]:
    """Return the records with the line on which each begins."""
    if isinstance(content, dict) and not isinstance(content.get("items"), list):
        return [(1, content)]
    records = content["items"] if isinstance(content, dict) else content
    decoder = json.JSONDecoder()
    key = re.search(r'"items"\s*:\s*\[', text) if isinstance(content, dict) else re.search(r"\[", text)
    place = key.end() if key else 0
    placed = []
    for record in records:
        place += len(text[place:]) - len(text[place:].lstrip(" \t\r\n,"))
        placed.append((text.count("\n", 0, place) + 1, record))
        place = decoder.raw_decode(text, place)[1]
    return placed


_NAME_KEYS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")


def _from_csl(record: Any) -> Reference:
    if not isinstance(record, dict):
        raise ValueError("a reference is an object with keys such as id, type, title")
    if record.get("id") in (None, ""):
        raise ValueError("the record has no id")
    fields = {field.alias or name: field for name, field in Reference.model_fields.items()}
    item: dict[str, Any] = {}
    for key, value in record.items():
        if key not in fields or value is None:
            continue
        if isinstance(value, list) and key not in ("categories",):
            item[key] = [_csl_name(name) for name in value]
        else:
            item[key] = value if isinstance(value, dict) else _csl_text(value)
    return Reference.model_validate(item)


def _csl_name(name: Any) -> Any:
    """Return a name with the keys that we print; Zotero and Mendeley add hints for other programs."""
    return {k: _csl_text(v) for k, v in name.items() if k in _NAME_KEYS} if isinstance(name, dict) else name


def _csl_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _bibtex(text: str) -> tuple[Found, Refused]:
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)  # what it would print, we return
    library = parse_string(text, parse_stack=[])
    strings = {name.lower(): str(string.value) for name, string in library.strings_dict.items()}
    found: Found = []
    refused: Refused = []
    entries = list(library.entries)
    for block in library.failed_blocks:
        if isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
            entries.append(block.ignore_error_block)
        else:
            reason = (
                _short(str(block.error)) or "this record has no end: look for a missing comma, brace or quotation mark"
            )
            refused.append(((block.start_line or 0) + 1, reason))
    for entry in sorted(entries, key=lambda one: one.start_line or 0):
        line = (entry.start_line or 0) + 1
        try:
            found.append((line, _from_bibtex(entry, strings)))
        except (ValidationError, ValueError) as error:
            refused.append((line, _reason(error)))
    return found, refused


def _resolved(raw: str, strings: dict[str, str], depth: int = 0) -> str:
    """Return the text of a BibTeX value: braces and quotes off, ``#`` joined, abbreviations filled in."""
    parts = []
    for piece in _pieces(raw):
        if piece[:1] in ("{", '"') and len(piece) >= 2:
            parts.append(piece[1:-1])
        elif piece.lower() in strings and depth < 8:
            parts.append(_resolved(strings[piece.lower()], strings, depth + 1))
        else:
            parts.append(piece)
    return "".join(parts).strip()


def _pieces(raw: str) -> list[str]:
    """Divide a value at each ``#`` that is in no braces and no quotes."""
    pieces, depth, quoted, start = [], 0, False, 0
    for place, char in enumerate(raw):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"' and depth == 0:
            quoted = not quoted
        elif char == "#" and depth == 0 and not quoted:
            pieces.append(raw[start:place].strip())
            start = place + 1
    return [piece for piece in (*pieces, raw[start:].strip()) if piece]


def _from_bibtex(entry: Any, strings: dict[str, str]) -> Reference:
    if not entry.key:
        raise ValueError("the entry has no key")
    fields = {f.key.lower(): _resolved(str(f.value), strings) for f in entry.fields}
    item: dict[str, Any] = {"id": entry.key, "type": _BIBTEX_TYPES.get(entry.entry_type.lower(), "document")}
    for name, value in fields.items():
        if (variable := _BIBTEX_FIELDS.get(name)) and value:
            item.setdefault(variable, _address(value) if variable in ("DOI", "URL") else _decode(value))
    for role in ("author", "editor"):
        if fields.get(role):
            names, truncated = _names(fields[role])
            item[role] = names
            if role == "author" and truncated:
                item["authors_truncated"] = "true"
    if "page" in item:
        item["page"] = re.sub(r"\s*(?:--+|–)\s*", "-", item["page"])
    if date := _date(fields):
        item["issued"] = date
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", fields.get("urldate", "")):
        item["accessed"] = dict(zip(("year", "month", "day"), fields["urldate"].split("-"), strict=False))
    return Reference.model_validate(item)


def _address(value: str) -> str:
    """Return a DOI or web address: only the escapes that TeX needs are undone."""
    return re.sub(r"\\([_%&#~{}$])", r"\1", value)


def _date(fields: dict[str, str]) -> dict[str, str] | None:
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", fields.get("date", "")):
        return dict(zip(("year", "month", "day"), fields["date"].split("-"), strict=False))
    year = fields.get("year", fields.get("date", ""))
    if not re.fullmatch(r"\d{4}", year):
        return {"literal": _decode(year)} if year else None
    month = re.match(r"([A-Za-z]+|\d{1,2})\.?[\s~]*(\d{1,2})?", fields.get("month", ""))
    number = (month[1] if month[1].isdigit() else str(_MONTHS.get(month[1].lower()[:3], ""))) if month else ""
    day = fields.get("day") or (month[2] if month else None)
    date = {"year": year, **({"month": number} if number else {})}
    return {**date, "day": day} if day and day.isdigit() and number else date


def _names(text: str) -> tuple[list[dict[str, str]], bool]:
    """Return CSL names of a BibTeX author field; a group in braces is a body. TeX is decoded after dividing."""
    names, truncated = [], False
    for one in _split_outside_braces(text):
        if one.strip().lower() == "others":
            truncated = True
        elif one.startswith("{") and one.endswith("}"):
            names.append({"literal": _decode(one)})
        else:
            names.append(_name(one))
    return names, truncated


def _split_outside_braces(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def _name(text: str) -> dict[str, str]:
    parts = [_decode(part.strip()) for part in text.split(",")]
    if len(parts) == 2:
        return {"family": parts[0], "given": parts[1]}
    if len(parts) == 3:
        return {"family": parts[0], "suffix": parts[1], "given": parts[2]}
    words = _decode(text).split()
    if len(words) == 1:
        return {"literal": words[0]}
    cut = next((i for i, word in enumerate(words[:-1]) if i and word[:1].islower()), len(words) - 1)
    return {"family": " ".join(words[cut:]), "given": " ".join(words[:cut])}


def _decode(text: str) -> str:
    """Return the text that TeX source stands for, braces gone."""
    if not re.search(r"[\\{}$~]|--", text):
        return text

    source = re.sub(r"(?<!\\)~", " ", text).replace("---", "—").replace("--", "–")
    if not re.search(r"[\\$]", source):
        return " ".join(source.replace("{", "").replace("}", "").split())
    from pylatexenc.latex2text import LatexNodes2Text

    return " ".join(LatexNodes2Text(math_mode="text").latex_to_text(source).split())


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        if first["type"] == "string_pattern_mismatch" and first["loc"] == ("id",):
            return "a key holds no spaces, commas, semicolons, brackets or @"
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else str(first["msg"])
    return _short(str(error))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
