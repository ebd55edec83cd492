"""The paper that a figure is drawn for: at printed size its smallest letters are of seven points."""

from __future__ import annotations

from msgspec import Struct

from casewriter.plot.lettering import SMALL

SMALLEST = 7.0
"""Points of the smallest letters at printed size: what journals ask of lettering in figures."""
UNIT = SMALLEST / SMALL * 25.4 / 72
"""Millimetres of a user unit on paper."""


class Sheet(Struct, frozen=True):
    """Width and greatest height of a figure in user units; on a `narrow` one everything stands in one column."""

    width: float = 600.0
    height: float = 700.0
    narrow: bool = False


PHONE = Sheet(270.0, float("inf"), narrow=True)
"""A screen of about 390 CSS pixels, on which the smallest letters are of eleven pixels."""


def printed(width: float, height: float) -> Sheet:
    """Return the sheet of a page whose text is so many millimetres wide, and a figure at most so high."""
    return Sheet(width / UNIT, height / UNIT)
