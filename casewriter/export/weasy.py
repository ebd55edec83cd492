"""WeasyPrint, imported as cheaply as it can be: a private matter of the PDF exporter.

Importing it looks every library up by name, which runs a compiler and a linker cache tool for each name that does not
exist; a third of a cold render goes there. During the import we answer those look-ups with the names that the
dynamic linker understands itself, and nothing where it does not know them. The subsetter of fontTools, which WeasyPrint
needs only where HarfBuzz-Subset is missing, is loaded when it is first used.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from functools import cache
from typing import Any

from casewriter.export.columns import remember_entries
from casewriter.problem import CannotRun

_SONAMES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
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
    _load_when_used("fontTools.subset")
    original = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _find_quickly
    try:
        import weasyprint as module
    except OSError:
        message = f"a PDF needs the library Pango, which is not here: {install_line()}"
        raise CannotRun(message) from None
    finally:
        ctypes.util.find_library = original
    remember_entries()
    return module


def _load_when_used(name: str) -> None:
    """Put a module in place that loads itself at the first use of one of its names."""
    from importlib import import_module
    from importlib.util import LazyLoader, find_spec, module_from_spec

    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    parent, _, own = name.rpartition(".")
    setattr(import_module(parent), own, module)


def _find_quickly(name: str) -> str | None:
    wanted = name.removeprefix("lib").removesuffix(".so")
    for soname in _SONAMES:
        stem = soname.removeprefix("lib").split(".so")[0]
        if wanted in (stem, soname, stem.removesuffix("-1.0"), f"{stem}-0"):
            return soname
    return None
