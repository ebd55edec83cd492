"""The page: paper, margins, numbered lines, running head and foot; a wide table stands on a turned page."""

from __future__ import annotations

import copy

from msgspec import Struct

from casewriter.export.docx.wml import TWIPS_PER_MM, Element, element, qualified, twips
from casewriter.template.geometry import PAPERS, Geometry

_TURNED = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
"""Which margin each becomes when a page is turned."""
_EDGE = 12.5
"""Millimetres from the edge of the paper to the running head and foot."""


class Page(Struct):
    """A page of the document: its properties, and how wide and tall its text is, in millimetres."""

    properties: Element
    width: float
    height: float
    begun: bool = False

    def upright(self) -> Element:
        """Return the properties of pages as they are; only the first pages have a first page of their own."""
        made = copy.deepcopy(self.properties)
        own = made.find(qualified("w:titlePg"))
        if self.begun and own is not None:
            made.remove(own)
        self.begun = True
        return made

    def turned(self) -> Element:
        """Return the properties of pages that lie on their side; the margins turn with them."""
        made = self.upright()
        size = made.find(qualified("w:pgSz"))
        wide, high = size.get(qualified("w:w")), size.get(qualified("w:h"))
        size.set(qualified("w:w"), high)
        size.set(qualified("w:h"), wide)
        size.set(qualified("w:orient"), "landscape")
        margin = made.find(qualified("w:pgMar"))
        old = {side: margin.get(qualified(f"w:{side}"), "0") for side in _TURNED}
        for side, before in _TURNED.items():
            margin.set(qualified(f"w:{side}"), str(abs(int(old[before]))))
        columns = made.find(qualified("w:cols"))
        if columns is not None and int(columns.get(qualified("w:num"), "1")) > 1:
            made.replace(columns, element("w:cols", space=720))
        return made


def own_page(running: Element, page: Geometry) -> Page:
    """Return the page of a template, with the running head and foot of other properties; Word has no margin column."""
    wide, high = PAPERS[page.paper]
    top, right, bottom, left = page.margins
    sides = {"top": twips(top), "right": twips(right), "bottom": twips(bottom), "left": twips(left)}
    properties = element(
        "w:sectPr",
        *(copy.deepcopy(one) for one in running if one.tag.endswith(("}headerReference", "}footerReference"))),
        element("w:pgSz", w=twips(wide), h=twips(high)),
        element("w:pgMar", **sides, header=twips(_EDGE), footer=twips(_EDGE), gutter=0),
        element("w:lnNumType", countBy=1, restart="continuous") if page.line_numbers else None,
        element("w:cols", space=720),
        element("w:titlePg"),
    )
    return Page(properties, page.text_width, page.text_height)


def page_of(properties: Element, page: Geometry) -> Page:
    """Return the page of a reference file; lines are numbered where the template asks for it."""
    if properties.find(qualified("w:pgSz")) is None or properties.find(qualified("w:pgMar")) is None:
        return own_page(properties, page)
    made = copy.deepcopy(properties)
    for one in made.findall(qualified("w:type")):
        made.remove(one)
    numbered = made.find(qualified("w:lnNumType"))
    if page.line_numbers and numbered is None:
        before = made.find(qualified("w:pgMar"))
        made.insert(made.index(before) + 1, element("w:lnNumType", countBy=1, restart="continuous"))
    width, height = _room(made, "w", ("left", "right")), _room(made, "h", ("top", "bottom"))
    columns = made.find(qualified("w:cols"))
    count = int(columns.get(qualified("w:num"), "1")) if columns is not None else 1
    if count > 1:
        gap = int(columns.get(qualified("w:space"), "720")) / TWIPS_PER_MM
        return Page(made, (width - gap * (count - 1)) / count, height)
    return Page(made, width, height)


def _room(properties: Element, side: str, margins: tuple[str, str]) -> float:
    """Return the room between two margins in millimetres."""
    paper = int(properties.find(qualified("w:pgSz")).get(qualified(f"w:{side}")))
    margin = properties.find(qualified("w:pgMar"))
    return (paper - sum(abs(int(margin.get(qualified(f"w:{name}"), "0"))) for name in margins)) / TWIPS_PER_MM
