"""`casewriter schema`: the JSON Schema of the case format."""

from __future__ import annotations

from pathlib import Path

import click

from casewriter.resources import data_file


@click.command("schema")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write it to a file instead of standard output.")
def command(output: str | None) -> None:
    """Print the JSON Schema (2020-12) of the case format, for editors."""
    text = data_file("schema/case-1.json").read_text("utf-8")
    if output is None:
        click.echo(text, nl=False)
    else:
        from casewriter.work.write import write

        write(Path(output), text.encode())
        click.echo(f"wrote {output}", err=True)
