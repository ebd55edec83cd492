"""Where things stand on pages: figures at their records, tables that break well, ends that are pulled in."""

import re
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from stress import rendered
from test_pdf import page_texts

from casewriter.article.closing import closed
from casewriter.article.compose import compose
from casewriter.article.nodes import Block, Citation, Figure, Paragraph, Run, Section, Table, Text
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.citation import Library, PrintedPart
from casewriter.export.ending import tighter
from casewriter.export.flow import Gap, moved
from casewriter.export.tied import tied
from casewriter.load import load
from casewriter.profile import Profile, find_profile
from casewriter.source import read
from casewriter.template import find_template

NBSP = "\u00a0"


def article(text: str, profile: Profile | None = None) -> Article:
    case = load(read(text.encode(), "case.yaml")).case
    assert case is not None
    return compose(case, profile or find_profile("generic-care"), Library()).article


def outline(blocks: tuple[Block, ...]) -> list[Any]:
    """Return headings with what is under them, figures by name, paragraphs by their first word."""
    found: list[Any] = []
    for block in blocks:
        match block:
            case Section():
                found.append((plain(block.heading), outline(block.blocks)))
            case Figure():
                found.append(block.target)
            case Paragraph():
                found.append(plain(block.children).split()[0])
    return found


# -- figures and headings --------------------------------------------------------------------------------------------------


def test_a_figure_that_nothing_mentions_stands_at_the_record_that_names_it() -> None:
    made = article("""\
format: 1
introduction: Opening words.
imaging:
  narrative: Scans were made.
  studies:
  - {modality: CT, findings: a mass, figure: ct}
  - {modality: MRI, findings: the same, figure: [mri.a]}
discussion: Closing words.
figures:
  mri: {caption: MRI, panels: [{file: a.png}, {file: b.png}]}
  ct: {caption: CT, file: c.png}
  other: {caption: Other, file: d.png}
""")
    told = dict(outline(made.sections))
    imaging = str(told["Diagnostic assessment"])
    assert "'mri', 'ct'" in imaging, "in the order of the file, behind the records"
    assert told["Discussion"] == ["Closing", "other"], "without a record it stands at the end"


@pytest.mark.parametrize(
    ("typed", "levels"), [("## A\n\n### B\n\ntext", [3, 4]), ("### A\n\ntext\n\n## B\n\ntext", [3, 3])]
)
def test_a_heading_inside_a_section_is_of_the_next_level(typed: str, levels: list[int]) -> None:
    made = article("format: 1\ndiscussion: |\n  Words.\n\n" + "\n".join(f"  {line}" for line in typed.split("\n")))
    found = [block.level for block in made.blocks() if isinstance(block, Section)]
    assert found == [2, *levels]


# -- ends of captions and paragraphs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Skin of the flank", "Skin of the flank."),
        ("Skin of the flank.", "Skin of the flank."),
        ("What is it?", "What is it?"),
        ("She said “no.”", "She said “no.”"),
        ("Scale bar 5 mm (x 40)", "Scale bar 5 mm (x 40)."),
        ("皮膚", "皮膚。"),
        ("", ""),
    ],
)
def test_a_caption_ends_with_one_mark(typed: str, printed: str) -> None:
    assert plain(closed((Text(typed),) if typed else ())) == printed


def test_a_raised_citation_stands_behind_the_stop() -> None:
    raised = Citation((), (PrintedPart("1"),), superscript=True)
    assert closed((Text("Drawn after Smith"), raised)) == (Text("Drawn after Smith."), raised)


def test_the_captions_and_notes_of_a_paper_end_alike() -> None:
    made = article("""\
format: 1
discussion: See @fig-one, @fig-two and @tbl-own.
figures:
  one: {caption: Without, file: a.png}
  two: {caption: With., panels: [{file: a.png, caption: at first}, {file: b.png, caption: later.}]}
tables:
  own: {caption: Numbers, columns: [A, B], rows: [[1, 2]], notes: as counted}
""")
    ends = [plain(part.children)[-1] for figure in made.figures() for part in figure.legend]
    ends += [plain(table.caption)[-1] for table in made.tables()]
    ends += [plain(note)[-1] for table in made.tables() for _, note in table.notes]
    assert ends == ["."] * 6


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("She went home on day 5.", f"She went home on day{NBSP}5."),
        ("nothing was to be", f"nothing was to{NBSP}be"),
        ("One", "One"),
    ],
)
def test_a_short_last_word_is_tied_to_the_word_before_it(typed: str, printed: str) -> None:
    assert plain(tied((Text(typed),))) == printed


def test_the_last_word_of_a_paragraph_is_not_divided(tmp_path: Path) -> None:
    words = "thyroiditis hepatomegaly lymphadenopathy agranulocytosis recovery".split()
    texts = [f"{'So it was ' * n}after {' '.join(words)}." for n in range(2, 30)]
    code, folder = rendered(tmp_path, {"introduction": "\n\n".join(texts)}, "--to", "pdf")
    assert code == 0
    ends = re.findall(r"(\S*)\s+recovery\.|(\S*recov?-?\s+\S*ery\.)", "\n".join(page_texts(folder / "x.pdf")))
    assert len(ends) == len(texts)
    assert not [parted for _, parted in ends if parted]


# -- pages -----------------------------------------------------------------------------------------------------------------


def _leaf(target: str) -> Table:
    return Table(target, (Text("Caption"),), (), ())


def _run(words: int) -> Run:
    return (Text("word " * words),)


def test_text_moves_up_before_a_table_and_tables_keep_their_order() -> None:
    blocks = (_leaf("one"), Paragraph(_run(100)), _leaf("two"), Paragraph(_run(100)))
    made = article("format: 1\ndiscussion: Words.\n")
    (section,) = made.sections
    made = replace(made, sections=(replace(section, blocks=blocks),))
    page = find_template("article").geometry
    better = moved(made, Gap("tbl-one", 30, 30), page)
    found = better.sections[0].blocks
    assert found == (blocks[1], blocks[0], blocks[2], blocks[3])
    assert moved(made, Gap("tbl-one", 30, 30, headed=True), page) is made


def rows(count: int) -> dict[str, Any]:
    cells = [[f"row{n}", "a value of some length"] for n in range(count)]
    return {"caption": "Numbers", "columns": ["Name", "Value"], "rows": cells, "notes": "The note below"}


@pytest.mark.parametrize("lead", range(18, 34, 3))
def test_a_divided_table_keeps_two_rows_with_its_caption_and_two_with_its_notes(lead: int, tmp_path: Path) -> None:
    text = "\n\n".join([*["One line of text."] * lead, "See @tbl-own."])
    case = {"discussion": text, "tables": {"own": rows(40)}}
    code, folder = rendered(tmp_path, case, "--to", "pdf")
    assert code == 0
    pages = page_texts(folder / "x.pdf")
    with_caption = [page for page in pages if "Numbers" in page]
    with_note = [page for page in pages if "The note below" in page]
    assert len(with_caption) == len(with_note) == 1
    assert {"row0", "row1"} <= set(re.findall(r"row\d+", with_caption[0]))
    assert {"row38", "row39"} <= set(re.findall(r"row\d+", with_note[0]))


def test_a_last_page_of_a_few_lines_is_pulled_in(tmp_path: Path) -> None:
    counts = {}
    for lines in range(76, 92):
        code, folder = rendered(
            tmp_path / str(lines), {"introduction": "\n\n".join(["One line."] * lines)}, "--to", "pdf"
        )
        assert code == 0
        pages = page_texts(folder / "x.pdf")
        counts[lines] = pages[-1].count("One line.") if len(pages) > 1 else 0
    assert max(counts.values()) > 5
    assert [count for count in counts.values() if 0 < count <= 2] == []


def test_pages_grow_by_a_line_or_two_and_keep_a_foot() -> None:
    page = find_template("article").geometry
    feet = [float(re.search(r"([\d.]+)mm", rule)[1]) for rule in tighter(page)]  # type: ignore[index]
    line = page.line_height * 25.4 / 72
    assert feet == pytest.approx([page.margins[2] - line, page.margins[2] - 2 * line], abs=0.01)
    assert min(feet) >= 12


def test_a_tall_picture_stands_beside_its_legend(tmp_path: Path) -> None:
    from PIL import Image

    picture = Image.new("RGB", (400, 900), (200, 30, 40))
    case = {
        "discussion": "See @fig-tall.",
        "figures": {"tall": {"caption": "A tall one", "file": "tall.png", "alt": "x"}},
    }
    (tmp_path / "cases" / "x").mkdir(parents=True)
    picture.save(tmp_path / "cases" / "x" / "tall.png")
    code, folder = rendered(tmp_path, case, "--to", "pdf")
    document = pdfium.PdfDocument(folder / "x.pdf")
    page = document[0]
    boxes = [one.get_bounds() for one in page.get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    reader = page.get_textpage()
    at = reader.search("A tall one").get_next()
    assert at
    left, bottom, _, _ = reader.get_rect(reader.count_rects(*at) - 1)
    ((x0, y0, x1, y1),) = boxes
    assert code in (0, 1)
    assert left > x1, "the legend is right of the picture"
    assert y0 - 2 <= bottom <= y1
    assert (x1 - x0) / (y1 - y0) == pytest.approx(400 / 900, rel=0.01)
