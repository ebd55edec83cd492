"""Problems as workflow commands: GitHub Actions shows them in the log and beside the changed lines."""

from __future__ import annotations

from casewriter.cli.format.place import file_of
from casewriter.problem import Level, Problem, Span

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def command(problem: Problem, name: str) -> str:
    """Return the workflow command of a problem; `name` is how messages call the case file."""
    told = {
        "file": file_of(problem, name),
        **_place(problem.span),
        "title": f"{problem.code} {problem.kind.name}",
    }
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in told.items())
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"::{_COMMANDS[problem.level]} {properties}::{_data(problem.message + hint)}"


def _place(span: Span | None) -> dict[str, int]:
    """Return line and column; GitHub takes columns only where a problem begins and ends on one line."""
    if span is None:
        return {}
    if span.line != span.end_line:
        return {"line": span.line, "endLine": span.end_line}
    return {"line": span.line, "col": span.column, "endLine": span.end_line, "endColumn": span.end_column}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
