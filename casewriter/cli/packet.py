"""`casewriter packet`: all that a journal asks for, in one folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casewriter.work.packet import Packet


@click.command("packet")
@click.argument("path", type=click.Path())
@click.option("--profile", required=True, help="Journal that the packet is for; `casewriter profile` lists them.")
@click.option("-o", "--output", type=click.Path(file_okay=False), help="Output folder, instead of output/.")
@click.option("--force", is_flag=True, help="Replace files of an earlier packet that you have changed by hand.")
@click.pass_context
def command(ctx: click.Context, /, path: str, profile: str, output: str | None, force: bool) -> int:
    """Write all that a journal asks for of one case into one folder, with a manifest of hashes.

    PATH is a case file or a case folder. What could not be made is listed with the reason.
    """
    from casewriter.problem import CannotRun
    from casewriter.project import find_cases
    from casewriter.work.packet import pack

    files = find_cases([path])
    if len(files) > 1:
        raise CannotRun(f"{path} holds {len(files)} cases; a packet is of one: name its folder")
    return _tell(pack(files[0], profile, Path(output) if output else None, force=force), ctx.obj or {})


def _tell(packet: Packet, common: Mapping[str, bool]) -> int:
    """Print what is in the packet and what is not, on standard error; return the exit code that this calls for."""
    from casewriter.cli.format.gather import gathered
    from casewriter.cli.format.text import concise
    from casewriter.problem import Level

    quiet = common.get("quiet", False)
    for problem in gathered(packet.problems):
        if problem.level is Level.ERROR or not quiet:
            click.echo(concise(problem, packet.name), err=True)
    for line in _lines(packet) if not quiet else ():
        click.echo(line, err=True)
    for one in packet.missing:
        click.echo(f"not ready: {one.role}: {one.reason}", err=True)
    if not quiet:
        click.echo(f"wrote {len(packet.pieces) + 1} files to {packet.folder}", err=True)
    return int(packet.failed)


def _lines(packet: Packet) -> Iterator[str]:
    """Yield what is in the packet, and what is left to a person."""
    for role, count in Counter(piece.role for piece in packet.pieces).items():
        names = [piece.name for piece in packet.pieces if piece.role == role]
        yield f"{role}: {', '.join(names) if count < 4 else f'{count} files, {names[0]} …'}"
    noted = (piece for piece in packet.pieces if piece.role in ("figure", "supplement") and piece.note)
    yield from (f"{piece.name}: {piece.note}" for piece in noted)
    yield from (f"for reviewers: {line}" for line in packet.withheld)
    yield from (f"not of this packet: {name}" for name in packet.others)
    yield from (f"left to you: {line}" for line in packet.to_do)
    from casewriter.work.packet import counted

    errors, warnings = packet.lint
    if errors or warnings:
        yield f"lint: {counted(errors, warnings)} for this journal"
