"""Rendering or checking again at every save; a broken case leaves the last good page where it is."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from casewriter.problem import CannotRun
from casewriter.project import CaseFile
from casewriter.work.build import Built, Order, build

Changes = Iterable[tuple[object, str]]
"""What changed at one save: pairs of the kind of change and the path."""


def builds(files: list[CaseFile], order: Order) -> Iterator[Built | CannotRun | OSError]:
    """Return what comes of rendering a case at every change in its folder or in the project's templates and profiles.

    The watching begins with the first step of the iterator, and KeyboardInterrupt ends it.
    """
    return _built(_saves(files), files, order)


def changed(files: list[CaseFile]) -> Iterator[CaseFile]:
    """Return each case at every change of what it is made of; else as `builds`."""
    return _touched(_saves(files), files, lambda _: False)


def _saves(files: list[CaseFile]) -> Iterable[Changes]:
    from watchfiles import watch

    folders = {folder for file in files for folder in _folders(file) if folder.is_dir()}
    return watch(*folders, raise_interrupt=True)


def _built(saves: Iterable[Changes], files: list[CaseFile], order: Order) -> Iterator[Built | CannotRun | OSError]:
    outputs = tuple(_Outputs(file, order) for file in files)
    written: set[Path] = set()  # also by exporters that name their files in their own way
    for file in _touched(saves, files, lambda path: path in written or any(path in one for one in outputs)):
        try:
            built = build(file, order)
            written.update(Path(one.path).resolve() for one in built.written)
            yield built
        except (CannotRun, OSError) as error:
            yield error


def _touched(saves: Iterable[Changes], files: list[CaseFile], is_ours: Callable[[Path], bool]) -> Iterator[CaseFile]:
    """Yield the cases that a save is of, but for files that are written here."""
    for changes in saves:
        paths = {path for path in (Path(name) for _, name in changes) if not is_ours(path)}
        for file in files:
            if any(_is_input(path, folder) for path in paths for folder in _folders(file)):
                yield file
        gc.collect()  # between the changes, not while someone waits for a page


class _Outputs:
    """The files that rendering a case writes, wherever they go: a render that sees them would never come to an end."""

    def __init__(self, file: CaseFile, order: Order) -> None:
        self._folder = order.folder(file).resolve()
        self._stem = file.slug
        self._suffixes = order.formats
        self._own = not any(folder.is_relative_to(self._folder) for folder in _folders(file))

    def __contains__(self, path: Path) -> bool:
        if self._own:  # nothing that the case reads lies in this folder
            return path.is_relative_to(self._folder)
        named = path.name.startswith(self._stem) and path.suffix.lstrip(".") in self._suffixes
        return path == self._folder or (path.parent == self._folder and named)


def _is_input(path: Path, folder: Path) -> bool:
    """Return whether a path may be read from a folder: hidden files are caches, stamps and files half written."""
    return path.is_relative_to(folder) and not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _folders(file: CaseFile) -> Iterable[Path]:
    return (file.folder.resolve(), *(file.project.root / kind for kind in ("templates", "profiles", "guidelines")))
