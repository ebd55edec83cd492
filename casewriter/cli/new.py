"""`casewriter new`: a case file to write in, every section explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casewriter.bibliography.reading import Read


@click.command("new")
@click.argument("slug")
@click.option("--guideline", default="care", show_default=True, help="Reporting guideline.")
@click.option("--profile", default="generic-care", show_default=True, help="Journal profile.")
@click.option(
    "--from",
    "references",
    multiple=True,
    type=click.Path(),
    help="A reference file: .bib, .ris, .nbib, .xml, .json.",
)
def command(slug: str, guideline: str, profile: str, references: tuple[str, ...]) -> None:
    """Write cases/SLUG/case.yaml, with every section explained.

    SLUG is the name of the case folder and its outputs: lower-case letters, digits and hyphens.
    """
    from casewriter.project import find_project, shown
    from casewriter.work.new import Wanted, create

    target = create(Wanted(slug, guideline, profile, references), find_project(Path.cwd()), _tell)
    click.echo(f"wrote {shown(target)}", err=True)
    click.echo(f"next: fill it in, then `casewriter lint {shown(target.parent)}`", err=True)


def _tell(name: str, read: Read) -> None:
    """Print what was read in a file of references."""
    click.echo(f"{name}: read {len(read.found)}, refused {len(read.refused)}", err=True)
    for line, reason in read.refused:
        click.echo(f"{name}:{line}: {reason}", err=True)
