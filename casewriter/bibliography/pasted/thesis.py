"""Theses: the degree, the university and its place."""

from __future__ import annotations

import re
from functools import cache

from casewriter.bibliography.pasted.dates import read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.imprint import close, sentence, take_places, take_year
from casewriter.bibliography.pasted.title import tidy
from casewriter.bibliography.pasted.words import YEAR


@cache
def _degrees() -> re.Pattern[str]:
    return re.compile(
        r"[\[(.,;]?\s?[\[(]?(?<![\w-])(?P<genre>"
        r"(?:(?:Ph\.?\s?D\.?|D\.?\s?Phil\.?|M\.?\s?S\.?c?\.?|M\.?\s?D\.?|M\.?\s?A\.?|MPhil|Dr\.?\s?med\.?|[Dd]octoral"
        r"|[Dd]octorate|[Mm]aster[’']?s?|[Mm]aster of \w+|[Bb]achelor[’']?s?|[Mm]edical"
        r"|[Uu]npublished(?: doctoral| master[’']s)?)\s)?(?:[Tt]hesis|[Dd]issertation|diss\.)"
        r"|Inaugural-?[Dd]issertation|Habilitationsschrift|Habilitation|Med\.? Diss\.?|Diss\.?|Dissertation"
        r"|[Tt]hèse(?: de [dD]octorat| de médecine)?|[Tt]esis(?: [Dd]octoral)?|[Tt]ese(?: de [Dd]outorado)?"
        r"|[Tt]esi di [Ll]aurea)"
        r"(?P<after>[\].)]{1,2}|,\s[^\[\]]{3,80}\]|(?=[,:;])|$)"
    )


_BRACKETED_DEGREE = re.compile(r"\[(?P<genre>[^\[\],]{0,40}(?:[Tt]hesis|[Dd]issertation)[^\[\],]{0,20})(?P<after>\])")


def read_thesis(draft: Draft) -> bool:
    """Read a thesis: its degree, the university and its place."""
    found = _BRACKETED_DEGREE.search(draft.text) or _degrees().search(draft.text)
    if not found or (found.start() < 5 and not draft.record.get("title")):
        return False
    draft.record["type"] = "thesis"
    genre = found["genre"] + ("." if found["genre"].endswith("diss") and found["after"].startswith(".") else "")
    draft.put("genre", genre)
    inside = found["after"].strip("[]()., ")
    title, rest = draft.text[: found.start()], draft.text[found.end() :].strip(" .,;:")
    if (
        not rest and not inside and re.search(r"[Uu]niv|[Hh]ochschule|College", sentence(title)[1])
    ):  # Title. 2011. University, PhD thesis
        title, rest = sentence(title)
        dated = re.search(rf"[.,]\s({YEAR})\.?$", title)
        if dated:
            draft.put("issued", read_date(dated[1]))
            title = title[: dated.start()]
    draft.text = title.strip()
    take_places(draft)
    if not draft.record.get("title"):
        draft.put("title", tidy(draft.text))
    draft.text = inside or rest
    take_year(draft)
    _university(draft)
    if inside:
        draft.text = f"{draft.text} {rest}".strip()
    return True


def _university(draft: Draft) -> None:
    text = draft.text.strip(" .,;")
    if ": " in text:
        place, _, university = text.partition(": ")
        draft.put("publisher-place", place.strip(" []"))
        draft.put("publisher", university.strip())
        draft.text = ""
        return
    parts = [part.strip() for part in text.split(", ")]
    schools = [
        n
        for n, part in enumerate(parts)
        if re.search(r"[Uu]niv|[Hh]ochschule|College|School|Institute|Charité|Akademie", part)
    ]
    if not text:
        return
    if not schools:
        draft.doubt(f"publisher: is “{text}” the university?")
    at = schools[-1] if schools else 0
    draft.put("publisher", parts[at])
    close(draft)
    draft.put("publisher-place", ", ".join(parts[at + 1 :]))
    draft.text = ", ".join(parts[:at])
