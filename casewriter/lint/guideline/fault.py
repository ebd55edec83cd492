"""What a check yields, and the paths that it looks at."""

from __future__ import annotations

from casewriter.guideline import Check
from casewriter.problem import Path

Fault = tuple[Path, str]
"""Where a check fails, and what it found there in words (may be empty)."""


def paths_of(check: Check) -> tuple[str, ...]:
    """Return the paths that a check looks at."""
    return check.paths or ((check.path,) if check.path else ())


def first(check: Check) -> Path:
    """Return the first of these paths, as a place of the file."""
    return tuple(part.removesuffix("[]") for part in paths_of(check)[0].split("."))
