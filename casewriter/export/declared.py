"""What WeasyPrint declares of Pango, compiled beforehand: reading the C at each start takes half of its import.

`tools/generate.py` makes the file of compiled declarations from the text of the WeasyPrint that is installed. Where
another one is here, the file does not apply, and cffi reads the declarations as usual.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import json

from casewriter.resources import data_file

COPY = "PangoLayout * pango_layout_copy (PangoLayout *src);"
"""What we call ourselves."""


@contextmanager
def declared() -> Iterator[None]:
    """Give WeasyPrint the compiled declarations while it is imported, where they are those of its own text."""
    interface = _interface()
    if interface is None:
        yield
        return
    stand_in, before = ModuleType("cffi"), sys.modules.get("cffi")
    stand_in.__dict__["FFI"] = lambda: interface
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        del sys.modules["cffi"]
        if before is not None:
            sys.modules["cffi"] = before


def _interface() -> Any:
    """Return what cffi would make of the declarations, or None where the compiled ones do not apply."""
    known, text = json.decode(data_file("pango.json").read_bytes()), source()
    if zlib.crc32(text) != known["crc32"]:
        return None

    class Declared(import_module("_cffi_backend").FFI):  # type: ignore[misc]
        """An interface that has been told everything."""

        def cdef(self, *given: Any, **named: Any) -> None:
            """Take no declaration."""

    try:
        return Declared("pango", **{name: _with_bytes(value) for name, value in known["compiled"].items()})
    except ImportError:  # made for another cffi
        return None


def source() -> bytes:
    """Return the text of WeasyPrint that declares functions, empty where it is not found."""
    spec = find_spec("weasyprint")
    folders = spec.submodule_search_locations if spec else None
    file = Path(folders[0]) / "text" / "ffi.py" if folders else None
    return file.read_bytes() if file and file.is_file() else b""


def _with_bytes(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("latin-1")
    return tuple(_with_bytes(one) for one in value) if isinstance(value, list) else value
