"""Pictures of several pages and of more than 8 bits: what is shown is the first page with visible greys, and it is told.

Files are made with Pillow, or byte by byte from TIFF 6.0. Greys are computed here from the stored values.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casewriter.cli.app import run
from casewriter.image import Picture, clean, traces
from casewriter.image.look import probe
from casewriter.problem import Problem
from casewriter.project import find_cases
from casewriter.work.check import check

RED, BLUE, LIME = (255, 0, 0), (0, 0, 255), (0, 255, 0)


def saved(form: str, colours: Iterable[Any], **options: Any) -> bytes:
    """Return a file of one picture for each colour."""
    first, *others = (Image.new("RGB", (60, 40), colour) for colour in colours)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(out, form, **more, **options)
    return out.getvalue()


def tiff(
    values: Sequence[int],
    *,
    order: str = "<",
    bits: int = 16,
    white_is_zero: bool = False,
    signed: bool = False,
    subfile: tuple[int, int] | None = None,
) -> bytes:
    """Return a TIFF file of one row of greys (TIFF 6.0, sections 2 and 8); with `subfile`, of two pages.

    `subfile` is the tag and value that say what the second page is.
    """
    if bits == 12:  # two values in three bytes (TIFF 6.0, section 2, FillOrder 1)
        pairs = zip(values[::2], values[1::2], strict=True)
        strip = b"".join(((a << 12) | b).to_bytes(3, "big") for a, b in pairs)
    else:
        strip = struct.pack(f"{order}{len(values)}{'h' if signed else 'H'}", *values)
    tags = {256: len(values), 257: 1, 258: bits, 259: 1, 262: 0 if white_is_zero else 1, 277: 1, 278: 1}
    tags |= {339: 2} if signed else {}
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    first = 8
    entries = len(tags) + 2
    second = first + 2 + 12 * entries + 4
    end = second + (2 + 12 * (entries + 1) + 4 if subfile else 0)

    def directory(more: dict[int, int], following: int) -> bytes:
        rows = {**tags, **more, 273: end, 279: len(strip)}
        said = b"".join(struct.pack(order + "HHII", tag, 4, 1, value) for tag, value in sorted(rows.items()))
        return struct.pack(order + "H", len(rows)) + said + struct.pack(order + "I", following)

    pages = directory({}, second) + directory(dict([subfile]), 0) if subfile else directory({}, 0)
    return head + pages + strip


def greys(data: bytes) -> list[int]:
    """Return the grey values that are shown of a picture, from left to right."""
    with Image.open(io.BytesIO(clean(data).data)) as shown:
        assert shown.mode == "L"
        return list(shown.tobytes()[: shown.width])


def png(values: Sequence[int]) -> bytes:
    out = io.BytesIO()
    packed = struct.pack(f"<{len(values)}H", *values)
    Image.frombytes("I;16", (len(values), 1), packed).save(out, "PNG")
    return out.getvalue()


def facts(data: bytes) -> tuple[int, tuple[float, float] | None]:
    """Return pages and spread of a file, asserting that lint and render find the same."""
    seen, shown = probe(data), clean(data)
    assert isinstance(seen, Picture)
    assert (seen.pages, seen.spread, seen.width, seen.height) == (shown.pages, shown.spread, shown.width, shown.height)
    return shown.pages, shown.spread


def linted(folder: Path, data: bytes, name: str = "a.tif") -> list[Problem]:
    text = (
        "format: 1\ncourse: See @fig-skin.\n"
        f"figures: {{skin: {{file: {name}, caption: Skin., alt: Red., shows_person: false}}}}\n"
    )
    (folder / "case.yaml").write_text(text, "utf-8")
    (folder / name).write_bytes(data)
    found = check(find_cases([str(folder)])[0]).report.problems
    return [p for p in found if p.code in ("FIG003", "FIG017", "FIG018")]


# -- several pages ---------------------------------------------------------------------------------------------------

PAGED = {
    "TIFF of two": (saved("TIFF", [RED, BLUE]), 2),
    "TIFF of three": (saved("TIFF", [RED, BLUE, LIME]), 3),
    "compressed TIFF of four": (saved("TIFF", [RED, BLUE, RED, LIME], compression="tiff_lzw"), 4),
    "BigTIFF of two": (saved("TIFF", [RED, BLUE], big_tiff=True), 2),
    "animated WebP": (saved("WEBP", [RED, BLUE, LIME], lossless=True), 3),
    "animated PNG": (saved("PNG", [RED, BLUE]), 2),
    "two camera pictures": (saved("MPO", [RED, BLUE]), 2),
    "second page of a document": (tiff([0, 65535], subfile=(254, 2)), 2),
    "second page without a tag of its own": (tiff([0, 65535], subfile=(305, 0)), 2),
}
SINGLE = {
    "TIFF": saved("TIFF", [RED]),
    "WebP": saved("WEBP", [RED]),
    "PNG": saved("PNG", [RED]),
    "JPEG": saved("JPEG", [RED]),
    "smaller copy behind": tiff([0, 65535], subfile=(254, 1)),
    "mask behind": tiff([0, 65535], subfile=(254, 4)),
    "smaller copy behind, older tag": tiff([0, 65535], subfile=(255, 2)),
}


@pytest.mark.parametrize("name", PAGED)
def test_pages_are_counted(name: str) -> None:
    data, pages = PAGED[name]
    assert facts(data)[0] == pages


@pytest.mark.parametrize("name", SINGLE)
def test_one_picture_is_one_page(name: str) -> None:
    assert facts(SINGLE[name])[0] == 1


def test_a_preview_behind_a_photograph_is_no_page() -> None:
    """Telephones store a smaller picture or a gain map as the second one (CIPA DC-007)."""
    out = io.BytesIO()
    preview = Image.new("RGB", (30, 20), BLUE)
    Image.new("RGB", (60, 40), RED).save(out, "MPO", save_all=True, append_images=[preview])
    assert b"MPF\0" in out.getvalue()
    assert facts(out.getvalue())[0] == 1


@pytest.mark.parametrize("name", ["TIFF of three", "animated WebP", "animated PNG"])
def test_the_first_page_is_the_one_that_is_shown(name: str) -> None:
    with Image.open(io.BytesIO(clean(PAGED[name][0]).data)) as shown:
        colour = shown.convert("RGB").getpixel((30, 20))
    assert isinstance(colour, tuple)
    assert all(abs(a - b) <= 4 for a, b in zip(colour, RED, strict=True))


def test_lint_says_which_page_is_shown_at_the_file(tmp_path: Path) -> None:
    (problem,) = linted(tmp_path, PAGED["TIFF of three"][0])
    assert (problem.code, problem.kind.level.value) == ("FIG017", "warning")
    assert "page 1 of 3" in problem.message
    assert "export the page you want" in str(problem.hint)
    assert problem.path == ("figures", "skin", "file")


def test_every_panel_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(PAGED["TIFF of two"][0])
    (tmp_path / "b.tif").write_bytes(SINGLE["TIFF"])
    rows = "".join(f"  - {{file: {name}.tif, alt: Red.}}\n" for name in "aba")
    (tmp_path / "case.yaml").write_text(f"format: 1\nfigures:\n skin:\n  panels:\n{rows}", "utf-8")
    found = check(find_cases([str(tmp_path)])[0]).report.problems
    assert [p.path[3] for p in found if p.code == "FIG017"] == [0, 2]


def test_render_says_it_too_and_again_from_the_pictures_it_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linted(tmp_path, PAGED["TIFF of two"][0])
    for _ in range(2):
        assert run(["render", str(tmp_path / "case.yaml"), "--to", "html", "-o", str(tmp_path / "out")]) == 0
        told = capsys.readouterr()
        assert (told.out + told.err).count("FIG017 only page 1 of 2 of this file is shown") == 1


@pytest.mark.parametrize("name", ["TIFF of three", "animated WebP", "animated PNG", "two camera pictures"])
def test_a_broken_later_page_stops_no_one(name: str) -> None:
    """A file that is cut off is either unreadable, or shown with the pages that are left."""
    data, pages = PAGED[name]
    for end in range(len(data) // 3, len(data), 7):
        seen = probe(data[:end])
        assert seen.startswith("FIG003") if isinstance(seen, str) else 1 <= seen.pages <= pages


def test_pages_that_point_at_themselves_come_to_an_end() -> None:
    data = bytearray(tiff([0, 65535], subfile=(254, 2)))
    last = 8 + 2 + 12 * 9 + 4 + 2 + 12 * 10
    assert data[last : last + 4] == bytes(4)
    data[last : last + 4] = struct.pack("<I", 8)
    assert facts(bytes(data))[0] <= 3


# -- greys of more than 8 bits -----------------------------------------------------------------------------------------


def over(values: Sequence[int], black: int, white: int) -> list[int]:
    """Return 8-bit greys evenly between black and white."""
    return [round((value - black) * 255 / (white - black)) for value in values]


TWELVE = (0, 1024, 2048, 4095)
FOURTEEN = (0, 4000, 12000, 16383)
FULL = (0, 6553, 32768, 65535)
HOUNSFIELD = (31744, 32768, 32808, 35839)
"""Computed tomography from −1024 to 3071 HU, stored with 32768 added."""
SPREAD = {
    "12 bits, TIFF": (tiff(TWELVE), over(TWELVE, 0, 4095), (0, 4095)),
    "12 bits, big-endian TIFF": (tiff(TWELVE, order=">"), over(TWELVE, 0, 4095), (0, 4095)),
    "12 bits, PNG": (png(TWELVE), over(TWELVE, 0, 4095), (0, 4095)),
    "12 bits packed": (tiff(TWELVE, bits=12), over(TWELVE, 0, 4095), (0, 4095)),
    "14 bits": (tiff(FOURTEEN), over(FOURTEEN, 0, 16383), (0, 16383)),
    "10 bits, PNG": (png((0, 512, 1023)), over((0, 512, 1023), 0, 1023), (0, 1023)),
    "an offset, PNG": (png(HOUNSFIELD), over(HOUNSFIELD, 31744, 35839), (31744, 35839)),
    "part of 12 bits": (tiff((900, 1000, 3000)), over((900, 1000, 3000), 900, 3000), (900, 3000)),
    "signed": (tiff((-1024, 0, 3071), signed=True), over((-1024, 0, 3071), -1024, 3071), (-1024, 3071)),
    "white is zero": (tiff(TWELVE, white_is_zero=True), over(TWELVE, 4095, 0), (0, 4095)),
}
WHOLE = {
    "16 bits, TIFF": (tiff(FULL), over(FULL, 0, 65535)),
    "16 bits, big-endian TIFF": (tiff(FULL, order=">"), over(FULL, 0, 65535)),
    "16 bits, PNG": (png(FULL), over(FULL, 0, 65535)),
    "most of 16 bits": (tiff((2000, 20000, 40000)), over((2000, 20000, 40000), 0, 65535)),
    "white is zero": (tiff(FULL, white_is_zero=True), over(FULL, 65535, 0)),
}


@pytest.mark.parametrize("name", SPREAD)
def test_greys_are_spread_over_the_range_that_the_file_uses(name: str) -> None:
    data, wanted, used = SPREAD[name]
    assert greys(data) == wanted
    assert facts(data) == (1, used)


@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_uses_its_16_bits_keeps_their_scale(name: str) -> None:
    data, wanted = WHOLE[name]
    assert all(abs(a - b) <= 1 for a, b in zip(greys(data), wanted, strict=True))
    assert facts(data) == (1, None)


@pytest.mark.parametrize("value", [0, 1, 4095, 40000, 65535])
@pytest.mark.parametrize("make", [tiff, png])
def test_a_picture_of_one_grey_keeps_it(value: int, make: Any) -> None:
    assert greys(make([value] * 4)) == [round(value / 257)] * 4
    assert facts(make([value] * 4)) == (1, None)


@pytest.mark.parametrize("value", [0.0, 0.5, 1e9, -3.0])
def test_a_picture_of_one_fraction_is_shown(value: float) -> None:
    out = io.BytesIO()
    Image.new("F", (4, 4), value).save(out, "TIFF")
    assert facts(out.getvalue()) == (1, None)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 65535), min_size=2, max_size=12), st.sampled_from(["<", ">"]))
def test_darker_stays_darker_and_nothing_is_cut_off(values: list[int], order: str) -> None:
    shown = greys(tiff(values, order=order))
    pairs = sorted(zip(values, shown, strict=True))
    assert [grey for _, grey in pairs] == sorted(shown)
    if 0 < max(values) - min(values) < 32768:
        assert (min(shown), max(shown)) == (0, 255)


def test_lint_says_what_was_done_to_the_greys(tmp_path: Path) -> None:
    (problem,) = linted(tmp_path, tiff(TWELVE))
    assert (problem.code, problem.kind.level.value) == ("FIG018", "info")
    assert "0 to 4095" in problem.message
    assert problem.path == ("figures", "skin", "file")
    assert linted(tmp_path, tiff(FULL)) == []


def test_render_says_what_was_done_to_the_greys_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    linted(tmp_path, png(TWELVE), "a.png")
    for _ in range(2):
        assert run(["render", str(tmp_path / "case.yaml"), "--to", "html", "-o", str(tmp_path / "out")]) == 0
        told = capsys.readouterr()
        assert (told.out + told.err).count("FIG018 the grey values 0 to 4095") == 1


def test_a_deep_picture_that_is_cut_off_is_unreadable_for_lint_as_for_render(tmp_path: Path) -> None:
    assert [p.code for p in linted(tmp_path, tiff([0, 4095] * 500)[:-400])] == ["FIG003"]


def test_the_size_of_a_deep_picture_is_that_of_the_file() -> None:
    assert (traces(tiff(TWELVE)).width, traces(tiff(TWELVE)).height) == (4, 1)
