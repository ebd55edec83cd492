"""Where the built-in templates, data and fonts live; the only module that knows."""

from __future__ import annotations

import tomllib
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import json

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return a folder of built-in data: guidelines, profiles, schema."""
    return _PACKAGE / "data" / name


def data_file(name: str) -> Path:
    """Return a file of built-in data, such as ``units.yaml``."""
    return _PACKAGE / "data" / name


@cache
def toml(name: str) -> dict[str, Any]:
    """Return what a TOML file of built-in data says."""
    path = data_file(name)
    found: dict[str, Any] = built_in(path) or tomllib.loads(path.read_text("utf-8"))
    return found


def built_in(path: Path) -> Any:
    """Return what a file of built-in data says; None where it is no such file, or has changed since.

    It comes from a JSON file under ``data/compiled/`` that `tools/generate.py` makes, for reading that is forty times
    faster than reading YAML with the place of everything in it.
    """
    if not path.is_relative_to(_PACKAGE / "data"):
        return None
    file = compiled_file(path)
    found = json.decode(file.read_bytes()) if file.is_file() else {}
    return found.get("data") if found.get("crc32") == zlib.crc32(path.read_bytes()) else None


def compiled_file(path: Path) -> Path:
    """Return where the JSON of a file of built-in data is."""
    return data_folder("compiled") / path.relative_to(_PACKAGE / "data").with_suffix(".json")


@cache
def templates_folder() -> Path:
    """Return the built-in templates: inside an installed wheel, or beside the package in a checkout."""
    packed = _PACKAGE / "_templates"
    return packed if packed.is_dir() else _PACKAGE.parent / "templates"


@cache
def font_files() -> dict[str, Path]:
    """Return the fonts of our pages by file name: OFL originals that packages carry, see FONT_PACKAGES."""
    files: dict[str, Path] = {}
    for package, families in FONT_PACKAGES.items():
        for family, name in families.items():
            for file in sorted((_package_folder(package) / family).glob("*.[to]tf")):
                files[name or file.name] = file
    return files


FONT_PACKAGES = {
    "rendercv_fonts": dict.fromkeys(("Gentium Book Plus", "Source Sans 3", "Noto Sans", "Open Sans"), ""),
    "fontpkg_amiri": {"files": ""},
    "fontpkg_noto_sans_thai": {"files": "NotoSansThai-Regular.ttf"},
}
"""Package -> folder in it -> the name of its one variable font, or empty where each file has the name of its style."""


def _package_folder(package: str) -> Path:
    import importlib.util

    found = importlib.util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else Path("/nowhere")
