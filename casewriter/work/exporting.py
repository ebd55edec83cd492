"""Giving exporters what they ask for, writing what they return, and reading it back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter import plugins
from casewriter.article.paper import Article
from casewriter.export.door import Exporter, Output, find_exporter
from casewriter.export.readback import lost
from casewriter.model.reference import ReferenceFile
from casewriter.problem import CannotRun, Problem, Span
from casewriter.project import Opened, inside, shown
from casewriter.template import Template
from casewriter.work.outputs import BLINDED
from casewriter.work.steps import step
from casewriter.work.write import write

if TYPE_CHECKING:
    from casewriter.work.blinded import Copy


def _at_start(problem: Problem) -> Problem:
    """Return a problem of a file that was written, shown at the start of the case."""
    return replace(problem, span=Span(1, 1, 1, 1))


class Written(Struct, frozen=True):
    """A file that was written: size in bytes, and seconds that making it took."""

    path: str
    size: int
    seconds: float


def word_file(path: Path) -> bytes:
    """Return a file of Word's. Raises CannotRun where it cannot be read, or is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotRun(f"{shown(path)} cannot be read: {error.strerror}") from None
    if not data.startswith(b"PK"):
        raise CannotRun(f"{shown(path)} is no Word file (.docx); open it in Word and save it as .docx")
    return data


class _Refused(CannotRun):
    """A file of the author would be replaced."""


class Exporting(Struct, frozen=True):
    """The files of one case: what is written, and what is wrong with it.

    `reference` is the Word file that was asked for; without one the template's or the journal's gives the styles.
    With a `copy`, they are those of a copy without names: a file that holds what is withheld is not written.
    """

    opened: Opened
    article: Article
    template: Template
    folder: Path
    profile: str | None = None
    reference: bytes | None = None
    copy: Copy | None = None
    written: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def make(self, formats: tuple[str, ...]) -> None:
        """Write the files of formats, and read each back.

        An exporter of a package that fails becomes a problem, and the other formats are still written. Raises CannotRun
        when one of ours cannot be made, or when a file would replace an input.
        """
        inputs = self.inputs()
        for name in formats:
            step("export", name)
            started = time.perf_counter()
            try:
                exporter = find_exporter(name)
                made = exporter.run(inputs | {"stem": partial(self._stem, exporter)})
                texts = [self._write(exporter, *one, started) for one in self._named(exporter, made)]
                self.problems.extend(map(_at_start, self._found(exporter, texts)))
            except (Exception, SystemExit) as error:
                if name in plugins.ours("exporters") or isinstance(error, _Refused):
                    raise
                failed = plugins.broken(f"the exporter “{name}”", error)
                if isinstance(error, CannotRun):
                    failed = replace(failed, message=str(error))
                self.problems.append(_at_start(failed))

    def inputs(self) -> dict[str, Callable[[], Any]]:
        """Return what exporters may ask for, by name; what costs time is made when the first one asks."""
        opened, article, template = self.opened, self.article, self.template

        def report() -> Any:
            from casewriter.work.check import check

            return check(opened.file, self.profile).report

        def pages() -> Any:
            from casewriter.export.places import places

            return places(article, template)

        def pictures() -> Any:
            from casewriter.export.raster import raster

            return raster

        return {
            "article": lambda: article,
            "case": lambda: self.copy.case if self.copy else opened.loaded.case,
            "template": lambda: template,
            "report": cache(report),
            "pages": cache(pages),
            "pictures": pictures,
            "reference": lambda: self._reference,
        }

    def _reference(self) -> bytes | None:
        """Return the Word file whose styles and page are wanted: that asked for, the template's, the journal's."""
        if self.reference is not None:
            return self.reference
        journal = self.opened.profile.word_template
        file = self.template.find("reference.docx") or (Path(journal) if journal else None)
        return word_file(file) if file else None

    def _stem(self, exporter: Exporter) -> str:
        """Return how the names of an exporter's files begin."""
        layout = self.template.suffix if {"template", "pages"} & set(exporter.wanted) else ""
        return f"{self.copy.stem}{layout}{BLINDED}" if self.copy else f"{self.opened.file.slug}{layout}"

    def _named(self, exporter: Exporter, outputs: tuple[Output, ...]) -> list[tuple[Path, Output]]:
        """Return the files with their names. Raises CannotRun before any is written where one has another's name."""
        found: dict[Path, Output] = {}
        stem = self._stem(exporter)
        for output in outputs:
            target = self.folder / f"{stem}{output.suffix}"
            self._refuse_inputs(target)
            if target in found or shown(target) in {one.path for one in self.written}:
                raise CannotRun(f"the exporter “{exporter.name}” would write {shown(target)} a second time")
            found[target] = output
        return list(found.items())

    def _write(self, exporter: Exporter, target: Path, output: Output, started: float) -> str:
        """Write a file; return its text as read back."""
        if self._leaks(target, output):
            return exporter.text(output.data) if exporter.text else ""
        write(target, output.data)
        self.written.append(Written(shown(target), len(output.data), time.perf_counter() - started))
        step("read back", shown(target))
        return exporter.text(target.read_bytes()) if exporter.text else ""

    def _leaks(self, target: Path, output: Output) -> bool:
        """Return whether a file of a copy without names holds what is withheld; one of an earlier render goes too."""
        if self.copy is None:
            return False
        from casewriter.work.leaks.search import leaks

        step("search", shown(target))
        found = leaks(self.copy.finder, target.name, output.data)
        self.problems.extend(map(_at_start, found))
        if found:
            target.unlink(missing_ok=True)
        return bool(found)

    def _found(self, exporter: Exporter, texts: list[str]) -> Iterator[Problem]:
        if exporter.text and "article" in exporter.wanted:
            yield from lost(
                self.article,
                "\n".join(texts),
                exporter.name.upper(),
                described=exporter.describes,
                exact=exporter.exact,
            )
        if exporter.remarks:
            yield from exporter.remarks(self.article)

    def _refuse_inputs(self, target: Path) -> None:
        """Raise CannotRun when an output would replace the case, a picture or a file of references that it reads."""
        case = self.opened.loaded.case
        folder = self.opened.file.folder
        names = list(self.opened.pictures)
        names += [entry.file for entry in case.references if isinstance(entry, ReferenceFile)] if case else []
        inputs = {self.opened.file.path.resolve(), *(inside(folder, name) for name in names)}
        if target.resolve() in inputs:
            raise _Refused(f"{shown(target)} is a file that the case uses; choose another --output")
