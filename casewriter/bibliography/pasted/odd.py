"""What looks unlike the field it was read for: a title that begins with names, a journal that ends in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.bibliography.pasted.names import read_names
from casewriter.bibliography.pasted.words import DASH, LETTER, UPPER, YEAR, has_word, listed
from casewriter.bibliography.reading.record import Record

_PLACE = re.compile(
    rf"\d\s?\([^()]{{1,12}}\)\s?[:,(]\s?\d|\d\s?[:,]\s?\d{{1,5}}\s?[{DASH}]{{1,2}}\s?\d|\(\s?{YEAR}\s?\)\s?[{UPPER}]?\d"
    rf"|[,.]\s(?:[Vv]ol(?:ume)?|No|pp)\b\.?(?:\s?\d|$)|\bvolume\s\d+\sof\b|\b{YEAR},\s\d{{1,4}}$|\bdoi\b|\barXiv\b"
    rf"|[.,]\s[Ii]n:?\s[{UPPER}][{LETTER}]|\.\s(?:Translated\sby|Trans\.)|\s\d\svols$|[.,]\s(?:\d{{1,2}}\w{{0,2}}\s)?(?:rev|ed)$|,\s[vn]$"
)
"""Volume, issue and pages, or what leads to them."""
_SERIES = re.compile(r"[.,]\s[^.,]*\b(?:Journal|Proceedings|Report|Monograph)\b")
_WORD = rf"[{UPPER}][{LETTER}'’-]+"
_LISTED = re.compile(
    rf"(?:^|,\s)(?P<word>{_WORD})(?:\s{_WORD})?\s[{UPPER}]{{2,3}}(?=[,.:]\s)"  # Hey JA,
    rf"|(?:^|[,\s])(?P<first>{_WORD})\s[{UPPER}]{{1,3}},\s{_WORD}\s[{UPPER}]{{1,3}}[,.:]"  # Mock M, Hegna I,
    rf"|(?:^|,\s){_WORD}\s[{UPPER}](?:\s[{UPPER}]){{1,2}}[,.]"  # Ibrahima K T.
    rf"|\b{_WORD},\s(?:and\s|&\s)?[{UPPER}](?:\s[{UPPER}])?\.(?:\s?[{UPPER}]\.)*,?\s"  # Jiricny, J.
    rf"|,\s(?:and\s)?{_WORD}\s(?:[{UPPER}]\.){{1,4}}\s{_WORD}[,.]"  # , Ruthven N.A.H. Lewis,
    rf"|(?:,\s|\band\s)[{UPPER}]\.\s?(?:[{UPPER}]\.\s?)*{_WORD}[,.:]\s"  # and D. G. Maritsas.
    rf"|^{_WORD},\s(?:and\s)?{_WORD}\s(?:[{UPPER}]\.\s?)*{_WORD}[,.]\s"  # Zhang, and Ji Su.
    rf"|^{_WORD},(?:\s{_WORD},)?\s[“‘\"«]"  # Waldman, Simon, ‘
)
"""Names as a list of authors has them."""
_WHOLE = re.compile(
    rf"(?:{_WORD}(?:\s[{UPPER}]\.)?\s{_WORD})(?:\sand\s{_WORD}(?:\s[{UPPER}]\.)?\s{_WORD})?(?:\.\s\S|,?\s[“‘\"])"
    rf"|{_WORD}\.\s{_WORD}"
)
_LEFT_OVER = re.compile(rf"(?:Jr|Sr|II|III)\b\s|Eds?\.|{YEAR}\.\s|\(\w+\),|[^\W\d_]\.|[^\w(\[“\"'‘«„¿¡]|\({YEAR}")
"""The end of a name, or of what comes after one."""
_MORE = re.compile(
    rf"^[a-z]|^[^\w(]|\s[\d{DASH}]+$|\d\s?[,:;({DASH}]\s?\d|,\s?\d|\(\d+\)$|,\s[{UPPER}vn]$"
    r"|\b(?:[Vv]ol|[Nn]o|DOI|doi|pp)\b\.?$|\b(?:[Vv]ol|No|DOI|doi|pp)\b|n[°º]|^[\W\d]+$"
)
"""What no name of a journal has: volume, pages, marks, a lower-case letter at its beginning."""


def odd(record: Record, source: str) -> list[str]:
    """Return a doubt for each field that holds what its kind does not."""
    return [
        *_beginning(record),
        *_title(record, source),
        *_division(record, source),
        *_numbers(record),
        *_people(record),
    ]


def _beginning(record: Record) -> Iterator[str]:
    title = record.get("title", "")
    small = title[:1].islower() and not re.match(r"[a-z]{1,3}[A-Z\d-]", title)
    if small or _LEFT_OVER.match(title) or _has_names(record, title):
        yield f"title, author: “{title[:30]}” could begin with the end of a name"
    if record.get("type") == "article-journal" and not record.get("author") and ". " in title:
        yield "title, author: the first sentence could be the authors"


def _has_names(record: Record, title: str) -> bool:
    names = read_names(title)
    if names is not None and re.match(r"[.:;]\s|[.,]\s[^\W\d_a-z]", title[names.end :]):
        return True
    for found in _LISTED.finditer(title):
        if (found["word"] or found["first"] or "").lower() not in listed("not_names"):
            return True
    return bool(_WHOLE.match(title)) and record.get("type") != "webpage"


def _title(record: Record, source: str) -> Iterator[str]:
    title = record.get("title", "")
    pairs = any(title.count(left) != title.count(right) for left, right in ("()", "[]", "“”"))
    if pairs or title.count('"') % 2 or re.match("‘[^’]*$", title):
        yield "title: its brackets or quotation marks do not match"
    if re.search(r"\[[^\]]*\]$|^(?:Poster|Abstract)\s\w+:", title):
        yield "title: part of it could be the type or number of the work"
    if _PLACE.search(title) or (record.get("type") == "book" and _SERIES.search(title)):
        yield "title: it contains what looks like a place of publication"
    if re.search("[ÃÂ][\u0080-\u00bf]|â€", source):
        yield "title, author: wrong letters, as if the file had been read in another encoding"


def _division(record: Record, source: str) -> Iterator[str]:
    title, journal = record.get("title", ""), record.get("container-title", "")
    if " " not in title and re.search(rf", {re.escape(title)}\.\s", source):
        yield f"title, container-title: “{title}” could be that of the journal"
    cut = re.search(rf",\s[{UPPER}][{LETTER}]{{0,7}}$", title)
    dotted = re.search(rf"{re.escape(journal)}\.(?:,|\s\d)", source) or re.match(
        rf"[{UPPER}][{LETTER}]{{0,6}}\.\s", journal
    )
    place = cut and (has_word(cut[0], "countries") or has_word(cut[0], "places"))
    if (
        cut
        and not place
        and (dotted or len(cut[0]) == 3)
        and re.search(rf"{re.escape(cut[0])}\.\s?{re.escape(journal)}", source)
    ):
        yield f"title, container-title: the journal could begin at “{cut[0][2:]}”"
    words = re.findall(rf"[{LETTER}]+", title)
    short = words and len(words) <= 3 and words[-1].lower() in listed("journal_abbreviations")
    if short and journal and all(word[0].isupper() for word in words) and f"{title}. " in source:  # Oral Surg.
        yield f"title, container-title: “{title}” could be that of the journal"
    if re.search(r"\b(?:Journal|Review|Annals|Archives|Bulletin|Transactions)\b", record.get("publisher", "")):
        yield f"type: “{record['publisher']}” could be a journal"
    if record.get("type") == "webpage" and record.get("author") and not {"issued", "URL", "accessed"} & set(record):
        yield "type: neither a date nor a journal was read"


def _numbers(record: Record) -> Iterator[str]:
    journal, volume = record.get("container-title", ""), record.get("volume", "")
    if any(re.search(r"\d", record.get(name, "")) for name in ("publisher-place", "publisher")):
        yield "publisher, publisher-place: one of them contains a number"
    if record.get("publisher", "").startswith("In "):
        yield f"type: does “{record['publisher']}” name the book?"
    if (spread := re.fullmatch(r"(\d+)-(\d+)", volume)) and int(spread[2]) - int(spread[1]) != 1:
        yield f"issued, volume: “{volume}” could be pages"
    if re.search(r"\b(?:volume|pages)\s\d|\bpp?\.\s\d", journal):
        yield f"container-title: “{journal}” contains a volume or pages"
    elif record.get("type") == "article-journal" and _MORE.search(journal):
        yield f"container-title: “{journal}” contains more than a journal"


def _people(record: Record) -> Iterator[str]:
    bodies = [str(name.get("literal", "")) for name in record.get("author", [])]
    if any(": " in body or len(body.split()) > 14 or _goes_on(body) for body in bodies):
        yield "author: the name of the organisation contains more than a name"


def _goes_on(body: str) -> bool:
    """Return whether a comma is in the name of a body, and after it neither a body nor a place."""
    _, comma, last = body.rpartition(", ")
    return bool(comma) and not (has_word(last, "bodies") or has_word(last, "places"))
