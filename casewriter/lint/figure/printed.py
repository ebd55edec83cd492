"""FIG: whether a picture is sharp enough at the size it is printed, and whether other files are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import PurePosixPath

from casewriter.image import Traces
from casewriter.lint.figure.panels import panels
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level

COLUMN_MM = 162.0
"""Width of the text of our pages; a journal's full page width is 170 to 180 mm."""

WANTED_DPI = 300
_MM_PER_INCH = 25.4


@rule("FIG011", "resolution-low", Level.WARNING)
def resolution_low(case: Case, traces: Mapping[str, Traces]) -> Iterator[Found]:
    """A picture has fewer than 300 dots per inch at its printed size.

    Two or more panels are set side by side, so each has half the width. Remedy: use the original picture, or print it
    smaller with `width: 60%`. Source: the figure requirements of BMJ, Springer and Elsevier (300 dpi for photographs).
    """
    for path, figure, panel in panels(case):
        seen = traces.get(panel.file or "")
        if seen is None or not seen.width:
            continue
        share = int((figure.width or "100%").rstrip("%")) / 100 / (2 if len(figure.panels) > 1 else 1)
        inches = COLUMN_MM * share / _MM_PER_INCH
        dpi = seen.width / inches
        if dpi < WANTED_DPI:
            percent = int(100 * seen.width / WANTED_DPI * _MM_PER_INCH / COLUMN_MM)
            smaller = f", or width: {percent}%" if percent >= 10 and len(figure.panels) < 2 else ""
            shown, width = min(round(dpi), WANTED_DPI - 1), round(inches * _MM_PER_INCH)
            message = f"the picture has {shown} dots per inch at its printed width of {width} mm"
            yield Found(
                message, (*path, "file"), f"use a picture of {ceil(WANTED_DPI * inches)} pixels or more{smaller}"
            )


@rule("FIG012", "attachment-missing", Level.ERROR)
def attachment_missing(case: Case, traces: Mapping[str, Traces]) -> Iterator[Found]:
    """A video or supplementary file is missing or lies outside the case folder.

    Paths are relative to the case file, with / between folders.
    """
    for kind in ("videos", "supplements"):
        for number, one in enumerate(getattr(case, kind)):
            if one.file and one.file not in traces:
                name = PurePosixPath(one.file).name
                yield Found(f"the file “{name}” is missing", (kind, number, "file"), "put it next to the case file")


RULES = (resolution_low, attachment_missing)
