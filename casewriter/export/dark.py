"""A drawn picture for a dark page: every colour keeps its hue and changes its lightness."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls

from msgspec.structs import replace

from casewriter.image import Picture

SVG = "image/svg+xml"
_TAG = re.compile(r"<[^<>]*>")
_COLOUR = re.compile(r"(?<=[\"':; ])#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![\w-])")
_ROOT = re.compile(r"<svg(?=\s)[^<>]*>")
_GROUND, _INK = 0.09, 0.92
"""Lightness on a dark page of what is white and of what is black on a light one; the page's own colours are near."""
_BLACK = "#000000"


def dark(picture: Picture) -> Picture | None:
    """Return a drawing for a dark page; None for a photograph, which stays as it was taken."""
    if picture.media_type != SVG:
        return None
    drawing = _TAG.sub(lambda tag: _COLOUR.sub(lambda found: turned(found[0]), tag[0]), picture.data.decode())
    return replace(picture, data=_ROOT.sub(lambda root: _with_ink(root[0]), drawing, count=1).encode())


def _with_ink(root: str) -> str:
    """Return the tag of a drawing with a colour for what names none; one that it names stays."""
    named = [name for name in ("color", "fill") if not re.search(rf"\s{name}\s*=", root)]
    return "<svg" + "".join(f' {name}="{turned(_BLACK)}"' for name in named) + root.removeprefix("<svg")


def turned(colour: str) -> str:
    """Return a colour of a light page as it is on a dark one."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    light = _INK - (_INK - _GROUND) * lightness
    return "#" + "".join(f"{round(255 * part):02x}" for part in hls_to_rgb(hue, light, saturation))
