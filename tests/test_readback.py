"""Every word that the article holds is in the file that was written, or the exit code is 1 and the words are named."""

from pathlib import Path

import pytest
from PIL import Image

from casewriter.cli.app import run
from casewriter.export.paged import PagedText

CASE = """\
format: 1
title: "Read back: a case report"
keywords: [case report, zkeyword]
abstract: {background: Zabstract words.}
introduction: |
  Zparagraph words, see @tbl-t and @fig-f.

  - zitem one
  - zitem two

  > Zquoted words
observation:
  examination: {findings: [{label: zfinding of the skin}]}
follow_up: {adverse_events: [{label: zevent of grade 2}]}
tables: {t: {caption: Ztable caption., columns: [Zhead, B], rows: [[zcell, "- 4"]], notes: Znote below.}}
figures: {f: {caption: Zfigure caption., file: x.png, alt: a, credit: Zcredit of it.}}
learning_points: [Zpoint learnt.]
affiliations: {x: {institution: Zhospital, city: Ztown, country: Nowhere}}
authors: [{given: Ana, family: Zauthor, affiliations: [x]}]
"""


def project(folder: Path, **partials: str) -> Path:
    """Write a project with the case and a template of its own, some partials of which are replaced."""
    case = folder / "cases" / "typed" / "case.yaml"
    case.parent.mkdir(parents=True)
    case.write_text(CASE, "utf-8")
    mine = folder / "templates" / "mine"
    (mine / "partials").mkdir(parents=True)
    (mine / "template.yaml").write_text("name: Mine\nextends: article\n", "utf-8")
    for name, text in partials.items():
        (mine / "partials" / f"{name}.html.j2").write_text(text, "utf-8")
    return case


TABLE = "<table data-table='{{ place_of(block) }}'>{% for row in block.rows %}<tr><td>{{ inline(row.cells[0].children) }}</td></tr>{% endfor %}</table>"


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.parametrize(
    ("partial", "text", "words"),
    [
        ("facts", "", ["Zfinding of the skin"]),
        ("listblock", "", ["zitem one", "Zpoint learnt."]),
        ("quote", "", ["Zquoted words"]),
        ("paragraph", "<p>x</p>", ["Zparagraph words", "Zabstract words."]),
        ("table", TABLE, ["Ztable caption.", "Zhead", "- 4", "Znote below."]),
        ("figure", "<figure></figure>", ["Zfigure caption.", "Zcredit of it."]),
        ("abstract", "", ["Zabstract words.", "zkeyword"]),
        ("authors", "", ["Ana Zauthor", "Zhospital, Ztown, Nowhere"]),
    ],
)
def test_what_a_template_leaves_out_is_named(
    partial: str, text: str, words: list[str], form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = project(tmp_path, **{partial: text})
    code = run(["render", str(case), "--to", form, "--layout", "mine", "-o", str(tmp_path / "out")])
    told = [line for line in capsys.readouterr().err.replace("\u00a0", " ").splitlines() if "JRNL002" in line]
    assert code == 1
    assert [word for word in words if not any(word in line for line in told)] == []


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_whole_file_raises_no_alarm(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = project(tmp_path)
    run(["render", str(case), "--to", form, "--layout", "mine", "-o", str(tmp_path / "out")])
    assert "JRNL002" not in capsys.readouterr().err


def test_a_missing_picture_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty frame is printed for it, which has no description to find: FIG002 says so, and no second alarm."""
    case = project(tmp_path)
    case.write_text(CASE.replace("alt: a,", "alt: Zdescription of the rash,"), "utf-8")
    args = ["--layout", "manuscript", "-o", str(tmp_path / "out")]
    run(["render", str(case), "--to", "pdf,html,docx,md,txt", *args])
    told = capsys.readouterr().err
    assert "FIG002" in told
    assert "JRNL002" not in told


def test_the_description_of_a_picture_is_looked_for_in_the_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = '<img src="{{ address(panel.picture) }}" alt="">'
    case = project(tmp_path, picture=bare)
    case.write_text(CASE.replace("alt: a,", "alt: Zdescription of the rash,"), "utf-8")
    Image.new("L", (90, 90), 128).save(case.parent / "x.png")
    assert run(["render", str(case), "--to", "pdf", "--layout", "mine", "-o", str(tmp_path / "out")]) == 1
    assert "the description of Figure 1: “Zdescription of the rash”" in capsys.readouterr().err.replace("\u00a0", " ")


REFERENCES = """\
format: 1
title: "Raised CD4^+^ cells and PaCO~2~ in ^18^F-FDG: a case report"
introduction: "Known [@a; @b; @c; @d; @e]. The family said “لا أستطيع التنفس” and 5/10 (“שלום 123 עולם”)."
nocite: all
references:
- {id: a, type: article-journal, author: [Roe A], title: "<sup>18</sup>F-FDG and CO<sub>2</sub> in skin", container-title: J, issued: 2004, volume: 1, page: 1-2}
- {id: b, type: article-journal, author: [{family: الأحمد, given: محمد}], title: "حمى غير معروفة: تقرير حالة", container-title: المجلة الطبية, issued: 2019, volume: 3, page: 12-15, DOI: 10.5555/abc.2019}
- {id: c, type: article-journal, author: [{family: לוי, given: שרה}], title: "חום לא ידוע", container-title: הרפואה, issued: 2018, volume: 7, page: 3-9}
- {id: d, type: article-journal, author: [{family: 김, given: 민수}], title: "불명열 환자의 증례", container-title: 대한의학회지, issued: 2019, volume: 3, page: 12-15}
- {id: e, type: article-journal, author: [{family: 山田, given: 太郎}], title: "不明熱の一例", container-title: 日本内科学会雑誌, issued: 2020, volume: 109, page: 1-5}
"""


@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_scripts_and_raised_digits_raise_no_alarm(
    layout: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Arabic, Hebrew, Korean, Japanese and Chinese in one paper: each letter has a font, each word is found."""
    case = tmp_path / "typed.yaml"
    case.write_text(REFERENCES, "utf-8")
    code = run(["render", str(case), "--layout", layout, "-o", str(tmp_path / "out"), "-q"])
    assert (code, capsys.readouterr().err) == (0, "")


def test_a_letter_without_a_font_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "typed.yaml"
    case.write_text("format: 1\nintroduction: Done ✅, and \uf062-blockers.\n", "utf-8")
    assert run(["render", str(case), "--to", "pdf", "-o", str(tmp_path / "out"), "-q"]) == 1
    told = capsys.readouterr().err
    assert "“✅” (U+2705)" in told
    assert "U+F062, which means β" in told
    assert "typed.yaml:2:27: error CASE021" in told


# -- the comparison ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "wanted", "missing"),
    [
        ("the dose was 5 mg", "5 mg", ""),
        ("the dose was 5 mg", "6 mg", "6"),
        ("a base excess of 4", "- 4", "-"),
        ("a base excess of 4", "−4", "−4"),
        ("autoim‐\nmune disease", "autoimmune disease", ""),
        ("one two Running head 7 three four", "one two three four", ""),
        ("one two lympho‐ Running head 7 cytes four", "one two lymphocytes four", ""),
        ("10⁹/L", "109/L", ""),
        ("x\x00-ray of IL-\n6", "x-ray of IL-6", ""),
        ("one four", "one two three four", "two three"),
    ],
)
def test_what_is_missing_from_a_text(file: str, wanted: str, missing: str) -> None:
    assert PagedText(file).missing(wanted) == missing


def test_an_empty_heading_is_not_printed(tmp_path: Path) -> None:
    case = project(tmp_path)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "bare.yaml").write_text(
        "id: bare\nname: Bare\nextends: generic-care\nsections:\n- {heading: '', from: [introduction]}\n", "utf-8"
    )
    run(["render", str(case), "--to", "html", "--profile", "bare", "-o", str(tmp_path / "out"), "-q"])
    page = (tmp_path / "out" / "typed" / "typed.html").read_text("utf-8")
    assert "Zparagraph words" in page
    assert "<h2></h2>" not in page
