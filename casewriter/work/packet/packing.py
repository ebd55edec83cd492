"""What all parts of a packet share: the case opened, judged and told as the paper that the journal wants."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from casewriter.article.paper import Article
from casewriter.export.door import Exporter, Output, find_exporter
from casewriter.export.readback import lost
from casewriter.problem import Level, Problem
from casewriter.profile_parts import FilesPlan
from casewriter.project import CaseFile, Opened, shown
from casewriter.template import Template, find_template
from casewriter.work.blinded import Copy
from casewriter.work.check import Checked, check, compose_opened, identifying
from casewriter.work.exporting import Exporting
from casewriter.work.packet.piece import Piece, Role
from casewriter.work.packet.review import Review, review
from casewriter.work.pictures import PictureCache
from casewriter.work.steps import step
from casewriter.work.whole import read_whole


class Packing(Struct, dict=True):
    """One packet under way; `problems` grows by what reading the files back finds.

    `article` is the paper as the journal has it, `template` its layout, `editions` are the files of the whole paper
    with their text, by name.
    """

    opened: Opened
    checked: Checked
    article: Article
    template: Template
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    editions: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> FilesPlan:
        """The files that the journal asks for."""
        return self.opened.profile.files

    @cached_property
    def review(self) -> Review | None:
        """The copy without names, where the journal reviews double-blind."""
        return review(self.opened, self.template) if self.asked.blinded == "double" else None

    @property
    def for_reviewers(self) -> Article:
        """The paper as reviewers get it: without names where the journal reviews double-blind."""
        return self.review.article if self.review else self.article

    @cached_property
    def identifies(self) -> bool:
        """Whether lint found what identifies the patient, in the case file or on paper; pictures are cleaned."""
        found = [p for p in self.checked.report.problems if p.kind.family == "PRIV" and p.level is Level.ERROR]
        return any(problem.kind.name != "picture-metadata" for problem in found)

    def export(
        self,
        name: str,
        role: Role,
        stem: str,
        article: Article | None = None,
        template: Template | None = None,
        copy: Copy | None = None,
    ) -> Iterator[Piece]:
        """Yield the files of an article in a format, by default of the paper, each read back."""
        step("export", f"{stem} as {name}")
        told, layout = article or self.article, template or self.template
        exporter = find_exporter(name)
        inputs = Exporting(self.opened, told, layout, self.folder, self.opened.profile.id, None, copy).inputs()
        outputs = exporter.run({**inputs, "stem": lambda: Path(stem).name})
        text = self._read_back(exporter, told, outputs)
        if article is None:
            self.editions[f"{stem}{outputs[0].suffix}"] = text
        yield from (Piece(f"{stem}{output.suffix}", role, output.data) for output in outputs)

    def _read_back(self, exporter: Exporter, article: Article, outputs: tuple[Output, ...]) -> str:
        """Return the text of the files; what of the article is not in it becomes a problem."""
        if exporter.text is None:
            return ""
        text = "\n".join(exporter.text(output.data) for output in outputs if output.suffix.endswith(exporter.suffix))
        name = exporter.name.upper()
        self.problems += lost(article, text, name, described=exporter.describes, exact=exporter.exact)
        self.problems += exporter.remarks(article) if exporter.remarks else ()
        return text


def packing(file: CaseFile, profile: str, folder: Path, pictures: Path) -> Packing:
    """Return what a packet for a journal is made of.

    Raises CannotRun when the case cannot be read or has errors in its data, or when a library, template, profile or
    style is missing.
    """
    opened = read_whole(file, profile, PictureCache(pictures))
    step("compose", shown(file.path))
    composed = compose_opened(opened)
    template = find_template(composed.article.layout, file.folders("templates"))
    made = Packing(opened, check(file, profile), composed.article, template, folder)
    found = (*composed.problems, *identifying(opened))
    made.problems += [opened.source.locate(p) for p in found if p.level is Level.ERROR]
    return made


def form_template(packing: Packing, name: str) -> Template:
    """Return the template of a form, the project's own where it has one."""
    return find_template(name, packing.opened.file.folders("templates"))


def case_of(packing: Packing) -> Any:
    """Return the case, which was read whole."""
    case = packing.opened.loaded.case
    assert case is not None
    return case
