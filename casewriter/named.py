"""Profiles, templates and guidelines: YAML files that are found by name and extend one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, reduce
from itertools import takewhile
from pathlib import Path
from typing import Any

from msgspec import Struct

from casewriter import plugins
from casewriter.problem import CannotRun, Level, Problem, Refused, Span, did_you_mean
from casewriter.problem import Path as Keys
from casewriter.record import Sourced
from casewriter.resources import built_in
from casewriter.source import Source, read


class File(Sourced, frozen=True):
    """A file and what it says. Files of one path and time of change are equal, so what is made of one can be cached."""

    beside = frozenset(("data",))

    name: str
    path: Path
    changed: int
    data: dict[str, Any]

    @property
    def source(self) -> Source:
        """The file with the place of everything in it."""
        return _source(self.path, self.changed)

    def place(self, keys: Keys, message: str) -> str:
        """Return a message with file, line and column before it."""
        return _placed(self.path, self.source.span(keys), message)


MergeRule = Callable[[dict[str, Any], File], dict[str, Any]]
"""How a file is laid over what its parents say; it changes neither."""


def key_by_key(base: dict[str, Any], file: File) -> dict[str, Any]:
    """Return the parents' values with a child's over them: mappings are merged key by key, lists are replaced."""
    return _laid_over(base, file.data)


def _laid_over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _laid_over(base[key], value) if both else value
    return merged


class Chain(Struct, frozen=True):
    """A file and those that it extends, its own first."""

    files: tuple[File, ...]

    @property
    def own(self) -> File:
        """The file that was asked for."""
        return self.files[0]

    def merged(self, rule: MergeRule = key_by_key) -> dict[str, Any]:
        """Return what all files say, each child laid over its parent by a rule."""
        *children, root = self.files
        return reduce(rule, reversed(children), root.data)

    def holding(self, keys: Keys) -> File:
        """Return the first file that holds most of the keys; a list comes from one file."""
        named = tuple(takewhile(lambda key: isinstance(key, str), keys))
        parts = (named[:length] for length in range(len(named), 0, -1))
        return next((file for part in parts for file in self.files if file.source.has(part)), self.own)

    def place(self, keys: Keys, message: str) -> str:
        """Return a message with file, line and column before it, where files are merged key by key."""
        return self.holding(keys).place(keys, message)


class Collection(Struct, frozen=True):
    """The files of one kind: each is NAME.yaml or, with `file`, in a folder NAME that holds this file.

    `noun` is what messages call one, `group` names the entry points of packages that bring some, `ours` is the folder
    of the built-in ones, and `listing` the command that lists all.
    """

    noun: str
    group: str
    ours: Path
    listing: str = ""
    file: str = ""

    def names(self, folders: Iterable[Path] = ()) -> dict[str, Path]:
        """Return the file of each name, the first that is found: in `folders`, in installed packages, in ours."""
        found: dict[str, Path] = {}
        for folder in (*folders, *self._installed(), self.ours):
            for path in sorted(folder.glob(f"*/{self.file}" if self.file else "*.yaml")):
                if path.is_file():
                    found.setdefault(path.parent.name if self.file else path.stem, path)
        return found

    def find(self, name: str, folders: Iterable[Path] = ()) -> Chain:
        """Return the file of a name with its parents, which are found like itself.

        Raises CannotRun when one of them does not exist, is wrong YAML (with file, line and column), or extends itself.
        """
        known = self.names(folders)
        if name not in known:
            raise CannotRun(self._missing(name, known))
        files = [file_at(name, known[name])]
        while parent := self._parent(files[-1]):
            if parent not in known:
                raise CannotRun(files[-1].place(("extends",), self._missing(parent, known)))
            seen = [file.name for file in files]
            if parent in seen:
                raise CannotRun(f"the {self.noun} “{parent}” extends itself: {' → '.join((*seen, parent))}")
            files.append(file_at(parent, known[parent]))
        return Chain(tuple(files))

    def _installed(self) -> Iterator[Path]:
        for _, folder in plugins.load(self.group):
            if not isinstance(folder, Problem):
                yield Path(str(folder))

    def _missing(self, name: str, known: Iterable[str]) -> str:
        listing = f"`{self.listing}` lists them" if self.listing else f"known: {', '.join(sorted(known))}"
        broken = (found.message for _, found in plugins.load(self.group) if isinstance(found, Problem))
        return "; ".join((f"unknown {self.noun} “{name}”", did_you_mean(name, known) or listing, *broken))

    def _parent(self, file: File) -> str | None:
        parent = file.data.get("extends")
        if parent is not None and not isinstance(parent, str):
            raise CannotRun(file.place(("extends",), f"“extends” must be the name of one {self.noun}"))
        return parent


def file_at(name: str, path: Path) -> File:
    """Return a file as read. Raises CannotRun when it cannot be read, or is wrong YAML."""
    try:
        changed = path.stat().st_mtime_ns
        return File(name, path, changed, built_in(path) or _source(path, changed).data or {})
    except OSError as error:
        raise CannotRun(f"{path}: the file cannot be read: {error.strerror}") from None


@lru_cache(maxsize=64)
def _source(path: Path, changed: int) -> Source:
    """Return a file as read; `changed` is there so that it is read again when it has changed."""
    del changed
    try:
        source = read(path.read_bytes(), str(path))
    except Refused as refused:
        raise CannotRun(_placed(path, refused.problems[0].span, refused.problems[0].message)) from None
    if wrong := next((problem for problem in source.problems if problem.level is Level.ERROR), None):
        raise CannotRun(_placed(path, wrong.span, wrong.message))
    if not isinstance(source.data, dict | None):
        raise CannotRun(_placed(path, None, "the file must hold keys with their values, such as name: Mine"))
    return source


def _placed(path: Path, span: Span | None, message: str) -> str:
    line, column = (span.line, span.column) if span else (1, 1)
    return f"{path}:{line}:{column}: {message}"
