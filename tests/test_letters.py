"""Every letter of a paper is set in a font that has it, and words from right to left keep to themselves."""

import re
from pathlib import Path

import pytest
from test_compose import tell

from casewriter.article.nodes import Run, Styled, Text
from casewriter.article.symbols import letter_meant
from casewriter.article.typography import isolated
from casewriter.article.walk import plain
from casewriter.cli.app import run
from casewriter.export.glyphs import extra_fonts, lacking
from casewriter.resources import font_files

KOREAN, JAPANESE, CHINESE = "발열", "不明熱の一例", "发热原因不明"
ARABIC, HEBREW, THAI, HINDI = "حمى غير معروفة", "חום", "ไข้", "ज्वर"


@pytest.mark.parametrize("text", [KOREAN, JAPANESE, CHINESE, ARABIC, HEBREW, THAI, HINDI, "Ἀ ệ ǔ ʔ", "♀♂☐☑③Ⅳ√∞⇒"])
def test_a_script_has_a_font(text: str) -> None:
    assert lacking(text) == ()


def test_a_letter_that_no_font_has_is_named() -> None:
    assert lacking("Done ✅ \uf062") == ("✅", "\uf062")


@pytest.mark.parametrize(
    ("text", "language", "fonts"),
    [
        ("fever ≥ 38.5 °C, 10⁻³", "en", ()),
        (KOREAN, "en", ("NotoSansKR",)),
        (CHINESE, "en", ("NotoSansSC",)),
        (JAPANESE, "en", ("NotoSansJP",)),
        (KOREAN + JAPANESE, "en", ("NotoSansJP", "NotoSansKR")),
        (KOREAN + CHINESE + JAPANESE, "en", ("NotoSansJP", "NotoSansSC", "NotoSansKR")),
        (ARABIC + HEBREW + THAI, "en", ("Amiri", "OpenSans", "NotoSansThai")),
    ],
)
def test_only_the_fonts_that_a_paper_needs_are_loaded(text: str, language: str, fonts: tuple[str, ...]) -> None:
    assert tuple(font for font in extra_fonts(text, language) if font != "NotoSans") == fonts


def test_each_font_is_there() -> None:
    names = {name.split("-")[0] for name in font_files()}
    assert {"GentiumBookPlus", "SourceSans3", "NotoSans", "NotoSansKR", "Amiri", "OpenSans", "NotoSansThai"} <= names


def pieces(run: Run) -> list[str]:
    return [f"<{plain(n.children)}>" if isinstance(n, Styled) else n.text for n in run if isinstance(n, Styled | Text)]


@pytest.mark.parametrize(
    ("text", "by_parts", "wanted"),
    [
        ("He said لا أستطيع (no).", False, ["He said ", "<لا أستطيع>", " (no)."]),
        ("(שלום 123 עולם) 5/10", False, ["(", "<שלום 123 עולם>", ") 5/10"]),
        (
            "الأحمد م, Roe A. حمى: تقرير. 2019;3:12–15",
            True,
            ["<الأحمد م>", ", Roe A. ", "<حمى: تقرير>", ". 2019;3:12–15"],
        ),
        ("plain", False, ["plain"]),
        ("حمى", False, ["<حمى>"]),
    ],
)
def test_a_run_from_right_to_left_stands_by_itself(text: str, by_parts: bool, wanted: list[str]) -> None:
    """Unicode Standard Annex 9, 2.4: an isolate does not turn what stands beside it."""
    assert pieces(isolated(text, by_parts=by_parts)) == wanted
    assert plain(isolated(text, by_parts=by_parts)) == text


def test_right_to_left_is_isolated_on_the_page(tmp_path: Path) -> None:
    case = tmp_path / "typed.yaml"
    case.write_text(
        "format: 1\ntitle: A report\nauthors:\n"
        "- {given: שרה, family: לוי, orcid: 0000-0002-1825-0097, affiliations: [x], corresponding: true, email: a@b.org}\n"
        "affiliations: {x: {institution: مستشفى المثال, city: Haifa, country: Israel}}\n"
        'introduction: "She said לא 5/10 [@a]."\n'
        "references: [{id: a, type: article-journal, title: حمى, container-title: المجلة, issued: 2019, volume: 3, page: 12-15}]\n",
        "utf-8",
    )
    assert run(["render", str(case), "-o", str(tmp_path / "out"), "-q"]) == 0
    html = (tmp_path / "out" / "typed" / "typed.html").read_text("utf-8")
    body = re.sub(r"<wbr>|</?span[^>]*>", "", html[html.index("<main") :])
    assert body.count("<bdi>שרה לוי</bdi>") == 3  # among the authors, for correspondence, beside the ORCID
    assert "<bdi>مستشفى المثال</bdi>, Haifa, Israel" in body
    assert "She said <bdi>לא</bdi> 5/10" in body
    assert "<bdi>المجلة</bdi>. 2019;3:" in body
    shown = re.sub(r"<bdi>.*?</bdi>", "", body)
    assert re.search("[\u0590-\u06ff]", re.sub(r'="[^"]*"', "", shown)) is None


# -- private letters of word processors ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("char", "letter"),
    [("\uf061", "α"), ("\uf062", "β"), ("\uf06d", "μ"), ("\uf0b0", "°"), ("\uf0b1", "±"), ("\uf0b3", "≥"), ("\uf0a3", "≤"), ("\uf0ae", "→"), ("\uf0b4", "×"), ("\uf044", "Δ"), ("\uf0e0", "")],
)  # fmt: skip
def test_a_private_letter_is_told_with_the_letter_meant(char: str, letter: str) -> None:
    """Adobe, Symbol Encoding to Unicode: the code of the letter in the font, moved to U+F000."""
    assert letter_meant(char) == letter
    (problem,) = [p for p in tell(f"course: 5 {char}g\n").problems if p.code == "CASE021"]
    assert f"U+{ord(char):04X}" in problem.message
    assert (letter or "meant") in (problem.hint or "")


def test_a_bullet_of_word_is_a_bullet_and_no_private_letter() -> None:
    told = tell("course: |\n  \uf0b7\tfirst\n  \uf0b7\tsecond\n")
    assert told.codes == []
    assert "\uf0b7" not in told.text
