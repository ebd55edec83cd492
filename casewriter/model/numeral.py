"""Numbers as people type them: ``12.5``, ``−3``, ``2.5e5``, ``2.5 × 10^5``, ``10⁵``, in the digits of any keyboard."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from itertools import pairwise

_SIGNS = {
    **dict.fromkeys("−﹣‐‑‒", "-"),
    **dict.fromkeys("⩽≦", "≤"),
    **dict.fromkeys("⩾≧", "≥"),
    **dict.fromkeys("⁄∕", "/"),
    "∶": ":",
    "≅": "≈",
    "∼": "~",
    "’": "'",
    "✕": "×",
    "⋅": "·",
}

_DIGITS = r"(?:\d+(?:\.\d+)?|\.\d+)"
_EXPONENT = r"(?:(?:\^|\*\*)\s?[-+]?\d{1,3}|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
_TIMES = r"\s*[x×*·]\s*"
NUMERAL = rf"(?:10{_EXPONENT}|{_DIGITS}(?:[eE][-+]?\d{{1,3}}(?!\d)|{_TIMES}10{_EXPONENT})?)"
"""Pattern of a number without its sign, in a text that went through `plain`."""

_PARTS = re.compile(
    rf"(?P<sign>[-+–]?)\s?(?:10(?P<bare>{_EXPONENT})"
    rf"|(?P<digits>{_DIGITS})(?:[eE](?P<e>[-+]?\d+)|{_TIMES}10(?P<times>{_EXPONENT}))?)"
)
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", "^* ")


def plain(text: str) -> str:
    """Return a text of the same length with spaces, digits and signs as an ASCII keyboard has them, where it has."""
    return "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if "！" <= character <= "～":  # full width
        return chr(ord(character) - 0xFEE0)
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _SIGNS.get(character, character)


def has_power(numeral: str) -> bool:
    """Return whether a number is written with a power of ten."""
    found = _PARTS.fullmatch(numeral)
    return bool(found and (found["bare"] or found["e"] or found["times"]))


def numbers(numerals: list[str], power: int = 0) -> list[float] | None:
    """Return the numbers times a power of ten. In ``1.5-4.5 × 10^5`` the typed power belongs to both.

    Return None where a number is not finite, and where it is not clear what a power belongs to.
    """
    found = [match for match in map(_PARTS.fullmatch, numerals) if match]
    if len(found) == 2 and not has_power(numerals[0]) and has_power(numerals[1]):
        if not found[1]["times"]:
            return None
        shared = int(found[1]["times"].translate(_LOWERED))
        values = [_float(found[0], power + shared), _float(found[1], power)]
    elif any(has_power(one) and not has_power(other) for one, other in pairwise(numerals)):
        return None
    else:
        values = [_float(match, power) for match in found]
    return values if all(map(math.isfinite, values)) else None


def _float(found: re.Match[str], power: int) -> float:
    exponent = found["bare"] or found["e"] or found["times"] or "0"
    sign = "-" if found["sign"] in ("-", "–") else ""
    return float(f"{sign}{found['digits'] or '1'}e{int(exponent.translate(_LOWERED)) + power}")
