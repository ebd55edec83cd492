"""BibTeX and BibLaTeX -> items; TeX is decoded after names are divided; no entry is dropped without its line."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from casewriter.citation.refusal import Found, Refused, reason_of, short
from casewriter.model.reference import Reference

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


def read_bibtex(text: str) -> tuple[Found, Refused]:
    """Return the references of a BibTeX file, and the entries refused."""
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
                short(str(block.error)) or "this record has no end: look for a missing comma, brace or quotation mark"
            )
            refused.append(((block.start_line or 0) + 1, reason))
    for entry in sorted(entries, key=lambda one: one.start_line or 0):
        line = (entry.start_line or 0) + 1
        try:
            found.append((line, _from_bibtex(entry, strings)))
        except (ValidationError, ValueError) as error:
            refused.append((line, reason_of(error)))
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
