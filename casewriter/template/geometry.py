"""How a template divides its page: paper, margins, lines, figures. Exporters set by it, lint judges pictures by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

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
_TALL = 0.75
"""Width over height of a picture below which its legend stands beside it."""
_BESIDE_HEIGHT = 0.75
"""Share of the height of a figure that such a picture takes."""
_LEGEND = 30.0
"""Millimetres of a page that are kept for the legend of a figure."""


class Unfit(ValueError):
    """A setting that is not what its `key` asks for; the message says what is meant."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(f"{key}: {message}")


class Geometry(Struct, frozen=True):
    """The page of a template.

    Lengths are in millimetres, `line_height` in points from line to line of body text. `margins` go from the top
    clockwise. `margin_column` stands left of the prose, `gutter` between them; figures and tables take both widths.
    `letters` are those on a line of body text, `table_letters` on a line of a table as wide as figures are.
    """

    paper: str
    margins: tuple[float, float, float, float]
    margin_column: float
    gutter: float
    line_height: float
    line_numbers: bool
    tallest_figure: float
    panels_in_a_row: int
    letters: int
    table_letters: int

    @property
    def text_width(self) -> float:
        """Width of figures, tables and the title in millimetres."""
        return PAPERS[self.paper][0] - self.margins[1] - self.margins[3]

    @property
    def text_height(self) -> float:
        """Height of the text in millimetres."""
        return PAPERS[self.paper][1] - self.margins[0] - self.margins[2]

    @property
    def indent(self) -> float:
        """How far the prose stands in from the left edge of figures and tables, in millimetres."""
        return self.margin_column + self.gutter if self.margin_column else 0.0

    @property
    def prose_width(self) -> float:
        """Width of paragraphs, lists and headings in millimetres."""
        return self.text_width - self.indent

    def css(self) -> str:
        """Return the rules for the printed page, and its two widths as variables for the style sheet."""
        sides = " ".join(f"{side:g}mm" for side in self.margins)
        page = f"@page {{ size: {self.paper}; margin: {sides}; }}"
        gutter = self.indent - self.margin_column
        inner = f"--margin-column: {self.margin_column:g}mm; --gutter: {gutter:g}mm; --indent: {self.indent:g}mm;"
        return f"{page}\n:root {{ {inner} --outdent: {-self.indent:g}mm; }}"

    def rows(self, ratios: Sequence[float]) -> list[list[float]]:
        """Return the panels of a figure in rows, each by its width over its height, about as many in each.

        Four stand two by two. One that would be left over joins the rows above it: seven are four and three.
        """
        count = len(ratios)
        rows = -(-count // self.panels_in_a_row)
        if rows > 2 and count % self.panels_in_a_row == 1:
            rows -= 1
        if count == 3 and sum(ratios) > _TOO_LONG:
            rows = 3
        sizes = [count // rows + (row < count % rows) for row in range(rows)] if rows else []
        starts = [sum(sizes[:row]) for row in range(rows)]
        return [list(ratios[start : start + size]) for start, size in zip(starts, sizes, strict=True)]

    def shares(self, ratios: Sequence[float], *, drawn: bool = False) -> list[tuple[float, bool]]:
        """Return for each panel of a figure its share of the width in hundredths, and whether one comes before it.

        The panels of a row have one height, and the rows together are no taller than a figure may be. One that is
        `drawn` may take the page, so that its lettering stays legible.
        """
        found = []
        rows = self.rows(ratios)
        tallest = self._tallest(ratios, drawn)
        heights = [min(tallest, self.text_width / sum(row)) for row in rows]
        smaller = min(1.0, tallest / sum(heights)) if heights else 1.0
        for row, height in zip(rows, heights, strict=True):
            scale = smaller * height * sum(row) / self.text_width
            room = (100.0 - PANEL_GAP * (len(row) - 1)) * scale
            found += [(room * ratio / sum(row), place > 0) for place, ratio in enumerate(row)]
        return found

    def beside(self, ratios: Sequence[float]) -> bool:
        """Return whether a figure is one picture so tall that its legend stands beside it."""
        return len(ratios) == 1 and ratios[0] < _TALL

    def _tallest(self, ratios: Sequence[float], drawn: bool) -> float:
        """Return the height in millimetres that the panels of a figure may take: a legend has room below them."""
        page = max(self.text_height - _LEGEND, _NARROWEST)
        if drawn:
            return page
        return min(self.tallest_figure * (_BESIDE_HEIGHT if self.beside(ratios) else 1.0), page)


def geometry(said: Callable[[str], str]) -> Geometry:
    """Return the geometry that the settings of a template say. Raises Unfit."""
    made = Geometry(
        paper=_paper(said("paper")),
        margins=_margins(said("margins")),
        margin_column=_length(said("margin_column"), "margin_column"),
        gutter=_length(said("gutter"), "gutter"),
        line_height=_number("line_height", said("line_height"), "points, such as 14.8"),
        line_numbers=_truth("line_numbers", said("line_numbers")),
        tallest_figure=_number("tallest_figure", said("tallest_figure"), "millimetres, such as 165"),
        panels_in_a_row=_whole("panels_in_a_row", said("panels_in_a_row")),
        letters=_whole("letters", said("letters")),
        table_letters=_whole("table_letters", said("table_letters")),
    )
    if made.text_width < _NARROWEST:
        raise Unfit("margins", _too_narrow(said("margins"), made.text_width))
    if made.prose_width < _NARROWEST:
        raise Unfit("margin_column", _too_narrow(said("margin_column"), made.prose_width))
    return made


def _too_narrow(typed: str, width: float) -> str:
    return f"“{typed}” leaves {width:g} mm for the text; leave {_NARROWEST:g} or more"


def _paper(text: str) -> str:
    known = {name.lower(): name for name in PAPERS}
    if text.lower() not in known:
        raise Unfit("paper", f"“{text}” is unknown; {did_you_mean(text, PAPERS) or 'known: ' + ', '.join(PAPERS)}")
    return known[text.lower()]


def _margins(text: str) -> tuple[float, float, float, float]:
    """Return one to four lengths as CSS reads them: top, right, bottom, left."""
    lengths = [_length(part, "margins") for part in text.split()]
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


def _length(text: str, key: str) -> float:
    number, unit = text[:-2], text[-2:].lower()
    if text == "0":
        return 0.0
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]+)?", number) or unit not in _MM:
        raise Unfit(key, f"“{text}” is not a length; write it as 24mm, 2.4cm, 1in or 72pt")
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
