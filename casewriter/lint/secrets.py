"""What PRIV found must not get out by another way: no message, path or excerpt repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from casewriter.problem import Path, Problem, Span

MASK = "•••"


def without_secrets(problems: Iterable[Problem]) -> tuple[list[Problem], tuple[Span, ...]]:
    """Return the problems without the words that PRIV found in the case, and the places of these words."""
    found = list(problems)
    secret = [problem for problem in found if problem.kind.family == "PRIV" and problem.quote]
    masked = tuple(dict.fromkeys(p.span for p in secret if p.span and p.file is None))
    words = sorted({str(p.quote).strip() for p in secret if len(str(p.quote).strip()) > 1}, key=len, reverse=True)
    if not words:
        return found, masked
    pattern = re.compile("|".join(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" for word in words))
    return [_told(problem, pattern) for problem in found], masked


def _told(problem: Problem, pattern: re.Pattern[str]) -> Problem:
    if problem.kind.family == "PRIV":
        return replace(problem, quote=None, path=_path(problem.path, pattern))
    return replace(
        problem,
        message=pattern.sub(MASK, problem.message),
        hint=pattern.sub(MASK, problem.hint) if problem.hint else problem.hint,
        path=_path(problem.path, pattern),
    )


def _path(path: Path, pattern: re.Pattern[str]) -> Path:
    return tuple(pattern.sub(MASK, part) if isinstance(part, str) else part for part in path)
