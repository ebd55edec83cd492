"""How a template divides its page: paper, margins, lines, figures. Exporters set by it, lint judges pictures by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casewriter.problem import did_you_mean

PAPERS = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "letter": (215.9, 279.4)}
"""Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
PANEL_GAP = 2.0
"""Room between panels that stand side by side, in hundredths of the width."""
_NARROWEST = 30.0
"""Millimetres of text below which no page can be set."""
_TOO_LONG = 5
"""Three panels whose widths add up to more than this many heights stand below each other."""


class Unfit(ValueError):
    """A setting that is not what its `key` asks for; the message says what is meant."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(f"{key}: {message}")


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page of a template.

    Lengths are in millimetres, `line_height` in points from line to line of body text. `margins` go from the top
    clockwise. `letters` are those on a line of body text, `table_letters` on a line of a table as wide as the text.
    """

    paper: str
    margins: tuple[float, float, float, float]
    line_height: float
    line_numbers: bool
    tallest_figure: float
    panels_in_a_row: int
    letters: int
    table_letters: int

    @property
    def text_width(self) -> float:
        """Width of the text in millimetres."""
        return PAPERS[self.paper][0] - self.margins[1] - self.margins[3]

    def css(self) -> str:
        """Return the rule for the printed page."""
        sides = " ".join(f"{side:g}mm" for side in self.margins)
        return f"@page {{ size: {self.paper}; margin: {sides}; }}"

    def rows(self, ratios: Sequence[float]) -> list[list[float]]:
        """Return the panels of a figure in rows, each by its width over its height: four stand two by two."""
        count = len(ratios)
        width = 2 if count == 4 else min(count, self.panels_in_a_row)
        if count == 3 and sum(ratios) > _TOO_LONG:
            width = 1
        return [list(ratios[start : start + width]) for start in range(0, count, width or 1)]

    def shares(self, ratios: Sequence[float]) -> list[tuple[float, bool]]:
        """Return for each panel of a figure its share of the width in hundredths, and whether one comes before it.

        The panels of a row have one height, and no row is taller than a figure may be.
        """
        found = []
        for row in self.rows(ratios):
            scale = min(1.0, self.tallest_figure * sum(row) / self.text_width)
            room = (100.0 - PANEL_GAP * (len(row) - 1)) * scale
            found += [(room * ratio / sum(row), place > 0) for place, ratio in enumerate(row)]
        return found


def geometry(said: Callable[[str], str]) -> Geometry:
    """Return the geometry that the settings of a template say. Raises Unfit."""
    made = Geometry(
        paper=_paper(said("paper")),
        margins=_margins(said("margins")),
        line_height=_number("line_height", said("line_height"), "points, such as 14.8"),
        line_numbers=_truth("line_numbers", said("line_numbers")),
        tallest_figure=_number("tallest_figure", said("tallest_figure"), "millimetres, such as 165"),
        panels_in_a_row=_whole("panels_in_a_row", said("panels_in_a_row")),
        letters=_whole("letters", said("letters")),
        table_letters=_whole("table_letters", said("table_letters")),
    )
    if made.text_width < _NARROWEST:
        raise Unfit(
            "margins", f"“{said('margins')}” leaves {made.text_width:g} mm for the text; leave {_NARROWEST:g} or more"
        )
    return made


def _paper(text: str) -> str:
    known = {name.lower(): name for name in PAPERS}
    if text.lower() not in known:
        raise Unfit("paper", f"“{text}” is unknown; {did_you_mean(text, PAPERS) or 'known: ' + ', '.join(PAPERS)}")
    return known[text.lower()]


def _margins(text: str) -> tuple[float, float, float, float]:
    """Return one to four lengths as CSS reads them: top, right, bottom, left."""
    lengths = [_length(part) for part in text.split()]
    match lengths:
        case [all_round]:
            return all_round, all_round, all_round, all_round
        case [ends, sides]:
            return ends, sides, ends, sides
        case [top, sides, bottom]:
            return top, sides, bottom, sides
        case [top, right, bottom, left]:
            return top, right, bottom, left
        case _:
            raise Unfit("margins", f"“{text}” must be one to four lengths, such as 24mm 34mm 26mm")


def _length(text: str) -> float:
    number, unit = text[:-2], text[-2:].lower()
    if text == "0":
        return 0.0
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]+)?", number) or unit not in _MM:
        raise Unfit("margins", f"“{text}” is not a length; write it as 24mm, 2.4cm, 1in or 72pt")
    return float(number) * _MM[unit]


def _number(key: str, text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise Unfit(key, f"“{text}” is not a number; it is in {what}") from None
    if not 0 < value < 10_000:
        raise Unfit(key, f"“{text}” must be above 0")
    return value


def _whole(key: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10_000):
        raise Unfit(key, f"“{text}” is not a whole number above 0")
    return int(text)


def _truth(key: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise Unfit(key, f"“{text}” must be true or false")
    return text.lower() == "true"
