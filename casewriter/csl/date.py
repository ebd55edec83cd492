"""Dates of CSL: read from an item, printed in the order and form that a style or its language asks for."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from casewriter.csl.field import field
from casewriter.csl.locale import CSL, Locale
from casewriter.csl.number import ordinal
from casewriter.csl.text import font, join, styled
from casewriter.csl.textcase import change_case

YearMonthDay = tuple[int, int, int]
"""Year, month (13–16 and 21–24 are seasons), day; 0 is unknown."""


class Date(Struct, frozen=True):
    """A date, or a span of time, or words."""

    start: YearMonthDay = (0, 0, 0)
    end: YearMonthDay | None = None
    literal: str = ""
    circa: bool = False

    def __bool__(self) -> bool:
        return bool(self.literal or self.start[0])


def read_date(value: Any) -> Date:
    """Return a date of CSL-JSON (`date-parts`, `raw`, `literal`, `season`, `circa`)."""
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, dict):
        return Date()
    circa = str(value.get("circa", "")).lower() not in ("", "0", "false")
    parts = [point for part in value.get("date-parts") or [] if (point := _point(part, value.get("season")))]
    if parts:
        return Date(parts[0], parts[1] if len(parts) > 1 and parts[1] != parts[0] else None, circa=circa)
    if value.get("raw") and not value.get("literal"):
        return _raw(str(value["raw"]), circa)
    return Date(literal=field(str(value.get("literal") or "")), circa=circa)


def _point(part: Any, season: Any) -> YearMonthDay | None:
    if not isinstance(part, list) or not part:
        part = [part] if isinstance(part, int) else []
    numbers = [_int(one) for one in part[:3]] + [0, 0, 0]
    if season and not numbers[1] and str(season).isdigit():
        numbers[1] = 12 + int(season)
    if numbers[1] > 20:
        numbers[1] -= 8
    return (numbers[0], numbers[1], numbers[2]) if numbers[0] else None


def _int(text: Any) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        return 0


_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?([~?]*)")


def _raw(text: str, circa: bool) -> Date:
    """Read an ISO 8601 date or interval (EDTF, as CSL 1.0.2 asks); anything else stays words."""
    points = []
    for part in text.strip().split("/"):
        found = _ISO.fullmatch(part.strip())
        if not found:
            return Date(literal=field(text), circa=circa)
        circa = circa or bool(found[4])
        point = _point([found[1], found[2] or 0, found[3] or 0], None)
        points.append(point or (0, 0, 0))
    return Date(points[0], points[1] if len(points) > 1 and points[1][0] else None, circa=circa)


class DatePart(Struct, frozen=True):
    """One cs:date-part: its name, and its attributes."""

    name: str
    attributes: dict[str, str]


def date_parts(element: Any, locale: Locale) -> tuple[list[DatePart], dict[str, str]]:
    """Return the parts that a cs:date prints, in order, and the attributes of its format."""
    own = {part.get("name"): dict(part.attrib) for part in element.iterfind(f"{CSL}date-part")}
    form = element.get("form")
    if not form:
        return [DatePart(part.get("name"), dict(part.attrib)) for part in element.iterfind(f"{CSL}date-part")], {}
    known = locale.dates.get(form)
    if known is None:
        return [], {}
    wanted = element.get("date-parts", "year-month-day").split("-")
    parts = []
    for part in known.iterfind(f"{CSL}date-part"):
        name = part.get("name")
        if name in wanted:
            change = {k: v for k, v in own.get(name, {}).items() if k not in ("prefix", "suffix")}
            parts.append(DatePart(name, {**dict(part.attrib), **change}))
    return parts, dict(known.attrib)


def render_date(date: Date, parts: list[DatePart], delimiter: str, locale: Locale, after_year: str = "") -> str:
    """Return a date, or a span whose common parts are printed once (CSL 1.0.2, "Date Ranges")."""
    if date.literal:  # words take the place of the year
        year = next((part for part in parts if part.name == "year"), None)
        return _set(date.literal + after_year, year) if year else ""
    if date.end is None:
        return _joined(date.start, parts, delimiter, locale, after_year=after_year)
    names = {"year": 0, "month": 1, "day": 2}
    shown = [part for part in parts if date.start[names[part.name]] or date.end[names[part.name]]]
    level = next((n for n in range(3) if date.start[n] != date.end[n]), 3)
    differing = [part for part in shown if names[part.name] >= level]
    if not differing:
        return _joined(date.start, parts, delimiter, locale)
    at = [n for n, part in enumerate(shown) if part in differing]
    first, last = at[0], at[-1]
    before, middle, after = shown[:first], shown[first : last + 1], shown[last + 1 :]
    largest = min(middle, key=lambda part: names[part.name])
    dash = largest.attributes.get("range-delimiter", "–")
    left = _joined(date.start, _bare(before + middle, last="suffix"), delimiter, locale)
    right = _joined(date.end, _bare(middle + after, first="prefix"), delimiter, locale, after_year)
    return left + dash + right


def _bare(parts: list[DatePart], first: str = "", last: str = "") -> list[DatePart]:
    """Return parts of which the first or the last has lost an affix, where the dash of a span is."""
    place, lost = (0, first) if first else (len(parts) - 1, last)
    bare = {name: value for name, value in parts[place].attributes.items() if name != lost}
    return [*parts[:place], DatePart(parts[place].name, bare), *parts[place + 1 :]]


def _joined(point: YearMonthDay, parts: list[DatePart], delimiter: str, locale: Locale, after_year: str = "") -> str:
    whole = ""
    for part in parts:
        if text := _part(part, point, locale):
            shown = text + after_year if part.name == "year" else text
            piece = join(join(part.attributes.get("prefix", ""), shown), part.attributes.get("suffix", ""))
            whole = join(join(whole, delimiter), piece) if whole else piece
    return whole


def _part(part: DatePart, point: YearMonthDay, locale: Locale) -> str:
    attributes = part.attributes
    match part.name:
        case "year":
            text = _year(point[0], attributes.get("form", "long"), locale)
        case "month":
            text = _month(point[1], attributes.get("form", "long"), locale)
        case _:
            text = _day(point, attributes.get("form", "numeric"), locale)
    return _set(text, part)


def _set(text: str, part: DatePart) -> str:
    if part.attributes.get("strip-periods") == "true":
        text = text.replace(".", "")
    return styled(change_case(text, part.attributes.get("text-case")), font(part.attributes))


def _year(year: int, form: str, locale: Locale) -> str:
    if not year:
        return ""
    if year < 0:
        return f"{-year}{locale.term('bc') or 'BC'}"
    if form == "short" and year >= 1000:
        return f"{year % 100:02d}"
    return f"{year}{locale.term('ad') or 'AD'}" if year < 1000 else str(year)


def _month(month: int, form: str, locale: Locale) -> str:
    if not month:
        return ""
    if month > 12:
        return locale.term(f"season-{month - 12:02d}") or "" if month <= 16 else ""
    if form == "numeric":
        return str(month)
    if form == "numeric-leading-zeros":
        return f"{month:02d}"
    return locale.term(f"month-{month:02d}", form) or ""


def _day(point: YearMonthDay, form: str, locale: Locale) -> str:
    day = point[2]
    if not day:
        return ""
    if form == "numeric-leading-zeros":
        return f"{day:02d}"
    if form == "ordinal" and (day == 1 or locale.options.get("limit-day-ordinals-to-day-1") != "true"):
        return ordinal(day, locale, locale.gender(f"month-{point[1]:02d}"))
    return str(day)


def sort_key(date: Date, wanted: set[str]) -> str:
    """Return a text by which dates sort; years before Christ come first, unknown parts before known ones.

    Seasons and words do not sort.
    """
    if date.literal:
        return ""
    points = [date.start, date.end or (0, 0, 0)]
    texts = []
    for year, month, day in points:
        parts = (month if "month" in wanted and month <= 12 else 0, day if "day" in wanted else 0)
        texts.append(f"{year + 100000:06d}{parts[0]:02d}{parts[1]:02d}")
    return "".join(texts)
