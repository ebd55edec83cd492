"""What PRIV found must not get out by another way: no message, path or excerpt repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

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
    pattern = _pattern(words)
    return [_told(problem, pattern) for problem in found], masked


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Return what finds the words, however wrapped and in whatever case; long ones also inside other words."""
    spelled = (r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    bound = (s if len(w) > 4 else rf"(?<![^\W_]){s}(?![^\W_])" for w, s in zip(words, spelled, strict=True))
    return re.compile("|".join(bound), re.IGNORECASE)


def mask(text: str | None, problems: Iterable[Problem]) -> str | None:
    """Return a text of the author without the words that PRIV found in the case."""
    words = sorted(
        {str(p.quote).strip() for p in problems if p.kind.family == "PRIV" and p.quote}, key=len, reverse=True
    )
    words = [word for word in words if len(word) > 1]
    return _pattern(words).sub(MASK, text) if text and words else text


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
