"""What the head of a PNG or JPEG file says without decoding it: width and height, and whether it is plain."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG frame (ISO/IEC 10918-1, table B.1): its header holds the size."""


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels, or None for other types and for broken heads."""
    if data.startswith(_PNG):
        whole = len(data) >= 24 and data[12:16] == b"IHDR"
        return (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) if whole else None
    return _jpeg(data) if data.startswith(b"\xff\xd8\xff") else None


def has_more(data: bytes) -> bool:
    """Return whether a file may hold several pictures or deep greys, so that Pillow must look; other types always may.

    Sources: PNG third edition, 11.2.1 (bit depth) and 11.3.6.1 (`acTL`); CIPA DC-007, 5.2 (the marker of a
    multi-picture file).
    """
    if data.startswith(_PNG):
        return data[24:25] == b"\x10" or b"acTL" in data[: max(0, data.find(b"IDAT"))]
    return b"MPF\0" in data if data.startswith(b"\xff\xd8\xff") else True


def _jpeg(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _JPEG_SIZES:
            return int.from_bytes(data[place + 7 : place + 9]), int.from_bytes(data[place + 5 : place + 7])
        if marker == 0xFF:
            place += 1
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return None
