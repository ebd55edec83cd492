"""The facts of a picture file for lint: size, pages, range of greys. Only greys of more than 8 bits are decoded."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from casewriter.image.grey import Range, is_deep, spread
from casewriter.image.header import has_more, size_of
from casewriter.image.kinds import GREY_SPREAD, SEVERAL_PAGES, Unusable, check_bytes, check_pixels, unreadable
from casewriter.image.pages import FORMATS, page_count
from casewriter.image.picture import Picture
from casewriter.problem import Kind


def probe(data: bytes) -> Picture | str:
    """Return a Picture with the facts of a file and without its pixels, else code and reason why it cannot be used.

    Decoding the pixels of every picture would take most of the time of lint.
    """
    try:
        width, height = measure(data)
        pages, grey = _facts(data) if has_more(data) else (1, None)
    except Unusable as error:
        return f"{error.kind.code} {error}"
    return Picture(b"", "", width, height, pages, grey)


def measure(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels from the head of a picture file. Raises Unusable."""
    check_bytes(len(data))
    size = size_of(data)
    if size is None:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and names itself
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Pillow thinks of broken fields is nothing for the author
                with Image.open(BytesIO(data), formats=FORMATS) as opened:
                    size = opened.size
        except Exception:  # noqa: BLE001 - see `picture.clean`
            raise unreadable(data) from None
    check_pixels(size)
    return size


def _facts(data: bytes) -> tuple[int, Range | None]:
    """Return the number of pages and the range of greys that will be spread. Raises Unusable."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # see `measure`
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                grey = spread(opened) if is_deep(opened) else None
            return page_count(data), grey
    except Exception:  # noqa: BLE001 - see `picture.clean`
        raise unreadable(data) from None


def remarks(picture: Picture) -> Iterator[tuple[Kind, str, str]]:
    """Yield what an author must know of a picture that is shown: kind, message and hint."""
    if picture.pages > 1:
        message = f"only page 1 of {picture.pages} of this file is shown"
        yield SEVERAL_PAGES, message, "export the page you want as a file of its own"
    if picture.spread:
        low, high = (f"{value:.0f}" if value.is_integer() else f"{value:g}" for value in picture.spread)
        message = (
            f"the grey values {low} to {high} of this file have been stretched to the full range from black to white"
        )
        yield GREY_SPREAD, message, "for another window, export the picture from the viewer with 8 bits"
