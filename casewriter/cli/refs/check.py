"""`casewriter refs check`: what the references of a case lack, and what the services say otherwise."""

from __future__ import annotations

import click

from casewriter.cli.format.text import concise
from casewriter.lookup import Unreachable
from casewriter.lookup.lock import NAME
from casewriter.problem import Level
from casewriter.project import shown
from casewriter.work.check import Codes, check
from casewriter.work.references.ask import ask
from casewriter.work.references.case import opened, the_case


@click.command("check")
@click.argument("path", required=False)
@click.option("--online", is_flag=True, help="Ask Crossref and PubMed: differences of metadata, retractions.")
def command(path: str | None, online: bool) -> int:
    """Say what the references of the case at PATH lack: fields by type, duplicates, identifiers that cannot be right.

    With --online Crossref and PubMed are asked as well; the answers are kept with their day in references.lock.json
    beside the case, and are told again without the network, by lint too.
    """
    file = the_case(path, "casewriter refs check")
    library = opened(file).library
    silent = ask(library, file, _tell) if online else 0
    found = [problem for problem in check(file, codes=Codes(("REF",))).report.problems if problem.kind.family == "REF"]
    for problem in found:
        click.echo(concise(problem, shown(file.path)))
    counts = {level: sum(problem.level is level for problem in found) for level in Level}
    compared = (file.folder / NAME).is_file()
    remark = "" if compared else "; not compared with Crossref and PubMed" + ("" if online else " (--online)")
    said = f"{len(library.items)} references, {counts[Level.ERROR]} errors, {counts[Level.WARNING]} warnings{remark}"
    click.echo(f"{shown(file.path)}: {said}", err=True)
    if counts[Level.ERROR]:
        return 1
    return 2 if silent else 0


def _tell(error: Unreachable) -> None:
    click.echo(f"{error}; what it answered before is kept", err=True)
