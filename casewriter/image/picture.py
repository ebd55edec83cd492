"""Bytes of a picture file -> a clean Picture: allowed type, sane size, upright, 8-bit sRGB, no metadata."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from casewriter.image.grey import Range, eight_bit, is_deep, zero_is_white
from casewriter.image.header import has_more
from casewriter.image.kinds import Unusable, check_bytes, check_pixels, unreadable
from casewriter.image.pages import FORMATS, page_count

PRINT_WIDTH = 2000
"""Pixels a picture is scaled down to: 300 dots per inch over the 160 mm of our widest text, rounded up."""


class Picture(Struct, frozen=True):
    """A picture ready to embed: its bytes, media type, and width and height in pixels (0 for a drawing).

    `pages` counts the pages of the file that it is the first of; `spread` is the range of grey values of the file
    that prints as black to white, where that is not the whole range of the file's type.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    pages: int = 1
    spread: Range | None = None

    @property
    def digest(self) -> str:
        """A name made from the content."""
        return hashlib.sha256(self.data).hexdigest()[:16]


def clean(data: bytes) -> Picture:
    """Return the picture decoded and rewritten: no EXIF, XMP, IPTC, comment, thumbnail or text chunk is left.

    The orientation that EXIF asks for is applied first. Raises Unusable.
    """
    check_bytes(len(data))
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and names itself
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows half pictures for the whole process
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            check_pixels(opened.size)
            lossless = opened.format in ("PNG", "TIFF")
            sampling = _sampling(opened)
            upright = ImageOps.exif_transpose(opened)
            pixels, grey = _eight_bit(upright, inverted=zero_is_white(opened))
        pages = page_count(data) if has_more(data) else 1
    except Unusable:
        raise
    except Exception:  # noqa: BLE001 - whatever a decoder raises on a stranger's file is this one answer
        raise unreadable(data) from None
    if pixels.width > PRINT_WIDTH:
        height = max(1, round(pixels.height * PRINT_WIDTH / pixels.width))
        pixels = pixels.resize((PRINT_WIDTH, height), Image.Resampling.LANCZOS)
    return replace(_written(pixels, lossless, sampling), pages=pages, spread=grey)


def _eight_bit(image: Any, *, inverted: bool) -> tuple[Any, Range | None]:
    """Return the pixels as 8-bit grey or RGB on white, and the range of greys that was spread, if any."""
    from PIL import Image

    if is_deep(image):
        return eight_bit(image, inverted=inverted)
    image = _to_srgb(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGB", rgba.size, "white")
        white.paste(rgba, mask=rgba.getchannel("A"))
        return white, None
    return image.convert("L" if image.mode in ("L", "1") else "RGB"), None


def _to_srgb(image: Any) -> Any:
    """Return the picture in sRGB when it carries another colour profile."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        if image.mode not in ("RGB", "CMYK", "L"):
            image = image.convert("RGB")
        mode = "L" if image.mode == "L" else "RGB"
        if mode == "L":
            return image
        return ImageCms.profileToProfile(image, source, target, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _sampling(opened: Any) -> int:
    """Return how finely colour is kept: as the JPEG had it, else in full; more would only be larger."""
    from PIL import JpegImagePlugin

    known = JpegImagePlugin.get_sampling(opened) if opened.format == "JPEG" else 0
    return known if known in (0, 1, 2) else 0


def _written(pixels: Any, lossless: bool, sampling: int) -> Picture:
    from PIL import Image

    fresh = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = BytesIO()
    if lossless:
        fresh.save(out, "PNG", optimize=False)
        media_type = "image/png"
    else:
        fresh.save(out, "JPEG", quality=90, subsampling=sampling)
        media_type = "image/jpeg"
    return Picture(out.getvalue(), media_type, fresh.width, fresh.height)
