"""The conditions of cs:if and cs:else-if (CSL 1.0.2, "Choose")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casewriter.csl.item import Cite
from casewriter.csl.number import is_numeric
from casewriter.csl.text import plain

Holds = Callable[[Cite], bool]


def compile_condition(branch: Any) -> Holds:
    """Return the test of a branch: any, all or none of its conditions."""
    tests: list[Holds] = []
    for name, value in branch.attrib.items():
        make = _TESTS.get(name)
        if make is not None:
            tests += [make(one) for one in value.split()]
    match branch.get("match", "all"):
        case "any":
            return lambda cite: any(test(cite) for test in tests)
        case "none":
            return lambda cite: not any(test(cite) for test in tests)
        case _:
            return lambda cite: all(test(cite) for test in tests)


def _type(name: str) -> Holds:
    return lambda cite: cite.item.type == name


def _variable(name: str) -> Holds:
    match name:
        case "locator":
            return lambda cite: bool(cite.locator)
        case "citation-number":
            return lambda cite: bool(cite.number)
        case "year-suffix":
            return lambda cite: bool(cite.year_suffix)
        case "first-reference-note-number":
            return lambda cite: bool(cite.note)
        case _:
            return lambda cite: cite.item.has(name)


def _is_numeric(name: str) -> Holds:
    def test(cite: Cite) -> bool:
        text = cite.locator if name == "locator" else cite.item.texts.get(name, "")
        if name == "citation-number":
            return True
        return is_numeric(plain(text)) if text else False

    return test


def _uncertain(name: str) -> Holds:
    def test(cite: Cite) -> bool:
        date = cite.item.dates.get(name)
        return date is not None and date.circa

    return test


def _locator(name: str) -> Holds:
    return lambda cite: bool(cite.locator) and cite.label == name


_IMPLIED = {"subsequent": ("subsequent", "ibid", "ibid-with-locator"), "ibid": ("ibid", "ibid-with-locator")}


def _position(name: str) -> Holds:
    if name == "near-note":
        return lambda cite: cite.near_note
    fitting = _IMPLIED.get(name, (name,))
    return lambda cite: cite.position in fitting


def _disambiguate(value: str) -> Holds:
    return lambda cite: cite.disambiguate == (value == "true")


_TESTS: dict[str, Callable[[str], Holds]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
