"""`casewriter profile`: the journals, what one asks, and what changes from one to another."""

from __future__ import annotations

from typing import Any

import click

from casewriter.cli.app import Verbs, everywhere

VERBS = {"diff": "show what changes from one journal to another, and what a case must change"}


class _Profile(Verbs):
    """A name that is no verb is that of a profile, which is shown."""

    verbs = VERBS
    package = "casewriter.cli.profile"

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the verb, or what shows the profile that is named."""
        if args[0] in self.verbs:
            return super().resolve_command(ctx, args)
        from casewriter.cli.profile.show import show

        show.params = [*show.params[:1], *everywhere()]
        return args[0], show, args


@click.group("profile", cls=_Profile, invoke_without_command=True, subcommand_metavar="[NAME | diff A B [PATH]]")
@click.pass_context
def command(ctx: click.Context) -> None:
    """List journal profiles, one per line, show the profile NAME, or compare two profiles."""
    if ctx.invoked_subcommand is None:
        from casewriter.cli.profile.show import listing

        listing()
