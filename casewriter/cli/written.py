"""What a command says of the files that it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casewriter.work.exporting import Written


def say_written(files: Iterable[Written]) -> None:
    """Print each file with its size, and the seconds that making it took, on standard error."""
    for written in files:
        click.echo(f"wrote {written.path}  {size(written.size)} in {written.seconds:.2f} s", err=True)


def size(count: int) -> str:
    """Return a number of bytes in kB or MB."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
