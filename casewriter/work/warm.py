"""What every case needs, loaded once before processes are forked: rules, patterns, styles, templates, libraries.

A case of no patient (`data/warm/case.yaml`) is checked or composed in place of the first of the files; what comes of it
is thrown away. It has some of everything, so that the patterns most cases need are compiled once, not in each process.
"""

from __future__ import annotations

from msgspec.structs import replace

from casewriter.project import CaseFile, open_case
from casewriter.resources import data_file
from casewriter.template import find_template
from casewriter.work.build import Order
from casewriter.work.check import check, compose_opened
from casewriter.work.steps import untold

_EMPTY = 'format: 1\ntitle: "A case: a case report"\nintroduction: A text.\n'


def _case() -> str:
    return data_file("warm/case.yaml").read_text("utf-8")


def for_lint(file: CaseFile, profile: str | None, guideline: str | None) -> None:
    """Load what lint needs. Raises CannotRun where the profile or guideline that is asked for does not exist."""
    with untold():
        check(replace(file, text=_case()), profile, guideline)


def for_render(file: CaseFile, order: Order) -> None:
    """Load what a render needs. Raises CannotRun where a profile, template or library that is asked for is missing."""
    from casewriter.export.html import export

    opened = open_case(replace(file, text=_case()), order.profile, pictures=False)
    compose_opened(opened, order.layout)
    opened = open_case(replace(file, text=_EMPTY), order.profile, pictures=False)  # templates may be anybody's
    article = compose_opened(opened, order.layout).article
    if {"html", "pdf"} & set(order.formats):
        export(article, find_template(article.layout, file.folders("templates")))
    if "pdf" in order.formats:
        from casewriter.export.weasy import weasyprint

        weasyprint()
