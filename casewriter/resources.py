"""Where the built-in templates, data and fonts live; the only module that knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return a folder of built-in data: guidelines, profiles, schema."""
    return _PACKAGE / "data" / name


def data_file(name: str) -> Path:
    """Return a file of built-in data, such as ``units.yaml``."""
    return _PACKAGE / "data" / name


@cache
def templates_folder() -> Path:
    """Return the built-in templates: inside an installed wheel, or beside the package in a checkout."""
    packed = _PACKAGE / "_templates"
    return packed if packed.is_dir() else _PACKAGE.parent / "templates"


@cache
def font_files() -> dict[str, Path]:
    """Return the fonts of our pages by file name (OFL originals that the package rendercv-fonts carries)."""
    import importlib.util

    found = importlib.util.find_spec("rendercv_fonts")
    if found is None or found.origin is None:
        return {}
    root = Path(found.origin).parent
    families = ("Gentium Book Plus", "Source Sans 3", "Noto Sans")
    return {file.name: file for family in families for file in sorted((root / family).glob("*.[to]tf"))}
