"""The last touches on a PDF: page furniture marked as artifact, scopes of table heads, no date.

WeasyPrint leaves running heads and page numbers as marked content that no structure element owns (ISO 14289-1, 7.1
wants them to be artifacts), and gives its header cells no Scope.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
"""How WeasyPrint opens marked content in a page's stream."""


def finish(data: bytes, title: str, language: str) -> bytes:
    """Return the PDF tidied; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        owned = _owned_content(pdf)
        for number, one in enumerate(pdf.pages):
            _mark_artifacts(one, owned.get(number, set()))
        _add_scopes(pdf)
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


def _add_scopes(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.get("/StructTreeRoot")
    stack: list[tuple[Any, bool]] = [(root, False)] if root is not None else []
    while stack:
        element, in_head = stack.pop()
        if not hasattr(element, "get"):
            continue
        kind = element.get("/S")
        if kind == "/TH" and "/A" not in element:
            scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row
            element.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
        kids = element.get("/K")
        if kids is None or isinstance(kids, int):
            continue
        inside = in_head or kind == "/THead"
        stack.extend((kid, inside) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]))
