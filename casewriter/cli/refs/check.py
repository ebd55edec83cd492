"""`casewriter refs check`: what is missing in the references of a case, and where the services disagree."""

from __future__ import annotations

import click

from casewriter.citation import LOCK_FILE
from casewriter.cli.format.text import concise
from casewriter.lookup import Unreachable
from casewriter.problem import Level
from casewriter.project import shown
from casewriter.work.check import Codes, check
from casewriter.work.references.ask import ask
from casewriter.work.references.case import opened, the_case


@click.command("check")
@click.argument("path", required=False)
@click.option("--online", is_flag=True, help="Ask Crossref and PubMed for metadata differences and retractions.")
def command(path: str | None, online: bool) -> int:
    """Check the references of the case at PATH for missing fields, duplicates and malformed identifiers.

    With --online, Crossref and PubMed are asked as well. Their answers are stored with the date in references.lock.json
    beside the case, from which lint and later checks report them without the network.
    """
    file = the_case(path, "casewriter refs check")
    library = opened(file).library
    silent = ask(library, file, _tell) if online else 0
    found = [problem for problem in check(file, codes=Codes(("REF",))).report.problems if problem.kind.family == "REF"]
    for problem in found:
        click.echo(concise(problem, shown(file.path)))
    counts = {level: sum(problem.level is level for problem in found) for level in Level}
    compared = (file.folder / LOCK_FILE).is_file()
    remark = "" if compared else "; not compared with Crossref and PubMed" + ("" if online else " (--online)")
    said = f"{len(library.items)} references, {counts[Level.ERROR]} errors, {counts[Level.WARNING]} warnings{remark}"
    click.echo(f"{shown(file.path)}: {said}", err=True)
    if counts[Level.ERROR]:
        return 1
    return 2 if silent else 0


def _tell(error: Unreachable) -> None:
    click.echo(f"{error}; its earlier answers are kept", err=True)
