"""`casewriter render`: cases to files, one after the other, side by side, or again at every save."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewriter.cli.bar import say_watching, with_bar
from casewriter.cli.formats import chosen
from casewriter.cli.lost import report, time_limit
from casewriter.cli.written import say_written

if TYPE_CHECKING:
    from casewriter.project import CaseFile
    from casewriter.work.build import Built, Order
    from casewriter.work.failures import Lost


@click.command("render")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--to",
    "formats",
    default="html,pdf",
    show_default=True,
    help="Formats, separated by commas: html, pdf, docx, md, txt, jats, and those of installed packages.",
)
@click.option("--profile", help="Journal profile to use instead of the case's own.")
@click.option("--layout", help="article, manuscript or your own template, instead of the profile's.")
@click.option("--blinded", is_flag=True, help="Write a copy without the names of the authors and their places.")
@click.option(
    "--reference",
    type=click.Path(dir_okay=False),
    help="Word file whose styles and page a .docx shall have, instead of the journal's or ours.",
)
@click.option("-o", "--output", type=click.Path(file_okay=False), help="Output folder, instead of output/.")
@click.option("--watch", is_flag=True, help="Render again at every save, until Ctrl-C.")
@click.option("--force", is_flag=True, help="Render unchanged cases of a batch too.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Number of cases rendered in parallel; by default one for each processor, at most 8.",
)
@time_limit
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    formats: str,
    watch: bool,
    **options: Any,
) -> int:
    """Render cases to HTML, PDF and Word.

    PATHS are case files, case folders or folders of cases; by default the project's cases/.
    """
    from casewriter.cli.format.text import lines
    from casewriter.export.door import formats as known_formats
    from casewriter.project import find_cases
    from casewriter.work.batch import build_all
    from casewriter.work.build import Order
    from casewriter.work.exporting import word_file
    from casewriter.work.many import Effort
    from casewriter.work.outputs import check_distinct

    files = find_cases(paths)
    order = Order(
        formats=chosen(formats, known_formats()),
        profile=options["profile"],
        layout=options["layout"],
        output=Path(options["output"]) if options["output"] else None,
        reference=word_file(Path(options["reference"])) if options["reference"] else None,
        lines=lines if len(files) > 1 and not options["force"] else None,
        blinded=options["blinded"],
    )
    _check_reference(order)
    check_distinct(files, order.output)
    common = ctx.obj or {}
    results = with_bar(
        build_all(files, order, Effort(options["jobs"] or 0, options["time_limit"])), len(files), "render"
    )
    code = max(_tell(built, common) for built in results)
    if watch:
        _watch(files, order, common)
    return code


def _check_reference(order: Order) -> None:
    """Raise CannotRun where a reference file is given and no format takes one."""
    from casewriter.export.door import find_exporter
    from casewriter.problem import CannotRun

    if order.reference is not None and not any("reference" in find_exporter(name).wanted for name in order.formats):
        raise CannotRun("--reference is for Word files; add --to docx")


def _watch(files: list[CaseFile], order: Order, common: Mapping[str, bool]) -> None:
    """Print what comes of each save, until Ctrl-C."""
    from casewriter.work.build import Built
    from casewriter.work.watch import builds

    results = builds(files, order)
    say_watching(len(files))
    for result in results:
        if isinstance(result, Built):
            _tell(result, common)
        else:
            click.echo(f"casewriter: {result}", err=True)


def _tell(built: Built | Lost, common: Mapping[str, bool]) -> int:
    """Print what was written, and what is wrong, on standard error; return the exit code that this calls for."""
    from casewriter.cli.format.gather import gathered
    from casewriter.cli.format.text import concise
    from casewriter.problem import Level
    from casewriter.work.failures import Lost

    if isinstance(built, Lost):
        report(built, "not rendered", debug=common.get("debug", False))
        return 2
    quiet = common.get("quiet", False)
    if built.unchanged is not None:
        for line in built.unchanged.lines:
            click.echo(line, err=True)
        if not quiet:
            click.echo(f"unchanged {built.name}", err=True)
    for problem in gathered(built.problems):
        if problem.level is Level.ERROR or not quiet:
            click.echo(concise(problem, built.name), err=True)
    for note in built.notes if not quiet else ():
        click.echo(f"{built.name}: {note}", err=True)
    if built.failure:
        click.echo(f"{built.name}: {built.failure}", err=True)
    say_written(() if quiet else built.written)
    return int(built.failed)
