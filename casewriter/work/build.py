"""Building the files of one case: read, compose, export, write whole, read back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from casewriter.lint.secrets import without_secrets
from casewriter.problem import Level, Problem, Refused
from casewriter.project import CaseFile, Opened, case_file, local_names, open_case, shown
from casewriter.source.kinds import COMMA, DUPLICATE_KEY
from casewriter.template import find_template
from casewriter.work.check import as_text, compose_opened, identifying, unnamed
from casewriter.work.exporting import Exporting, Written
from casewriter.work.missing import with_names
from casewriter.work.outputs import BLINDED, folder_of
from casewriter.work.pictures import PictureCache
from casewriter.work.stamp import Remembered, forget, remember, remembered
from casewriter.work.steps import step

Lines = Callable[[Iterable[Problem], str], tuple[str, ...]]
"""Turns the problems of a case into the lines that are shown; the text is how messages call the case file."""


class Order(Struct, frozen=True):
    """What is asked of a render; `reference` is a Word file whose styles and page a Word file shall have.

    One that is `blinded` makes the copy without names.

    With `lines`, a case that has not changed is not rendered again: the lines of its last render are kept and shown.
    """

    formats: tuple[str, ...]
    profile: str | None = None
    layout: str | None = None
    output: Path | None = None
    lines: Lines | None = None
    reference: bytes | None = None
    blinded: bool = False

    def folder(self, file: CaseFile) -> Path:
        """Return the folder that the outputs of a case go to."""
        return folder_of(file, self.output)

    def pictures(self, file: CaseFile) -> Path:
        """Return the folder of cleaned pictures."""
        return (self.output or file.project.output) / ".pictures"

    def asked(self) -> dict[str, Any]:
        """Return what decides, beside the files, what is written."""
        reference = hashlib.sha256(self.reference).hexdigest() if self.reference else None
        asked = {
            "formats": list(self.formats),
            "profile": self.profile,
            "layout": self.layout,
            "reference": reference,
        }
        return asked | {"blinded": True} if self.blinded else asked


class Built(Struct, frozen=True):
    """What came of a render; `notes` say what a copy without names withholds."""

    name: str
    written: tuple[Written, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    unchanged: Remembered | None = None
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an output is missing or wrong, or holds what identifies."""
        if self.unchanged is not None:
            return self.unchanged.failed
        return bool(self.failure) or any(p.level is Level.ERROR for p in self.problems)


def build(file: CaseFile | Path | str, order: Order, *, text: str | None = None) -> Built:
    """Render one case, or a `text` that is not saved yet in its place.

    Raises CannotRun when the case cannot be read, or a library, template, profile or style is missing.
    """
    file = case_file(file, text)
    if known := unchanged(file, order):
        return known
    name, stamp, lines = shown(file.path), _stamp(file, order), _lines(file, order)
    step("read", name)
    try:
        kept = PictureCache(order.pictures(file))
        opened = open_case(file, order.profile, kept=kept)
    except Refused as refused:
        told = unnamed(refused.problems, as_text(file), local_names(file))
        return Built(name, problems=tuple(told), failure="not rendered: the file cannot be read as YAML")
    problems = [opened.source.locate(p) if not p.file else p for p in opened.problems]
    losing = [p for p in opened.source.problems if p.kind in (COMMA, DUPLICATE_KEY)]
    if opened.loaded.case is None or not opened.loaded.whole or losing:
        told = unnamed(problems, opened.source, local_names(file))
        return Built(
            name,
            problems=_sorted(told),
            failure=_blocked(losing + [opened.source.locate(p) for p in opened.loaded.problems], problems, name),
        )
    problems += identifying(opened)
    if file.text is not None:
        forget(stamp)
    made, notes = _made(opened, order, problems)
    told, _ = without_secrets(made.problems)
    built = Built(name, tuple(made.written), _sorted(told), notes=notes)
    if lines:
        targets = [Path(one.path) for one in built.written]
        told_lines = (*lines(built.problems, name), *(f"{name}: {note}" for note in notes))
        remember(stamp, order.asked(), opened, targets, Remembered(built.failed, told_lines))
    return built


def _made(opened: Opened, order: Order, problems: list[Problem]) -> tuple[Exporting, tuple[str, ...]]:
    """Return the files of a case that was read, with all problems, and what a copy without names withholds."""
    file, source = opened.file, opened.source
    done, copy = None, None
    notes: tuple[str, ...] = ()
    step("compose", shown(file.path))
    told = opened
    if order.blinded:
        from casewriter.work.blinded import blinded, copy_of, summary  # loaded when somebody asks for it

        told, done = blinded(opened)
    composed = compose_opened(told, order.layout)
    problems = [*problems, *map(source.locate, composed.problems)]
    problems = list(with_names(problems, source, file.folder))
    article = composed.article
    template = find_template(article.layout, file.folders("templates"))
    if done:
        article = done.article(article)
        copy = copy_of(done, article, opened, template)
        problems += map(source.locate, done.problems)
        notes = summary(done, opened, source)
    folder, reference = order.folder(file), order.reference
    made = Exporting(opened, article, template, folder, order.profile, reference, copy, problems=problems)
    made.make(order.formats)
    return made, notes


def unchanged(file: CaseFile, order: Order) -> Built | None:
    """Return what came of the last render, where it is remembered and nothing has changed since."""
    known = remembered(_stamp(file, order), order.asked()) if _lines(file, order) else None
    return Built(shown(file.path), unchanged=known) if known else None


def _stamp(file: CaseFile, order: Order) -> Path:
    return order.folder(file) / f".{file.slug}{BLINDED if order.blinded else ''}.stamp.json"


def _lines(file: CaseFile, order: Order) -> Lines | None:
    return order.lines if file.text is None else None  # a stamp tells of files: what is not saved has none


def _blocked(blocking: list[Problem], problems: list[Problem], name: str) -> str:
    """Return why a case is not rendered: how many errors block it, the first of them, and how many do not."""
    first = _sorted(blocking)[0]
    place = f"{name}:{first.span.line}:{first.span.column}" if first.span else name
    count = f"{len(blocking)} error{'s' if len(blocking) != 1 else ''}"
    said = f"not rendered: fix {count} first; rendering now would lose content (the first: {place} {first.code})"
    others = sum(p.level is Level.ERROR and p not in blocking for p in problems)
    return f"{said}; {others} other{'s' if others != 1 else ''} would not block" if others else said


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.span.line, p.span.column) if p.span else (0, 0)))
