"""What identifies in the parts of a case that are printed: `render` says so, because what is written gets sent."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.lint.privacy.scan import PRINTED, ages, identifying, listed_in
from casewriter.lint.silence import silence
from casewriter.model.case import Case
from casewriter.problem import Level, Problem
from casewriter.source import Source


def printed(source: Source, case: Case, names: tuple[str, ...], privacy: str) -> Iterator[Problem]:
    """Yield each error of PRIV outside comments that the case does not answer with a reason.

    `names` are the people of a local list; the first problem of each code says how to silence it.
    """
    found = (*identifying(source, privacy, PRINTED), *ages(case, privacy), *listed_in(source, names, PRINTED))
    located = [source.locate(problem) for problem in found if problem.level is Level.ERROR]
    told = set()
    for problem in silence(located, source, case).kept:
        reason = f"or give a reason: lint: {{ignore: {{{problem.code}: why it may stay}}}}"
        yield problem if problem.code in told else replace(problem, hint=f"{problem.hint}; {reason}")
        told.add(problem.code)
