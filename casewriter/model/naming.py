"""What records are called: the name of each, its own or made from its label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from casewriter.model.base import Record
from casewriter.model.laboratory import GridRow
from casewriter.problem import Path

_BEFORE = re.compile(r"^[^a-z]+")
_BETWEEN = re.compile(r"[^a-z0-9]+")

Named = tuple[Path, str, Record | GridRow, bool]
"""Path, name, record, and whether the author gave the name."""


@lru_cache(4096)
def slug(text: str) -> str:
    """Return the id that a label gives: ``Total bilirubin`` -> ``total-bilirubin``; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _BEFORE.sub("", _BETWEEN.sub("-", plain.lower())).strip("-")


def named(models: Iterable[tuple[Path, Any]]) -> Iterator[Named]:
    """Yield (path, id, record, explicit) of every record that has an id or a label to make one from."""
    for path, part in models:
        if isinstance(part, Record):
            name = part.id or slug(part.title() or "")
        elif isinstance(part, GridRow):
            name = part.id or slug(part.test or "")
        else:
            continue
        if name:
            yield path, name, part, part.id is not None


def first_of(records: Iterable[Named]) -> dict[str, Path]:
    """Return the path of the first record of each name; an explicit id comes before a label."""
    found: dict[str, Path] = {}
    for path, name, _, _explicit in sorted(records, key=lambda entry: not entry[3]):
        found.setdefault(name, path)
    return found
