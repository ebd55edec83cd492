"""What the built-in data say: lists of words, units, analytes, headings."""

from __future__ import annotations

from functools import cache
from typing import Any

from casewriter.resources import built_in, data_file
from casewriter.source import read


@cache
def data(name: str) -> Any:
    """Return what a file such as ``units.yaml`` says: mappings, lists and texts that nobody changes."""
    path = data_file(name)
    found = built_in(path)
    return read(path.read_bytes(), path.name).data if found is None else found
