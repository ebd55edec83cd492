"""WeasyPrint, imported as cheaply as it can be: a private matter of the PDF exporter.

Importing it looks every library up by name, which runs a compiler and a linker cache tool for each name that does not
exist; a third of a cold render goes there. During the import we answer those look-ups with the names that the
dynamic linker understands itself, and nothing where it does not know them. What WeasyPrint needs of fontTools only for
variable fonts, pictures in fonts, WOFF, and where HarfBuzz-Subset is missing is loaded when it is first used.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from casewriter.export.columns import remember_entries
from casewriter.export.declared import declared
from casewriter.export.hyphenation import read_patterns_late
from casewriter.export.layouts import copy_layouts
from casewriter.problem import CannotRun

_SONAMES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
_SELDOM = ("fontTools.ttLib", "fontTools.subset", "fontTools.varLib.instancer")
_LINES = {
    "linux": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    "   (Fedora: sudo dnf install pango harfbuzz)",
    "darwin": "brew install pango",
    "win32": "in MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango",
}


def install_line() -> str:
    """Return the line that installs what a PDF needs, for this platform."""
    return _LINES.get(sys.platform, _LINES["linux"])


def missing_libraries() -> tuple[str, ...]:
    """Return the system libraries for PDF that are not here (Linux; elsewhere nothing is known beforehand)."""
    return tuple(name for name in _SONAMES if not _loads(name)) if sys.platform == "linux" else ()


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@cache
def weasyprint() -> Any:
    """Return the module weasyprint. Raises CannotRun with the install line where a system library is missing."""
    original = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _find_quickly
    try:
        with _loaded_later(_SELDOM), declared():
            import weasyprint as module
    except OSError:
        message = f"a PDF needs the library Pango, which is not here: {install_line()}"
        raise CannotRun(message) from None
    finally:
        ctypes.util.find_library = original
    remember_entries()
    copy_layouts()
    read_patterns_late()
    return module


class _Later(ModuleType):
    """Stands for a module while WeasyPrint is imported; its names load it when they are used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name.endswith("Error"):
            return Exception  # is only caught, and a class must be there for it
        return _Name(self.__name__, name)


class _Name:
    """A name of a module that is loaded when it is called, or when something of it is asked for."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._loaded()(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loaded(), name)

    def _loaded(self) -> Any:
        module = import_module(self._module)
        return getattr(module, self._name, None) or import_module(f"{self._module}.{self._name}")


@contextmanager
def _loaded_later(names: tuple[str, ...]) -> Iterator[None]:
    """Let modules be named in imports without being loaded; those that are loaded stay as they are."""
    stand_ins = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _find_quickly(name: str) -> str | None:
    wanted = name.removeprefix("lib").removesuffix(".so")
    for soname in _SONAMES:
        stem = soname.removeprefix("lib").split(".so")[0]
        if wanted in (stem, soname, stem.removesuffix("-1.0"), f"{stem}-0"):
            return soname
    return None
