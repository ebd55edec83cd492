"""The article as Markdown: a reader of CommonMark gives back exactly its words, numbers, lists and tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import markdown as python_markdown
import pytest
from fidelity import typed_case
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from packages import call, laid_out
from stress import output, source
from test_compose import NBSP, tell
from test_fidelity import composed

from casewriter.article.nodes import (
    Block,
    Break,
    Cell,
    Citation,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Styled,
    Table,
    Text,
)
from casewriter.article.paper import Article
from casewriter.article.walk import plain, runs
from casewriter.citation.cluster import PrintedPart
from casewriter.export.escaping import inline, line, read
from casewriter.export.markdown import _chunks, _joined, export
from casewriter.export.readback import lost
from casewriter.project import find_cases, open_case
from casewriter.work.check import compose_opened

ROOT = Path(__file__).parents[1]
LITERATURE = ROOT / "tests" / "data" / "literature"
SPECIMENS = ("exemplary-dress", "calcinosis-lupus-panniculitis", "calcinosis-universalis-sle", "stress")
CASES = (*SPECIMENS, *sorted(file.parent.name for file in LITERATURE.glob("*/case.yaml")))
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""CommonMark with GitHub's tables and struck text, written by others."""
_STYLES = {
    "em": "emphasis",
    "strong": "strong",
    "sup": "superscript",
    "sub": "subscript",
    "code": "code",
    "s": "struck",
}


@cache
def article(name: str, layout: str = "manuscript") -> Article:
    file = LITERATURE / name if name not in SPECIMENS else source(name)
    (case,) = find_cases((str(file),))
    return compose_opened(open_case(case), layout).article


@cache
def written(name: str) -> str:
    data = export(article(name))
    assert isinstance(data, bytes)
    return data.decode("utf-8")


def shown(markdown: str) -> str:
    """Return the page that a reader of CommonMark makes."""
    return READER.render(markdown)


class Signs(HTMLParser):
    """The signs of a page, each with the styles that it is in."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.signs: list[tuple[str, frozenset[str]]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.signs.append((" ", frozenset(self._open)))
        elif tag in _STYLES:
            self._open.append(_STYLES[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES:
            self._open.remove(_STYLES[tag])

    def handle_data(self, data: str) -> None:
        self.signs += [(sign, frozenset(self._open)) for sign in data]


def read_signs(markdown: str) -> list[tuple[str, frozenset[str]]]:
    return [one for one in Signs(shown(markdown)).signs if not one[0].isspace()]


def wanted_signs(run: Run, within: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    for node in run:
        match node:
            case Styled(style=style, children=children):
                yield from wanted_signs(
                    children, within if style in ("nobreak", "isolated", "smallcaps") else within | {style}
                )
            case Link(children=children):
                yield from wanted_signs(children, within)
            case _:
                yield from ((sign, within) for sign in plain((node,)) if not sign.isspace())


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def texts(page: str, tag: str) -> list[str]:
    """Return the text of each element of a name, without elements inside."""
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, re.DOTALL)
    return ["".join(sign for sign, _ in Signs(one).signs).strip().replace(NBSP, " ") for one in found]


# -- signs ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("HLA-B*58:01", r"HLA-B\*58:01"),
        ("NM_000492.4:c.350_352dup", "NM_000492.4:c.350_352dup"),  # CommonMark 6.2: no emphasis within a word
        ("_E. coli_", r"\_E. coli\_"),
        ("5~10 mg", r"5\~10 mg"),  # GFM 6.5: one tilde may strike text
        ("[18F]FDG", r"\[18F\]FDG"),
        ("p<0.001, p < 0.05", "p<0.001, p < 0.05"),  # 6.6: no tag begins with a number
        ("a<b>c", "a&lt;b>c"),
        ("<1@2.de>", "&lt;1@2.de>"),  # 6.5: an e-mail address may begin with a digit
        ("R&D and AT&T", "R&D and AT&T"),
        ("&amp; typed", "&amp;amp; typed"),
        ("a\\b", r"a\\b"),
        ("1|2", r"1\|2"),
        ("a `b", r"a \`b"),
        ("4. stage", r"4\. stage"),
        ("12) rib", r"12\) rib"),
        ("4.5 mg", "4.5 mg"),
        ("- 4 mmol/L", r"\- 4 mmol/L"),
        ("-4 mmol/L", "-4 mmol/L"),
        ("+ 2", r"\+ 2"),
        ("---", r"\---"),
        ("> 5", r"\> 5"),
        (">5000 IU", r"\>5000 IU"),
        ("# 3", r"\# 3"),
        ("  indented", "indented"),
        ("two\nlines", "two lines"),
        ("US$ 5", r"US\$ 5"),
    ],
)
def test_signs_of_markup_are_escaped_where_they_would_be_read(typed: str, markdown: str) -> None:
    assert line(inline((Text(typed),))) == markdown
    assert "".join(sign for sign, _ in Signs(shown(markdown)).signs).strip() == typed.strip().replace("\n", " ")


@pytest.mark.parametrize(
    ("run", "markdown"),
    [
        ((Text("10"), Styled("superscript", (Text("9"),)), Text("/L")), "10<sup>9</sup>/L"),
        ((Text("PaCO"), Styled("subscript", (Text("2"),))), "PaCO<sub>2</sub>"),
        ((Styled("emphasis", (Text("in vitro"),)), Text(" test")), "*in vitro* test"),
        ((Text("HLA-"), Styled("emphasis", (Text("B*"),)), Text("58")), r"HLA-<em>B\*</em>58"),
        ((Styled("strong", (Styled("emphasis", (Text("x"),)),)),), "<strong>*x*</strong>"),
        ((Styled("strong", (Text("0"), Styled("strong", (Text("1"),)), Text("2"))),), "<strong>0**1**2</strong>"),
        ((Styled("strong", (Text("a"),)), Styled("emphasis", (Text("b"),))), "**a**<em>b</em>"),
        ((Styled("code", (Text("c.1_2del"),)),), "`c.1_2del`"),
        ((Styled("code", (Text("a|b"),)),), r"<code>a\|b</code>"),
        ((Styled("smallcaps", (Text("Roe"),)), Styled("nobreak", (Text(" A"),))), "Roe A"),
        ((Text("a"), Break(), Text("- b")), "a<br>- b"),
        ((Link("https://a.org/x_y", (Text("https://a.org/x_y"),)),), "<https://a.org/x_y>"),
        ((Link("mailto:a_b@c.org", (Text("a_b@c.org"),)),), "<a_b@c.org>"),
        ((Text("See!"), Link("https://a.org/(x)", (Text("[x]"),))), r"See\![\[x\]](<https://a.org/(x)>)"),
        ((Text("so "), Citation((), (PrintedPart("[1–3]"),)), Text(".")), "so [1–3]."),
        ((Citation((), (PrintedPart("[1]"),)), Text("(x)")), r"\[1\](x)"),
        ((Text("so"), Citation((), (PrintedPart("1,2"),), superscript=True)), "so<sup>1,2</sup>"),
        ((Citation((), (PrintedPart("Roe "), PrintedPart("et al", style="italic"))),), "Roe *et al*"),
    ],
)  # fmt: skip
def test_nodes_are_the_markup_that_survives(run: Run, markdown: str) -> None:
    assert line(inline(run)) == markdown
    assert "".join(sign for sign, _ in read_signs(markdown)) == "".join(plain(run).split())


SIGNS = st.text(
    st.sampled_from("*_`[]()<>&#|~\\!^$-+=.:;,/'\"{}@1290aZé 熱ا½\u00a0–\n\t")
    | st.characters(exclude_categories=("C", "Z")),
    min_size=1,
    max_size=9,
)
PIECES = st.sampled_from(
    (
        "&amp;",
        "&#35;",
        "<b>",
        "</b>",
        "<!--",
        "1. ",
        "- ",
        "](",
        "[a]: b",
        "![",
        "~~",
        "***",
        "__",
        "``",
        "| -",
        "<https://a.b>",
    )
)
TEXTS = (SIGNS | PIECES).map(Text)
STYLES = st.sampled_from(("emphasis", "strong", "superscript", "subscript", "nobreak", "isolated"))


def _inner(inside: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    children = st.lists(inside, min_size=1, max_size=3).map(tuple)
    return st.builds(Styled, STYLES, children)


NODES = st.recursive(TEXTS, _inner, max_leaves=4)
CODE = st.text(st.sampled_from("*_`|<>&\\ab1 "), min_size=1, max_size=6).map(lambda text: Styled("code", (Text(text),)))
LINKS = st.builds(
    Link,
    st.sampled_from(("https://a.org/b_(c)?d=1&copy;=2", "https://a.org/x|y\\z", "mailto:a@b.org", "https://a.org")),
    st.lists(TEXTS | st.just(Text("https://a.org")), min_size=1, max_size=2).map(tuple),
)
CITATIONS = st.sampled_from(("[1]", "[1–3]", "(2)", "[Roe 2004]")).map(lambda text: Citation((), (PrintedPart(text),)))
RUNS = st.lists(NODES | CODE | LINKS | CITATIONS, min_size=1, max_size=5).map(tuple)


@settings(max_examples=400, deadline=None)
@given(RUNS)
def test_any_text_of_signs_is_read_as_it_was_typed(run: Run) -> None:
    """Every sign, in its style, in a paragraph, a heading, an item of a list, a quotation and a cell."""
    wanted = list(wanted_signs(run))
    made = line(inline(run))
    assert "\n" not in made
    for before, behind in PLACES:
        around = [[(sign, frozenset()) for sign in re.sub(r"\W", "", text)] for text in (before, behind)]
        assert read_signs(before + made + behind) == [*around[0], *wanted, *around[1]]
    cell = inline(run).strip()
    assert read_signs(f"| a | b |\n| --- | --- |\n| {cell} | c |")[2:] == [*wanted, ("c", frozenset())]


PLACES = (("", ""), ("x\n\n", "\n\ny"), ("# ", ""), ("- ", ""), ("-   x\n\n    ", ""), ("> ", ""), ("> x\n>\n> ", ""))


@settings(max_examples=200, deadline=None)
@given(RUNS)
def test_reading_back_gives_every_sign(run: Run) -> None:
    made = read(line(inline(run))).replace("\x00", "")
    assert "".join(made.split()) == "".join(plain(run).split())


# -- blocks ---------------------------------------------------------------------------------------------------------------


def page(text: str, **more: str) -> str:
    """Return the page that a reader makes of the Markdown of a case."""
    return shown(export(tell(text).article).decode()).replace(NBSP, " ")  # type: ignore[union-attr]


def blocks(*some: Block) -> str:
    return shown(_joined(_chunks(some, ": ")))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def ordered(*numbers: int, marks: str = "decimal") -> ListBlock:
    items = tuple((paragraph(f"item {number}"),) for number in numbers)
    return ListBlock(True, items, marks, numbers)  # type: ignore[arg-type]


def test_numbers_of_a_list_are_those_typed() -> None:
    """CommonMark 5.2: the first number counts, the others follow it; one that skips a number is no list then."""
    assert blocks(ordered(3, 4)) == '<ol start="3">\n<li>item 3</li>\n<li>item 4</li>\n</ol>\n'
    assert blocks(ordered(1, 2, marks="decimal-parenthesis")).startswith("<ol>\n<li>item 1</li>")
    assert blocks(ordered(1, 3)) == "<p>1. item 1</p>\n<p>3. item 3</p>\n"
    assert blocks(ordered(1, 2, marks="alpha-parenthesis")) == "<p>a) item 1</p>\n<p>b) item 2</p>\n"


def test_lists_that_follow_each_other_are_two() -> None:
    made = blocks(ordered(1, 2), ordered(1))
    assert made.count("<ol>") == 2
    assert '<ol start="3">' not in made


def test_a_list_inside_an_item_belongs_to_it() -> None:
    inner = ListBlock(False, ((paragraph("- 3 dioptres"),), (paragraph("4. inner"),)))
    made = blocks(ListBlock(False, ((paragraph("outer"), inner), (paragraph("next"),))))
    wanted = "<ul><li><p>outer</p><ul><li>- 3 dioptres</li><li>4. inner</li></ul></li><li><p>next</p></li></ul>"
    assert made.replace("\n", "") == wanted
    assert (
        python_markdown.markdown(_joined(_chunks((ListBlock(False, ((paragraph("outer"), inner),)),), ""))).count(
            "<ul>"
        )
        == 2
    )


def test_a_table_has_its_rows_with_bars_and_breaks_in_cells() -> None:
    made = page(
        'tables: {t: {caption: Signs., columns: ["A|B", C], rows: [["a|b", "*1/*1"], ["", "- 4"]], notes: Note.}}\n'
    )
    assert texts(made, "th") == ["A|B", "C"]
    assert texts(made, "td") == ["a|b", "*1/*1", "", "- 4"]
    assert "<strong>Table 1.</strong> Signs.</p>" in made


def test_a_group_of_laboratory_tests_is_a_bold_row_and_numbers_are_to_the_right() -> None:
    made = page(
        "labs:\n  results:\n"
        "  - {test: Sodium, panel: Serum, unit: mmol/L, reference: 135-145, series: [{at: 0, value: 140}, {at: 1 d, value: 150}]}\n"
        "  - {test: Urea, panel: Urine, unit: mmol/L, series: [{at: 0, value: 5}, {at: 1 d, value: 6}]}\n"
    )
    rows = [texts(row, "td") for row in re.findall(r"<tr>.*?</tr>", made, re.DOTALL)]
    assert ["Serum", "", "", ""] in rows or ["serum", "", "", ""] in rows
    assert ["Sodium (mmol/L)", "135–145", "140", "150 H"] in rows
    assert '<td style="text-align:right">140</td>' in made


def cells(*some: str, span: int = 1) -> tuple[Cell, ...]:
    return tuple(Cell((Text(text),), span=span) for text in some)


SPANS = Table(
    "",
    (),
    head=(Row(cells("Before", "After", span=2)), Row(cells("a", "b", "c", "d"))),
    rows=(
        Row(cells("1", "2", "3", "4")),
        Row((*cells("not done", span=3), *cells("5"))),
        Row(cells("e", "f", "g", "h"), band=True),
        Row(cells("6", "7", "8", "9")),
    ),
)
"""Cells over columns, two rows of heads, and a second head."""


def test_a_cell_over_several_columns_is_in_each_and_a_second_head_begins_a_table() -> None:
    first, second = re.findall(r"<table>.*?</table>", blocks(SPANS), re.DOTALL)
    assert texts(first, "th") == ["Before a", "Before b", "After c", "After d"]
    assert texts(first, "td") == ["1", "2", "3", "4", "not done", "not done", "not done", "5"]
    assert texts(second, "th") == ["e", "f", "g", "h"]
    assert texts(second, "td") == ["6", "7", "8", "9"]


def test_figures_are_told_without_the_names_of_their_files() -> None:
    made = export(
        tell(
            "figures: {f: {caption: Rash., panels: [{file: Smith-John.png, alt: Red skin., caption: Day 1.}, {file: b.png, alt: Pale skin.}]}}\n"
        ).article
    )
    text = made.decode().replace(NBSP, " ")  # type: ignore[union-attr]
    assert (
        "**Figure 1.** Rash. **A** Day 1.\n\n- Figure 1A: Red skin. (Picture not supplied)\n- Figure 1B: Pale skin."
        in text
    )
    assert "Smith" not in text
    assert "![" not in text


def test_records_are_a_list_with_their_labels_in_bold() -> None:
    made = page('funding: {none: true}\nabbreviations: {CT: "computed [tomography]"}\n')
    assert "<li><strong>CT</strong>: computed [tomography]</li>" in made


def test_the_title_page_has_marks_and_counts() -> None:
    made = page(
        'title: "CD4^+^ cells: a case"\nshort_title: Cells\nkeywords: [case report, "a*b"]\n'
        "affiliations: {x: {institution: One, country: Nowhere}, y: {institution: Two, country: Nowhere}}\n"
        "authors: [{given: Ana, family: Roe, degrees: [MD], affiliations: [x, y], corresponding: true, email: a_r@b.org}]\n"
    )
    assert "<h1>CD4<sup>+</sup> cells: a case</h1>" in made
    assert "<p>Ana Roe, MD<sup>1,2,*</sup></p>" in made
    assert "<p><sup>2</sup> Two, Nowhere</p>" in made
    assert '<p>* Correspondence: Ana Roe, <a href="mailto:a_r@b.org">a_r@b.org</a></p>' in made
    assert "<li><strong>Running title</strong>: Cells</li>" in made
    assert "<p><strong>Keywords</strong>: case report; a*b</p>" in made


def test_a_running_title_that_is_the_title_keeps_its_powers() -> None:
    assert "<li><strong>Running title</strong>: 10<sup>9</sup>/L</li>" in page('title: "10^9^/L"\n')


@pytest.mark.parametrize(("label", "start"), [("{}.", "1. "), ("[{}]", r"\[1\] "), ("{}", "1 "), ("", "")])
def test_references_keep_their_labels(label: str, start: str) -> None:
    """A list where the label is that of one; the start of a paragraph where it is not."""
    paper = tell("introduction: So [@a].\nreferences: [{id: a, title: Title one, type: book}]\n").article
    (entry,) = paper.references
    made = export(replace(paper, references=(replace(entry, label=label.format(1)),)))
    assert isinstance(made, bytes)
    assert made.decode().splitlines()[-1].startswith(f"{start}Title one")


def test_fields_without_text_leave_nothing() -> None:
    """A heading, label or list of nothing would be an invention."""
    made = export(tell("title: Gout\nintroduction: A tophus.\n").article).decode()  # type: ignore[union-attr]
    lines = [one for one in made.splitlines() if one]
    assert lines[:3] == ["# Gout", "Case report", "- **Running title**: Gout"]
    assert [one for one in lines if one.startswith("#")] == ["# Gout", "## Introduction"]
    assert lines[-1] == "A tophus."
    assert "Keywords" not in made


# -- whole papers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_reader_gives_every_word_of_the_manuscript_back(name: str) -> None:
    """Each block of the page, in words and numbers, is in what an independent reader makes of the Markdown."""
    file = output(name, "manuscript", "html") if name in SPECIMENS else None
    assert lost(article(name), export.text(written(name).encode()), "MD") == []  # type: ignore[misc]
    read_text = words("".join(sign for sign, _ in Signs(shown(written(name))).signs))
    if file is None:
        said = [words(plain(block.children)) for block in article(name).body() if isinstance(block, Paragraph)]
    else:
        html = file.read_text("utf-8")
        main = html[html.index("<main") : html.index("</main>")]
        main = re.sub(
            r'<a class="back".*?</a>|<span class="links">.*?</span>|<div class="missing".*?</div>|<span class="letter">.*?</span>',
            "",
            main,
        )
        main = re.sub(r'<(t[hd]|p)[^>]* class="trend(?:-key)?".*?</\1>', "", main, flags=re.DOTALL)
        main = re.sub(r'<span class="number">.*?</span>', "", main)  # an item's number is the reader's
        pieces = re.split(r"</(?:p|h\d|li|dt|dd|td|th|figcaption|caption|div)>", main)
        said = [words("".join(sign for sign, _ in Signs(piece).signs)) for piece in pieces]
    assert sum(len(block.split()) for block in said) > 200
    assert [block for block in said if block not in read_text] == []


@pytest.mark.parametrize("name", CASES)
def test_a_reader_gives_every_cell_and_number_back(name: str) -> None:
    made = shown(written(name))
    tables = re.findall(r"<table>.*?</table>", made, re.DOTALL)
    paper = article(name)
    bodies = [block for block in paper.blocks() if type(block).__name__ == "Table"]
    assert len(tables) >= len(bodies) > 0
    cells = [cell for table in tables for cell in (*texts(table, "th"), *texts(table, "td"))]
    wanted = [
        plain(c.children).strip().replace(NBSP, " ") for t in bodies for row in (*t.head, *t.rows) for c in row.cells
    ]
    assert [cell for cell in wanted if cell not in cells] == []
    for label in (*(t.label for t in paper.tables()), *(f.label for f in paper.figures())):
        assert f"<strong>{label}.</strong>" in made
    assert len(texts(made, "h2")) == len([s for s in paper.sections if s.heading]) + bool(paper.abstract) + bool(
        paper.references
    ) + (paper.exhibits is not None)


@pytest.mark.parametrize("name", CASES)
def test_an_older_reader_gives_the_words_back_too(name: str) -> None:
    """Python-Markdown is older than CommonMark, and escapes fewer signs: its list of them is made that of CommonMark 2.4."""
    reader = python_markdown.Markdown(extensions=["tables"])
    reader.ESCAPED_CHARS = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    made = words("".join(sign for sign, _ in Signs(reader.convert(written(name))).signs))
    said = [words(plain(block.children)) for block in article(name).body() if isinstance(block, Paragraph)]
    assert len(said) > 3
    assert [one for one in said if one not in made] == []


@pytest.mark.parametrize("seed", range(8))
def test_cases_of_clinical_notation_are_read_as_printed(seed: int) -> None:
    """Every text of a generated case is notation that a reader of markup may take for something else."""
    paper = composed(typed_case(seed, 0.6).case)
    made = export(paper)
    assert isinstance(made, bytes)
    assert export.text is not None
    assert lost(paper, export.text(made), "MD") == []
    signs = "".join(sign for sign, _ in read_signs(made.decode()))
    said = ["".join(plain(run).split()) for section in paper.sections for run in runs(section)]
    assert sum(map(len, said)) > 2000
    assert [text for text in said if text not in signs] == []


def test_the_same_case_gives_the_same_bytes() -> None:
    assert export(article("stress")) == export(article("stress"))
    assert written("stress").endswith("\n")
    assert "\r" not in written("stress")


def installed(folder: Path) -> Path:
    """Lay out what pyproject.toml declares, as an installer does; return the folder that Python must look in."""
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {where}\n" for name, where in some.items())
        for group, some in points.items()
    ]
    return laid_out(folder, "casewriter", None, "".join(lines))


def test_the_command_writes_it_without_a_layout_in_its_name(tmp_path: Path) -> None:
    case = str(source("exemplary-dress"))
    options = ("--to", "md", "--layout", "manuscript", "-o", "out")
    done = call(tmp_path, "render", case, *options, sites=(installed(tmp_path / "site"),))
    assert done.returncode == 0, done.stderr
    (file,) = (path for path in (tmp_path / "out" / "exemplary-dress").iterdir() if path.suffix != ".json")
    assert file.name == "exemplary-dress.md"
    assert file.read_text("utf-8") == written("exemplary-dress")
