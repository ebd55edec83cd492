"""FIG: whether a picture is sharp enough at the size it is printed, and whether other files are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import PurePosixPath

from casewriter.image import Traces
from casewriter.lint.figure.panels import pictures
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level, Path
from casewriter.template import Template

WANTED_DPI = 300
_MM_PER_INCH = 25.4
_UNKNOWN = 4 / 3
"""Width over height of a picture whose size is not known."""


@rule("FIG011", "resolution-low", Level.WARNING)
def resolution_low(case: Case, traces: Mapping[str, Traces], template: Template) -> Iterator[Found]:
    """A picture has fewer than 300 dots per inch at the size it is printed.

    The size is that in the layout of the journal profile: panels stand side by side, in rows of one height. Remedy:
    take the original picture, or print it smaller with `width: 60%`. Source: the figure requirements of BMJ, Springer
    and Elsevier (300 dpi for photographs).
    """
    for name, figure in case.figures.items():
        seen = [traces.get(panel.file or "") for panel in figure.pictures]
        shares = template.geometry.shares([_ratio(one) for one in seen])
        whole = int((figure.width or "100%").rstrip("%")) / 100 * template.geometry.text_width
        for (path, _), one, (share, _) in zip(pictures(name, figure), seen, shares, strict=True):
            width = whole * share / 100
            if one is not None and one.width and one.width * _MM_PER_INCH / width < WANTED_DPI:
                alone = template.geometry.text_width * share / 100 if len(shares) == 1 else 0
                yield _blurred(path, one.width, width, alone)


def _ratio(seen: Traces | None) -> float:
    return seen.width / seen.height if seen and seen.width and seen.height else _UNKNOWN


def _blurred(path: Path, pixels: int, width: float, alone: float) -> Found:
    """Return the complaint about a picture; `alone` is the width it could have at most, where it is the only panel."""
    shown = min(round(pixels * _MM_PER_INCH / width), WANTED_DPI - 1)
    percent = int(100 * pixels * _MM_PER_INCH / WANTED_DPI / alone) if alone else 0
    smaller = f", or width: {percent}%" if percent >= 10 else ""
    message = f"the picture has {shown} dots per inch at its printed width of {round(width)} mm"
    needed = ceil(WANTED_DPI * width / _MM_PER_INCH)
    return Found(message, (*path, "file"), f"use a picture of {needed} pixels or more{smaller}")


@rule("FIG012", "attachment-missing", Level.ERROR)
def attachment_missing(case: Case, traces: Mapping[str, Traces]) -> Iterator[Found]:
    """The file of a video or supplement is missing or lies outside the case's folder.

    Paths are relative to the case file, with / between folders.
    """
    for kind in ("videos", "supplements"):
        for number, one in enumerate(getattr(case, kind)):
            if one.file and one.file not in traces:
                name = PurePosixPath(one.file).name
                yield Found(f"the file “{name}” is missing", (kind, number, "file"), "put it beside the case file")


RULES = (resolution_low, attachment_missing)
