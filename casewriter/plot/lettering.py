"""Text in a figure: how wide it is in Source Sans 3, where it breaks, how numbers are printed."""

from __future__ import annotations

import math
import re
import unicodedata

SIZE = 9.0
"""The usual size of text, in user units."""
SMALL = 8.5
"""The size of tick labels and units."""

# Advance widths of Source Sans 3 Regular in thousandths of the size, each with the characters that have it.
_CLASSES = {
    120: "\u2009\u202f",
    200: " \u00a0",
    250: "|ijl,.:;·’′‘'",
    263: "ίιIΙΪ",
    311: "!f()[]{}-\u2011",
    350: "/\\°trtſ",
    370: "²³¹⁰⁴⁵⁶⁷⁸⁹",
    431: '*sζ?z“”"ξς',
    458: "xέεcτvy",
    486: "νYΥΫJ–χγL",
    500: "Fκλkeé#$+0123456789<=>^~±×−≤≥Γ_ag€",
    525: "ΰυXΧVΛθEΕδΞSο",
    549: "TΤΣZΖήη`oAhuüΑσnρ",
    568: "bdpqάαµμβPΡRC",
    588: "ßKΚπBΒΔ",
    619: "&DG→←",
    660: "UΠNΝHΗOQΘΟÄÖÜ",
    719: "ΩφψΨωwΦ",
    830: "MΜ∞W—%mæœ",
    950: "@…ÆŒ",
}
_WIDTHS = {character: width for width, characters in _CLASSES.items() for character in characters}
_BOLD = 1.07
_BEHIND_HYPHEN = re.compile("(?<=[-–/])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _advance(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1000
    plain = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(plain, 680)


def width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return about how wide a text is, in user units."""
    return sum(map(_advance, text)) / 1000 * size * (_BOLD if bold else 1)


def wrap(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break a text at its spaces into lines no wider than `room`; a word wider than that is cut."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined, size, bold=bold) <= room:
            lines[-1] = joined
            continue
        pieces = _cut(word, room, size, bold=bold)
        lines[len(lines) - (not lines[-1]) :] = pieces
    return lines


def balanced(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break a text into as few lines as the room allows, of about the same width."""
    rows = wrap(text, room, size, bold=bold)
    while len(rows) > 1 and room > 20:
        room -= 4
        tighter = wrap(text, room, size, bold=bold)
        if len(tighter) > len(rows):
            break
        rows = tighter
    return rows


def _cut(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """Cut one word into pieces that fit: behind its hyphens, else where the room ends."""
    pieces = [""]
    for part in _BEHIND_HYPHEN.split(word):
        if pieces[-1] and width(pieces[-1] + part, size, bold=bold) > room:
            pieces.append("")
        for character in part:
            if pieces[-1] and width(pieces[-1] + character, size, bold=bold) > room:
                pieces.append("")
            pieces[-1] += character
    return pieces


def number(value: float, decimals: int = 2, decimal: str = ".") -> str:
    """Print a number with a minus sign, thin spaces from five digits on and no idle zeros.

    From ten million on it is a product such as 2.5 × 10⁷.
    """
    if abs(value) >= 1e7:
        power = math.floor(math.log10(abs(value)))
        return f"{number(value / 10.0**power, 2, decimal)} × 10{str(power).translate(_RAISED)}"
    text = f"{abs(value):,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", "\u202f" if abs(value) >= 10_000 else "")
    sign = "−" if value < 0 and text != "0" else ""
    return sign + whole + (decimal + rest if rest else "")


def decimals(step: float) -> int:
    """Return how many decimals tell the multiples of a step apart."""
    places: int = max(0, -math.floor(math.log10(step)))
    scaled: float = round(step * 10.0**places, 9)
    return places + (scaled % 1 != 0)
