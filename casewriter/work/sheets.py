"""Writing a form in the formats that are asked for, and reading each file back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.export.door import Exporter, find_exporter
from casewriter.export.raster import raster
from casewriter.export.readback import lost
from casewriter.problem import CannotRun, Problem
from casewriter.project import shown
from casewriter.template import Template
from casewriter.work.edited import place
from casewriter.work.exporting import Written
from casewriter.work.steps import step


class Sheet(Struct, frozen=True):
    """A form, its template, and the name of its files without suffix."""

    article: Article
    template: Template
    stem: Path

    def write(
        self, formats: Iterable[str], *, force: bool = False, data: Mapping[str, bytes] | None = None
    ) -> tuple[list[Written], list[Problem]]:
        """Write the form in each format, and its `data` by suffix; return the files and what is not in them.

        Raises CannotRun for a format that is unknown, or is made of a whole case; and, unless forced, where a file
        would be replaced that the author has edited. Then nothing is written.
        """
        files: dict[Path, bytes] = {}
        seconds: list[float] = []
        problems: list[Problem] = []
        for name in formats:
            step("export", name)
            started = time.perf_counter()
            content, found = self.made(name)
            files[self._target(find_exporter(name).suffix)] = content
            seconds.append(time.perf_counter() - started)
            problems += found
        for suffix, content in (data or {}).items():
            files[self._target(suffix)] = content
            seconds.append(0.0)
        place(self.stem.parent, {path.name: content for path, content in files.items()}, force=force)
        sizes = zip(files.items(), seconds, strict=True)
        return [Written(shown(path), len(content), taken) for (path, content), taken in sizes], problems

    def _target(self, suffix: str) -> Path:
        return self.stem.with_name(f"{self.stem.name}{suffix}")

    def made(self, name: str) -> tuple[bytes, list[Problem]]:
        """Return the form in a format, and what is not in it. Raises CannotRun as `write` does."""
        exporter = find_exporter(name)
        data = exporter.run(self._inputs(exporter))[0].data
        return data, self._lost(exporter, data)

    def _inputs(self, exporter: Exporter) -> dict[str, Callable[[], Any]]:
        inputs: dict[str, Callable[[], Any]] = {
            "article": lambda: self.article,
            "template": lambda: self.template,
            "pictures": lambda: raster,
            "reference": lambda: lambda: None,
        }
        if other := set(exporter.wanted) - set(inputs):
            raise CannotRun(f"the format “{exporter.name}” is not for forms: it needs the {sorted(other)[0]}")
        return inputs

    def _lost(self, exporter: Exporter, data: bytes) -> list[Problem]:
        if exporter.text is None:
            return []
        text = exporter.text(data)
        found = lost(self.article, text, exporter.name, described=exporter.describes, exact=exporter.exact)
        return [*found, *(exporter.remarks(self.article) if exporter.remarks else ())]
