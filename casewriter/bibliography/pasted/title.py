"""Titles: those in quotation marks, and what is taken off their ends."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.draft import Draft

_QUOTES = (
    re.compile(r"“([^“”]{3,600})”"),
    re.compile(r"“((?:[^“”]|“[^“”]{1,200}”){3,600})”"),
    re.compile(r"\"([^\"]{3,600})\""),
    re.compile(r"«\s?([^«»]{3,600}?)\s?»"),
    re.compile(r"„([^„“”]{3,600})[“”]"),
    re.compile(r"‘(.{3,600}?)’(?=[,.;:]|\s\(|\s?$|\s[Ii]n\b)"),
    re.compile(r"'(.{3,600}?)'(?=[,.;:]|\s\(|\s?$|\s[Ii]n\b)"),
)


def take_quoted_title(draft: Draft) -> bool:
    """Cut a title in quotation marks off the beginning; marks around its first words only are its own."""
    for pattern in _QUOTES:
        found = pattern.match(draft.text)
        if not found:
            continue
        after = draft.text[found.end() :]
        if after.startswith(":"):  # “It’s only acne, isn’t it?”: Quality of life
            continue
        if found[1].rstrip(" ’”'\"")[-1:] in ",.?!" or re.match(r"\s?[,.;]|\s[Ii]n:?\s[A-Z]|\s?$", after):
            draft.put("title", tidy(found[1]))
            draft.text = after.lstrip(" ,.;")
            return True
    return False


def tidy(title: str) -> str:
    """Return a title without the stops at its end."""
    stop = "." if re.search(r"\b[A-Z]\.[A-Z]\.$", title.strip()) else ""  # in the U.S.
    title = title.strip().rstrip(".,;: ").strip() + stop
    whole = re.fullmatch(r"\[([^\[\]]+)\]", title)  # a title that was translated
    return whole[1] if whole else title
