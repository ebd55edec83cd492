"""Problems for people: full, with the source line and a marker, or one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from casewriter.cli.format.gather import gathered
from casewriter.problem import Level, Problem, Span
from casewriter.source import Source

if TYPE_CHECKING:
    from casewriter.lint.run import Report
    from casewriter.work.check import Checked

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}
_WIDTH = 110


def concise(problem: Problem, name: str) -> str:
    """Return a problem as one line: place, level, code, message, remedy."""
    span = problem.span
    file = _file(problem, name)
    place = f"{file}:{span.line}:{span.column}" if span else file
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{place}: {problem.level.value} {problem.code} {problem.message}{hint}"


def lines(problems: Iterable[Problem], name: str) -> tuple[str, ...]:
    """Return problems as a render prints them: one line each, those that come in numbers as one."""
    return tuple(concise(problem, name) for problem in gathered(problems))


def _file(problem: Problem, name: str) -> str:
    """Return the file of a problem as the user can open it: the case as it was named, or a file beside it."""
    return str(PurePath(name).parent / problem.file) if problem.file else name


def full(problem: Problem, checked: Checked, *, explain: bool = False) -> Iterator[str]:
    """Yield the lines of a problem: place and message, the source line with a marker, rule and guideline item."""
    span, source = problem.span, checked.source
    place = f"{_file(problem, source.name)}:{span.line}:{span.column}" if span else source.name
    level = click.style(problem.level.value, fg=_COLOURS[problem.level], bold=True)
    yield f"{click.style(place, bold=True)}: {level} {problem.code} {problem.message}"
    if span is not None and problem.file is None:
        yield from _excerpt(problem, source, checked.report.masked)
    elif problem.hint:
        yield f"   {problem.hint}"
    items = f"{checked.guideline.name} item {', '.join(problem.items)} · " if problem.items else ""
    yield click.style(f"   {items}casewriter rule {problem.code}", dim=True)
    if explain:
        yield ""
        yield from (f"   {line}" for line in problem.kind.manual.strip().splitlines())


def _excerpt(problem: Problem, source: Source, masked: Iterable[Span]) -> Iterator[str]:
    span = problem.span
    assert span is not None
    text = _masked(source.lines.line(span.line).replace("\t", " "), span.line, masked)
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    cut = max(0, start - 60) if len(text) > _WIDTH else 0
    shown = text[cut : cut + _WIDTH]
    number = f"{span.line:>5}"
    marker = "^" * max(1, min(end, cut + _WIDTH) - start)
    if shown.strip():
        yield f"{number} | {shown}"
        coloured = click.style(marker, fg=_COLOURS[problem.level])
        yield f"      | {' ' * (start - cut)}{coloured} {problem.hint or ''}".rstrip()
    elif problem.hint:
        yield f"   {problem.hint}"


def _masked(text: str, line: int, masked: Iterable[Span]) -> str:
    """Return a line of the file without what identifies: a report is sent on, stored, pasted."""
    for span in masked:
        if span.line <= line <= span.end_line:
            start = span.column - 1 if line == span.line else 0
            end = span.end_column - 1 if line == span.end_line else len(text)
            text = text[:start] + "•" * (end - start) + text[end:]
    return text


def privacy_note(levels: set[str]) -> str:
    """Return the line that ends every run: what was looked for, and that finding nothing is no proof."""
    names = {"hipaa": "Safe Harbor identifiers", "journal": "what journals ask you to leave out"}
    looked = " and ".join(f"{names[level]} (--privacy {level})" for level in sorted(levels))
    return f"privacy: checked for {looked}; a clean scan is no proof"


def summary(report: Report, guideline: str | None) -> str:
    """Return what a clinician reads last: ``27 of 29 applicable CARE items present; 1 missing; 3 errors``.

    Without the name of a guideline its items are left out: nobody asked for them.
    """
    states = [item.state for item in report.items]
    parts = []
    if states and guideline:
        applicable = len(states) - states.count("waived")
        parts.append(f"{states.count('present')} of {applicable} applicable {guideline} items present")
        for state, words in (
            ("weak", "weak"),
            ("missing", "missing"),
            ("waived", "waived"),
            ("needs_human", "for you to confirm"),
        ):
            if count := states.count(state):  # type: ignore[arg-type]
                parts.append(f"{count} {words}")
    counted = []
    for level, word in ((Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "note")):
        if count := report.count(level):
            counted.append(f"{count} {word}{'s' if count != 1 else ''}")
    parts.append(", ".join(counted) if counted else "no problems")
    if any(problem.repair for problem in report.problems):
        parts.append("--diff shows what --fix would write")
    return "; ".join(parts)
