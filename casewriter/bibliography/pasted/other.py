"""Newspapers, patents, meetings and personal communications."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.imprint import take_year
from casewriter.bibliography.pasted.title import tidy
from casewriter.bibliography.pasted.words import listed

_COMMUNICATION = re.compile(
    r"\(?\b(?:personal communication|persönliche mitteilung|communication personnelle|comunicación personal)\b\)?"
    r"[.,]?\s?",
    re.IGNORECASE,
)


def read_communication(draft: Draft) -> bool:
    """Read a personal communication."""
    found = _COMMUNICATION.search(draft.text)
    if not found:
        return False
    draft.record["type"] = "personal_communication"
    draft.known.append(found[0])
    draft.cut(*found.span())
    take_year(draft)
    if date := re.fullmatch(rf"[\s(,.]{{0,3}}({date_pattern()})[\s),.]{{0,3}}", draft.text):
        draft.put("issued", read_date(date[1]))
        draft.text = ""
    draft.put("title", tidy(draft.text))
    draft.text = ""
    draft.doubt("a personal communication: most journals want it in the text, not in the list")
    return True


_PRESENTED = re.compile(
    r"[.,]\s(?P<genre>(?:Paper|Poster|Abstract|Oral presentation))?\s?presented at:?\s"
    r"(?P<event>[^;]{5,160})(?:;\s(?P<rest>.{3,100}))?$",
    re.IGNORECASE,
)


def read_presented(draft: Draft) -> bool:
    """Read a paper that was presented at a meeting: its date and place come after."""
    found = _PRESENTED.search(draft.text)
    if not found:
        return False
    draft.record["type"] = "paper-conference"
    draft.put("container-title", found["event"].strip(" .,;"))
    draft.known.append(f"{found['genre']} presented")
    draft.put("title", tidy(draft.text[: found.start()]))
    pieces = [piece.strip(" .,") for piece in (found["rest"] or "").split(";")]
    dates = [piece for piece in pieces if re.fullmatch(date_pattern(), piece)]
    if dates:
        draft.put("issued", read_date(dates[0]))
    draft.put("publisher-place", ", ".join(piece for piece in pieces if piece and piece not in dates))
    return True


_PATENT = re.compile(
    r"[.,]?\s?(?:[A-Z][\w.]*\s){0,2}[Pp]atent(?:\sNo\.)?\s(?P<number>[A-Z]{0,2}\s?\d[\d,/]{4,14}\s?[A-Z]?\d?)\b"
)


def read_patent(draft: Draft) -> bool:
    """Read a patent: its number and date; the assignee stays unread."""
    found = _PATENT.search(draft.text)
    if not found or "patent" not in draft.signs:
        return False
    draft.record["type"] = "patent"
    draft.put("number", found["number"])
    draft.cut(*found.span())
    take_year(draft)
    draft.put("title", tidy(re.sub(r"^[^.]{2,80}\.?,\sassignee\.\s", "", draft.text)))
    return True


def read_newspaper(draft: Draft) -> bool:
    """Read an article of a newspaper we know: its date, page and section."""
    names = "|".join(re.escape(name) for name in sorted(listed("newspapers"), key=len, reverse=True))
    found = re.search(rf"(?:^|[.,?!”’]\s)(?-i:(?=[A-Z]))(?P<name>{names})(?=[.,;\s]|$)", draft.text, re.IGNORECASE)
    if not found:
        return False
    title, rest = draft.text[: found.start("name")], draft.text[found.end() :].strip(" .,;")
    draft.record["type"] = "article-newspaper"
    draft.put("title", tidy(title))
    draft.put("container-title", found["name"])
    if page := re.search(
        r"[,;]?\s?(?:Sect\.?\s(?P<section>\w{1,3})\s?:\s?|pp?\.\s?)(?P<page>[A-Z]?\d{1,3}(?:[-–]\d{1,3})?)", rest
    ):
        draft.put("section", page["section"])
        draft.put("page", page["page"])
        rest = (rest[: page.start()] + " " + rest[page.end() :]).strip(" .,;")
    elif page := re.search(r"(?<=\d):\s?(?P<page>[A-Z]?\d{1,3}(?:[-–]\d{1,3})?)$", rest):
        draft.put("page", page["page"])
        rest = rest[: page.start()]
    if date := re.match(rf"{date_pattern()}", rest):
        _newer(draft, date[0])
        rest = rest[date.end() :]
    elif (date := re.match(r"\d{1,2}\s[A-Z][a-z]{2,9}|[A-Z][a-z]{2,9}\s\d{1,2}", rest)) and draft.record.get("issued"):
        year = draft.record["issued"]["date-parts"][0][0]
        _newer(draft, f"{date[0]} {year}")
        rest = rest[date.end() :]
    draft.text = rest.strip(" .,;")
    return True


def _newer(draft: Draft, said: str) -> None:
    if (date := read_date(said)) and len(date["date-parts"][0]) > len(
        draft.record.get("issued", {"date-parts": [[]]})["date-parts"][0]
    ):
        draft.record["issued"] = date
