"""Where a datum is, as a message names it."""

from __future__ import annotations

from casewriter.problem import Path
from casewriter.source import Source


def place(source: Source, path: Path) -> str:
    """Return the path of a datum and its line: ``observation.examination.vitals.0, line 80``."""
    return f"{'.'.join(str(part) for part in path if part != 'items')}, line {source.span(path).line}"
