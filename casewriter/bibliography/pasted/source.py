"""Where an article is: volume, issue, pages and year at the end, in the ways of the styles."""

from __future__ import annotations

import re
from functools import cache

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.words import DASH, LETTER, YEAR, month_pattern
from casewriter.bibliography.reading.record import pages

_PAGE = r"(?:S-|[A-Za-z]{0,5})\d[A-Za-z\d.]{0,18}(?<!\.)"

_ROMAN = rf"[ivxlc]{{1,7}}\s?[{DASH}]\s?[ivxlc]{{1,7}}"
PAGES = rf"(?:{_ROMAN}|{_PAGE}(?:\s?[{DASH}]{{1,2}}\s?(?:{_PAGE}|[ivxl]{{1,6}}\b))?)"

_ISSUE = (
    r"(?:\([^()]{1,30}\)(?:\s?\([^()]{1,30}\))?"
    r"|[,:]?\s?(?:[Ss]uppl(?:\.|ement|ément)?|SUPPL\.?|Pt\.?|Part|Spec No|[Ss]uppl\.?\s?Pt)"
    rf"(?:\s?[A-Z\d][\d{DASH}]{{0,4}})?)"
)

_VOLUME = rf"(?:[A-Z]{{0,2}}\d{{1,4}}[A-Z]?(?:[{DASH}/]\d{{1,4}})?|[IVXLC]{{1,7}})"

_LABEL = r"(?:pp?\.?\s?|pages?\s|S\.?\s|págs?\.?\s|(?P<article>(?:Article|Art\.)\s(?:[Nn]o\.?\s|[Nn]umber\s|ID\s)?))?"

_EXTRA = r"(?P<extra>[,;]\s(?:discussion|quiz|(?:author\s)?reply|[ivxl]{1,6}\b|[A-Za-z]{0,2}\d).{0,30})?"

_PLACE = rf"{_LABEL}(?P<page>{PAGES}){_EXTRA}"

_VOL = rf"(?P<volume>{_VOLUME})(?:,(?=\s\())?\s?(?P<issue>{_ISSUE})?"


@cache
def _tails() -> tuple[re.Pattern[str], ...]:
    date = rf"(?P<date>{date_pattern()})"
    year = rf"(?P<date>{YEAR})[a-z]?"
    vol_or_issue = rf"(?:{_VOL}|(?P<only>{_ISSUE}))"
    patterns = (
        # 1959;79(5):669-73; 1959, 79, 669
        rf"{date}\s?[.,;:]\s?(?:vol\.?\s)?{vol_or_issue}(?:\s?[,:.;]\s?|(?<=\))\s){_PLACE}",
        rf"\({year}\)\s?[,;:]?\s{_VOL}\s?[:,]\s?{_PLACE}",  # Arch Dermatol (1959) 79:669
        rf"(?P<volume>\d{{1,4}})(?:,|,?\s(?:[Nn]os?|[Nn]r|[Nn][°º])\.?)\s(?P<issue>[\d{DASH}/]{{1,7}})\s\({date}\)\s?[:,.;]\s?{_PLACE}",
        rf"{_VOL}[,]?\s?\({date}\)\s?[:,.;]?\s?{_PLACE}",  # 79 (5) (1959) 669
        rf"(?P<volume>\d{{1,4}})\.(?P<issue>\d{{1,5}})\s\({date}\)\s?[:,]\s?{_PLACE}",  # 79.5 (1959): 669
        rf"(?P<volume>\d{{1,4}}),\sno\.\s(?P<issue>[\w{DASH}]{{1,9}})(?:\s\({date}\))?\s?:\s?{_PLACE}",
        rf"{_VOL}\s?[,:]\s?{_PLACE}[,.]\s{date}",  # 44, 123–130, 2005; 16(2):137–178, April 1987
        rf"(?P<volume>{_VOLUME})\s?(?P<issue>\([^()]{{1,30}}\)),\s{date}",  # 1(1), 1983
        rf"{_VOL}\s?[:,]\s?{_PLACE}[,.]?\s?\({date}\)",  # 79, 669–673 (1959)
        rf"{date}\s?:\s?(?P<page>[A-Za-z]{{1,5}}\d{{2,15}})",  # 2015 Mar 4:h12
        rf"{_VOL}\s?[:,;]\s?{_PLACE}",  # 79:669, after a year in front
        rf"{date}\s?;\s?{vol_or_issue}(?:\s?:\s?\[[^\]]{{1,20}}\])?",  # 2004;7(2), no pages
        rf"{_VOL}\s?\({year}\)",
        rf"{date}[,;]\sIssue\s(?P<issue>\d{{1,2}})[.,:;]\s?(?:Art(?:icle)?\.?\sNo\.?:?\s)?(?P<page>CD\d{{6}}(?:\.pub\d)?)",
        rf"(?P<volume>\d{{1,4}})\.\s?(?P<issue>\d{{1,5}}),\s{_PLACE}",  # 79.5, pp. 669–673, after a year in front
        r"(?P<volume>\d{1,4})\s?(?P<issue>\(\d{1,3}\))",  # 4(2), no pages, after a year in front
    )
    return tuple(re.compile(rf"(?<![\w(\[.{DASH}]){pattern}\s?$") for pattern in patterns)


_LABELLED = (
    ("volume", re.compile(rf"(?:[Vv]ol(?:ume)?\.?|[Vv]\.|[Bb]d\.?|[Bb]and|t\.|tome|Jg\.?|Jahrgang)\s?({_VOLUME})")),
    (
        "issue",
        re.compile(
            rf"(?:[Nn]os?\.?|[Nn]r\.?|[Nn]º|n°|[Nn]úm\.?|[Ii]ss(?:ue)?\.?|H\.|Heft)\s?([\w{DASH}/]{{1,12}}|[Ss]uppl\.?\s?\d{{0,3}})"
        ),
    ),
    ("page", re.compile(rf"(?:pp?\.?|S\.|Seiten|págs?\.?|pages?)\s?({PAGES})")),
    ("number-of-pages", re.compile(r"(\d{1,4})\s(?:pp|pages)")),
    ("number", re.compile(rf"(?:[Aa]rt(?:icle)?\.?)\s?(?:[Nn]o\.?\s|[Nn]umber\s|ID\s)?({_PAGE})")),
)


def take_tail(draft: Draft) -> bool:
    """Cut volume, issue, pages and year off the end of the draft; return whether they are those of a journal."""
    draft.text = draft.text.rstrip(" .;,")
    return _labelled(draft) or _patterned(draft)


def _patterned(draft: Draft) -> bool:
    start = max(0, len(draft.text) - 120)
    for pattern in _tails():
        found = pattern.search(draft.text, start)
        if not found or ("date" not in pattern.groupindex and not _behind_year(draft, found)):
            continue
        groups = found.groupdict()
        if groups.get("date") and not _set_date(draft, groups["date"]):
            continue
        if re.match(rf"{month_pattern()}", found[0]) and re.search(
            rf"[{LETTER}]$", draft.text[: found.start()].rstrip()
        ):
            draft.doubt(f"issued, container-title: is “{found[0].split()[0]}” a month?")  # Sci Mar 2000;64:117
        _set_places(draft, groups)
        if not draft.record.get("issued"):
            draft.doubt("no year")
        if (groups.get("volume") and not found[0].startswith(groups.get("date") or " ")) and draft.text[
            : found.start()
        ].rstrip().endswith("."):
            draft.signs.add("dotted")  # Mol. Biol. Evol. 32:268
        draft.text = draft.text[: found.start()].rstrip(" ,;:")
        return True
    return False


def _behind_year(draft: Draft, found: re.Match[str]) -> bool:
    """Return whether a tail without a year counts: after a year in front, or of a shape that is nothing else."""
    if re.fullmatch(YEAR, found["volume"]):  # a volume only where it is the year and has issues: 2013(6)
        issued = draft.record.get("issued", {}).get("date-parts", [[0]])[0][0]
        return bool(found["issue"]) and issued == int(found["volume"])
    return bool(draft.record.get("issued") or found["issue"] or ":" in found[0])


def _set_date(draft: Draft, said: str) -> bool:
    date = read_date(said)
    before = draft.record.get("issued", {}).get("date-parts", [[0]])[0]
    if before[0] and date["date-parts"][0][0] != before[0]:
        draft.doubt(f"issued: two years, {before[0]} and {date['date-parts'][0][0]}")
    elif len(date["date-parts"][0]) >= len(before):
        draft.record["issued"] = date
    return True


def _set_places(draft: Draft, groups: dict[str, str | None]) -> None:
    issue = groups.get("issue") or groups.get("only") or ""
    draft.put("volume", _dashed(groups.get("volume") or ""))
    if not _is_month(draft, _issue(issue)):
        draft.put("issue", _issue(issue))
    page = pages(groups.get("page") or "")
    draft.put("number" if groups.get("article") else "page", page)
    if groups.get("extra"):
        draft.doubt(f"page: “{(groups['extra'] or '').strip(' ,;')}” after the pages was not read")


def _is_month(draft: Draft, issue: str) -> bool:
    """Take a month in the brackets of an issue as part of the date: 340 (March): c332."""
    issued = draft.record.get("issued", {}).get("date-parts", [[]])[0]
    if len(issued) != 1 or not re.fullmatch(month_pattern(), issue):
        return False
    draft.record["issued"] = read_date(f"{issue} {issued[0]}")
    return True


def _dashed(text: str) -> str:
    return re.sub(rf"[{DASH}]", "-", text)


def _issue(text: str) -> str:
    """Return ``5`` of ``(5)``, ``13(suppl 1)`` of ``(13)(suppl 1)``, ``Pt 1`` as it is."""
    text = text.strip(" ,:")
    if parts := re.fullmatch(r"\(([^()]+)\)\s?\(([^()]+)\)", text):
        return _dashed(f"{parts[1].strip()}({parts[2].strip()})")
    if text.startswith("("):
        text = text[1:-1].strip()
    return _dashed(re.sub(r"^(?:No|Nr|no)\.?\s", "", text))


def _labelled(draft: Draft) -> bool:
    """Read pieces at the end that say what they are: vol. 61, no. 5, pp. 1412–1423, May 2014."""
    text = draft.text
    found: dict[str, str] = {}
    if behind := re.search(rf"\s\((?P<bracketed>{date_pattern()})\)$|(?<=\d)\.\s(?P<plain>{date_pattern()})$", text):
        text, found["date"] = text[: behind.start()], behind["bracketed"] or behind["plain"]
    parts = re.split(r",\s", text)
    bare = re.fullmatch(PAGES, parts[-1].strip()) and not re.fullmatch(YEAR, parts[-1].strip())
    if len(parts) > 2 and bare and _labelled_piece(parts[-2]):
        found["page"] = parts.pop().strip()
    while len(parts) > 1 and (piece := _labelled_piece(parts[-1])):
        if piece[0] in found:
            break
        found[piece[0]] = piece[1]
        parts.pop()
    if "volume" not in found and not {"page", "issue"} <= set(found):
        return False
    if "date" in found:
        _set_date(draft, found.pop("date"))
    for name, value in found.items():
        draft.put(name, pages(value) if name == "page" else _dashed(value))
    draft.text = ", ".join(parts)
    return True


def _labelled_piece(text: str) -> tuple[str, str] | None:
    text = text.strip(" .")
    for name, pattern in _LABELLED:
        if found := pattern.fullmatch(text):
            return name, found[1]
    return ("date", text) if re.fullmatch(date_pattern(), text) else None
