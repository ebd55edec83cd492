"""The differential diagnosis as a table: diagnosis, for, against, what assessed it, status."""

from __future__ import annotations

from msgspec.structs import replace

from casewriter.article.builder import Builder
from casewriter.article.columns import Line, record_table
from casewriter.article.nodes import Run, Table
from casewriter.model.diagnosis import Considered
from casewriter.problem import Path

_COLUMNS = ("considered", "for", "against", "excluded_by", "status")


def differential_table(make: Builder) -> Table:
    """Return the differential diagnosis; what a single diagnosis among many has is noted under it."""
    found = make.case.diagnosis
    items = found.differential.items if found and found.differential else ()
    path: Path = ("diagnosis", "differential", "items")
    lines = [_line(make, item, (*path, number)) for number, item in enumerate(items)]
    caption = make.said(found.caption if found else None, ("diagnosis", "caption"))
    caption = caption or make.text(make.word("differential_caption"))
    return replace(record_table(make, "differential", caption, _COLUMNS, lines), origin=("diagnosis",))


def _line(make: Builder, item: Considered, path: Path) -> Line:
    cells = {
        "considered": make.said(item.label, (*path, "label")),
        "for": make.said(item.for_, (*path, "for")),
        "against": make.said(item.against, (*path, "against")),
        "excluded_by": make.names(item.excluded_by),
        "status": _standing(make, item),
    }
    return Line(cells, make.said(item.note, (*path, "note")), path, spill="status")


def _standing(make: Builder, item: Considered) -> Run:
    """Return what became of a diagnosis that was considered, and when it was the one acted on."""
    working = make.text(make.word("working")) if item.working else ()
    period = make.period(item)
    return make.joined(
        [make.bracketed(working, [period]) if working else period, make.text(make.word(item.status or ""))]
    )
