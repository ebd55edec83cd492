"""Read one entry after the other: identifiers and authors off, then the first reader that knows its kind."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from casewriter.bibliography.pasted.account import unread
from casewriter.bibliography.pasted.book import read_book
from casewriter.bibliography.pasted.chapter import read_chapter
from casewriter.bibliography.pasted.dates import read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.entries import PastedEntry, entries
from casewriter.bibliography.pasted.genre import take_genre, take_version
from casewriter.bibliography.pasted.head import Head, read_head
from casewriter.bibliography.pasted.identifiers import take_identifiers
from casewriter.bibliography.pasted.imprint import take_year
from casewriter.bibliography.pasted.journal import take_journal
from casewriter.bibliography.pasted.odd import odd
from casewriter.bibliography.pasted.online import read_ahead, read_page, read_preprint
from casewriter.bibliography.pasted.other import read_communication, read_newspaper, read_patent, read_presented
from casewriter.bibliography.pasted.series import take_series
from casewriter.bibliography.pasted.source import take_tail
from casewriter.bibliography.pasted.thesis import read_thesis
from casewriter.bibliography.pasted.title import take_quoted_title
from casewriter.bibliography.pasted.words import has_word
from casewriter.bibliography.reading.record import Record

Confidence = Literal["high", "medium", "low"]
LONGEST = 5_000
"""Characters of an entry; a longer one is no reference."""


class Pasted(Struct, frozen=True):
    """One entry of a pasted list: its item, how sure the reading is, and what stays open."""

    line: int
    source: str
    record: Record
    confidence: Confidence
    unread: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read_pasted(text: str) -> list[Pasted]:
    """Return the references of a pasted text in order; none is dropped: what cannot be read is a document, low."""
    return [_read(entry) for entry in entries(text)]


def _read(entry: PastedEntry) -> Pasted:
    if len(entry.text) > LONGEST:
        record: Record = {"type": "document", "title": entry.text[:LONGEST]}
        rest = (entry.text[LONGEST:],)
        return Pasted(entry.line, entry.text, record, "low", rest, ("too long for one reference; it was not read",))
    draft = Draft(entry.text, entry.text)
    _fields(draft)
    record = {name: value for name, value in draft.record.items() if value and not name.startswith("_")}
    record = {name: value for name, value in record.items() if not isinstance(value, str) or re.search(r"\w", value)}
    named = record.get("title") or record.get("container-title") or record.get("type") == "personal_communication"
    if not named:
        record = {"type": "document", "title": entry.text}
        return Pasted(entry.line, entry.text, record, "low", tuple(entry.left_out), ("title: this could not be read",))
    left = (*unread(entry.text, record, draft.known), *entry.left_out)
    doubts = [*draft.doubts, *entry.doubts]
    if record["type"] == "document" and not record.get("genre"):
        doubts.append("type: the kind of work was not recognised")
    doubts += odd(record, entry.text) + _missing(record)
    return Pasted(entry.line, entry.text, record, _confidence(record, left, doubts), left, tuple(doubts))


def _fields(draft: Draft) -> None:
    take_identifiers(draft)
    take_genre(draft)
    take_series(draft)
    head = read_head(draft)
    take_quoted_title(draft)
    if not _kind(draft, head):
        draft.put("title", draft.text.strip(" .,;"))
        draft.put("type", "document")
    if said := draft.record.get("_updated"):  # the only date of a page that is kept up
        draft.put("issued", read_date(said))


def _kind(draft: Draft, head: Head) -> bool:
    """Return whether one of the readers knew the kind of work."""
    if any(reader(draft) for reader in (read_communication, read_patent, read_presented, read_thesis)):
        return True
    if _in_journal(draft, head) or read_chapter(draft, head):
        return True
    if draft.record.get("type") in ("dataset", "software"):
        return read_page(draft, head) or read_book(draft, head)
    if read_newspaper(draft) or read_preprint(draft) or _article(draft, head):
        return True
    take_version(draft)
    return read_book(draft, head) or read_ahead(draft, head) or read_page(draft, head) or _plain_article(draft, head)


def _article(draft: Draft, head: Head) -> bool:
    before = draft.saved()
    if take_tail(draft) and take_journal(draft, head) and not _is_imprint(draft.record["container-title"]):
        draft.record["type"] = "article-journal"
        return True
    draft.restore(before)
    return False


def _in_journal(draft: Draft, head: Head) -> bool:
    """Read ``“Title”. In: Nature Methods 10.12 (2013), pp. 1177–1184``, as BibLaTeX has it."""
    before = draft.saved()
    if draft.record.get("title") and draft.text.startswith("In: ") and _article(draft, head):
        if draft.record.get("volume") and not re.search(r"\. |,|Proc", draft.record["container-title"]):
            return True
        draft.restore(before)
    return False


def _is_imprint(journal: str) -> bool:
    """Return whether the words in the place of a journal are the place and publisher of a book."""
    return (
        ": " in journal
        and "journal" not in journal.lower()
        and (has_word(journal, "places") or has_word(journal, "publishers"))
    )


def _plain_article(draft: Draft, head: Head) -> bool:
    """Read title, journal and year without volume and pages: more is not known, so it is a doubt."""
    before = draft.saved()
    take_year(draft)
    if draft.record.get("issued") and take_journal(draft, head) and not _is_imprint(draft.record["container-title"]):
        draft.record["type"] = "article-journal"
        draft.doubt("volume, page: not found")
        return True
    draft.restore(before)
    return False


_NEEDED = {
    "article-journal": ("author", "title", "container-title", "issued"),
    "book": ("title", "issued"),
    "chapter": ("title", "container-title", "editor", "publisher", "issued"),
    "thesis": ("author", "title", "publisher", "issued"),
    "report": ("author", "title", "issued"),
    "webpage": ("title",),
    "personal_communication": ("author", "issued"),
    "article": ("author", "title", "issued"),
    "article-newspaper": ("title", "container-title", "issued"),
    "paper-conference": ("author", "title", "container-title", "issued"),
}


def _missing(record: Record) -> list[str]:
    """Return a doubt for each field that the kind of work needs and the entry does not have."""
    needed = _NEEDED.get(record["type"], ("title",))
    status = record.get("status")
    found = [f"no {name}" for name in needed if not record.get(name) and not (name == "issued" and status)]
    if record["type"] == "book" and not (record.get("author") or record.get("editor")):
        found.append("no author or editor")
    if record["type"] == "article-journal" and not status:
        if not (record.get("volume") or record.get("issue") or record.get("DOI")):
            found.append("no volume")
        if not (record.get("page") or record.get("number") or record.get("DOI")):
            found.append("no page")
    return found


def _confidence(record: Record, left: tuple[str, ...], doubts: list[str]) -> Confidence:
    if not left and not doubts:
        return "high"
    heavy = [
        doubt
        for doubt in doubts
        if re.match(r"title|container-title|author|issued|type|no (?:title|container|issued)", doubt)
    ]
    open_letters = sum(len(piece) for piece in left)
    return "low" if heavy or open_letters > 25 or record["type"] == "document" else "medium"
