"""What can be read in bytes that are no text: stretches of letters, and texts packed into pictures."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from casewriter.work.leaks.piece import Piece, inside

_LETTERS = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){4,}")
_WIDE_LITTLE = re.compile(rb"(?:[\x20-\xff]\x00){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\xff]){4,}")
_PNG = b"\x89PNG\r\n\x1a\n"
_LONGEST = 10_000_000
"""Bytes that a packed text of a picture is unpacked to."""

PICTURES = (_PNG, b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
"""How files of pictures begin."""


def letters(data: bytes) -> str:
    """Return the stretches of letters in bytes, in one byte each, in UTF-8 or in two bytes each; one a line."""
    plain = [found.decode("utf-8", "replace") for found in _LETTERS.findall(data)]
    little = [found.decode("utf-16-le", "replace") for found in _WIDE_LITTLE.findall(data)]
    big = [found.decode("utf-16-be", "replace") for found in _WIDE_BIG.findall(data)]
    return "\n".join((*plain, *little, *big))


def pieces(data: bytes, outer: str) -> Iterator[Piece]:
    """Yield what can be read in a picture or another file of bytes."""
    picture = data.startswith(PICTURES)
    where = inside(outer, "the data of a picture") if picture else inside(outer, "its data")
    yield Piece(where, letters(data))
    if data.startswith(_PNG):
        for text in _packed(data):
            yield Piece(inside(outer, "a text field of a picture"), text)


def _packed(data: bytes) -> Iterator[str]:
    """Yield the compressed texts of a PNG (zTXt, iTXt, iCCP; Portable Network Graphics, third edition, 11.3)."""
    place = len(_PNG)
    while place + 8 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            content = data[place + 8 : place + 8 + size]
            for start in (found.start() for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content)):
                try:
                    yield letters(zlib.decompressobj().decompress(content[start:], _LONGEST))
                except zlib.error:
                    continue
        place += 12 + size
