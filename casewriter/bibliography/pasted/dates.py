"""Dates as reference lists write them: 2013 Sep 10, May 2, 2024, 17. April 2018, 15/9/2017."""

from __future__ import annotations

import re
from functools import cache

from casewriter.bibliography.pasted.words import DASH, YEAR, month_pattern, months
from casewriter.bibliography.reading.record import SEASONS, Record


@cache
def date_pattern() -> str:
    """Return a regular expression, without groups, for a date with a year."""
    month = month_pattern()
    return (
        rf"(?<!\d)(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s(?:de\s)?{month},?\s(?:de\s)?{YEAR}"
        rf"|{month}(?:\s?[{DASH}/]\s?{month}|\s\d{{1,2}}(?:st|nd|rd|th)?)?,?\s{YEAR}"
        rf"|{YEAR}\s(?i:{'|'.join(SEASONS)})\b|{YEAR}[,;]?\s{month}(?:\s?[{DASH}/]\s?{month})?(?:\s\d{{1,2}}(?:\s?[{DASH}]\s?\d{{1,2}})?)?(?!\d)"
        rf"|{YEAR}-\d{{1,2}}-\d{{1,2}}|{YEAR}/\d{{1,2}}/\d{{1,2}}|\d{{1,2}}[/.]\s?\d{{1,2}}[/.]\s?{YEAR}|{YEAR}(?![\w/]))(?!\d)"
    )


def read_date(text: str) -> Record:
    """Return the CSL date of a text that `date_pattern` matches; in figures a number over 12 tells day from month."""
    text = text.strip(" .,;")
    if numbers := re.fullmatch(r"(\d{1,2})[/.]\s?(\d{1,2})[/.]\s?(\d{4})", text):
        return _in_figures(int(numbers[1]), int(numbers[2]), int(numbers[3]), dotted="." in text)
    if iso := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text):
        return _parts(int(iso[1]), int(iso[2]), int(iso[3]))
    year = re.search(YEAR, text)
    if not year:
        return {}
    rest = text[: year.start()] + " " + text[year.end() :]
    if season := SEASONS.get(rest.strip().lower()):
        return {"date-parts": [[int(year[0])]], "season": season}
    found = [months()[word] for word in re.findall(r"[^\W\d_]+", rest.lower()) if word in months()]
    days = [int(day) for day in re.findall(r"\d{1,2}", rest)]
    if len(found) == 2:
        return {"date-parts": [[int(year[0]), found[0]], [int(year[0]), found[1]]]}
    if len(found) == 1 and len(days) == 2 and 1 <= days[0] < days[1] <= 31:  # Sep 11–17
        return {"date-parts": [[int(year[0]), found[0], day] for day in days]}
    return _parts(int(year[0]), found[0] if found else 0, days[0] if len(days) == 1 else 0)


def _in_figures(first: int, second: int, year: int, *, dotted: bool) -> Record:
    if dotted or first > 12:
        return _parts(year, second, first)
    return _parts(year, first, second) if second > 12 or first == second else _parts(year, 0, 0)


def _parts(year: int, month: int, day: int) -> Record:
    parts = [year]
    if 1 <= month <= 12:
        parts += [month, day] if 1 <= day <= 31 else [month]
    return {"date-parts": [parts]}
