"""Numbers of CSL: numeric or not, ordinal and roman forms, page ranges."""

from __future__ import annotations

import re

from casewriter.csl.locale import Locale

_ONE = r"[A-Za-z]{0,3}\d+[A-Za-z]{0,3}"
_NUMERIC = re.compile(rf"\s*[#]?{_ONE}(?:\s*[,&–-]\s*{_ONE})*\s*")
_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)
_ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def is_numeric(text: str) -> bool:
    """Return whether a text is a number or several, with at most short prefixes and suffixes (CSL 1.0.2, "Number")."""
    return bool(_NUMERIC.fullmatch(text))


_SEVERAL = re.compile(
    r"\d[A-Za-z]{0,3}\s*(?:[–&]|(?<!\\)-|,?\s*(?:and|et|und|y|e)\b|,)\s*[A-Za-z]{0,3}\d"
    r"|[ivxl]\s?[-–]\s?[ivxl]"
)


def is_plural(text: str) -> bool:
    """Return whether a number stands for several: ``12-15``, ``2, 3``, ``2 & 3``."""
    return bool(_SEVERAL.search(text))


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """Return ``2nd``: the longest ending of the locale that fits (CSL 1.0.2, "Ordinal Suffixes")."""
    for digits in (100, 10):
        part = number % digits
        name = f"ordinal-{part:02d}"
        match = locale.matches.get(name)
        default = "last-two-digits" if part >= 10 else "last-digit"
        wide = match or default
        fits = (wide == "whole-number" and number == part) or (wide == "last-two-digits" and digits == 100)
        fits = fits or (wide == "last-digit" and digits == 10)
        if match is not None and fits:
            return f"{number}{_gendered(locale, name, gender)}"
    name = f"ordinal-{number:02d}"
    if locale.matches.get(name) == "whole-number":
        return f"{number}{_gendered(locale, name, gender)}"
    return f"{number}{_gendered(locale, 'ordinal', gender)}"


def _gendered(locale: Locale, name: str, gender: str) -> str:
    return locale.ordinals.get((name, gender), locale.ordinals.get((name, ""), ""))


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """Return ``second`` up to ten, ``11th`` beyond."""
    if 1 <= number <= 10:
        name = f"long-ordinal-{number:02d}"
        found = locale.ordinals.get((name, gender)) or locale.term(name)
        if found:
            return found
    return ordinal(number, locale, gender)


def roman(number: int) -> str:
    """Return ``xiv``."""
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def in_form(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """Return each number of a text in a form of cs:number; what is no plain number stays."""
    if not is_numeric(text):
        return text
    parts = []
    for part in re.split(r"(\s*[,&–-]\s*)", text.strip()):
        if part.isdigit():
            parts.append(_one(int(part), form, locale, gender) if form != "numeric" else part)
        elif re.fullmatch(r"\s*[,&–-]\s*", part):
            parts.append({",": ", ", "&": " & ", "-": "–", "–": "–"}[part.strip()])
        else:
            parts.append(part)
    return "".join(parts)


def _one(number: int, form: str, locale: Locale, gender: str) -> str:
    match form:
        case "ordinal":
            return ordinal(number, locale, gender)
        case "long-ordinal":
            return long_ordinal(number, locale, gender)
        case "roman" if number < 6000:
            return roman(number)
        case _:
            return str(number)


_RANGE = re.compile(r"(\d*[A-Za-z]+)?(\d+)\s*[-–]\s*(\d*[A-Za-z]+)?(\d+)")
_ROMAN_RANGE = re.compile(r"[ivxlcdm]+\s*[-–]\s*[ivxlcdm]+", re.IGNORECASE)


def pages(text: str, form: str | None, delimiter: str) -> str:
    """Return page ranges in a `page-range-format` of CSL, joined by the locale's delimiter.

    `form`: expanded, minimal, minimal-two, chicago (= chicago-15), chicago-16, or None: as they are.
    """
    text = text.replace("\\-", "\0")
    parts = [_page_range(part, form, delimiter) for part in re.split(r"(\s*[,;&]\s*)", text)]
    whole = "".join(", " if part.strip() == "," else part for part in parts)
    return re.sub(r"\s*&\s*", " & ", whole).replace("\0", "-")


def _page_range(text: str, form: str | None, delimiter: str) -> str:
    found = _RANGE.fullmatch(text.strip())
    if not found:
        if _ROMAN_RANGE.fullmatch(text.strip()):
            return re.sub(r"\s*[-–]\s*", delimiter, text)
        return re.sub(r"(?<=\w)\s+-\s+(?=\w)", "-", text)
    before_first, first, before_last, last = found[1] or "", found[2], found[3] or "", found[4]
    if before_first != before_last:  # N110-5 is no range that can be counted
        dash = "–" if "–" in text else "-"
        return f"{before_first}{first}{dash}{before_last}{last}"
    whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    if form is None or int(whole) < int(first):
        return f"{before_first}{first}{delimiter}{before_last}{last}"
    if form == "expanded":
        return f"{before_first}{first}{delimiter}{before_last}{whole}"
    shorten = _SHORTEN.get(form, _chicago_15)
    return f"{before_first}{first}{delimiter}{shorten(first, whole)}"


def _minimal(first: str, last: str, least: int = 1) -> str:
    if len(first) != len(last):
        return last
    same = 0
    while same < len(last) - least and first[same] == last[same]:
        same += 1
    return last[same:]


def _minimal_two(first: str, last: str) -> str:
    return _minimal(first, last, 2)


def _chicago_16(first: str, last: str) -> str:
    """Return the last page as the Chicago Manual of Style has it (16th and 17th editions, 9.60)."""
    number = int(first)
    if number < 100 or number % 100 == 0 or len(first) != len(last):
        return last
    if number % 100 < 10:
        return _minimal(first, last)
    return _minimal_two(first, last)


def _chicago_15(first: str, last: str) -> str:
    """Return the last page as the 15th edition has it (9.64): three changed digits of four are given whole."""
    short = _chicago_16(first, last)
    return last if len(first) == 4 and len(short) == 3 else short


_SHORTEN = {"minimal": _minimal, "minimal-two": _minimal_two, "chicago-16": _chicago_16, "chicago-17": _chicago_16}
