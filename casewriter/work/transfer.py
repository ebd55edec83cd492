"""A case taken from one journal to another: what lint reports anew, what it no longer reports, and the counts."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from casewriter.lint.journal.limits import Measure, measures
from casewriter.problem import Level, Problem, Refused
from casewriter.profile import find_profile
from casewriter.project import CaseFile, open_case
from casewriter.work.check import check, compose_opened


class Transfer(Struct, frozen=True):
    """What a case must change for a journal.

    `first` are the errors of the file itself, which no journal can fix: what they hide cannot be compared.
    `new` are the errors and warnings that another journal did not report, `notes` the infos; `solved` is what that one
    reported and this one does not. `measures` are the counts against the limits of the new journal.
    """

    new: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    solved: tuple[Problem, ...]
    measures: tuple[Measure, ...]
    first: tuple[Problem, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether the case has nothing to change."""
        return not self.first and not self.new


_OF_THE_FILE = ("YAML", "CASE")


def transfer(file: CaseFile, old: str, new: str) -> Transfer:
    """Return what changes for a case from one journal to another, by their profiles. Raises CannotRun."""
    before, after = _reported(file, old), _reported(file, new)
    asked = {_about(problem) for problem in after.values()}
    first = tuple(one for one in after.values() if one.level is Level.ERROR and one.kind.family in _OF_THE_FILE)
    added = [problem for key, problem in after.items() if key not in before and problem not in first]
    return Transfer(
        tuple(problem for problem in added if problem.level is not Level.INFO),
        tuple(problem for problem in added if problem.level is Level.INFO),
        _unweighed(problem for problem in before.values() if _about(problem) not in asked),
        _measures(file, new),
        first,
    )


def _reported(file: CaseFile, profile: str) -> dict[tuple[object, ...], Problem]:
    """Return what lint reports for a journal, by what it says but for the journal's name."""
    checked = check(file, profile)
    name = find_profile(profile, file.folders("profiles")).name
    problems = checked.report.problems
    return {
        (*_about(one), one.message.replace(name, ""), (one.hint or "").replace(name, ""), one.level): one
        for one in problems
    }


def _about(problem: Problem) -> tuple[object, ...]:
    """Return what a problem is about, whatever a journal asks there."""
    return problem.code, problem.path, problem.quote, problem.nth, problem.file


def _unweighed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems without infos: what nobody has to do is not solved."""
    return tuple(problem for problem in problems if problem.level is not Level.INFO)


def _measures(file: CaseFile, profile: str) -> tuple[Measure, ...]:
    try:
        opened = open_case(file, profile, pictures=False)
    except Refused:
        return ()
    case = opened.loaded.case
    if case is None:
        return ()
    return tuple(measures(case, compose_opened(opened, formatted=False).article, opened.profile))
