"""Works without a volume: preprints, articles ahead of print, web pages."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.genre import take_version
from casewriter.bibliography.pasted.head import Head
from casewriter.bibliography.pasted.imprint import take_places, take_year
from casewriter.bibliography.pasted.journal import take_journal
from casewriter.bibliography.pasted.source import take_tail
from casewriter.bibliography.pasted.title import tidy
from casewriter.bibliography.pasted.words import UPPER, listed


def read_preprint(draft: Draft) -> bool:
    """Read a preprint: the server takes the place of the journal."""
    names = "|".join(re.escape(name) for name in sorted(listed("preprints"), key=len, reverse=True))
    found = re.search(
        rf"(?:^|[.:,”]\s|\s(?=(?:{names})\s?$))(?![a-z]+\s[a-z])(?P<name>{names})(?P<number>[\s:,.]\s?[\d.]{{5,30}}\d)?(?=[\s.;,:\[(]|$)",
        draft.text,
        re.IGNORECASE,
    )
    if not found or _is_copy(draft, found):
        return False
    draft.put("container-title", found["name"])
    draft.put("number", (found["number"] or "").strip(" :,."))
    before, after = draft.text[: found.start("name")].rstrip(" ,;"), draft.text[found.end() :].strip(" .,;:")
    draft.text = after
    if date := re.fullmatch(rf"\(?({date_pattern()})\)?(?:[:;]\s?([\d.]{{5,30}}\d))?", draft.text):
        draft.put("issued", read_date(date[1]))
        draft.put("number", date[2])
        draft.text = ""
    rest, draft.text = draft.text, before
    take_year(draft)
    draft.put("title", tidy(draft.text))
    draft.text = rest
    draft.record["type"] = "article"
    draft.record.setdefault("genre", "preprint")
    _online(draft)
    return True


def _is_copy(draft: Draft, found: re.Match[str]) -> bool:
    """Return whether a journal comes before the server: its copy there is where it is archived."""
    trial = Draft(draft.text[: found.start()].rstrip(" ,;"), draft.source, dict(draft.record))
    text = trial.text
    if draft.text[found.end() :].strip(" .,;:") or not take_tail(trial):
        return False
    draft.text = text
    draft.put("archive", found["name"])
    draft.put("archive_location", (found["number"] or "").strip(" :,."))
    return True


def _online(draft: Draft) -> None:
    if said := draft.record.get("_online"):
        draft.put("issued", read_date(said))


def read_ahead(draft: Draft, head: Head) -> bool:
    """Read an article that has no volume yet: Pediatr Dermatol. 2023; Lancet (in press)."""
    text = draft.text.strip(" .,;")
    sure = (
        bool(draft.record.get("status") or draft.record.get("DOI") or draft.signs & {"epub"})
        and "accessed" not in draft.signs
    )
    if not sure:
        return False
    before = draft.saved()
    draft.text = text
    take_year(draft)
    if not take_journal(draft, head):
        draft.restore(before)
        return False
    draft.record["type"] = "article-journal"
    _later(draft)
    return True


def _later(draft: Draft) -> None:
    """Take “published online March 4” as the date of an article without volume."""
    said = draft.record.get("_online", "")
    year = draft.record.get("issued", {}).get("date-parts", [[0]])[0]
    if said and len(year) == 1:
        date = read_date(said if re.search(r"\d{4}", said) else f"{said} {year[0]}")
        if date and (not year[0] or date["date-parts"][0][0] == year[0]):
            draft.record["issued"] = date


_SENTENCES = re.compile(rf"(?<=[.?!‖])(?<!\b[{UPPER}]\.)\s(?=\S)")

_SERIES = re.compile(
    r"(?P<series>.{0,40}\b(?:[Gg]uidelines?|[Gg]uidance|[Ss]eries|[Rr]eport|[Bb]rief|[Bb]ulletin|[Aa]ppraisal|[Pp]aper)),?"
    r"\s(?:No\.?\s)?(?P<number>[A-Z]{0,5}\d{1,5})"
)


def read_page(draft: Draft, head: Head) -> bool:
    """Read a web page, or what has an address: title, site or publisher, year."""
    if not (draft.record.get("URL") or draft.record.get("DOI") or draft.signs & {"online", "accessed"}):
        return False
    take_version(draft)
    take_places(draft)
    take_year(draft)
    pieces = _pieces(draft)
    if not draft.record.get("title"):
        if not pieces:
            return False
        draft.put("title", tidy(pieces.pop(0)))
    draft.record["type"] = _behind_title(draft, pieces) or "webpage"
    draft.text = ""
    if head.form == "none":
        draft.doubt("author: nobody is named")
    return True


def _pieces(draft: Draft) -> list[str]:
    """Return the sentences of the draft without the date that may be one of them."""
    pieces = [piece.strip(" .,;‖") for piece in _SENTENCES.split(draft.text) if piece.strip(" .,;‖")]
    for piece in [piece for piece in pieces[1:] if re.fullmatch(date_pattern(), piece)]:
        draft.put("issued", read_date(piece))
        pieces.remove(piece)
    _online(draft)
    return pieces


def _behind_title(draft: Draft, rest: list[str]) -> str:
    """Read publisher, series or site, which come after the title; return the kind of work where that tells it."""
    kind = str(draft.record.get("type", ""))
    if kind in ("software", "dataset") and len(rest) == 1:
        draft.put("publisher", rest.pop())
    elif rest and (series := _SERIES.fullmatch(rest[0])):
        draft.put("collection-title", series["series"])
        draft.put("number", series["number"])
        kind = "report"
        rest.pop(0)
    if rest:
        draft.put("container-title", rest[0])
        draft.put("note", ". ".join(rest[1:]))
        draft.doubt(f"title, container-title: does the title end before “{rest[0]}”?")
    return kind
