"""The checks that a guideline's data can name: each tells whether something is there, from typed fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from casewriter.article.timeline import entries
from casewriter.guideline import Check
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology

_CITED = re.compile(r"\[@[^\]\s]+")


def values_at(case: Case, path: str) -> Iterator[Any]:
    """Yield what stands at a path such as ``treatment.interventions[].dose``; None where a step is missing."""
    found: list[Any] = [case]
    for step in path.split("."):
        name, each = step.removesuffix("[]"), step.endswith("[]")
        found = [_child(part, name) for part in found]
        if each:
            found = [item for part in found for item in _items(part)]
    yield from found


def _child(part: Any, name: str) -> Any:
    if isinstance(part, dict):
        return part.get(name)
    return getattr(part, name, None)


def _items(part: Any) -> tuple[Any, ...]:
    if isinstance(part, Listing):
        return part.items
    if isinstance(part, dict):
        return tuple(part.values())
    return tuple(part) if isinstance(part, tuple) else ()


def filled(value: Any) -> bool:
    """Tell whether a value says something: a text that is not blank, a list with items, a mapping with a filled key."""
    match value:
        case None | False:
            return False
        case str():
            return bool(value.strip())
        case Listing():
            return value.answered
        case tuple() | dict():
            parts = value.values() if isinstance(value, dict) else value
            return any(filled(part) for part in parts)
        case BaseModel():
            return any(filled(getattr(value, name)) for name in type(value).model_fields)
        case _:
            return True


def _nonempty(case: Case, check: Check) -> bool:
    return any(filled(v) for v in values_at(case, check.path or ""))


def _any_nonempty(case: Case, check: Check) -> bool:
    return any(filled(v) for path in check.paths for v in values_at(case, path))


def _all_nonempty(case: Case, check: Check) -> bool:
    return all(any(filled(v) for v in values_at(case, path)) for path in check.paths)


def _count_between(case: Case, check: Check) -> bool:
    values = list(values_at(case, check.path or ""))
    count = len(values) if (check.path or "").endswith("[]") else sum(len(_items(v)) for v in values)
    return (check.minimum or 0) <= count <= (check.maximum if check.maximum is not None else count)


def _texts(case: Case, path: str) -> list[str]:
    found: list[str] = []
    for value in values_at(case, path):
        found.extend(_all_texts(value))
    return found


def _all_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _all_texts(part)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _all_texts(getattr(value, name))


def _contains_any(case: Case, check: Check) -> bool:
    texts = " \n ".join(_texts(case, check.path or "")).lower()
    return any(re.search(rf"\b{re.escape(word.lower())}\b", texts) for word in check.any_of)


def _mentions(case: Case, check: Check) -> bool:
    """Tell whether the text names one of the labels: all words of four letters or more of it, in any order."""
    words = set(_stems(" ".join(_texts(case, check.path or ""))))
    labels = [label for path in check.of for label in _texts(case, path)]
    return any(set(_stems(label)) and set(_stems(label)) <= words for label in labels) or not labels


def _stems(text: str) -> list[str]:
    """Return the longer words without the endings that a plural or adjective changes."""
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return [re.sub(r"(ies|y|es|s|ic|al)$", "", word)[:7] for word in words if len(word) > 3] or words


def _cites(case: Case, check: Check) -> bool:
    return sum(len(_CITED.findall(text)) for text in _texts(case, check.path or "")) >= (check.minimum or 1)


def _explicit_or_none(case: Case, check: Check) -> bool:
    values = list(values_at(case, check.path or ""))
    return bool(values) and all(filled(v) for v in values)


def _each_has(case: Case, check: Check) -> bool:
    """Tell whether every element has every key; ``a|b`` is one key or the other."""
    items = [item for value in values_at(case, check.path or "") for item in _items(value)]
    items = [item for item in items if _meets(item, check.condition)]
    return all(_has(item, key) for item in items for key in check.keys)


def _has(item: Any, keys: str) -> bool:
    return any(filled(_child(item, key)) for key in keys.split("|"))


def _meets(item: Any, condition: dict[str, str]) -> bool:
    return all(str(_child(item, key)) in words.split("|") for key, words in condition.items())


def _value_in(case: Case, check: Check) -> bool:
    return any(str(value) in check.values for value in values_at(case, check.path or "") if value is not None)


def _timeline(case: Case, check: Check) -> bool:
    """Tell whether the timeline, with the records that join it, has enough events."""
    return sum(1 for _ in entries(case)) >= (check.minimum or 1)


def _later_tests(case: Case, check: Check) -> bool:
    """Tell whether later tests are named, or a laboratory value, study or test is later than the first intervention."""
    if _nonempty(case, check):
        return True
    clock = Chronology(case)
    given = case.treatment.interventions if case.treatment else None
    starts = [d for i in (given.items if given else ()) if i.at and (d := clock.days(i.at)) is not None]
    if not starts:
        return False
    times = [point.at or row.at for _, row in (case.labs.rows() if case.labs else ()) for point in row.points()]
    for section, key in ((case.imaging, "studies"), (case.tests, "results"), (case.pathology, "specimens")):
        times += [record.at for record in (getattr(section, key) if section else ())]
    return any((day := clock.days(at)) is not None and day > min(starts) for at in times)


CHECKS: dict[str, Callable[[Case, Check], bool]] = {
    "nonempty": _nonempty,
    "any_nonempty": _any_nonempty,
    "all_nonempty": _all_nonempty,
    "count_between": _count_between,
    "contains_any": _contains_any,
    "mentions": _mentions,
    "cites": _cites,
    "explicit_or_none": _explicit_or_none,
    "each_has": _each_has,
    "value_in": _value_in,
    "timeline": _timeline,
    "later_tests": _later_tests,
}
