"""Building the files of one case: read, compose, export, write whole, read back."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casewriter.cli.checking import compose_opened, identifying
from casewriter.cli.format.text import concise
from casewriter.cli.picture_cache import PictureCache
from casewriter.cli.stamp import Remembered, remember, remembered
from casewriter.cli.steps import step
from casewriter.cli.writing import write
from casewriter.export.base import Output
from casewriter.export.readback import lost
from casewriter.export.templates import Template, find_template
from casewriter.lint.secrets import without_secrets
from casewriter.model.reference import ReferenceFile
from casewriter.problem import CannotRun, Level, Problem, Refused, Span
from casewriter.project import CaseFile, Opened, open_case, shown


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a render."""

    formats: tuple[str, ...]
    profile: str | None = None
    layout: str | None = None
    output: Path | None = None
    skip_unchanged: bool = False

    def folder(self, file: CaseFile) -> Path:
        """Return the folder that the outputs of a case go to."""
        return (self.output or file.project.output) / file.slug

    def asked(self) -> dict[str, Any]:
        """Return what decides, beside the files, what is written."""
        return {"formats": list(self.formats), "profile": self.profile, "layout": self.layout}


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: size in bytes, and seconds that making it took."""

    path: str
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a render."""

    name: str
    written: tuple[Written, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    unchanged: Remembered | None = None

    @property
    def failed(self) -> bool:
        """Whether an output is missing or wrong, or holds what identifies."""
        if self.unchanged is not None:
            return self.unchanged.failed
        return bool(self.failure) or any(p.level is Level.ERROR for p in self.problems)


def build_in_batch(file: CaseFile, order: Order) -> Built:
    """Render one case of many; what it leaves in memory is freed before the next."""
    built = build(file, order)
    gc.collect()
    return built


def build(file: CaseFile, order: Order) -> Built:
    """Render one case. Raises CannotRun when a library, template, profile or style is missing."""
    name = shown(file.path)
    stamp = order.folder(file) / f".{file.slug}.stamp.json"
    if order.skip_unchanged and (known := remembered(stamp, order.asked())):
        return Built(name, unchanged=known)
    step("read", name)
    try:
        kept = PictureCache((order.output or file.project.output) / ".pictures")
        opened = open_case(file, order.profile, kept=kept)
    except Refused as refused:
        return Built(name, problems=refused.problems, failure="not rendered: the file cannot be read as YAML")
    problems = [opened.source.locate(p) if not p.file else p for p in opened.problems]
    if opened.loaded.case is None or not opened.loaded.whole:
        return Built(
            name,
            problems=_sorted(problems),
            failure="not rendered: mend the errors first, so that nothing is lost",
        )
    step("compose", name)
    composed = compose_opened(opened, order.layout)
    problems += [opened.source.locate(p) for p in composed.problems]
    problems += identifying(opened)
    template = find_template(composed.article.layout, file.folders("templates"))
    article = composed.article
    written = []
    for form in order.formats:
        started = time.perf_counter()
        step("export", form)
        output = _export(form, article, template)
        target = order.folder(file) / f"{file.slug}{output.suffix}"
        _refuse_inputs(target, opened)
        write(target, output.data)
        written.append(Written(shown(target), len(output.data), time.perf_counter() - started))
        step("read back", shown(target))
        problems += [replace(p, span=Span(1, 1, 1, 1)) for p in lost(article, output.suffix, target.read_bytes())]
    told, _ = without_secrets(problems)
    built = Built(name, tuple(written), _sorted(told))
    if order.skip_unchanged:
        lines = tuple(concise(problem, name) for problem in built.problems)
        targets = [Path(one.path) for one in written]
        remember(stamp, order.asked(), opened, targets, Remembered(built.failed, lines))
    return built


def _export(form: str, article: object, template: Template) -> Output:
    from casewriter import plugins

    for name, export in plugins.load("exporters"):
        if name == form:
            if isinstance(export, Problem):
                raise CannotRun(export.message)
            output: Output = export(article, template)
            return output
    raise CannotRun(f"no exporter makes “{form}”")


def _refuse_inputs(target: Path, opened: Opened) -> None:
    """Raise CannotRun when an output would replace the case, a picture or a file of references that it reads."""
    case = opened.loaded.case
    names = list(opened.pictures)
    names += [entry.file for entry in case.references if isinstance(entry, ReferenceFile)] if case else []
    inputs = {opened.file.path.resolve(), *((opened.file.folder / name).resolve() for name in names)}
    if target.resolve() in inputs:
        raise CannotRun(f"{shown(target)} is a file that the case reads; choose another --output")


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.span.line, p.span.column) if p.span else (0, 0)))


def build_all(files: list[CaseFile], order: Order, jobs: int) -> Iterator[Built]:
    """Render cases side by side in processes forked from this one, warmed; the order of the cases is kept."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    if "pdf" in order.formats:
        from casewriter.export.weasy import weasyprint

        weasyprint()
    gc.freeze()  # what is loaded now is shared by the workers, and never looked through again
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(partial(build_in_batch, order=order), files)
