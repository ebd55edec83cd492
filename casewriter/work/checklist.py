"""The checklist of a case: the manuscript laid out, its items found in it, the form written and read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from casewriter.article.compose import Composed
from casewriter.article.kinds import TOLD_NOWHERE
from casewriter.forms import checklist as forms
from casewriter.forms.checklist import Checklist, Manuscript
from casewriter.forms.checklist_sheet import checklist_sheet
from casewriter.forms.printed import Prose
from casewriter.forms.sheet import LAYOUT
from casewriter.lint.guideline import shown as as_shown
from casewriter.problem import Problem
from casewriter.project import CaseFile, Opened
from casewriter.template import Template, find_template
from casewriter.work.check import Checked, check, compose_opened
from casewriter.work.digest import case_digest, profile_digest
from casewriter.work.exporting import Written
from casewriter.work.outputs import folder_of
from casewriter.work.sheets import Sheet
from casewriter.work.stale import CHECKLIST, Filed, filed, stamp_of
from casewriter.work.whole import read_whole
from casewriter.work.write import write


class Filled(Struct, frozen=True):
    """A checklist, the manuscript that its pages are of, and what lint says of the case."""

    checklist: Checklist
    manuscript: bytes
    checked: Checked
    opened: Opened


class ChecklistOrder(Struct, frozen=True):
    """What is asked of a checklist."""

    formats: tuple[str, ...] = ("html", "pdf")
    guideline: str | None = None
    profile: str | None = None
    layout: str | None = None
    output: Path | None = None
    force: bool = False


def fill(file: CaseFile, order: ChecklistOrder, *, name: str = "") -> Filled:
    """Return the checklist of a case for the manuscript that `render` makes of the same order.

    `name` is that of its file, where it is another than `render` gives it.

    Raises CannotRun when the case cannot be read or rendered, or a library, template, profile or style is missing.
    """
    opened = read_whole(file, order.profile)
    checked = check(file, order.profile, order.guideline)
    composed = compose_opened(opened, order.layout)
    template = find_template(composed.article.layout, file.folders("templates"))
    return _filled(opened, checked, composed, template, name or f"{file.slug}{template.suffix}.pdf")


def _filled(opened: Opened, checked: Checked, composed: Composed, template: Template, name: str) -> Filled:
    from casewriter.export.pdf import with_places  # WeasyPrint is loaded when something is laid out

    case, file, article = opened.loaded.case, opened.file, composed.article
    assert case is not None
    data, places = with_places(article, template)
    hidden = (problem.path for problem in composed.problems if problem.kind is TOLD_NOWHERE)
    waived = opened.profile.overrides.get(checked.guideline.answers, {})
    found = forms.entries(as_shown(case, hidden), checked.report.items, waived, Prose(article), places)
    made = Manuscript(name, template.name, places.pages, hashlib.sha256(data).hexdigest())
    title = article.plain_title
    checklist = Checklist(file.slug, case_digest(opened), title, checked.guideline, opened.profile, made, found)
    return Filled(checklist, data, checked, opened)


class Told(Struct, frozen=True):
    """What came of a checklist: the files that were written, and what is missing from them."""

    filled: Filled
    written: tuple[Written, ...]
    problems: tuple[Problem, ...]


def write_checklist(file: CaseFile, order: ChecklistOrder) -> Told:
    """Write the checklist of a case. Raises CannotRun as `fill` and `Sheet.write` do."""
    filled = fill(file, order)
    stem = folder_of(file, order.output) / f"{file.slug}{CHECKLIST}"
    sheet = Sheet(checklist_sheet(filled.checklist), find_template(LAYOUT, file.folders("templates")), stem)
    data = {".json": _as_json(filled.checklist)} if "json" in order.formats else {}
    written, problems = sheet.write((name for name in order.formats if name != "json"), force=order.force, data=data)
    remember(stem, filled.checklist, written)
    return Told(filled, tuple(written), tuple(problems))


def _as_json(checklist: Checklist) -> bytes:
    return f"{json.dumps(forms.as_data(checklist), ensure_ascii=False, indent=2)}\n".encode()


def remember(stem: Path, checklist: Checklist, written: Iterable[Written]) -> None:
    """Write beside a checklist what it was made of, so that lint can say when it is out of date."""
    made = Filed(checklist.case_digest, checklist.profile.id, profile_digest(checklist.profile))
    files = filed(stamp_of(stem)) | {Path(one.path).name: made for one in written}
    data = {"files": {name: asdict(one) for name, one in sorted(files.items())}}
    write(stamp_of(stem), json.dumps(data, indent=1).encode())
