"""One case on disk: where it lies, where its outputs go, and reading it with its pictures and references."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from casewriter.citation import Library, read_library
from casewriter.image import Picture, Traces, clean, traces
from casewriter.image.kinds import MAX_BYTES, TOO_LARGE, Unusable
from casewriter.image.look import probe
from casewriter.load import Loaded, load
from casewriter.model.case import Case
from casewriter.model.reference import ReferenceFile
from casewriter.problem import CannotRun, Problem
from casewriter.profile import Profile, find_profile
from casewriter.source import Source, read


class Project(Struct, frozen=True):
    """A folder that holds `cases/`; its templates and profiles come before ours."""

    root: Path

    @property
    def cases(self) -> Path:
        """The folder of cases."""
        return self.root / "cases"

    @property
    def output(self) -> Path:
        """The folder that outputs go to."""
        return self.root / "output"


class CaseFile(Struct, frozen=True):
    """A case file: its path, its folder, and the name of its outputs; `text` replaces its content until it is saved."""

    path: Path
    project: Project
    text: str | None = None

    @property
    def folder(self) -> Path:
        """The folder that pictures and references are relative to."""
        return self.path.parent

    @property
    def slug(self) -> str:
        """The case folder's name, or the stem of a lone file."""
        whole = self.path.name in ("case.yaml", "case.yml")
        name = self.path.resolve().parent.name if whole else self.path.stem
        return name if name.strip(". ") else "case"  # a name of dots would lead out of the output folder

    def read(self) -> bytes:
        """Return the unsaved text, or what the file holds. Raises CannotRun when the file cannot be read."""
        if self.text is not None:
            return self.text.encode("utf-8", "surrogatepass")  # half a pair is reported as what it is: not UTF-8
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise CannotRun(f"{shown(self.path)} cannot be read: {error.strerror}") from None

    def folders(self, kind: str) -> tuple[Path, ...]:
        """Return where templates or profiles are looked for: the case's own folder, then the project's."""
        return (self.folder / kind, self.project.root / kind)


class Opened(Struct, frozen=True):
    """A case read from disk. `loaded.case` is None where nothing of it could be read."""

    file: CaseFile
    source: Source
    loaded: Loaded
    library: Library
    pictures: dict[str, Picture | str]
    profile: Profile

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What reading found."""
        return (*self.source.problems, *self.loaded.problems, *self.library.problems)


def find_project(path: Path) -> Project:
    """Return the nearest parent that holds `cases/` or a `casewriter.toml`; else the folder itself."""
    start = path.resolve()
    start = start if start.is_dir() else start.parent
    for folder in (start, *start.parents):
        if (folder / "casewriter.toml").is_file() or (folder / "cases").is_dir():
            return Project(folder)
    return Project(start)


def find_cases(paths: Iterable[str]) -> list[CaseFile]:
    """Return the case files of paths: files, case folders, folders of cases; without one, the project's cases.

    Raises CannotRun when a path is missing or holds no case.
    """
    names = list(paths)
    if not names:
        project = find_project(Path.cwd())
        if not project.cases.is_dir():
            raise CannotRun("no cases/ folder here; give a case, or make one with `casewriter new SLUG`")
        names = [str(project.cases)]
    found: dict[Path, Path] = {}
    for path in (path for name in names for path in _files(Path(name))):
        found.setdefault(path.resolve(), path)  # a case that is named twice is one case
    return [CaseFile(path, find_project(path)) for path in found.values()]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CannotRun(f"{path}: no such file or folder")
    for name in ("case.yaml", "case.yml"):
        if (path / name).is_file():
            return [path / name]
    found = sorted(path.glob("*/case.y*ml"))
    if not found and (path / "cases").is_dir():
        found = sorted((path / "cases").glob("*/case.y*ml"))
    if not found:
        raise CannotRun(f"{path}: no case.yaml in this folder or in a folder inside it")
    return found


def shown(path: Path) -> str:
    """Return a path as messages name it: relative to the working folder where it lies inside."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


def case_file(file: CaseFile | Path | str, text: str | None = None) -> CaseFile:
    """Return the case at a path, which may not exist yet; `text` replaces its content until it is saved."""
    if not isinstance(file, CaseFile):
        file = CaseFile(Path(file), find_project(Path(file)))
    return file if text is None else replace(file, text=text)


class Pictures(Protocol):
    """Where cleaned pictures are kept from one run to the next."""

    def get(self, original: bytes) -> Picture | None:
        """Return the cleaned picture of a file's content, or None."""

    def put(self, original: bytes, picture: Picture) -> None:
        """Keep a cleaned picture."""


def open_case(
    file: CaseFile | Path | str,
    profile: str | None = None,
    *,
    pictures: bool = True,
    kept: Pictures | None = None,
    text: str | None = None,
) -> Opened:
    """Read a case with its references and pictures; `kept` gives pictures that were cleaned before.

    With `text`, such as the buffer of an editor, that is the case: pictures and references are looked for beside the
    file, but the file itself is not read and may not exist yet.
    Raises Refused when the case has no tree, CannotRun when it cannot be read or its profile does not exist.
    """
    file = case_file(file, text)
    source = read(file.read(), shown(file.path))
    loaded = load(source)
    case = loaded.case
    chosen = find_profile(profile or (case.profile if case else "generic-care"), file.folders("profiles"))
    library = read_library(case, _reference_files(case, file.folder)) if case else Library()
    found = _pictures(case, file.folder, whole=pictures, kept=kept) if case else {}
    return Opened(file, source, loaded, library, found, chosen)


NAMES = ".casewriter/names.txt"
"""A local list of names that must not occur in a case, one a line; it is never committed."""


def name_lists(file: CaseFile) -> list[Path]:
    """Return the local lists of names that are there, beside the case and in the project."""
    folders = dict.fromkeys((file.folder.resolve(), file.project.root.resolve()))
    return [folder / NAMES for folder in folders if (folder / NAMES).is_file()]


def local_names(file: CaseFile) -> tuple[str, ...]:
    """Return the names of the local lists beside the case and in the project; # begins a comment."""
    lines = [line for path in name_lists(file) for line in path.read_text("utf-8", "replace").splitlines()]
    names = (line.partition("#")[0].strip() for line in lines)
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def picture_traces(case: Case, folder: Path) -> dict[str, Traces]:
    """Return what each file of a picture, video or supplement gives away, by its name in the case."""
    panels = (panel.file for figure in case.figures.values() for panel in figure.pictures)
    names = (*panels, *(one.file for one in (*case.videos, *case.supplements)))
    found = {}
    for name in dict.fromkeys(name for name in names if name):
        path = inside(folder, name)
        if path is not None:
            large = path.stat().st_size > MAX_BYTES  # a video may be; it is there, and nothing is read of it
            found[name] = Traces(0, 0) if large else traces(path.read_bytes())
    return found


def inside(folder: Path, name: str) -> Path | None:
    """Return the regular file of a relative name whose real path is inside a folder, or None."""
    first = name.split("/", maxsplit=1)[0]
    if not first or "\x00" in name or "\\" in name or first.startswith("~") or ":" in first:
        return None
    root = folder.resolve()
    try:
        real = _as_spelled(root, name).resolve()
        if not real.is_relative_to(root) or not stat.S_ISREG(real.stat().st_mode):
            return None
    except (OSError, ValueError, RuntimeError):
        return None
    return real


def _as_spelled(root: Path, name: str) -> Path:
    """Return the path of a name as the file system spells it: `ct.JPG` for `ct.jpg`, `ä` in one character or two.

    macOS and Windows find such a file and Linux does not; a case must give the same paper on all of them.
    """
    path = root
    for part in PurePosixPath(name).parts:
        found = path / part
        if not os.path.lexists(found) and path.is_dir() and path.resolve().is_relative_to(root):
            same = [entry for entry in path.iterdir() if _folded(entry.name) == _folded(part)]
            found = same[0] if len(same) == 1 else found
        path = found
    return path


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _reference_files(case: Case, folder: Path) -> dict[str, bytes]:
    files = {}
    for entry in case.references:
        if isinstance(entry, ReferenceFile):
            path = inside(folder, entry.file)
            if path is not None and path.stat().st_size <= MAX_BYTES:
                files[entry.file] = path.read_bytes()
    return files


def _pictures(case: Case, folder: Path, *, whole: bool, kept: Pictures | None) -> dict[str, Picture | str]:
    """Return each picture by its name in the case, or the code and words of why there is none."""
    found: dict[str, Picture | str] = {}
    for figure in case.figures.values():
        for panel in figure.pictures:
            name = panel.file or ""
            path = inside(folder, name)
            if path is not None and name not in found:
                found[name] = _picture(path, whole, kept)
    return found


def _picture(path: Path, whole: bool, kept: Pictures | None) -> Picture | str:
    size = path.stat().st_size
    if size > MAX_BYTES:
        return f"{TOO_LARGE.code} the picture has {size:,} bytes; the limit is {MAX_BYTES:,}"
    data = path.read_bytes()
    if not whole:
        return probe(data)
    if kept is not None and (known := kept.get(data)):
        return known
    try:
        picture = clean(data)
    except Unusable as error:
        return f"{error.kind.code} {error}"
    if kept is not None:
        kept.put(data, picture)
    return picture
