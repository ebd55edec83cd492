"""Kinds of fault that people who write case reports reported in public, each with its right value on the page."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml

from casewriter.cli.app import run

MARKS = {"sup": "^", "sub": "~", "em": "/", "strong": "!"}


def rendered(folder: Path, case: str, *arguments: str) -> tuple[int, str]:
    """Render a case; return the exit code and the text of its page, raised ^so^, lowered ~so~, italic /so/."""
    file = folder / "typed.yaml"
    file.write_text(f"format: 1\n{case}", "utf-8")
    code = run(["render", str(file), "--to", "html", "-o", str(folder / "out"), "-q", *arguments])
    return code, text_of(folder / "out" / "typed" / "typed.html")


def text_of(page: Path) -> str:
    html = page.read_text("utf-8")
    body = html[html.index("<main") :]
    for tag, mark in MARKS.items():
        body = re.sub(rf"</?{tag}(?: [^>]*)?>", mark, body)
    body = re.sub(r"</(?:p|li|tr|h\d|div|dd|td|th)>", " ¦ ", body)
    plain = unescape(re.sub(r"<[^>]*>", "", body)).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", plain)


def prose(text: str) -> str:
    """Return a case whose introduction is a text of blocks."""
    return yaml.safe_dump({"introduction": text}, allow_unicode=True, width=10_000)


# -- stars, tildes, carets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("HLA-B*58:01 and HLA-A*33:03 were found", "HLA-B*58:01 and HLA-A*33:03 were found"),
        ("HLA-DRB1*15:01/*03:01, then HLA-C*06:02", "HLA-DRB1*15:01/*03:01, then HLA-C*06:02"),
        ("CYP2C19 *2/*17, TPMT*1/*3A and *1/*1", "CYP2C19 *2/*17, TPMT*1/*3A and *1/*1"),
        ("UGT1A1*28/*28 and NAT2*5B/*6A", "UGT1A1*28/*28 and NAT2*5B/*6A"),
        ("a **DRB1*07:01** allele", "a !DRB1*07:01! allele"),
        ("*Staphylococcus aureus* grew", "/Staphylococcus aureus/ grew"),
        ("(*in vitro*), *E. coli*.", "(/in vitro/), /E. coli/."),
        ("* p < 0.05, ** p < 0.01", "* p < 0.05, ** p < 0.01"),
        ("*p < 0.05, **p < 0.01, ***p < 0.001", "*p < 0.05, **p < 0.01, ***p < 0.001"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("He took ~2 g, then 5~10 mg.", "He took ~2 g, then 5~10 mg."),
        ("3~5 days and 7~10 days", "3~5 days and 7~10 days"),
        ("a mass of ~9 mm to ~12 mm", "a mass of ~9 mm to ~12 mm"),
        ("H~2~O, PaCO~2~, T~1~-weighted", "H~2~O, PaCO~2~, T~1~-weighted"),
        ("14.6 x 10^9/L and 212 x 10^9/L", "14.6 x 10⁹/L and 212 x 10⁹/L"),
        ("from 10^5 to 10^3 copies/mL", "from 10⁵ to 10³ copies/mL"),
        ("10^9^/L, CD4^+^, ^18^F-FDG, 5^th^", "10^9^/L, CD4^+^, ^18^F-FDG, 5^th^"),
        ("log10^2 and 2^n", "log10^2 and 2^n"),
        ("kg/m^2 and mL/m^2", "kg/m^2 and mL/m^2"),
        ("snake_case_name, IMG_0001 and c.1521_1523del", "snake_case_name, IMG_0001 and c.1521_1523del"),
    ],
)
def test_signs_of_notation_and_of_markup(typed: str, printed: str, tmp_path: Path) -> None:
    code, page = rendered(tmp_path, prose(typed))
    assert code == 0
    assert printed in page


def test_a_title_keeps_its_stars_in_text_and_metadata(tmp_path: Path) -> None:
    rendered(tmp_path, 'title: "HLA-B*58:01 and HLA-A*33:03: a case report"\n')
    html = (tmp_path / "out" / "typed" / "typed.html").read_text("utf-8")
    assert "<title>HLA-B*58:01 and HLA-A*33:03: a case report</title>" in html
    assert "HLA-B*58:01 and HLA-A*33:03: a case report</h1>" in html


# -- how lines begin ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (
            "platelets had been\n> 450 and the temperature\n+ 38.5 °C",
            "platelets had been > 450 and the temperature + 38.5 °C",
        ),
        ("appeared in\n2019. It described", "appeared in 2019. It described"),
        ("Among them was patient\n#2 of the family", "Among them was patient #2 of the family"),
        ("whose mass measured\n- 3 cm across", "whose mass measured - 3 cm across"),
        ("The aldosterone was\n1. A further line", "The aldosterone was 1. A further line"),
        ("12. rib fractures are rare.", "12. rib fractures are rare."),
        ("# 3 grew no organism.", "# 3 grew no organism."),
        ("> 38.5 °C was measured twice.", "> 38.5 °C was measured twice."),
        ("- 3 dioptres was the refraction.", "- 3 dioptres was the refraction."),
        ("+ 2 oedema of both legs.", "+ 2 oedema of both legs."),
        ("A line\n===", "A line ==="),
        ("A line\n---", "A line ---"),
        ("***", "***"),
        (
            "The base excess was\n- 4 mmol/L and later\n- 2 mmol/L.",
            "The base excess was - 4 mmol/L and later - 2 mmol/L.",
        ),
        ("    pasted with an indent", "pasted with an indent"),
    ],
)
def test_a_line_that_only_looks_like_a_block_keeps_its_signs(typed: str, printed: str, tmp_path: Path) -> None:
    code, page = rendered(tmp_path, prose(typed))
    assert code == 0
    assert f"{printed} ¦" in page or printed in page


def html_of(folder: Path, typed: str) -> str:
    rendered(folder, prose(typed))
    html = (folder / "out" / "typed" / "typed.html").read_text("utf-8")
    return re.sub(r"\s*\n\s*", "", html[html.index("<main") :])


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Findings were:\n- fever\n- cough", "<ul><li><p>fever</p></li><li><p>cough</p></li></ul>"),
        ("Findings\n- fever\n- cough", "<ul><li><p>fever</p></li><li><p>cough</p></li></ul>"),
        ("- > 100 mg/L for CRP\n- < 50 G/L", "<ul><li><p>&gt;\u00a0100\u00a0mg/L for CRP</p></li><li><p>&lt;\u00a050 G/L</p></li></ul>"),
        ("• first\n• second", "<ul><li><p>first</p></li><li><p>second</p></li></ul>"),
        ("●\tfirst\n●\tsecond", "<ul><li><p>first</p></li><li><p>second</p></li></ul>"),
        ("\uf0b7\tfirst\n\uf0b7\tsecond", "<ul><li><p>first</p></li><li><p>second</p></li></ul>"),
        ("1) stop\n2) give", '<ol class="decimal-parenthesis"><li value="1"><p>stop</p></li><li value="2"><p>give</p></li></ol>'),
        ("a) alpha\nb) beta", '<ol class="alpha-parenthesis"><li value="1"><p>alpha</p></li><li value="2"><p>beta</p></li></ol>'),
        ("3. third\n4. fourth", '<ol class="decimal"><li value="3"><p>third</p></li><li value="4"><p>fourth</p></li></ol>'),
        ("1. one\n\n2. two", '<ol class="decimal"><li value="1"><p>one</p></li><li value="2"><p>two</p></li></ol>'),
        ("- outer\n  - inner\n- last", "<ul><li><p>outer</p><ul><li><p>inner</p></li></ul></li><li><p>last</p></li></ul>"),
        ("1. outer\n   - inner\n2. last", '<ol class="decimal"><li value="1"><p>outer</p><ul><li><p>inner</p></li></ul></li><li value="2"><p>last</p></li></ol>'),
        ("- one\n\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        ("> I could not breathe.", "<blockquote><p>I could not breathe.</p></blockquote>"),
        ("She said:\n> I could not breathe.", "<blockquote><p>I could not breathe.</p></blockquote>"),
        ("| A | B |\n|---|---|\n| 5 | 6 | 7 |", "<td>7</td>"),
    ],
)  # fmt: skip
def test_a_block_that_is_one_is_read(typed: str, made: str, tmp_path: Path) -> None:
    assert made in html_of(tmp_path, typed)


# -- one-line fields ---------------------------------------------------------------------------------------------

LONE = (
    "+",
    "-",
    "#",
    "*",
    "1.",
    "2)",
    "---",
    "***",
    "**",
    "++",
    "- 4",
    "− 4",
    "> 5",
    "+ 3",
    "1. x",
    "# 4",
    "a | b",
    "4. stage",
    "= 5",
    "~",
    "^",
    "`",
    "_",
    "\\",
    "|",
)


@pytest.mark.parametrize("sign", LONE)
def test_a_cell_and_a_finding_print_the_sign_that_was_typed(sign: str, tmp_path: Path) -> None:
    case = {
        "introduction": "See @tbl-t.",
        "tables": {"t": {"caption": sign, "columns": ["Sign", sign], "rows": [["Sign", sign]], "notes": sign}},
        "imaging": {"studies": [{"modality": "MRI", "findings": sign, "impression": sign}]},
    }
    code, page = rendered(tmp_path, yaml.safe_dump(case, allow_unicode=True))
    assert code == 0
    assert len(re.findall(rf" {re.escape(sign)}\.? ¦" if sign == "4. stage" else rf" {re.escape(sign)} ¦", page)) >= 4
    assert f"Table 1. {sign}" in page
    assert f"Impression: {sign} ¦" in page


# -- markup of other editors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("The drug was stopped.[^1]", "note"),
        ("The drug^[on advice] was stopped", "note"),
        ("![[figures/ct.png]]", "@fig-id"),
        ("![CT](figures/ct.png)", "@fig-id"),
        ("as in [[muller]]", "[@key]"),
        (r"as in \cite{muller}", "[@key]"),
        (r"see \ref{fig:ct}", "@fig-id"),
        (r"\textit{E. coli}", "*italic*"),
        (r"$\beta$-blockers", "sign itself"),
        ("$x_1$", "sign itself"),
        ("==marked==", "**bold**"),
        ("~~gone~~", "remove"),
        ("%%hidden%%", "YAML comment"),
        ("<!-- hidden -->", "YAML comment"),
        ("10<sup>9</sup>/L", "10^9^/L"),
        ("&beta;-blockers", "sign itself"),
    ],
)
def test_markup_of_other_editors_is_reported_with_what_to_write(
    typed: str, remedy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = rendered(tmp_path, prose(typed))
    told = capsys.readouterr().err
    assert code == 1
    assert "CASE019" in told
    assert remedy in told
    assert typed.rsplit(maxsplit=1)[-1] in page.replace("’", "'")
    assert not re.search(r"[\^~](?:\[|on advice)", page.replace(typed, ""))


@pytest.mark.parametrize(
    "typed", ["It cost $5 and then $10.", "x == y", "a && b", "AT&T; x", "5 ~~ 6", "<5 and >3", "100%% sure"]
)
def test_signs_that_are_no_markup_of_others_are_not_reported(
    typed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = rendered(tmp_path, prose(typed))
    assert (code, "CASE019" in capsys.readouterr().err) == (0, False)
    assert typed in page


# -- addresses, code -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (r"The code is at https://example.org/x\_y there", r"https://example.org/x\_y"),
        ("at http://example.org/a`b` too", "http://example.org/ab too"),
        ("at https://example.org/a*b*c_d~e~f^g^ too", "https://example.org/a*b*c_d~e~f^g^ too"),
        ("`CD4<200 & CD8>500` was low", "CD4<200 & CD8>500 was low"),
    ],
)
def test_addresses_and_code_are_as_typed(typed: str, printed: str, tmp_path: Path) -> None:
    code, page = rendered(tmp_path, prose(typed))
    html = (tmp_path / "out" / "typed" / "typed.html").read_text("utf-8")
    assert code == 0
    assert printed in page
    assert "klzzwxh" not in html
    assert "&amp;lt;" not in html


# -- records joined on a line ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "printed"),
    [
        (["no fever;", "Rash on 3 limbs."], "No fever; Rash on 3 limbs."),
        (["(3/5),", "B 2"], "(3/5), B 2"),
        (["a:", "b"], "a: b"),
        (["no fever", "no rash"], "No fever; no rash"),
    ],
)
def test_a_stop_that_the_author_typed_is_not_doubled(labels: list[str], printed: str, tmp_path: Path) -> None:
    negatives = [{"label": label} for label in labels]
    case = {"observation": {"examination": {"negatives": negatives}}}
    _, page = rendered(tmp_path, yaml.safe_dump(case, allow_unicode=True))
    assert printed in page


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("in m^2^[@a].", "in m^2^ (1)."),
        ("10^12^[@a] then", "10^12^ (1) then"),
        ("as said^[1]^ there", "as said^[1]^ there"),
    ],
)
def test_a_superscript_before_a_bracket_is_no_footnote(
    typed: str, printed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = yaml.safe_dump({"introduction": typed, "references": [{"id": "a", "title": "T"}]}, allow_unicode=True)
    _, page = rendered(tmp_path, f"{case}nocite: all\n")
    assert "CASE019" not in capsys.readouterr().err
    assert printed.replace(" (1)", "(1)") in page.replace(" (1)", "(1)")
