"""The journal's packet: every file that is asked for, hashed, as asked; what is missing is said; nothing of yours is lost."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
import yaml
from PIL import Image
from small_case import CASE, small_case

from casewriter.article.nodes import Paragraph
from casewriter.article.paper import Article
from casewriter.article.walk import blocks_within, plain
from casewriter.cli.app import run
from casewriter.export.door import find_exporter
from casewriter.export.figure_file import figure_file
from casewriter.image import Picture, clean
from casewriter.profile_parts import FigureFiles
from casewriter.project import case_file, open_case
from casewriter.template import find_template
from casewriter.work.check import compose_opened
from casewriter.work.packet.editions import out_of_order

PROFILE = """id: own
name: Own Journal
extends: generic-care
publisher: Own Press
as_of: 2024-05
layout: manuscript
files:
  text: [docx]
  blinded: double
  title_page: separate
  tables: apart
  cover_letter: required
  checklist: required
  figures: {separate: true, formats: [tiff], dpi: 300}
left: [Choose the keywords in the system.]
"""


def project(folder: Path, case: str = CASE, profile: str = PROFILE) -> Path:
    home = small_case(folder / "cases" / "one", case).parent
    (folder / "profiles").mkdir()
    (folder / "profiles" / "own.yaml").write_text(profile, "utf-8")
    return home


def packed(folder: Path, *more: str) -> int:
    return run(["packet", str(folder / "cases" / "one"), "--profile", "own", "-o", str(folder / "output"), *more])


def packet_of(folder: Path) -> Path:
    return folder / "output" / "one" / "packet-own"


def listed(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((packet_of(folder) / "manifest.json").read_text("utf-8"))
    return data


def words(path: Path) -> str:
    """The words of a Word file, as any reader of its XML finds them."""
    from lxml import etree

    with ZipFile(path) as archive:
        return " ".join("".join(etree.fromstring(archive.read("word/document.xml")).itertext()).split())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    project(folder)
    assert packed(folder) == 1  # items of the checklist are missing: it is a small case
    return folder


def test_every_file_that_the_journal_asks_for_is_there(whole: Path) -> None:
    files = {str(path.relative_to(packet_of(whole))) for path in packet_of(whole).rglob("*") if path.is_file()}
    assert files >= {
        "contents.html", "manifest.json", "manuscript.pdf", "manuscript.docx", "manuscript-blinded.pdf",
        "manuscript-blinded.docx", "title-page.docx", "figures/Figure_1A.tif", "figures/Figure_1B.tif",
        "tables/Table_1.docx", "checklist.pdf", "checklist.docx", "declarations.docx", "cover-letter.docx",
        "consent-form.pdf", "consent-form.docx", "jats/article.xml", "source/case.yaml",
    }  # fmt: skip


def test_the_manifest_names_every_file_with_its_hash(whole: Path) -> None:
    data, folder = listed(whole), packet_of(whole)
    assert (data["version"], data["profile"], data["journal"], data["as_of"]) == (1, "own", "Own Journal", "2024-05")
    named = {one["file"]: one["sha256"] for one in data["files"]}
    there = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert named.keys() == there.keys() - {"manifest.json"}
    assert named == {name: hashlib.sha256(there[name].read_bytes()).hexdigest() for name in named}
    assert data["left_to_you"] == ["Choose the keywords in the system."]
    assert [one["role"] for one in data["not_made"]] == ["checklist"]
    assert hashlib.sha256((whole / "cases" / "one" / "case.yaml").read_bytes()).hexdigest() not in (
        "",
        data["case_hash"],
    )


def test_no_file_for_reviewers_names_an_author(whole: Path) -> None:
    document = pypdfium2.PdfDocument((packet_of(whole) / "manuscript-blinded.pdf").read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    for name in ("Zwicknagl", "Qumran", "Tollense"):
        assert name in words(packet_of(whole) / "manuscript.docx")
        assert name in words(packet_of(whole) / "title-page.docx")
        assert name not in words(packet_of(whole) / "manuscript-blinded.docx")
        assert name not in text


def test_the_title_page_has_what_the_blinded_copy_leaves_out(whole: Path) -> None:
    text = words(packet_of(whole) / "title-page.docx")
    assert "Gout of the ear: a case report" in text
    assert "None declared" in text
    assert "seldom described" not in text


def test_the_letter_is_the_authors_words_and_facts(whole: Path) -> None:
    text = words(packet_of(whole) / "cover-letter.docx")
    assert "Tophi of the ear are taken for carcinoma; Figure\u00a01 shows why." in text or (
        "Tophi of the ear are taken for carcinoma; Figure 1 shows why." in text
    )
    assert "Own Journal" in text
    assert "The patient gave written consent to publication of this report." in text
    assert "Tophi of the ear" not in words(packet_of(whole) / "manuscript.docx")


def test_a_table_apart_has_its_number_caption_and_cells(whole: Path) -> None:
    text = words(packet_of(whole) / "tables" / "Table_1.docx")
    for said in ("Urate", "540", "320"):
        assert said in text
    assert "Table\u00a01" in text or "Table 1" in text


def test_figures_are_tiff_of_the_resolution_without_a_trace(whole: Path) -> None:
    for name, size in (("Figure_1A", (1200, 900)), ("Figure_1B", (400, 300))):
        data = (packet_of(whole) / "figures" / f"{name}.tif").read_bytes()
        with Image.open(BytesIO(data)) as image:
            assert (image.format, image.size, image.mode) == ("TIFF", size, "RGB")
            assert tuple(round(float(one)) for one in image.info["dpi"]) == (300, 300)
        assert b"Zwicknagl" not in data
    notes = {one["file"]: one["note"] for one in listed(whole)["files"]}
    assert notes["figures/Figure_1A.tif"] is None  # 1200 pixels at 300 dpi are 102 mm
    assert "400 pixels are 34 mm at 300 dpi" in notes["figures/Figure_1B.tif"]


def test_the_checklist_is_of_the_manuscript_in_the_packet(whole: Path) -> None:
    digest = hashlib.sha256((packet_of(whole) / "manuscript.pdf").read_bytes()).hexdigest()
    assert digest[:12] in words(packet_of(whole) / "checklist.docx")


# -- figure files -----------------------------------------------------------------------------------------------------


def photograph() -> Picture:
    out = BytesIO()
    Image.effect_noise((1300, 700), 50).convert("RGB").save(out, "PNG")
    return clean(out.getvalue())


DRAWN = Picture(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="90" height="80" fill="#14505c"/></svg>',
    "image/svg+xml", 200, 100,
)  # fmt: skip


@pytest.mark.parametrize(
    ("picture", "asked", "kind", "mode", "dpi"),
    [
        (photograph(), {"formats": ["tiff", "eps"], "dpi": 300}, "TIFF", "RGB", 300),
        (photograph(), {"formats": ["eps", "jpeg"], "dpi": 600}, "JPEG", "RGB", 600),
        (photograph(), {"formats": ["pdf", "png"]}, "PNG", "RGB", 300),
        (photograph(), {"formats": ["tiff"], "colour": "cmyk"}, "TIFF", "CMYK", 300),
        (photograph(), {}, "TIFF", "RGB", 300),
        (DRAWN, {"formats": ["tiff"], "dpi": 300, "line_dpi": 600}, "TIFF", "RGB", 600),
        (DRAWN, {"formats": ["jpeg"], "dpi": 300}, "JPEG", "RGB", 300),
    ],
)
def test_a_picture_becomes_what_the_journal_asks(
    picture: Picture, asked: dict[str, Any], kind: str, mode: str, dpi: int
) -> None:
    with Image.open(BytesIO(figure_file(picture, FigureFiles.model_validate(asked)).data)) as image:
        assert (image.format, image.mode) == (kind, mode)
        assert round(float(image.info["dpi"][0])) == dpi
        width = image.width / dpi * 25.4
        assert width == pytest.approx(170 if picture is DRAWN else 1300 / dpi * 25.4, abs=0.5)


def test_a_drawing_stays_one_where_the_journal_takes_pdf() -> None:
    made = figure_file(DRAWN, FigureFiles(formats=("pdf", "tiff")))
    assert made.suffix == ".pdf"
    page = pypdfium2.PdfDocument(made.data)[0]
    assert page.get_width() == pytest.approx(170 / 25.4 * 72, abs=1)
    assert not [one for one in page.get_objects() if one.type == 3]  # an image


# -- what is missing, and what is the author's --------------------------------------------------------------------------


def small(folder: Path, *, without: tuple[str, ...] = (), **more: Any) -> None:
    data = yaml.safe_load(CASE)
    for key in ("figures", "tables", *without):
        data.pop(key, None)
    data["observation"]["narrative"] = "A man presented with a nodule of the left ear."
    data["cover_letter"] = "Tophi of the ear are taken for carcinoma."
    profile = "id: own\nname: Own Journal\nextends: generic-care\nlayout: article\nfiles: {checklist: none}\n"
    project(folder, yaml.safe_dump(data | more, allow_unicode=True), profile)


def test_what_cannot_be_made_is_listed_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(
        tmp_path,
        without=("cover_letter",),
        figures={"ear": {"caption": "Ear.", "file": "figures/none.png", "alt": "A nodule."}},
        supplements=[{"file": "far.pdf", "caption": "More."}],
    )
    data = yaml.safe_load((tmp_path / "cases/one/case.yaml").read_text("utf-8"))
    del data["cover_letter"]
    (tmp_path / "cases/one/case.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    assert packed(tmp_path) == 1
    missing = {one["role"]: one["reason"] for one in listed(tmp_path)["not_made"]}
    assert "cover_letter: |" in missing["cover letter"]
    assert "Figure 1" in missing["figure"]
    assert "far.pdf" in missing["supplement"]
    said = capsys.readouterr().err
    assert all(f"not ready: {role}" in said for role in missing)
    assert "Not ready" in (packet_of(tmp_path) / "contents.html").read_text("utf-8")


def test_a_case_that_may_identify_the_patient_gives_no_source(tmp_path: Path) -> None:
    small(tmp_path, course="Mr Fritz Beispiel came on 3 March 2021.")
    assert packed(tmp_path) == 1
    assert not (packet_of(tmp_path) / "source").exists()
    assert "source" in [one["role"] for one in listed(tmp_path)["not_made"]]


def test_a_packet_made_again_is_the_same_and_a_changed_file_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small(tmp_path)
    first = packed(tmp_path)
    before = {path: path.read_bytes() for path in packet_of(tmp_path).rglob("*") if path.is_file()}
    assert before
    assert packed(tmp_path) == first
    assert {path: path.read_bytes() for path in packet_of(tmp_path).rglob("*") if path.is_file()} == before
    letter = packet_of(tmp_path) / "cover-letter.docx"
    letter.write_bytes(letter.read_bytes() + b"edited in Word")
    own = packet_of(tmp_path) / "signed-consent.pdf"
    own.write_bytes(b"a scan")
    assert packed(tmp_path) == 2
    assert "cover-letter.docx" in capsys.readouterr().err
    assert letter.read_bytes().endswith(b"edited in Word")
    assert packed(tmp_path, "--force") == first
    assert letter.read_bytes() == before[letter]
    assert own.read_bytes() == b"a scan"


def test_files_that_are_not_made_any_more_go_and_nothing_else(tmp_path: Path) -> None:
    small(tmp_path)
    packed(tmp_path)
    manifest = packet_of(tmp_path) / "manifest.json"
    outside, stale, changed = (
        tmp_path / "outside.txt",
        packet_of(tmp_path) / "old.pdf",
        packet_of(tmp_path) / "mine.pdf",
    )
    for path in (outside, stale, changed):
        path.write_bytes(b"x")
    data = json.loads(manifest.read_text("utf-8"))
    digest = hashlib.sha256(b"x").hexdigest()
    for name in ("old.pdf", "../../../outside.txt", str(outside)):
        data["files"].append({"file": name, "sha256": digest})
    data["files"].append({"file": "mine.pdf", "sha256": "0" * 64})
    manifest.write_text(json.dumps(data), "utf-8")
    packed(tmp_path)
    assert (outside.exists(), stale.exists(), changed.exists()) == (True, False, True)


def test_a_citation_in_the_letter_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(tmp_path, cover_letter="Tophi are known [@muller].")
    run(["lint", str(tmp_path / "cases" / "one")])
    assert "cover letter has no reference list" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [["--profile", "jmc"], []])
def test_a_wrong_journal_is_named(asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(tmp_path)
    assert run(["packet", str(tmp_path / "cases" / "one"), *asked]) == 2
    assert ("jmcr" if asked else "--profile") in capsys.readouterr().err


# -- the editions compared --------------------------------------------------------------------------------------------


def told(folder: Path) -> Article:
    project(folder)
    return compose_opened(open_case(case_file(folder / "cases" / "one" / "case.yaml"))).article


def test_a_paragraph_out_of_order_is_reported(tmp_path: Path) -> None:
    article = told(tmp_path)
    texts = [plain(b.children) for b in blocks_within(article.sections) if isinstance(b, Paragraph)]
    assert len(texts) > 3
    assert list(out_of_order(article, {"a.docx": "\n".join(texts)})) == []
    swapped = [texts[1], texts[0], *texts[2:]]
    (problem,) = out_of_order(article, {"a.docx": "\n".join(swapped)})
    assert "a.docx" in problem.message


@pytest.mark.parametrize("name", ["pdf", "docx", "md", "html"])
def test_our_own_editions_are_in_order(name: str, tmp_path: Path) -> None:
    article, template = told(tmp_path), find_template("manuscript")
    exporter = find_exporter(name)
    from casewriter.export.raster import raster

    inputs = {
        "article": lambda: article,
        "template": lambda: template,
        "pictures": lambda: raster,
        "reference": lambda: lambda: None,
    }
    text = "\n".join(exporter.text(one.data) for one in exporter.run(inputs)) if exporter.text else ""
    assert text
    assert list(out_of_order(article, {f"a.{name}": text})) == []


# -- what outside testers found ---------------------------------------------------------------------------------------


def test_drawn_figures_and_tables_for_reviewers_name_nobody(tmp_path: Path) -> None:
    """A label of a treatment with an author's name was masked in the manuscript, and printed in the figure's own file."""
    data = yaml.safe_load(CASE)
    data["treatment"] = {
        "narrative": "As @fig-course shows, and @tbl-doses.",
        "interventions": [
            {"label": "insulin by Dr Zwicknagl", "kind": "drug", "dose": "4 IU", "at": "0", "until": "9 d"},
            {"label": "colchicine", "kind": "drug", "dose": "1 mg", "at": "1 d", "until": "5 d"},
        ],
    }
    data["tables"]["doses"] = {"caption": "Doses", "columns": ["By", "Dose"], "rows": [["Zwicknagl", "4 IU"]]}
    project(tmp_path, yaml.safe_dump(data, allow_unicode=True), PROFILE.replace("[tiff]", "[pdf, tiff]"))
    packed(tmp_path)
    figures = sorted((packet_of(tmp_path) / "figures").glob("*.pdf"))
    assert figures
    for path in figures:
        text = pypdfium2.PdfDocument(path.read_bytes())[0].get_textpage().get_text_range()
        assert "insulin" in text.lower()
        assert "Zwicknagl" not in text
    tables = {path.name: words(path) for path in (packet_of(tmp_path) / "tables").glob("*.docx")}
    assert any("4 IU" in text or "4\u00a0IU" in text for text in tables.values())
    assert not [name for name, text in tables.items() if "Zwicknagl" in text]


def test_what_is_withheld_from_reviewers_is_said(whole: Path) -> None:
    text = (packet_of(whole) / "contents.html").read_text("utf-8")
    assert "Withheld from reviewers" in text
    assert "withheld: " in text


def test_supplements_of_one_name_are_both_there(tmp_path: Path) -> None:
    small(tmp_path, supplements=[{"file": "a/data.csv", "caption": "A."}, {"file": "b/DATA.csv", "caption": "B."}])
    for name, said in (("a/data.csv", "one"), ("b/DATA.csv", "two")):
        path = tmp_path / "cases" / "one" / name
        path.parent.mkdir()
        path.write_text(said, "utf-8")
    packed(tmp_path)
    found = {path.name: path.read_text("utf-8") for path in (packet_of(tmp_path) / "supplements").iterdir()}
    assert found == {"Supplement_1.csv": "one", "Supplement_2.csv": "two"}


def test_files_that_are_not_of_the_packet_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(tmp_path)
    packet_of(tmp_path).mkdir(parents=True)
    (packet_of(tmp_path) / "Figure_9.tif").write_bytes(b"retouched")
    packed(tmp_path)
    assert "not of this packet: Figure_9.tif" in capsys.readouterr().err


def test_a_link_does_not_lead_a_file_out_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(tmp_path)
    (tmp_path / "mine").mkdir()
    packet_of(tmp_path).mkdir(parents=True)
    (packet_of(tmp_path) / "source").symlink_to(tmp_path / "mine", target_is_directory=True)
    assert packed(tmp_path, "--force") == 2
    assert list((tmp_path / "mine").iterdir()) == []
    assert "leads out of the folder" in capsys.readouterr().err


def test_a_case_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small(tmp_path)
    case = tmp_path / "cases" / "one" / "case.yaml"
    for text, place in (
        ("format: 1\ndiscussion: {narrative: x {{ y }}.}\n", "case.yaml:2:"),
        ("format: 1\ntitel: Gout\n", "case.yaml:2:1: CASE"),
    ):
        case.write_text(text, "utf-8")
        assert packed(tmp_path) == 2
        assert place in capsys.readouterr().err


def test_a_format_that_is_not_made_is_said() -> None:
    assert "asks for EPS" in figure_file(photograph(), FigureFiles(formats=("eps",))).note
