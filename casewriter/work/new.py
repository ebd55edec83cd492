"""A new case: its folder, a case file with every section explained, and the files of references that it starts with."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from casewriter.guideline import find_guideline
from casewriter.problem import CannotRun
from casewriter.profile import find_profile
from casewriter.project import Project, shown
from casewriter.resources import data_file
from casewriter.work.write import write

if TYPE_CHECKING:
    from casewriter.bibliography.reading import Read

_SCHEMA = Path(".casewriter") / "case-1.schema.json"


class Wanted(Struct, frozen=True):
    """What is asked of a new case; `references` are paths of files that are copied into its folder."""

    slug: str
    guideline: str
    profile: str
    references: tuple[str, ...] = ()


def create(wanted: Wanted, project: Project, tell: Callable[[str, Read], None]) -> Path:
    """Write a new case and return its file; `tell` is called with each file of references and what was read in it.

    Raises CannotRun when the name cannot be one, the case is there already, or a file of references cannot be read.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", wanted.slug):
        raise CannotRun(f"“{wanted.slug}” is not a valid case name: use lower-case letters, digits and hyphens")
    surgical = find_guideline(wanted.guideline).answers == "scare"
    find_profile(wanted.profile, (project.root / "profiles",))
    folder = project.cases / wanted.slug
    target = folder / "case.yaml"
    if target.exists():
        raise CannotRun(f"{shown(target)} already exists; nothing was changed")
    names = _copied(wanted.references, folder, tell)
    schema = project.root / _SCHEMA
    write(schema, data_file("schema/case-1.json").read_bytes())
    where = Path(os.path.relpath(schema, folder)).as_posix()
    facts = {"slug": wanted.slug, "guideline": wanted.guideline, "profile": wanted.profile, "surgical": surgical}
    filled = _case_text(schema=where, references=names, **facts)
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    write(target, filled.encode())
    return target


def _case_text(**facts: object) -> str:
    """Return the text of a new case from `schema`, `slug`, `guideline`, `profile`, `surgical` and `references`."""
    from jinja2 import Environment, StrictUndefined

    jinja = Environment(undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701 - YAML, nothing to escape
    return jinja.from_string(data_file("new/case.yaml.j2").read_text("utf-8")).render(**facts)


def _copied(references: tuple[str, ...], folder: Path, tell: Callable[[str, Read], None]) -> list[str]:
    """Copy files of references into the case's folder; return their names. Raises CannotRun for what is not read."""
    from casewriter.bibliography.reading import read_file

    names = []
    for one in references:
        path = Path(one)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CannotRun(f"{one}: cannot be read: {error.strerror}") from None
        read = read_file(path.name, data)
        if read.format == "unknown":
            raise CannotRun(f"{one}: {read.refused[0][1]}")
        tell(one, read)
        write(folder / path.name, data)
        names.append(path.name)
    return names
