"""The figures, supplements and source of a packet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from casewriter.article.nodes import Figure, Panel
from casewriter.export.figure_file import figure_file
from casewriter.model.reference import ReferenceFile
from casewriter.project import inside
from casewriter.work.packet.packing import Packing, case_of
from casewriter.work.packet.piece import Made, NotMade, Piece, Role


def figures(packing: Packing) -> Iterator[Made]:
    """Yield each picture as a file, named by figure and panel, as the journal wants it."""
    if packing.asked.figures.separate is False:
        return
    for figure in packing.for_reviewers.figures():
        for panel in figure.panels:
            yield _figure(packing, figure, panel)


def _figure(packing: Packing, figure: Figure, panel: Panel) -> Made:
    name = f"Figure_{figure.number}{panel.letter}"
    if panel.picture is None:
        return NotMade("figure", f"{name.replace('_', ' ')}: {panel.missing or 'there is no picture'}")
    made = figure_file(panel.picture, packing.asked.figures)
    return Piece(f"figures/{name}{made.suffix}", "figure", made.data, made.note)


def supplements(packing: Packing) -> Iterator[Made]:
    """Yield videos and supplementary files as they are: the program does not look into them."""
    case, profile = case_of(packing), packing.opened.profile
    kinds = (("Video", case.videos), ("Supplement", case.supplements))
    attached = [(f"{kind}_{n}", one.file) for kind, some in kinds for n, one in enumerate(some, 1) if one.file]
    if attached and profile.supplements == "forbidden":
        files = ", ".join(name for _, name in attached)
        yield NotMade("supplement", f"{profile.name} takes no supplementary files: {files}")
        return
    note = "not looked into; make sure that it names nobody, in its properties too"
    for printed, name in attached:
        target = f"supplements/{printed}{PurePosixPath(name).suffix}"
        yield _copied(packing, name, "supplement", target, note)


def source(packing: Packing) -> Iterator[Made]:
    """Yield the case file and its references for the author's archive; pictures are among the figures.

    A file in which lint found what may identify the patient is left out.
    """
    if packing.identifies:
        yield NotMade(
            "source", "lint reports what may identify the patient (PRIV): the case file is not put in a packet"
        )
        return
    file, note = packing.opened.file, "for your archive; a journal does not need it"
    yield Piece(f"source/{file.path.name}", "source", file.read(), note)
    for entry in case_of(packing).references:
        if isinstance(entry, ReferenceFile):
            yield _copied(packing, entry.file, "source", f"source/{entry.file}", note)


def _copied(packing: Packing, name: str, role: Role, target: str, note: str) -> Made:
    path = inside(packing.opened.file.folder, name)
    if path is None or not path.is_file():
        return NotMade(role, f"{name} is not in the case folder")
    return Piece(target, role, path.read_bytes(), note)
