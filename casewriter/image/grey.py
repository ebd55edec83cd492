"""Grey of 16 or more bits -> 8 bits without clipping: 12-bit values in a 16-bit file would print nearly black."""

from __future__ import annotations

from math import isfinite
from typing import Any

Range = tuple[float, float]

_WHITE = 65535.0
_WHOLE = 32768.0
"""A picture whose values span this much uses the whole of its 16 bits; a smaller span leaves the highest bit unused."""
_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0
"""The TIFF tag PhotometricInterpretation and its value for pictures whose zero is white (TIFF 6.0, section 4)."""


def is_deep(image: Any) -> bool:
    """Return whether the picture is grey with more than 8 bits a pixel: integers of 16 or 32 bits, or floats."""
    return str(image.mode).startswith(("I", "F"))


def zero_is_white(opened: Any) -> bool:
    """Return whether a TIFF file stores white as zero, which Pillow turns round for pictures of 8 bits only."""
    return opened.format == "TIFF" and bool(opened.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO)


def spread(image: Any) -> Range | None:
    """Return the lowest and highest grey value, to be printed black and white; None where the scale is 0 to 65535.

    The scale is kept for a picture that uses it and for one of a single value. Raises ValueError for values without
    a range, which only floats can have.
    """
    low, high = image.convert("F").getextrema()  # 16-bit big-endian pictures have no extrema of their own
    if not (isfinite(low) and isfinite(high)):
        raise ValueError("the grey values have no range")
    whole = image.mode.startswith("I;16") and high - low >= _WHOLE
    return None if whole or low == high else (low, high)


def eight_bit(image: Any, *, inverted: bool = False) -> tuple[Any, Range | None]:
    """Return the picture with 8 bits a pixel, and the range that was spread over them (see `spread`)."""
    found = spread(image)
    black, white = found or (0.0, _WHITE)
    if inverted:
        black, white = white, black
    scale = 255.0 / (white - black)
    offset = 0.5 - black * scale  # Pillow cuts fractions off
    return image.convert("F").point(lambda value: value * scale + offset).convert("L"), found
