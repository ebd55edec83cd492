"""What a file is that is not read as a picture, judged by its first bytes, and what its author can do.

Sources of the signatures: ISO/IEC 14496-12 and 23008-12 (the brands of HEIF and films), DICOM PS3.10 (7.1), ISO 32000
(PDF), GIF89a, and the headers that BMP, Photoshop, JPEG 2000 (ISO/IEC 15444-1) and ZIP files begin with.
"""

from __future__ import annotations

_READ = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_BEGINNINGS = (
    (b"%PDF", "a PDF", "export the page as PNG with 300 dpi"),
    (b"GIF8", "a GIF picture", "save it as PNG"),
    (b"BM", "a BMP picture", "save it as PNG"),
    (b"8BPS", "a Photoshop file", "save it as PNG or TIFF"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", "save it as PNG or TIFF"),
    (b"PK\x03\x04", "an Office or ZIP file", "save the picture in it as PNG or JPEG"),
    (b"version https://git-lfs", "a placeholder of Git LFS", "get the picture itself with `git lfs pull`"),
    (b"<svg", "an SVG drawing", "export it as PNG with 300 dpi"),
)


def why_unread(data: bytes) -> str:
    """Return what a file is and what to do, for one that could not be read as a picture."""
    if not data:
        return "the file is empty: copy it again"
    what, remedy = _known(data)
    if what:
        return f"this is {what}, which is not read: {remedy}"
    return "this is not a picture in a readable format: JPEG, PNG, TIFF or WebP"


def _known(data: bytes) -> tuple[str, str]:
    if data[4:8] == b"ftyp":
        if data[8:12] in _HEIF:
            return "a HEIC picture", "save it as JPEG"
        return ("an AVIF picture", "save it as JPEG") if data[8:12] == b"avif" else ("a film", "save a picture of it")
    if data[128:132] == b"DICM":
        return "a DICOM file", "export the picture from the viewer as PNG or TIFF"
    if data.startswith(_READ) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "a damaged or incomplete picture", "copy it or export it again"
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<?xml") and b"<svg" in text[:1000]:
        text = b"<svg"
    return next(((what, remedy) for start, what, remedy in _BEGINNINGS if text.startswith(start)), ("", ""))
