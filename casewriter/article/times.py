"""Times, durations and ages as readers see them."""

from __future__ import annotations

from casewriter.article.typography import NBSP, number
from casewriter.article.words import fill
from casewriter.model.time import Age, Duration, When

Words = dict[str, str]


def duration(value: Duration, words: Words, language: str = "en") -> str:
    """Return ``10 years``, ``1 year 6 months``, ``2–3 weeks``, ``about 2 weeks``, ``>1 year``, ``ongoing``."""
    if value.ongoing:
        return words["ongoing"]
    text = " ".join(_part(n, unit, words, language) for n, unit in value.parts)
    if value.prefix == "~":
        return fill(words, "about", text)
    return value.prefix + text


def _part(amount: str, unit: str, words: Words, language: str) -> str:
    one, many = words[unit].split("|")
    printed = "–".join(number(end, language) for end in amount.split("-"))
    return f"{printed}{NBSP}{one if amount == '1' else many}"


def when(
    value: When, words: Words, labels: dict[str, str] | None = None, first_day: int = 0, language: str = "en"
) -> str:
    """Return a point of time as printed in tables; `labels` names the records that times refer to."""
    if value.label is not None:
        return value.label
    match value.kind:
        case "offset":
            return _offset(value, words, first_day, language)
        case "counted":
            return fill(words, value.unit, str(value.count).replace("-", "−")).replace(" ", NBSP)
        case "age" if value.amount is not None:
            return fill(words, "at_age", duration(value.amount, words, language))
        case "year":
            return str(value.count)
        case "relative":
            return _relative(value, words, labels or {}, language)
    return value.written


def _offset(value: When, words: Words, first_day: int, language: str) -> str:
    if value.amount is None or not value.amount.parts:
        return fill(words, "day", str(first_day)).replace(" ", NBSP)
    text = duration(value.amount, words, language)
    return f"−{text}" if value.negative else text


def _relative(value: When, words: Words, labels: dict[str, str], language: str) -> str:
    anchor = labels.get(value.anchor, value.anchor.replace("-", " ").replace("_", " "))
    side = "before" if value.before else "after"
    if value.amount is None:
        return fill(words, f"{side}_only", anchor)
    return fill(words, f"{side}_record", duration(value.amount, words, language), anchor)


def age(value: Age, words: Words) -> str:
    """Return ``37 years``, ``8 months``, ``30s``, ``90+``."""
    if value.decade is not None:
        return f"{value.decade}s"
    if value.over is not None:
        return f"{value.over}+{NBSP}{words['y'].split('|')[1]}"
    return duration(value.amount, words) if value.amount else value.written
