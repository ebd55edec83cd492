"""The last touches on a PDF: page furniture marked as artifact, scopes of table heads, no date.

WeasyPrint leaves running heads and page numbers as marked content that no structure element owns (ISO 14289-1, 7.1
wants them to be artifacts), and gives its header cells no Scope.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf


def finish(data: bytes, title: str, language: str) -> bytes:
    """Return the PDF tidied; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        owned = _owned_content(pdf)
        for number, one in enumerate(pdf.pages):
            _mark_artifacts(pdf, one, owned.get(number, set()))
        _add_scopes(pdf)
        pdf.Root.Lang = pikepdf.String(language)
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        pdf.docinfo["/Title"] = title
        out = BytesIO()
        pdf.save(out, deterministic_id=True, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
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


def _mark_artifacts(pdf: pikepdf.Pdf, page: pikepdf.Page, owned: set[int]) -> None:
    changed = False
    instructions: list[Any] = []
    parsed: list[Any] = list(pikepdf.parse_content_stream(page))
    for operands, operator in parsed:
        if operator == pikepdf.Operator("BDC") and len(operands) == 2:
            properties = operands[1]
            number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
            if number is not None and int(number) not in owned:
                instructions.append(([pikepdf.Name.Artifact], pikepdf.Operator("BMC")))
                changed = True
                continue
        instructions.append((operands, operator))
    if changed:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


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
