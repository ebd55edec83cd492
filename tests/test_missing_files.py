"""Files that a case names: found however the file system spells them, else a hint that says what to write."""

import json
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from casewriter.cli.app import run

HEAD = "format: 1\ntitle: Gout\nintroduction: See @fig-a.\n"


def lint(folder: Path, capsys: pytest.CaptureFixture[str], *codes: str) -> list[tuple[str, str]]:
    """Return code and message with hint of each problem of the codes."""
    capsys.readouterr()
    run(["lint", "--output-format", "json", "--select", ",".join(codes), str(folder)])
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    return [(p["code"], f"{p['message']}; {p['hint']}") for p in case["problems"]]


def case(folder: Path, name: str, *pictures: str) -> Path:
    (folder / "figures").mkdir(parents=True)
    for picture in pictures:
        Image.new("L", (40, 40), 128).save(folder / picture)
    # YAML's own double quotes, as an author types them: `"figures\\new.png"` is not escaped here
    (folder / "case.yaml").write_text(f"{HEAD}figures: {{a: {{file: {name}, caption: A., alt: Grey.}}}}\n", "utf-8")
    return folder


NFC, NFD = (unicodedata.normalize(form, "figures/Schädel – Übersicht.png") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(
    ("written", "there"),
    [
        (NFC, NFD),
        (NFD, NFC),
        ("figures/img_0001.jpg", "figures/IMG_0001.JPG"),
        ("Figures/a.png", "figures/a.png"),
        ("figures/STRASSE.PNG", "figures/strasse.png"),
    ],
)
def test_a_picture_is_found_on_any_file_system(
    written: str, there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = case(tmp_path / "gout", json.dumps(written, ensure_ascii=False), there)
    assert lint(folder, capsys, "FIG002", "FIG003") == []
    assert run(["render", "--to", "html", "-o", str(tmp_path / "out"), str(folder)]) == 0
    assert "data:image/" in (tmp_path / "out" / "gout" / "gout.html").read_text("utf-8")


def test_of_two_pictures_that_differ_in_case_the_one_that_is_written_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").write_text("x", "utf-8")
    if (tmp_path / "A").exists():
        pytest.skip("this file system does not distinguish letter case")
    folder = case(tmp_path / "gout", "figures/ct.png", "figures/ct.png", "figures/CT.png")
    assert lint(folder, capsys, "FIG002") == []
    again = case(tmp_path / "lupus", "figures/Ct.png", "figures/ct.png", "figures/CT.png")
    ((_, said),) = lint(again, capsys, "FIG002")
    assert "did you mean" in said


def test_a_picture_by_another_case_of_its_name_counts_for_unchanged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        case(tmp_path / "cases" / name, "figures/ct.PNG", "figures/ct.png")
    order = ["render", "--to", "html", "-o", str(tmp_path / "out"), str(tmp_path / "cases")]
    run(order)
    capsys.readouterr()
    run(order)
    assert capsys.readouterr().err.count("unchanged") == 2
    Image.new("L", (40, 40), 5).save(tmp_path / "cases" / "one" / "figures" / "ct.png")
    run(order)
    assert capsys.readouterr().err.count("unchanged") == 1


HINTS = [
    # as typed in YAML, what the hint says
    ("figures\\ct.png", "write / instead of \\: figures/ct.png"),
    ('"figures\\new.png"', "write / instead of \\: figures/new.png"),
    ('"figures\\\\old\\\\a.png"', "write / instead of \\: figures/old/a.png"),
    ("figures\\tumour.png", "write / instead of \\: figures/tumour.png"),
    ('"figures\\tumour.png"', "write / instead of \\: figures/tumour.png"),
    ("figures/scann.png", 'did you mean "figures/scan.png"?'),
    ("scan.png", 'did you mean "figures/scan.png"?'),
    ("pictures/scan.png", 'did you mean "figures/scan.png"?'),
    ("pictures/other.jpg", "there is no pictures/ folder"),
    ("figures", "is a folder"),
    ("/home/me/scan.png", "copy the file into the case folder"),
    ("~/scan.png", "copy the file into the case folder"),
    ("../scan.png", "copy the file into the case folder"),
    ("'C:\\me\\scan.png'", "copy the file into the case folder"),
]


@pytest.mark.parametrize(("typed", "hint"), HINTS)
def test_a_missing_picture_says_what_to_write(
    typed: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = case(tmp_path / "gout", typed, "figures/scan.png")
    ((code, said),) = lint(folder, capsys, "FIG002")
    assert code == "FIG002"
    assert hint in said
    run(["render", "--to", "html", "-o", str(tmp_path / "out"), str(folder)])
    assert hint in capsys.readouterr().err


def test_other_files_get_the_same_hints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "mine.bib").write_text("", "utf-8")
    (tmp_path / "case.yaml").write_text(
        "format: 1\nreferences: [{file: refs\\mine.bib}, {file: refs/mine.bibb}]\n", "utf-8"
    )
    first, second = (said for _, said in lint(tmp_path, capsys, "REF003"))
    assert "write / instead of \\: refs/mine.bib" in first
    assert 'did you mean "refs/mine.bib"' in second


def test_a_hint_shows_no_name_of_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = case(tmp_path / "gout", "figures/Hartigan2.png", "figures/Hartigan.png")
    (folder / ".casewriter").mkdir()
    (folder / ".casewriter" / "names.txt").write_text("Hartigan\n", "utf-8")
    capsys.readouterr()
    run(["lint", str(folder)])
    told = capsys.readouterr().out
    assert "PRIV001" in told or "PRIV019" in told
    assert "Hartigan" not in told


FILES = [
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "save it as JPEG"),
    (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heic", "save it as JPEG"),
    (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1", "save it as JPEG"),
    (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "film"),
    (b"\x00" * 128 + b"DICM" + b"\x00" * 100, "DICOM"),
    (b"%PDF-1.7\n", "PNG"),
    (b"GIF89a\x01\x00", "PNG"),
    (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    (b"PK\x03\x04" + b"\x00" * 30, "Office"),
    (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    (b"\x89PNG\r\n\x1a\n\x00", "damaged"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged"),
    (b"", "empty"),
    (b"hello", "JPEG, PNG, TIFF or WebP"),
]


@pytest.mark.parametrize(("content", "said"), FILES)
def test_what_is_no_picture_is_named_with_what_to_do(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = case(tmp_path / "gout", "figures/a.jpg")
    (folder / "figures" / "a.jpg").write_bytes(content)
    ((_, message),) = lint(folder, capsys, "FIG003")
    assert said in message
    assert "Error" not in message
    run(["render", "--to", "html", "-o", str(tmp_path / "out"), str(folder)])
    assert said in capsys.readouterr().err
