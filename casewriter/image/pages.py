"""How many pictures a file holds: pages of a TIFF file, frames of an animation. Only the first one is printed."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
"""The types of picture that are read, as Pillow names them."""

_SUBFILE, _OLD_SUBFILE = 254, 255
_SMALLER_OR_MASK = 0b101
"""NewSubfileType: bit 0 marks a smaller copy of another picture, bit 2 a transparency mask (TIFF 6.0, section 8)."""
_OLD_SMALLER = 2
"""SubfileType, the older tag: a smaller copy of another picture."""
_MOST = 10_000
"""How many pages are counted, so that a file of nothing but page headers comes to an end."""


def page_count(data: bytes) -> int:
    """Return how many pages a file has that a reader would look at; smaller copies, masks and gain maps do not count.

    Raises what Pillow raises for a file that it cannot open.
    """
    from PIL import Image

    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        match opened.format:
            case "TIFF":
                return 1 + sum(not _is_extra(page) for page in _later(opened))
            case "MPO":  # telephones keep a preview or gain map after a photograph; both are smaller
                size = opened.size
                return 1 + sum(bool(page.size == size) for page in _later(opened))
            case _:
                return max(1, int(getattr(opened, "n_frames", 1)))


def _later(opened: Any) -> Iterator[Any]:
    """Yield the picture at its second page, third page and so on, as far as they can be read."""
    for number in range(1, _MOST):
        try:
            opened.seek(number)
        except Exception:  # noqa: BLE001 - the last page, or whatever a decoder raises on a broken one
            return
        yield opened


def _is_extra(page: Any) -> bool:
    tags = page.tag_v2
    return bool(tags.get(_SUBFILE, 0) & _SMALLER_OR_MASK) or tags.get(_OLD_SUBFILE) == _OLD_SMALLER
