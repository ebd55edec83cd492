"""What every case needs, loaded once before processes are forked: rules, patterns, styles, templates, libraries.

An empty case is checked or composed in place of the first of the files; what comes of it is thrown away.
"""

from __future__ import annotations

from msgspec.structs import replace

from casewriter.project import CaseFile, open_case
from casewriter.template import find_template
from casewriter.work.build import Order
from casewriter.work.check import check, compose_opened
from casewriter.work.steps import untold

_EMPTY = 'format: 1\ntitle: "A case: a case report"\nintroduction: A text.\n'


def for_lint(file: CaseFile, profile: str | None, guideline: str | None) -> None:
    """Load what lint needs. Raises CannotRun where the profile or guideline that is asked for does not exist."""
    with untold():
        check(replace(file, text=_EMPTY), profile, guideline)


def for_render(file: CaseFile, order: Order) -> None:
    """Load what a render needs. Raises CannotRun where a profile, template or library that is asked for is missing."""
    from casewriter.export.html import export

    opened = open_case(replace(file, text=_EMPTY), order.profile, pictures=False)
    article = compose_opened(opened, order.layout).article
    if {"html", "pdf"} & set(order.formats):
        export(article, find_template(article.layout, file.folders("templates")))
    if "pdf" in order.formats:
        from casewriter.export.weasy import weasyprint

        weasyprint()
