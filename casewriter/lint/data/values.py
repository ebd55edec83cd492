"""DATA: values and verdicts of tests in the prose that the results do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casewriter.lint.data.laboratory import rows
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import Prose, sentences
from casewriter.model.case import Case
from casewriter.model.laboratory import Result
from casewriter.problem import Level, Path

_IS = r"(?: levels?| counts?)?(?: was| were| is| remained| stayed)"
_VERDICTS = (
    (
        rf"{_IS}(?: always| all)? (?:normal|within (?:the )?(?:normal|reference))",
        {"low", "high", "abnormal", "critical"},
    ),
    (rf"{_IS} (?:markedly |slightly |mildly )?(?:elevated|raised|increased|high)\b", {"low", "normal"}),
    (rf"{_IS} (?:markedly |slightly |mildly )?(?:low|decreased|reduced)\b", {"high", "normal"}),
)
"""What prose calls a test, and the flags of the data with which that cannot be."""

_BETWEEN = (
    r"(?:\s*\([^)]*\))?(?: (?:level|count|concentration|value|titre|was|of|at|were|is|rose|fell|to|had|reached|peaked|"
    r"increased|decreased|risen|fallen)){0,5}"
)
_OTHER = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "ionised ionized free corrected direct conjugated unconjugated indirect urinary urine CSF fluid LDL HDL "
        "fasting pleural ascitic sweat stool faecal fetal mother's mother’s father's father’s brother's sister's "
        "donor's"
    ).split()
)
"""Words before a name that make it another test, or another person's."""

_THEN = r"(?![^.;]{0,40}\b(?:ago|earlier|before|previously|until)\b)"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@rule("DATA018", "value-contradicts", Level.WARNING)
def value_contradicts(case: Case, prose: Prose) -> Iterator[Found]:
    """The prose gives a value of a test that the data do not have, or calls normal what is not.

    Read is the name of the test with a number and its unit in the same clause. Remedy: correct one of the two, or write
    {{ labs.calcium }}, which prints the value from the data.
    """
    story = [(where, text, text.lower()) for where, text in prose.story if where[0] != "title"]
    for path, row in rows(case):
        name = str(row.title() or "")
        if len(name) < 3 or not row.points() or not prose.tells(name):
            continue
        own = ("labs", *path[1:])
        for where, text, lower in story:
            if where[: len(own)] != own and name.lower() in lower:
                yield from _values_said(row, name, where, text)
                yield from _called_normal(row, name, where, text)


def _values_said(row: Result, name: str, path: Path, text: str) -> Iterator[Found]:
    if not row.unit:
        return
    unit = re.escape(row.unit)
    pattern = re.compile(
        rf"{_OTHER}(?<![\w-]){re.escape(name)}{_BETWEEN}[ :=]+(\d+(?:\.\d+)?)\s?{unit}(?!\w)", re.IGNORECASE
    )
    known = {
        bound
        for point in row.points()
        if point.value
        for bound in (point.value.low, point.value.high)
        if bound is not None
    }
    known |= {
        float(n)
        for point in row.points()
        for n in re.findall(r"\d+(?:\.\d+)?", f"{point.value.written if point.value else ''} {point.note or ''}")
    }
    known |= {float(n) for n in re.findall(r"\d+(?:\.\d+)?", str(row.note or ""))}
    if row.reference:
        known |= {bound for bound in (row.reference.low, row.reference.high) if bound is not None}
    for found in pattern.finditer(text):
        if not any(_rounds(value, found[1]) for value in known):
            quote = found[0][found.start(1) - found.start() :]
            message = f"the text gives {name} {found[1]} {row.unit}, which its data do not have"
            yield Found(message, path, "correct one of the two, or write the value as {{ labs.… }}", quote)


def _rounds(value: float, said: str) -> bool:
    """Tell whether a value, rounded as the text is, is what the text says."""
    places = len(said.partition(".")[2])
    zeros = 0 if places else len(said) - len(said.rstrip("0"))
    zeros = min(zeros, max(0, len(said) - 2))  # 48000 may be 48231: two figures stand
    return bool(abs(value - float(said)) <= 0.5 * 10 ** (zeros - places) + 1e-9)


def _called_normal(row: Result, name: str, path: Path, text: str) -> Iterator[Found]:
    flags = _flags(row)
    if not flags or None in flags:
        return
    for start, sentence in sentences(text):
        for verdict, wrong in _VERDICTS:
            found = _called(name, verdict).search(sentence) if flags <= wrong else None
            if found:
                nth = text.count(found[0], 0, start + found.start())
                stated = " and ".join(sorted(str(flag) for flag in flags))
                message = f"the text calls {name} otherwise than its data, where it is {stated}"
                yield Found(message, path, "correct one of the two", found[0], nth)


def _flags(row: Result) -> set[str | None]:
    """Return the flag of every measurement; None for one that has none."""
    return {point.flag or row.flag or row.computed(point) for point in row.points()}


@cache
def _called(name: str, verdict: str) -> re.Pattern[str]:
    return re.compile(rf"{_OTHER}(?<![\w-]){re.escape(name)}{verdict}{_THEN}", re.IGNORECASE)


RULES = (value_contradicts,)
