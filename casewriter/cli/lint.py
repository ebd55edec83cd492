"""`casewriter lint`: what each case lacks."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casewriter.project import CaseFile
    from casewriter.work.check import Checked

_MANY = 20
"""From how many cases on a progress bar is shown."""

FORMATS = ("full", "concise", "json", "sarif", "github")


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--profile", help="Journal profile, instead of the case's own.")
@click.option("--guideline", help="Reporting guideline, instead of the case's own.")
@click.option("--select", default="", help="Only these codes or families: CARE,REF.")
@click.option("--ignore", default="", help="Not these codes or families.")
@click.option("--output-format", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option(
    "--privacy", type=click.Choice(["hipaa", "journal"]), help="Identifiers of Safe Harbor, or what journals add."
)
@click.option("--fix", is_flag=True, help="Write safe fixes first: quotes, DOI, PMID, ORCID, units.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--strict", is_flag=True, help="Exit with code 1 for warnings too.")
@click.option("--explain", is_flag=True, help="Print the page of the rule below each problem.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> int:
    """Check cases and report every problem, with line and column.

    PATHS are case files, case folders or folders of cases; without one, the project's cases/.
    """
    from casewriter.project import find_cases

    files = find_cases(paths)
    if len(files) > 1:
        gc.enable()  # a batch runs long enough to need it
    _check_names(files, options["select"], options["ignore"])
    if options["fix"] or options["diff"]:
        from casewriter.cli.fixing import fix

        fix(files, only_show=options["diff"])
        if options["diff"]:
            return 0
    return _lint(files, options, quiet=bool(ctx.obj and ctx.obj.get("quiet")))


def _lint(files: list[CaseFile], options: dict[str, Any], *, quiet: bool) -> int:
    """Print the report of every case and return the exit code."""
    from casewriter.cli.format import text
    from casewriter.problem import Level
    from casewriter.work.check import Codes, check

    select, ignore = _split(options["select"]), _split(options["ignore"])
    codes = Codes(select, ignore)
    reports = []
    whole = options["output_format"] in ("json", "sarif")
    for number, file in enumerate(_with_bar(files)):
        checked = check(file, options["profile"], options["guideline"], options["privacy"], codes=codes)
        reports.append(checked)
        if not whole:
            _print(checked, options, quiet=quiet, first=not number)
    if whole:
        click.echo(_document(options["output_format"], reports))
    elif not quiet and reports and _chosen({"PRIV"}, select, ignore):
        note = text.privacy_note({checked.report.privacy for checked in reports})
        click.echo(note, err=options["output_format"] != "full")
    levels = {problem.level for checked in reports for problem in checked.report.problems}
    return int(Level.ERROR in levels or (options["strict"] and Level.WARNING in levels))


def _print(checked: Checked, options: dict[str, Any], *, quiet: bool, first: bool) -> None:
    """Print the problems of one case, and what they come to."""
    from casewriter.cli.format import github, text
    from casewriter.cli.format.gather import gathered
    from casewriter.problem import Level

    style = options["output_format"]
    if not first and style == "full" and not quiet:
        click.echo()
    problems = [one for one in checked.report.problems if one.level is Level.ERROR or not quiet]
    for problem in gathered(problems) if style == "full" else problems:
        if style == "full":
            click.echo("\n".join(text.full(problem, checked, explain=options["explain"])))
        else:
            one_line = github.command if style == "github" else text.concise
            click.echo(one_line(problem, checked.source.name))
    if not quiet:
        kinds = checked.guideline.kinds
        asked = {*kinds, *(kind.family for kind in kinds.values())}
        judged = _chosen(asked, _split(options["select"]), _split(options["ignore"]))
        said = text.summary(checked.report, checked.guideline.name if judged else None)
        click.echo(f"{checked.source.name}: {said}", err=style != "full")


def _chosen(names: set[str], select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Return whether any of these codes and families is selected, and their family is not ignored."""
    families = {name.rstrip("0123456789") for name in names}
    return (not select or bool(names & set(select))) and not families & set(ignore)


def _document(output_format: str, reports: list[Checked]) -> str:
    from casewriter.cli.format import json, sarif

    if output_format == "sarif":
        return sarif.document(reports)
    return json.document((c.source.name, c.guideline.id, c.profile, c.report) for c in reports)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip().upper() for name in names.split(",") if name.strip())


def _check_names(files: list[CaseFile], *lists: str) -> None:
    """Raise CannotRun for a code or family that does not exist: a typo would silence or select nothing."""
    from casewriter.problem import CannotRun, did_you_mean
    from casewriter.work.catalogue import all_kinds

    if not any(lists):
        return
    folders = dict.fromkeys(folder for file in files for folder in file.folders("guidelines"))
    known = {name for kind in all_kinds(folders) for name in (kind.code, kind.family)}
    for name in (n for names in lists for n in _split(names)):
        if name not in known:
            hint = did_you_mean(name, known) or "`casewriter rule` lists them"
            raise CannotRun(f"there is no rule or family “{name}”; {hint}")


def _with_bar(files: list[CaseFile]) -> Iterable[CaseFile]:
    """Return the files, with a progress bar on a terminal where there are many."""
    import sys

    if len(files) < _MANY or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description="lint", transient=True, console=Console(stderr=True))
