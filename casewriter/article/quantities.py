"""Values with their units as readers see them."""

from __future__ import annotations

import re

from casewriter import unit as units
from casewriter.article.typography import NBSP, number
from casewriter.article.words import fill
from casewriter.model.quantity import Point, Quantity, Reference, Value, computed_flag

Words = dict[str, str]
_NUMBERS = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?![\w.]*\d)")


def value(found: Value, words: Words, language: str) -> str:
    """Return a value without its unit: ``9.2``, ``<0.5``, ``37–39``, ``1:640``, ``not done: reason``."""
    if found.not_done is not None:
        return fill(words, "not_done_because", found.not_done)
    if found.summary:
        parts = (f"{words[name]} {_span(text, language)}" for name, text in found.summary)
        return ", ".join(parts)
    if found.written.lower() == "pending":
        return words["pending"]
    if found.comparator == "-":
        return _span(found.written, language)
    if found.comparator:
        rest = found.written.lstrip("<>=≤≥~≈ ")
        return f"{found.comparator}{number(rest, language)}"
    return number(found.written, language)


def _span(text: str, language: str) -> str:
    ends = re.split(r"(?<=\d)\s*(?:-|–|to)\s*(?=[-−\d])", text.strip())
    return "–".join(number(end.strip(), language) for end in ends)


def with_unit(found: Value, unit: str | None, words: Words, language: str) -> str:
    """Return a value and its unit, held together; words and titres take no unit."""
    text = value(found, words, language)
    measured = found.low is not None or found.high is not None or found.summary
    if not unit or not measured:
        return text
    printed = units.printed(unit)
    if not printed:
        return text
    if printed.startswith("×"):
        return f"{text}{NBSP}×{NBSP}{printed[1:]}"
    return f"{text}{'' if units.stands_close(printed) else NBSP}{printed}"


def reference(found: Reference, language: str) -> str:
    """Return a reference interval: ``8.6–10.3``, ``<5``, ``negative``."""
    if found.low is None and found.high is None:
        return found.written
    if found.low is not None and found.high is not None:
        return _span(found.written, language)
    text = found.written.replace(" ", "").replace("<=", "≤").replace(">=", "≥")
    return _NUMBERS.sub(lambda m: number(m[0], language), text)


def flag(quantity: Quantity, point: Point) -> str:
    """Return low, high, abnormal, critical or nothing; the author's own flag wins over the computed one."""
    chosen = point.flag or quantity.flag
    if chosen is None and point.value is not None:
        chosen = computed_flag(point.value, quantity.reference)
    return chosen if chosen in ("low", "high", "abnormal", "critical") else ""


def measured(quantity: Quantity, words: Words, language: str) -> str:
    """Return all measurements of a quantity in order, each with its unit."""
    texts = [with_unit(p.value, quantity.unit, words, language) for p in quantity.points() if p.value]
    text = ", ".join(texts)
    beside = also(quantity, words, language)
    return f"{text} ({beside})" if beside else text


def also(quantity: Quantity, words: Words, language: str) -> str:
    """Return the same value in another unit; of one still to be filled in, the unit."""
    if quantity.also is None:
        return ""
    if quantity.also.value is None:
        return units.printed(quantity.also.unit) if quantity.also.unit else ""
    return with_unit(quantity.also.value, quantity.also.unit, words, language)
