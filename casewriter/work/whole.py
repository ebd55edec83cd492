"""A case that is read whole, or not at all: forms of a case with errors in its data would lack a part of it."""

from __future__ import annotations

from casewriter.problem import CannotRun, Problem, Refused
from casewriter.project import CaseFile, Opened, local_names, open_case, shown
from casewriter.work.check import as_text, unnamed
from casewriter.work.pictures import PictureCache


def read_whole(file: CaseFile, profile: str | None = None, kept: PictureCache | None = None) -> Opened:
    """Return an opened case. Raises CannotRun, with the place of the first error, where it cannot be read whole."""
    try:
        opened = open_case(file, profile, kept=kept)
    except Refused as refused:
        raise CannotRun(_first(file, unnamed(refused.problems, as_text(file), local_names(file)))) from None
    if opened.loaded.case is None or not opened.loaded.whole:
        found = [opened.source.locate(problem) for problem in opened.loaded.problems]
        raise CannotRun(_first(file, unnamed(found, opened.source, local_names(file))))
    return opened


def _first(file: CaseFile, problems: list[Problem]) -> str:
    """Return the first of some problems with its place, and how many there are."""
    name = shown(file.path)
    if not problems:
        return f"{name} has errors in its data; `casewriter lint` lists them: fix them first"
    one = problems[0]
    place = f"{name}:{one.span.line}:{one.span.column}" if one.span else name
    more = f"; {len(problems) - 1} more: `casewriter lint` lists them" if len(problems) > 1 else ""
    return f"{place}: {one.code} {one.message}{f'; {one.hint}' if one.hint else ''}{more}; fix it first"
