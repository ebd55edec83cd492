"""Templates: where each file of one comes from along its chain of parents, and how it divides its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from casewriter.named import Chain, Collection, file_at
from casewriter.problem import CannotRun
from casewriter.resources import templates_folder
from casewriter.template.geometry import Geometry, Unfit, geometry

TEMPLATES = Collection("template", "templates", templates_folder(), "casewriter templates", file="template.yaml")


class Template(Struct, frozen=True):
    """A template: its folders, its own first, and its settings merged along the chain."""

    name: str
    folders: tuple[tuple[str, Path], ...]
    settings: tuple[tuple[str, str], ...]
    geometry: Geometry
    suffix: str
    """What the names of its files end in, before the suffix of the format; it is never inherited."""
    styles: tuple[tuple[Path, str], ...] | None = None
    """Style sheets that are tried instead of those of its folders."""

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of template.yaml."""
        return dict(self.settings).get(key, default)

    def find(self, file: str) -> Path | None:
        """Return the file that wins: the template's own, else the nearest parent's."""
        for _, folder in self.folders:
            if (folder / file).is_file():
                return folder / file
        return None

    def sheets(self) -> tuple[tuple[Path, str], ...]:
        """Return the style sheets with their files: the parents' first, each child's after it."""
        if self.styles is not None:
            return self.styles
        files = [folder / "style.css" for _, folder in reversed(self.folders)]
        return tuple((file, file.read_text("utf-8")) for file in files if file.is_file())

    def stylesheet(self) -> str:
        """Return the CSS of all style sheets, so that a child overrides its parents."""
        return "\n".join(text for _, text in self.sheets())


def find_template(name: str, folders: Iterable[Path] = ()) -> Template:
    """Return a template by name; `folders` hold templates and are looked through before packages and ours.

    A page setting that the chain lacks is taken from `article`. Raises CannotRun when there is none,
    when a template.yaml is wrong, when its chain has no end, or when a setting of its page cannot be used.
    """
    chain = TEMPLATES.find(name, folders)
    ours = file_at("article", TEMPLATES.ours / "article" / "template.yaml")
    page = _geometry(Chain((*chain.files, ours)))
    places = tuple((file.name, file.path.parent) for file in chain.files)
    suffix = _texts(chain.own.data).get("suffix", f"-{name}")
    if not re.fullmatch(r"[-.\w]*", suffix):
        message = f"suffix: “{suffix}” becomes part of a file's name: letters, digits, - and _"
        raise CannotRun(chain.own.place(("suffix",), message))
    return Template(name, places, tuple(sorted(_texts(chain.merged()).items())), page, suffix)


def all_templates(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the folder of every template by name, the first found of each."""
    return {name: file.parent for name, file in TEMPLATES.names(folders).items()}


def _geometry(chain: Chain) -> Geometry:
    """Return the geometry that the files of a template say, each key as the first of them has it."""
    settings = chain.merged()

    def said(key: str) -> str:
        if not isinstance(value := settings[key], str):
            raise Unfit(key, "must be one value, on the same line")
        return value

    try:
        return geometry(said)
    except Unfit as unfit:
        raise CannotRun(chain.place((unfit.key,), str(unfit))) from None


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): value for key, value in data.items() if isinstance(value, str)}
