"""Figures: panels in a grid without borders, their letters above them, the legend below; drawings as pixels too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from casewriter.article.nodes import Break, Figure, Panel, Text
from casewriter.export.docx.caption import caption
from casewriter.export.docx.inline import Face
from casewriter.export.docx.wml import NAMESPACES, Element, element, emu, twips, with_attributes
from casewriter.export.docx.writer import Writer
from casewriter.image import Picture
from casewriter.problem import CannotRun
from casewriter.template.geometry import PANEL_GAP

SVG = "image/svg+xml"
_LEGEND = 45.0
"""Millimetres of a page that are kept for a legend."""
_TALLEST = 155.0
_SHAPE = 4 / 3
"""Width over height of a picture that is missing."""
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension in which Word 2016 and later keep a drawing beside its pixels ([MS-ODRAWXML], 2.3.1.17)."""

MISSING = Face(frozenset(("emphasis",)))
_EMPTY = Picture(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
        "3a7e9b550000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
    ),
    "image/png",
    1,
    1,
)
"""One white pixel."""
Size = tuple[float, float]
"""Width and height in millimetres."""


def figure(writer: Writer, one: Figure) -> Iterator[Element]:
    """Yield the pictures of a figure and its legend."""
    rows = _rows(writer, one)
    if len(one.panels) == 1 and not one.panels[0].letter:
        yield writer.runs.around(_contents(writer, one.panels[0], rows[0][0]), "Figure")
    elif rows:
        yield _grid(writer, one, rows)
    yield caption(writer, one)


def _rows(writer: Writer, one: Figure) -> list[list[Size]]:
    """Return the sizes of the panels, row by row, as the page sets them; no figure is taller than fits a page."""
    ratios = [_ratio(panel.picture) for panel in one.panels]
    width = writer.page.width * _share(one.width)
    tallest = min(_TALLEST, writer.page.height - _LEGEND)
    rows: list[list[Size]] = []
    for ratio, (share, follows) in zip(ratios, writer.geometry.shares(ratios), strict=True):
        size = (width * share / 100, width * share / 100 / ratio)
        if follows:
            rows[-1].append(size)
        else:
            rows.append([size])
    whole = sum(max(height for _, height in row) for row in rows)
    smaller = min(1.0, tallest / whole) if rows else 1.0
    return [[(wide * smaller, high * smaller) for wide, high in row] for row in rows]


def _ratio(picture: Picture | None) -> float:
    return picture.width / picture.height if picture and picture.width and picture.height else _SHAPE


def _share(width: str | None) -> float:
    return float(width.rstrip("%")) / 100 if width else 1.0


def _grid(writer: Writer, one: Figure, rows: list[list[Size]]) -> Element:
    """Return a table of panels; a cell spans the columns that rows above or below it divide."""
    gap = writer.page.width * PANEL_GAP / 100
    edges = [list(accumulate((twips(width + gap) for width, _ in row), initial=0)) for row in rows]
    lines = sorted({edge for row in edges for edge in row})
    panels = iter(one.panels)
    made = [
        _row(writer, [(next(panels), size) for size in row], own, lines) for row, own in zip(rows, edges, strict=True)
    ]
    none = [element(f"w:{side}", val="nil") for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
    properties = element(
        "w:tblPr",
        element("w:tblW", w=lines[-1], type="dxa"),
        element("w:jc", val="center"),
        element("w:tblBorders", *none),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", element("w:left", w=0, type="dxa"), element("w:right", w=0, type="dxa")),
    )
    columns = (element("w:gridCol", w=end - start) for start, end in pairwise(lines))
    return element("w:tbl", properties, element("w:tblGrid", *columns), *made)


def _row(writer: Writer, panels: list[tuple[Panel, Size]], edges: list[int], lines: list[int]) -> Element:
    """Return a row of the grid; one that is shorter than others leaves columns over."""
    cells = [
        _cell(writer, panel, size, end - start, lines.index(end) - lines.index(start))
        for (panel, size), (start, end) in zip(panels, pairwise(edges), strict=True)
    ]
    over = len(lines) - 1 - lines.index(edges[-1])
    left_over = (element("w:gridAfter", val=over), element("w:wAfter", w=lines[-1] - edges[-1], type="dxa"))
    return element("w:tr", element("w:trPr", *(left_over if over else ()), element("w:cantSplit")), *cells)


def _cell(writer: Writer, panel: Panel, size: Size, width: int, span: int) -> Element:
    properties = element(
        "w:tcPr",
        element("w:tcW", w=width, type="dxa"),
        element("w:gridSpan", val=span) if span > 1 else None,
    )
    letter = writer.runs.bare((Text(panel.letter),))
    head = [writer.runs.around(letter, "Panel Letter")] if panel.letter else []
    return element("w:tc", properties, *head, writer.runs.around(_contents(writer, panel, size), "Figure"))


def _contents(writer: Writer, panel: Panel, size: Size) -> list[Element]:
    """Return a picture, with its bookmark; where it is missing, what is said instead."""
    if panel.picture is None:
        dot = element(
            "w:r", element("w:drawing", _inline(writer, panel, _EMPTY, (1.0, 1.0)))
        )  # it bears the description
        said = [dot, *writer.runs.bare((Text(panel.label), Break(), Text(panel.missing)), MISSING)]
        return writer.runs.marked(panel.anchor, said) if panel.anchor else said
    made = [element("w:r", element("w:drawing", _inline(writer, panel, panel.picture, size)))]
    return writer.runs.marked(panel.anchor, made) if panel.anchor else made


def _inline(writer: Writer, panel: Panel, picture: Picture, size: Size) -> Element:
    """Return a picture in the line, with its alternative text."""
    number = writer.drawing()
    extent = {"cx": emu(size[0]), "cy": emu(size[1])}
    name = {"id": number, "name": panel.label or f"Picture {number}", "descr": panel.alt}
    transform = element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", **extent))
    shape = element("pic:spPr", transform, element("a:prstGeom", element("a:avLst"), prst="rect"))
    shown = element(
        "pic:pic",
        element("pic:nvPicPr", element("pic:cNvPr", **name), element("pic:cNvPicPr")),
        element("pic:blipFill", _blip(writer, picture, size), element("a:stretch", element("a:fillRect"))),
        shape,
    )
    return element(
        "wp:inline",
        element("wp:extent", **extent),
        element("wp:docPr", **name),
        element("wp:cNvGraphicFramePr", element("a:graphicFrameLocks", noChangeAspect=1)),
        element("a:graphic", element("a:graphicData", shown, uri=NAMESPACES["pic"])),
        **dict.fromkeys(("distT", "distB", "distL", "distR"), 0),
    )


def _blip(writer: Writer, picture: Picture, size: Size) -> Element:
    """Return the pixels of a picture; a drawing stands beside its own, for a Word that can show it.

    Without the library that turns drawings into pixels, a Word of before 2016 shows an empty frame.
    """
    try:
        pixels = writer.embed(writer.raster(picture, size[0]))
    except CannotRun:
        pixels = writer.embed(_EMPTY)
    if picture.media_type != SVG:
        return with_attributes("a:blip", {"r:embed": pixels})
    drawing = with_attributes("asvg:svgBlip", {"r:embed": writer.embed(picture)})
    extension = element("a:extLst", element("a:ext", drawing, uri=_SVG_EXTENSION))
    return with_attributes("a:blip", {"r:embed": pixels}, extension)
