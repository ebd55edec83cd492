"""`casewriter rule`: every rule in one line, or the page of one."""

from __future__ import annotations

import click

from casewriter.problem import CannotRun, did_you_mean


@click.command("rule")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """List the rules, or explain the one with CODE."""
    from casewriter.cli.catalogue import all_kinds

    kinds = {kind.code: kind for kind in all_kinds()}
    if code is None:
        for kind in kinds.values():
            click.echo(f"{kind.code:<8} {kind.level.value:<8} {kind.name:<44} {kind.summary}")
        return
    found = kinds.get(code.upper()) or next((k for k in kinds.values() if k.name == code.lower()), None)
    if found is None:
        hint = did_you_mean(code.upper(), kinds) or "`casewriter rule` lists them"
        raise CannotRun(f"there is no rule “{code}”; {hint}")
    click.echo(click.style(f"{found.code} {found.name} ({found.level.value})", bold=True))
    click.echo()
    click.echo(found.manual.strip())
