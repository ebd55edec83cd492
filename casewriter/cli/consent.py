"""`casewriter consent`: a blank form for the patient's consent to publication."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewriter.cli.formats import chosen
from casewriter.cli.written import say_written

if TYPE_CHECKING:
    from casewriter.work.consent import Made


@click.command("consent")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--to", "formats", default="html,pdf", show_default=True, help="Formats: html, pdf, docx.")
@click.option("--language", help="en, de, fr, es, pt or it: the patient's language, if it is not the article's.")
@click.option("--profile", help="Journal profile to use instead of the case's own.")
@click.option("-o", "--output", type=click.Path(file_okay=False), help="Output folder, instead of output/.")
@click.option("--force", is_flag=True, help="Replace forms that you have edited by hand.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], formats: str, language: str | None, **options: Any) -> int:
    """Write a blank form for the patient's consent to publication: output/<slug>/<slug>-consent.html, .pdf, .docx.

    In a language other than the article's, the form says so in its name: <slug>-consent-es.pdf. It names the version
    of the article that the patient is shown; what to write in the case when it is signed is printed. PATHS are case
    files, case folders or folders of cases; by default the project's cases/.
    """
    from casewriter.problem import CannotRun
    from casewriter.project import find_cases, shown
    from casewriter.work.consent import Wish, chosen_language, make_consent
    from casewriter.work.outputs import check_distinct

    files = find_cases(paths)
    folder = Path(options["output"]) if options["output"] else None
    spoken = chosen_language(language) if language else None
    wish = Wish(chosen(formats, _FORMATS, "a consent form"), spoken, options["profile"], folder, options["force"])
    check_distinct(files, folder)
    code = 0
    for file in files:
        try:
            code = max(code, _tell(make_consent(file, wish), ctx.obj or {}))
        except CannotRun as error:
            click.echo(f"casewriter: {shown(file.path)}: {error}", err=True)
            code = 2
    return code


_FORMATS = ("html", "pdf", "docx")


def _tell(made: Made, common: Mapping[str, bool]) -> int:
    """Print what was written and what to do with it on standard error; return the exit code that this calls for."""
    from casewriter.cli.format.text import concise
    from casewriter.problem import Level

    quiet = common.get("quiet", False)
    for problem in made.problems:
        if problem.level is Level.ERROR or not quiet:
            click.echo(concise(problem, made.name), err=True)
    if made.failure:
        click.echo(f"{made.name}: {made.failure}", err=True)
    say_written(() if quiet else made.written)
    for note in made.notes if not quiet else ():
        click.echo(f"{made.name}: {note}", err=True)
    return int(made.failed)
