"""`casewriter lint`: what is missing or wrong in each case."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from casewriter.cli.bar import say_watching, with_bar
from casewriter.cli.lost import Seen, time_limit

if TYPE_CHECKING:
    from casewriter.cli.format.told import Told
    from casewriter.project import CaseFile
    from casewriter.work.failures import Lost

FORMATS = ("full", "concise", "json", "sarif", "github")


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--profile", help="Journal profile to use instead of the case's own.")
@click.option("--guideline", help="Reporting guideline to use instead of the case's own.")
@click.option("--select", default="", help="Report only these codes or families: CARE,REF.")
@click.option("--ignore", default="", help="Do not report these codes or families.")
@click.option("--output-format", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option(
    "--privacy",
    type=click.Choice(["hipaa", "journal"]),
    help="Check Safe Harbor identifiers, or also what journals add.",
)
@click.option("--fix", is_flag=True, help="Write safe fixes first: quotes, DOI, PMID, ORCID, units.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, without writing it.")
@click.option("--strict", is_flag=True, help="Exit with code 1 for warnings too.")
@click.option("--watch", is_flag=True, help="Check again at every save, until Ctrl-C.")
@click.option("--explain", is_flag=True, help="Print the rule's manual page below each problem.")
@time_limit
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> int:
    """Check cases and report every problem, with line and column.

    PATHS are case files, case folders or folders of cases; by default the project's cases/.
    """
    from casewriter.project import find_cases

    files = find_cases(paths)
    if len(files) > 1:
        gc.enable()  # a batch runs long enough to need it
    if options["watch"] and options["output_format"] in ("json", "sarif"):
        ctx.fail("--watch prints line by line: choose full, concise or github as --output-format")
    _check_names(files, options["select"], options["ignore"])
    if options["fix"] or options["diff"]:
        from casewriter.cli.fixing import fix

        fix(files, only_show=options["diff"])
        if options["diff"]:
            return 0
    code = _lint(files, options, ctx.obj or {})
    if options["watch"]:
        _watch(files, options, quiet=bool(ctx.obj and ctx.obj.get("quiet")))
    return code


def _lint(files: list[CaseFile], options: dict[str, Any], common: Mapping[str, bool]) -> int:
    """Print the report of every case as soon as it is there, and return the exit code."""
    from casewriter.problem import Level

    quiet = common.get("quiet", False)
    seen = Seen("not checked", debug=common.get("debug", False))
    results = _results(files, options, quiet=quiet, verbose=common.get("verbose", False))
    told = seen.kept(with_bar(results, len(files), "lint"))
    if options["output_format"] in ("json", "sarif"):
        for piece in _json(told, seen) if options["output_format"] == "json" else _sarif(told, seen):
            click.echo(piece, nl=False)
        click.echo()
    else:
        _print(told, options, quiet=quiet)
        _print_note(seen, options, quiet=quiet)
    wrong = seen.counts[Level.ERROR] or (options["strict"] and seen.counts[Level.WARNING])
    return 2 if seen.lost else int(bool(wrong))


def _results(files: list[CaseFile], options: dict[str, Any], *, quiet: bool, verbose: bool) -> Iterator[Told | Lost]:
    """Return what is printed of each case, in their order; several are checked in processes of their own."""
    from functools import partial

    work = partial(_tell, options=options, quiet=quiet)
    if len(files) == 1:
        return iter([work(files[0])])

    from casewriter.work.many import Effort, each
    from casewriter.work.warm import for_lint

    warm = partial(for_lint, files[0], options["profile"], options["guideline"])
    effort = Effort(1 if verbose else 0, options["time_limit"])  # steps are printed one case after the other
    return each(files, work, effort, warm)


def _tell(file: CaseFile, options: dict[str, Any], *, quiet: bool) -> Told:
    from casewriter.cli.format.told import split, told
    from casewriter.work.check import Codes, check

    codes = Codes(split(options["select"]), split(options["ignore"]))
    checked = check(file, options["profile"], options["guideline"], options["privacy"], codes=codes)
    return told(checked, options, quiet=quiet)


def _watch(files: list[CaseFile], options: dict[str, Any], *, quiet: bool) -> None:
    """Print the problems of a case at each save, until Ctrl-C."""
    from casewriter.problem import CannotRun
    from casewriter.work.watch import changed

    again = changed(files)
    say_watching(len(files))
    for file in again:
        try:
            _print(iter((_tell(file, options, quiet=quiet),)), options, quiet=quiet)
        except (CannotRun, OSError) as error:
            click.echo(f"casewriter: {error}", err=True)


def _print(told: Iterator[Told], options: dict[str, Any], *, quiet: bool) -> None:
    """Print the problems of each case, and what they come to."""
    full = options["output_format"] == "full"
    for number, one in enumerate(told):
        if number and full and not quiet:
            click.echo()
        if one.text:
            click.echo(one.text)
        if one.summary:
            click.echo(f"{one.name}: {one.summary}", err=not full)
        sys.stdout.flush()


def _print_note(seen: Seen, options: dict[str, Any], *, quiet: bool) -> None:
    from casewriter.cli.format import text
    from casewriter.cli.format.told import chosen

    if not quiet and seen.privacy and chosen({"PRIV"}, options):
        click.echo(text.privacy_note(seen.privacy), err=options["output_format"] != "full")


def _json(told: Iterator[Told], seen: Seen) -> Iterator[str]:
    from casewriter.cli.format import json

    return json.streamed((one.text for one in told), lambda: json.closing(seen.counts, seen.lost))


def _sarif(told: Iterator[Told], seen: Seen) -> Iterator[str]:
    """Yield the document; its rules come before the results, which wait in a file until all are known."""
    import json
    import tempfile

    from casewriter.cli.format import sarif

    with tempfile.TemporaryFile("w+", encoding="ascii") as results:
        for one in told:
            results.write(f"{one.text}\n" if one.text else "")
        results.seek(0)
        yield from sarif.streamed(map(json.loads, results), seen.kinds.values(), seen.lost)


def _check_names(files: list[CaseFile], *lists: str) -> None:
    """Raise CannotRun for a code or family that does not exist: a typo would silence or select nothing."""
    from casewriter.cli.format.told import split
    from casewriter.problem import CannotRun, did_you_mean
    from casewriter.work.catalogue import all_kinds

    if not any(lists):
        return
    folders = dict.fromkeys(folder for file in files for folder in file.folders("guidelines"))
    known = {name for kind in all_kinds(folders) for name in (kind.code, kind.family)}
    for name in (n for names in lists for n in split(names)):
        if name not in known:
            hint = did_you_mean(name, known) or "`casewriter rule` lists them"
            raise CannotRun(f"unknown rule or family “{name}”; {hint}")
