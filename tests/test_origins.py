"""Every node of the article knows which part of the case it comes from, and the laid-out page where it is printed."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from quick_yaml import dumped
from stress import output
from test_compose import Maker

from casewriter.article.compose import compose
from casewriter.article.nodes import Block, Citation, Facts, Figure, Quote, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import blocks_within, inlines, plain, runs
from casewriter.citation import Library, read_library
from casewriter.export.divide import divided
from casewriter.export.pdf import export as pdf
from casewriter.export.places import places
from casewriter.load import load
from casewriter.model.base import AuthorText
from casewriter.model.case import Case
from casewriter.model.parts import NAMES, PARTS, expanded, matter_of, part_at
from casewriter.model.walking import walk
from casewriter.problem import Path as Keys
from casewriter.problem import dotted
from casewriter.profile import find_profile
from casewriter.project import open_case
from casewriter.source import Source, read
from casewriter.template import find_template
from casewriter.work.check import compose_opened

ROOT = Path(__file__).parents[1]
EXEMPLARY = ROOT / "cases" / "exemplary-dress" / "case.yaml"
FRONT = ("title", "short_title", "keywords", "affiliations", "authors")
"""Keys that the title page prints, whose texts are no blocks."""


def made(seed: int, share: float) -> tuple[Source, Case, Article]:
    """Return a generated case whose every text is a token of its own, told as an article."""
    source = read(dumped(Maker(seed, share).case(), sort_keys=True).encode(), "case.yaml")
    case = load(source).case
    assert case is not None
    return source, case, compose(case, find_profile("generic-care"), Library()).article


def printed(article: Article) -> Iterator[tuple[Keys, str]]:
    """Yield (origin, text) of every node that has one: blocks, rows, cells, panels."""
    for block in article.blocks():
        yield from own(block)


def own(block: Block) -> Iterator[tuple[Keys, str]]:
    match block:
        case Section():
            yield block.origin, plain(block.heading)
        case Facts():
            yield from ((row.origin, f"{plain(row.label)} {plain(row.said)}") for row in block.rows)
        case Table():
            yield block.origin, " ".join(plain(run) for run in runs(block))
            for row in block.rows:
                said = " ".join(plain(cell.children) for cell in row.cells)
                yield from ((origin, said) for origin in (row.origin, *row.also))
                yield from ((cell.origin, plain(cell.children)) for cell in row.cells if cell.origin)
        case Figure():
            yield block.origin, " ".join(plain(run) for run in runs(block))
            yield from ((panel.origin, f"{plain(panel.caption)} {panel.alt}") for panel in block.panels)
        case _:
            yield block.origin, " ".join(plain(run) for run in runs(block))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("share", [0.4, 1.0])
def test_every_text_is_in_a_node_that_comes_from_its_place(seed: int, share: float) -> None:
    _, case, article = made(seed, share)
    nodes = list(printed(article))
    whole = "\n".join(text for _, text in nodes)
    texts = [(path, part) for path, part in walk(case) if isinstance(part, AuthorText) and path[0] not in FRONT]
    told = [(path, text) for path, text in texts if text in whole]
    assert len(told) > 10
    lost = [
        dotted(path)
        for path, text in told
        if not any(text in said and origin and origin == path[: len(origin)] for origin, said in nodes)
    ]
    assert lost == []


@pytest.mark.parametrize("seed", range(8))
def test_every_origin_is_a_place_of_the_file(seed: int) -> None:
    source, _, article = made(seed, 1.0)
    origins = {origin for origin, _ in printed(article)} - {()}
    assert len(origins) > 100
    assert [dotted(origin) for origin in origins if not source.has(origin)] == []


@pytest.mark.parametrize("seed", range(4))
def test_every_block_and_every_row_has_an_origin(seed: int) -> None:
    """But for a section, or facts in it, that tell several parts of the case: what these have in common is the case."""
    _, _, article = made(seed, 1.0)
    for block in article.blocks():
        if not isinstance(block, Facts | Section):
            assert block.origin, block
        if isinstance(block, Facts | Table):
            assert all(row.origin for row in block.rows), block


def test_a_value_a_row_a_figure_and_a_quotation_come_from_where_they_are_written() -> None:
    source = read(
        b"format: 1\ncourse: |\n  Said @tbl-labs and @fig-skin.\n\n  > It itched.\n"
        b"labs:\n  results:\n    - {test: Sodium, series: [{at: 0, value: 140}, {at: 2 d, value: 141}]}\n"
        b"    - {test: Potassium, unit: mmol/L, reference: 3.5-5.1, series: [{at: 0, value: 4}, {at: 2 d, value: 6.1}]}\n"
        b"figures: {skin: {caption: Skin, panels: [{file: a.png, caption: Before}, {file: b.png, caption: After}]}}\n",
        "case.yaml",
    )
    case = load(source).case
    assert case is not None
    article = compose(case, find_profile("generic-care"), Library()).article
    blocks = list(article.blocks())
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert table.origin == ("labs",)
    assert [row.origin for row in table.rows] == [("labs", "results", 0), ("labs", "results", 1)]
    cells = {plain(cell.children): cell.origin for row in table.rows for cell in row.cells}
    assert cells["140"] == ("labs", "results", 0, "series", 0)
    assert cells["6.1\u00a0H"] == ("labs", "results", 1, "series", 1)
    assert [row.cells[0].head for row in table.rows] == [True, True]
    (figure,) = (block for block in blocks if isinstance(block, Figure))
    assert figure.origin == ("figures", "skin")
    assert [panel.origin for panel in figure.panels] == [("figures", "skin", "panels", n) for n in (0, 1)]
    assert [panel.label for panel in figure.panels] == ["Figure\u00a01A", "Figure\u00a01B"]
    assert [(part.role, part.letter, plain(part.children)) for part in figure.legend] == [
        ("caption", "", "Skin."),
        ("panel", "A", "Before."),
        ("panel", "B", "After."),
    ]
    (quote,) = (block for block in blocks if isinstance(block, Quote))
    assert quote.origin == ("course",)


# -- parts -------------------------------------------------------------------------------------------------------------


def test_each_part_is_told_by_one_function_and_leads_to_a_key_of_the_case() -> None:
    from casewriter.article.parts import TELLERS

    assert list(TELLERS) == [part.name for part in PARTS]
    known = Case.model_fields
    assert [part.name for part in PARTS if part.path[0] not in known] == []
    assert {name for name in NAMES if "_narrative" in name or "_rest" in name} == set()


def test_every_key_of_a_case_is_told_or_is_known_to_be_no_text() -> None:
    """A key that no part tells would be lost silently."""
    beside = {
        *("format", "language", "title", "short_title", "keywords", "abstract", "affiliations", "figures", "tables"),
        *("references", "nocite", "care", "scare", "lint", "profile", "guideline", "focus", "observation", "authors"),
        *("print", "cover_letter"),  # a setting, and a letter of its own file
    }
    told = {place[0] for part in PARTS for place in (part.path, *part.beside)}
    assert set(Case.model_fields) - told - beside == set()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("observation", "history", "past_interventions", "items", 0), "past_interventions"),
        (("observation", "history", "medical"), "history"),
        (("observation", "narrative"), "observation_narrative"),
        (("diagnosis", "differential", "items", 1, "for"), "diagnosis.differential"),
        (("follow_up", "death"), "follow_up"),
        (("authors", 0, "roles"), "contributions"),
        (("highlights", 0), "highlights"),
    ],
)
def test_a_place_of_the_file_belongs_to_a_part(path: Keys, name: str) -> None:
    found = part_at(path)
    assert found is not None
    assert found.name == name


def test_a_section_is_of_the_body_where_one_of_its_parts_is() -> None:
    assert matter_of(("highlights", "introduction")) == "body"
    assert matter_of(("highlights",)) == "front"
    assert matter_of(("consent", "ethics")) == "declarations"
    assert matter_of(("observation",)) == "body"
    assert [part.name for part in expanded("diagnosis")] == [
        "diagnosis_narrative",
        "diagnosis.final",
        "diagnosis.differential",
        "diagnosis_rest",
    ]


@pytest.mark.parametrize("highlights", ["", "highlights: [Three more words]\n"])
@pytest.mark.parametrize(
    "parts", ["highlights, introduction", "introduction, highlights", "introduction, consent, highlights"]
)
def test_the_words_of_the_body_are_counted_in_whichever_section_they_are(
    tmp_path: Path, highlights: str, parts: str
) -> None:
    text = (
        f"format: 1\nintroduction: One two three four five six seven eight nine ten.\n{highlights}consent: He agreed.\n"
    )
    (tmp_path / "mine.yaml").write_text(
        f"id: mine\nname: Mine\nextends: generic-care\nfront: []\nsections: [{{heading: Start, from: [{parts}]}}]\n",
        "utf-8",
    )
    case = load(read(text.encode(), "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("mine", [tmp_path]), Library()).article
    assert article.counts.body_words == 10


def test_an_unmentioned_figure_is_at_the_end_of_the_body_and_not_behind_the_declarations() -> None:
    text = b"format: 1\nintroduction: It began.\ncourse: It went.\nconsent: He agreed.\nfigures: {skin: {caption: Skin, file: a.png}}\n"
    case = load(read(text, "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("generic-care"), Library()).article
    holding = [s.parts for s in article.sections if any(isinstance(b, Figure) for b in blocks_within((s,)))]
    assert holding == [("course",)]
    assert [s.matter for s in article.sections] == ["body", "body", "declarations"]


def test_an_unmentioned_figure_stays_before_what_the_profile_puts_into_the_back(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "id: mine\nname: Mine\nextends: generic-care\nsections: [{heading: Course, from: [course]}]\n"
        "back: [{heading: View, from: [patient_perspective]}]\n",
        "utf-8",
    )
    text = b"format: 1\ncourse: It went.\npatient_perspective: {text: I saw.}\nfunding: {none: true}\nfigures: {skin: {caption: S, file: a.png}}\n"
    case = load(read(text, "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("mine", [tmp_path]), Library()).article
    holding = [s.parts for s in article.sections if any(isinstance(b, Figure) for b in blocks_within((s,)))]
    assert holding == [("course",)]
    assert [s.matter for s in article.sections] == ["body", "declarations", "back"]


@pytest.mark.parametrize("where", ["in_place", "at_end"])
def test_a_case_of_declarations_alone_has_one_section_of_figures(tmp_path: Path, where: str) -> None:
    (tmp_path / "mine.yaml").write_text(f"id: mine\nname: Mine\nextends: generic-care\nfigures: {where}\n", "utf-8")
    text = b"format: 1\nfunding: {none: true}\nfigures: {skin: {caption: S, file: a.png}}\n"
    case = load(read(text, "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("mine", [tmp_path]), Library()).article
    sections = [*article.sections, *([article.exhibits] if article.exhibits else [])]
    assert [plain(s.heading) for s in sections] == ["Declarations", "Figures and legends"]
    assert len({s.anchor for s in sections}) == 2


def test_a_column_that_a_divided_table_repeats_is_no_second_place_for_links() -> None:
    head = ", ".join(f"Column {n} with a long head" for n in range(16))
    row = ", ".join(["'row [@a]'"] + ["a long value of its own"] * 15)
    text = f"format: 1\ncourse: See @tbl-w.\ntables: {{w: {{caption: W, columns: [{head}], rows: [[{row}]]}}}}\nreferences: [{{id: a, title: A}}]\n"
    case = load(read(text.encode(), "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("generic-care"), read_library(case, {})).article
    (table,) = article.tables()
    parts = divided(table, [100.0] * 16, 500.0)
    assert len(parts) > 2
    anchors = [n.anchor for part in parts for run in runs(part) for n in inlines(run) if isinstance(n, Citation)]
    assert anchors == ["cite-1", *[""] * (len(parts) - 1)]


# -- pages ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_the_pages_of_a_part_hold_its_words(layout: str) -> None:
    """What the laid-out page says of a paragraph is so in the PDF, as another reader reads it."""
    opened = open_case(EXEMPLARY)
    article = compose_opened(opened, layout).article
    template = find_template(layout)
    document = pdfium.PdfDocument(output("exemplary-dress", layout, "pdf"))
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    found = places(article, template)
    assert found.pages == len(texts)
    checked = 0
    for block in article.blocks():
        words = plain(block.children).split()[:3] if block.__class__.__name__ == "Paragraph" else []
        if len(words) < 3 or "-" in "".join(words):
            continue
        pages = [place.page for place in found.of(block.origin)]
        assert pages, block.origin
        assert any("".join(words) in texts[page - 1] for page in pages), (words, pages)
        checked += 1
    assert checked > 15
    assert [place.page for place in found.of(("title",))] == [1]
    (value,) = found.of(("labs", "results", 0, "series", 0))
    assert value in found.of(("labs",)) or value.page in {place.page for place in found.of(("labs",))}
    discussion = found.of(("discussion",))
    assert [place.page for place in discussion] == sorted({place.page for place in discussion})
    assert found.of(("nowhere",)) == ()


def test_numbered_lines_are_those_that_the_pdf_numbers(tmp_path: Path) -> None:
    case = load(read(b"format: 1\ntitle: T\nintroduction: Alpha.\ncourse: Beta.\n", "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("generic-care"), Library(), layout="manuscript").article
    template = find_template("manuscript")
    (tmp_path / "x.pdf").write_bytes(pdf(article, template))
    document = pdfium.PdfDocument(tmp_path / "x.pdf")
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    document.close()
    found = places(article, template)
    for words, path in (("Alpha.", "introduction"), ("Beta.", "course")):
        (place,) = found.of((path,))  # the heading of its section and the paragraph
        at = next(n for n, line in enumerate(lines) if words in line)
        numbers = [line.strip() for line in lines if line.strip().isdigit()] + lines[at].split()
        assert str(place.last) in numbers
        assert place.last == (place.first or 0) + 1
    first, second = (min(p.first or 0 for p in found.of((path,))) for path in ("introduction", "course"))
    assert first < second
    assert places(article, find_template("article")).of(("course",))[0].first is None
