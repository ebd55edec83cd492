"""Times, durations and ages as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.typography import NBSP, number
from casewriter.article.words import fill
from casewriter.model.duration import Age, Duration
from casewriter.model.time import When

Words = dict[str, str]
Grammar = Literal["length", "day", "short"]


def _spelled(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


class Speech(Struct, frozen=True):
    """How the times of one case are said.

    `name` gives the name of the record that a time refers to by its id, `own` what is printed for the author's own
    words. `from_birth` is true where the index is the patient's birth, so that an age is a time like others.
    `grammar` says how points of time are printed: as lengths (``1 day``, in prose), with days counted (``day 1``), or
    short (``1 d``).
    """

    words: Words
    language: str = "en"
    first_day: int = 0
    from_birth: bool = False
    name: Callable[[str], str] = _spelled
    own: Callable[[str], str] = str
    grammar: Grammar = "length"


def short(speech: Speech) -> Speech:
    """Return a speech that says units of time in their short forms: ``3 wk``."""
    units = ("y", "mo", "wk", "d", "h", "min")
    forms = {unit: "|".join([speech.words[f"short_{unit}"]] * 2) for unit in units}
    return replace(speech, words=speech.words | forms)


def duration(value: Duration, speech: Speech) -> str:
    """Return ``1 year 6 months``, ``2–3 weeks``, ``about 2 weeks``, ``>1 year``, ``ongoing``, or the author's words."""
    if value.words:
        return speech.own(value.words)
    if value.ongoing:
        return speech.words["ongoing"]
    text = _amount(value, speech)
    return fill(speech.words, "about", text) if value.prefix == "~" else value.prefix + text


def _amount(value: Duration, speech: Speech, *, short: bool = False) -> str:
    return " ".join(_part(n, unit, speech, short=short) for n, unit in value.parts)


def _part(amount: str, unit: str, speech: Speech, *, short: bool) -> str:
    one, many = (speech.words[f"short_{unit}"],) * 2 if short else speech.words[unit].split("|")
    printed = "–".join(number(end, speech.language) for end in amount.split("-"))
    return f"{printed}{NBSP}{one if amount == '1' else many}"


def when(value: When, speech: Speech) -> str:
    """Return a point of time as printed in tables."""
    if value.label is not None:
        return speech.own(value.label)
    match value.kind:
        case "offset" if value.amount is not None:
            return _offset(value.amount, speech, negative=value.negative)
        case "counted":
            return _counted(value, speech)
        case "age" if value.amount is not None:
            if speech.from_birth:
                return _offset(value.amount, speech)
            return fill(speech.words, "at_age", duration(value.amount, speech))
        case "year":
            return str(value.count)
        case "relative":
            return _relative(value, speech)
    return value.written


def _counted(value: When, speech: Speech) -> str:
    count = str(value.count).replace("-", "−")
    if speech.grammar == "short" and value.unit == "day" and not speech.first_day:
        return f"{count}{NBSP}{speech.words['short_d']}"
    return fill(speech.words, value.unit, count).replace(" ", NBSP)


def _offset(amount: Duration, speech: Speech, *, negative: bool = False) -> str:
    if not amount.parts:
        return _index(speech)
    if day := _day(amount, speech, negative=negative):
        text = fill(speech.words, "day", day).replace(" ", NBSP)
        return fill(speech.words, "about", text) if amount.prefix == "~" else text
    text = _amount(amount, speech, short=speech.grammar == "short")
    if negative and (amount.prefix in ("<", ">", "≤", "≥") or _is_uncounted(amount, speech)):
        return fill(speech.words, "before_index", amount.prefix + text)
    text = f"−{text}" if negative else text
    return fill(speech.words, "about", text) if amount.prefix == "~" else amount.prefix + text


def _index(speech: Speech) -> str:
    if speech.grammar == "short" and not speech.first_day:
        return f"0{NBSP}{speech.words['short_d']}"
    return fill(speech.words, "day", str(speech.first_day)).replace(" ", NBSP)


def _day(amount: Duration, speech: Speech, *, negative: bool = False) -> str:
    """Return the day that a time from the index is counted as, such as ``1``, ``−7`` or ``36–38``; else nothing.

    Where the index is day 1, what was before it has no number that readers agree on.
    """
    counted = speech.grammar == "day" or (speech.grammar == "short" and speech.first_day)
    if not counted or len(amount.parts) != 1 or amount.prefix not in ("", "~") or (negative and speech.first_day):
        return ""
    number, unit = amount.parts[0]
    ends = number.split("-")
    if unit != "d" or not all(end.isdecimal() for end in ends):
        return ""
    text = "–".join(str(int(end) + speech.first_day) for end in ends)
    return f"−{text}" if negative and len(ends) == 1 else "" if negative else text


def _is_uncounted(amount: Duration, speech: Speech) -> bool:
    """Return whether a number of days before the index has no count: the index is day 1."""
    return speech.grammar != "length" and bool(speech.first_day) and amount.parts[0][1] == "d"


def _relative(value: When, speech: Speech) -> str:
    anchor = speech.name(value.anchor)
    if value.amount is None:
        return fill(speech.words, f"{value.relation}_only", anchor)
    return fill(speech.words, f"{value.relation}_record", duration(value.amount, speech), anchor)


def period(record: Any, speech: Speech) -> str:
    """Return when a record was: its time, its time and end, or its time and duration; nothing where none is given."""
    first = getattr(record, "at", None) or getattr(record, "since", None)
    last = getattr(record, "until", None)
    start, end = (when(w, speech) if w is not None else "" for w in (first, last))
    if first is not None and last is not None:
        return _span(first, last, start, end, speech)
    if last is not None:
        end = fill(speech.words, "from_until", "", end).strip()
    length: Duration | None = getattr(record, "duration", None)
    text = duration(length, speech) if length is not None else ""
    if length is not None and length.known:
        text = speech.words["for_duration"].format(text)
    return ", ".join(part for part in (start or end, text) if part)


def _span(first: When, last: When, start: str, end: str, speech: Speech) -> str:
    """Return ``10–11 years`` for two times of one unit, ``0–7 days`` or ``day 0–7``, else ``−3 days to day 0``."""
    days = [_counted_day(point, speech) for point in (first, last)]
    if all(day.isdecimal() for day in days):
        return fill(speech.words, "day", "–".join(days)).replace(" ", NBSP)
    begin, close = start.split(NBSP), end.split(NBSP)
    same_unit = len(begin) == 2 and len(close) == 2 and begin[1].rstrip("s") == close[1].rstrip("s")
    if same_unit and begin[0].isdigit() and close[0].isdigit():
        return f"{begin[0]}–{end}"
    if _is_index(first) and len(close) == 2 and close[0].isdigit():
        unit = last.amount.parts[0] if last.amount and last.kind == "offset" else ("", "")
        if not speech.first_day:
            return f"0–{end}"
        if unit[1] == "d":  # day 1 to day 8: counted as the index is
            end = fill(speech.words, "day", str(int(unit[0]) + speech.first_day)).replace(" ", NBSP)
    open_end = last.kind == "relative" and last.amount is None and last.label is None
    return fill(speech.words, "from_until" if open_end else "from_to", start, end)


def _counted_day(value: When, speech: Speech) -> str:
    """Return the number of a time that is printed as a day, else nothing."""
    if value.label is not None or speech.grammar == "length" or (speech.grammar == "short" and not speech.first_day):
        return ""
    if value.kind == "counted" and value.unit == "day":
        return str(value.count)
    if value.kind != "offset" or value.amount is None or value.amount.prefix:
        return ""
    return _day(value.amount, speech, negative=value.negative) if value.amount.parts else str(speech.first_day)


def _is_index(value: When) -> bool:
    return value.kind == "offset" and value.label is None and value.amount is not None and not value.amount.parts


def age(value: Age, words: Words) -> str:
    """Return ``37 years``, ``8 months``, ``30s``, ``90+``."""
    if value.decade is not None:
        return f"{value.decade}s"
    if value.over is not None:
        return f"{value.over}+{NBSP}{words['y'].split('|')[1]}"
    return duration(value.amount, Speech(words)) if value.amount else value.written
