"""`casewriter checklist`: the completed reporting checklist of a case, with the pages of its manuscript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewriter.cli.bar import with_bar
from casewriter.cli.written import say_written

if TYPE_CHECKING:
    from casewriter.work.checklist import ChecklistOrder, Told

FORMATS = ("html", "pdf", "docx", "json")


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
    order = ChecklistOrder(_formats(formats), options["guideline"], options["profile"], options["layout"], output)
    check_distinct(files, output)
    common = ctx.obj or {}
    codes = [_tell(told, common) for told in with_bar(_each(files, order), len(files), "checklist")]
    return max(codes)


def _each(files: list[Any], order: ChecklistOrder) -> Iterator[Told]:
    from casewriter.work.checklist import write_checklist

    return (write_checklist(file, order) for file in files)


def _formats(names: str) -> tuple[str, ...]:
    from casewriter.problem import CannotRun, did_you_mean

    wanted = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            hint = did_you_mean(name, FORMATS) or "known: " + ", ".join(FORMATS)
            raise CannotRun(f"unknown format “{name}” for a checklist; {hint}")
    if not wanted:
        raise CannotRun("--to gives no format; known: " + ", ".join(FORMATS))
    return tuple(dict.fromkeys(wanted))


def _tell(told: Told, common: Mapping[str, bool]) -> int:
    """Print what keeps the checklist from being complete and what was written; return the exit code."""
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
