"""Lint's findings for programs: version 1; keys are only ever added."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from casewriter.lint.run import Report
from casewriter.problem import Level, Problem

NOTE = "a clean scan is no proof that nothing identifies the patient"


def document(cases: Iterable[tuple[str, str, str, Report]]) -> str:
    """Return the JSON of (path, guideline, profile, report) of each case."""
    cases = list(cases)
    counts = Counter(problem.level for *_, report in cases for problem in report.problems)
    return "".join(streamed((part(*case) for case in cases), lambda: closing(counts)))


def streamed(parts: Iterable[str], closing: Callable[[], Mapping[str, Any]]) -> Iterator[str]:
    """Yield the document piece by piece; `closing` is asked for what follows the cases when all have been seen."""
    yield '{\n  "version": 1,\n  "cases": ['
    mark = ""
    for one in parts:
        yield f"{mark}\n    {_shifted(one, 4)}"
        mark = ","
    yield "\n  ]" if mark else "]"
    for key, value in closing().items():
        yield f",\n  {json.dumps(key)}: {_shifted(_text(value), 2)}"
    yield "\n}"


def part(path: str, guideline: str, profile: str, report: Report) -> str:
    """Return the JSON of one case."""
    return _text(
        {
            "path": path,
            "guideline": guideline,
            "profile": profile,
            "privacy": {"level": report.privacy, "note": NOTE},
            "silenced": report.silenced,
            "problems": [problem_object(p) for p in report.problems],
            "items": [
                {"id": s.item.id, "state": s.state, "reason": s.reason, "problems": list(s.problems)}
                for s in report.items
            ],
        }
    )


def closing(counts: Mapping[Level, int], lost: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return what follows the cases: those that could not be checked, if any, by path and reason; and the sums."""
    unchecked = [{"path": path, "reason": why} for path, why in lost]
    words = {Level.ERROR: "errors", Level.WARNING: "warnings", Level.INFO: "infos"}
    summary = {word: counts.get(level, 0) for level, word in words.items()}
    return {**({"not_checked": unchecked} if unchecked else {}), "summary": summary}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _shifted(text: str, columns: int) -> str:
    """Return JSON as it stands inside another: a line end in it is never one of a text, which is escaped."""
    return text.replace("\n", "\n" + " " * columns)


def problem_object(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON holds it."""
    span = problem.span
    return {
        "code": problem.code,
        "rule": problem.kind.name,
        "level": problem.level.value,
        "message": problem.message,
        "hint": problem.hint,
        "file": problem.file,
        "path": list(problem.path),
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "items": list(problem.items),
        "fix": None,
    }
