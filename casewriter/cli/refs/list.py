"""`casewriter refs list`: the references of a case with their numbers and places."""

from __future__ import annotations

import json

import click
from msgspec import Struct
from msgspec.structs import asdict

from casewriter.article.paper import ReferenceEntry
from casewriter.article.walk import plain
from casewriter.project import Opened, shown
from casewriter.work.references.case import opened, the_case


@click.command("list")
@click.argument("path", required=False)
@click.option("--output-format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(path: str | None, form: str) -> int:
    """List the references of the case at PATH: number (if cited), key, description, place."""
    from casewriter.work.check import compose_opened

    case = opened(the_case(path, "casewriter refs list"))
    article = compose_opened(case).article
    entries = {entry.key: entry for entry in article.references}
    rows = [_row(key, case, entries.get(key)) for key in case.library.items]
    rows.sort(key=lambda row: (row.number is None, row.number or 0))
    if form == "json":
        listed = [asdict(row) for row in rows]
        click.echo(json.dumps({"version": 1, "references": listed}, ensure_ascii=False, indent=2))
        return 0
    width = max((len(row.key) for row in rows), default=0)
    for row in rows:
        click.echo(f"{row.number or '–':>3}  {row.key:<{width}}  {row.text}  ({row.place})")
    return 0


class _Row(Struct, frozen=True):
    key: str
    number: int | None
    text: str
    place: str


def _row(key: str, case: Opened, entry: ReferenceEntry | None) -> _Row:
    item = case.library.items[key]
    place = f"{item.file}:{item.line}" if item.file else f"{shown(case.file.path)}:{case.source.span(item.path).line}"
    if entry is not None:
        return _Row(key, entry.number, plain(entry.children), place)
    return _Row(key, None, f"{item.reference.placeholder or item.reference.title or ''} (not cited)", place)
