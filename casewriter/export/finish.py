"""The last touches on a PDF: page furniture marked as artifact, scopes of table heads, no date.

WeasyPrint leaves running heads and page numbers as marked content that no structure element owns (ISO 14289-1, 7.1
wants them to be artifacts), and gives its header cells no Scope.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf
from msgspec import Struct
from msgspec.structs import replace

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
"""How WeasyPrint opens marked content in a page's stream."""


def finish(data: bytes, title: str, language: str) -> bytes:
    """Return the PDF tidied; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        owned = _owned_content(pdf)
        for number, one in enumerate(pdf.pages):
            _mark_artifacts(one, owned.get(number, set()))
        _mend_structure(pdf)
        pdf.Root.Lang = pikepdf.String(language)
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        pdf.docinfo["/Title"] = title
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            linearize=False,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _owned_content(pdf: pikepdf.Pdf) -> dict[int, set[int]]:
    """Return for each page the marked-content ids that a structure element owns."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    owned: dict[int, set[int]] = {}
    root = pdf.Root.get("/StructTreeRoot")
    stack: list[tuple[Any, Any]] = [(root, None)] if root is not None else []
    while stack:
        element, page = stack.pop()
        if isinstance(element, int) or not hasattr(element, "get"):
            if page is not None:
                owned.setdefault(page, set()).add(int(element))
            continue
        here = element.get("/Pg")
        page = pages.get(here.objgen, page) if here is not None else page
        if element.get("/Type") == "/MCR":
            owned.setdefault(page if page is not None else 0, set()).add(int(element.MCID))
            continue
        kids = element.get("/K")
        if kids is None:
            continue
        stack.extend((kid, page) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]))
    return owned


def _mark_artifacts(page: pikepdf.Page, owned: set[int]) -> None:
    """Turn the marked content of a page that no structure element owns into artifacts."""

    def change(found: re.Match[bytes]) -> bytes:
        return found[0] if int(found[1]) in owned else b"/Artifact BMC"

    contents = page.Contents
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    for part in parts:
        before = part.read_bytes()
        after = _MARKED.sub(change, before)
        if after != before:
            part.write(after)


def _mend_structure(pdf: pikepdf.Pdf) -> None:
    """Give table heads their scope and ids of their own, list items a list, and pictures a box in points."""
    heights = {page.objgen: float(page.mediabox[3]) for page in pdf.pages}
    root = pdf.Root.get("/StructTreeRoot")
    tables = 0
    stack: list[tuple[Any, _Place]] = [(root, _Place())] if root is not None else []
    while stack:
        element, place = stack.pop()
        if not hasattr(element, "get"):
            continue
        kind = element.get("/S")
        if element.get("/Pg") is not None:
            place = replace(place, height=heights.get(element.Pg.objgen, place.height))
        if kind == "/Table":
            tables += 1
            place = replace(place, table=tables, head=False)
        place = replace(place, head=place.head or kind == "/THead", listed=place.listed or kind == "/L")
        _mend_element(element, kind, place)
        stack.extend((kid, place) for kid in _kids(element))


class _Place(Struct, frozen=True):
    """Where an element of the tag tree stands: in which table, in its head, in a list, on a page how high."""

    table: int = 0
    head: bool = False
    listed: bool = False
    height: float = 0.0


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None or isinstance(kids, int):
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _mend_element(element: Any, kind: Any, place: _Place) -> None:
    attributes = element.get("/A")
    if kind in ("/TH", "/TD") and isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
        # a table that runs over pages is written as several, whose heads would share their ids
        attributes.Headers = pikepdf.Array([_own_id(name, place.table) for name in attributes.Headers])
    if kind == "/TH":
        if "/ID" in element:
            element.ID = _own_id(element.ID, place.table)
        scope = pikepdf.Name.Column if place.head else pikepdf.Name.Row
        if isinstance(attributes, pikepdf.Dictionary):
            attributes.O, attributes.Scope = pikepdf.Name.Table, scope
        else:
            element.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
    elif kind == "/Figure" and isinstance(attributes, pikepdf.Dictionary) and "/BBox" in attributes and place.height:
        left, top, right, bottom = (float(number) * 0.75 for number in attributes.BBox)
        attributes.BBox = pikepdf.Array([left, place.height - bottom, right, place.height - top])
    elif kind == "/Div" and _groups_items(element, place):
        element.S = pikepdf.Name.NonStruct if place.listed else pikepdf.Name.L


def _own_id(name: Any, table: int) -> pikepdf.String:
    return pikepdf.String(f"{name}-{table}")


def _groups_items(element: Any, place: _Place) -> bool:
    """Return whether an element holds items of a list; inside a list, also by way of others that only group."""
    kids = list(_kids(element))
    direct = any(hasattr(kid, "get") and kid.get("/S") == "/LI" for kid in kids)
    return direct or (place.listed and any(_holds_item(kid) for kid in kids))


def _holds_item(kid: Any) -> bool:
    """Return whether an element is an item of a list, or only groups items, as one does that a page divides."""
    if not hasattr(kid, "get"):
        return False
    grouped = kid.get("/S") in ("/NonStruct", "/Div") and any(_holds_item(one) for one in _kids(kid))
    return kid.get("/S") == "/LI" or grouped
