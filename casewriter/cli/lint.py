"""`casewriter lint`: what each case lacks."""

from __future__ import annotations

import gc

import click


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--profile", help="Journal profile, instead of the case's own.")
@click.option("--guideline", help="Reporting guideline, instead of the case's own.")
@click.option("--select", default="", help="Only these codes or families: CARE,REF.")
@click.option("--ignore", default="", help="Not these codes or families.")
@click.option("--output-format", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True)
@click.option("--strict", is_flag=True, help="Leave with exit code 1 for warnings too.")
@click.option("--explain", is_flag=True, help="Print the page of the rule below each problem.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    output_format: str,
    strict: bool,
    explain: bool,
    **options: str,
) -> int:
    """Say what cases lack, with line and column.

    PATHS are case files, case folders or folders of cases; without one, the project's cases/.
    """
    from casewriter.cli.checking import check
    from casewriter.cli.format import json, text
    from casewriter.guideline import find_guideline
    from casewriter.problem import Level
    from casewriter.project import find_cases

    reports = []
    quiet = bool(ctx.obj and ctx.obj.get("quiet"))
    files = find_cases(paths)
    if len(files) > 1:
        gc.enable()  # a batch runs long enough to need it
    _check_names(options["select"], options["ignore"])
    for number, file in enumerate(_with_bar(files, output_format)):
        checked = check(
            file,
            options["profile"],
            options["guideline"],
            _split(options["select"]),
            _split(options["ignore"]),
        )
        reports.append(checked)
        if output_format == "json":
            continue
        if number and output_format == "full" and not quiet:
            click.echo()
        for problem in checked.report.problems:
            if quiet and problem.level is not Level.ERROR:
                continue
            if output_format == "concise":
                click.echo(text.concise(problem, checked.source.name))
            else:
                click.echo("\n".join(text.full(problem, checked.source, explain=explain)))
        if not quiet:
            name = find_guideline(checked.guideline).name
            click.echo(f"{checked.source.name}: {text.summary(checked.report, name)}", err=output_format == "concise")
    if output_format == "json":
        click.echo(json.document((c.source.name, c.guideline, c.profile, c.report) for c in reports))
    levels = {problem.level for c in reports for problem in c.report.problems}
    return int(Level.ERROR in levels or (strict and Level.WARNING in levels))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip().upper() for name in names.split(",") if name.strip())


def _check_names(*lists: str) -> None:
    """Raise CannotRun for a code or family that does not exist: a typo would silence or select nothing."""
    from casewriter.cli.catalogue import all_kinds
    from casewriter.problem import CannotRun, did_you_mean

    if not any(lists):
        return
    known = {name for kind in all_kinds() for name in (kind.code, kind.family)} | {"SCARE", "PRIV", "DATA"}
    for name in (n for names in lists for n in _split(names)):
        if name not in known:
            hint = did_you_mean(name, known) or "`casewriter rule` lists them"
            raise CannotRun(f"there is no rule or family “{name}”; {hint}")


def _with_bar(files: list, output_format: str):  # type: ignore[no-untyped-def,type-arg]
    import sys

    if len(files) < 20 or output_format == "full" or not sys.stderr.isatty():
        return files
    from rich.progress import track

    return track(files, description="lint", transient=True)
