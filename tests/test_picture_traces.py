"""What the file of a picture gives away is named, field by field and never with its value; a clean file gives nothing.

Files are made with Pillow, or byte by byte from the standards: Exif 2.32 (CIPA DC-008), TIFF 6.0, IPTC-IIM 4.2, XMP
(ISO 16684-1 and -3), PNG third edition, WebP container (RFC 9649), DICOM PS3.5 and PS3.10.
"""

from __future__ import annotations

import json
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from casewriter.cli.app import run
from casewriter.image import Traces, clean, traces
from casewriter.project import find_cases
from casewriter.work.check import check

SECRET = "Erika Mustermann 1961-08-12"
PACKET = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>'
    + SECRET.encode()
    + b"</dc:creator></x:xmpmeta>"
)

IFD0 = {
    "ImageDescription": 0x010E, "DateTime": 0x0132, "Artist": 0x013B, "HostComputer": 0x013C, "Copyright": 0x8298,
    "XPTitle": 0x9C9B, "XPComment": 0x9C9C, "XPAuthor": 0x9C9D, "XPKeywords": 0x9C9E, "XPSubject": 0x9C9F,
}  # fmt: skip
"""Tags of the first directory that say who, when or what (TIFF 6.0; XP…: Windows)."""
EXIF_IFD = {
    "DateTimeOriginal": 0x9003, "DateTimeDigitized": 0x9004, "MakerNote": 0x927C, "UserComment": 0x9286,
    "ImageUniqueID": 0xA420, "CameraOwnerName": 0xA430, "BodySerialNumber": 0xA431, "LensSerialNumber": 0xA435,
}  # fmt: skip
"""Tags of the Exif directory that say whose camera it was and when (Exif 2.32, 4.6.5)."""
HARMLESS = {
    "Make": 0x010F, "Model": 0x0110, "Software": 0x0131, "Orientation": 0x0112, "XResolution": 0x011A,
    "YResolution": 0x011B, "ResolutionUnit": 0x0128,
}  # fmt: skip
HARMLESS_EXIF = {"ExposureTime": 0x829A, "FNumber": 0x829D, "PhotographicSensitivity": 0x8827, "ColorSpace": 0xA001,
                 "PixelXDimension": 0xA002, "FocalLength": 0x920A, "LensModel": 0xA434}  # fmt: skip


def tiff(entries: dict[int, bytes | int | tuple[Any, ...]], order: str = "<", *, next_ifd: Any = None) -> bytes:
    """Return a TIFF structure (TIFF 6.0, section 2). A dict as value is a directory that a tag points at."""
    whole = bytearray((b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8))

    def directory(fields: dict[int, Any], after: Any) -> int:
        start = len(whole)
        whole.extend(bytes(2 + 12 * len(fields) + 4))
        rows = b""
        for tag, value in sorted(fields.items()):
            if isinstance(value, dict):
                rows += struct.pack(order + "HHII", tag, 4, 1, directory(value, None))
            elif isinstance(value, int):
                rows += struct.pack(order + "HHII", tag, 4, 1, value)
            else:
                data = bytes(value)
                place = len(whole)
                whole.extend(data if len(data) > 4 else b"")
                inline = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", place)
                rows += struct.pack(order + "HHI", tag, 2, len(data)) + inline
        following = directory(after, None) if after else 0
        whole[start : start + 2 + len(rows) + 4] = (
            struct.pack(order + "H", len(fields)) + rows + struct.pack(order + "I", following)
        )
        return start

    directory(dict(entries), next_ifd)
    return bytes(whole)


TEXT = SECRET.encode() + b"\0"
GPS = {0x0000: b"\2\3\0\0", 0x0001: b"N\0", 0x0003: b"E\0"}
EXIF = tiff({**dict.fromkeys(IFD0.values(), TEXT), 0x8769: dict.fromkeys(EXIF_IFD.values(), TEXT), 0x8825: GPS})


def pixels() -> Image.Image:
    return Image.new("RGB", (8, 6), "tan")


def saved(kind: str, **options: Any) -> bytes:
    out = BytesIO()
    pixels().save(out, kind, **options)
    return out.getvalue()


JPEG, PNG, WEBP, TIFF = saved("JPEG"), saved("PNG"), saved("WEBP", lossless=True), saved("TIFF")


def jpeg(*segments: tuple[int, bytes], base: bytes = JPEG) -> bytes:
    """Return a JPEG file with segments (marker, content) after its start (ISO/IEC 10918-1, B.1.1.4)."""
    packed = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    return base[:2] + packed + base[2:]


def png(*chunks: tuple[bytes, bytes], after: int = 33) -> bytes:
    """Return a PNG file with chunks (type, content) after its IHDR, or elsewhere."""
    packed = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return PNG[:after] + packed + PNG[after:]


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP file in the extended form, with chunks after its pixels (RFC 9649, 2.7)."""
    flags = 0x08 * any(kind == b"EXIF" for kind, _ in chunks) + 0x04 * any(kind == b"XMP " for kind, _ in chunks)
    parts = [(b"VP8X", bytes([flags, 0, 0, 0, 7, 0, 0, 5, 0, 0]))]
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in parts)
    rest = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks)
    inside = b"WEBP" + body + WEBP[12:] + rest
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def app1(structure: bytes) -> tuple[int, bytes]:
    return 0xE1, b"Exif\0\0" + structure


def iptc(*records: tuple[int, bytes]) -> bytes:
    """Return Photoshop's APP13 block with IPTC records of the application record 2 (IPTC-IIM 4.2, 1.6)."""
    packed = b"".join(b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(body)) + body for number, body in records)
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(packed)) + packed


# -- Exif ----------------------------------------------------------------------------------------------------------------


def exif_files(structure: bytes) -> dict[str, bytes]:
    """Return a file of each kind that carries this Exif block."""
    return {
        "jpeg": jpeg(app1(structure)),
        "png": png((b"eXIf", structure)),
        "webp": webp((b"EXIF", structure)),
        "webp with a head": webp((b"EXIF", b"Exif\0\0" + structure)),
    }


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", list(exif_files(b"")))
@pytest.mark.parametrize("name", IFD0)
def test_a_tag_of_the_first_directory_is_named(name: str, kind: str, order: str) -> None:
    file = exif_files(tiff({0x0110: b"Camera\0", IFD0[name]: TEXT}, order))[kind]
    assert traces(file).fields == (name,)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", list(exif_files(b"")))
@pytest.mark.parametrize("name", EXIF_IFD)
def test_a_tag_of_the_exif_directory_is_named(name: str, kind: str, order: str) -> None:
    file = exif_files(tiff({0x8769: {0x829A: b"1/60", EXIF_IFD[name]: TEXT}}, order))[kind]
    assert traces(file).fields == (name,)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", list(exif_files(b"")))
def test_what_only_describes_camera_and_exposure_is_not_named(kind: str, order: str) -> None:
    inside = dict.fromkeys(HARMLESS_EXIF.values(), 1)
    structure = tiff({**dict.fromkeys(HARMLESS.values(), 1), 0x8769: inside}, order)
    assert traces(exif_files(structure)[kind]).fields == ()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", list(exif_files(b"")))
def test_a_position_is_named(kind: str, order: str) -> None:
    assert traces(exif_files(tiff({0x8825: GPS}, order))[kind]).fields == ("GPS position",)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", list(exif_files(b"")))
def test_a_thumbnail_is_named(kind: str, order: str) -> None:
    """It may still show what was cropped: the second directory points at a JPEG of its own (Exif 2.32, 4.5.6)."""
    structure = tiff({0x0110: b"Camera\0"}, order, next_ifd={0x0103: 6, 0x0201: 100, 0x0202: 20})
    assert traces(exif_files(structure)[kind]).fields == ("thumbnail",)


def test_all_of_an_exif_block_is_named_once() -> None:
    wanted = {*IFD0, *EXIF_IFD, "GPS position"}
    for kind, file in exif_files(EXIF).items():
        fields = traces(file).fields
        assert set(fields) == wanted, kind
        assert len(fields) == len(wanted), kind


def test_what_pillow_writes_is_named() -> None:
    exif = Image.Exif()
    exif[IFD0["Artist"]] = SECRET
    exif.get_ifd(0x8769)[EXIF_IFD["DateTimeOriginal"]] = "2021:03:04 10:11:12"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 0.0), 3: "E", 4: (11.0, 34.0, 0.0)})
    for kind in ("JPEG", "PNG", "WEBP"):
        assert set(traces(saved(kind, exif=exif)).fields) == {"Artist", "DateTimeOriginal", "GPS position"}, kind


# -- other blocks ----------------------------------------------------------------------------------------------------------

XMP = b"http://ns.adobe.com/xap/1.0/\0" + PACKET
BLOCKS = {
    "XMP of a JPEG": (jpeg((0xE1, XMP)), ("XMP",)),
    "IPTC of a JPEG": (jpeg((0xED, iptc((80, SECRET.encode()), (90, b"Aachen")))), ("IPTC",)),
    "comment of a JPEG": (jpeg((0xFE, SECRET.encode())), ("comment",)),
    "comment by Pillow": (saved("JPEG", comment=SECRET), ("comment",)),
    "all of a JPEG": (
        jpeg(app1(tiff({IFD0["Artist"]: TEXT})), (0xE1, XMP), (0xED, iptc((80, b"x"))), (0xFE, b"y")),
        ("Artist", "XMP", "IPTC", "comment"),
    ),
    "tEXt": (png((b"tEXt", b"Author\0" + SECRET.encode())), ("text “Author”",)),
    "zTXt": (png((b"zTXt", b"Description\0\0" + zlib.compress(SECRET.encode()))), ("text “Description”",)),
    "iTXt": (png((b"iTXt", b"Comment\0\0\0de\0Kommentar\0" + SECRET.encode())), ("text “Comment”",)),
    "XMP of a PNG": (png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET)), ("XMP",)),
    "tIME": (png((b"tIME", struct.pack(">HBBBBB", 2021, 3, 4, 10, 11, 12))), ("time of the last change",)),
    "text after the pixels": (png((b"tEXt", b"Source\0x"), after=len(PNG) - 12), ("text “Source”",)),
    "several texts": (
        png((b"tEXt", b"Author\0x"), (b"tEXt", b"Author\0y"), (b"zTXt", b"Copyright\0\0" + zlib.compress(b"z"))),
        ("text “Author”", "text “Copyright”"),
    ),
    "XMP of a WebP": (webp((b"XMP ", PACKET)), ("XMP",)),
    "both of a WebP": (webp((b"EXIF", tiff({IFD0["Artist"]: TEXT})), (b"XMP ", PACKET)), ("Artist", "XMP")),
    "an odd chunk before": (webp((b"ABCD", b"odd"), (b"XMP ", PACKET)), ("XMP",)),
    "XMP of a TIFF": (tiff({0x0100: 8, 0x02BC: PACKET}), ("XMP",)),
    "IPTC of a TIFF": (tiff({0x0100: 8, 0x83BB: b"\x1c\x02\x50\x00\x01x"}), ("IPTC",)),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_beside_the_pixels_is_named(name: str) -> None:
    file, fields = BLOCKS[name]
    assert traces(file).fields == fields


def test_what_pillow_writes_into_a_png_is_named() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET)
    info.add_text("Comment", SECRET, zip=True)
    info.add_itxt("Title", SECRET)
    assert traces(saved("PNG", pnginfo=info)).fields == ("text “Author”", "text “Comment”", "text “Title”")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_what_pillow_writes_as_xmp_is_named(kind: str) -> None:
    out = BytesIO()
    image = pixels()
    if kind == "TIFF":
        image.save(out, kind, tiffinfo={0x02BC: PACKET})
    elif kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", PACKET.decode())
        image.save(out, kind, pnginfo=info)
    else:
        image.save(out, kind, xmp=PACKET)
    assert traces(out.getvalue()).fields == ("XMP",)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("name", [*IFD0, *EXIF_IFD])
def test_a_tag_of_a_tiff_is_named(name: str, order: str) -> None:
    inside: dict[int, Any] = {IFD0[name]: TEXT} if name in IFD0 else {0x8769: {EXIF_IFD[name]: TEXT}}
    assert traces(tiff({0x0100: 8, 0x0101: 6, **inside}, order)).fields == (name,)


def test_a_later_page_of_a_tiff_is_read() -> None:
    out = BytesIO()
    pixels().save(out, "TIFF", save_all=True, append_images=[pixels()])
    assert traces(out.getvalue()).fields == ()
    assert traces(tiff({0x0100: 8}, next_ifd={0x0100: 8, IFD0["Artist"]: TEXT})).fields == ("Artist",)


# -- DICOM -----------------------------------------------------------------------------------------------------------------

DICOM = {
    # PS3.15, table E.1-1: what the basic profile removes, as far as a reader of a picture could use it
    (0x0008, 0x0012): ("DA", "InstanceCreationDate"),
    (0x0008, 0x0020): ("DA", "StudyDate"),
    (0x0008, 0x0021): ("DA", "SeriesDate"),
    (0x0008, 0x0022): ("DA", "AcquisitionDate"),
    (0x0008, 0x0023): ("DA", "ContentDate"),
    (0x0008, 0x0050): ("SH", "AccessionNumber"),
    (0x0008, 0x0080): ("LO", "InstitutionName"),
    (0x0008, 0x0081): ("ST", "InstitutionAddress"),
    (0x0008, 0x0090): ("PN", "ReferringPhysicianName"),
    (0x0008, 0x1010): ("SH", "StationName"),
    (0x0008, 0x1048): ("PN", "PhysiciansOfRecord"),
    (0x0008, 0x1050): ("PN", "PerformingPhysicianName"),
    (0x0008, 0x1070): ("PN", "OperatorsName"),
    (0x0010, 0x0010): ("PN", "PatientName"),
    (0x0010, 0x0020): ("LO", "PatientID"),
    (0x0010, 0x0030): ("DA", "PatientBirthDate"),
    (0x0010, 0x1000): ("LO", "OtherPatientIDs"),
    (0x0010, 0x1001): ("PN", "OtherPatientNames"),
    (0x0010, 0x1040): ("LO", "PatientAddress"),
    (0x0010, 0x2154): ("SH", "PatientTelephoneNumbers"),
    (0x0010, 0x4000): ("LT", "PatientComments"),
    (0x0018, 0x1000): ("LO", "DeviceSerialNumber"),
    (0x0020, 0x0010): ("SH", "StudyID"),
    (0x0020, 0x4000): ("LT", "ImageComments"),
}
OTHER_TAGS = {
    (0x0008, 0x0060): ("CS", b"CT"),
    (0x0008, 0x0070): ("LO", b"Maker "),
    (0x0018, 0x0050): ("DS", b"5 "),
    (0x0028, 0x0010): ("US", b"\x06\0"),
    (0x0028, 0x0011): ("US", b"\x08\0"),
}
WIDE = ("OB", "OW", "SQ", "UN", "UT")


def element(group: int, number: int, vr: str, value: bytes, *, explicit: bool) -> bytes:
    """Return a data element, little endian (PS3.5, 7.1.2 explicit VR, 7.1.3 implicit VR)."""
    value += b" " * (len(value) % 2) if vr != "OB" else b"\0" * (len(value) % 2)
    tag = struct.pack("<HH", group, number)
    if not explicit:
        return tag + struct.pack("<I", len(value)) + value
    if vr in WIDE:
        return tag + vr.encode() + b"\0\0" + struct.pack("<I", len(value)) + value
    return tag + vr.encode() + struct.pack("<H", len(value)) + value


def dicom(values: dict[tuple[int, int], tuple[str, bytes]], *, explicit: bool) -> bytes:
    """Return a DICOM file (PS3.10, 7.1): the meta information is always in explicit VR."""
    syntax = b"1.2.840.10008.1.2.1\0" if explicit else b"1.2.840.10008.1.2\0"
    meta = element(2, 1, "OB", b"\0\1", explicit=True) + element(2, 0x10, "UI", syntax, explicit=True)
    head = element(2, 0, "UL", struct.pack("<I", len(meta)), explicit=True) + meta
    body = b"".join(element(*tag, vr, value, explicit=explicit) for tag, (vr, value) in sorted(values.items()))
    return bytes(128) + b"DICM" + head + body + element(0x7FE0, 0x10, "OW", bytes(48), explicit=explicit)


@pytest.mark.parametrize("explicit", [True, False])
@pytest.mark.parametrize("tag", DICOM)
def test_an_attribute_of_a_dicom_file_is_named(tag: tuple[int, int], explicit: bool) -> None:
    vr, name = DICOM[tag]
    value = b"19610812" if vr == "DA" else SECRET.encode()
    assert traces(dicom({**OTHER_TAGS, tag: (vr, value)}, explicit=explicit)).fields == (f"DICOM {name}",)
    assert traces(dicom({**OTHER_TAGS, tag: (vr, b"")}, explicit=explicit)).fields == ()


@pytest.mark.parametrize("explicit", [True, False])
def test_all_of_a_dicom_file_is_named(explicit: bool) -> None:
    values = {tag: (vr, SECRET.encode()) for tag, (vr, _) in DICOM.items()}
    private = {(0x0009, 0x0010): ("LO", b"MAKER"), (0x0009, 0x1001): ("UN", SECRET.encode())}
    fields = traces(dicom({**OTHER_TAGS, **values, **private}, explicit=explicit)).fields
    assert set(fields) == {*(f"DICOM {name}" for _, name in DICOM.values()), "DICOM private attributes"}
    assert traces(dicom(OTHER_TAGS, explicit=explicit)).fields == ()


@pytest.mark.parametrize("explicit", [True, False])
def test_a_sequence_of_known_length_is_passed_over(explicit: bool) -> None:
    item = struct.pack("<HHI", 0xFFFE, 0xE000, 0)
    values = {(0x0008, 0x1140): ("SQ", item), (0x0010, 0x0010): ("PN", b"X^Y")}
    assert traces(dicom(values, explicit=explicit)).fields == ("DICOM PatientName",)


# -- what gives nothing away ------------------------------------------------------------------------------------------------

NOTHING = {
    "JPEG": JPEG,
    "progressive JPEG": saved("JPEG", progressive=True, dpi=(300, 300)),
    "JPEG with a colour profile": jpeg((0xE2, b"ICC_PROFILE\0\1\1" + bytes(128))),
    "JPEG of Adobe": jpeg((0xEE, b"Adobe\0\x64\0\0\0\0\1")),
    "JPEG with an empty comment": jpeg((0xFE, b"\0 \0")),
    "JPEG with other Photoshop blocks": jpeg((0xED, b"Photoshop 3.0\0" + b"8BIM\x03\xed\0\0\0\0\0\x10" + bytes(16))),
    "PNG": PNG,
    "PNG with its resolution": saved("PNG", dpi=(300, 300)),
    "PNG with gamma and background": png((b"gAMA", struct.pack(">I", 45455)), (b"bKGD", bytes(6))),
    "WebP": WEBP,
    "extended WebP": webp(),
    "TIFF": TIFF,
    "TIFF with its resolution": saved("TIFF", dpi=(300, 300)),
    "TIFF that holds a JPEG": tiff({0x0100: 8, 0x0103: 6, 0x0201: 100, 0x0202: 20}),  # TIFF 6.0, section 22
    "GIF": saved("GIF"),
    "nothing": b"",
    "text": b"no picture: Artist Erika Mustermann",
    "PDF": b"%PDF-1.7\n/Author (Erika)",
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_file_that_gives_nothing_away(name: str) -> None:
    assert traces(NOTHING[name]).fields == ()


SIZED = [JPEG, PNG, WEBP, TIFF, jpeg(app1(EXIF)), png((b"tEXt", b"Author\0x")), webp(), NOTHING["progressive JPEG"]]


@pytest.mark.parametrize("data", SIZED)
def test_width_and_height_are_read(data: bytes) -> None:
    assert (traces(data).width, traces(data).height) == (8, 6)


def files() -> dict[str, bytes]:
    """Return files of every kind that give much away."""
    values = {tag: (vr, SECRET.encode()) for tag, (vr, _) in DICOM.items()}
    return {
        **{f"exif of {kind}": file for kind, file in exif_files(EXIF).items()},
        **{name: file for name, (file, _) in BLOCKS.items()},
        "tiff": EXIF,
        "explicit": dicom(values, explicit=True),
        "implicit": dicom(values, explicit=False),
    }


FILES = files()


@pytest.mark.parametrize("name", [name for name in FILES if "tiff" not in name.lower() and "plicit" not in name])
def test_a_picture_that_was_written_anew_gives_nothing_away(name: str) -> None:
    """What `render` embeds (safety, 2)."""
    assert traces(FILES[name]).fields != ()
    again = clean(FILES[name])
    assert traces(again.data) == Traces(8, 6)
    assert SECRET.encode() not in again.data


# -- broken files ----------------------------------------------------------------------------------------------------------

NAMES = {
    "text",  # of a chunk whose keyword is none
    "BigTIFF fields",
    *IFD0, *EXIF_IFD, "GPS position", "thumbnail", "XMP", "IPTC", "comment", "time of the last change",
    "DICOM private attributes", *(f"DICOM {name}" for _, name in DICOM.values()),
}  # fmt: skip


def answered(data: bytes) -> Traces:
    found = traces(data)
    assert {field for field in found.fields if not field.startswith("text “")} <= NAMES
    assert min(found.width, found.height) >= 0
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_names_no_more_than_the_whole(name: str) -> None:
    whole = set(traces(FILES[name]).fields)
    for end in range(0, len(FILES[name]), 3):
        cut = answered(FILES[name][:end]).fields
        assert {field for field in cut if not field.startswith("text “")} <= whole


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_changed_file_is_answered(name: str, data: st.DataObject) -> None:
    changed = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(changed)))
        end = data.draw(st.integers(start, min(len(changed), start + 12)))
        changed[start:end] = data.draw(st.binary(max_size=12))
    answered(bytes(changed))


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x10\x00Exif\0\0", PNG[:8], b"RIFF\0\0\0\0WEBP", b"II*\0", b"MM\0*", bytes(128) + b"DICM"]),
    st.binary(max_size=400),
)  # fmt: skip
def test_any_bytes_after_a_known_beginning_are_answered(head: bytes, rest: bytes) -> None:
    answered(head + rest)


def test_directories_that_point_at_themselves_and_each_other_come_to_an_end() -> None:
    itself = b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    assert traces(itself).fields == ()
    each = tiff({0x8769: {0x8769: 8, IFD0["Artist"]: TEXT}})
    assert traces(each).fields == ("Artist",)
    assert traces(jpeg(app1(itself), app1(each))).fields == ("Artist",)


# -- as lint tells it -----------------------------------------------------------------------------------------------------


def case(folder: Path, pictures: dict[str, bytes]) -> Path:
    rows = "".join(f"    - {{file: {name}, alt: Plaques., caption: Skin.}}\n" for name in pictures)
    text = f"format: 1\nfigures:\n  skin:\n    shows_person: false\n    panels:\n{rows}"
    (folder / "case.yaml").write_text(text, "utf-8")
    for name, content in pictures.items():
        (folder / name).write_bytes(content)
    return folder


def test_lint_names_the_fields_of_each_picture_at_its_file(tmp_path: Path) -> None:
    pictures = {
        "a.jpg": jpeg(app1(tiff({IFD0["Artist"]: TEXT, 0x8825: GPS}))),
        "b.png": PNG,
        "c.png": png((b"tEXt", b"Author\0" + SECRET.encode())),
    }
    problems = check(find_cases([str(case(tmp_path, pictures))])[0]).report.problems
    found = [(p.span.line, p.span.column, p.message) for p in problems if p.code == "PRIV016" and p.span]
    assert found == [
        (6, 14, "this .jpg file contains Artist, GPS position"),
        (8, 14, "this .png file contains text “Author”"),
    ]


def test_a_long_list_of_fields_is_shortened(tmp_path: Path) -> None:
    problems = check(find_cases([str(case(tmp_path, {"a.jpg": jpeg(app1(EXIF))}))])[0]).report.problems
    (problem,) = [p for p in problems if p.code == "PRIV016"]
    count = len(traces(jpeg(app1(EXIF))).fields)
    assert problem.message.endswith(f" and {count - 6} more")


@pytest.mark.parametrize("output", ["full", "concise", "json", "sarif", "github"])
def test_no_report_repeats_a_value(tmp_path: Path, output: str, capsys: pytest.CaptureFixture[str]) -> None:
    pictures = {f"{number}.bin": file for number, file in enumerate(FILES.values())}
    run(["lint", str(case(tmp_path, pictures)), "--output-format", output])
    told = capsys.readouterr()
    assert told.out.count("PRIV016") >= len(FILES)
    for secret in (*SECRET.split(), "Kommentar", "Aachen"):
        assert secret not in told.out + told.err
    if output in ("json", "sarif"):
        json.loads(told.out)
