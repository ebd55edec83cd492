"""What lint prints of one case, made in the process that checked it: small, for it crosses to another."""

from __future__ import annotations

import json as plain_json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from casewriter.problem import Kind, Level, Problem

if TYPE_CHECKING:
    from casewriter.work.check import Checked


class Told(Struct, frozen=True):
    """The text of a case: for people, or the pieces of a document for programs; `summary` is what it comes to."""

    name: str
    text: str
    summary: str
    privacy: str
    counts: Mapping[Level, int]
    kinds: Mapping[str, Kind] = field(default_factory=dict)


def told(checked: Checked, options: Mapping[str, Any], *, quiet: bool) -> Told:
    """Return what is printed of a case in the output format of the options."""
    write = _WRITERS[options["output_format"]]
    problems = checked.report.problems
    return Told(
        name=checked.source.name,
        text="\n".join(write(checked, _shown(problems, quiet=quiet), options)),
        summary="" if quiet else _summary(checked, options),
        privacy=checked.report.privacy,
        counts=Counter(problem.level for problem in problems),
        kinds={one.code: one.kind for one in problems} if options["output_format"] == "sarif" else {},
    )


def chosen(names: set[str], options: Mapping[str, Any]) -> bool:
    """Return whether any of these codes and families is selected, and their family is not ignored."""
    select, ignore = split(options["select"]), split(options["ignore"])
    families = {name.rstrip("0123456789") for name in names}
    return (not select or bool(names & set(select))) and not families & set(ignore)


def split(names: str) -> tuple[str, ...]:
    """Return the codes and families of an option."""
    return tuple(name.strip().upper() for name in names.split(",") if name.strip())


def _shown(problems: tuple[Problem, ...], *, quiet: bool) -> list[Problem]:
    return [one for one in problems if one.level is Level.ERROR or not quiet]


def _summary(checked: Checked, options: Mapping[str, Any]) -> str:
    from casewriter.cli.format import text

    kinds = checked.guideline.kinds
    judged = chosen({*kinds, *(kind.family for kind in kinds.values())}, options)
    return text.summary(checked.report, checked.guideline.name if judged else None)


def _full(checked: Checked, problems: list[Problem], options: Mapping[str, Any]) -> Iterator[str]:
    from casewriter.cli.format import text
    from casewriter.cli.format.gather import gathered

    for problem in gathered(problems):
        yield from text.full(problem, checked, explain=options["explain"])


def _concise(checked: Checked, problems: list[Problem], _: Mapping[str, Any]) -> Iterator[str]:
    from casewriter.cli.format import text

    return (text.concise(problem, checked.source.name) for problem in problems)


def _github(checked: Checked, problems: list[Problem], _: Mapping[str, Any]) -> Iterator[str]:
    from casewriter.cli.format import github

    return (github.command(problem, checked.source.name) for problem in problems)


def _json(checked: Checked, _: list[Problem], __: Mapping[str, Any]) -> Iterator[str]:
    from casewriter.cli.format import json

    yield json.part(checked.source.name, checked.guideline.id, checked.profile, checked.report)


def _sarif(checked: Checked, _: list[Problem], __: Mapping[str, Any]) -> Iterator[str]:
    """Yield the results, one a line."""
    from casewriter.cli.format import sarif

    return (plain_json.dumps(sarif.draft(problem, checked.source.name)) for problem in checked.report.problems)


_Writer = Callable[["Checked", list[Problem], Mapping[str, Any]], Iterator[str]]
_WRITERS: dict[str, _Writer] = {"full": _full, "concise": _concise, "github": _github, "json": _json, "sarif": _sarif}
