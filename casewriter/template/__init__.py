"""Templates: where each file of one comes from along its chain of parents, and how it divides its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casewriter import plugins
from casewriter.problem import CannotRun, Problem, Refused, did_you_mean
from casewriter.resources import templates_folder
from casewriter.source import Source, read
from casewriter.template.geometry import Geometry, Unfit, geometry


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its folders, its own first, and its settings merged along the chain."""

    name: str
    folders: tuple[tuple[str, Path], ...]
    settings: tuple[tuple[str, str], ...]
    geometry: Geometry
    suffix: str
    """What the names of its files end in, before the suffix of the format; it is never inherited."""

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of template.yaml."""
        return dict(self.settings).get(key, default)

    def find(self, file: str) -> Path | None:
        """Return the file that wins: the template's own, else the nearest parent's."""
        for _, folder in self.folders:
            if (folder / file).is_file():
                return folder / file
        return None

    def stylesheet(self) -> str:
        """Return the CSS: the parents' first, each child's after it, so that a child overrides."""
        sheets = [folder / "style.css" for _, folder in reversed(self.folders)]
        return "\n".join(sheet.read_text("utf-8") for sheet in sheets if sheet.is_file())


def find_template(name: str, folders: Iterable[Path] = ()) -> Template:
    """Return a template by name; `folders` hold templates and are looked through before packages and ours.

    What a template without a parent leaves unsaid of its page is as in `article`. Raises CannotRun when there is none,
    when its chain has no end, or when a setting of its page cannot be used.
    """
    known = all_templates(folders)
    chain: list[tuple[str, Path]] = []
    files: list[Source] = []
    wanted: str | None = name
    while wanted:
        if wanted not in known:
            hint = did_you_mean(wanted, known) or "`casewriter templates` lists them"
            raise CannotRun(f"there is no template “{wanted}”; {hint}")
        if wanted in dict(chain):
            raise CannotRun(f"the template “{name}” extends itself")
        chain.append((wanted, known[wanted]))
        files.append(_settings_file(known[wanted]))
        wanted = _settings(files[-1]).get("extends")
    settings = {key: value for file in reversed(files) for key, value in _settings(file).items()}
    suffix = _settings(files[0]).get("suffix", f"-{name}")
    page = _geometry([*files, _settings_file(templates_folder() / "article")])
    return Template(name, tuple(chain), tuple(sorted(settings.items())), page, suffix)


def _geometry(files: list[Source]) -> Geometry:
    """Return the geometry that the files say, each key as the first of them has it."""

    def said(key: str) -> str:
        return next(found[key] for found in map(_settings, files) if key in found)

    try:
        return geometry(said)
    except Unfit as unfit:
        file = next(file for file in files if unfit.key in _settings(file))
        span = file.span((unfit.key,))
        raise CannotRun(f"{file.name}:{span.line}:{span.column}: {unfit}") from None


def all_templates(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return every template by name, the first found of each."""
    found: dict[str, Path] = {}
    for folder in (*folders, *_installed(), templates_folder()):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if entry.is_dir() and (entry / "template.yaml").is_file():
                found.setdefault(entry.name, entry)
    return found


def _installed() -> Iterator[Path]:
    for _, folder in plugins.load("templates"):
        if not isinstance(folder, Problem):
            yield Path(str(folder))


def _settings_file(folder: Path) -> Source:
    """Return the settings of a template as read. Raises CannotRun with the place of what is wrong."""
    file = folder / "template.yaml"
    try:
        return read(file.read_bytes(), str(file))
    except Refused as refused:
        problem = refused.problems[0]
        line = problem.span.line if problem.span else 1
        raise CannotRun(f"{file}:{line}: {problem.message}") from None


def _settings(file: Source) -> dict[str, str]:
    data: Any = file.data
    return {str(key): value for key, value in (data or {}).items() if isinstance(value, str)}
