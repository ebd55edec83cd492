"""`casewriter new`: a case file to write in, every section explained."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from casewriter.problem import CannotRun

_SCHEMA = Path(".casewriter") / "case-1.schema.json"


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
    from casewriter.cli.writing import write
    from casewriter.guideline import find_guideline
    from casewriter.profile import find_profile
    from casewriter.project import find_project, shown
    from casewriter.resources import data_file

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        raise CannotRun(f"“{slug}” is not a valid case name: use lower-case letters, digits and hyphens")
    project = find_project(Path.cwd())
    surgical = find_guideline(guideline).answers == "scare"
    find_profile(profile, (project.root / "profiles",))
    folder = project.cases / slug
    target = folder / "case.yaml"
    if target.exists():
        raise CannotRun(f"{shown(target)} already exists; nothing was changed")
    names = _copied(references, folder)
    schema = project.root / _SCHEMA
    write(schema, data_file("schema/case-1.json").read_bytes())
    where = Path(os.path.relpath(schema, folder)).as_posix()
    facts = {"slug": slug, "guideline": guideline, "profile": profile, "surgical": surgical}
    filled = case_text(schema=where, references=names, **facts)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    write(target, filled.encode())
    click.echo(f"wrote {shown(target)}", err=True)
    click.echo(f"next: fill it in, then `casewriter lint {shown(folder)}`", err=True)


def case_text(**facts: object) -> str:
    """Return the text of a new case from `schema`, `slug`, `guideline`, `profile`, `surgical` and `references`."""
    from jinja2 import Environment, StrictUndefined

    from casewriter.resources import data_file

    jinja = Environment(undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701 - YAML, nothing to escape
    return jinja.from_string(data_file("new/case.yaml.j2").read_text("utf-8")).render(**facts)


def _copied(references: tuple[str, ...], folder: Path) -> list[str]:
    """Copy files of references into the case's folder; return their names. Raises CannotRun for what is not read."""
    from casewriter.citation.reading import read_file
    from casewriter.cli.writing import write

    names = []
    for one in references:
        path = Path(one)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CannotRun(f"{one}: cannot be read: {error.strerror}") from None
        read = read_file(path.name, data)
        if read.format == "unknown":
            raise CannotRun(f"{one}: {read.refused[0][1]}")
        click.echo(f"{one}: read {len(read.found)}, refused {len(read.refused)}", err=True)
        for line, reason in read.refused:
            click.echo(f"{one}:{line}: {reason}", err=True)
        write(folder / path.name, data)
        names.append(path.name)
    return names
