"""Symbols of units: how one is spelled in print, whether two are the same, and whether a text is one at all.

Sources: SI Brochure, 9th edition: 3 (µ), table 8 (L for litre), 5.2 and 5.4 (raised exponents, spaces, ×).
"""

from __future__ import annotations

import re
from functools import lru_cache

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUPERSCRIPT = "⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
_LETTER = r"[^\W\d_]"


def raised(exponent: str) -> str:
    """Return an exponent as superscript digits."""
    return exponent.replace("−", "-").lstrip("+").translate(_RAISED)


def _power(found: re.Match[str]) -> str:
    return "×10" + (found[2] or raised(found[1]))


_SPELLING = (
    (re.compile("[μμ]"), "µ"),
    (re.compile(rf"(?<!{_LETTER})u(?=(?:g|mol|L|l|m|s|kat|IU|U|V|M|Eq|eq|Ci|Sv|Gy)(?!{_LETTER}))"), "µ"),
    (re.compile(rf"(?<!{_LETTER})([dcmnpfkµ]?)l(?!{_LETTER}| ?oz)"), r"\1L"),
    (re.compile(rf"^(?:[x×*·] ?)?10(?:(?:\^|\*\*?)([-−]?\d+)|({_SUPERSCRIPT})) ?"), _power),
    (re.compile(r"\^([-−]?\d+)"), lambda m: raised(m[1])),
    (re.compile(rf"(?<!{_LETTER})([cdkmµ]?m)([23])(?![\d.])"), lambda m: m[1] + raised(m[2])),
    (re.compile(r"\b(min|s|h|d|L|dL|mL|kg|g|mg|mol|m)([-−][123])(?!\d)"), lambda m: m[1] + raised(m[2])),
    (re.compile(r"(?<=\d)(?=h\b|m[²³])"), " "),
    (re.compile(r"\b([cm]m) ?H2O\b"), r"\1H₂O"),
    (re.compile(r"\bmm Hg\b"), "mmHg"),
    (re.compile(r"(?:\bdeg|°) ?(?=[CF]\b)"), "°"),
)
"""What may change in print: other ways to type the same symbol. Another symbol of the unit (mcg, cc, K/µL) stays."""


@lru_cache(4096)
def spelled(unit: str) -> str:
    """Return the same symbol as it is set in print: ``ug/l`` -> ``µg/L``, ``x10^9/L`` -> ``×10⁹/L``."""
    text = " ".join(unit.split())
    for pattern, sign in _SPELLING:
        text = pattern.sub(sign, text)
    return text


@lru_cache(4096)
def _folded(unit: str) -> str:
    folded = re.sub("mc(?=g|L)", "µ", re.sub("^per ", "/", spelled(unit)).replace(" ", ""))
    return re.sub("[HL]PF", lambda m: m[0].lower(), folded)


def same(one: str, other: str) -> bool:
    """Return whether two units are the same symbol but for its spelling. Letter case counts: mm is not Mm."""
    return _folded(one) == _folded(other)


@lru_cache(4096)
def split(unit: str) -> tuple[int, str]:
    """Return the power of ten before a unit, and the rest: ``×10^9/L`` -> ``(9, "/L")``."""
    found = re.match(rf"×10({_SUPERSCRIPT})", text := spelled(unit))
    return (int(found[1].translate(_LOWERED)), text[found.end() :].strip()) if found else (0, text)


def is_scaled(unit: str) -> bool:
    """Return whether a unit counts in thousands, millions or the like: ``×10⁹/L``, ``K/µL``, ``G/L``, ``Lakh/cumm``."""
    return bool(split(unit)[0] or re.match(r"[KkMGT]/|(?i:10e\d|lakh|thou|mill|bill)", unit.strip()))


_PREFIXES = "Y Z E P T G M k h da d c m u n p f a z y".split()
_METRIC = "m g L l s mol eq osm Pa bar Hz J W V K Cel U kat [IU] [iU] Gy Bq Ci Sv cal t m[Hg] m[H2O] [arb'U]".split()
_PLAIN = "min h d wk mo a % [degF] [pH] [ppth] [in_i] [lb_av] [oz_av] [HPF] [LPF] 10* 10^ deg [drp]".split()
_ATOMS = frozenset((*_PLAIN, *_METRIC, *(prefix + unit for prefix in _PREFIXES for unit in _METRIC)))


def is_ucum(code: str) -> bool:
    """Return whether a text is a UCUM code of the units that medicine uses (UCUM 2.1, case-sensitive)."""
    bare = re.sub(r"\{[^{}\s]*\}", "", code).replace("(", "").replace(")", "")
    terms = [term for term in re.split(r"[./]", bare) if term]
    if not code or " " in code or (not terms and not re.fullmatch(r"(?:\{[^{}\s]+\})+", code)):
        return False
    return all(_is_term(term) for term in terms)


def _is_term(term: str) -> bool:
    if term.isdigit() or re.fullmatch(r"10[*^]-?\d+", term):
        return True
    return term in _ATOMS or re.sub(r"[-+]?\d+$", "", term) in _ATOMS


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
"""How units are printed, and what UCUM writes for it: good enough to distinguish a unit from a slip."""
_UNLISTED = frozenset(("lb", "inches", "D", "°", "Wood units", "BU/mL", "GPL", "MPL", "S/CO"))


@lru_cache(4096)
def is_printed(unit: str) -> bool:
    """Return whether a unit is a UCUM code or a usual printed form of one."""
    text = unit.strip()
    for pattern, code in _FOLDS:
        text = pattern.sub(code, text)
    if re.search(r"\b10\d+\b", text):
        return False  # 109/L: the exponent was lost
    return is_ucum(unit) or is_ucum(text) or text in _UNLISTED


_WORD = rf"{_LETTER}{{1,9}}[²³]?"
_FIRST = rf"(?:×10{_SUPERSCRIPT}|log(?:10|₁₀)? )?"
_QUOTIENT = re.compile(rf"{_FIRST}(?:{_WORD})?(?:(?:/|^per ){_WORD}|/24 h|/1 h|/1[.,]73 m²)+(?: {_LETTER}{{1,12}})?")
_BEHIND = frozenset("mmHg cmH₂O °C °F ‰ bpm rpm IU kIU mIU µIU INR mM µM nM pM mEq sec points".split())


def follows(text: str) -> bool:
    """Return whether what comes after a number is its unit, not words: ``g/L``, ``/hpf``, ``mmHg``, ``ng/mL FEU``."""
    unit = spelled(text)
    if not unit or unit[0].isdigit() or re.match(r"/\s*\d", unit):
        return False
    return unit in _BEHIND or is_printed(unit) or bool(_QUOTIENT.fullmatch(unit))
