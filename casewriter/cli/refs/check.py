"""`casewriter refs check`: what is missing in the references of a case, and where the services disagree."""

from __future__ import annotations

import datetime
import os

import click

from casewriter.citation import Library
from casewriter.cli.checking import check
from casewriter.cli.format.text import concise
from casewriter.cli.refs.case import opened, the_case
from casewriter.cli.writing import write
from casewriter.lookup import Lock, Services, Unreachable
from casewriter.lookup.lock import NAME
from casewriter.lookup.verdict import identifiers
from casewriter.problem import Level
from casewriter.project import CaseFile, shown


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
    silent = _ask(library, file) if online else 0
    found = [problem for problem in check(file, select=("REF",)).report.problems if problem.kind.family == "REF"]
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


def _ask(library: Library, file: CaseFile) -> int:
    """Ask the services of all references and keep what they answer; return how many could not be asked."""
    services, path = Services(), file.folder / NAME
    lock = Lock.read(path.read_bytes() if path.is_file() else None)
    wanted = [pair for item in library.items.values() for pair in identifiers(item)]
    day = _today()
    silent = 0
    for source, ask in (("Crossref", services.by_doi), ("PubMed", services.by_pmid)):
        try:
            for answer in ask(identifier for name, identifier in wanted if name == source):
                lock.put([answer], day)
        except Unreachable as error:
            silent += 1
            click.echo(f"{error}; its earlier answers are kept", err=True)
    if lock.answers:
        write(path, lock.bytes())
    return silent


def _today() -> str:
    """Return the day, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.datetime.now(datetime.UTC)
    if epoch.isdigit():
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return moment.date().isoformat()
