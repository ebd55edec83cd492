"""`casewriter refs convert`: the references of any readable file in another format, on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from casewriter.citation.reading import read_file
from casewriter.citation.writing import FORMATS, written
from casewriter.citation.writing.loss import loss
from casewriter.model.reference import Reference
from casewriter.problem import CannotRun


@click.command("convert")
@click.argument("files", nargs=-1, required=True)
@click.option("--to", "form", type=click.Choice(list(FORMATS)), required=True, help="The format to print.")
def command(files: tuple[str, ...], form: str) -> int:
    """Print the references of FILES in another format; what is refused is told on standard error with its line."""
    references: list[Reference] = []
    refused = 0
    for name in files:
        try:
            read = read_file(name, Path(name).read_bytes())
        except OSError as error:
            raise CannotRun(f"{name}: cannot be read: {error.strerror}") from None
        if read.format == "unknown" or not (read.found or read.refused):
            raise CannotRun(f"{name}: {read.refused[0][1] if read.refused else 'the file holds no reference'}")
        references += [reference for _, reference in read.found]
        refused += len(read.refused)
        for line, reason in read.refused:
            click.echo(f"{name}:{line}: {reason}", err=True)
    text = written(references, form)
    click.echo(text, nl=False)
    if lost := loss(references, text, form):
        click.echo(f"{form} does not carry: {lost}", err=True)
    click.echo(f"read {len(references)}, refused {refused}", err=True)
    return 1 if refused else 0
