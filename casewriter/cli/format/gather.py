"""Problems that come in numbers: people see one with its count, programs get each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from casewriter.problem import Problem

_COUNTED = {
    "REF006": "{count} references are still to be found",
    "YAML017": "{count} lines have a no-break or other special space where YAML needs a plain one",
}
"""How many problems of a code are shown as one."""
_SHOWN = 10


def gathered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, those of a counted kind in one file as the first of them with their number and lines."""
    problems = list(problems)
    alike: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in problems:
        if problem.code in _COUNTED:
            alike.setdefault((problem.code, problem.file), []).append(problem)
    for problem in problems:
        same = alike.get((problem.code, problem.file), [problem])
        if len(same) == 1:
            yield problem
        elif problem is same[0]:
            yield replace(problem, message=_COUNTED[problem.code].format(count=len(same)) + _lines(same))


def _lines(problems: list[Problem]) -> str:
    lines = list(dict.fromkeys(str(problem.span.line) for problem in problems if problem.span))
    more = ", …" if len(lines) > _SHOWN else ""
    return f" (lines {', '.join(lines[:_SHOWN])}{more})" if len(lines) > 1 else ""
