"""Everything that is wrong with a case, once: gathered, placed, silenced where a reason is given, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casewriter import plugins
from casewriter.article.nodes import Article
from casewriter.citation import Library
from casewriter.guideline import Guideline
from casewriter.lint.care import ItemState, judge
from casewriter.lint.rule import Rule
from casewriter.model.case import Case
from casewriter.problem import Level, Problem
from casewriter.profile import Profile
from casewriter.source import Source


@dataclass(frozen=True, slots=True)
class Subject:
    """One case as lint sees it. `found` are the problems that reading and composing found; `case` may be None."""

    source: Source
    case: Case | None
    profile: Profile
    guideline: Guideline
    library: Library
    article: Article | None
    found: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What lint says of a case."""

    problems: tuple[Problem, ...]
    items: tuple[ItemState, ...]

    def count(self, level: Level) -> int:
        """Return how many problems have a level."""
        return sum(problem.level is level for problem in self.problems)


def lint(subject: Subject, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Report:
    """Return every problem of a case, sorted by place; `select` and `ignore` take codes and families."""
    found = list(subject.found)
    inputs: Mapping[str, Any] = {name: getattr(subject, name) for name in Subject.__slots__}
    if subject.case is not None:
        for name, rules in plugins.load("rules"):
            found.extend(_run(name, rules, inputs))
    items = tuple(judge(subject.case, subject.guideline)) if subject.case is not None else ()
    located = [p if p.file else subject.source.locate(p) for p in found]
    kept = [p for p in _unsilenced(subject, located) if _wanted(p, tuple(select), tuple(ignore))]
    return Report(tuple(_sorted(kept)), items)


def all_rules() -> Iterator[Rule]:
    """Yield every rule, ours and those of installed packages."""
    for _, rules in plugins.load("rules"):
        if not isinstance(rules, Problem):
            yield from rules


def _run(name: str, rules: Any, inputs: Mapping[str, Any]) -> Iterator[Problem]:
    if isinstance(rules, Problem):
        yield rules
        return
    for one in rules:
        try:
            yield from one.run(inputs)
        except Exception as error:  # noqa: BLE001 - a rule that crashes becomes a problem about that rule
            codes = ", ".join(kind.code for kind in one.kinds[:3])
            yield plugins.broken(f"the rule {codes} of “{name}”", error)


def _unsilenced(subject: Subject, problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems without those that the file ignores with a reason; syntax cannot be ignored."""
    everywhere = subject.case.lint.ignore if subject.case and subject.case.lint else {}
    inline = {(code, ignore.line) for ignore in subject.source.ignores for code in ignore.codes}
    for problem in problems:
        line = problem.span.line if problem.span else 0
        by_comment = (problem.code, line) in inline and problem.file is None
        by_setting = bool((everywhere.get(problem.code) or "").strip())
        if not (by_comment or by_setting) or problem.kind.family == "YAML":
            yield problem


def _wanted(problem: Problem, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    names = {problem.code, problem.kind.family}
    return (not select or bool(names & set(select))) and not names & set(ignore)


def _sorted(problems: list[Problem]) -> list[Problem]:
    """Return each problem once, in the order of the file; those of the case file come first."""
    unique = {(p.file, p.span, p.code, p.message): p for p in problems}

    def key(problem: Problem) -> tuple[str, int, int, str]:
        span = problem.span
        return problem.file or "", span.line if span else 0, span.column if span else 0, problem.code

    return [replace(p) for p in sorted(unique.values(), key=key)]
