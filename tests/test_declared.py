"""WeasyPrint's declarations are compiled beforehand, and are those that cffi reads from its text."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import Any

import pytest

from casewriter.export import declared
from casewriter.export.weasy import weasyprint


def _read_by_cffi() -> Any:
    from cffi import FFI

    calls = [node for node in ast.walk(ast.parse(declared.source())) if isinstance(node, ast.Call)]
    interface = FFI()
    for call in calls:
        if ast.unparse(call.func) == "ffi.cdef":
            interface.cdef(ast.literal_eval(call.args[0]))
    return interface


def _layout(interface: Any, name: str) -> tuple[int, list[tuple[str, int, str]]]:
    """Return the size of a struct, and place and kind of its fields; cffi names some types in two ways."""
    fields = interface.typeof(name).fields
    return interface.sizeof(name), [(field, said.offset, said.type.kind) for field, said in fields]


def test_the_compiled_declarations_are_those_of_the_installed_weasyprint() -> None:
    """Fails when WeasyPrint changes: run tools/generate.py then, and measure again."""
    ours, read = declared._interface(), _read_by_cffi()
    types, structs, unions = read.list_types()
    assert ours is not None
    assert len(types) > 30
    assert [sorted(names) for names in ours.list_types()] == [sorted(types), sorted(structs), sorted(unions)]
    known = {name: read.typeof(name) for name in types}
    assert {name: ours.typeof(name).kind for name in types} == {name: one.kind for name, one in known.items()}
    with_fields = [name for name, one in known.items() if one.kind == "struct" and one.fields]
    assert len(with_fields) > 5
    assert {n: _layout(ours, n) for n in with_fields} == {n: _layout(read, n) for n in with_fields}


def test_no_c_is_read_when_weasyprint_is_imported() -> None:
    program = (
        "import sys; from casewriter.export.weasy import weasyprint; weasyprint(); print('pycparser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_another_weasyprint_is_read_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    cffi = __import__("cffi")
    monkeypatch.setattr(declared, "source", lambda: b"ffi.cdef('int other(void);')")
    with declared.declared():
        assert sys.modules["cffi"] is cffi


def test_cffi_is_there_again_after_the_import() -> None:
    weasyprint()
    import cffi

    with declared.declared():
        assert sys.modules["cffi"] is not cffi
    assert sys.modules["cffi"] is cffi
