"""`casewriter refs add`: references into a case or its file of references, every other byte as it was."""

from __future__ import annotations

import difflib
import shlex

import click

from casewriter.bibliography.merge import merge
from casewriter.bibliography.reading.ris import keeps
from casewriter.cli.refs import from_input
from casewriter.project import shown
from casewriter.work.references.case import opened, the_case
from casewriter.work.references.changes import Changes, changes
from casewriter.work.references.sources import gather
from casewriter.work.write import write


@click.command("add")
@click.argument("sources", nargs=-1, required=True)
@click.option("--case", "path", help="The case; needed only if the project has several.")
@click.option("--into", "name", help="Write to this .bib, .ris or .json file of the case instead of the case file.")
@click.option("--diff", is_flag=True, help="Print what would change, without changing it.")
def command(sources: tuple[str, ...], path: str | None, name: str | None, diff: bool) -> int:
    """Add references from SOURCES: files of any format, a pasted list (- reads standard input), DOIs, PubMed ids.

    A work that is already in the case is not added again; missing details of its record are filled in.
    """
    from casewriter.lookup import Services

    into = ("--into", name) if name else ()
    file = the_case(path, f"casewriter refs add {shlex.join((*sources, *into))} --case")
    case = opened(file)
    found = gather(sources, Services(), from_input)
    for line in found.refused:
        click.echo(f"refused {line}", err=True)
    plan = merge(found.incoming, case.library.references, keeps if (name or "").lower().endswith(".ris") else bool)
    changed = changes(case, plan, name)
    for line in plan.said:
        click.echo(line)
    for line in changed.said:
        click.echo(line, err=True)
    (_print if diff else _write)(changed)
    unsure = sum(not one.sure for one, _ in plan.new)
    to_read = f", {unsure} of them for you to check" if unsure else ""
    counts = f"read {len(found.incoming)}, refused {len(found.refused)}, added {len(plan.new)}{to_read}"
    click.echo(counts, err=True)
    return 1 if found.refused else 0


def _print(changed: Changes) -> None:
    for target, (before, after) in changed.files.items():
        old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
        click.echo("".join(difflib.unified_diff(old, new, shown(target), shown(target))), nl=False)


def _write(changed: Changes) -> None:
    for target, (_, after) in changed.files.items():
        write(target, after)
        click.echo(f"wrote {shown(target)}", err=True)
