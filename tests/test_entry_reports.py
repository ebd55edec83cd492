"""What users reported of printed entries: nothing that the record says is changed or lost, in any style.

The expected texts follow the record as typed, and Citing Medicine, 2nd edition (NLM), where a form is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from pathlib import Path

import oracle
import pytest

from casewriter.citation.document import document
from casewriter.citation.style import find_style
from casewriter.cli.app import run
from casewriter.model.reference import Reference
from casewriter.project import find_cases
from casewriter.work.check import check

OF_PROFILES = ("nlm-citation-sequence", "bmj", "springer-vancouver-brackets", "clinical-rheumatology")
"""The styles of the four profiles."""
KINDS = ("book", "chapter", "report", "paper-conference", "standard")
ALL = tuple(style for kind in ("numeric", "author-date") for style in oracle.read("styles.json")[kind])


def printed(style: str, **fields: object) -> str:
    hyphened = {key if key == "authors_truncated" else key.replace("_", "-"): value for key, value in fields.items()}
    reference = Reference.model_validate(hyphened)
    entries = document({"x": reference}, find_style(style), "en").entries()
    return "".join(text for text, _ in entries["x"])


def article(style: str, **fields: object) -> str:
    whole = {"type": "article-journal", "author": ["Smith A"], "title": "Itch", "container_title": "J Test"}
    return printed(style, **{**whole, "issued": "2001", **fields})


# -- punctuation with which a text begins ------------------------------------------------------------------------------


@pytest.mark.parametrize("style", OF_PROFILES)
@pytest.mark.parametrize(
    ("volume", "page"), [(".5", ".7"), (".inf", ".nan"), ("?5", ":7"), ("...5", "!7"), (".(5)", ".-7")]
)
def test_a_volume_or_page_is_printed_with_the_sign_before_it(style: str, volume: str, page: str) -> None:
    text = article(style, volume=volume, page=page)
    assert f"{volume}:{page}" in text


@pytest.mark.parametrize("style", ALL)
def test_no_style_takes_a_stop_from_the_beginning_of_a_text(style: str) -> None:
    texts = {"title": ".NET in clinics", "container_title": ".hack", "volume": ".51", "page": ".73"}
    printed = article(style, **texts).lower()
    shown = [text.lower() for text in texts.values() if text[1:].lower() in printed]
    assert len(shown) >= 3  # some styles print no title
    assert all(text in printed for text in shown)


def test_a_title_in_italics_keeps_its_first_sign() -> None:
    assert "!Kung" in article("bmj", title="<i>!Kung</i> children")


@pytest.mark.parametrize("style", OF_PROFILES)
@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Itch."},
        {"container_title": "J Test."},
        {"container_title": "J Test. "},
        {"author": [{"literal": "Study Group."}]},
        {"author": [{"family": "Groen", "given": "Maaike M."}]},
        {"author": ["Smith J. A."]},
        {"page": "7."},
    ],
)
def test_a_stop_at_the_end_of_a_text_is_not_doubled(style: str, fields: dict[str, object]) -> None:
    text = (
        article(style, volume="5", page="7") if not fields else article(style, **{"volume": "5", "page": "7", **fields})
    )
    assert ".." not in text
    assert " ." not in text


# -- numbers that a style does not look for ------------------------------------------------------------------------------


@pytest.mark.parametrize("style", OF_PROFILES)
def test_an_article_number_is_printed_where_pages_would_be(style: str) -> None:
    text = article(style, volume="8", number="e42692")
    assert "8:e42692" in text


@pytest.mark.parametrize("style", OF_PROFILES)
def test_pages_stay_where_an_article_has_both(style: str) -> None:
    text = article(style, volume="8", page="12-14", number="e42692")
    assert ("12–" in text) != ("e42692" in text)


@pytest.mark.parametrize("style", OF_PROFILES)
@pytest.mark.parametrize("number", ["bcr-2020-234567", "13030/qt1f1212gh", "e20192729"])
def test_an_article_number_is_no_range_of_pages(style: str, number: str) -> None:
    assert f"8:{number}" in article(style, volume="8", page=number)


def test_a_style_that_prints_a_series_prints_its_number() -> None:
    with_series: Counter[str] = Counter()
    for style in ALL:
        for kind, variable in product(KINDS, ("collection_number", "number")):
            fields = {"type": kind, "author": ["Roe A"], "title": "Methods", "container_title": "Holder"}
            text = printed(style, **fields, collection_title="Guideline", issued="2016", **{variable: "M45"})
            if "guideline" in text.lower():
                with_series[kind] += 1
                assert "M45" in text, (style, kind, variable)
    assert min(with_series[kind] for kind in KINDS) >= 30


def test_the_form_of_a_series_is_that_of_citing_medicine() -> None:
    fields = {"type": "book", "title": "Methods", "collection_title": "CLSI guideline", "issued": "2016"}
    assert "(CLSI guideline; no. M45)" in printed("nlm-citation-sequence", **fields, collection_number="M45")
    assert "(CLSI guideline; no. M45)" in printed("nlm-citation-sequence", **fields, number="M45")


CASE = """format: 1
introduction: As the guideline says [@clsi].
references:
- {{id: clsi, type: book, author: [{{literal: CLSI}}], title: Methods{title}, publisher: CLSI, publisher-place: Wayne, issued: 2016,
   {number}}}
"""


@pytest.mark.parametrize(
    ("number", "title", "told"),
    [
        ("collection-title: CLSI guideline, collection-number: M45", "", ["M45"]),
        ("collection-title: CLSI guideline M45", "", ["CLSI guideline M45"]),
        ("collection-title: CLSI guideline, number: M45", "", ["M45"]),
        ("collection-title: CLSI guideline, collection-number: M45", " of M45", []),
        ("collection-title: CLSI guidelines", "", []),
    ],
)
def test_a_number_that_the_style_leaves_out_is_told(tmp_path: Path, number: str, title: str, told: list[str]) -> None:
    (tmp_path / "case.yaml").write_text(CASE.format(number=number, title=title), "utf-8")
    found = [
        problem
        for problem in check(find_cases([str(tmp_path)])[0], profile="bmj-case-reports").report.problems
        if problem.code == "REF030"
    ]
    assert len(found) == len(told)
    assert all(f"“{said}”" in problem.message for said, problem in zip(told, found, strict=True))


def test_a_number_that_the_style_prints_is_not_told(tmp_path: Path) -> None:
    number = "collection-title: CLSI guideline, collection-number: M45"
    (tmp_path / "case.yaml").write_text(CASE.format(number=number, title=""), "utf-8")
    problems = check(find_cases([str(tmp_path)])[0]).report.problems
    assert [problem.code for problem in problems if problem.code == "REF030"] == []


# -- signs of HTML in titles -----------------------------------------------------------------------------------------------


def test_signs_of_code_in_a_title_are_written_once_into_the_page(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "format: 1\ntitle: A case\nintroduction: Known [@a].\nreferences:\n"
        "- {id: a, type: article-journal, author: [Roe A], container-title: J & K, issued: 2004, volume: 1, page: 1-2,\n"
        "   title: 'CD4<200 & CD8>500: `x<5` in <sup>18</sup>F, CO<sub>2</sub> and <i>E. coli</i> &amp; a<b'}\n",
        "utf-8",
    )
    run(["render", str(tmp_path), "-o", str(tmp_path / "out"), "--to", "html"])
    page = re.sub("</?span[^>]*>", "", next((tmp_path / "out").rglob("*.html")).read_text("utf-8"))
    assert (
        "CD4&lt;200 &amp; CD8&gt;500: `x&lt;5` in <sup>18</sup>F, CO<sub>2</sub> and <em>E. coli</em> &amp;amp; a&lt;b. "
        "J &amp; K."
    ) in page


# -- entries of edge cases, whole ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", OF_PROFILES)
def test_et_al_of_a_source_that_names_one_author_is_set_as_behind_several(style: str) -> None:
    """A comma stands before et al.: Citing Medicine, 2nd edition, chapter 1, author."""
    assert article(style, authors_truncated="true").startswith("Smith A, et al")


@pytest.mark.parametrize(
    ("fields", "entry"),
    [
        (
            {"title": "Is it lupus? A riddle!", "container_title": "J Test.", "volume": "1", "page": "100-108"},
            "Smith A. Is it lupus? A riddle! J Test. 2001;1:100–8.",
        ),
        (
            {
                "title": "Ends with stop.",
                "issued": "2003-05",
                "volume": "12 Suppl 1",
                "issue": "3 Pt 2",
                "page": "S12-S15",
            },
            "Smith A. Ends with stop. J Test. 2003 May;12 Suppl 1(3 Pt 2):S12–5.",
        ),
        (
            {"title": 'CO<sub>2</sub>: what\'s "new"?', "volume": "1", "page": "e2011234"},
            "Smith A. CO2: what’s “new”? J Test. 2001;1:e2011234.",
        ),
        (
            {"title": "Uptake of ⁶⁸Ga-DOTATATE and ¹⁸F-FDG", "volume": "1", "page": "9-10"},
            "Smith A. Uptake of ⁶⁸Ga-DOTATATE and ¹⁸F-FDG. J Test. 2001;1:9–10.",
        ),
        (
            {"title": "[Un cas de lupus]", "volume": "133", "page": "999-1002", "language": "fr"},
            "Smith A. [Un cas de lupus]. J Test. 2001;133:999–1002.",
        ),
        ({"title": "In the press", "issued": "in press"}, "Smith A. In the press. J Test. in press."),
    ],
)
def test_an_entry_says_what_is_typed(fields: dict[str, object], entry: str) -> None:
    assert article("nlm-citation-sequence", **fields) == entry
