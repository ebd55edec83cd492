"""Templates: the geometry of their page is read, inherited and checked, and their files only dress the article."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes
from PIL import Image
from stress import rendered

from casewriter.export.raster import raster
from casewriter.image import Picture
from casewriter.problem import CannotRun
from casewriter.resources import templates_folder
from casewriter.template import all_templates, find_template

ARTICLE, MANUSCRIPT = find_template("article").geometry, find_template("manuscript").geometry
FILES = sorted(templates_folder().rglob("*.j2"))
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="white"/>'
    b'<rect x="0" y="0" width="100" height="100" fill="black"/><text x="110" y="60" font-size="20">mmol</text></svg>'
)


def own(folder: Path, text: str, name: str = "mine") -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / "template.yaml").write_text(text, "utf-8")
    return folder


# -- the page ------------------------------------------------------------------------------------------------------------


def test_the_width_of_the_text_is_the_paper_without_its_margins() -> None:
    assert ARTICLE.text_width == 162  # the design of the first page: text of 162 mm with a margin column of 42 mm
    assert (ARTICLE.margin_column, ARTICLE.prose_width) == (42, 162 - 42 - 6)
    assert MANUSCRIPT.prose_width == MANUSCRIPT.text_width
    assert MANUSCRIPT.text_width == 210 - 25 - 25
    assert (ARTICLE.line_numbers, MANUSCRIPT.line_numbers) == (False, True)
    assert MANUSCRIPT.tallest_figure == ARTICLE.tallest_figure  # inherited


@pytest.mark.parametrize(
    ("margins", "read"),
    [
        ("1in", (25.4, 25.4, 25.4, 25.4)),
        ("0 20mm", (0, 20, 0, 20)),
        ("2cm 30mm", (20, 30, 20, 30)),
        ("10mm 20mm 30mm", (10, 20, 30, 20)),
        ("72pt 20mm 30mm 40mm", (25.4, 20, 30, 40)),
    ],
)
def test_margins_are_read_as_css_orders_them(tmp_path: Path, margins: str, read: tuple[float, ...]) -> None:
    found = find_template("mine", [own(tmp_path, f"extends: article\npaper: Letter\nmargins: {margins}\n")]).geometry
    assert found.margins == pytest.approx(read)
    assert found.text_width == pytest.approx(215.9 - read[1] - read[3])


def test_a_template_without_a_parent_has_the_page_of_the_article(tmp_path: Path) -> None:
    assert find_template("mine", [own(tmp_path, "name: Mine\n")]).geometry == ARTICLE


def test_the_suffix_of_file_names_is_never_inherited(tmp_path: Path) -> None:
    own(tmp_path, "extends: manuscript\n")
    own(tmp_path, "extends: article\nsuffix: -copy\n", "other")
    names = {name: find_template(name, [tmp_path]).suffix for name in ("article", "manuscript", "mine", "other")}
    assert names == {"article": "", "manuscript": "-manuscript", "mine": "-mine", "other": "-copy"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("paper: A44", 'paper: “A44” is unknown; did you mean "A4"?'),
        ("margins: 24", "margins: “24” is not a length; write it as 24mm, 2.4cm, 1in or 72pt"),
        ("margins: 1mm 1mm 1mm 1mm 1mm", "must be one to four lengths"),
        ("line_height: wide", "line_height: “wide” is not a number; it is in points"),
        ("line_height: 0", "line_height: “0” must be above 0"),
        ("line_numbers: yes", "line_numbers: “yes” must be true or false"),
        ("tallest_figure: 16 cm", "tallest_figure: “16 cm” is not a number; it is in millimetres"),
        ("panels_in_a_row: 2.5", "panels_in_a_row: “2.5” is not a whole number"),
        ("panels_in_a_row: '²'", "panels_in_a_row: “²” is not a whole number"),
        ("margins: -20mm", "margins: “-20mm” is not a length"),
        ("margins: nanmm", "margins: “nanmm” is not a length"),
        ("margins: 24mm 95mm", "margins: “24mm 95mm” leaves 20 mm for the text"),
        ("suffix: /../../evil", "suffix: “/../../evil” becomes part of a file's name"),
        ("letters: [75]", "letters: must be one value"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    own(tmp_path, f"extends: article\n{line}\n")
    with pytest.raises(CannotRun) as error:
        find_template("mine", [tmp_path])
    assert said in str(error.value)
    assert "template.yaml:2:" in str(error.value)


def test_a_wrong_setting_of_a_parent_is_named_in_the_parent(tmp_path: Path) -> None:
    own(tmp_path, "extends: article\n\nline_height: x\n", "parent")
    own(tmp_path, "extends: parent\n")
    with pytest.raises(CannotRun, match=r"parent/template\.yaml:3:"):
        find_template("mine", [tmp_path])


def test_the_printed_page_has_the_paper_of_the_template(tmp_path: Path) -> None:
    own(tmp_path / "templates", "extends: article\npaper: letter\nmargins: 1in\n")
    (tmp_path / "cases").mkdir()
    code, folder = rendered(tmp_path, {"introduction": "One line."}, "--to", "pdf", "--layout", "mine")
    assert code == 0
    with pikepdf.open(folder / "x-mine.pdf") as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, 612, 792], abs=0.1)  # 8.5 × 11 inches in points


# -- panels --------------------------------------------------------------------------------------------------------------

RATIOS = st.lists(st.floats(0.1, 10), min_size=1, max_size=26)


@given(RATIOS)
def test_panels_of_a_row_have_one_height_and_no_row_is_too_wide_or_too_tall(ratios: list[float]) -> None:
    for page in (ARTICLE, MANUSCRIPT):
        shares = page.shares(ratios)
        assert len(shares) == len(ratios)
        place = 0
        for row in page.rows(ratios):
            found = shares[place : place + len(row)]
            heights = [share * page.text_width / 100 / ratio for (share, _), ratio in zip(found, row, strict=True)]
            assert max(heights) == pytest.approx(min(heights))
            assert max(heights) <= page.tallest_figure + 1e-6
            assert sum(share for share, _ in found) + 2 * (len(row) - 1) <= 100 + 1e-6
            assert [follows for _, follows in found] == [False] + [True] * (len(row) - 1)
            place += len(row)


@pytest.mark.parametrize(
    ("count", "rows"),
    [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3]), (7, [4, 3]), (8, [3, 3, 2]), (10, [4, 3, 3])],
)
def test_panels_are_balanced_in_threes_and_four_stand_two_by_two(count: int, rows: list[int]) -> None:
    assert [len(row) for row in ARTICLE.rows([1.0] * count)] == rows


def test_three_wide_panels_stand_below_each_other() -> None:
    assert [len(row) for row in ARTICLE.rows([2.0, 2.0, 2.0])] == [1, 1, 1]


# -- the files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_template_decides_by_a_word(file: Path) -> None:
    """An `if` may ask whether something is there; what it means, the article knows."""
    tree = Environment().parse(file.read_text("utf-8"))
    tests = [one.test for one in (*tree.find_all(nodes.If), *tree.find_all(nodes.CondExpr))]
    words = [
        const.value
        for test in tests
        for compared in ([test] if isinstance(test, nodes.Compare) else [*test.find_all(nodes.Compare)])
        for const in compared.find_all(nodes.Const)
        if isinstance(const.value, str)
    ]
    assert words == []


def test_there_are_templates_to_look_at() -> None:
    assert len(FILES) >= 14
    assert set(all_templates()) == {"article", "consent", "form", "manuscript"}


# -- drawings at print resolution ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "dpi", "pixels"), [(142, 300, 1677), (84, 600, 1984)])
def test_a_drawing_becomes_a_picture_of_so_many_dots_per_inch(width: float, dpi: int, pixels: int) -> None:
    """142 mm / 25.4 × 300 = 1677.2; 84 mm / 25.4 × 600 = 1984.3."""
    made = raster(Picture(SVG, "image/svg+xml", 200, 100), width, dpi)
    assert made.media_type == "image/png"
    image = Image.open(BytesIO(made.data))
    assert image.size == (made.width, made.height)
    assert made.width == pytest.approx(pixels, abs=1)
    assert made.height == pytest.approx(pixels / 2, abs=2)
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
    grey = image.convert("L")
    assert grey.getpixel((pixels // 4, pixels // 4)) == 0
    right = grey.crop((pixels // 2 + 20, 0, made.width, made.height))
    assert right.getextrema() == (0, 255)  # lettering on white
    assert sum(right.histogram()[:64]) < 0.1 * right.width * right.height


def test_a_photograph_stays_as_it_is_and_the_same_drawing_gives_the_same_bytes() -> None:
    photograph = Picture(b"x", "image/jpeg", 10, 10)
    assert raster(photograph, 142) is photograph
    drawing = Picture(SVG, "image/svg+xml", 200, 100)
    assert raster(drawing, 50).data == raster(drawing, 50).data
