"""Take off what is said beside a reference: access dates, Epub phrases, in press, languages, errata."""

from __future__ import annotations

import re
from functools import cache

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.words import LETTER, month_pattern

_AHEAD = re.compile(
    r"[\[(]?\b(?:(?:e-?pub|published|online|publish|print)\s(?:online\s)?ahead\sof\sprint|ahead\sof\sprint"
    r"|(?:advance|early)\s(?:online\s)?(?:publication|access|view)|online\sfirst)\b[\])]?",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:[;,.(\[]\s{0,2}|\s)(?P<status>in press|im druck|im erscheinen|to be published|forthcoming|sous presse"
    r"|en prensa|à paraître|in stampa|accepted(?: for publication)?|submitted(?: for publication)?"
    r"|unpublished(?: data)?)(?P<year>\s(?:1[5-9]|20)\d\d)?[)\].,; ]{0,4}$",
    re.IGNORECASE,
)
_STATUS_WORDS = {"im druck": "in press", "sous presse": "in press", "en prensa": "in press", "in stampa": "in press"}


_LANGUAGE = re.compile(
    r"(?<=[.\d])\s[\[(]?(?:(?:Article\s)?in\s)?(?P<name>Japanese|Chinese|Korean|German|French|Spanish|Italian|Portuguese|Russian|Polish"
    r"|Turkish|Dutch|Danish|Swedish|Norwegian|Finnish|Hungarian|Czech|Hebrew)(?:\swith\s[A-Za-z ]{3,30})?[\])]?\.?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s?\[published\s(?:correction|erratum)\sappears\sin\s[^\[\]]*\]|"
    r"(?<=[.\])\d])\s\(?(?:(?:Published\s)?(?:Erratum|Correction|Corrigendum|Comment|Retraction)\s(?:in|on|appears\sin|published\sin)\b).*$",
    re.IGNORECASE,
)


_KIND = re.compile(
    r"(?<=[.\d])\s(?:Review|Comparative Study|Clinical Trial|Case Reports|Meta-Analysis|No abstract available)\.?\s*$"
)
"""What PubMed sets after a reference of its text format."""


def take_language(draft: Draft) -> None:
    """Cut the language that is at the end: French. [in German]."""
    if language := _LANGUAGE.search(draft.text):
        draft.put("language", language["name"])
        draft.cut(*language.span())


def take_kind(draft: Draft) -> None:
    """Cut the publication types that PubMed sets at the end."""
    if found := _KIND.search(draft.text):
        draft.known.append(draft.cut(*found.span()))


def take_note(draft: Draft) -> None:
    """Cut a note about an erratum, a comment or a retraction, and keep it."""
    if found := _NOTE.search(draft.text):
        draft.put("note", draft.cut(*found.span()).strip())


@cache
def _access_pattern() -> re.Pattern[str]:
    verbs = (
        r"(?:last\s)?accessed|access\sdate|date\sof\saccess|cited|retrieved|zugegriffen|abgerufen|aufgerufen|(?:letzter\s)?zugriff"
        r"|consulté|consultado|citado|accès|page\sconsultée|visited|viewed|letzter\szugang|acceso|accesso|consultato|geraadpleegd|zitiert"
    )
    return re.compile(
        rf"\((?P<last>{date_pattern()}),\sdate\slast\saccessed\)"
        rf"|[\[(]?\s?(?:(?:last\s)?(?:updated|aktualisiert)\s?:?\s(?P<updated>{date_pattern()})\s?[;,.]?\s?)?"
        rf"\b(?:{verbs})(?:\s?:\s?|\s)(?:on\s|le\s|el\s|am\s|in\s|:\s)?(?P<date>{date_pattern()})"
        rf"\s?(?:,\sfrom(?=\s(?:http|www)))?[\])]?",
        re.IGNORECASE,
    )


@cache
def _updated_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"[\[(]?(?:last\s|page\s)?(?:updated|reviewed|aktualisiert)\s?:?\s(?:on\s)?(?P<date>{date_pattern()})[\])]?",
        re.IGNORECASE,
    )


def _said(draft: Draft, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return the first place where a phrase stands alone and is not among the words of a title."""
    for found in pattern.finditer(draft.text):
        before, after = draft.text[: found.start()].rstrip(), draft.text[found.end() :].lstrip()
        apart = (
            not re.search(r"[^\W\d_«“‘\"]$|[«“‘\"]$", before)
            or found[0].startswith("[")
            or before.endswith("Preprint")
            or "/" in before.rsplit(" ", 1)[-1]
            or found[0].startswith("Published Online")
        )
        if apart and not (after[:1].isalpha() and not re.match(r"(?:from|at|https?|www|doi|PMID)\b", after)):
            return found
    return None


def take_accessed(draft: Draft) -> None:
    """Cut the dates when a page was read and when it was kept up."""
    if found := _said(draft, _access_pattern()):
        said = found["date"] or found["last"]
        draft.record["_updated"] = found["updated"]
        draft.put("accessed", read_date(said))
        if re.match(r"\d{1,2}/\d{1,2}/", said) and len(draft.record["accessed"]["date-parts"][0]) == 1:
            draft.doubt(f"accessed: {said} does not distinguish day and month")
        draft.known.append(draft.cut(*found.span()).replace(said, " "))
        draft.signs.add("accessed")
    found = _said(draft, _updated_pattern())
    if found and (found[0][0] in "[(" or not found["date"].isdigit()):  # a study, updated 2015
        draft.record["_updated"] = found["date"]
        draft.known.append(draft.cut(*found.span()))
        draft.signs.add("updated")


@cache
def _online_pattern() -> re.Pattern[str]:
    day_only = rf"(?:{month_pattern()}\s\d{{1,2}}|\d{{1,2}}\s{month_pattern()})"
    return re.compile(
        rf"[\[(]?\b(?:e-?pub|e-?published|published\sonline\sfirst|published\sonline|posted(?:\sonline)?|online\spublished|published"
        rf"|first\spublished(?:\sonline)?|available\sonline|online)\s?:?\s(?:on\s|as\s)?(?P<date>{date_pattern()}|{day_only})[\])]?",
        re.IGNORECASE,
    )


def take_online_dates(draft: Draft) -> None:
    """Cut “Epub 2005 Mar 3” and “Published online March 18, 2022”; the date stays where there is no other."""
    if found := _said(draft, _online_pattern()):
        draft.record["_online"] = found["date"]
        draft.known.append(draft.cut(*found.span()))
        draft.signs.add("epub")
    found = _said(draft, _AHEAD)
    words = found and found[0].lower().startswith(("early", "advance"))
    if found and not (words and re.search(r"[:,]\s*$", draft.text[: found.start()])):  # in necrolysis: early access
        draft.known.append(draft.cut(*found.span()))
        draft.signs.add("epub")


def take_status(draft: Draft) -> None:
    """Cut “in press” and the like off the end."""
    found = _STATUS.search(draft.text)
    if found and not re.search(rf"[{LETTER}]{{3,}}\s(?:and|were|was)\s*$", draft.text[: found.start()]):
        said = found["status"].lower()
        draft.put("status", _STATUS_WORDS.get(said, said))
        if found["year"]:
            draft.put("issued", read_date(found["year"]))
        draft.cut(found.start(), len(draft.text))
