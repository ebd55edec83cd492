"""`casewriter profile` without a verb: the journals, or what one asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casewriter.profile import Profile


def listing() -> None:
    """Print the profiles, one per line."""
    from casewriter.problem import CannotRun
    from casewriter.profile import all_profiles, find_profile

    folders = _folders()
    for found in sorted(all_profiles(folders)):
        try:
            click.echo(f"{found}  {find_profile(found, folders).name}")
        except CannotRun as error:
            click.echo(f"{found}  cannot be used: {error}")


@click.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show the profile NAME."""
    from casewriter.profile import find_profile

    _show(find_profile(name, _folders()))


def _folders() -> tuple[Path, ...]:
    from casewriter.project import find_project

    return (find_project(Path.cwd()).root / "profiles",)


def _show(profile: Profile) -> None:
    """Print a profile: what it is, its sections, and each value with how it is handled and was learned."""
    from casewriter.profile.telling import told

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
    for key, value in facts.items():
        if value:
            click.echo(f"{key:<22}{value}")
    click.echo("sections:")
    for plan in profile.plans():
        click.echo(f"  {plan.heading:<28} {', '.join(plan.parts)}")
    click.echo("what the journal asks, what casewriter does about it, and how that was learned:")
    for one in told(profile):
        by = f" ({', '.join(one.handled.by)})" if one.handled.how == "checks" else ""
        inherited = one.value.stated_by not in (None, profile.id)
        learned = f"from {one.value.stated_by}" if inherited else one.learned
        click.echo(f"  {one.key}: {one.text}")
        click.echo(f"      {one.handled.how}{by}{'; ' if learned else ''}{learned}")
    click.echo("The numbers are starting points; check the journal's own page.", err=True)
