"""Units: any usual spelling -> UCUM code, and how it is printed for readers."""

from __future__ import annotations

import re
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


_PREFIXES = "Y Z E P T G M k h da d c m u n p f a z y".split()
_METRIC = "m g L l s mol eq osm Pa bar Hz J W V K Cel U kat [IU] [iU] Gy Bq Ci Sv cal t m[Hg] m[H2O] [arb'U]".split()
_PLAIN = "min h d wk mo a % [degF] [pH] [in_i] [lb_av] [oz_av] [HPF] [LPF] 10* 10^ deg [drp]".split()


@cache
def _atoms() -> frozenset[str]:
    return frozenset((*_PLAIN, *_METRIC, *(prefix + unit for prefix in _PREFIXES for unit in _METRIC)))


def is_ucum(code: str) -> bool:
    """Tell whether a text is a UCUM code of the units that medicine uses (UCUM 2.1, case-sensitive)."""
    bare = re.sub(r"\{[^{}\s]*\}", "", code).replace("(", "").replace(")", "")
    terms = [term for term in re.split(r"[./]", bare) if term]
    if not code or " " in code or (not terms and not re.fullmatch(r"(?:\{[^{}\s]+\})+", code)):
        return False
    return all(_is_term(term) for term in terms)


def _is_term(term: str) -> bool:
    if term.isdigit() or re.fullmatch(r"10[*^]-?\d+", term):
        return True
    unit = re.sub(r"[-+]?\d+$", "", term)
    return term in _atoms() or unit in _atoms()


_FOLDS = (
    (re.compile("[µμ]|mc(?=g\\b|L\\b)"), "u"),
    (re.compile("²|\\^2"), "2"),
    (re.compile("³|\\^3"), "3"),
    (re.compile(r"\b24 ?h\b"), "d"),
    (re.compile(r"\bday\b"), "d"),
    (re.compile(r"\bhr\b"), "h"),
    (re.compile(r"\bgm\b"), "g"),
    (re.compile(r"\bdl\b"), "dL"),
    (re.compile(r"\bml\b"), "mL"),
    (re.compile(r"\bmEq\b"), "meq"),
    (re.compile(r"\bmOsm\b"), "mosm"),
    (re.compile(r"\b(m|u|k)?IU\b"), r"\1[IU]"),
    (re.compile(r"\b(?:copies|CFU|cfu|cells|cell)\b"), "1"),
    (re.compile(r"\b[HL]PF\b"), "1"),
    (re.compile(r"^[x×] ?(?=10)"), ""),
    (re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+"), ""),
    (re.compile(r"% predicted"), "%"),
    (re.compile(r" (?:creatinine|H2O)$"), ""),
)
"""How units are printed, and what UCUM writes for it: good enough to tell a unit from a slip."""


def is_printed_unit(unit: str) -> bool:
    """Tell whether a unit is a UCUM code or a usual printed form of one."""
    text = unit.strip()
    for pattern, code in _FOLDS:
        text = pattern.sub(code, text)
    if re.search(r"\b10\d+\b", text):
        return False  # 109/L: the exponent was lost
    return (
        is_ucum(unit)
        or is_ucum(text)
        or text in ("lb", "inches", "D", "°", "Wood units", "BU/mL", "GPL", "MPL", "S/CO")
    )


def spellings() -> tuple[str, ...]:
    """Return every spelling of a unit that is understood."""
    return tuple(_table()[0])
