"""The kind of a work where it says it: [letter], [dataset], Version 2.1."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.imprint import BREAK

_GENRES = (
    (
        "software",
        re.compile(
            r"[\[(](?P<genre>(?:computer )?software|mobile app|computer program|R package)[^\])]{0,30}[\])]",
            re.IGNORECASE,
        ),
    ),
    ("dataset", re.compile(r"\[(?P<genre>data ?set|data|database)\]", re.IGNORECASE)),
    (
        "article",
        re.compile(
            r"[\[(](?P<genre>preprint)[\])]|(?<=[.?!)\]\d])\s(?P<plain>preprint)(?:\sat\b|(?=\.|:|\sposted|\s\(|\s?$))\.?",
            re.IGNORECASE,
        ),
    ),
    ("motion_picture", re.compile(r"[\[(](?P<genre>video|film|videotape|DVD|videorecording)[\])]", re.IGNORECASE)),
    (
        "",
        re.compile(
            r"[\[(](?P<genre>letter|editorial|abstract|comment|review|scientific brief|fact sheet|press release|poster"
            r"|conference presentation|case report|correspondence|letter to the editor"
            r"|erratum|guideline|brochure|lecture)\.?[\])]"
            r"|(?<=[.\d])\s\(?(?P<plain>letter|abstract|editorial)\.?\)?\.?\s?$",
            re.IGNORECASE,
        ),
    ),
    (
        "document",
        re.compile(
            r"[\[(](?P<genre>package insert|prescribing information|product information)[\])]"
            r"|\.\s(?P<plain>package insert|prescribing information|product information"
            r"|summary of product characteristics)(?=\.\s)",
            re.IGNORECASE,
        ),
    ),
)

_VERSION = re.compile(
    r"[,.]?\s?\(?\b(?:[Vv]ersion|[Vv]er\.|[Rr]elease)\s(?P<version>[\d.]{1,12}\d|\d)\)?|,\s[Vv](?P<short>\d{1,3})(?=[,;.]|$)"
)


_ARTICLE = re.compile(r"\s?\[J(?:/OL)?\](?=[.,]|\s)")
"""The mark of an article in the Chinese standard GB/T 7714."""


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Return whether a word in brackets ends or begins its sentence: “information (lecture) on anxiety” is a title."""
    bracketed = found.groupdict().get("genre")
    return not bracketed or found.start() == 0 or bool(re.match(r"\s*(?:[.,;:(\[“]|$)", text[found.end() :]))


def take_genre(draft: Draft) -> None:
    """Cut a word in brackets that tells the kind of work: [letter], [dataset], [Computer software]."""
    if article := _ARTICLE.search(draft.text):
        draft.known.append(draft.cut(*article.span()))
    for kind, pattern in _GENRES:
        found = pattern.search(draft.text)
        if found and _is_apart(draft.text, found):
            said = found["genre"] or found["plain"]
            draft.put("genre", said if said.lower() == "scientific brief" else said.lower())
            draft.put("type", kind)
            if kind == "document":
                draft.signs.add("publisher")
            if kind in ("software", "dataset"):
                draft.text = (
                    f"{draft.text[: found.start()].rstrip()}{BREAK}{draft.text[found.end() :].lstrip(' .,;')}".strip()
                )
            else:
                draft.cut(*found.span())
            draft.signs.add("genre")
            return


def take_version(draft: Draft) -> None:
    """Cut the version of software or data."""
    known = draft.record.get("type") in ("software", "dataset")
    found = _VERSION.search(draft.text)
    if found and (known or found["version"]):
        draft.put("version", found["version"] or found["short"])
        draft.text = f"{draft.text[: found.start()]}{BREAK}{draft.text[found.end() :].lstrip(' .,;')}".strip(
            f" {BREAK}"
        )
        if not known:
            draft.doubt("type: a version is given; is it software?")
