"""Where the outputs of a case go; two cases must not share a folder, for one would replace the other's files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from casewriter.problem import CannotRun
from casewriter.project import CaseFile, shown

BLINDED = "-blinded"
"""What the name of a file of a copy without names ends in, before the suffix of its format."""


def folder_of(file: CaseFile, output: Path | None) -> Path:
    """Return the folder that the outputs of a case go to."""
    return (output or file.project.output) / file.slug


def check_distinct(files: Iterable[CaseFile], output: Path | None) -> None:
    """Raise CannotRun where two cases have one output folder, also where only some file systems take them for one.

    Those of macOS and Windows do not distinguish `Gout` and `gout`, nor the two ways to encode `é`.
    """
    known: dict[tuple[str, str], CaseFile] = {}
    for file in files:
        folder = folder_of(file, output)
        key = (str(folder.parent.resolve()), unicodedata.normalize("NFC", file.slug).casefold())
        other = known.setdefault(key, file)
        if other is not file:
            raise CannotRun(
                f"{shown(other.path)} and {shown(file.path)} would both be written to {shown(folder)}; "
                "rename one of the folders, or render them one at a time, each with its own --output"
            )
