"""Lint's findings for programs: version 1; keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from casewriter.lint.run import Report
from casewriter.problem import Level, Problem

NOTE = "a clean scan is no proof that nothing identifies the patient"


def document(cases: Iterable[tuple[str, str, str, Report]]) -> str:
    """Return the JSON of (path, guideline, profile, report) of each case."""
    cases = list(cases)
    found = [
        {
            "path": path,
            "guideline": guideline,
            "profile": profile,
            "privacy": {"level": report.privacy, "note": NOTE},
            "silenced": report.silenced,
            "problems": [_problem(p) for p in report.problems],
            "items": [
                {"id": s.item.id, "state": s.state, "reason": s.reason, "problems": list(s.problems)}
                for s in report.items
            ],
        }
        for path, guideline, profile, report in cases
    ]
    totals = {level: sum(report.count(level) for *_, report in cases) for level in Level}
    summary = {
        "errors": totals[Level.ERROR],
        "warnings": totals[Level.WARNING],
        "infos": totals[Level.INFO],
    }
    return json.dumps({"version": 1, "cases": found, "summary": summary}, ensure_ascii=False, indent=2)


def _problem(problem: Problem) -> dict[str, Any]:
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
