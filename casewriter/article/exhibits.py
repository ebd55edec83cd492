"""Figures with their panels, the author's own tables."""

from __future__ import annotations

from casewriter.article import kinds
from casewriter.article.builder import Builder
from casewriter.article.nodes import Figure, Panel, Table
from casewriter.article.tables import own_table
from casewriter.image import Picture
from casewriter.model import exhibits as model
from casewriter.problem import Kind, Path, Problem

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def figures(make: Builder) -> list[Figure]:
    """Return every figure of the case, in the order of the file, unnumbered."""
    return [_figure(make, name, figure) for name, figure in make.case.figures.items()]


def _figure(make: Builder, name: str, figure: model.Figure) -> Figure:
    path: Path = ("figures", name)
    panels = []
    for number, panel in enumerate(figure.pictures):
        where = (*path, "panels", number) if figure.panels else path
        panels.append(_panel(make, panel, where, _LETTERS[number % 26] if len(figure.panels) > 1 else ""))
    if not panels:
        panels.append(Panel("", (), "", "", None, make.words["missing_picture"]))
        make.telling.problems.append(
            Problem(kinds.FILE_MISSING, f"figure “{name}” names no picture", path, on_key=True)
        )
    return Figure(
        target=name,
        caption=make.said(figure.caption, (*path, "caption")),
        panels=tuple(panels),
        credit=make.said(figure.credit, (*path, "credit")),
        note=make.said(figure.note, (*path, "note")),
        width=figure.width,
    )


def _panel(make: Builder, panel: model.Panel, path: Path, letter: str) -> Panel:
    from casewriter.image import KINDS as PICTURE_KINDS

    found = make.telling.pictures.get(panel.file or "")
    picture = found if isinstance(found, Picture) else None
    missing = ""
    if picture is None:
        missing = make.words["missing_picture"]
        code, _, reason = (found if isinstance(found, str) else "").partition(" ")
        kind: Kind = next((k for k in PICTURE_KINDS if k.code == code), kinds.FILE_MISSING)
        message = reason if kind is not kinds.FILE_MISSING else "this picture is missing; a frame stands for it"
        hint = None if kind is not kinds.FILE_MISSING else "the path is relative to the case file and inside its folder"
        where = (*path, "file") if panel.file else path
        make.telling.problems.append(Problem(kind, message, where, hint=hint))
    inside = path[-2:-1] == ("panels",)
    caption = make.said(panel.caption, (*path, "caption")) if inside else ()
    return Panel(letter, caption, (panel.alt or "").strip(), panel.file or "", picture, missing)


def own_tables(make: Builder) -> list[Table]:
    """Return the author's own tables, in the order of the file."""
    return [own_table(make, name, table) for name, table in make.case.tables.items()]
