"""The kinds of problem of PRIV, from `data/privacy/types.yaml`: one for each type of identifier."""

from __future__ import annotations

from functools import cache
from typing import Any

from casewriter.builtin import data
from casewriter.problem import Kind, Level

_JOURNAL = "Checked at the level `journal` only: `--privacy journal`, or a profile that asks for it (bmj-case-reports)."
_PAGE = """{what}{journal}

Remedy: {cure}
The message never repeats what was found. A clean scan is no proof: no program recognises a name without a title, a rare
story or what a reader already knows. If the text is right as it is, say so on its line:
`# casewriter: ignore[{code}] reason`.
Source: 45 CFR 164.514(b)(2)(i)({letter}), Safe Harbor; ICMJE Recommendations, II.E.1."""


@cache
def _data() -> dict[str, Any]:
    return dict(data("privacy/types.yaml"))


@cache
def kinds() -> dict[str, Kind]:
    """Return the kind of problem of every type that has a code."""
    found = {}
    for entry in _data()["types"]:
        words = {key: entry[key] for key in ("what", "cure", "code", "letter")}
        page = _PAGE.format(**words, journal=f"\n{_JOURNAL}" if entry.get("journal") else "")
        found[entry["type"]] = Kind(entry["code"], entry["name"], Level(entry["level"]), page)
    return found


def cure_of(kind: Kind) -> str:
    """Return what lint advises for a kind of problem."""
    return next(str(entry["cure"]).rstrip(".") for entry in _data()["types"] if entry["code"] == kind.code)


def kind_of(type_: str) -> Kind:
    """Return the kind of problem of a type that a pattern finds."""
    return kinds()[str(_data()["found"].get(type_, {}).get("as", type_))]


def words_for(type_: str) -> str:
    """Return the name that lint gives a type of identifier: ``a calendar date``."""
    return str(_data()["found"][type_]["says"])
