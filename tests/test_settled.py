"""The style sheet of paper: rules for screens go, variables of the whole page are replaced, nothing looks different."""

from __future__ import annotations

import pytest

from casewriter.article.compose import compose
from casewriter.citation import Library
from casewriter.export.html import page
from casewriter.export.settled import settled
from casewriter.export.vetted import address
from casewriter.export.weasy import weasyprint
from casewriter.load import load
from casewriter.profile import find_profile
from casewriter.source import read
from casewriter.template import find_template

_CASE = """
format: 1
title: "A case"
presentation: She took 400 mg of it for 12 days.
labs:
  narrative: See @tbl-labs.
  results: [{test: Potassium, value: 6.1, unit: mmol/L, reference: 3.5-5.1, at: 2 d}]
timeline: [{at: 1 d, event: Fever}, {at: 1 d, event: Rash}, {at: 2 d, event: Relief}]
"""


def _settled(css: str, body: str = "") -> str:
    made = settled(f"<style>{css}</style>{body}")
    assert made.endswith(f"</style>{body}")
    return made.removeprefix("<style>").removesuffix(f"</style>{body}")


def test_rules_for_screens_go_and_those_for_paper_stay() -> None:
    css = (
        "p { margin: 0 }\n@media screen { a { x: y } }\n/* } */ @media screen and (min-width: 9rem) { b { x: y } }"
        "@media print { i { x: y } }@media screen, print { u { x: y } }@import url(a.css);q::before { content: '}' }"
    )
    left = "p { margin: 0 }@media print { i { x: y } }@media screen, print { u { x: y } }@import url(a.css);"
    assert _settled(css).replace("\n", "") == f"{left}q::before {{ content: '}}' }}"


def test_a_variable_of_the_page_is_replaced_by_its_last_value() -> None:
    css = ':root { --deep: #14505c; --sans: "Source Sans 3", Arial }a { color: var(--deep); font: 9pt var( --sans ) }'
    made = _settled(f"{css}:root {{ --deep: #7a1f3d; }}")
    assert 'a { color: #7a1f3d; font: 9pt "Source Sans 3", Arial }' in made


@pytest.mark.parametrize(
    "also",
    [
        ".note { --deep: red }",
        "@media print { :root { --deep: red } }",
        ":root { --deep: red !important }",
        ":root, .note { --deep: red }",
        ":root { --deep: inherit }",
        ":root { --deep: var(--other) }",
        ':root { --deep: "a;b" }',
    ],
)
def test_a_variable_that_is_said_in_another_way_stays(also: str) -> None:
    css = f":root {{ --deep: #14505c; }}{also}a {{ color: var(--deep) }}"
    assert _settled(css) == css


def test_a_variable_that_the_body_of_the_page_changes_stays() -> None:
    css = ":root { --deep: #14505c; }a { color: var(--deep) }"
    assert _settled(css, '<p style="--deep: red">') == css
    assert _settled(css, "<style>:root { --deep: red }</style>") == css


@pytest.mark.parametrize("css", ["a { color: red", "a { color: red }}", "@media screen { a { color: red }"])
def test_a_sheet_with_a_brace_too_many_or_few_stays(css: str) -> None:
    assert _settled(css) == css


@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_a_settled_page_is_the_same_pdf(layout: str) -> None:
    case = load(read(_CASE.encode(), "case.yaml")).case
    assert case is not None
    article = compose(case, find_profile("generic-care"), Library(), {}).article
    html = page(article, find_template(layout), address, policy=False, origins=True)
    made = settled(html)
    pdfs = [weasyprint().HTML(string=one).write_pdf(pdf_identifier=b"a", uncompressed_pdf=True) for one in (html, made)]
    assert "@media screen" in html
    assert "@media screen" not in made
    assert "var(" not in made
    assert pdfs[0] == pdfs[1]
