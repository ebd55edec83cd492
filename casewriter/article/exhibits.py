"""Figures with their panels, the author's own tables."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article import kinds
from casewriter.article.builder import Builder
from casewriter.article.nodes import Figure, Panel, Table
from casewriter.article.tables import own_table
from casewriter.image import KINDS as PICTURE_KINDS
from casewriter.image import Picture, remarks
from casewriter.model import exhibits as model
from casewriter.problem import Path, Problem

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
        panels.append(Panel("", (), "", "", None, make.words["missing_picture"], origin=path))
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
        origin=path,
    )


def _panel(make: Builder, panel: model.Panel, path: Path, letter: str) -> Panel:
    found = make.telling.pictures.get(panel.file or "")
    picture = found if isinstance(found, Picture) else None
    missing = make.words["missing_picture"] if picture is None else ""
    where = (*path, "file") if panel.file else path
    told = _missing(found, where) if isinstance(found, str | None) else _shown(found, where)
    make.telling.problems.extend(told)
    inside = path[-2:-1] == ("panels",)
    caption = make.said(panel.caption, (*path, "caption")) if inside else ()
    alt = (panel.alt or "").strip()
    return Panel(letter, caption, alt, panel.file or "", picture, missing, origin=path)


def _missing(reason: str | None, where: Path) -> Iterator[Problem]:
    """Yield why there is no picture: what reading its file said, else that there is no file."""
    code, _, message = (reason or "").partition(" ")
    kind = next((k for k in PICTURE_KINDS if k.code == code), None)
    if kind:
        yield Problem(kind, message, where)
    else:
        hint = "the path is relative to the case file and inside its folder"
        yield Problem(
            kinds.FILE_MISSING, "this picture is missing; an empty frame is printed instead", where, hint=hint
        )


def _shown(picture: Picture, where: Path) -> Iterator[Problem]:
    for kind, message, hint in remarks(picture):
        yield Problem(kind, message, where, hint=hint)


def own_tables(make: Builder) -> list[Table]:
    """Return the author's own tables, in the order of the file."""
    return [own_table(make, name, table) for name, table in make.case.tables.items()]
