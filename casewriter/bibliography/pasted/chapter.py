"""Chapters: after “In” editors and book, in the order of the styles."""

from __future__ import annotations

import re
from itertools import islice

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.head import Head
from casewriter.bibliography.pasted.imprint import BREAK, set_title, take_imprint, take_places, take_year
from casewriter.bibliography.pasted.names import read_names
from casewriter.bibliography.pasted.title import tidy
from casewriter.bibliography.pasted.words import DASH, YEAR, month_pattern

_IN = re.compile(r"(?:^|(?<=[.,;:?!”’\"»])\s|(?<=\.)|\s(?=in:\s))(?:In|in|IN|En|Dans)(?P<colon>\s?:)?\s(?=\S)")

_MARK = r"(?:[Éé]diteurs?|[Ee]ds?|EDS?|[Ee]ditors?|Hrsg|Hg|[Dd]irs?|coords?|[Ee]ditores|éds?)"

_ROLE = re.compile(rf"[,.]?\s?[(\[]?\b{_MARK}\b\.?[)\]]?\s?[.,:;]?\s?")

_EDITORS_INSIDE = re.compile(
    rf"\((?:(?:[Ee]ds?\.?|Hrsg\.?|[Ee]dited by)\s(?P<names>[^()]{{3,300}})|(?P<before>[^()]{{3,300}}),?\s{_MARK}\.?)\)"
)

_EDITED_BY = re.compile(r"[,.;]?\s\(?(?:[Ee]dited by|herausgegeben von|[Ee]ds?\.?\s(?=[A-Z]\.))\s?")

_EDITORS_BEHIND = re.compile(rf"[,.;]?\s?\(?\b{_MARK}\b\.?\)?(?=[.,;:\s]|$)\s?[.,:;]?")


def read_chapter(draft: Draft, head: Head) -> bool:
    """Read a chapter of a book: its title, then, after “In”, editors and book."""
    found = _book_begins(draft)
    if found is None:
        return False
    start, end = found
    draft.put("title", tidy(_dated(draft, draft.text[:start])))
    draft.record["type"] = "chapter"
    draft.text = draft.text[end:]
    if since := _SINCE.search(draft.text):
        draft.known.append(draft.cut(*since.span()))
    _editors(draft)
    take_places(draft)
    take_year(draft)
    if not take_imprint(draft, head):
        draft.doubt("no publisher")
    set_title(draft, "container-title")
    if ". " in draft.record.get("container-title", ""):
        draft.doubt("container-title: it could end earlier; a series could follow it")
    conference = re.search(
        r"\bProc(?:\.|eedings)|Congress|Conference|Symposium|\bConf\.|Kongress", draft.record.get("container-title", "")
    )
    if conference:
        draft.record["type"] = "paper-conference"
        draft.doubt("container-title, editor: a conference paper is read in the same way as a chapter")
    return True


_SINCE = re.compile(rf";\s{YEAR}(?:\s{month_pattern()})?\s?[{DASH}]\s?(?:{YEAR})?[\s.]*$")
"""The years of a book that is always under way: StatPearls; 2024 Jan–."""


def _dated(draft: Draft, title: str) -> str:
    """Return a title without the date that a chapter of such a book has after it: Gout. 2023 Jul 24."""
    found = re.search(rf"\.\s(?P<date>{date_pattern()})(?P<updated>\s\[updated[^\]]{{3,30}}\])?[\s.]*$", title)
    if not found:
        return title
    draft.put("issued", read_date(found["date"]))
    draft.known.append(found["updated"] or "")
    return title[: found.start()]


def _book_begins(draft: Draft) -> tuple[int, int] | None:
    quoted = bool(draft.record.get("title"))
    for found in _IN.finditer(draft.text):
        after = draft.text[found.end() :]
        if found["colon"] or (quoted and found.start() == 0) or (found.start() == 0 and _EDITORS_INSIDE.search(after)):
            return found.span()
        if re.search(r";\spp?\.\s?\d", after):  # In Book; Publisher: Place, 1990; pp. 1–19
            return found.span()
        if re.search(rf"\({_MARK}\.?[\s)]|,\s{_MARK}\.?[\s,]|[Ee]dited by|\bEds?\.[;,]", after):
            return found.span()
    if quoted and re.search(r",\s[Ee]dited by\s", draft.text):
        return 0, 0
    return _without_in(draft.text)


def _without_in(text: str) -> tuple[int, int] | None:
    """Return where the book begins in ``Title. Book. Wong T, Reyes C (ed): Mosby``: after the first sentence."""
    found = re.search(rf"\s\({_MARK}\.?\):\s", text)
    stop = text.find(". ")
    return (stop, stop + 2) if found and 0 < stop < found.start() else None


def _editors(draft: Draft) -> None:
    text = draft.text
    if inside := _EDITORS_INSIDE.search(text):
        said = inside["names"] or inside["before"].rstrip(" ,")
        names = read_names(said + " ")
        if names and names.end >= len(said.rstrip(" .")) - 1:
            draft.put("editor", names.names)
            draft.text = text[: inside.start()].rstrip() + BREAK + text[inside.end() :].lstrip()
            return
    if (names := read_names(text, lead=True)) and _named(draft, names.end):
        draft.put("editor", names.names)
        rest = text[names.end :]
        role = _ROLE.match(rest)
        draft.text = (rest[role.end() :] if role else rest).lstrip(" .,;:")
        if not role:
            draft.doubt("editor: nothing marks these as editors")
        return
    if by := _EDITED_BY.search(text):
        names = read_names(text, by.end(), full=True)
        if names:
            draft.put("editor", names.names)
            draft.text = text[: by.start()] + BREAK + text[names.end :].lstrip(" ,.;)")
            return
    _editors_behind(draft)


def _named(draft: Draft, end: int) -> bool:
    rest = draft.text[end:]
    return bool(_ROLE.match(rest) or re.match(r"\.?\s", rest))


def _editors_behind(draft: Draft) -> None:
    """Read ``Book, 2nd ed.; Hoang, T., Levy, M., Eds.; Elsevier``: names that a mark after them calls editors."""
    for mark in islice(_EDITORS_BEHIND.finditer(draft.text), 8):
        for begin in re.compile(r"[.;,]\s").finditer(draft.text, max(0, mark.start() - 300), mark.start()):
            names = read_names(draft.text[: mark.start()] + ".", begin.end())
            if names and names.end >= mark.start() - 1:
                draft.put("editor", names.names)
                draft.text = draft.text[: begin.start()] + BREAK + draft.text[mark.end() :].lstrip(" .,;:")
                return
