"""All references of a case: its own CSL items and those of its files, by key, with where each is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from casewriter.model.case import Case
from casewriter.model.reference import Reference
from casewriter.problem import Kind, Level, Path, Problem, Span

if TYPE_CHECKING:
    from casewriter.bibliography.reading.detect import Read

LOCK_FILE = "references.lock.json"
"""The file beside a case that keeps what services answered of its references."""

DUPLICATE_KEY = Kind(
    "REF001",
    "duplicate-key",
    Level.ERROR,
    """Two references have the same key.

The text could mean either. Remedy: rename one of them, in the case or in its reference file.""",
)
NO_KEY = Kind(
    "REF002",
    "no-key",
    Level.ERROR,
    """A reference has no id, so no text can cite it.

Remedy: give it one, such as muller1959.""",
)
FILE_MISSING = Kind(
    "REF003",
    "file-unreadable",
    Level.ERROR,
    """A reference file is missing, is outside the case folder or has a format that is not supported.

Supported are BibTeX, RIS, NBIB (PubMed), PubMed XML, EndNote XML, CSL-JSON and Web of Science; the content decides, not
the file name.""",
)
RECORD_REFUSED = Kind(
    "REF004",
    "record-refused",
    Level.ERROR,
    """A record of a reference file could not be read.

Every record in the file is either read or refused: nothing is dropped silently.""",
)

_RENAME = "rename one of them, or remove it if it is the same work"

KINDS = (DUPLICATE_KEY, NO_KEY, FILE_MISSING, RECORD_REFUSED)


class LibraryItem(Struct, frozen=True):
    """One reference: its key, the item, and its path in the case, or its file and line.

    `withheld` is what a blinded paper prints for the names of its authors.
    """

    key: str
    reference: Reference
    path: Path = ()
    file: str | None = None
    line: int | None = None
    withheld: str = ""

    @property
    def placeholder(self) -> bool:
        """Whether the reference is still to be found."""
        return self.reference.placeholder is not None


class Library(Struct, frozen=True):
    """The references by key, in file order, and what is wrong with them."""

    items: Mapping[str, LibraryItem] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def references(self) -> dict[str, Reference]:
        """The records alone, by key."""
        return {key: item.reference for key, item in self.items.items()}


def read_library(case: Case, files: Mapping[str, bytes]) -> Library:
    """Return the library of a case. `files` holds the bytes of the reference files that could be read, by name."""
    items: dict[str, LibraryItem] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(case.references):
        path: Path = ("references", number)
        if isinstance(entry, Reference):
            _add(items, problems, entry, path)
            continue
        if entry.file not in files:
            message = "this reference file cannot be read"
            hint = "put it next to the case file, inside its folder"
            problems.append(Problem(FILE_MISSING, message, (*path, "file"), hint=hint))
            continue
        _add_file(items, problems, entry.file, files[entry.file], (*path, "file"))
    return Library(items, tuple(problems))


def _add(items: dict[str, LibraryItem], problems: list[Problem], reference: Reference, path: Path) -> None:
    key = reference.id
    if key is None:
        hint = "give it an id such as muller1959"
        problems.append(Problem(NO_KEY, "this reference has no id", path, hint=hint))
    elif key in items:
        problems.append(Problem(DUPLICATE_KEY, f"duplicate key “{key}”", (*path, "id"), hint=_RENAME))
    else:
        items[key] = LibraryItem(key, reference, path)


def _add_file(items: dict[str, LibraryItem], problems: list[Problem], name: str, data: bytes, path: Path) -> None:
    read = _read(name, data)
    for line, reason in read.refused:
        span = Span(line, 1, line, 1)
        problems.append(Problem(RECORD_REFUSED, reason, path, file=name, span=span))
    for line, reference in read.found:
        key = reference.id or ""
        if key in items:
            span = Span(line, 1, line, 1)
            problems.append(Problem(DUPLICATE_KEY, f"duplicate key “{key}”", path, file=name, span=span, hint=_RENAME))
        else:
            items[key] = LibraryItem(key, reference, path, name, line)


@lru_cache(2)
def _read(name: str, data: bytes) -> Read:
    """Return what a file holds. The last ones are remembered: while a text is written, its references stay."""
    from casewriter.bibliography.reading import read_file

    return read_file(name, data)
