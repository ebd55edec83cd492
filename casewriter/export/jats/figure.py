"""Figures: one, or a group with one for each panel; pictures are files beside the document, with a description."""

from __future__ import annotations

from casewriter.article.nodes import Figure, LegendPart, Panel
from casewriter.export.jats.inline import inline, paragraphs
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Element, element
from casewriter.image import Picture
from casewriter.problem import CannotRun

_WIDTH = 170.0
"""Millimetres of a drawing in pixels: the width of a page with margins of 20 mm (A4, ISO 216)."""
_SVG = "image/svg+xml"
_ENDINGS = {_SVG: "svg", "image/png": "png", "image/jpeg": "jpg"}


def figure(writer: Writer, one: Figure) -> Element:
    """Return a figure, or a group of figures where it has several panels."""
    label = element("label", f"{one.label}.") if one.label else None
    number = writer.ids.get(one.anchor)
    if len(one.panels) > 1:
        legend = [part for part in one.legend if part.role != "panel"]
        panels = (_panel(writer, one, panel) for panel in one.panels)
        return element("fig-group", label, _caption(writer, legend), *panels, id=number)
    legend = [part for part in one.legend if part.role != "credit"]
    pictures = [made for panel in one.panels for made in _picture(writer, one, panel)]
    credit = element("attrib", *inline(writer, one.credit)) if one.credit else None
    return element("fig", label, _caption(writer, legend), *pictures, credit, id=number)


def _panel(writer: Writer, one: Figure, panel: Panel) -> Element:
    label = element("label", panel.letter) if panel.letter else None
    caption = element("caption", *paragraphs(writer, panel.caption)) if panel.caption else None
    return element("fig", label, caption, *_picture(writer, one, panel), id=writer.ids.get(panel.anchor))


def _caption(writer: Writer, legend: list[LegendPart]) -> Element | None:
    """Return a caption with a paragraph for each part of a legend."""
    made = [one for part in legend for one in _legend_part(writer, part)]
    return element("caption", *made) if made else None


def _legend_part(writer: Writer, part: LegendPart) -> list[Element]:
    if part.letter:
        return [element("p", element("bold", part.letter), " ", *inline(writer, part.children))]
    return paragraphs(writer, part.children, content_type=part.role if part.role != "caption" else None)


def _picture(writer: Writer, one: Figure, panel: Panel) -> list[Element]:
    """Return the picture of a panel; a drawing also as pixels; of a missing one its description and that it is."""
    if panel.picture is None:
        said = element("p", element("italic", panel.missing)) if panel.missing else None
        return [made for made in (_described(panel), said) if made is not None]
    name = f"-fig{one.number}{panel.letter.lower()}"
    made = [_graphic(writer, panel, panel.picture, name)]
    if panel.picture.media_type == _SVG and (pixels := _pixels(writer, panel.picture)):
        made.append(_graphic(writer, panel, pixels, name))
    return made if len(made) == 1 else [element("alternatives", *made)]


def _graphic(writer: Writer, panel: Panel, picture: Picture, name: str) -> Element:
    kind, _, subtype = picture.media_type.partition("/")
    address = writer.beside(f"{name}.{_ENDINGS[picture.media_type]}", picture.data)
    return element("graphic", _described(panel), mimetype=kind, mime_subtype=subtype, xlink_href=address)


def _described(panel: Panel) -> Element | None:
    return element("alt-text", panel.alt) if panel.alt else None


def _pixels(writer: Writer, drawing: Picture) -> Picture | None:
    """Return a drawing as pixels; nothing without the library that turns drawings into pixels."""
    try:
        return writer.raster(drawing, _WIDTH)
    except CannotRun:
        return None
