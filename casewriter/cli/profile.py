"""`casewriter profile`: the journals, or what one asks."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("profile")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """List journal profiles, one per line, or show the profile NAME."""
    from casewriter.problem import CannotRun
    from casewriter.profile import all_profiles, find_profile
    from casewriter.project import find_project

    folders = (find_project(Path.cwd()).root / "profiles",)
    if name is None:
        for found in sorted(all_profiles(folders)):
            try:
                click.echo(f"{found}  {find_profile(found, folders).name}")
            except CannotRun as error:
                click.echo(f"{found}  cannot be used: {error}")
        return
    profile = find_profile(name, folders)
    click.echo(click.style(f"{profile.id}: {profile.name}", bold=True))
    facts = {
        "extends": profile.extends,
        "publisher": profile.publisher,
        "guideline": profile.guideline,
        "layout": profile.layout,
        "citation style": profile.citation.csl,
        "as of": profile.as_of,
        "sources": "; ".join(profile.sources),
    }
    facts |= {f"limit, {k.replace('_', ' ')}": str(v) for k, v in profile.limits if v is not None}
    for key, value in facts.items():
        if value:
            click.echo(f"{key:<22}{value}")
    click.echo("sections:")
    for plan in profile.plans():
        click.echo(f"  {plan.heading:<28} {', '.join(plan.parts)}")
    click.echo("The numbers are starting points; check the journal's own page.", err=True)
