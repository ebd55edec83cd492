"""`casewriter refs convert`: the references of any readable file in another format, on standard output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import click

from casewriter.bibliography.merge import Incoming
from casewriter.bibliography.reading.record import free_key
from casewriter.bibliography.writing import FORMATS, written
from casewriter.bibliography.writing.loss import loss
from casewriter.cli.refs import from_input
from casewriter.model.reference import Reference
from casewriter.work.references.sources import Gathered, gather_file


@click.command("convert")
@click.argument("files", nargs=-1, required=True)
@click.option("--to", "form", type=click.Choice(list(FORMATS)), required=True, help="The format to print.")
def command(files: tuple[str, ...], form: str) -> int:
    """Print the references of FILES, or of a pasted list (- reads standard input), in another format.

    Refused records are reported on standard error with their line, as are entries of a pasted list for you to check.
    """
    found = Gathered()
    for name in files:
        gather_file(name, found, from_input)
    references = list(_sure(found.incoming, found.refused))
    for line in found.refused:
        click.echo(line, err=True)
    text = written(references, form)
    click.echo(text, nl=False)
    if lost := loss(references, text, form):
        click.echo(f"{form} cannot hold: {lost}", err=True)
    click.echo(f"read {len(references)}, refused {len(found.refused)}", err=True)
    return 1 if found.refused else 0


def _sure(incoming: Iterable[Incoming], refused: list[str]) -> Iterator[Reference]:
    """Yield the references that were read with certainty; of a pasted list the others are refused with their text."""
    taken: Counter[str] = Counter()
    for one in incoming:
        if not one.sure:
            refused.append(f"{one.where}: cannot be read reliably: {one.source}")
            continue
        for doubt in one.doubts:
            click.echo(f"{one.where}: check against the source: {doubt}", err=True)
        pasted = bool(one.source)  # its key is made from the text, so two works of one author and year have the same
        key = free_key(one.reference.id or "", taken)
        yield one.reference.model_copy(update={"id": key}) if pasted else one.reference
