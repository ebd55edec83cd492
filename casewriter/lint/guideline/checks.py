"""The checks that a guideline's data can name: each yields what is wrong, with its place, from typed fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from casewriter.guideline import Check
from casewriter.lint.guideline import text_checks, time_checks
from casewriter.lint.guideline.fault import Fault, first, paths_of
from casewriter.lint.guideline.places import applies, child, elements, filled, meets, places, texts, values
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import CannotRun, did_you_mean


def faults(case: Case, check: Check) -> list[Fault]:
    """Return what a check finds wrong; nothing where its `when` does not hold."""
    if check.when and not applies(case, check.when):
        return []
    if check.rule not in CHECKS:
        hint = did_you_mean(check.rule, CHECKS) or "known: " + ", ".join(CHECKS)
        raise CannotRun(f"a guideline uses the unknown check “{check.rule}”; {hint}")
    return list(CHECKS[check.rule](case, check))


def _nonempty(case: Case, check: Check) -> Iterator[Fault]:
    if not any(filled(value) for path in paths_of(check) for value in values(case, path)):
        yield first(check), ""


def _all_nonempty(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each path that holds nothing; ``a|b`` is one path or the other."""
    for either in paths_of(check):
        path, *others = either.split("|")
        if not any(filled(value) for one in (path, *others) for value in values(case, one)):
            yield tuple(part.removesuffix("[]") for part in path.split(".")), path.rpartition(".")[2].replace("_", " ")


def _count_between(case: Case, check: Check) -> Iterator[Fault]:
    count = sum(
        1 if (check.path or "").endswith("[]") else len(elements(where, value))
        for where, value in places(case, check.path or "")
    )
    if not (check.minimum or 0) <= count <= (check.maximum if check.maximum is not None else count):
        yield first(check), str(count)


def _value_in(case: Case, check: Check) -> Iterator[Fault]:
    found = [value for value in values(case, check.path or "") if value is not None]
    words = [str(part).lower() for value in found for part in (value if isinstance(value, tuple) else (value,))]
    if not any(word in check.values for word in words):
        yield first(check), ", ".join(words)


def _explicit_or_none(case: Case, check: Check) -> Iterator[Fault]:
    found = list(places(case, check.path or ""))
    if not found:
        yield first(check), ""
    for where, value in found:
        if not filled(value):
            yield where, ""


def _assessed_none(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each “none” that does not say how it was established."""
    for path in paths_of(check):
        for where, value in places(case, path):
            if isinstance(value, Listing) and value.none and not (value.how_assessed or value.narrative):
                yield where, where[-1] if isinstance(where[-1], str) else ""


def _each_has(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each element without one of the keys; ``a|b`` is one key or the other."""
    for path in paths_of(check):
        for where, value in places(case, path):
            found = elements(where, value) if isinstance(value, Listing | tuple | dict) else [(where, value)]
            for place, item in found:
                lacking = [key for key in check.keys if item is not None and not has(item, key)]
                if lacking and meets(item, check.condition):
                    yield place, _either([in_words(key.split("|")[0]) for key in lacking])


_KEYS = {"at": "time", "clavien_dindo": "grade", "how_assessed": "method of assessment"}


def _either(words: list[str]) -> str:
    """Return words as “a, b or c”."""
    return " or ".join((", ".join(words[:-1]), words[-1])) if words[1:] else words[0]


def in_words(key: str) -> str:
    """Return a key as a reader says it."""
    return _KEYS.get(key, key.replace("_", " "))


def has(item: Any, keys: str) -> bool:
    """Return whether an element has a key; ``a|b`` is one key or the other."""
    return any(filled(child(item, key)) or child(item, key) is False for key in keys.split("|"))


def _each_matches(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each element that has one of the keys, and no text there matches the pattern."""
    for path in paths_of(check):
        for where, value in places(case, path):
            for place, item in elements(where, value):
                said = [text for key in check.keys for text in texts(child(item, key))]
                if said and meets(item, check.condition) and not any(re.search(check.pattern or "", t) for t in said):
                    yield place, said[0]


CHECKS: dict[str, Callable[[Case, Check], Iterator[Fault]]] = {
    "nonempty": _nonempty,
    "any_nonempty": _nonempty,
    "all_nonempty": _all_nonempty,
    "count_between": _count_between,
    "contains_any": text_checks.contains_any,
    "not_contains": text_checks.not_contains,
    "mentions": text_checks.mentions,
    "cites": text_checks.cites,
    "words_between": text_checks.words_between,
    "paragraphs_between": text_checks.paragraphs_between,
    "distinct": text_checks.distinct,
    "explicit_or_none": _explicit_or_none,
    "assessed_none": _assessed_none,
    "each_has": _each_has,
    "each_matches": _each_matches,
    "value_in": _value_in,
    "timeline": time_checks.timeline,
    "covers": time_checks.covers,
    "timed": time_checks.timed,
    "later_tests": time_checks.later_tests,
    "not_before": time_checks.not_before,
    "closing_lesson": text_checks.closing_lesson,
}
