"""Values with their units as readers see them: as they were typed, with the signs of print."""

from __future__ import annotations

import re
from functools import lru_cache

from casewriter import unit as units
from casewriter.article.typography import NBSP, number
from casewriter.article.words import fill
from casewriter.model import lexicon, symbol
from casewriter.model.quantity import Point, Quantity
from casewriter.model.reading import Reading
from casewriter.model.value import Reference, Value
from casewriter.model.verdict import typed_mark, typed_unit

Words = dict[str, str]
_BETWEEN = re.compile(r"(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹])(\s*[-−–—]\s*)(?=[-−–+]?\.?\d)")
_POWER = re.compile(r"(\d\s*[x×*·]\s*)?(?<![\d.])10(?:\^|\*\*)\s?([-−+]?\d+)|(\d)\s*[x×*·]\s*(?=10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])")
_MINUS = re.compile(r"(?<!\w)[-−–]\s?(?=\.?\d)")
_NUMBER = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?![\w.]*\d)")
_SIGN = re.compile(r"^(?:([<>])=|=([<>])|([<>≤≥~≈]))\s*")


def value(found: Value, words: Words, language: str) -> str:
    """Return a value without the unit of its test: ``9.2``, ``<0.5``, ``37–39``, ``1:640``, ``not done: reason``."""
    if found.not_done is not None:
        return fill(words, "not_done_because", found.not_done)
    if found.summary:
        parts = (f"{words[name]} {_numerals(text, language)}" for name, text in found.summary)
        return ", ".join(parts)
    if found.written.lower() == "pending":
        return words["pending"]
    return _typed(found.written, found.reading, language)


@lru_cache(8192)
def _typed(written: str, found: Reading, language: str) -> str:
    """Return what was typed with the signs of print; a word or titre stays as it is."""
    if found.titre or (found.low is None and found.high is None):
        return written
    parts = found.parts
    text = parts.before + _numerals(parts.number, language) + re.sub(r"^\s+", NBSP, parts.between)
    return _beside(text, parts.unit) + re.sub(r"^\s+", NBSP, parts.after)


def _numerals(text: str, language: str) -> str:
    """Return a number, comparison or range: ``≤2.5 × 10⁵``, ``12,000–15,000``."""
    first, *rest = _BETWEEN.split(text.strip())
    if not rest:
        return _numeral(first, language)
    dash, second = rest[0], "".join(rest[1:])
    negative = _MINUS.match(first) or _MINUS.match(second)
    dash = f"{NBSP}–{NBSP}" if negative and dash.strip() != dash else "–"
    return f"{_numeral(first, language)}{dash}{_numeral(second, language)}"


def _numeral(text: str, language: str) -> str:
    text = _SIGN.sub(lambda m: m[3] or ("≤" if "<" in m[0] else "≥"), text)
    text = _POWER.sub(_power, text)
    return _NUMBER.sub(lambda m: number(m[0], language), _MINUS.sub("−", text))


def _power(found: re.Match[str]) -> str:
    mantissa = found[1] or found[3]
    times = f"{mantissa[0]}{NBSP}×{NBSP}" if mantissa else ""
    return times + (f"10{symbol.raised(found[2])}" if found[2] else "")


def _beside(text: str, unit: str) -> str:
    """Return a text and its unit, held together."""
    printed = units.printed(unit)
    if printed.startswith("×"):
        return f"{text}{NBSP}×{NBSP}{printed[1:]}"
    return f"{text}{'' if not printed or units.stands_close(printed) else NBSP}{printed}"


def with_unit(found: Value, unit: str | None, words: Words, language: str) -> str:
    """Return a value and its unit, held together."""
    text = value(found, words, language)
    return _beside(text, unit) if unit and takes_unit(found, unit) else text


@lru_cache(8192)
def takes_unit(found: Value, unit: str) -> bool:
    """Return whether a value is printed with the unit of its test: not a word, nor one that brings its own."""
    text, ending = symbol.spelled(found.written), symbol.spelled(unit)
    before = text[: len(text) - len(ending)][-1:]
    part_of_word = before.isalnum() and not before.isdecimal()
    if (text.endswith(ending) and not part_of_word) or typed_unit(found, unit):
        return False
    return bool(found.summary or re.search(r"\d", found.written))


def reference(found: Reference, language: str) -> str:
    """Return a reference interval: ``8.6–10.3``, ``<5``, ``up to 12``, ``negative``."""
    return _typed(found.written, found.reading, language)


def flag(quantity: Quantity, point: Point) -> str:
    """Return low, high, abnormal, critical or nothing; the author's own flag wins over the computed one."""
    chosen = point.flag or quantity.flag or quantity.computed(point)
    return chosen if chosen in ("low", "high", "abnormal", "critical") else ""


def is_marked(quantity: Quantity, point: Point, said: str) -> bool:
    """Return whether the value as typed says a flag already, as ``12.5 (H)`` does; an asterisk does not say which."""
    mark = typed_mark(point.value, quantity.unit) if point.value else ""
    return bool(mark.strip("*! ")) and lexicon.meaning(mark) == said


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
