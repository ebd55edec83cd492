"""Bytes of a picture file -> a clean Picture: allowed type, sane size, upright, 8-bit sRGB, no metadata."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from casewriter.image.header import size_of
from casewriter.problem import Kind, Level

UNREADABLE = Kind(
    "FIG003",
    "picture-unreadable",
    Level.ERROR,
    """The picture cannot be read.

JPEG, PNG, TIFF and WebP are read, judged by the content and not by the name. The figure prints as a labelled frame.""",
)
TOO_LARGE = Kind(
    "FIG004",
    "picture-too-large",
    Level.ERROR,
    """The picture is larger than 50 MB or 40 megapixels.

A small file can hold a picture that exhausts the machine. Remedy: export it at the size it is printed, 300 dpi.""",
)

KINDS = (UNREADABLE, TOO_LARGE)

MAX_BYTES = 50_000_000
MAX_PIXELS = 40_000_000
PRINT_WIDTH = 2000
"""Pixels a picture is scaled down to: 300 dots per inch over the 162 mm of the widest column, rounded up."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to embed: its bytes, media type, and width and height in pixels (0 for a drawing)."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """A name made from the content."""
        return hashlib.sha256(self.data).hexdigest()[:16]


class Unusable(Exception):
    """A picture that cannot be used; `kind` says why."""

    def __init__(self, kind: Kind, message: str) -> None:
        self.kind = kind
        super().__init__(message)


def clean(data: bytes) -> Picture:
    """Return the picture decoded and written anew: no EXIF, XMP, IPTC, comment, thumbnail or text chunk is left.

    The orientation that EXIF asks for is applied first. Raises Unusable.
    """
    if len(data) > MAX_BYTES:
        raise Unusable(TOO_LARGE, f"the picture has {len(data):,} bytes; the limit is {MAX_BYTES:,}")
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and names itself
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows half pictures for the whole process
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "TIFF", "WEBP")) as opened:
            width, height = opened.size
            if width * height > MAX_PIXELS:
                raise Unusable(TOO_LARGE, f"the picture has {width} × {height} pixels; the limit is 40 megapixels")
            lossless = opened.format in ("PNG", "TIFF")
            sampling = _sampling(opened)
            upright = ImageOps.exif_transpose(opened)
            pixels = _eight_bit(upright)
    except Unusable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises on a stranger's file is this one answer
        raise Unusable(UNREADABLE, f"this is not a picture that can be read ({type(error).__name__})") from None
    if pixels.width > PRINT_WIDTH:
        height = max(1, round(pixels.height * PRINT_WIDTH / pixels.width))
        pixels = pixels.resize((PRINT_WIDTH, height), Image.Resampling.LANCZOS)
    return _written(pixels, lossless, sampling)


def probe(data: bytes) -> Picture | str:
    """Return an empty Picture of the right size when the head of a file is that of a picture, else code and reason.

    Lint asks whether a picture can be used; decoding its pixels would take most of its time.
    """
    if len(data) > MAX_BYTES:
        return f"{TOO_LARGE.code} the picture has {len(data):,} bytes; the limit is {MAX_BYTES:,}"
    size = size_of(data)
    if size is None:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and names itself
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Pillow thinks of broken fields is nothing for the author
                with Image.open(BytesIO(data), formats=("JPEG", "PNG", "TIFF", "WEBP")) as opened:
                    size = opened.size
        except Exception as error:  # noqa: BLE001 - see `clean`
            return f"{UNREADABLE.code} this is not a picture that can be read ({type(error).__name__})"
    width, height = size
    if width * height > MAX_PIXELS:
        return f"{TOO_LARGE.code} the picture has {width} × {height} pixels; the limit is 40 megapixels"
    return Picture(b"", "", width, height)


def _eight_bit(image: Any) -> Any:
    """Return the pixels as 8-bit grey or RGB on white, with 16 bits scaled and not clipped."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        low, high = image.getextrema()
        scale = 255.0 / (high - low) if high > low and image.mode != "I;16" else 255.0 / 65535.0
        offset = -low * scale if image.mode != "I;16" else 0.0
        return image.convert("F").point(lambda value: value * scale + offset).convert("L")
    image = _to_srgb(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGB", rgba.size, "white")
        white.paste(rgba, mask=rgba.getchannel("A"))
        return white
    return image.convert("L" if image.mode in ("L", "1") else "RGB")


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
