"""Books and reports."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.head import Head
from casewriter.bibliography.pasted.imprint import set_title, take_imprint, take_places, take_year

_SOFTWARE = re.compile(r"\bfor Windows\b|\bstatistical computing\b|\bsoftware\b|\bSPSS\b|\bStata\b", re.IGNORECASE)


def read_book(draft: Draft, head: Head) -> bool:
    """Read a book or report: title, edition, publisher and place, year."""
    before = draft.saved()
    take_places(draft)
    take_year(draft)
    found = take_imprint(draft, head)
    if not found and "edition" not in draft.signs:
        draft.restore(before)
        return False
    if not found and not draft.record.get("DOI"):
        draft.doubt("no publisher")
    if draft.record.get("title"):
        draft.doubt("type: titles of books are seldom set in quotation marks")
    set_title(draft)
    report = head.form == "group" and "edition" not in draft.signs
    draft.put("type", "report" if report else "book")
    if report and _SOFTWARE.search(draft.record.get("title", "")):
        draft.record["type"] = "software"
    return bool(draft.record.get("title"))
