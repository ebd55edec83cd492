"""Units: any usual spelling -> UCUM code, and how it is printed for readers."""

from __future__ import annotations

from functools import cache

from casewriter.builtin import data
from casewriter.model.symbol import is_printed, spelled


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Return (spelling -> UCUM, UCUM -> print) from data/units.yaml."""
    spellings, prints = {}, {}
    for unit in data("units.yaml")["units"]:
        prints[unit["ucum"]] = unit["print"]
        for spelling in (unit["ucum"], *unit["also"]):
            spellings[spelling] = unit["ucum"]
    return spellings, prints


def ucum(unit: str) -> str | None:
    """Return the UCUM code (case-sensitive form) of a unit as written, or None where it is unknown."""
    known = _table()[0]
    return known.get(" ".join(unit.split())) or known.get(spelled(unit))


def printed(unit: str) -> str:
    """Return a unit for readers: a UCUM code as it is read, any other as the author typed it but for its spelling.

    ``10*9/L`` -> ``×10⁹/L``, ``umol/l`` -> ``µmol/L``; ``kU/L``, ``mcg/dL`` and ``K/µL`` stay.
    """
    prints, typed = _table()[1], " ".join(unit.split())
    if typed in prints:
        return prints[typed]
    return "%" if typed == "percent" else spelled(unit)


def stands_close(unit: str) -> bool:
    """Return whether a printed unit follows its number without a space, as the percent sign does."""
    return unit in ("%", "‰") or unit.startswith("/")


def is_known(unit: str) -> bool:
    """Return whether a unit is in the table, a UCUM code, or a usual printed form of one."""
    return ucum(unit) is not None or is_printed(unit)


def spellings() -> tuple[str, ...]:
    """Return every spelling of a unit that is understood."""
    return tuple(_table()[0])
