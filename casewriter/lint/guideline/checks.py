"""The checks that a guideline's data can name: each yields what is wrong, with its place, from typed fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from casewriter.article.chronicle import entries
from casewriter.article.counting import words_in
from casewriter.guideline import Check
from casewriter.lint.guideline.places import applies, child, elements, filled, meets, places, texts, values
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.problem import CannotRun, Path, did_you_mean

Fault = tuple[Path, str]
"""Where a check fails, and what it found there in words (may be empty)."""

_CITED = re.compile(r"\[(?:[^\]@]*\s)?-?@[^\]\s]+[^\]]*\]")
_KEY = re.compile(r"(?<![\w.])@(?!fig-|tbl-)[\w:./-]*\w")


def faults(case: Case, check: Check) -> list[Fault]:
    """Return what a check finds wrong; nothing where its `when` does not hold."""
    if check.when and not applies(case, check.when):
        return []
    if check.rule not in CHECKS:
        hint = did_you_mean(check.rule, CHECKS) or "known: " + ", ".join(CHECKS)
        raise CannotRun(f"a guideline uses the unknown check “{check.rule}”; {hint}")
    return list(CHECKS[check.rule](case, check))


def paths_of(check: Check) -> tuple[str, ...]:
    """Return the paths that a check looks at."""
    return check.paths or ((check.path,) if check.path else ())


def _first(check: Check) -> Path:
    return tuple(part.removesuffix("[]") for part in paths_of(check)[0].split("."))


def _nonempty(case: Case, check: Check) -> Iterator[Fault]:
    if not any(filled(value) for path in paths_of(check) for value in values(case, path)):
        yield _first(check), ""


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
        yield _first(check), str(count)


def _value_in(case: Case, check: Check) -> Iterator[Fault]:
    found = [value for value in values(case, check.path or "") if value is not None]
    words = [str(part).lower() for value in found for part in (value if isinstance(value, tuple) else (value,))]
    if not any(word in check.values for word in words):
        yield _first(check), ", ".join(words)


def _explicit_or_none(case: Case, check: Check) -> Iterator[Fault]:
    found = list(places(case, check.path or ""))
    if not found:
        yield _first(check), ""
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


# -- texts -------------------------------------------------------------------------------------------------------


def words_of(case: Case, path: str) -> list[str]:
    """Return every text at a path."""
    return [text for value in values(case, path) for text in texts(value)]


def _contains_any(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where none of the words occurs; with ``position: end``, where none is in the last clause."""
    text = " \n ".join(word for path in paths_of(check) for word in words_of(case, path)).lower()
    if check.position == "end":
        text = re.split(r"[:.?!–—]", text.rstrip(" .?!\n"))[-1]
    if not any(re.search(rf"\b{re.escape(word.lower())}\b", text) for word in check.any_of):
        yield _first(check), ""


def _not_contains(case: Case, check: Check) -> Iterator[Fault]:
    text = " \n ".join(word for path in paths_of(check) for word in words_of(case, path)).lower()
    found = [word for word in check.any_of if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text)]
    if found:
        yield _first(check), found[0]


def _mentions(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where the text names none of the labels (words in any order, short ones and endings left aside).

    With ``share`` it is enough that this part of a label's words occurs: a label is often longer than its mention.
    """
    text = " ".join(word for path in paths_of(check) for word in words_of(case, path))
    if check.pattern and re.search(check.pattern, text, re.IGNORECASE):
        return
    said = set(stems(text))
    labels = [set(stems(label)) for path in check.of for label in words_of(case, path)]
    labels = [label for label in labels if label]
    if not text.strip() or (
        labels and not any(len(label & said) >= len(label) * (check.share or 1) for label in labels)
    ):
        yield _first(check), ""


_COMMON = frozenset(
    "with from after before during into over under this that these those which were been have case cases report "
    "reports "
    "patient patients man woman child treatment treated therapy disease acute chronic severe unknown other".split()
)
"""Words that occur in any title and name nothing."""


def stems(text: str) -> list[str]:
    """Return the longer words without the endings that a plural or adjective changes."""
    found = [word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in _COMMON]
    return [re.sub(r"(ies|y|es|s|ic|al)$", "", word)[:7] for word in found if len(word) > 3] or found


def keys_cited(text: str) -> int:
    """Return how many keys a text cites."""
    return sum(len(_KEY.findall(group)) for group in _CITED.findall(text))


def _cites(case: Case, check: Check) -> Iterator[Fault]:
    count = sum(keys_cited(text) for path in paths_of(check) for text in words_of(case, path))
    if count < (check.minimum or 1):
        yield _first(check), str(count)


def _words_between(case: Case, check: Check) -> Iterator[Fault]:
    """Yield a text with too few or too many words; nothing where there is none (presence judges that)."""
    found = [text for path in paths_of(check) for text in words_of(case, path) if text.strip()]
    if not found:
        return
    count = sum(words_in(re.sub(_CITED, "", text)) for text in found)
    if not (check.minimum or 0) <= count <= (check.maximum if check.maximum is not None else count):
        yield _first(check), f"{count} word{'s' if count != 1 else ''}"


def _paragraphs_between(case: Case, check: Check) -> Iterator[Fault]:
    for where, value in places(case, check.path or ""):
        count = len([part for part in re.split(r"\n\s*\n", value) if part.strip()]) if isinstance(value, str) else 0
        if count and not (check.minimum or 0) <= count <= (check.maximum if check.maximum is not None else count):
            yield where, f"{count} paragraphs"


def _distinct(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where a text shares more than `share` of its words with another (Jaccard index of the words)."""
    own = {word.lower() for text in words_of(case, check.path or "") for word in re.findall(r"\w+", text)}
    for path in check.of:
        other = {word.lower() for text in words_of(case, path) for word in re.findall(r"\w+", text)}
        if own and other and len(own & other) / len(own | other) > (check.share or 0.6):
            yield _first(check), path.replace("_", " ")


# -- time --------------------------------------------------------------------------------------------------------


def _timeline(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where the timeline, with the records that join it, has too few events."""
    count = sum(1 for _ in entries(case))
    if count < (check.minimum or 1):
        yield ("timeline", "events"), str(count)


def _covers(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where the timeline shows no event of one of the kinds in `values` (``a|b``: one or the other)."""
    found = {entry.kind for entry in entries(case)}
    for kind in check.values:
        if not found & set(kind.split("|")):
            yield ("timeline", "events"), kind.split("|")[0].replace("_", "-")


def _timed(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each event of the timeline without a time that it can be sorted by."""
    clock = Chronology(case)
    for where, event in places(case, check.path or "timeline.events[]"):
        if event is not None and clock.days(event.at) is None and not (event.at and event.at.kind in ("year", "label")):
            yield where, ""


def _first_treatment(case: Case, clock: Chronology) -> float | None:
    given = case.treatment.interventions if case.treatment else None
    starts = [day for item in (given.items if given else ()) if (day := clock.days(item.at)) is not None]
    return min(starts, default=None)


def _later_tests(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where no later test is named and no value, study or test is later than the first intervention."""
    if any(filled(value) for value in values(case, check.path or "")):
        return
    clock = Chronology(case)
    start = _first_treatment(case, clock)
    times = [point.at or row.at for _, row in (case.labs.rows() if case.labs else ()) for point in row.points()]
    for section, key in ((case.imaging, "studies"), (case.tests, "results"), (case.pathology, "specimens")):
        times += [record.at for record in (getattr(section, key) if section else ())]
    later = start is not None and any((day := clock.days(at)) is not None and day > start for at in times)
    if not later:
        yield _first(check), ""


def _not_before(case: Case, check: Check) -> Iterator[Fault]:
    """Yield each element that is earlier than the first intervention."""
    clock = Chronology(case)
    start = _first_treatment(case, clock)
    for where, value in places(case, check.path or ""):
        day = clock.days(getattr(value, "at", None))
        if start is not None and day is not None and day < start:
            yield where, ""


# -- prose that answers by its place -----------------------------------------------------------------------------

_LESSON = re.compile(
    r"\b(?:should|must|ought to|needs? to|lessons?|conclu\w+|highlights?|suggests?|underlin\w+|underscores?|"
    r"emphasi[sz]\w+|"
    r"illustrates?|reminds?|demonstrates?|aware(?:ness)?|recommend\w*|(?:is|are) (?:essential|important|crucial|vital|"
    r"warranted)|(?:may|can|could) (?:prevent|avoid|help|be)|think of|consider\w*)\b",
    re.IGNORECASE,
)


def _closing_lesson(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where no part of the discussion ends with a paragraph that cites nothing and draws a lesson."""
    texts = [text for path in paths_of(check) for text in words_of(case, path) if text.strip()]
    closing = [re.split(r"\n\s*\n", text.strip())[-1] for text in texts]
    if not any(not keys_cited(text) and _LESSON.search(text) for text in closing):
        yield _first(check), ""


CHECKS: dict[str, Callable[[Case, Check], Iterator[Fault]]] = {
    "nonempty": _nonempty,
    "any_nonempty": _nonempty,
    "all_nonempty": _all_nonempty,
    "count_between": _count_between,
    "contains_any": _contains_any,
    "not_contains": _not_contains,
    "mentions": _mentions,
    "cites": _cites,
    "words_between": _words_between,
    "paragraphs_between": _paragraphs_between,
    "distinct": _distinct,
    "explicit_or_none": _explicit_or_none,
    "assessed_none": _assessed_none,
    "each_has": _each_has,
    "each_matches": _each_matches,
    "value_in": _value_in,
    "timeline": _timeline,
    "covers": _covers,
    "timed": _timed,
    "later_tests": _later_tests,
    "not_before": _not_before,
    "closing_lesson": _closing_lesson,
}
