"""`lint --fix` and `--diff`: safe fixes of case files, shown or written, every other byte as it was."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click

from casewriter.project import CaseFile
from casewriter.source import DEFAULT_LIMITS
from casewriter.source.text import decode
from casewriter.work.fix import Fixed, fixes
from casewriter.work.write import write


def fix(files: Iterable[CaseFile], *, only_show: bool) -> None:
    """Write the safe fixes of cases, or only print what they would change as a unified diff.

    Raises CannotRun when a file cannot be read or written.
    """
    for file in files:
        found = fixes(file)
        if found.done and only_show:
            click.echo("".join(_diff(found)), nl=False)
        elif found.done:
            write(file.path, found.after)
            click.echo(f"{found.name}: {len(found.done)} fixed", err=True)
            for what in found.done:
                click.echo(f"   {what}", err=True)


def _diff(found: Fixed) -> Iterable[str]:
    old, new = (decode(data, DEFAULT_LIMITS).splitlines(keepends=True) for data in (found.before, found.after))
    return (
        line if line.endswith("\n") else f"{line}\n" for line in difflib.unified_diff(old, new, found.name, found.name)
    )
