"""The first page of the reading copy, the manuscript for review, the web page, and what a PDF says of itself."""

import base64
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from stress import glyphs
from test_breaks import article

from casewriter.article.nodes import Fact, Figure, Panel, Table, Text
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.export import pages
from casewriter.export.dark import dark, turned
from casewriter.export.html import export as html
from casewriter.export.margin import beside
from casewriter.export.pdf import export as pdf
from casewriter.image import Picture
from casewriter.problem import CannotRun
from casewriter.profile import find_profile
from casewriter.template import find_template

READING, REVIEW = find_template("article"), find_template("manuscript")
MM = 72 / 25.4
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 100" width="600" height="100"><path d="M0 50H600" stroke="#1a1a1a"/></svg>'
CASE = """\
format: 1
title: A title of some words
authors: [{given: Ana, family: Example, corresponding: true, email: ana@example.org, orcid: 0000-0002-1825-0097}]
abstract: {background: First., presentation: Second., conclusion: Third.}
observation:
  patient: {age: 40 y, sex: female}
  narrative: Prose of the patient, five words.
introduction: Opening words of the introduction.
discussion: See @tbl-own and @fig-one for more.
learning_points: [One lesson., Another lesson.]
tables:
  own: {caption: Numbers, columns: [A, B], rows: [[first cell, second cell]]}
figures:
  one: {caption: A picture, file: a.png}
consent: {publication: {status: written, by: patient}}
"""


def with_first_page(made: Article) -> Article:
    glance = (Fact((Text("Patient"),), (Text("Woman of forty"),)),)
    panel = Panel("", (), "The course", "", Picture(SVG, "image/svg+xml", 600, 100))
    return replace(made, glance=glance, strip=Figure("strip", (Text("Course of the case."),), (panel,)))


def text_at(file: Path) -> list[tuple[str, float]]:
    """Return the lines of the first page and where each begins, in millimetres from the left."""
    lines: dict[tuple[float, bool], list[tuple[float, str]]] = {}
    for glyph in glyphs(file):
        if glyph.page == 0 and glyph.tags is not None:
            lines.setdefault((round(glyph.y), glyph.x < 70 * MM), []).append((glyph.x, glyph.text))
    return [("".join(t for _, t in sorted(line)), min(line)[0] / MM) for line in lines.values()]


# -- the first page -------------------------------------------------------------------------------------------------------


def test_glance_lessons_and_contact_stand_in_the_margin_and_prose_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(with_first_page(article(CASE)), READING))
    lines = text_at(file)
    for wanted in ("The case at a glance", "Woman of forty", "One lesson", "Correspondence"):
        (left,) = {round(x) for text, x in lines if wanted.replace(" ", "") in text.replace(" ", "")}
        assert 24 <= left <= 28 + 4, wanted
    for wanted in ("Opening words", "Prose of the patient"):
        (left,) = {round(x) for text, x in lines if wanted.replace(" ", "") in text.replace(" ", "")}
        assert left == 24 + 42 + 6
    text = "".join(text for text, _ in lines).replace(" ", "")
    assert text.count("Onelesson") == 1, "told once"


def test_a_page_without_glance_and_strip_has_no_empty_groups() -> None:
    page = html(article("format: 1\nintroduction: Words.\n"), READING).decode()
    assert "at a glance" not in page
    assert '<div class="margin">' not in page
    assert '<figure class="strip">' not in page


def test_lessons_that_cite_or_do_not_fit_stay_in_the_text() -> None:
    geometry = READING.geometry
    for lessons in ("[See @tbl-own.]", f"[{'Many words of a lesson that goes on. ' * 60}]"):
        made = article(CASE.replace("[One lesson., Another lesson.]", lessons))
        kept, margin = beside(made, geometry)
        assert margin.sections == ()
        assert kept.sections == made.sections


def test_the_manuscript_shows_neither_glance_nor_strip() -> None:
    page = html(with_first_page(article(CASE)), REVIEW).decode()
    assert "Woman of forty" not in page
    assert re.sub("<[^>]*>", "", page).count("One lesson.") == 1
    assert page.count("Correspondence") == 1


# -- the manuscript -------------------------------------------------------------------------------------------------------


def test_the_count_of_words_is_of_prose() -> None:
    """Age, sex and consent are a list of facts: 6 words of the patient, 5 of the introduction, 8 and 4 of the rest."""
    assert article(CASE).counts.body_words == 6 + 5 + 8 + 4


def test_an_abstract_without_headings_is_one_text(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("id: p\nname: P\nextends: generic-care\nabstract: {structured: false}\n", "utf-8")
    made = article(CASE, find_profile("p", [tmp_path]))
    (part,) = made.abstract
    (paragraph,) = part.blocks
    assert plain(paragraph.children) == "First. Second. Third."  # type: ignore[union-attr]
    assert [part.heading for part in article(CASE).abstract] == ["Introduction", "Case presentation", "Conclusion"]


@pytest.mark.parametrize(
    ("keys", "kinds"), [("tables: at_end\nfigures: at_end", [Table, Figure]), ("tables: at_end", [Table])]
)
def test_tables_stand_at_the_end_where_the_journal_wants_them_there(
    keys: str, kinds: list[type], tmp_path: Path
) -> None:
    (tmp_path / "p.yaml").write_text(f"id: p\nname: P\nextends: generic-care\n{keys}\n", "utf-8")
    made = article(CASE, find_profile("p", [tmp_path]))
    assert made.exhibits is not None
    assert [type(block) for block in made.exhibits.blocks] == kinds
    assert plain(made.exhibits.heading) == "Tables and figures"
    inside = [type(block) for section in made.sections for block in section.blocks]
    assert not set(kinds) & set(inside)


# -- the web page ---------------------------------------------------------------------------------------------------------


def test_a_drawing_has_a_dark_picture_and_a_photograph_has_none() -> None:
    light = Picture(SVG, "image/svg+xml", 600, 100)
    night = dark(light)
    assert night is not None
    assert b'stroke="#1a1a1a"' not in night.data
    assert dark(Picture(b"x", "image/png", 1, 1)) is None
    page = html(with_first_page(article(CASE)), READING).decode()
    assert page.count('media="(prefers-color-scheme: dark)" srcset="data:image/svg+xml') == 1


@pytest.mark.parametrize("colour", ["#1a1a1a", "#14505c", "#000", "#4a4f52"])
def test_what_is_dark_on_white_is_light_on_a_dark_ground(colour: str) -> None:
    def luminance(text: str) -> float:  # WCAG 2.2, relative luminance
        digits = text[1:] if len(text) == 7 else "".join(2 * d for d in text[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    ground = luminance("#14181a")
    assert (luminance(turned(colour)) + 0.05) / (ground + 0.05) >= 4.5


def test_letters_that_look_like_colours_are_kept() -> None:
    drawing = Picture(b'<svg ><text fill="#111111">bed #123456</text></svg>', "image/svg+xml", 1, 1)
    night = dark(drawing)
    assert night is not None
    assert b"bed #123456" in night.data
    assert b"#111111" not in night.data


def test_the_fonts_of_the_page_are_in_it_and_hold_its_letters() -> None:
    page = html(article(CASE.replace("Opening", "Ωpening ≥")), READING).decode()
    fonts = re.findall(r'font-family: "([^"]+)";([^{}]*)src: url\("data:font/woff2;base64,([^"]+)"\)', page)
    assert {family for family, *_ in fonts} >= {"Gentium Book Plus", "Source Sans 3"}
    body = next(data for family, style, data in fonts if family == "Gentium Book Plus" and not style.strip())
    letters = set(TTFont(io.BytesIO(base64.b64decode(body))).getBestCmap())
    assert {ord(letter) for letter in "Ω≥abcxyzABCXYZ0123456789"} <= letters
    assert ord("Ж") not in letters
    assert sum(len(data) for *_, data in fonts) < 250_000
    assert html(article(CASE), READING) == html(article(CASE), READING)
    assert "font-src data:" in page


def test_contents_open_on_a_phone_and_names_are_isolated() -> None:
    made = article(CASE.replace("given: Ana, family: Example", "given: أحمد, family: السيد"))
    page = html(made, READING).decode()
    assert re.search(r"<details>\s*<summary>Contents</summary>", page)
    assert '<bdi class="name">' in page
    assert re.search(r'orcid\.org/[^>]*><bdi>(<span class="nobreak">)?0000-0002-1825-0097', page)


# -- the PDF --------------------------------------------------------------------------------------------------------------


def test_a_pdf_says_what_it_is_and_lists_figures_and_tables(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(article(CASE), READING))
    with pikepdf.open(file) as document:
        assert str(document.docinfo["/Subject"]) == "Case report: A title of some words"
        marks: list[str] = []
        with document.open_outline() as outline:
            stack = list(outline.root)
            while stack:
                item = stack.pop()
                marks.append(str(item.title))
                stack.extend(item.children)
    assert {"Table\xa01. Numbers.", "Figure\xa01. A picture."} <= set(marks)


def test_css_that_cannot_be_laid_out_is_named_with_its_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.yaml").write_text("extends: article\n", "utf-8")
    (tmp_path / "mine" / "style.css").write_text(
        "p { color: red }\n\nh2 { color: green }\nh3 { grid: poison }\n", "utf-8"
    )
    template = find_template("mine", [tmp_path])
    lay_out = pages._layout

    def failing(one, tried, *others):  # type: ignore[no-untyped-def]
        if "poison" in tried.stylesheet():
            raise IndexError("list index out of range")
        return lay_out(one, tried, *others)

    monkeypatch.setattr(pages, "_layout", failing)
    with pytest.raises(CannotRun) as error:
        pdf(article("format: 1\nintroduction: Words.\n"), template)
    assert re.search(r"mine/style\.css:4: .*IndexError.*h3 \{ grid: poison \}", str(error.value))


def test_a_fault_that_is_not_the_style_sheets_is_not_blamed_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.yaml").write_text("extends: article\n", "utf-8")
    (tmp_path / "mine" / "style.css").write_text("p { color: red }\n", "utf-8")

    def failing(*_):  # type: ignore[no-untyped-def]
        raise IndexError("ours")

    monkeypatch.setattr(pages, "_layout", failing)
    with pytest.raises(IndexError):
        pdf(article("format: 1\nintroduction: Words.\n"), find_template("mine", [tmp_path]))


def test_a_drawing_that_names_its_ink_is_well_formed_on_a_dark_page() -> None:
    """A second `fill` on the root made the drawing of the course no XML, and browsers showed a broken picture."""
    for root in (
        '<svg fill="#222222" xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
    ):
        made = dark(Picture(root.encode(), "image/svg+xml", 1, 1))
        assert made is not None
        named = ElementTree.fromstring(made.data).get("fill")
        assert named == turned("#222222" if "fill" in root else "#000000")
