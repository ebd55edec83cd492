"""`casewriter export`: the references of cases as files that other programs read."""

from __future__ import annotations

from pathlib import Path

import click

from casewriter.bibliography.writing import FORMATS, written
from casewriter.bibliography.writing.loss import loss
from casewriter.problem import CannotRun
from casewriter.project import find_cases, shown
from casewriter.work.outputs import check_distinct, folder_of
from casewriter.work.references.case import opened
from casewriter.work.write import write


def _formats(text: str) -> list[str]:
    forms = [form.strip() for form in text.split(",") if form.strip()]
    unknown = [form for form in forms if form not in FORMATS]
    if unknown or not forms:
        raise CannotRun(f"--to {text}: the formats are {', '.join(FORMATS)}")
    return forms


@click.command("export")
@click.argument("paths", nargs=-1)
@click.option("--to", "form", required=True, help=f"Formats, separated by commas: {', '.join(FORMATS)}.")
@click.option("-o", "--output", help="The output folder; by default the project's output/.")
def command(paths: tuple[str, ...], form: str, output: str | None) -> None:
    """Write the references of the cases at PATHS to output/<slug>/<slug>.csl.json, .bib, .ris."""
    forms = _formats(form)
    files = find_cases(paths)
    check_distinct(files, Path(output) if output else None)
    for file in files:
        items = opened(file).library.items.values()
        references = [item.reference for item in items if not item.placeholder]
        if len(references) < len(items):
            click.echo(f"{shown(file.path)}: {len(items) - len(references)} placeholders are left out", err=True)
        folder = folder_of(file, Path(output) if output else None)
        for one in forms:
            target = folder / f"{file.slug}{FORMATS[one]}"
            text = written(references, one)
            write(target, text.encode())
            lost = loss(references, text, one)
            more = f"; this format cannot hold: {lost}" if lost else ""
            click.echo(f"wrote {shown(target)}: {len(references)} references{more}", err=True)
