"""Templates: where each file of a template comes from, along its chain of parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casewriter import plugins
from casewriter.problem import CannotRun, Problem, Refused, did_you_mean
from casewriter.resources import templates_folder
from casewriter.source import read


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its folders, its own first, and its settings merged along the chain."""

    name: str
    folders: tuple[tuple[str, Path], ...]
    settings: tuple[tuple[str, str], ...]

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

    Raises CannotRun when there is none, or when its chain has no end.
    """
    known = all_templates(folders)
    chain: list[tuple[str, Path]] = []
    settings: dict[str, str] = {}
    wanted: str | None = name
    while wanted:
        if wanted not in known:
            hint = did_you_mean(wanted, known) or "`casewriter templates` lists them"
            raise CannotRun(f"there is no template “{wanted}”; {hint}")
        if wanted in dict(chain):
            raise CannotRun(f"the template “{name}” extends itself")
        chain.append((wanted, known[wanted]))
        own = _settings(known[wanted])
        settings = own | settings
        wanted = own.get("extends")
    return Template(name, tuple(chain), tuple(sorted(settings.items())))


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


def _settings(folder: Path) -> dict[str, str]:
    file = folder / "template.yaml"
    try:
        data: Any = read(file.read_bytes(), str(file)).data
    except Refused as refused:
        problem = refused.problems[0]
        line = problem.span.line if problem.span else 1
        raise CannotRun(f"{file}:{line}: {problem.message}") from None
    return {str(k): str(v) for k, v in (data or {}).items() if isinstance(v, str)}
