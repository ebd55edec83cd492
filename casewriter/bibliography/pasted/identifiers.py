"""Take off what says where a work is found: DOI, PubMed ids, addresses; and the leftovers of web pages."""

from __future__ import annotations

import re
from functools import cache

from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.remarks import (
    take_accessed,
    take_kind,
    take_language,
    take_note,
    take_online_dates,
    take_status,
)
from casewriter.bibliography.pasted.words import leftovers_pattern, listed
from casewriter.bibliography.reading.record import pmcid

_AVAILABLE = (
    r"(?:also\s)?available\s(?:online\s)?(?:from|at|on|under)|available\sonline|available|retrieved\sfrom"
    r"|verfügbar\s(?:unter|auf|über)|abrufbar\sunter|online\sunter|im\sinternet|disponible\s(?:sur|en|à|at|desde)|disponibile\ssu|url|link"
)
_DOI = re.compile(
    rf"(?:\b(?:{_AVAILABLE}|from|at)\s?:?\s{{0,3}})?(?:\bdoi\s?[:.]?\s{{0,3}})?(?:(?:https?:\s?//)?(?:dx\.)?doi\.org/(?:doi:\s?)?)?"
    r"(?<![\d.])10\.\d{4,9}/[^\s<>\"“”\[\]]+",
    re.IGNORECASE,
)
_PMID = re.compile(
    r"(?:PubMed\s)?\bPMID\s?:?\s{0,2}(?:https?://\S{0,40}/)?(\d{1,8})\b"
    r"|https?://(?:www\.ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d{1,8})\b/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"\b(?:PubMed\s?Central\s?)?(?:PMCID\s?:?\s{0,2}(?:PMC\s?){0,2}\d{3,9}|PMC\s?:?\s?\d{4,9})\b", re.IGNORECASE
)
_PII = re.compile(
    r"(?:\b(?:doi|pii)\s?:\s?)?(?<![^\s:])[\w/().-]{5,40}\s?\[pii\][;,.]?|\s?\[(?:doi|pii)\]|\b(?:PubMed\s)?PMID\s?:?\s?(?:WOS|ISI|MEDLINE|CCC|BIOABS)\s?:?\s?\w+",
    re.IGNORECASE,
)
"""The publisher's own number, as reference managers write it out of PubMed."""
_ISSN = re.compile(
    r"[.;,]?\s?\bISSN:?\s(?P<issn>\d{4}[-–]\d{3}[\dX])\b(?:\s?\((?:print|electronic|online|linking)\)"
    r"|[,;]?\s\d{4}[-–]\d{3}[\dX]\b){0,4}",
    re.IGNORECASE,
)
_URL = re.compile(
    rf"(?:\[online\.?\]\.?\s?)?(?:\b(?:{_AVAILABLE}|from|at)\s?:?\s{{0,3}})?<?((?:https?://|www\.)[^\s<>\"“”]+)>?",
    re.IGNORECASE,
)
_INTERNET = re.compile(
    r"\[(?:internet|online|on-line|en ligne|en línea|electronic(?: resource)?|www document|web ?page|web ?site)\.?\]",
    re.IGNORECASE,
)


def take_identifiers(draft: Draft) -> None:
    """Cut everything out of the draft that says where the work is found, and keep it as fields."""
    take_kind(draft)
    _pubmed(draft)
    take_note(draft)
    take_kind(draft)
    take_language(draft)
    _leftovers(draft)
    _numbers(draft)
    _doi(draft)
    take_accessed(draft)
    _url(draft)
    for found in reversed(list(_INTERNET.finditer(draft.text))):
        draft.known.append(draft.cut(*found.span()))
        draft.signs.add("online")
    take_online_dates(draft)
    _leftovers(draft)
    take_language(draft)
    take_status(draft)


@cache
def _bracketed_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(listed("leftovers") - {"abstract"}, key=len, reverse=True))
    return re.compile(rf"\s{{0,3}}\[\s?(?:{names})\s?\]", re.IGNORECASE)


def _leftovers(draft: Draft) -> None:
    for found in reversed(list(_bracketed_pattern().finditer(draft.text))):
        draft.known.append(draft.cut(*found.span()))
    tail = max(0, len(draft.text) - 160)
    found_run = leftovers_pattern().search(draft.text, tail)
    if found_run and _is_web(found_run[0], draft.text[: found_run.start()]):
        draft.known.append(draft.cut(*found_run.span()))


def _is_web(run: str, before: str) -> bool:
    """Return whether words at the end are a web page's: after a stop or a figure, or such as end no title."""
    if run.strip(" .").lower() in ("abstract", "article", "retracted", "medline"):
        return False
    sure = re.search(r"scholar|crossref|web of science", run, re.IGNORECASE)
    return bool(sure) or before.rstrip()[-1:] in tuple(".)]0123456789")


def _trimmed(text: str) -> str:
    """Return an identifier or address without the marks of the sentence after it, or a year glued to it."""
    text = re.sub(r"\((?:19|20)\d\d\)\.?$", "", text)
    while text:
        last = text[-1]
        if last in ".,;:’'”\"" or (last in ")]" and text.count(last) > text.count("(" if last == ")" else "[")):
            text = text[:-1]
        else:
            break
    return text


def _numbers(draft: Draft) -> None:
    for found in reversed(list(_PII.finditer(draft.text))):
        draft.known.append(draft.cut(*found.span()))
    if issn := _ISSN.search(draft.text):
        draft.put("ISSN", issn["issn"].replace("–", "-"))
        draft.known.append(draft.cut(*issn.span()))


_PAGE_OF_DOI = re.compile(
    r"(?:\b(?:available|retrieved)\s(?:at|from)\s?:?\s)?https?://(?!(?:dx\.)?doi\.org)[^\s<>]*?(?P<doi>10\.\d{4,9}/[^\s<>?&#]+)[^\s<>]*",
    re.IGNORECASE,
)
"""The address of a publisher's page that has the DOI in it."""
_END = re.compile(
    r"(?:/(?:full|fulltext|abstract|pdf|epdf|html|meta|summary|short|long)|\.(?:full|pdf|abstract))+$", re.IGNORECASE
)


def _doi(draft: Draft) -> None:
    page = _PAGE_OF_DOI.search(draft.text)
    if page and not draft.record.get("DOI"):
        whole = _trimmed(page[0])
        draft.put("DOI", _END.sub("", _trimmed(page["doi"])))
        draft.known.append(draft.cut(page.start(), page.start() + len(whole)))
        return
    found = _DOI.search(draft.text)
    if not found:
        return
    whole = _trimmed(found[0])
    bare = whole[whole.index("10.") :]
    tail = re.search(r"(?:\.|(?<=\d))(?:pmid|pmcid|epub|accessed)\b.*$", bare, re.IGNORECASE)
    if tail:
        whole, bare = whole[: len(whole) - len(tail[0])], bare[: tail.start()]
    draft.put("DOI", bare)
    draft.cut(found.start(), found.start() + len(whole))
    again = _DOI.search(draft.text)
    if again and _trimmed(again[0]).endswith(bare):
        draft.cut(again.start(), again.start() + len(_trimmed(again[0])))


def _pubmed(draft: Draft) -> None:
    if found := _PMCID.search(draft.text):
        number = pmcid(found[0]) or "PMC" + re.sub(r"\D", "", found[0])
        draft.put("PMCID", number)
        draft.known.append(draft.cut(*found.span()))
    for found in list(_PMID.finditer(draft.text))[-1:]:  # after an erratum, which may have its own
        draft.put("PMID", found[1] or found[2])
        draft.cut(*found.span())
    draft.text = re.sub(r"\s?\[[\s;,./]*\]", "", draft.text)


def _url(draft: Draft) -> None:
    while found := _URL.search(draft.text):
        url = _trimmed(found[1])
        end = found.start(1) + len(url)
        end += 1 if draft.text[end : end + 1] == ">" else 0
        if draft.record.get("URL"):
            draft.doubt("more than one address")
            break
        draft.put("URL", url)
        draft.cut(found.start(), end)
        if draft.text.endswith(":"):
            draft.text = draft.text[:-1].rstrip()
    if found := re.search(rf"[.,;]?\s?\b(?:{_AVAILABLE})\s?:?[\s.]*$", draft.text, re.IGNORECASE):
        draft.cut(*found.span())
