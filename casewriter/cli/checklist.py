"""`casewriter checklist`: the completed reporting checklist of a case, with the pages of its manuscript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from casewriter.cli.bar import with_bar
from casewriter.cli.formats import chosen
from casewriter.cli.written import say_written

if TYPE_CHECKING:
    from casewriter.project import CaseFile
    from casewriter.work.checklist import ChecklistOrder, Told

FORMATS = ("html", "pdf", "docx", "json")


class Failed(NamedTuple):
    """A case of which there is no checklist, and why."""

    name: str
    reason: str


@click.command("checklist")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--to",
    "formats",
    default="html,pdf",
    show_default=True,
    help=f"Formats, separated by commas: {', '.join(FORMATS)}.",
)
@click.option("--guideline", help="Guideline to fill in, instead of the case's own: care, scare or one of yours.")
@click.option("--profile", help="Journal profile to use instead of the case's own.")
@click.option("--layout", help="Layout of the manuscript whose pages are given, instead of the profile's.")
@click.option("-o", "--output", type=click.Path(file_okay=False), help="Output folder, instead of output/.")
@click.option("--force", is_flag=True, help="Replace checklists that you have edited by hand.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], formats: str, **options: Any) -> int:
    """Fill in the reporting checklist of cases, with page and line in the finished manuscript.

    PATHS are case files, case folders or folders of cases; by default the project's cases/.
    """
    from casewriter.project import find_cases
    from casewriter.work.checklist import ChecklistOrder
    from casewriter.work.outputs import check_distinct

    files = find_cases(paths)
    output = Path(options["output"]) if options["output"] else None
    order = ChecklistOrder(
        chosen(formats, FORMATS, "a checklist"),
        options["guideline"],
        options["profile"],
        options["layout"],
        output,
        options["force"],
    )
    check_distinct(files, output)
    common = ctx.obj or {}
    codes = [_tell(told, common) for told in with_bar(_each(files, order), len(files), "checklist")]
    return max(codes)


def _each(files: list[CaseFile], order: ChecklistOrder) -> Iterator[Told | Failed]:
    """Yield what came of each case; one that cannot be worked on does not stop the others."""
    from casewriter.problem import CannotRun
    from casewriter.project import shown
    from casewriter.work.checklist import write_checklist

    for file in files:
        try:
            yield write_checklist(file, order)
        except CannotRun as error:
            if len(files) == 1:
                raise
            yield Failed(shown(file.path), str(error))


def _tell(told: Told | Failed, common: Mapping[str, bool]) -> int:
    """Print what keeps the checklist from being complete and what was written; return the exit code."""
    if isinstance(told, Failed):
        click.echo(f"{told.name}: no checklist: {told.reason.removeprefix(f'{told.name} ')}", err=True)
        return 2
    from casewriter.cli.format.text import concise
    from casewriter.forms.checklist import problems_of, unfound
    from casewriter.project import shown

    filled, quiet = told.filled, common.get("quiet", False)
    checklist, name = filled.checklist, shown(filled.opened.file.path)
    for problem in told.problems:
        click.echo(concise(problem, name), err=True)
    for entry in checklist.entries:
        if entry.open:
            for problem in problems_of(entry, filled.checked.report.problems):
                click.echo(concise(problem, name), err=True)
    for entry in unfound(checklist):
        click.echo(f"{name}: item {entry.item.id} ({entry.item.topic}): fill in its page by hand", err=True)
    if not quiet:
        say_written(told.written)
        _summary(told, name)
    return int(not checklist.complete or bool(told.problems) or bool(unfound(checklist)))


def _summary(told: Told, name: str) -> None:
    checklist = told.filled.checklist
    made = checklist.manuscript
    waived = checklist.count("waived")
    reported = checklist.count("present", "weak")
    click.echo(
        f"{name}: {reported} of {len(checklist.entries) - waived} applicable items of {checklist.guideline.name} "
        f"reported; pages of {made.file} ({made.pages} pages)",
        err=True,
    )
