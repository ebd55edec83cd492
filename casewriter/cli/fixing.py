"""`lint --fix` and `--diff`: safe fixes of case files, shown or written, every other byte as it was."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click

from casewriter.lint.fixes import fixed
from casewriter.problem import CannotRun
from casewriter.project import CaseFile, shown
from casewriter.source import DEFAULT_LIMITS
from casewriter.source.text import decode
from casewriter.work.write import write


def fix(files: Iterable[CaseFile], *, only_show: bool) -> None:
    """Write the safe fixes of cases, or only print what they would change as a unified diff.

    Raises CannotRun when a file cannot be read or written.
    """
    for file in files:
        name = shown(file.path)
        try:
            before = file.path.read_bytes()
            after, done = fixed(before, name)
            if done and only_show:
                click.echo("".join(_diff(before, after, name)), nl=False)
            elif done:
                write(file.path, after)
        except OSError as error:
            raise CannotRun(f"{name}: {error.strerror}") from None
        if done and not only_show:
            click.echo(f"{name}: {len(done)} fixed", err=True)
            for what in done:
                click.echo(f"   {what}", err=True)


def _diff(before: bytes, after: bytes, name: str) -> Iterable[str]:
    old, new = (decode(data, DEFAULT_LIMITS).splitlines(keepends=True) for data in (before, after))
    return (line if line.endswith("\n") else f"{line}\n" for line in difflib.unified_diff(old, new, name, name))
