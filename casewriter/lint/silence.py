"""What the case answers with a reason is not reported again; a reason that answers nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from casewriter.model.case import Case
from casewriter.problem import Kind, Level, Path, Problem
from casewriter.source import Ignore, Source

UNUSED = Kind(
    "CASE017",
    "unused-ignore",
    Level.WARNING,
    """An ignored problem does not occur, or the ignored code does not exist.

The problem has been fixed, or the comment is on the wrong line. Remedy: remove it, or move it to the line of the
problem or alone on the line before.""",
)
NO_REASON = Kind(
    "CASE018",
    "ignore-without-reason",
    Level.ERROR,
    """A problem is ignored without a reason, so it is still reported.

Anyone who reads the case later must know why. Remedy: `lint: {ignore: {FIG007: the journal writes its own alt
texts}}`.""",
)

KINDS = (UNUSED, NO_REASON)


class Silenced(Struct, frozen=True):
    """What remains after silencing, how many were silenced, and ignores that silenced nothing."""

    kept: tuple[Problem, ...]
    unused: tuple[Problem, ...]
    count: int


def silence(problems: Iterable[Problem], source: Source, case: Case | None) -> Silenced:
    """Return the problems without those that the file ignores with a reason; syntax cannot be ignored."""
    everywhere = case.lint.ignore if case and case.lint else {}
    inline = {(code, ignore.line): ignore for ignore in source.ignores for code in ignore.codes}
    kept: list[Problem] = []
    used: set[str | tuple[str, int]] = set()
    count = 0
    for problem in problems:
        key = _silencer(problem, everywhere, inline)
        if key is None:
            kept.append(problem)
        else:
            used.add(key)
            count += 1
    return Silenced(tuple(kept), tuple(_unused(everywhere, inline, used)) if case is not None else (), count)


def _silencer(
    problem: Problem, everywhere: Mapping[str, str | None], inline: Mapping[tuple[str, int], Ignore]
) -> str | tuple[str, int] | None:
    if problem.kind.family == "YAML":
        return None
    if problem.span and problem.file is None:
        for line in range(problem.span.line, problem.span.end_line + 1):
            if (problem.code, line) in inline:
                return problem.code, line
    return problem.code if (everywhere.get(problem.code) or "").strip() else None


def _unused(
    everywhere: Mapping[str, str | None], inline: Mapping[tuple[str, int], Ignore], used: set[str | tuple[str, int]]
) -> Iterable[Problem]:
    for code, reason in everywhere.items():
        path: Path = ("lint", "ignore", code)
        if not (reason or "").strip():
            yield Problem(
                NO_REASON,
                f"{code} is ignored without a reason",
                path,
                on_key=True,
                hint="give the reason in a few words",
            )
        elif code not in used:
            yield Problem(UNUSED, f"{code} does not occur in this case", path, on_key=True, hint="remove it")
    for (code, line), ignore in inline.items():
        if (code, line) not in used:
            hint = "remove the comment, or move it to the line of the problem"
            yield Problem(UNUSED, f"{code} does not occur on line {line}", span=ignore.span, hint=hint)
