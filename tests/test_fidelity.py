"""What is typed is what is printed: no sign of a case is lost on its way to the page, and none is added.

`CASEWRITER_FIDELITY=20000 pytest tests/test_fidelity.py` tries that many cases instead of a few hundred.
"""

import os

import pytest
from fidelity import MARKUP, NOTATION, Typed, differences, folded, typed_case, with_signs
from hypothesis import given, settings
from hypothesis import strategies as st

from casewriter.article.compose import compose
from casewriter.article.paper import Article
from casewriter.citation import read_library
from casewriter.export import pdf
from casewriter.export.html import data_address, page
from casewriter.export.readback import lost, pdf_text
from casewriter.model.case import Case
from casewriter.profile import find_profile
from casewriter.template import find_template

CASES = int(os.environ.get("CASEWRITER_FIDELITY", "300"))
SHARES = (0.05, 0.15, 0.4)
"""Share of the optional keys that a case has: few, so that most cases are small."""


def composed(case: Case, layout: str = "article") -> Article:
    return compose(case, find_profile("generic-care"), read_library(case, {}), layout=layout).article


def shown(case: Case) -> str:
    return page(composed(case), find_template("article"), data_address)


@settings(max_examples=CASES, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(SHARES))
def test_every_text_of_a_page_is_what_was_typed(seed: int, share: float) -> None:
    typed = typed_case(seed, share)
    assert differences(typed, shown(typed.case)) == []


@pytest.mark.parametrize("layout", ["article", "manuscript"])
@pytest.mark.parametrize("seed", range(3))
def test_every_text_of_a_pdf_is_what_was_typed(seed: int, layout: str) -> None:
    article = composed(typed_case(seed, 0.4).case, layout)
    output = bytes(pdf.export(article, find_template(layout)))
    assert [problem.message for problem in lost(article, pdf_text(output), "PDF")] == []


# -- the comparison itself ---------------------------------------------------------------------------------------


def test_the_comparison_sees_a_lost_sign() -> None:
    case = Case.model_validate({"format": "1", "introduction": "zq1zq 5~10 mg zq1zqe"})
    assert differences(Typed(case, {"zq1zq": "5~10 mg"}), shown(case)) == []
    assert differences(Typed(case, {"zq1zq": "5~10 mg"}), shown(case).replace("~", "")) != []
    assert differences(Typed(case, {"zq1zq": "5~10 mg"}), shown(case).replace("~", "–")) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("− 4", "4"),
        ("> 5", "5"),
        ("HLA-B*58", "HLA-B58"),
        ("5~10", "510"),
        ("10^9/L", "10^8/L"),
        ("(H)", "H"),
        ("2+", "2"),
    ],
)
def test_the_comparison_folds_no_sign_away(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_the_signs_of_markup_are_written_back() -> None:
    html = "<p>H<sub>2</sub>O <em>a</em> <strong>b</strong> 10<sup>9</sup><br><code>x</code></p>"
    assert with_signs(html) == "H~2~O *a* **b** 10^9^ `x`"


# -- signs, each in each kind of place -----------------------------------------------------------------------------

PLACES = {
    "title": lambda text: {"title": text},
    "narrative": lambda text: {"introduction": text},
    "line of a narrative": lambda text: {"introduction": f"The value was\n{text}\nthen."},
    "cell": lambda text: {
        "introduction": "@tbl-t",
        "tables": {"t": {"columns": ["A"], "rows": [[text]], "caption": text}},
    },
    "label": lambda text: {"diagnosis": {"final": [{"label": text}]}},
    "dose": lambda text: {"treatment": {"interventions": [{"label": "x", "dose": text}]}},
    "keyword": lambda text: {"keywords": [text]},
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", NOTATION)
def test_each_sign_is_printed_wherever_it_stands(text: str, place: str) -> None:
    typed = f"zq1zq {text} zq1zqe" if "line" not in place else text
    case = Case.model_validate({"format": "1", **PLACES[place](typed)})
    html = shown(case)
    if "line" in place:
        assert folded(f"The value was {text} then.") in folded(with_signs(html))
    else:
        assert "zq1zq" in html.lower()
        assert differences(Typed(case, {"zq1zq": text}), html) == []


@pytest.mark.parametrize("text", NOTATION)
def test_each_sign_is_printed_alone_in_a_field(text: str) -> None:
    """The field begins with the sign: nothing before it tells a list, a quotation or a heading apart."""
    case = Case.model_validate({"format": "1", "tables": {"t": {"columns": ["A"], "rows": [[text]]}}})
    cells = with_signs(shown(case)).split("\x01")
    assert folded(text) in [folded(cell) for cell in cells]


def test_markup_is_read() -> None:
    """The other half of the law: what is documented works, so the comparison cannot pass by reading nothing."""
    case = Case.model_validate({"format": "1", "introduction": " ; ".join(MARKUP)})
    html = shown(case)
    for made in ("<em>in vitro</em>", "<strong>bold</strong>", "<sub>2</sub>", "<sup>9</sup>", "<code>code</code>"):
        assert made in html


def test_a_word_held_together_ends_in_no_character_reference() -> None:
    """Found by the property: the 24 letters behind a hyphen ended inside `&lt;`, and the page said `<; 0.05`."""
    text = "CA -125naïve/TPMT*1/*3A/`< 0.05 dose"
    case = Case.model_validate({"format": "1", "introduction": f"zq1zq {text} zq1zqe"})
    assert differences(Typed(case, {"zq1zq": text}), shown(case)) == []
