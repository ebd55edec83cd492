"""Everything that is wrong with a case, once: gathered, placed, silenced where a reason is given, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter import plugins
from casewriter.article.kinds import TOLD_NOWHERE
from casewriter.article.paper import Article
from casewriter.citation import Library
from casewriter.guideline import Guideline
from casewriter.image import Traces
from casewriter.lint.guideline import ItemState, judge, refused_answers, shown, touched
from casewriter.lint.rule import Rule
from casewriter.lint.secrets import mask, without_secrets
from casewriter.lint.silence import Silenced, silence
from casewriter.lint.words import CaseProse
from casewriter.model.case import Case
from casewriter.problem import Level, Problem, Span
from casewriter.profile import Profile
from casewriter.source import Source
from casewriter.template import Template, find_template


class Subject(Struct, frozen=True):
    """One case as lint sees it. `found` are the problems that reading and composing found; `case` may be None.

    `traces` tell of each picture what its file gives away and how large it is; `names` are the people of a local list
    who must not occur; `privacy` is the level: hipaa or journal; `template` is the layout of the profile. `version` is
    what the patient would be shown now; it is empty where the consent names no version to compare it with.
    """

    source: Source
    case: Case | None
    profile: Profile
    guideline: Guideline
    library: Library
    article: Article | None
    found: tuple[Problem, ...]
    traces: Mapping[str, Traces] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    privacy: str = "hipaa"
    template: Template = field(default_factory=lambda: find_template("article"))
    version: str = ""


class Report(Struct, frozen=True):
    """What lint says of a case; `silenced` counts the problems that the case answers with a reason.

    `masked` are the places of the file that no report may show: what PRIV found there identifies.
    """

    problems: tuple[Problem, ...]
    items: tuple[ItemState, ...]
    silenced: int = 0
    masked: tuple[Span, ...] = ()
    privacy: str = "hipaa"

    def count(self, level: Level) -> int:
        """Return how many problems have a level."""
        return sum(problem.level is level for problem in self.problems)


def lint(subject: Subject, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Report:
    """Return every problem of a case, sorted by place; `select` and `ignore` take codes and families."""
    found = [*subject.found, *run_rules(subject)]
    judged = judge(_shown(subject), subject.guideline, subject.profile) if subject.case is not None else []
    found = [*touched(found, subject.guideline), *(p for one in judged for p in one.problems)]
    if subject.case is not None:
        found.extend(refused_answers(subject.case, subject.guideline))
    located = [p if p.file else subject.source.locate(p) for p in found]
    stand: Silenced = silence(located, subject.source, subject.case)
    settled = (one.settled(stand.kept) for one in judged)
    items = tuple(replace(item, reason=mask(item.reason, located)) for item in settled)
    unused = [subject.source.locate(problem) for problem in stand.unused]
    told, masked = without_secrets((*stand.kept, *unused))
    kept = [p for p in told if _wanted(p, tuple(select), tuple(ignore))]
    return Report(tuple(_sorted(kept)), items, stand.count, masked, subject.privacy)


def _shown(subject: Subject) -> Case:
    """Return the case without what the manuscript tells nowhere."""
    assert subject.case is not None
    return shown(subject.case, (problem.path for problem in subject.found if problem.kind is TOLD_NOWHERE))


def run_rules(subject: Subject) -> Iterator[Problem]:
    """Yield what the rules find, ours and those of installed packages; without a case, those that can do without."""
    inputs: dict[str, Any] = {name: getattr(subject, name) for name in Subject.__struct_fields__}
    if subject.case is not None:
        inputs["prose"] = CaseProse(subject.case)
    else:
        inputs = {name: inputs[name] for name in _WITHOUT_CASE}
    for name, rules in plugins.load("rules"):
        yield from _run(name, rules, inputs)


_WITHOUT_CASE = ("source", "profile", "guideline", "names", "privacy")
"""What there is of a file that cannot be read as a case."""


def all_rules() -> Iterator[Rule]:
    """Yield every rule, ours and those of installed packages."""
    for _, rules in plugins.load("rules"):
        if _is_rules(rules):
            yield from rules


def _is_rules(rules: Any) -> bool:
    return isinstance(rules, tuple | list) and all(isinstance(one, Rule) for one in rules)


def _run(name: str, rules: Any, inputs: Mapping[str, Any]) -> Iterator[Problem]:
    if isinstance(rules, Problem):
        yield rules
        return
    if not _is_rules(rules):
        yield plugins.broken(f"the rules of “{name}”", TypeError("RULES is a tuple of rules made by @rule"))
        return
    for one in rules:
        if "case" not in inputs and not one.can_run(inputs):
            continue  # of a file that is not a case it cannot say anything
        try:
            yield from one.run(inputs)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a rule that crashes becomes a problem about that rule
            codes = ", ".join(kind.code for kind in one.kinds[:3])
            yield plugins.broken(f"the rule {codes} of “{name}”", error)


def _wanted(problem: Problem, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    names = {problem.code, problem.kind.family}
    if problem.kind is plugins.BROKEN:
        return not names & set(ignore)  # a rule that could not look must not pass for one that found nothing
    return (not select or bool(names & set(select))) and not names & set(ignore)


def _sorted(problems: list[Problem]) -> list[Problem]:
    """Return each problem once, in the order of the file; those of the case file come first."""
    unique = {(p.file, p.span, p.code, p.message): p for p in problems}

    def key(problem: Problem) -> tuple[str, int, int, str]:
        span = problem.span
        return problem.file or "", span.line if span else 0, span.column if span else 0, problem.code

    return [replace(p) for p in sorted(unique.values(), key=key)]
