"""`casewriter profile diff`: what changes from one journal to another, for an author whose paper was declined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

if TYPE_CHECKING:
    from casewriter.profile.difference import Change
    from casewriter.work.transfer import Transfer


@click.command("diff")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.argument("path", required=False)
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(old: str, new: str, path: str | None, form: str) -> int:
    """Show what changes from the journal profile A to B; with a case, what it must change for B.

    PATH is a case. Exit code 1 if it has problems for B that it does not have for A, or errors in the file itself.
    """
    from casewriter.profile import find_profile
    from casewriter.profile.difference import changes
    from casewriter.project import find_project, shown
    from casewriter.work.references.case import the_case

    file = the_case(path, f"casewriter profile diff {old} {new}") if path is not None else None
    folders = file.folders("profiles") if file else (find_project(Path.cwd()).root / "profiles",)
    before, after = find_profile(old, folders), find_profile(new, folders)
    found, moved = changes(before, after), None
    if file is not None:
        from casewriter.work.transfer import transfer

        moved = transfer(file, old, new)
    if form == "json":
        click.echo(_json(old, new, found, shown(file.path) if file else "", moved))
    else:
        from casewriter.cli.format.journals import case_lines, profile_lines

        for line in profile_lines(before, after, found):
            click.echo(line)
        for line in case_lines(shown(file.path), old, after, found, moved) if file and moved else ():
            click.echo(line)
    return int(moved is not None and not moved.clear)


def _json(old: str, new: str, found: list[Change], path: str, moved: Transfer | None) -> str:
    """Return everything as JSON, version 1; keys are only ever added."""
    from casewriter.cli.format.json import problem_object

    document: dict[str, Any] = {"version": 1, "from": old, "to": new, "changes": [asdict(one) for one in found]}
    if moved is not None:
        told = {
            key: [problem_object(one) for one in getattr(moved, key)] for key in ("first", "new", "notes", "solved")
        }
        document["case"] = {"path": path, **told, "counts": [asdict(one) for one in moved.measures]}
    return json.dumps(document, ensure_ascii=False, indent=2)
