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
    records = content.get("items", [content]) if isinstance(content, dict) else content
    found, refused = [], []
    for record in records if isinstance(records, list) else []:
        line = _line_of(text, record)
        try:
            found.append((line, _from_csl(record)))
        except (ValidationError, ValueError, TypeError, AttributeError) as error:
            refused.append((line, _reason(error)))
    return found, refused


def _line_of(text: str, record: Any) -> int:
    key = json.dumps(record.get("id"), ensure_ascii=False) if isinstance(record, dict) else ""
    place = text.find(key) if key else -1
    return text.count("\n", 0, place) + 1 if place >= 0 else 1


def _from_csl(record: Any) -> Reference:
    known = {field.alias or name for name, field in Reference.model_fields.items()}
    if not isinstance(record, dict) or "id" not in record:
        raise ValueError("the record has no id")
    return Reference.model_validate(
        {k: v if isinstance(v, list | dict) else str(v) for k, v in record.items() if k in known}
    )


def _bibtex(text: str) -> tuple[Found, Refused]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import ResolveStringReferencesMiddleware

    library = parse_string(text, parse_stack=[ResolveStringReferencesMiddleware()])
    found: Found = []
    refused: Refused = []
    for block in library.failed_blocks:
        refused.append(((block.start_line or 0) + 1, _short(str(block.error))))
    for entry in library.entries:
        line = (entry.start_line or 0) + 1
        try:
            found.append((line, _from_bibtex(entry)))
        except (ValidationError, ValueError) as error:
            refused.append((line, _reason(error)))
    return found, refused


def _from_bibtex(entry: Any) -> Reference:
    fields = {f.key.lower(): _unbrace(str(f.value)) for f in entry.fields}
    item: dict[str, Any] = {"id": entry.key, "type": _BIBTEX_TYPES.get(entry.entry_type.lower(), "document")}
    for name, value in fields.items():
        if (variable := _BIBTEX_FIELDS.get(name)) and value:
            item.setdefault(variable, _decode(value))
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
    return Reference.model_validate(item)


def _date(fields: dict[str, str]) -> dict[str, str] | None:
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", fields.get("date", "")):
        return dict(zip(("year", "month", "day"), fields["date"].split("-"), strict=False))
    year = fields.get("year", fields.get("date", ""))
    if not re.fullmatch(r"\d{4}", year):
        return {"literal": _decode(year)} if year else None
    month = fields.get("month", "").lower().strip(".")
    number = month if month.isdigit() else str(_MONTHS.get(month[:3], ""))
    return {"year": year, **({"month": number} if number else {})}


def _unbrace(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and ((value[0], value[-1]) == ("{", "}") or value[0] == value[-1] == '"'):
        return value[1:-1].strip()
    return value


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
    from pylatexenc.latex2text import LatexNodes2Text

    source = text.replace("~", " ").replace("---", "—").replace("--", "–")
    return " ".join(LatexNodes2Text(math_mode="text").latex_to_text(source).split())


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else str(first["msg"])
    return _short(str(error))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
