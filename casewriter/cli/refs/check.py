"""`casewriter refs check`: what the references of a case lack, and what the services say otherwise."""

from __future__ import annotations

import datetime
import os

import click

from casewriter.citation import Item, Library
from casewriter.citation.identifier import bare_doi, bare_pmid, doi_holds, pmid_holds
from casewriter.cli.checking import check
from casewriter.cli.format.text import concise
from casewriter.cli.refs.case import opened, the_case
from casewriter.cli.writing import write
from casewriter.lookup import Lock, Services, Unreachable
from casewriter.lookup.lock import NAME
from casewriter.lookup.verdict import Asked, verdicts
from casewriter.problem import Level
from casewriter.project import CaseFile, shown


@click.command("check")
@click.argument("path", required=False)
@click.option("--online", is_flag=True, help="Ask Crossref and PubMed: differences of metadata, retractions.")
def command(path: str | None, online: bool) -> int:
    """Say what the references of the case at PATH lack: fields by type, duplicates, identifiers that cannot be right.

    With --online Crossref and PubMed are asked as well; the answers are kept with their day in references.lock.json
    beside the case, and are told again without the network.
    """
    file = the_case(path)
    library = opened(file).library
    found = [problem for problem in check(file, select=("REF",)).report.problems if problem.kind.family == "REF"]
    lock_file = file.folder / NAME
    lock = Lock.read(lock_file.read_bytes() if lock_file.is_file() else None)
    silent = _ask(library, lock, file) if online else 0
    found += [opened(file).source.locate(problem) for problem in verdicts(library, _answers(library, lock))]
    for problem in found:
        click.echo(concise(problem, shown(file.path)))
    counts = {level: sum(problem.level is level for problem in found) for level in Level}
    click.echo(
        f"{shown(file.path)}: {len(library.items)} references, {counts[Level.ERROR]} errors, "
        f"{counts[Level.WARNING]} warnings"
        + ("" if lock.answers else "; not compared with Crossref and PubMed (--online)"),
        err=True,
    )
    if counts[Level.ERROR]:
        return 1
    return 2 if silent else 0


def _identifiers(item: Item) -> list[tuple[str, str]]:
    found = []
    doi, pmid = bare_doi(item.reference.doi or ""), bare_pmid(item.reference.pmid or "")
    if doi_holds(doi):
        found.append(("Crossref", doi))
    if pmid_holds(pmid):
        found.append(("PubMed", pmid))
    return found


def _answers(library: Library, lock: Lock) -> list[Asked]:
    asked = []
    for key, item in library.items.items():
        for source, identifier in _identifiers(item):
            if (held := lock.get(source, identifier)) is not None:
                asked.append(Asked(key, *held))
    return asked


def _ask(library: Library, lock: Lock, file: CaseFile) -> int:
    """Ask the services of all references and keep what they answer; return how many could not be asked."""
    services = Services()
    wanted = [pair for item in library.items.values() for pair in _identifiers(item)]
    day = _today()
    silent = 0
    for source, ask in (("Crossref", services.by_doi), ("PubMed", services.by_pmid)):
        try:
            for answer in ask(identifier for name, identifier in wanted if name == source):
                lock.put([answer], day)
        except Unreachable as error:
            silent += 1
            click.echo(f"{error}; what it answered before is kept", err=True)
    if lock.answers:
        write(file.folder / NAME, lock.bytes())
    return silent


def _today() -> str:
    """Return the day, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.datetime.now(datetime.UTC)
    if epoch.isdigit():
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return moment.date().isoformat()
