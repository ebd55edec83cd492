"""Microtypography: quotes, dashes, minus signs, powers of ten, spaces that do not break. Words are never changed.

A hyphen between blanks and before a number stays: `a base excess of - 4` is no dash, and no range unless a number
stands before it. docs/typography.md lists every change.

Sources: SI Brochure, 9th ed., 5.4 (space between number and unit); Unicode CLDR (quotation marks by language).
"""

from __future__ import annotations

import re
from functools import lru_cache

from casewriter.article.nodes import Inline, Link, Run, Styled, Text
from casewriter.article.quotation import NARROW, with_quotation_marks
from casewriter.article.walk import sourced

NBSP = "\u00a0"

_UNITS = (
    r"%|°C|°F|kg|g|mg|µg|ug|mcg|ng|pg|L|dL|mL|µL|l|ml|dl|m|cm|mm|µm|nm|mol|mmol|µmol|nmol|pmol|mEq|IU|U|kPa|Pa|mmHg|"
    r"Hz|kHz|Gy|mGy|mSv|kV|mA|V|mV|ms|s|min|h|d|wk|mo|y|days?|weeks?|months?|years?|hours?|minutes?|seconds?|"
    r"Jahre?n?|Monate?n?|Wochen?|Tage?n?|Stunden?|ans?|mois|semaines?|jours?|heures?|años?|meses|semanas?|días?|horas?"
)
_NUMBER_UNIT = re.compile(rf"(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=(?:{_UNITS})(?![^\W\d_]))")
_SIGN_NUMBER = re.compile(r"(?<![^\s(\[])([<>≤≥≈~=±×]) (?=[\d.])")
_TIMES = re.compile(r"(?<=\d) ?× ?(?=\d)")
_INITIAL = re.compile(r"(?<![\w/])([A-Z]\.) (?=(?:[A-Z]\. )*[A-Z][^\W\d_])")
_PLUS_MINUS = re.compile(r"(?<=\d) ?± ?(?=\d)")
_WORD = re.compile(r"\w")
_RANGE = re.compile(r"(?<![\w.\-–/])(\d+(?:[.,]\d+)?)-(\d+(?:[.,]\d+)?)(?![\w\-–/]|\.\d)")
_SPACED_RANGE = re.compile(r"(?<![\w.,\-–/])(?<!- )(\d+(?:[.,]\d+)?) --? (\d+(?:[.,]\d+)?)(?![\w\-–/]|[.,]\d| -)")
_DASH = re.compile(r"(?<=[^\s(\[{] )--?(?= [^\s\d.,;:!?)\]}])")
_LONG_DASH = re.compile(r"(?<=[\w\s.,;:”’)])(?<!-)---(?!-)(?=[\w\s“‘(])")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_POWER = re.compile(r"(?<![\d.,A-WYZa-wyz])10\^([-−–+]?\d{1,2})(?![\d^]|[.,]\d)")
_RAISED = str.maketrans("-−–+0123456789", "⁻⁻⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_MINUS = re.compile(r"(?:(?<=[(\[{=<>≤≥≈~])|(?<=[(\[{=<>≤≥≈~,;:] )|^|(?<= ))-(?=\d)")
_BEFORE_MINUS = re.compile(r"(?:^|[\s([])(?:[^\W\d_]+-)?[^\W\d_][^\W\d_A-Z]{1,} $|(?:^|[=<>≤≥≈~(\[{]) ?$")
"""What stands before a negative number: an ordinary word, an equals sign or comparison, a bracket, nothing."""
_NUMBERED = re.compile(
    r"\b(?:tel|phone|fax|lot|batch|protocol|irb|no|nr|ref|grant|award|number|code|registration|approval)\b[.:]?"
    r"(?: ?(?:no|nr|number)\b[.:]?)? ?$",
    re.IGNORECASE,
)
"""Words behind which two numbers with a hyphen are an identifier, no range."""
_LABEL = re.compile(
    r"\b(Figures?|Tables?|Figs?\.|Tab\.|No\.|Nos\.|pp?\.|vs\.|Dr\.|[Dd]ay|[Gg]rade|[Ss]tage|[Tt]ype|§) (?=[\dA-Z])"
)


@lru_cache(maxsize=8192)
def polish(text: str, language: str, before: str = "") -> str:
    """Return a text with true quotes and dashes and spaces that hold; `before` is the character before it."""
    if text.isalnum():
        return text
    text = _ELLIPSIS.sub("…", text)
    text = _POWER.sub(lambda m: "10" + m[1].translate(_RAISED), text)
    text = _RANGE.sub(_en_dash, text)
    text = _SPACED_RANGE.sub(_en_dash_between_spaces, text)
    text = _LONG_DASH.sub("—", _DASH.sub("–", text)) if _WORD.search(text) else text
    text = _MINUS.sub(lambda m: "−" if _is_minus(m, before) else "-", text)
    text = _TIMES.sub(f"{NBSP}×{NBSP}", text)
    text = _PLUS_MINUS.sub(f"{NBSP}±{NBSP}", text)
    text = _NUMBER_UNIT.sub(NBSP, text)
    text = _SIGN_NUMBER.sub(rf"\1{NBSP}", text)
    text = _LABEL.sub(lambda m: f"{m[1]}{NBSP}", text)
    text = _INITIAL.sub(lambda m: f"{m[1]}{NBSP}", text)
    return with_quotation_marks(text, language, before) if ('"' in text or "'" in text) else text


def polish_run(run: Run, language: str, before: str = "") -> Run:
    """Return a run with its typography done; code and addresses are left alone."""
    nodes: list[Inline] = []
    for node in run:
        match node:
            case Text(text=text) if text:
                made = polish(text.replace("\n", " "), language, before)
                nodes.extend(sourced(isolated(made), node.origin, typed=node.typed))
                before = made[-1]
            case Text():
                pass
            case Styled(style=style, children=children) if style != "code":
                inner = polish_run(children, language, before)
                nodes.append(Styled(style, inner))
                before = _last(inner) or before
            case Link(href=href, children=children) if not _is_address(children):
                inner = polish_run(children, language, before)
                nodes.append(Link(href, inner))
                before = _last(inner) or before
            case _:
                nodes.append(node)
                before = "x"
    return tuple(nodes)


_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT = re.compile(rf"[{_RTL}](?:(?:[{_RTL}]|[\W\d_])*[{_RTL}])?")
_RIGHT_TO_LEFT_PART = re.compile(rf"[{_RTL}](?:(?:[{_RTL}]|(?![.,]\s)[\W\d_])*[{_RTL}])?")


def isolated(text: str, *, by_parts: bool = False) -> Run:
    """Return a text as a run in which words from right to left stand by themselves, so that numbers keep their place.

    Unicode Standard Annex 9, 2.4. With `by_parts`, as in an entry of the reference list, a stop or comma divides them.
    """
    if text.isascii():
        return (Text(text),)
    pattern = _RIGHT_TO_LEFT_PART if by_parts else _RIGHT_TO_LEFT
    nodes: list[Inline] = []
    end = 0
    for found in pattern.finditer(text):
        nodes += [Text(text[end : found.start()])] if found.start() > end else []
        nodes.append(Styled("isolated", (Text(found[0]),)))
        end = found.end()
    return (*nodes, Text(text[end:])) if end < len(text) or not nodes else tuple(nodes)


def _is_address(run: Run) -> bool:
    return len(run) == 1 and isinstance(run[0], Text) and " " not in run[0].text and "/" in run[0].text


def _last(run: Run) -> str:
    node = run[-1] if run else None
    return node.text[-1:] if isinstance(node, Text) else "x"


def _is_minus(found: re.Match[str], before: str) -> bool:
    """Return whether a hyphen before a number is a minus sign: not in `CA -125`, `86%-89%` or `45 -100`."""
    if not found.start():
        return not before.strip()
    return bool(_BEFORE_MINUS.search(found.string[max(0, found.start() - 40) : found.start()]))


def _en_dash(found: re.Match[str]) -> str:
    first, last = found[1], found[2]
    named = _NUMBERED.search(found.string[max(0, found.start() - 30) : found.start()])
    return f"{first}–{last}" if _ascends(first, last) and not named else found[0]


def _en_dash_between_spaces(found: re.Match[str]) -> str:
    return f"{found[1]} – {found[2]}" if _ascends(found[1], found[2]) else found[0]


def _ascends(first: str, last: str) -> bool:
    """Return whether two numbers are a range (37-39, 1638-46) and not a number with a hyphen (2020-1, 0171-2233)."""
    if any(len(end) > 1 and end[0] == "0" and end.isdigit() for end in (first, last)):
        return False
    low, high = float(first.replace(",", ".")), float(last.replace(",", "."))
    short = 2 <= len(last) < len(first) and (first + last).isdigit() and int(first[-len(last) :]) < int(last)
    return low < high or short


def number(text: str, language: str) -> str:
    """Return a number as the language prints it: minus sign, decimal mark, thousands from five digits on."""
    found = re.fullmatch(r"([-−]?)(\d+)(\.\d+)?", text)
    if not found:
        return text
    sign, whole, rest = "−" if found[1] else "", found[2], found[3] or ""
    english = language[:2] == "en"
    if len(whole) >= 5 and whole[0] != "0":
        whole = f"{int(whole):,}".replace(",", "," if english else NARROW)
    return sign + whole + (rest if english else rest.replace(".", ","))
