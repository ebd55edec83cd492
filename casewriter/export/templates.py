"""Templates: where each file of a template comes from, along its chain of parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casewriter.named import Collection
from casewriter.resources import templates_folder

TEMPLATES = Collection("template", "templates", templates_folder(), "casewriter templates", file="template.yaml")


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

    Raises CannotRun when there is none, when a template.yaml is wrong, or when its chain has no end.
    """
    chain = TEMPLATES.find(name, folders)
    settings = {str(key): value for key, value in chain.merged().items() if isinstance(value, str)}
    places = tuple((file.name, file.path.parent) for file in chain.files)
    return Template(name, places, tuple(sorted(settings.items())))


def all_templates(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the folder of every template by name, the first found of each."""
    return {name: file.parent for name, file in TEMPLATES.names(folders).items()}
