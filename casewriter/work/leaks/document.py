"""What can be read in a PDF: its pages, properties, bookmarks, links, alternative texts, and every stream."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from casewriter.work.leaks.binary import letters
from casewriter.work.leaks.markup import plain_pieces
from casewriter.work.leaks.piece import Piece, Unsearchable, inside

_LABELS = {
    "/Author": "the author in the properties",
    "/Title": "a title or bookmark",
    "/Subject": "the subject in the properties",
    "/Keywords": "the keywords in the properties",
    "/Creator": "the creator in the properties",
    "/Producer": "the producer in the properties",
    "/URI": "the target of a link",
    "/Dest": "the target of a link",
    "/D": "the target of a link",
    "/Alt": "an alternative text",
    "/ActualText": "a replacement text",
    "/E": "the expansion of an abbreviation",
    "/Contents": "a note",
    "/F": "the name of an attached file",
    "/UF": "the name of an attached file",
    "/Names": "the name of a place or attached file",
}
_HEX = re.compile(rb"<\s*([0-9A-Fa-f\s]{4,})>")
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.|\([^()]*\)){2,})\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_DEEP = 40
"""How deep direct objects are read in each other."""

Open = Callable[[bytes, str], Iterator[Piece]]


def pieces(data: bytes, outer: str, opened: Open) -> Iterator[Piece]:
    """Yield what can be read in a PDF. Raises Unsearchable where it cannot be opened."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            yield from _pages(data, outer)
            yield from _objects(pdf, outer, opened)
    except pikepdf.PdfError:
        raise Unsearchable(outer or "the PDF") from None
    yield Piece(inside(outer, "its data"), letters(data))


def _pages(data: bytes, outer: str) -> Iterator[Piece]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            reader = page.get_textpage()
            yield from plain_pieces(reader.get_text_range(), inside(outer, f"page {number}"))
            reader.close()
            page.close()
    finally:
        document.close()


def _objects(pdf: Any, outer: str, opened: Open) -> Iterator[Piece]:
    """Yield the texts of every object, those of one kind together, and what every stream holds."""
    import pikepdf

    said: dict[str, list[str]] = {}
    for one in (*pdf.objects, pdf.trailer):
        _strings(one, "", said, 0)
        if isinstance(one, pikepdf.Stream):
            yield from _stream(one, outer, opened)
    for label, texts in said.items():
        yield from plain_pieces("\n".join(texts), inside(outer, label))


def _strings(one: Any, key: str, said: dict[str, list[str]], depth: int) -> None:
    import pikepdf

    if depth > _DEEP:
        return
    if isinstance(one, pikepdf.String | pikepdf.Name):
        said.setdefault(_LABELS.get(key, "its structure"), []).append(str(one))
    elif isinstance(one, pikepdf.Array):
        for inner in one:
            _direct(inner, key, said, depth)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for name, inner in one.items():
            said.setdefault("its structure", []).append(name)
            _direct(inner, name, said, depth)


def _direct(inner: Any, key: str, said: dict[str, list[str]], depth: int) -> None:
    """Read what is written inside an object; what has a number of its own is read by itself."""
    import pikepdf

    if isinstance(inner, pikepdf.Object) and not (inner.is_indirect and not isinstance(inner, pikepdf.String)):
        _strings(inner, key, said, depth + 1)


def _stream(one: Any, outer: str, opened: Open) -> Iterator[Piece]:
    """Yield what a stream holds. Pixels that are not a file of a picture hold no text."""
    import pikepdf

    picture = one.get("/Subtype") == "/Image"
    try:
        data = one.read_raw_bytes() if picture else one.read_bytes()
    except pikepdf.PdfError:
        data = one.read_raw_bytes()
    if picture and one.get("/Filter") == "/FlateDecode":
        return
    what = "an attached file" if one.get("/Type") == "/EmbeddedFile" else "a stream"
    yield from opened(data, inside(outer, what))
    if not picture:
        yield Piece(inside(outer, what), "\n".join(_written(data)))


def _written(data: bytes) -> Iterator[str]:
    """Yield the strings that the content of a page writes, such as a replacement text of marked content."""
    for found in _HEX.finditer(data):
        digits = re.sub(rb"\s", b"", found[1])
        raw = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
        if raw.startswith(b"\xfe\xff"):
            yield raw[2:].decode("utf-16-be", "replace")
    for found in _LITERAL.finditer(data):
        raw = _ESCAPED.sub(_escaped, found[1])
        yield raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _escaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8) & 255]) if sign[:1].isdigit() and sign[:1] < b"8" else sign
