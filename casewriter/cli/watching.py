"""Rendering again at every save; a broken case leaves the last good page where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from casewriter.cli.building import Built, Order, build
from casewriter.problem import CannotRun
from casewriter.project import CaseFile


def watch_files(files: list[CaseFile], order: Order, tell: Callable[[Built], None]) -> None:
    """Render a case at every change in its folder or in the project's templates and profiles, until Ctrl-C."""
    import gc

    from watchfiles import watch

    folders = {folder for file in files for folder in _folders(file) if folder.is_dir()}
    click.echo(f"watching {len(files)} case{'s' if len(files) != 1 else ''}; Ctrl-C ends", err=True)
    for changes in watch(*folders, raise_interrupt=True):
        paths = {Path(path) for _, path in changes if not Path(path).name.startswith(".")}
        for file in files:
            if any(path.is_relative_to(folder) for path in paths for folder in _folders(file)):
                try:
                    tell(build(file, order))
                except (CannotRun, OSError) as error:
                    click.echo(f"casewriter: {error}", err=True)
        gc.collect()  # between the changes, not while someone waits for a page


def _folders(file: CaseFile) -> tuple[Path, ...]:
    return (file.folder.resolve(), *(file.project.root / kind for kind in ("templates", "profiles")))
