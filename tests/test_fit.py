"""Tables fit the page, tall rows break, captions are not alone, and no word is divided before a citation."""

import re
from pathlib import Path

import pypdfium2
import pytest
import yaml

from casewriter.cli.app import run
from casewriter.export.readback import pdf_text

LAYOUTS = ("article", "manuscript")
POINTS_OFF = 1.0
"""How far a letter may reach over the edge: the side bearing of an italic."""


def pages_of(folder: Path, case: dict, layout: str) -> tuple[int, bytes]:
    file = folder / "typed.yaml"
    file.write_text(yaml.safe_dump({"format": "1", **case}, allow_unicode=True, width=10_000), "utf-8")
    code = run(["render", str(file), "--to", "pdf", "--layout", layout, "-o", str(folder / "out"), "-q"])
    (made,) = (folder / "out").glob("typed/*.pdf")
    return code, made.read_bytes()


def letters(data: bytes) -> list[tuple[int, str, tuple[float, float, float, float]]]:
    """Return (page, letter, box in points: left, bottom, right, top) of every letter."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, start=1):
        reader = page.get_textpage()
        for place in range(reader.count_chars()):
            letter = reader.get_text_range(place, 1)
            if letter.strip():
                found.append((number, letter, reader.get_charbox(place)))
    return found


def margins(layout: str) -> tuple[float, float]:
    """Return the left and right edge of the text on A4, in points (docs/typography.md: 24 mm and 25 mm)."""
    side = (24 if layout == "article" else 25) / 25.4 * 72
    numbers = side if layout == "manuscript" else 0  # the numbers of the lines stand in the margin
    return side - numbers, 210 / 25.4 * 72 - side


def table(rows: list[list[str]], columns: list[str] | None = None) -> dict:
    return {
        "introduction": "See @tbl-t.",
        "tables": {"t": {"caption": "Wide.", "columns": columns or [], "rows": rows}},
    }


WORDS = ["NM_000492.4:c.1521_1523del", "1234.5", "Supercalifragilistic", "≥ 1:1280", "CYP2C19*2/*17"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("width", [9, 12, 15, 24, 40])
def test_every_word_of_a_wide_table_is_inside_the_text(width: int, layout: str, tmp_path: Path) -> None:
    heads = [f"Column {n}" for n in range(width)]
    rows = [[f"{WORDS[(n + r) % 5]}{n}" for n in range(width)] for r in range(4)]
    code, data = pages_of(tmp_path, table(rows, heads), layout)
    assert code == 0
    left, right = margins(layout)
    outside = [one for one in letters(data) if one[2][0] < left - POINTS_OFF or one[2][2] > right + POINTS_OFF]
    assert outside == []
    text = re.sub(r"\s|\x00", "", pdf_text(data))
    assert [word for row in rows for word in row if re.sub(r"\s", "", word) not in text] == []


def sizes(data: bytes, letter: str) -> set[float]:
    """Return the sizes of type, in points, in which a letter is set."""
    from pypdfium2 import raw

    found = set()
    for page in pypdfium2.PdfDocument(data):
        reader = page.get_textpage()
        for place in range(reader.count_chars()):
            if reader.get_text_range(place, 1) == letter:
                found.add(round(raw.FPDFText_GetFontSize(reader.raw, place), 1))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("width", [9, 15, 30])
def test_no_table_is_set_below_seven_points(width: int, layout: str, tmp_path: Path) -> None:
    rows = [[f"Ω{'x' * 9}{n}" for n in range(width)]] * 3
    _, data = pages_of(tmp_path, table(rows), layout)
    assert min(sizes(data, "Ω")) >= 7.0


def test_a_divided_table_repeats_its_first_column_and_its_caption_stands_once(tmp_path: Path) -> None:
    heads = ["Gene", *(f"Longhead{n}xxxxxxxx" for n in range(15))]
    rows = [["BRCA1", *(f"valueofcell{n}" for n in range(15))]]
    _, data = pages_of(tmp_path, table(rows, heads), "article")
    text = pdf_text(data)
    assert text.count("BRCA1") == text.count("Gene") > 1
    assert text.count("Wide.") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_word_wider_than_the_page_is_broken_not_cut(layout: str, tmp_path: Path) -> None:
    word = "ACGT" * 60
    code, data = pages_of(tmp_path, table([["Sequence", word]], ["Name", "Sequence"]), layout)
    assert code == 0
    _, right = margins(layout)
    assert [one for one in letters(data) if one[2][2] > right + POINTS_OFF] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_row_taller_than_the_page_is_whole_and_its_caption_is_not_alone(layout: str, tmp_path: Path) -> None:
    long = " ".join(f"Sentence {n} of the operation note goes on and on." for n in range(200))
    rows = [["1", "short", "one"], ["2", long, "two"], ["3", "last", "three"]]
    code, data = pages_of(tmp_path, table(rows, ["Day", "Finding", "Remark"]), layout)
    assert code == 0
    whole = re.sub(r"\s|\x00", "", pdf_text(data))
    assert [n for n in range(200) if f"Sentence{n}ofthe" not in whole] == []
    caption = next(page for page, *_ in letters(data) if "Wide." in page_text(data, page))
    assert "Sentence 3 of" in page_text(data, caption)


def page_text(data: bytes, page: int) -> str:
    return " ".join(pypdfium2.PdfDocument(data)[page - 1].get_textpage().get_text_range().split())


@pytest.mark.parametrize("word", ["lymphadenopathy", "immunodeficiency", "thrombocytopenia"])
def test_no_word_before_a_citation_is_divided_far_from_the_edge(word: str, tmp_path: Path) -> None:
    """The page said "lymph-/adeno-/pathy (3)" on three lines, each with room for the rest."""
    filler = "the patient was seen again on the ward and "
    text = "\n\n".join(f"{filler[: 20 + n]} {filler}{word} [@a] and (@fig-f) {word} [@a]." for n in range(40))
    case = {
        "introduction": text,
        "references": [{"id": "a", "title": "T"}],
        "figures": {"f": {"caption": "F.", "file": "f.png", "alt": "f"}},
    }
    _, data = pages_of(tmp_path, case, "article")
    lines = pdf_text(data).replace("\x00", "")
    held = re.sub(" *\u00a0 *", "\u00a0", lines)  # a reader takes a blank stretched to fill the line for several
    assert held.count(f"{word}\u00a0(1)") == 80


def test_words_tied_before_a_citation_leave_no_word_alone_on_a_line(tmp_path: Path) -> None:
    """Lines said "the", "antagonist" and nothing else: the number before the tied unit had no end that could break."""
    rest = "In severe cases the antagonist cyproheptadine can be given, 4–8 mg by mouth at first and at most"
    lead = "The syndrome ends less than 6 hours to 5 days after the drugs are stopped"
    text = "\n\n".join(f"{'i' * n} {lead} [@a]. {rest} 32 mg/day [@a]. The drug is stopped." for n in range(1, 40))
    case = {"introduction": text, "references": [{"id": "a", "title": "T"}]}
    _, data = pages_of(tmp_path, case, "manuscript")
    pieces = [piece.strip() for piece in pdf_text(data).split("\x00")]
    assert sum("cyproheptadine" in piece for piece in pieces) == 39
    alone = {"In", "severe", "cases", "the", "antagonist", "cyproheptadine", "can", "be", "given", "given,"}
    assert [piece for piece in pieces if piece in alone] == []


def test_no_line_ends_after_its_first_syllable(tmp_path: Path) -> None:
    """A line said "eosino-" and nothing else: the blank before the word that is cited made it too long by itself."""
    rest = "The differential diagnosis comprised infection, lymphoproliferation"
    text = "\n\n".join(f"Eosinophils. {rest} {'i' * n} and cytopenia [@a; @b; @c; @d]." for n in range(1, 40))
    case = {"introduction": text, "references": [{"id": key, "title": f"T{key}"} for key in "abcd"]}
    _, data = pages_of(tmp_path, case, "article")
    divided = [piece for piece in pdf_text(data).split("\x00") if piece.endswith("‐")]
    assert [piece for piece in divided if len(piece) < 30] == []
    assert pdf_text(data).count("Eosinophils.") == 39
