"""What can be wrong with the file of a picture, and what its author must know of one that is shown."""

from __future__ import annotations

from casewriter.image.unread import why_unread
from casewriter.problem import Kind, Level

UNREADABLE = Kind(
    "FIG003",
    "picture-unreadable",
    Level.ERROR,
    """The picture cannot be read.

JPEG, PNG, TIFF and WebP are read, recognised by content rather than name. The figure prints as a labelled frame.""",
)
TOO_LARGE = Kind(
    "FIG004",
    "picture-too-large",
    Level.ERROR,
    """The picture is larger than 50 MB or 40 megapixels.

Even a small file can unpack to a picture that exhausts the machine. Remedy: export it at print size with 300 dpi.""",
)
SEVERAL_PAGES = Kind(
    "FIG017",
    "several-pages",
    Level.WARNING,
    """A picture file contains several pages or frames, and only the first is shown.

TIFF files may contain a stack of pages, PNG and WebP files an animation, camera files a series of photographs. Readers
see page 1, which may not be the one with the finding. Remedy: export the page you want as a file of its own; for
several pages, export each one and list them under `panels`.""",
)
GREY_SPREAD = Kind(
    "FIG018",
    "grey-spread",
    Level.INFO,
    """The grey values of a picture have been stretched to the full range from black to white.

Imaging modalities record 10 to 14 bits and store them in 16; printed unchanged, such pictures look nearly black. When a
picture uses less than half of its 16 bits, its lowest value is printed black and its highest white, linearly in between
and without clipping. Each picture is stretched on its own, so compare the brightness of two panels with care. Remedy:
if another window shows the finding better, set it in the viewer and export the picture with 8 bits.
Source: DICOM PS3.3, C.11.2 (windowing of stored values for display).""",
)

KINDS = (UNREADABLE, TOO_LARGE, SEVERAL_PAGES, GREY_SPREAD)

MAX_BYTES = 50_000_000
MAX_PIXELS = 40_000_000


class Unusable(Exception):
    """A picture that cannot be used; `kind` says why."""

    def __init__(self, kind: Kind, message: str) -> None:
        self.kind = kind
        super().__init__(message)


def check_bytes(size: int) -> None:
    """Raise Unusable when a file is too large to be read."""
    if size > MAX_BYTES:
        raise Unusable(TOO_LARGE, f"the picture has {size:,} bytes; the limit is {MAX_BYTES:,}")


def check_pixels(size: tuple[int, int]) -> None:
    """Raise Unusable when a picture has too many pixels to be decoded."""
    width, height = size
    if width * height > MAX_PIXELS:
        raise Unusable(TOO_LARGE, f"the picture has {width} × {height} pixels; the limit is 40 megapixels")


def unreadable(data: bytes) -> Unusable:
    """Return the message for a file that could not be decoded."""
    return Unusable(UNREADABLE, why_unread(data))
