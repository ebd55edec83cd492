"""JRNL: the units of laboratory results, where the journal wants SI units, or both systems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casewriter.lint.consistency.laboratory import called, rows
from casewriter.lint.consistency.plausibility import analyte
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.model.laboratory import Result
from casewriter.problem import Level
from casewriter.profile import Profile
from casewriter.unit import printed, ucum

_SI = re.compile(r"mol/L$|^m?g/L$")
_SHOWN = 4
"""How many tests a message names."""


@rule("JRNL033", "laboratory-units", Level.WARNING)
def laboratory_units(case: Case, profile: Profile) -> Iterator[Found]:
    """Laboratory results are not in the units that the journal asks for.

    Some journals want SI units, some both SI and conventional units. Only tests whose two units are known
    (`data/analytes.yaml`) are looked at. Remedy: `also: {value: …, unit: …}` with a result; never convert the
    laboratory's own number away. Source: the journal's instructions, as recorded in the profile
    (`casewriter profile NAME`); check the journal's own page.
    """
    wanted = profile.units
    asked = {"both": "SI and conventional units", "si": "SI units", "conventional": "conventional units"}
    lacking = [(row, other) for _, row in rows(case) if wanted and (other := _lacks(row, wanted))]
    if lacking:
        names = list(dict.fromkeys(called(row) for row, _ in lacking))
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        said = f"{profile.name} asks for {asked[str(wanted)]}; one is missing of {', '.join(names[:_SHOWN])}{more}"
        row, other = lacking[0]
        hint = f"write also: {{value: …, unit: {printed(other)}}} with {called(row)}; of a series, in the text"
        yield Found(said, ("labs",), hint, on_key=True)


def _lacks(row: Result, wanted: str) -> str | None:
    """Return the unit in which a result should be given too, or None."""
    code, entry = ucum(row.unit or ""), analyte(row)
    if code is None or entry is None or row.also is not None or entry["factor"] == "1":
        return None
    units = {True: "", False: ""} | {bool(_SI.search(one)): one for one in _pair(entry)}
    if not all(units.values()) or code not in units.values():
        return None
    other = units[code != units[True]]
    is_si = code == units[True]
    return other if wanted == "both" or is_si != (wanted == "si") else None


def _pair(entry: dict[str, Any]) -> tuple[str, str]:
    return str(entry["unit"]), str(entry["other"])


RULES = (laboratory_units,)
