"""The series of a book after the entry, with its number."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.draft import Draft

_SERIES = re.compile(
    r"\s\((?P<series>[^();]{4,120});\s(?:[Nn]o\.?|[Nn]r\.?|[Vv]ol\.?)\s?(?P<number>[A-Z\d][\w/.-]{0,20})\)[\s.]*$"
)


def take_series(draft: Draft) -> None:
    """Cut the series of a book off the end: (WHO technical report series; no. 968) (Citing Medicine, chapter 2)."""
    if found := _SERIES.search(draft.text):
        draft.put("collection-title", found["series"].strip())
        draft.put("collection-number", found["number"])
        draft.text = draft.text[: found.start()]
