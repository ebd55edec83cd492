"""Plain text for the boxes of submission sites: which files there are, and that no number is read as another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fidelity import typed_case
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from packages import call
from stress import source
from test_compose import NBSP, tell
from test_fidelity import composed
from test_markdown import CASES, RUNS, SPANS, article, installed

from casewriter.article.nodes import Break, Citation, Link, NoteMark, Paragraph, Run, Styled, Text
from casewriter.article.paper import Article
from casewriter.article.walk import plain, runs
from casewriter.citation.cluster import PrintedPart
from casewriter.export.plaintext import export
from casewriter.export.readback import lost
from casewriter.export.unmarked import _LOWERED, _RAISED, as_printed, told

FIXED = ("title", "running-title", "details")
"""The boxes of a case that has a title and nothing else."""


def boxes(paper: Article) -> dict[str, str]:
    """Return the text of each file by the name of its box."""
    outputs = export(paper)
    assert not isinstance(outputs, bytes)
    found = {output.suffix.removeprefix("-").removesuffix(".txt"): output.data.decode("utf-8") for output in outputs}
    assert all(text.endswith("\n") and text.strip() for text in found.values())
    return {name: text[:-1].replace(NBSP, " ") for name, text in found.items()}


@cache
def written(name: str) -> dict[str, str]:
    return boxes(article(name))


def raised(text: str) -> Styled:
    return Styled("superscript", (Text(text),))


def lowered(text: str) -> Styled:
    return Styled("subscript", (Text(text),))


# -- signs ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ((Text("10"), raised("9"), Text("/L")), "10⁹/L"),
        ((Text("10"), raised("−3")), "10⁻³"),
        ((Text("10"), raised("-3")), "10^(-3)"),  # a hyphen has no raised form; it stays the sign that was typed
        ((Text("10"), raised("9.5")), "10^(9.5)"),
        ((Text("CD4"), raised("+")), "CD4⁺"),
        ((raised("18"), Text("F")), "¹⁸F"),
        ((Text("1"), raised("st")), "1ˢᵗ"),
        ((Text("H"), lowered("2"), Text("O")), "H₂O"),
        ((Text("C"), lowered("max")), "Cₘₐₓ"),
        ((Text("k"), lowered("cat")), "k_(cat)"),  # no lowered c
        ((Text("5"), NoteMark("a")), "5ᵃ"),
        ((Text("5"), NoteMark("*")), "5^(*)"),
        ((Text("so"), Citation((), (PrintedPart("1–3,5"),), superscript=True), Text(".")), "so[1–3,5]."),
        ((Text("5 m"), Citation((), (PrintedPart("2"),), superscript=True)), "5 m[2]"),  # no square metres
        ((Text("so "), Citation((), (PrintedPart("[1]"),))), "so [1]"),
        ((Styled("emphasis", (Text("E. coli"),)), Text(" * _ "), Styled("code", (Text("x_y"),))), "E. coli * _ x_y"),
        ((Text("see "), Link("https://a.org/b", (Text("the site"),)), Text(".")), "see the site (https://a.org/b)."),
        ((Link("https://doi.org/10.1/x", (Text("10.1/x"),)),), "10.1/x"),
        ((Link("mailto:a@b.org", (Text("a@b.org"),)),), "a@b.org"),
        ((Text("a\nb\tc "), Break(), Text(" d")), "a b c\nd"),
    ],
)
def test_text_without_markup_is_not_read_otherwise(run: Run, text: str) -> None:
    assert told(run) == text


def test_raised_and_lowered_signs_are_those_of_unicode() -> None:
    """Each is a compatibility form of the sign that it stands for (Unicode, UAX 15)."""
    assert len(_RAISED) == 40
    for signs, form in ((_RAISED, "<super>"), (_LOWERED, "<sub>")):
        assert [s for s, moved in signs.items() if unicodedata.decomposition(chr(moved)) != f"{form} {s:04X}"] == []


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("0123456789.,+−-–e ") | st.characters(exclude_categories=("C",)), min_size=1, max_size=4)
)
def test_a_power_is_never_one_number_with_its_base(power: str) -> None:
    made = told((Text("10"), raised(power)))
    assert not re.match(r"10[\d.,]", made)  # \d: the decimal digits of all scripts, not the raised ones


@settings(max_examples=300, deadline=None)
@given(RUNS)
def test_no_sign_of_any_text_is_left_out(run: Run) -> None:
    typed = Counter(unicodedata.normalize("NFKC", "".join(plain(run).split())))
    assert typed - Counter(unicodedata.normalize("NFKC", told(run))) == Counter()


@pytest.mark.parametrize("text", ["10^(9.5)", "k_(cat)", "so[1–3]", "the site (https://a.org/b)", "5^(a (b))"])
def test_reading_back_takes_off_the_signs_for_raised_text_and_links(text: str) -> None:
    wanted = {"10^(9.5)": "109.5", "k_(cat)": "kcat", "so[1–3]": "so1–3", "5^(a (b))": "5a (b)"}
    assert as_printed(text) == wanted.get(text, "the site")


def test_a_running_title_that_is_the_title_keeps_its_powers() -> None:
    made = boxes(tell('title: "Titre of 10^9^/L"\n').article)
    assert made["running-title"] == "Titre of 10⁹/L"
    assert "109" not in made["details"]


# -- boxes ----------------------------------------------------------------------------------------------------------------


def test_each_box_has_a_file() -> None:
    assert set(written("exemplary-dress")) == {
        "title", "running-title", "authors", "details", "abstract", "keywords", "introduction", "patient-information",
        "clinical-findings", "diagnostic-assessment", "course", "follow-up-and-outcomes", "discussion", "conclusion",
        "learning-points", "patient-perspective", "informed-consent", "ethics-approval", "funding", "competing-interests",
        "author-contributions", "guarantor", "data-availability", "use-of-artificial-intelligence", "acknowledgements",
        "abbreviations", "references", "tables", "figure-legends", "alt-text", "sections",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("box", "lines"),
    [
        ("title", ["Drug reaction with eosinophilia and systemic symptoms after allopurinol, followed by painless thyroiditis: a case report"]),
        ("running-title", ["Allopurinol-induced DRESS and thyroiditis"]),
        ("keywords", ["case report; drug reaction with eosinophilia and systemic symptoms; allopurinol; HLA-B antigens; thyroiditis"]),
        ("funding", ["None."]),
        ("authors", ["Ana B. Example, MD, PhD (1,*)", "Chidi D. Sample, MB BS (1,2)", "Eva F. Specimen, MD (3)"]),
        ("abbreviations", ["ALT: alanine aminotransferase", "CARE: case report guideline"]),
        ("abstract", ["Introduction", ""]),
        ("tables", ["Table 1. Timeline (day 0 = admission to hospital).", "Time\tEvent", "−8 years\tFirst flare of gout"]),
    ],
)  # fmt: skip
def test_a_box_begins_with(box: str, lines: list[str]) -> None:
    """The words of cases/exemplary-dress/case.yaml."""
    assert written("exemplary-dress")[box].split("\n")[: len(lines)] == lines


def test_a_paragraph_is_one_line_and_paragraphs_are_parted_by_an_empty_one() -> None:
    made = boxes(tell("introduction: |\n  One\n  line.\n\n  Two.\n\n  - a\n  - b\n").article)
    assert made["introduction"] == "One line.\n\nTwo.\n\n• a\n• b"


def test_a_list_keeps_its_signs_and_a_list_inside_is_indented() -> None:
    made = boxes(tell("introduction: |\n  So:\n\n  3. c\n  4. d\n     - e\n     - f\n\n  a) g\n  b) h\n").article)
    assert made["introduction"] == "So:\n\n3. c\n4. d\n  • e\n  • f\n\na) g\nb) h"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "“One.\n\n“Two.”"), ("de", "„One.\n\n„Two.“"), ("fr", "«\u202fOne.\n\n«\u202fTwo.\u202f»")],
)
def test_a_quotation_has_the_marks_of_its_language(language: str, text: str) -> None:
    """Without indentation, others' words would be read as the author's."""
    made = boxes(tell(f"language: {language}\ncourse: |\n  > One.\n  >\n  > Two.\n").article)
    assert next(iter(text_ for name, text_ in made.items() if "One." in text_)) == text


def test_a_quotation_that_has_marks_gets_no_second_ones() -> None:
    made = boxes(tell("course: |\n  > “One.”\n").article)
    assert made["course"] == "“One.”"


def test_tables_and_legends_are_in_files_of_their_own() -> None:
    made = boxes(
        tell(
            "introduction: See @tbl-t and @fig-f.\n"
            'tables: {t: {caption: Doses., columns: [Drug, Dose], rows: [[a|b, "- 4"], [c, ""]], notes: Note.}}\n'
            "figures: {f: {caption: Rash., panels: [{file: Smith-John.png, alt: Red skin., caption: Day 1.}, {file: b.png, alt: Pale.}]}}\n"
        ).article
    )
    assert made["introduction"] == "See Table 1 and Figure 1."
    assert made["tables"] == "Table 1. Doses.\nDrug\tDose\na|b\t- 4\nc\t\nNote."
    assert made["figure-legends"] == "Figure 1. Rash. (A) Day 1."
    assert made["alt-text"] == "Figure 1A: Red skin. (Picture not supplied)\nFigure 1B: Pale. (Picture not supplied)"
    assert "Smith" not in "".join(made.values())
    assert made["sections"] == "Introduction\t-introduction.txt, -tables.txt, -figure-legends.txt"


def test_a_table_inside_prose_stays_in_its_section() -> None:
    made = boxes(tell("introduction: |\n  So:\n\n  | A | B |\n  |---|---|\n  | 1 | 2 |\n").article)
    assert made["introduction"] == "So:\n\nA\tB\n1\t2"
    assert "tables" not in made


def test_a_cell_over_several_columns_keeps_the_columns_apart() -> None:
    paper = tell("introduction: A.\n").article
    (section,) = paper.sections
    made = boxes(replace(paper, sections=(replace(section, blocks=(SPANS,)),)))
    assert made["introduction"] == (
        "Before\tBefore\tAfter\tAfter\na\tb\tc\td\n1\t2\t3\t4\nnot done\tnot done\tnot done\t5\ne\tf\tg\th\n6\t7\t8\t9"
    )


def test_headings_of_any_language_make_names_and_none_is_taken_twice() -> None:
    made = boxes(tell("language: fr\nintroduction: A.\nconclusion: B.\nabbreviations: {CT: C}\n").article)
    assert set(made) - set(FIXED) == {"introduction", "conclusion", "abreviations", "sections"}
    assert "Abréviations\t-abreviations.txt" in made["sections"].split("\n")


def test_a_section_that_is_called_like_a_box_has_a_number() -> None:
    paper = tell("title: Gout\nintroduction: A.\ncourse: B.\n").article
    sections = tuple(replace(section, heading=(Text("Title"),)) for section in paper.sections)
    made = boxes(replace(paper, sections=sections))
    assert [made[name] for name in ("title", "title-2", "title-3")] == ["Gout", "A.", "B."]


def test_fields_without_text_have_no_file() -> None:
    assert set(boxes(tell("title: Gout\n").article)) == set(FIXED)
    assert boxes(tell("title: Gout\nkeywords: []\nintroduction: A.\n").article).keys() == {
        *FIXED,
        "introduction",
        "sections",
    }


# -- whole papers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["article", "manuscript"])
@pytest.mark.parametrize("name", CASES)
def test_every_word_of_a_paper_is_in_some_file(name: str, layout: str) -> None:
    paper = article(name, layout)
    outputs = export(paper)
    assert not isinstance(outputs, bytes)
    assert export.text is not None
    assert lost(paper, "\n".join(export.text(output.data) for output in outputs), "TXT") == []
    lines = {compared(line) for text in boxes(paper).values() for line in text.split("\n")}
    said = [compared(plain(block.children)) for block in paper.body() if isinstance(block, Paragraph)]
    assert len(said) > 3
    assert [text for text in said if not any(text in line for line in lines)] == []


def compared(text: str) -> str:
    """Return a text with raised and lowered signs as those that they stand for."""
    return unicodedata.normalize("NFKC", text).strip()


@pytest.mark.parametrize("seed", range(8))
def test_cases_of_clinical_notation_are_whole(seed: int) -> None:
    paper = composed(typed_case(seed, 0.6).case)
    outputs = export(paper)
    assert not isinstance(outputs, bytes)
    assert export.text is not None
    assert lost(paper, "\n".join(export.text(output.data) for output in outputs), "TXT") == []
    signs = compared("".join("".join(output.data.decode("utf-8").split()) for output in outputs))
    simple = [run for section in paper.sections for run in runs(section) if all(isinstance(n, Text) for n in run)]
    said = [compared("".join(plain(run).split())) for run in simple]
    assert sum(map(len, said)) > 500
    assert [text for text in said if text not in signs] == []


def test_a_paper_from_which_a_word_is_missing_is_reported() -> None:
    paper = article("exemplary-dress")
    outputs = [output for output in export(paper) if "-discussion" not in output.suffix]  # type: ignore[union-attr]
    assert export.text is not None
    problems = lost(paper, "\n".join(export.text(output.data) for output in outputs), "TXT")  # type: ignore[union-attr]
    assert [problem for problem in problems if "Discussion" in problem.message]


def test_no_file_holds_markup_or_an_inner_line_end() -> None:
    for text in written("stress").values():
        assert "\r" not in text
        assert not re.search(r"</?\w+>|\*\*|&\w+;", text)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert export(article("stress")) == export(article("stress"))


def test_the_command_writes_a_file_for_each_box(tmp_path: Path) -> None:
    case = str(source("exemplary-dress"))
    done = call(tmp_path, "render", case, "--to", "txt", "-o", "out", sites=(installed(tmp_path / "site"),))
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "out" / "exemplary-dress").glob("*.txt")}
    assert names == {f"exemplary-dress-{box}.txt" for box in written("exemplary-dress")}
