"""`casewriter templates`: which templates there are, and which file of one wins."""

from __future__ import annotations

from pathlib import Path

import click

from casewriter.problem import CannotRun


@click.command("templates")
@click.option("--where", metavar="FILE", help="Print the path of the file that wins, such as page.html.j2.")
@click.option("--template", default="article", show_default=True, help="The template that --where looks in.")
def command(where: str | None, template: str) -> None:
    """List templates, or say which file of a template is used."""
    from casewriter.project import find_project
    from casewriter.template import all_templates, find_template

    folders = (find_project(Path.cwd()).root / "templates",)
    if where is None:
        for name, folder in sorted(all_templates(folders).items()):
            found = find_template(name, folders)
            click.echo(f"{name:<14} {found.setting('description')}  ({folder})")
        return
    path = find_template(template, folders).find(where)
    if path is None:
        raise CannotRun(f"no template in the chain of “{template}” has a file “{where}”")
    click.echo(str(path))
