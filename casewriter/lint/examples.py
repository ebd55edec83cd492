"""Examples of rules: a bad case that raises the problem at a marked place, and a good one that does not.

A table of examples is a YAML file of rule codes. In `bad`, or in one of `files`, ⟦ and ⟧ surround the words that the
problem points at; they are taken out before the case is read. Packages with rules of their own keep their tables where
they like and read them with `read_examples`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, field

from casewriter.problem import CannotRun, Span
from casewriter.resources import data_folder
from casewriter.source import read

OPEN, CLOSE = "⟦", "⟧"


class Example(Struct, frozen=True):
    """The examples of one rule: case texts, files beside the case by name, options of `lint`, and the marked place.

    `file` is the name of the file with the marks where that is not the case. `untold` says why a case alone cannot
    show the rule; then there is neither bad nor good.
    """

    code: str
    bad: str = ""
    good: str = ""
    span: Span | None = None
    file: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    untold: str = ""


def read_examples(path: Path) -> dict[str, Example]:
    """Return the examples of a file by code. Raises CannotRun when an example has no marks."""
    data = read(path.read_bytes(), path.name).data or {}
    return {code: _example(code, entry, path) for code, entry in data.items()}


@cache
def all_examples() -> dict[str, Example]:
    """Return our examples by code."""
    found: dict[str, Example] = {}
    for path in sorted(data_folder("examples").glob("*.yaml")):
        found |= read_examples(path)
    return found


def _example(code: str, entry: Mapping[str, object], path: Path) -> Example:
    if "untold" in entry:
        return Example(code, untold=str(entry["untold"]))
    files, options = entry.get("files") or {}, entry.get("options") or {}
    assert isinstance(files, Mapping)
    assert isinstance(options, Mapping)
    texts: dict[str | None, str] = {None: str(entry["bad"]), **files}
    marked = [name for name, text in texts.items() if OPEN in text or CLOSE in text]
    if len(marked) != 1 or texts[marked[0]].count(OPEN) != 1 or texts[marked[0]].count(CLOSE) != 1:
        raise CannotRun(
            f"{path}: the bad example of {code} needs {OPEN} and {CLOSE} once, around what the problem marks"
        )
    (name,) = marked
    texts[name], span = _unmarked(texts[name])
    beside = {name: text for name, text in texts.items() if name is not None}
    return Example(code, str(texts[None]), str(entry["good"]), span, name, beside, dict(options))


def _unmarked(marked: str) -> tuple[str, Span]:
    """Return a text without its marks, and what stood between them."""
    before, rest = marked.split(OPEN)
    inside, after = rest.split(CLOSE)
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    end_line = line + inside.count("\n")
    end_column = column + len(inside) if line == end_line else len(inside) - inside.rfind("\n")
    return before + inside + after, Span(line, column, end_line, end_column)
