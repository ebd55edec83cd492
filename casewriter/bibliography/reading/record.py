"""What the readers share: a record under way, names, pages, dates and identifiers as exporters write them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from typing import Any

from pydantic import ValidationError

from casewriter.bibliography.reading.refusal import FoundReferences, Refusals, reason_of
from casewriter.model.reference import Reference

Record = dict[str, Any]
"""A CSL-JSON item under way."""

MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_EDTF_SEASONS = range(21, 25)
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def finished(records: list[tuple[int, Record]], refused: Refusals) -> tuple[FoundReferences, Refusals]:
    """Return the references of records; what does not fit is refused with its line.

    A record without a key of its own gets one that no other has; two with the same key are for the case to tell.
    """
    found: FoundReferences = []
    taken: Counter[str] = Counter(dict.fromkeys((r["id"] for _, r in records if r.get("id")), 1))
    for line, record in records:
        if not record.get("id"):
            record["id"] = free_key(made_key(record), taken)
        if _HALF.search(repr(record)):
            refused.append((line, "the record contains half a character (an unpaired surrogate)"))
            continue
        try:
            found.append(
                (line, Reference.model_validate({k: v for k, v in record.items() if v not in ("", [], {}, None)}))
            )
        except (ValidationError, ValueError, TypeError) as error:
            refused.append((line, reason_of(error)))
    return found, sorted(refused)


_HALF = re.compile("[\ud800-\udfff]|\\\\ud[89a-f][0-9a-f]{2}")


def free_key(key: str, taken: Counter[str]) -> str:
    """Return the key, or the same with a letter where it is taken: ``muller1959``, then ``muller1959a``."""
    number = taken[key]
    taken[key] += 1
    if not number:
        return key
    while (free := f"{key}{_letters(number)}") in taken:
        number += 1
    taken[free] += 1
    return free


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def made_key(record: Record) -> str:
    """Return a key made of the first name and the year: ``muller1959``; without a name of the first long word."""
    names = record.get("author") or record.get("editor") or []
    first = names[0] if names else {}
    said = f"{first.get('non-dropping-particle', '')}{first.get('family', '')}"
    if not said:
        said = _long_word(first.get("literal") or str(record.get("title") or "")) or "reference"
    year = (record.get("issued") or {}).get("year") or _first_year(record)
    return (ascii_letters(said) or "reference") + str(year or "")


def _first_year(record: Record) -> str:
    parts = (record.get("issued") or {}).get("date-parts") or [[]]
    return str(parts[0][0]) if parts and parts[0] else ""


def _long_word(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text)
    return next((word for word in words if len(word) > 3), words[0] if words else "")


_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def ascii_letters(text: str) -> str:
    """Return a name in lower-case letters a–z: ``Müller-Weiß`` -> ``mullerweiss``."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>", "", text).lower().translate(_SPELLED))
    return re.sub(r"[^a-z]", "", plain)


def clean(text: str) -> str:
    """Return a text on one line, HTML's entities resolved."""
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def pages(text: str) -> str:
    """Return pages with one hyphen between first and last."""
    text = re.sub(r"\s*(?:-{2,3}|[–—‐‑−])\s*", "-", clean(text))
    return re.sub(r"(?<=\w)\s*-\s*(?=\w)", "-", re.sub(r"^pp?\.\s*", "", text)).strip(" -,;").rstrip(" -,;.")


def doi(text: str) -> str:
    """Return a bare DOI, or nothing where there is none: ``https://doi.org/10.1/x`` -> ``10.1/x``."""
    found = re.search(r"10\.\d{4,9}/\S+", clean(text))
    return re.sub(r"\s*\[doi\]$|[.;,]+$", "", found[0]) if found else ""


def pmcid(text: str) -> str:
    """Return ``PMC123`` of a text, or nothing."""
    found = re.search(r"PMC\s?\d+", text, re.IGNORECASE)
    return found[0].upper().replace(" ", "") if found else ""


def is_doi_address(url: str) -> bool:
    """Return whether a web address only repeats a DOI."""
    return bool(re.match(r"https?://(?:dx\.)?doi\.org/10\.", url.strip(), re.IGNORECASE))


def issn(text: str) -> str:
    """Return the ISSNs or ISBNs of a text, without words after them: ``0003-987X (Print)`` -> ``0003-987X``."""
    found = re.findall(r"97[89](?:[ -]?\d){10}|\d{4}-?\d{3}[\dXx]\b|\d{9}[\dXx]|\d[\d -]{8,12}[\dXx]", text)
    return ", ".join(dict.fromkeys(one.strip() for one in found))


def month_number(text: str) -> int:
    """Return the month of ``Mar``, ``March``, ``3`` or 0."""
    text = text.strip(" .").lower()
    return int(text) if text.isdigit() and 1 <= int(text) <= 12 else MONTHS.get(text[:3], 0) if text.isalpha() else 0


_WORDED = re.compile(
    r"(?P<year>\d{4})(?:[\s,/]+(?P<month>[A-Za-z]{3,9})\.?(?:\s+(?P<day>\d{1,2}))?)?"
    r"(?:\s*[-–]\s*(?:(?P<end_year>\d{4})\s+)?(?P<end_month>[A-Za-z]{3,9})?\.?\s*(?P<end_day>\d{1,2})?)?"
)
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_NUMBERED = re.compile(r"(\d{4})(?:[-/.](\d{1,2})?(?:[-/.](\d{1,2})?(?:/(.*))?)?)?/?")


def date(text: str) -> Record:
    """Return the CSL date of ``2005/03/21/``, ``2005 Jan-Feb``, ``Spring 2005``, ``2005 Mar 21``; else its words."""
    text = clean(text).strip(" /.;,")
    if not text:
        return {}
    if years := _YEARS.fullmatch(text):
        return {"date-parts": [[int(years[1])], [int(years[2])]]}
    if numbered := _NUMBERED.fullmatch(text):
        found = _point(numbered[1], numbered[2], numbered[3])
        words = (numbered[4] or "").strip(" /")
        return found if numbered[2] or not words else {**found, **_of_words(words)}
    if us := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return _point(us[3], us[1], us[2])
    worded = _WORDED.fullmatch(
        re.sub(r"^([A-Za-z]+(?:\s*[-/]\s*[A-Za-z]+)?\.?(?:\s+\d{1,2})?),?\s+(\d{4})$", r"\2 \1", text)
    )
    if worded and (read := _worded(worded)):
        return read
    day_first = re.fullmatch(r"(\d{1,2})\.?\s+([A-Za-z]+)\.?\s+(\d{4})", text)
    if day_first and month_number(day_first[2]):
        return _point(day_first[3], str(month_number(day_first[2])), day_first[1])
    return {"literal": text}


def _of_words(text: str) -> Record:
    """Return what words after a year add: a season, or month and day."""
    if text.lower() in SEASONS:
        return {"season": SEASONS[text.lower()]}
    return {}


def _point(year: str, month: str | None, day: str | None) -> Record:
    parts = [int(year)]
    if month and int(month) in _EDTF_SEASONS:
        return {"date-parts": [parts], "season": int(month) - 20}
    if month and 1 <= int(month) <= 12:
        parts.append(int(month))
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    return {"date-parts": [parts]}


def _worded(found: re.Match[str]) -> Record | None:
    year = int(found["year"])
    word = (found["month"] or "").lower()
    if word in SEASONS:
        return {"date-parts": [[year]], "season": SEASONS[word]}
    month = month_number(word) if word else 0
    if word and not month:
        return None
    start = [year] + ([month] if month else []) + ([int(found["day"])] if found["day"] and month else [])
    end_month = month_number(found["end_month"]) if found["end_month"] else 0
    if not (found["end_year"] or end_month or found["end_day"]):
        return {"date-parts": [start]}
    end = [int(found["end_year"] or year)]
    if end_month or (found["end_day"] and month):
        end.append(end_month or month)
    if found["end_day"] and len(end) == 2:
        end.append(int(found["end_day"]))
    return {"date-parts": [start, end]}
