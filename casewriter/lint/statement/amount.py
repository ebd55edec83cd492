"""Amounts said in prose, and whether they are what the data say: rounding, units of the same kind, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from casewriter.lint.statement.late import Late
from casewriter.model import symbol
from casewriter.unit import ucum

FIGURE = r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
UNIT = (
    r"(?:(?:[×x] ?)?10(?:\^\d+\^?|[⁰¹²³⁴⁵⁶⁷⁸⁹]+) ?)?"
    r"(?:%|‰|°\s?[CF]|[a-zA-Zµμ]+(?:/[a-zA-Zµμ0-9³²]+)*(?:(?:/| per )1\.73 ?m[²2])?|/[a-zA-Zµμ]+[³3]?)"
)
"""A unit as it is typed after a number."""
_FAHRENHEIT, _CELSIUS = "[degF]", "Cel"
_PREFIX = {
    "": 1.0,
    "d": 0.1,
    "c": 0.01,
    "m": 1e-3,
    "u": 1e-6,
    "µ": 1e-6,
    "μ": 1e-6,
    "n": 1e-9,
    "p": 1e-12,
    "f": 1e-15,
    "k": 1e3,
}
_RATE = Late(r"([fpnuµμmcdk]?)(g|mol|U|\[IU\]|eq|kat|L|m|Pa)(?:/([uµμmd]?)L)?")
_COUNT = Late(r"(?:10\*(\d+))?(?:\{\w+\})?/([uµμmd]?)L|(?:10\*(\d+))?(?:\{\w+\})?/mm3")
_SAME = {"/min": "per min", "{beats}/min": "per min", "{breaths}/min": "per min", "mm[Hg]": "mmHg"}
_WORDS = {
    "beats per minute": "/min", "breaths per minute": "/min", "per minute": "/min", "beats/minute": "/min",
    "/minute": "/min", "breaths/minute": "/min", "beats/min": "/min", "breaths/min": "/min", "bpm": "/min",
    "per min": "/min", "kilograms": "kg", "kilogram": "kg", "degrees celsius": "Cel", "degrees c": "Cel",
    "degrees fahrenheit": "[degF]", "percent": "%", "mmhg": "mm[Hg]", "pounds": "[lb_av]", "lb": "[lb_av]",
    "lbs": "[lb_av]",
}  # fmt: skip


class Scale(Struct, frozen=True):
    """A unit as a factor of a kind of unit that can be compared."""

    kind: str
    factor: float


@cache
def scale(unit: str) -> Scale:
    """Return the scale of a unit as written: ``mg/dL`` and ``g/L`` are of one kind, ``mmol/L`` is of another."""
    text = re.sub(r"\^(\d+)\^", r"^\1", " ".join(unit.split()))
    text = text.replace(" per 1.73", "/1.73")
    code = _WORDS.get(text.lower()) or ucum(text) or symbol.spelled(text)
    text = text.replace(" per 1.73", "/1.73")
    code = _WORDS.get(code.lower(), code)
    if code in _SAME:
        return Scale(_SAME[code], 1.0)
    if code == "[lb_av]":
        return Scale("g", 453.592)
    plain = code.replace("{INR}", "").replace("{ratio}", "").replace("{score}", "")
    if found := _COUNT.fullmatch(plain.replace("×10⁹", "10*9").replace("×10³", "10*3").replace("×10⁶", "10*6")):
        power = int(found[1] or found[3] or 0)
        return Scale("/L", 10.0**power / (_PREFIX[found[2]] if found[2] is not None else 1e-6))
    if found := _RATE.fullmatch(plain):
        per = _PREFIX[found[3]] if found[3] is not None else 1.0
        return Scale(found[2] + ("/L" if "/" in plain else ""), _PREFIX[found[1]] / per)
    return Scale(plain, 1.0)


def converted(value: float, unit: str | None, to: str | None) -> float | None:
    """Return a value in another unit of the same kind; None where they cannot be compared."""
    one, other = scale(unit or ""), scale(to or "")
    if one.kind == other.kind:
        return value * one.factor / other.factor
    if (one.kind, other.kind) == (_FAHRENHEIT, _CELSIUS):
        return (value - 32) / 1.8
    if (one.kind, other.kind) == (_CELSIUS, _FAHRENHEIT):
        return value * 1.8 + 32
    return None


def figure(text: str) -> float:
    """Return the number that figures say: ``48,231`` -> 48231."""
    return float(re.sub(r"[, ](?=\d{3})", "", text))


def rounds(value: float, said: str, slack: float = 0.0) -> bool:
    """Return whether a value, rounded as the text is, is what the text says; `slack` is a part of the value more."""
    digits = re.sub(r"[, ](?=\d{3})", "", said)
    places = len(digits.partition(".")[2])
    zeros = 0 if places else len(digits) - len(digits.rstrip("0"))
    zeros = min(zeros, max(0, len(digits) - 2))  # 48000 may be 48231: two figures count
    allowed = 0.5 * 10.0 ** (zeros - places) + slack * abs(value) + 1e-9
    return abs(value - float(digits)) <= allowed


def agrees(values: Iterable[tuple[float, float]], said: str, bound: str = "", slack: float = 0.0) -> bool:
    """Return whether one of the values, each from low to high, is what the text says; `bound` is above or below."""
    number = figure(said)
    for low, high in values:
        if bound == "above" and high >= number * (1 - slack):
            return True
        if bound == "below" and low <= number * (1 + slack):
            return True
        if not bound and (rounds(low, said, slack) or rounds(high, said, slack) or low <= number <= high):
            return True
    return False
