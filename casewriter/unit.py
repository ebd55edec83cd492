"""Units: any usual spelling -> UCUM code, and how it is printed for readers."""

from __future__ import annotations

from functools import cache

from casewriter.resources import data_file
from casewriter.source import read


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Return (spelling -> UCUM, UCUM -> print) from data/units.yaml."""
    file = data_file("units.yaml")
    spellings, prints = {}, {}
    for unit in read(file.read_bytes(), file.name).data["units"]:
        prints[unit["ucum"]] = unit["print"] or ""
        for spelling in (unit["ucum"], *unit["also"]):
            spellings[spelling] = unit["ucum"]
    return spellings, prints


def ucum(unit: str) -> str | None:
    """Return the UCUM code (case-sensitive form) of a unit as written, or None where it is unknown."""
    return _table()[0].get(" ".join(unit.split()))


def printed(unit: str) -> str:
    """Return a unit for readers: ``umol/L`` -> ``µmol/L``; an unknown one as the author wrote it."""
    code = ucum(unit)
    return unit if code is None else _table()[1][code]


def stands_close(unit: str) -> bool:
    """Tell whether a printed unit stands without a space behind its number, as the percent sign does."""
    return unit == "%" or unit.startswith("/")
