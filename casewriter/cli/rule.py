"""`casewriter rule`: every rule in one line, or the page of one with its examples."""

from __future__ import annotations

import click

from casewriter.problem import CannotRun, did_you_mean


@click.command("rule")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """List the rules, or explain the rule with this CODE."""
    from casewriter.cli.format.page import page
    from casewriter.lint.examples import all_examples
    from casewriter.work.catalogue import all_kinds

    kinds = {kind.code: kind for kind in all_kinds()}
    if code is None:
        code_width, name_width = (max(len(getattr(kind, key)) for kind in kinds.values()) for key in ("code", "name"))
        for kind in kinds.values():
            row = f"{kind.code:<{code_width}}  {kind.level.value:<7}  {kind.name:<{name_width}}  {kind.summary}"
            click.echo(row)
        return
    found = [kind for kind in kinds.values() if kind.code == code.upper()]
    found = found or [kind for kind in kinds.values() if kind.name == code.lower()]
    if not found:
        hint = did_you_mean(code.upper(), kinds) or "`casewriter rule` lists them"
        raise CannotRun(f"unknown rule “{code}”; {hint}")
    for number, kind in enumerate(found):
        click.echo("\n" * bool(number) + "\n".join(page(kind, all_examples().get(kind.code))))
