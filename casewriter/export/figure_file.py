"""A picture of the paper as a file of its own: in the format, resolution and colours that a journal asks for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from msgspec import Struct

from casewriter.export.raster import SVG, drawing_as_pdf, raster
from casewriter.image import Picture
from casewriter.profile_parts import FigureFiles

PRINT_DPI, LINE_DPI = 300, 600
"""Dots per inch of photographs and of drawings, where the journal names none: 300 to 600 is what most ask."""
_WIDTH = 170.0
"""Millimetres that a drawing is wide: the full text width of most journals."""
_COLUMN = 80.0
"""Millimetres of one column of a page of two (Elsevier 90, Springer 84, BMJ 80)."""
_PER_INCH = 25.4
_SUFFIXES = {"tiff": ".tif", "jpeg": ".jpg", "png": ".png", "pdf": ".pdf"}


class FigureFile(Struct, frozen=True):
    """A file, what its name ends in, and what a person should know of it."""

    data: bytes
    suffix: str
    note: str = ""


def figure_file(picture: Picture, asked: FigureFiles) -> FigureFile:
    """Return a picture as a journal wants it: in the first format of its list that can be made of it.

    A drawing may stay one (pdf); everything else has pixels, which are never blown up: `note` says where they are too
    few for one column at the resolution that is asked.
    """
    drawn = picture.media_type == SVG
    known = [name for name in asked.formats if name in _SUFFIXES and (drawn or name != "pdf")]
    name = known[0] if known else "tiff"
    if name == "pdf":
        return FigureFile(drawing_as_pdf(picture, _WIDTH), ".pdf")
    dpi = (asked.line_dpi or asked.dpi or LINE_DPI) if drawn else (asked.dpi or PRINT_DPI)
    pixels = raster(picture, _WIDTH, dpi)
    data = _encoded(pixels, name, dpi, cmyk=asked.colour == "cmyk")
    notes = _notes(pixels, dpi, cmyk=asked.colour == "cmyk" and name != "png")
    if asked.formats and not known:
        notes.insert(0, f"the journal asks for {' or '.join(asked.formats).upper()}, which is not made; this is TIFF")
    return FigureFile(data, _SUFFIXES[name], "; ".join(notes))


def _encoded(picture: Picture, name: str, dpi: int, *, cmyk: bool) -> bytes:
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(picture.data)) as opened:
        image = opened.convert("CMYK") if cmyk and name != "png" else _plain(opened)
        match name:
            case "tiff":
                image.save(out, "TIFF", compression="tiff_lzw", dpi=(dpi, dpi))
            case "jpeg":
                image.save(out, "JPEG", quality=95, subsampling=0, dpi=(dpi, dpi))
            case _:
                image.save(out, "PNG", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()


def _plain(image: Any) -> Any:
    """Return grey or colour of eight bits; nothing else comes from a cleaned picture, and nothing else is printed."""
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _notes(picture: Picture, dpi: int, *, cmyk: bool) -> list[str]:
    width = picture.width / dpi * _PER_INCH
    notes = []
    if width < _COLUMN:
        notes.append(
            f"{picture.width} pixels are {width:.0f} mm at {dpi} dpi, narrower than a column of {_COLUMN:.0f} mm; "
            "supply a larger picture"
        )
    if cmyk:
        notes.append("converted to CMYK without a colour profile; look at its colours")
    return notes
