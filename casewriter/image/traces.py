"""What a picture file gives away beside its pixels: the names of identifying fields, never their values.

Sources: Exif 2.32 (CIPA DC-008), IPTC-IIM 4.2, XMP (ISO 16684-1), PNG third edition, DICOM PS3.15 annex E (basic
profile).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from casewriter.image.kinds import Unusable
from casewriter.image.look import measure

_EXIF = {
    0x010E: "ImageDescription", 0x0132: "DateTime",
    0x013B: "Artist", 0x013C: "HostComputer", 0x8298: "Copyright", 0x9003: "DateTimeOriginal",
    0x9004: "DateTimeDigitized", 0x927C: "MakerNote", 0x9286: "UserComment", 0x9C9B: "XPTitle", 0x9C9C: "XPComment",
    0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords", 0x9C9F: "XPSubject", 0xA420: "ImageUniqueID", 0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber", 0xA435: "LensSerialNumber",
}  # fmt: skip
_EXIF_DIRECTORY, _THUMBNAIL = 0x8769, 0x0201
_DIRECTORIES = 30
"""How many directories of a TIFF structure are read: a real one has a handful."""

_TAGS = {
    **_EXIF,
    0x8825: "GPS position",
    0x02BC: "XMP",
    0x83BB: "IPTC",
    _THUMBNAIL: "thumbnail",
}
"""A device's make and model are wanted in a report and not among these; only a serial number identifies."""

_DICOM = {
    0x00080012: "InstanceCreationDate", 0x00080020: "StudyDate", 0x00080021: "SeriesDate",
    0x00080022: "AcquisitionDate",
    0x00080023: "ContentDate", 0x00080050: "AccessionNumber", 0x00080080: "InstitutionName",
    0x00080081: "InstitutionAddress", 0x00080090: "ReferringPhysicianName", 0x00081010: "StationName",
    0x00081048: "PhysiciansOfRecord", 0x00081050: "PerformingPhysicianName", 0x00081070: "OperatorsName",
    0x00100010: "PatientName", 0x00100020: "PatientID", 0x00100030: "PatientBirthDate", 0x00101000: "OtherPatientIDs",
    0x00101001: "OtherPatientNames", 0x00101040: "PatientAddress", 0x00102154: "PatientTelephoneNumbers",
    0x00104000: "PatientComments", 0x00181000: "DeviceSerialNumber", 0x00200010: "StudyID", 0x00204000: "ImageComments",
}  # fmt: skip
_LONG_FORMS = frozenset((b"OB", b"OW", b"OF", b"OD", b"OL", b"SQ", b"UC", b"UN", b"UR", b"UT"))
_PNG = b"\x89PNG\r\n\x1a\n"


class Traces(Struct, frozen=True):
    """Width and height in pixels (0 where unknown), and the names of the fields that may identify."""

    width: int
    height: int
    fields: tuple[str, ...] = ()


def traces(data: bytes) -> Traces:
    """Return what the file of a picture gives away; broken files give what can be read of them."""
    try:
        width, height = measure(data)
    except Unusable:
        width, height = 0, 0
    found = dict.fromkeys(_fields(data))
    return Traces(width, height, tuple(found))


def _fields(data: bytes) -> Iterator[str]:
    if data.startswith(b"\xff\xd8\xff"):
        yield from _jpeg(data)
    elif data.startswith(_PNG):
        yield from _png(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from _webp(data)
    elif data[:4] in (b"II+\x00", b"MM\x00+"):
        yield "BigTIFF fields"  # its directories are not read: what is in them cannot be ruled out
    elif data[:4] in (b"II*\x00", b"MM\x00*"):
        yield from _tiff(data)
        yield from ("XMP" for _ in range(b"<x:xmpmeta" in data))
    elif data[128:132] == b"DICM":
        yield from _dicom(data)


def _jpeg(data: bytes) -> Iterator[str]:
    """Yield the fields of APP1 (Exif, XMP), APP13 (IPTC) and COM segments (ISO/IEC 10918-1)."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        if data[place + 1] == 0xFF:  # fill bytes may come before any marker (B.1.1.2)
            place += 1
            continue
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        body = data[place + 4 : place + 2 + length]
        if marker == 0xE1 and body.startswith(b"Exif\x00\x00"):
            yield from _tiff(body[6:])
        elif marker == 0xE1 and body.startswith(b"http://ns.adobe.com/xap/"):
            yield "XMP"
        elif marker == 0xED and b"8BIM\x04\x04" in body:
            yield "IPTC"
        elif marker == 0xFE and body.strip(b"\x00 "):
            yield "comment"
        elif marker == 0xDA:
            return
        place += 2 + max(2, length)


def _png(data: bytes) -> Iterator[str]:
    place = 8
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + length]
        cut = len(body) < length
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, nul, _ = body.partition(b"\x00")
            name = keyword.decode("latin-1")
            known = bool(nul) and len(name) < 80 and name.isprintable()
            if known or not cut:
                yield "XMP" if name.startswith("XML:com.adobe.xmp") else f"text “{name}”" if known else "text"
        elif kind == b"eXIf":
            yield from _tiff(body)
        elif kind == b"tIME":
            yield "time of the last change"
        elif kind == b"IEND":
            return
        place += 12 + length


def _webp(data: bytes) -> Iterator[str]:
    place = 12
    while place + 8 <= len(data):
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        body = data[place + 8 : place + 8 + length]
        if kind == b"EXIF":
            yield from _tiff(body.removeprefix(b"Exif\x00\x00"))
        elif kind == b"XMP ":
            yield "XMP"
        place += 8 + length + length % 2


def _tiff(data: bytes) -> Iterator[str]:
    """Yield the identifying tags of a TIFF structure: its directories, those of Exif, and whether GPS is there."""
    orders: dict[bytes, Literal["little", "big"]] = {b"II": "little", b"MM": "big"}
    order = orders.get(data[:2])
    if order is None:
        return
    first = int.from_bytes(data[4:8], order)
    waiting, seen = [first], set[int]()
    while waiting and len(seen) < _DIRECTORIES:
        start = waiting.pop()
        if start in seen or not 8 <= start <= len(data) - 2:
            continue
        seen.add(start)
        count = int.from_bytes(data[start : start + 2], order)
        for place in range(start + 2, min(start + 2 + 12 * count, len(data) - 11), 12):
            tag = int.from_bytes(data[place : place + 2], order)
            if tag == _EXIF_DIRECTORY:
                waiting.append(int.from_bytes(data[place + 8 : place + 12], order))
            elif (name := _TAGS.get(tag)) and (tag != _THUMBNAIL or start != first):
                yield name
        after = start + 2 + 12 * count
        waiting.append(int.from_bytes(data[after : after + 4], order))


def _dicom(data: bytes) -> Iterator[str]:
    """Yield the identifying attributes of a DICOM file before its pixels (explicit or implicit VR, little endian)."""
    place = 132
    while place + 8 <= len(data):
        group, element = (int.from_bytes(data[place + n : place + n + 2], "little") for n in (0, 2))
        if group > 0x0028:
            return
        form = data[place + 4 : place + 6]
        if form.isalpha() and form.isupper():
            wide = form in _LONG_FORMS
            length = int.from_bytes(data[place + 8 : place + 12] if wide else data[place + 6 : place + 8], "little")
            body = place + (12 if wide else 8)
        else:
            length, body = int.from_bytes(data[place + 4 : place + 8], "little"), place + 8
        if length == 0xFFFFFFFF:
            return  # a sequence of unknown length: what follows is not worth guessing at
        name = _DICOM.get(group << 16 | element)
        if name and data[body : body + length].strip(b"\x00 "):
            yield f"DICOM {name}"
        elif group % 2:
            yield "DICOM private attributes"
        place = body + length


__all__ = ["Traces", "traces"]
