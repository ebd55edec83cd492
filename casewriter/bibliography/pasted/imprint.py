"""What the end of a book says: edition, volume, pages, year, and who published it where."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.head import Head
from casewriter.bibliography.pasted.source import PAGES
from casewriter.bibliography.pasted.title import tidy
from casewriter.bibliography.pasted.words import DASH, UPPER, YEAR, has_word, listed
from casewriter.bibliography.reading.record import pages

_ORDINALS = {
    word: str(number)
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}

_EDITION = re.compile(
    rf"[,.(]?\s?\(?\b(?:(?P<number>\d{{1,3}})(?:st|nd|rd|th|\.|e|ème|ª|\.ª|a|º)?\s?(?:[Ee]d\b\.?n?|edn\b\.?|edition\b|Aufl\b\.?|Auflage\b|éd\b\.?"
    rf"|édition\b|ed(?:ición)?\b\.?|edição\b|edizione\b)|(?P<word>(?i:{'|'.join(_ORDINALS)}))\s(?:[Ee]dition\b(?:\.?\sed\.)?|ed\b\.?|edn\b\.?)"
    r"|(?P<revised>\d{1,2}\.?,\s(?:[a-zäöüß]+,?\s){1,5}Aufl(?:age\b|\.)|\d{1,2}(?:st|nd|rd|th)\s[Rr]ev\.(?:\sed\b\.?)?)"
    r"|(?P<other>[Rr]ev(?:ised)?\.?)\s(?:ed\b\.?|edn\b\.?|edition\b))\)?"
)

_VOLUME = re.compile(
    r"[,.;(]?\s?\(?\b(?:[Vv]ol(?:ume)?s?\.?|Bd\.?|Band|[Tt]ome)\s(?P<volume>\d{1,3}|[IVX]{1,5})\b\)?(?=\s?[,.;:)]|\s?$)"
)

_BEHIND = re.compile(rf"(?:^|[.,;:]\s?|\s)\(?(?:pp?\.?|S\.?|Seiten|págs?\.?|pages)\s?(?P<page>{PAGES})\)?\s?$")

_INSIDE = re.compile(rf"(?:[,.;]?\s?\(|,\s(?=[^()]*\)))(?:pp?\.?|S\.?)\s?(?P<page>{PAGES})\)")

_AFTER_YEAR = re.compile(rf"(?P<year>{YEAR})[:;.,]\s?(?:pp?\.?\s)?(?P<page>{PAGES})\s?$")

_BEFORE_PLACE = re.compile(
    rf"(?:,|(?<=‖))\s(?:pp?\.\s)?(?P<page>\d{{1,4}}[{DASH}]\d{{1,4}})(?=\.\s[{UPPER}]|\s\(|\.?\s?$)\.?"
)

_TOTAL = re.compile(
    r"[.;,]?\s(?:[ivxl]{1,8},\s)?(?P<total>\d{1,4})\s(?:pages\sp\b\.?|pp?\.?|pages|S\.?|Seiten)(?=\s|\)|$)"
)

_REPORT = re.compile(
    r"(?:^|[.;,]\s|\s\(|(?<=\d)\s)(?P<kind>(?:[^\W\d][\w’'-]*\s){0,3}?(?:Report(?:\sSeries)?|Publication|Publ\.?|Document|Rapport|[Gg]uidelines?|[Pp]aper"
    r"|report|publication)|[A-Z]{3,8}\s(?:document|standard|supplement))(?:,?\s(?P<mark>(?:[Nn]o\.?|[Nn]r\.?|Number|#)\s?:?\s?)|\s?:?\s)"
    r"\[?(?P<number>[A-Z\d][\w/.-]{1,40}(?<!\.))[\])]?(?=[.;,]|\s?$)"
)

_YEAR_END = re.compile(rf"[,;:.]?\s?\(?\bc?(?P<year>{YEAR})(?:[{DASH}]\d{{2,4}})?\)?\s?$")

BREAK = " ‖ "
"""Marks the end of a book title in the text of a draft."""


def take_places(draft: Draft) -> None:
    """Cut pages, edition, volume and number of a book out of the draft."""
    draft.text = draft.text.strip(" .,;")
    _pages(draft)
    if found := _TOTAL.search(draft.text):
        draft.put("number-of-pages", found["total"])
        draft.cut(*found.span())
    _report(draft)
    for pattern in (_VOLUME, _EDITION, _VOLUME):
        draft.text = draft.text.strip(" .,;")
        found = pattern.search(draft.text)
        if found and pattern is _VOLUME and not draft.record.get("volume"):
            draft.put("volume", found["volume"])
            draft.cut(*found.span())
        elif found and pattern is _EDITION:
            draft.put(
                "edition", found["number"] or found["revised"] or _ORDINALS.get((found["word"] or "").lower()) or "Rev."
            )
            _break(draft, found)


def _report(draft: Draft) -> None:
    """Cut the number of a report with what is numbered: WHO Technical Report Series No. 961, NICE guideline NG51."""
    found = _REPORT.search(draft.text)
    is_year = found and not found["mark"] and re.fullmatch(YEAR, found["number"])  # Global Tuberculosis Report 2021
    if not found or is_year or not re.search(r"\d", found["number"]):
        return
    draft.put("number", found["number"])
    series = re.search("guideline|series|supplement|standard|[A-Z]{3} document", found["kind"], re.IGNORECASE)
    if " " in found["kind"]:
        draft.put("collection-title" if series else "genre", found["kind"])
    else:
        draft.known.append(found["kind"])
    draft.cut(*found.span())


def _break(draft: Draft, found: re.Match[str]) -> None:
    """Cut the edition out; where it stood the title ends."""
    left, right = draft.text[: found.start()].rstrip(" .,;("), draft.text[found.end() :].lstrip(" .,;)")
    if volume := re.match(r"(?:[Vv]ol|Bd)\.?\s(\d{1,3})\)?[.,;]?\s?", right):
        draft.put("volume", volume[1])
        right = right[volume.end() :]
    draft.text = f"{left}{BREAK}{right}" if right else left
    draft.signs.add("edition")


def _pages(draft: Draft) -> None:
    for pattern in (_INSIDE, _AFTER_YEAR, _BEHIND, _BEFORE_PLACE):
        found = pattern.search(draft.text)
        years = found and pattern is _BEFORE_PLACE and re.fullmatch(rf"{YEAR}[{DASH}]{YEAR}", found["page"])
        if not found or years:  # in Finland, 1975–2010
            continue
        draft.put("page", pages(found["page"]))
        if pattern is _AFTER_YEAR:
            draft.text = draft.text[: found.end("year")]
        elif pattern is _BEHIND:
            draft.text = draft.text[: found.start()].rstrip(" ,;:(")
        else:
            draft.cut(*found.span())
        return


def take_year(draft: Draft) -> None:
    """Cut a date off the end of the draft."""
    draft.text = draft.text.strip(" .,;")
    whole = re.search(rf"(?:^|[,;.])\s?\(?(?P<date>{date_pattern()})\)?$", draft.text[-60:])
    if whole and not draft.record.get("issued"):
        draft.put("issued", read_date(whole["date"]))
        draft.text = draft.text[: -len(whole[0])]
    elif (found := _YEAR_END.search(draft.text)) and found[0].count("(") == found[0].count(")"):
        year = int(found["year"])
        if draft.record.get("issued", {"date-parts": [[year]]})["date-parts"][0][0] != year:
            draft.doubt(f"issued: two years, one of them {year}")
            return
        draft.put("issued", {"date-parts": [[year]]})
        draft.text = draft.text[: found.start()].rstrip(" ,;:(")


def take_imprint(draft: Draft, head: Head) -> bool:
    """Cut publisher and place off the end of the draft, in the order of its style."""
    text = draft.text.strip(" .,;")
    before, text = _bracketed(text) or sentence(text)
    if not before.strip(f" {BREAK}"):
        before, text = _behind_comma(draft, text, head)
    if not text:
        return False
    if not _is_imprint(draft, text, head):
        return False
    draft.text = before
    close(draft)
    return True


def close(draft: Draft) -> None:
    """Give a publisher back the full stop of its last word: Inc."""
    publisher = draft.record.get("publisher", "")
    if publisher == "Author" and (body := draft.record.get("author", [{}])[0].get("literal")):  # APA, 6th ed.
        draft.known.append(publisher)
        draft.record["publisher"] = body
    if re.search(r"\b(?:Inc|Ltd|Co|Comp|Corp|Univ|Publ?)$", publisher) and f"{publisher}." in draft.source:
        draft.record["publisher"] = f"{publisher}."


def _bracketed(text: str) -> tuple[str, str] | None:
    """Return what comes before a publisher in brackets at the end: (Academic Press, 2001)."""
    found = re.search(r"\(([^()]{3,80})\)?$", text)
    sure = found and (has_word(found[1], "publishers") or ": " in found[1])
    return (text[: found.start()].rstrip(), found[1]) if found and sure else None


def sentence(text: str) -> tuple[str, str]:
    """Return what comes before and in the last sentence; a place such as St. Louis does not end one."""
    if BREAK in text:
        before, _, after = text.rpartition(BREAK)
        inner = sentence(after)
        return (f"{before}{BREAK}{inner[0]}", inner[1]) if inner[0] else (before, after)
    breaks = [
        found
        for found in re.finditer(r"(?<=[.?!”\"])\s(?=\[?[^\s])", text)
        if not re.search(rf"\b(?:St|[{UPPER}]|Co|Inc|Ltd|Dr|Univ|Publ?|Med|Sci)\.$", text[: found.start()])
    ]
    if not breaks:
        return "", text
    return text[: breaks[-1].start()].rstrip(), text[breaks[-1].end() :]


def _behind_comma(draft: Draft, text: str, head: Head) -> tuple[str, str]:
    """Return title and imprint that a comma divides: WHO Model List, WHO, Geneva."""
    if draft.record.get("title"):
        return "", text
    parts = text.split(", ")
    if len(parts) > 2 and (has_word(parts[-1], "places") or has_word(parts[-1], "publishers")):
        return ", ".join(parts[:-2]), ", ".join(parts[-2:])
    if len(parts) == 2 and has_word(parts[-1], "publishers") and head.form != "none":
        return parts[0], parts[1]
    return text, ""


def _is_imprint(draft: Draft, text: str, head: Head) -> bool:
    text = text.strip(" .,;")
    if ": " in text:
        return _with_colon(draft, text, head)
    if text.count("; ") == 1 and has_word(text.partition("; ")[2], "places"):  # PMC: Springer; Berlin
        publisher, _, place = text.partition("; ")
        draft.put("publisher", publisher.strip())
        draft.put("publisher-place", place.strip())
        return True
    parts = [part.strip() for part in text.split(", ")]
    if len(parts) > 1 and parts[0].lower() in ("report", "technical report", "final report"):
        draft.put("genre", parts.pop(0).lower())
        text = ", ".join(parts)
    if len(parts) == 1:
        if not has_word(text, "publishers") and "edition" not in draft.signs and not draft.signs & {"publisher"}:
            return False
        draft.put("publisher", text)
        return True
    first, last = has_word(parts[0], "places"), has_word(parts[-1], "places")
    if has_word(parts[0], "publishers") or (last and not first):
        draft.put("publisher", parts[0])
        draft.put("publisher-place", ", ".join(parts[1:]))
    elif first:
        draft.put("publisher-place", ", ".join(parts[:-1]))
        draft.put("publisher", parts[-1])
    elif "edition" in draft.signs or re.fullmatch(r"[A-Z]{2}", parts[-1]):
        draft.put("publisher", parts[0])
        draft.put("publisher-place", ", ".join(parts[1:]))
        draft.doubt(f"publisher, publisher-place: which is which in “{text}”")
    else:
        return False
    return True


def _with_colon(draft: Draft, text: str, head: Head) -> bool:
    """Read ``New York: Springer`` or, as MDPI has it, ``Springer: New York``."""
    left, _, right = text.rpartition(": ")
    left = left.strip("[] ")
    place_alone = right.strip(" .").lower() in listed("places") and has_word(left, "publishers")
    turned = (
        place_alone
        or (has_word(right, "places") and not has_word(left, "places"))
        or (has_word(left, "publishers") and not has_word(right, "publishers") and not has_word(left, "places"))
    )
    place, publisher = (right, left) if turned else (left, right)
    if not re.search(r"[^\W\d_]{2}", publisher) or re.search(r"\d", place):
        return False
    if len(place.split()) > 8 or (len(place.split()) > 4 and not has_word(place, "places")):
        return False
    if not has_word(place, "places") and not has_word(publisher, "publishers") and head.form == "none":
        draft.doubt(f"publisher: is “{text}” place and publisher?")
    draft.put("publisher-place", place.strip())
    draft.put("publisher", publisher.strip())
    return True


def set_title(draft: Draft, name: str = "title") -> None:
    """Make what is left of the draft the title."""
    title, _, rest = draft.text.partition(BREAK.strip())
    draft.put(name, tidy(title))
    draft.text = rest.strip(" .,;")
