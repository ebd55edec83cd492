"""The PDF as other programs read it: tags, links, fonts, metadata, the same bytes everywhere, nothing off the page."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from quick_yaml import loaded
from stress import (
    PUBLISHED,
    ROOT,
    Glyph,
    elements,
    glyphs,
    in_a_drawing,
    output,
    pictures_of,
    rendered,
    source,
    structure,
)

SPECIMENS = [(name, layout) for name in (*PUBLISHED, "stress") for layout in ("article", "manuscript")]
FAMILIES = ("GentiumBookPlus", "SourceSans3", "NotoSans")
"""The families that the package rendercv-fonts carries for us, as PDF names without signs."""
POINT = 72 / 25.4


def pdf_of(name: str, layout: str) -> Path:
    return output(name, layout, "pdf")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(params=SPECIMENS, ids="-".join)
def file(request: pytest.FixtureRequest) -> Path:
    return pdf_of(*request.param)


# -- tags and metadata ----------------------------------------------------------------------------------------


def test_it_is_tagged_and_names_itself(file: Path) -> None:
    case = loaded(source(re.sub("-manuscript$", "", file.stem)).read_text("utf-8"))
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert elements(pdf)
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        title = re.sub(r"\W", "", case["title"].replace("*", ""))
        assert re.sub(r"\W", "", str(pdf.docinfo["/Title"])) == title
        with pdf.open_metadata() as metadata:
            assert re.sub(r"\W", "", str(metadata["dc:title"])) == title
            assert metadata["pdfuaid:part"] == "1"
            authors = [" ".join(a[k] for k in ("given", "family") if k in a) for a in case.get("authors") or ()]
            assert list(metadata.get("dc:creator", [])) == authors


def test_every_mark_on_a_page_is_owned_by_the_tree_or_an_artifact(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        owned = structure(pdf)
        stray = [one for number, page in enumerate(pdf.pages) for one in unmarked(page, number, owned)]
    assert len(owned) > 50
    assert not stray, stray[:10]


PAINT = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}


def unmarked(page: pikepdf.Page, number: int, owned: dict[tuple[int, int], Any]) -> list[str]:
    """Return what is wrong with the marked content of a page."""
    wrong: list[str] = []
    opened: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BMC":
            opened.append("artifact" if operands[0] == "/Artifact" else "nothing")
        elif name == "BDC":
            facts = operands[1] if isinstance(operands[1], pikepdf.Dictionary) else {}
            kind = "artifact" if operands[0] == "/Artifact" else "nothing"
            if "/MCID" in facts:
                known = (number, int(facts["/MCID"])) in owned
                kind = "owned" if known else f"content {facts['/MCID']} that nothing owns"
                wrong += [] if known else [f"page {number + 1}: {kind}"]
            opened.append(kind)
        elif name == "EMC":
            opened.pop()
        elif name in PAINT and not {"artifact", "owned"} & set(opened):
            wrong.append(f"page {number + 1}: {name} outside all marks")
        if "artifact" in opened and "owned" in opened:
            wrong.append(f"page {number + 1}: an artifact and a tag in one another")
    return wrong


def test_headings_do_not_skip_and_there_is_one_first(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        levels = [int(str(e.S)[2:]) for e in in_reading_order(pdf) if re.fullmatch(r"/H\d", str(e.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert len(levels) > 4
    assert all(after <= before + 1 for before, after in pairwise(levels))


def in_reading_order(pdf: pikepdf.Pdf) -> list[Any]:
    return _walk(pdf.Root.StructTreeRoot)


def _walk(element: Any) -> list[Any]:
    if not hasattr(element, "get") or element.get("/Type") in ("/OBJR", "/MCR"):
        return []
    kids = element.get("/K")
    found = [element] if "/S" in element else []
    for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
        found += _walk(kid)
    return found


def test_every_head_of_a_table_has_a_scope(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        heads = [e for e in elements(pdf) if e.S == "/TH"]
        assert heads
        scopes = Counter(str(attribute(e, "/Scope")) for e in heads)
    assert set(scopes) <= {"/Column", "/Row"}, scopes
    assert set(scopes) & {"/Column"}


def attribute(element: Any, name: str) -> Any:
    owner = element.get("/A")
    every = owner if isinstance(owner, pikepdf.Array) else [owner] if owner is not None else []
    return next((a[name] for a in every if hasattr(a, "get") and name in a), None)


def test_the_parts_of_tables_and_lists_stand_in_their_wholes(file: Path) -> None:
    wanted = {
        "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
        "/TH": {"/TR"},
        "/TD": {"/TR"},
        "/LI": {"/L"},
        "/LBody": {"/LI"},
        "/THead": {"/Table"},
        "/TBody": {"/Table"},
    }
    with pikepdf.open(file) as pdf:
        pairs = Counter((str(e.S), parent(e)) for e in elements(pdf) if str(e.S) in wanted)
    assert pairs
    assert [pair for pair in pairs if pair[1] not in wanted[pair[0]]] == []


def parent(element: Any) -> str:
    """Return the kind of the nearest element above; NonStruct only groups (ISO 32000-1, table 333)."""
    above = element.P
    while above.get("/S") == "/NonStruct":
        above = above.P
    return str(above.get("/S"))


def test_the_ids_of_elements_are_unique(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        ids = Counter(str(e.ID) for e in elements(pdf) if "/ID" in e)
    assert ids
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("layout", ["article", "manuscript"])
@pytest.mark.parametrize("name", ["exemplary-dress", "stress"])
def test_every_picture_tells_its_alternative_and_its_place(name: str, layout: str) -> None:
    case = loaded(source(name).read_text("utf-8"))
    wanted = {p["alt"] for f in case["figures"].values() for p in f["panels"]}
    with pikepdf.open(pdf_of(name, layout)) as pdf:
        figures = [e for e in elements(pdf) if e.S == "/Figure"]
        told = [str(e.get("/Alt", "")) for e in figures]
        boxes = [[float(edge) for edge in attribute(e, "/BBox")] for e in figures]
    assert all(told)
    assert wanted <= set(told)
    assert all(left < right < 596 and low < high < 843 for left, low, right, high in boxes), boxes


@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_a_row_of_a_table_is_not_split_between_pages(tmp_path: Path, layout: str) -> None:
    rows = [[f"Row {n}", " ".join(f"r{n}w{k}x" for k in range(60 + 7 * n))] for n in range(1, 16)]
    case = {"title": "Rows", "tables": {"long": {"caption": "Long.", "columns": ["Row", "Text"], "rows": rows}}}
    _, folder = rendered(tmp_path, case, "--to", "pdf", "--layout", layout)
    (file,) = folder.iterdir()
    texts = [squeezed(text) for text in page_texts(file)]
    pages = {n: {i for i, text in enumerate(texts) if f"r{n}w" in text} for n in range(1, 16)}
    assert len(set().union(*pages.values())) >= 3
    assert {n: found for n, found in pages.items() if len(found) != 1} == {}


# -- bookmarks and links --------------------------------------------------------------------------------------


class Headings(HTMLParser):
    """The headings of an HTML page, and the ids that links lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self._inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
def test_the_bookmarks_are_the_headings_and_the_figures_and_tables(name: str, layout: str) -> None:
    page = Headings()
    page.feed(output(name, layout, "html").read_text("utf-8"))
    marks: list[str] = []
    with pikepdf.open(pdf_of(name, layout)) as pdf, pdf.open_outline() as outline:
        stack = list(reversed(outline.root))
        while stack:
            item = stack.pop()
            marks.append(str(item.title))
            assert item.destination is not None or item.action is not None
            stack.extend(reversed(item.children))
    headings = [squeezed(text) for text in page.texts]
    assert len(headings) > 4
    exhibits = [mark for mark in marks if re.match(r"(Figure|Table)\xa0\d+\. ", mark)]
    assert [squeezed(mark) for mark in marks if mark not in exhibits] == headings
    assert len(exhibits) == len(set(exhibits)) > 0


def test_every_link_leads_somewhere(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        targets = destinations(pdf)
        inside, outside = [], []
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                if note.get("/Subtype") != "/Link":
                    continue
                assert "/StructParent" in note
                assert str(note.get("/Contents", ""))
                action = note.get("/A")
                name = note.get("/Dest") or (action.get("/D") if action is not None else None)
                if name is not None:
                    inside.append(str(name))
                else:
                    assert action is not None
                    outside.append(str(action.URI))
    assert inside or "universalis" in file.stem, "that one cites nothing and mentions nothing"
    assert set(inside) <= set(targets)
    assert all(re.match(r"(https?://|mailto:)", address) for address in outside)


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the page of each named destination."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    return {str(name): pages[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_a_citation_leads_to_the_page_of_its_reference(layout: str) -> None:
    file = pdf_of("stress", layout)
    texts = page_texts(file)
    with pikepdf.open(file) as pdf:
        targets = destinations(pdf)
    pages = {n: targets[f"ref-ref{n}"] for n in range(1, 61) if f"ref-ref{n}" in targets}
    assert len(pages) > 30
    for number, page in pages.items():
        assert f"Longname{number}AB" in squeezed(texts[page]), number


def page_texts(file: Path) -> list[str]:
    document = pdfium.PdfDocument(file)
    texts = []
    for page in document:
        reader = page.get_textpage()
        texts.append(reader.get_text_range().replace("\xa0", " "))
        reader.close()
        page.close()
    document.close()
    return texts


def test_every_doi_is_a_link_in_the_reading_copy() -> None:
    case = loaded(source("stress").read_text("utf-8"))
    wanted = {f"https://doi.org/{entry['DOI']}" for entry in case["references"]}
    assert len(wanted) == 60
    with pikepdf.open(pdf_of("stress", "article")) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        found = {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}
    assert wanted <= found


# -- fonts ----------------------------------------------------------------------------------------------------


def fonts(file: Path) -> dict[str, bool]:
    """Return whether each font of a PDF is embedded, by its name without signs."""
    found = {}
    with pikepdf.open(file) as pdf:
        for one in pdf.objects:
            if not isinstance(one, pikepdf.Dictionary) or one.get("/Type") != "/Font":
                continue
            holder = one.DescendantFonts[0] if "/DescendantFonts" in one else one
            description = holder.get("/FontDescriptor", {})
            found[str(one.BaseFont)] = any(f"/FontFile{n}" in description for n in ("", "2", "3"))
    return found


def test_every_font_is_embedded_and_ours(file: Path) -> None:
    found = fonts(file)
    assert len(found) >= 2
    assert all(found.values()), found
    bare = {re.sub(r"[^A-Za-z0-9]", "", name.split("+")[-1]) for name in found}
    assert [name for name in bare if not name.startswith(FAMILIES)] == []


def run_elsewhere(folder: Path, *options: str, **environment: str) -> Path:
    """Render a copy of the example in a process of its own; return the folder of the outputs."""
    shutil.copytree(ROOT / "cases" / "exemplary-dress", folder / "cases" / "x")
    command = [sys.executable, "-m", "casewriter", "render", str(folder / "cases" / "x"), "-o", str(folder / "out")]
    done = subprocess.run(
        [*command, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (folder / "out" / "x").is_dir(), done.stderr
    return folder / "out" / "x"


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_machine_without_fonts_makes_the_same_file(tmp_path: Path) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    without = run_elsewhere(tmp_path / "a", "--to", "pdf", FONTCONFIG_FILE=str(empty))
    usual = run_elsewhere(tmp_path / "b", "--to", "pdf")
    test_every_font_is_embedded_and_ours(without / "x.pdf")
    assert contents(without) == contents(usual)


def test_the_same_bytes_in_another_folder_zone_locale_and_hash_seed(tmp_path: Path) -> None:
    one = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    two = {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242", "LANG": "de_DE.UTF-8"}
    for layout in ("article", "manuscript"):
        first = contents(run_elsewhere(tmp_path / f"{layout}-a", "--layout", layout, **one))
        second = contents(run_elsewhere(tmp_path / "deep er" / f"ü-{layout}", "--layout", layout, **two))
        assert len(first) == 2
        assert first == second


def test_neither_a_date_nor_a_place_of_this_machine_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "canaryfolder-7f3a"
    made = run_elsewhere(folder, "--layout", "manuscript")
    unpacked = BytesIO()
    with pikepdf.open(made / "x-manuscript.pdf") as pdf:
        pdf.save(unpacked, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        plain = unpacked.getvalue()
        assert b"/StructTreeRoot" in plain  # the objects can be read in it
        plain += str(dict(pdf.docinfo)).encode() + bytes(pdf.Root.Metadata.read_bytes())
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
    assert b"canaryfolder" not in plain
    assert not re.search(rb"CreationDate|ModDate|CreateDate|ModifyDate|file:/|skin-admission|case\.yaml", plain)
    assert b"canaryfolder" not in (made / "x-manuscript.html").read_bytes()


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not here")
def test_qpdf_finds_no_fault(file: Path) -> None:
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout


# -- what is on the page --------------------------------------------------------------------------------------


def test_a_missing_picture_prints_a_labelled_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {
        "title": "Frame",
        "introduction": "See @fig-gone.",
        "figures": {"gone": {"file": "figures/gone.png", "caption": "Not here.", "alt": "A lost picture"}},
    }
    code, folder = rendered(tmp_path, case)
    assert code == 1
    assert "FIG002" in capsys.readouterr().err
    (text,) = page_texts(folder / "x.pdf")
    assert text.count("Figure 1") == 3, "in the text, in the frame, in the caption"
    document = pdfium.PdfDocument(folder / "x.pdf")
    grey = document[0].render(scale=1, grayscale=True).to_pil()
    document.close()
    shades = sorted(grey.histogram())
    assert shades[-2] > 10_000, "a tinted area"


def test_the_head_of_a_long_table_stands_on_each_of_its_pages() -> None:
    for layout in ("article", "manuscript"):
        texts = page_texts(pdf_of("stress", layout))
        rows = [text for text in texts if re.search(r"^Analyte \d+ ", text, re.MULTILINE)]
        assert len(rows) >= 3
        for text in rows:
            assert re.search(r"Test\s+Reference\s+(?:Trend\s+)?Day 0", text)


@pytest.mark.parametrize("name", ["exemplary-dress", "stress"])
def test_no_page_of_the_reading_copy_is_more_than_half_blank(name: str) -> None:
    file = pdf_of(name, "article")
    document = pdfium.PdfDocument(file)
    blank = {}
    for number, page in enumerate(document):
        grey = page.render(scale=1, grayscale=True).to_pil()
        top, foot = round(22 * POINT), round(grey.height - 24 * POINT)
        rows = [grey.crop((0, y, grey.width, y + 1)).getextrema()[0] < 250 for y in range(top, foot)]
        gaps = [len(run) for run in re.findall(r"0+", "".join("01"[inked] for inked in rows))]
        blank[number + 1] = sum(gap for gap in gaps if gap > 40) / len(rows)
    document.close()
    assert len(blank) > 5
    blank.popitem()
    wrong = {page: round(share, 2) for page, share in blank.items() if share > 0.5}
    if wrong:
        pictures_of(file, [page - 1 for page in wrong], "blank")
    assert not wrong


def test_no_character_leaves_the_page_or_the_text_block(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        width, height = (float(edge) for edge in pdf.pages[0].MediaBox[2:])
    every = glyphs(file)
    assert len(every) > 3000
    off = [g for g in every if not (0 <= g.box[0] <= g.box[2] <= width and 0 <= g.box[1] <= g.box[3] <= height)]
    assert not off, told(off)
    side = (
        25 if "manuscript" in file.stem else 24
    ) * POINT - 2  # an f or a quotation mark leans over the edge a little
    body = [g for g in every if g.tags is not None]
    wide = [g for g in body if g.box[0] < side or g.box[2] > width - side]
    if wide:
        pictures_of(file, {g.page for g in wide}, "wide")
    assert not wide, told(wide)


def test_no_picture_leaves_the_page(file: Path) -> None:
    from stress import drawings

    boxes = drawings(file)
    assert boxes or "universalis" in file.stem or "panniculitis" in file.stem
    low = 20 * POINT
    wrong = [(page + 1, box) for page, box in boxes if box[0] < low or box[1] < low or box[2] > 596 - low]
    if wrong:
        pictures_of(file, {page - 1 for page, _ in wrong}, "pictures")
    assert not wrong


def told(found: list[Glyph]) -> str:
    pages = sorted({g.page + 1 for g in found})
    return f"{len(found)} characters on pages {pages}: {''.join(g.text for g in found)[:80]}"


def test_no_text_lies_over_other_text(file: Path) -> None:
    by_page: dict[int, list[tuple[int, Glyph]]] = {}
    for place, glyph in enumerate(glyphs(file)):
        if not in_a_drawing(glyph, file):
            by_page.setdefault(glyph.page, []).append((place, glyph))
    wrong = [pair for found in by_page.values() for pair in overlaps(found)]
    if wrong:
        pictures_of(file, {one.page for one, _ in wrong}, "overlap")
    assert not wrong, told([one for one, _ in wrong])


def overlaps(found: list[tuple[int, Glyph]]) -> list[tuple[Glyph, Glyph]]:
    """Return pairs of characters that are not neighbours and cover more than a fifth of one another."""
    wrong = []
    found = sorted(found, key=lambda pair: pair[1].box[1])
    for index, (place, one) in enumerate(found):
        for other_place, other in found[index + 1 :]:
            if other.box[1] >= one.box[3]:
                break
            if abs(place - other_place) < 3:
                continue
            wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
            high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
            if wide > 0.3 and high > 0.3 and wide * high > 0.2 * min(area(one), area(other)):
                wrong.append((one, other))
    return wrong


def area(glyph: Glyph) -> float:
    return (glyph.box[2] - glyph.box[0]) * (glyph.box[3] - glyph.box[1])


def test_the_check_of_overlaps_sees_one() -> None:
    first = next(g for g in glyphs(pdf_of("exemplary-dress", "article")) if g.text == "D")
    again = [(0, first), (10, first)]
    assert overlaps(again) == [(first, first)]
