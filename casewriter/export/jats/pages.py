"""Pages of a reference: first and last, a range that is no simple one, or the number of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.export.jats.xml import Element, element

_FROM_TO = re.compile(r"([A-Za-z]*)(\d+)\s*[-–—]\s*([A-Za-z]*)(\d+)")
_ARTICLE = re.compile(r"[eE]\d+|[A-Za-z]{2,}[\d.]*\d{4,}\w*|\d{6,}|(?=.*\d)\w+[-.]\d{4}[-.]\d+")
"""A number that articles have instead of pages: e59501, 1045678, bcr-2020-234567."""
_SINGLE = re.compile(r"\w+")


def pages(typed: str, number: str) -> Iterator[Element]:
    """Yield the pages as typed, or the number of the article. A last page that is cut short is written out."""
    typed = typed.strip()
    if found := _FROM_TO.fullmatch(typed):
        yield from _from_to(typed, found)
    elif typed and _ARTICLE.fullmatch(typed):
        yield element("elocation-id", typed)
    elif typed:
        yield element("fpage" if _SINGLE.fullmatch(typed) else "page-range", typed)
    elif number.strip():
        yield element("elocation-id", number.strip())


def _from_to(typed: str, found: re.Match[str]) -> Iterator[Element]:
    letters, first, more, last = found.groups()
    if len(last) < len(first) and more in ("", letters):
        more, last = letters, first[: len(first) - len(last)] + last
    if more == letters and int(last) < int(first):
        yield element("page-range", typed)
        return
    yield element("fpage", f"{letters}{first}")
    yield element("lpage", f"{more or letters}{last}")
