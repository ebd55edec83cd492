"""Results as laboratories print them: judged rightly or not at all, printed as typed; flags worked out by hand."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from test_compose import tell

from casewriter.article import quantities
from casewriter.article.nodes import Table
from casewriter.article.walk import plain as shown
from casewriter.article.words import words_for
from casewriter.model import lexicon
from casewriter.model.quantity import Quantity, computed_flag, parse_reference, parse_value
from casewriter.model.reading import read
from casewriter.project import find_cases
from casewriter.work.check import check

NBSP = "\u00a0"
SPACED = "\u00a0> 5"


def flag(value: str, reference: str, unit: str | None = None) -> str | None:
    return computed_flag(parse_value(value), parse_reference(reference), unit)


NUMBERS = [
    # value, reference, unit, flag
    ("12.5 (H)", "10-12", "g/L", "high"),
    ("12.5*", "10-12", "g/L", "high"),
    ("12.5 H", "10-12", "g/L", "high"),
    ("12.5H", "10-12", None, "high"),
    ("H 12.5", "10-12", None, "high"),
    ("↑12.5", "10-12", None, "high"),
    ("9.1 ↓", "10-12", None, "low"),
    ("9.1 [L]", "10-12", "g/L", "low"),
    ("9.1 LL", "10-12", "g/L", "low"),
    ("9.1 L", "10-12", "g/L", "low"),
    ("9.1 L", "10-12", "L", "low"),
    ("(N) 11", "10-12", "g/L", "normal"),
    ("12.5 high", "10-12", "g/L", "high"),
    ("12.5 (H) g/L", "10-12", "g/L", "high"),
    ("12.5 g/L H*", "10-12", "g/L", "high"),
    ("12.5 g/L", "10-12", None, "high"),
    ("12.5 g/L", "10-12 g/L", None, "high"),
    ("9 g/l", "10-12", "g/L", "low"),
    ("9", "10-12 g/L", "g/L", "low"),
    ("9 ug/L", "10-12 µg/l", "μg/L", "low"),
    ("<5 mg/L", "<5 mg/L", "mg/L", "normal"),
    ("45%", "40-50 %", "%", "normal"),
    ("3-5/hpf", "0-2", None, "high"),
    ("3-5/hpf", "0-2 /HPF", "/HPF", "high"),
    ("0–1 /hpf", "0-2", None, "normal"),
    ("55", "> 60 mL/min/1.73 m²", "mL/min/1.73 m2", "low"),
    # signs and spaces of other keyboards
    ("−12.3", "−2 – 2", "mmol/L", "low"),
    ("- 4", "-2 to 2", "mmol/L", "low"),
    ("– 4", "−2–2", "mmol/L", "low"),
    ("-4", "-5 - -2", "mmol/L", "normal"),
    ("-1", "-5--2", None, "high"),
    ("+3", "-2 – +2", None, "high"),
    ("１２．５", "10-12", None, "high"),
    ("12.5", "１０－１２", None, "high"),
    (SPACED, "<5", None, "high"),
    ("<\u202f0.5", "0.6\u00a0–\u00a01", None, "low"),
    ("12.5\u200b", "10-12", None, "high"),
    (">10000", "10–12", None, "high"),
    ("≧ 13", "10~12", None, "high"),
    # powers of ten
    ("2.5e5", "≤ 12", "U/L", "high"),
    ("1.2E-3", "0.01-0.02", None, "low"),
    ("2.5 × 10^5", "up to 12", "/mL", "high"),
    ("2.5  ×\u00a010^5", "up to 12", "/mL", "high"),
    ("2.5 × 10^5 IU/mL", "<20", None, "high"),
    ("45%", "40-50", None, "normal"),
    ("2.5x10^5", "150000-450000", "/µL", "normal"),
    ("2.5*10^5", "1.5-4.5 × 10^5", "/µL", "normal"),
    ("2.5 × 10⁵", "1.5 × 10⁵ – 4.5 × 10⁵", None, "normal"),
    ("1.2 · 10⁵", "1.5 × 10^5 - 4.5 × 10^5", None, "low"),
    (">10^5", "<10^4", "CFU/mL", "high"),
    ("10⁻³", "0.01-0.02", None, "low"),
    ("250 × 10^9/L", "150-400", "×10^9/L", "normal"),
    ("8.6 × 10^9/L", "8.6-10.3", "10*9/L", "normal"),
    ("12.5", "4.0–11.0 × 10^9/L", "x10^9/L", "high"),
    ("15000", "4-10 × 10^3/µL", "/uL", "high"),
    # ranges in words
    ("11", "less than 12", None, "normal"),
    ("12", "less than 12", None, "high"),
    ("12", "up to 12", None, "normal"),
    ("12.1", "Up  to 12", None, "high"),
    ("12", "below 12", None, "high"),
    ("12", "12 or less", None, "normal"),
    ("12", "more than 12", None, "low"),
    ("12", "at least 12", None, "normal"),
    ("less than 0.5", "0.6-1", None, "low"),
    ("over 100", "10-99", None, "high"),
    ("12.50", "12.5 - 15.0", None, "normal"),
    ("0.0", "0-0.5", None, "normal"),
    ("41", "0 - 40", None, "high"),
    ("0", "0", "/HPF", "normal"),
    ("3", "0", "/HPF", "high"),
    ("<.01", "<.04", None, "normal"),
]

TITRES = [
    ("1:640", "<1:80", "high"),
    ("1:640", "< 1/40", "high"),
    ("1/640", "<1/80", "high"),
    ("1 : 640", "<1 : 80", "high"),
    ("≥ 1:1280", "< 1:40", "high"),
    ("1:80", "<1:80", "high"),
    ("1:80", "≤1:80", "normal"),
    ("1:80", "up to 1:80", "normal"),
    ("1:40", "<1:80", "normal"),
    ("<1:40", "<1:80", "normal"),
    ("<1:80", "<1:80", "normal"),
    ("<1:80", "<1:40", None),
    (">1:80", "<1:40", "high"),
    ("1:160-1:320", "<1:80", "high"),
    ("1:640 (H)", "<1:80", "high"),
    ("1:10240", "<1:80", "high"),
    ("1∶640", "<1⁄80", "high"),
    ("1:640 titre", "<1:80", "high"),
    ("1:20", ">1:40", "low"),
    ("1:640", "1:80", None),
    ("1:640", "<80", None),
    ("640", "<1:80", None),
    ("1:640", "negative", None),
    ("negative", "<1:80", None),
]

WORDS = [
    ("neg", "negative", "normal"),
    ("neg.", "Negative", "normal"),
    ("-", "negative", "normal"),
    ("−", "neg", "normal"),
    ("non reactive", "non-reactive", "normal"),
    ("nonreactive", "Non-Reactive", "normal"),
    ("Not detected", "not detected", "normal"),
    ("not\u00a0detected", "not detected", "normal"),
    ("undetectable", "not detected", "normal"),
    ("no growth", "negative", "normal"),
    ("absent", "nil", "normal"),
    ("none", "absent", "normal"),
    ("Negative (N)", "negative", "normal"),
    ("negativ", "negative", "normal"),
    ("positive", "positive", "normal"),
    ("detected", "positive", "normal"),
    ("2+", "positive", "normal"),
    ("WNL", "normal", "normal"),
    ("straw-coloured", "Straw coloured", "normal"),
    ("reactive", "non-reactive", "abnormal"),
    ("detected", "undetectable", "abnormal"),
    ("positive", "-", "abnormal"),
    ("Positive*", "negative", "abnormal"),
    ("POS (A)", "NEG", "abnormal"),
    ("+", "negative", "abnormal"),
    ("++", "neg", "abnormal"),
    ("＋＋", "negative", "abnormal"),
    ("3 +", "negative", "abnormal"),
    ("(+)", "negative", "abnormal"),
    ("trace", "negative", "abnormal"),
    ("few", "none", "abnormal"),
    ("negative", "positive", "abnormal"),
    ("abnormal", "normal", "abnormal"),
    # what one word says of the other is not certain
    ("equivocal", "negative", None),
    ("borderline", "negative", None),
    ("weakly positive", "negative", None),
    ("±", "negative", None),
    ("2+", "1+", None),
    ("few", "trace", None),
    ("amber", "yellow", None),
    ("normal", "negative", None),
    ("positive", "normal", None),
    ("negative", "Negative (<0.9)", None),
    ("not detected", "<20", None),
    ("0", "negative", None),
    ("TNTC", "0-2", None),
]

NOT_COMPARED = [
    ("15", "M 13-17, F 12-15", "g/dL"),
    ("12.5 g/dL", "120-160", "g/L"),
    ("12.5 g/dL", "120-160 g/L", None),
    ("12.5", "120-160 g/L", "g/dL"),
    ("12.5 approx", "10-12", "g/L"),
    ("12.5+", "10-12", "g/L"),
    ("5 of 12", "0-2", None),
    ("99/58", "90-140", "mmHg"),
    ("5-3", "4-6", None),
    ("<5", "2-4", None),
    ("1-3", "2-4", None),
    ("8", "5", None),
    ("3", "5", None),
    ("-1", "0", None),
    ("2.5 x 105", "4-10", None),
    ("1.5-10^5", "4-10", None),
    # the power may be meant for both, or twice
    ("7.2 × 10^9/L", "4-10", None),
    ("7.2 × 10^9/L", "4-10", "/L"),
    ("7.2 × 10^9", "4-10", "×10^9/L"),
    ("7.2e3", "4-10", "K/uL"),
    ("7.2e3", "4-10", "Lakh/cumm"),
    ("7.2 /L", "4-10", "×10^9/L"),
    ("7.2", "4-10 × 10^9/L", None),
    ("1e999", "4-10", None),
    ("45%", "0.40-0.50", None),
    ("0.45", "40-50%", None),
]


@pytest.mark.parametrize(("value", "reference", "unit", "expected"), NUMBERS)
def test_a_printed_number_is_judged_as_the_number_it_is(
    value: str, reference: str, unit: str | None, expected: str
) -> None:
    assert flag(value, reference, unit) == expected


@pytest.mark.parametrize(("value", "reference", "expected"), [*TITRES, *WORDS])
def test_titres_are_judged_by_their_reciprocals_and_words_by_their_meaning(
    value: str, reference: str, expected: str | None
) -> None:
    assert flag(value, reference) == expected


@pytest.mark.parametrize(("value", "reference", "unit"), NOT_COMPARED)
def test_what_is_not_certain_is_not_judged(value: str, reference: str, unit: str | None) -> None:
    assert flag(value, reference, unit) is None


REFUSED = [
    ("15,000 (H)", "15000 (H)"),
    ("15,000/µL", "15000/µL"),
    ("15\u00a0000", "15000"),
    ("15’000", "15000"),
    ("12,5 g/L", "12.5 g/L"),
    ("１２，５", "12.5"),
    ("2,5 × 10^5", "2.5 × 10^5"),
    ("2,5e5", "2.5e5"),
]


@pytest.mark.parametrize(("typed", "better"), REFUSED)
def test_grouped_digits_are_refused_with_marks_and_units_too(typed: str, better: str) -> None:
    for parse in (parse_value, parse_reference):
        with pytest.raises(PydanticCustomError) as refused:
            parse(typed)
        assert f"write {better}" in refused.value.context["hint"]


# -- print: as typed, but for minus, grouping, ×, superscript and spaces ---------------------------------------------

SEEN = [
    # value, unit, in the table, in the text
    ("12.50", "g/L", "12.50", "12.50 g/L"),
    ("0.0", "g/L", "0.0", "0.0 g/L"),
    ("12.5 (H)", "g/L", "12.5 (H)", "12.5 (H) g/L"),
    ("12.5*", "g/L", "12.5*", "12.5* g/L"),
    ("↑ 12.5", "g/L", "↑ 12.5", "↑ 12.5 g/L"),
    ("12.5 g/l", "g/L", "12.5 g/L", "12.5 g/L"),
    ("12.5 mcg/L", "µg/L", "12.5 mcg/L", "12.5 mcg/L"),
    ("12.5 g/L (H)", None, "12.5 g/L (H)", "12.5 g/L (H)"),
    ("2.1 L", "L", "2.1 L", "2.1 L"),
    ("2.1 L", None, "2.1 L", "2.1 L"),
    ("45 %", "%", "45%", "45%"),
    ("1.2e5", "U/L", "1.2e5", "1.2e5 U/L"),
    ("2.5 × 10^5", "/mL", "2.5 × 10⁵", "2.5 × 10⁵/mL"),
    ("2.5x10^5", "CFU/mL", "2.5 × 10⁵", "2.5 × 10⁵ CFU/mL"),
    ("2.5*10⁵", None, "2.5 × 10⁵", "2.5 × 10⁵"),
    (">10^-3", None, ">10⁻³", ">10⁻³"),
    ("250 x 10^9/L", "10^9/L", "250 × 10⁹/L", "250 × 10⁹/L"),
    ("−12.3", "mmol/L", "−12.3", "−12.3 mmol/L"),
    ("- 4", "mmol/L", "−4", "−4 mmol/L"),
    ("-5 - -2", None, "−5 – −2", "−5 – −2"),
    ("3-5/hpf", None, "3–5/hpf", "3–5/hpf"),
    ("3-5", "/HPF", "3–5", "3–5/HPF"),
    ("12000 - 15000", "/µL", "12,000–15,000", "12,000–15,000/µL"),
    ("< 0.01", "ug/L", "<0.01", "<0.01 µg/L"),
    (">= 5", None, "≥5", "≥5"),
    ("≈90", "g/L", "≈90", "≈90 g/L"),
    ("less than 5", "mg/L", "less than 5", "less than 5 mg/L"),
    ("1234567", "IU/L", "1,234,567", "1,234,567 IU/L"),
    ("１２３４５", None, "１２３４５", "１２３４５"),
    ("≥ 1:1280", None, "≥ 1:1280", "≥ 1:1280"),
    ("1:10240", "titre", "1:10240", "1:10240 titre"),
    ("1/640", None, "1/640", "1/640"),
    ("99/58", "mmHg", "99/58", "99/58 mmHg"),
    ("120/80 mmHg", "mmHg", "120/80 mmHg", "120/80 mmHg"),
    ("5 of 12 mg", "g", "5 of 12 mg", "5 of 12 mg g"),
    ("2+", None, "2+", "2+"),
    ("+/-", None, "+/-", "+/-"),
    ("(+)", None, "(+)", "(+)"),
    ("neg.", "ratio", "neg.", "neg."),
    ("2.4", "INR", "2.4", "2.4 INR"),
    ("1.2", "ratio", "1.2", "1.2 ratio"),
    ("12.2", "S/CO", "12.2", "12.2 S/CO"),
    ("350", "kU/L", "350", "350 kU/L"),
    ("5.1", "G/L", "5.1", "5.1 G/L"),
    ("5.1", "x10^9/L", "5.1", "5.1 × 10⁹/L"),
    ("72", "bpm", "72", "72 bpm"),
]


@pytest.mark.parametrize(("typed", "unit", "table", "text"), SEEN)
def test_a_value_prints_as_typed(typed: str, unit: str | None, table: str, text: str) -> None:
    value, words = parse_value(typed), words_for("en")
    assert quantities.value(value, words, "en").replace(NBSP, " ") == table
    assert quantities.with_unit(value, unit, words, "en").replace(NBSP, " ") == text


INTERVALS = {
    "12.5 - 15.0": "12.5–15.0",
    "-2-2": "−2–2",
    "-2 to 2": "−2 to 2",
    "−2 – 2": "−2 – 2",
    "10~12": "10~12",
    "up to 12": "up to 12",
    "12 or less": "12 or less",
    "≤ 12": "≤12",
    "150000-450000": "150,000–450,000",
    "1.5-4.5 x10^5": "1.5–4.5 × 10⁵",
    "8.6-10.3 mg/dl": "8.6–10.3 mg/dL",
    "M 13-17, F 12-15": "M 13-17, F 12-15",
    "<1:80": "<1:80",
    "Non-reactive": "Non-reactive",
    "Negative (<0.9)": "Negative (<0.9)",
}


@pytest.mark.parametrize(("typed", "seen"), INTERVALS.items())
def test_a_reference_prints_as_typed(typed: str, seen: str) -> None:
    assert quantities.reference(parse_reference(typed), "en").replace(NBSP, " ") == seen


LABS = """\
introduction: "So {{ labs.t1 }}."
labs:
  narrative: See.
  results:
    - {id: t1, test: Alpha, value: "12.5 (H)", unit: g/L, reference: 10-12, at: 0}
    - {test: Beta, value: "12.5*", unit: g/L, reference: 10-12, at: 0}
    - {test: Gamma, value: "9 (H)", unit: g/L, reference: 10-12, at: 0}
    - {test: Delta, value: "Positive (A)", reference: negative, at: 0}
    - {test: Epsilon, value: "2.5 × 10^5", unit: INR, reference: up to 12, at: 0}
    - {test: Zeta, value: "equivocal", reference: negative, at: 0}
"""


def test_the_letter_of_a_flag_is_printed_once() -> None:
    """H behind 12.5 (H) would say it twice; an asterisk does not say which, and a contradicting mark needs the letter."""
    (table,) = tell(LABS).blocks(Table)
    rows = [[shown(cell.children).replace(NBSP, " ") for cell in row.cells] for row in table.rows]
    assert rows == [
        ["Alpha (g/L)", "10–12", "12.5 (H)"],
        ["Beta (g/L)", "10–12", "12.5* H"],
        ["Gamma (g/L)", "10–12", "9 (H) L"],
        ["Delta", "negative", "Positive (A)"],
        ["Epsilon (INR)", "up to 12", "2.5 × 10⁵ H"],
        ["Zeta", "negative", "equivocal"],
    ]
    assert [row.cells[-1].flag for row in table.rows] == ["high", "high", "low", "abnormal", "high", ""]
    assert "So 12.5 (H) g/L." in tell(LABS).text


def test_a_concentration_that_inhibits_prints_with_the_unit_that_was_typed_or_none() -> None:
    """No unit is printed that nobody wrote; the zone of inhibition is not lost."""
    drugs = (
        "{meropenem: {value: S, mic: 0.5}, colistin: {value: R, mic: '> 8 mg/L'}, cefoxitin: {value: S, zone: 22 mm}}"
    )
    told = tell(
        "microbiology: {cultures: [{specimen: pus, result: growth, at: 0, organisms: [{name: E. coli, "
        f"susceptibility: {drugs}}}]}}]}}\n"
    )
    assert "meropenem S (MIC 0.5), colistin R (MIC >8 mg/L), cefoxitin S (zone of inhibition 22 mm)" in told.text


SERIES = "introduction: 'So {{{{ labs.x{selector} }}}}.'\nlabs: {{results: [{{id: x, test: X, unit: {unit}, series: [{points}]}}]}}\n"


def series(values: list[str], selector: str, unit: str = "g/L") -> Any:
    points = ", ".join(f'{{at: {n} d, value: "{value}"}}' for n, value in enumerate(values))
    return tell(SERIES.format(selector=selector, points=points, unit=unit))


@pytest.mark.parametrize(
    ("values", "selector", "seen"),
    [
        (["2.5e5", "300", "9000"], ".max", "2.5e5 g/L"),
        (["2.5 × 10^5", "3 × 10^6"], ".max", "3 × 10⁶ g/L"),
        (["12.5 (H)", "9", "10.1*"], ".max", "12.5 (H) g/L"),
        (["12.5 (H)", "9", "pending", "negative"], ".min", "9 g/L"),
        (["1:80", "1:640", "<1:40"], ".max", "1:640 g/L"),
        (["1:80", "1:640", "<1:40"], ".min", "<1:40 g/L"),
        ([">10000", "5000"], ".max", ">10,000 g/L"),
        (["<0.5", "0.7"], ".min", "<0.5 g/L"),
        (["−3", "-2", "1"], ".min", "−3 g/L"),
        (["12", "negative"], "", "12 g/L, negative"),
        (["12", "13 mmol/L"], "", "12 g/L, 13 mmol/L"),
        (["12 g/L", "13"], "", "12 g/L, 13 g/L"),
        (["12", "13"], "", "12, 13 g/L"),
    ],
)
def test_the_extreme_of_a_series_is_the_right_one(values: list[str], selector: str, seen: str) -> None:
    told = series(values, selector)
    assert told.codes == []
    assert f"So {seen}." in told.text


@pytest.mark.parametrize(
    ("values", "selector", "named"),
    [
        (["1:640", "40"], ".max", "1:640"),
        ([">10000", "12000"], ".max", ">10000"),
        (["<0.5", "0.4"], ".min", "<0.5"),
        (["12 mmol/L", "40"], ".min", "12 mmol/L"),
        (["12.5 approx", "40"], ".min", "12.5 approx"),
        (["positive"], ".max", "no numbers"),
    ],
)
def test_an_extreme_that_is_not_certain_is_not_chosen(values: list[str], selector: str, named: str) -> None:
    assert named in series(values, selector).only("CASE014").message


def test_results_of_one_test_in_two_units_have_no_extreme() -> None:
    rows = "{test: Calcium, value: 9.2, unit: mg/dL, at: 0}, {test: Calcium, value: 2.3, unit: mmol/L, at: 1 d}"
    told = tell(f"introduction: 'So {{{{ labs.calcium.max }}}}.'\nlabs: {{results: [{rows}]}}\n")
    assert "different units" in told.only("CASE014").message


def drawn(values: list[str], reference: str, unit: str = "×10^9/L") -> str:
    points = ", ".join(f'{{at: {n} d, value: "{value}"}}' for n, value in enumerate(values))
    told = tell(
        "introduction: See @fig-labs.\n"
        f'labs: {{results: [{{test: Alpha, unit: "{unit}", reference: "{reference}", series: [{points}]}}]}}\n'
    )
    (figure,) = [figure for figure in told.article.figures() if figure.target == "labs"]
    picture = figure.panels[0].picture
    assert picture is not None
    return picture.data.decode()


def test_a_figure_draws_each_number_in_the_unit_of_its_test_and_leaves_out_what_is_in_none() -> None:
    svg = drawn(["5", "7 × 10^9/L", "6.5 (L)", "1:640", "3 × 10^9", "8 g/L", "9"], "4-10 × 10^9/L")
    told = [text.replace(NBSP, " ") for text in re.findall(r"<title>([^<]*)</title>", svg) if text[:1].isdigit()]
    assert told == ["5 ×10⁹/L", "7 × 10⁹/L", "6.5 (L) ×10⁹/L", "9 ×10⁹/L"]
    assert "4–10" in svg


def test_a_figure_draws_no_range_that_is_in_another_unit() -> None:
    assert "4–10" not in drawn(["5", "9"], "4-10 mmol/L", "mg/dL")
    assert "4–10" in drawn(["5", "9"], "4-10 mmol/l", "mmol/L")


def test_the_letter_of_a_flag_is_drawn_once() -> None:
    svg = drawn(["12.5 (H)", "5"], "4-10", "g/L")
    assert svg.count("(H)") == 2  # drawn, and told to who points at it
    assert " H<" not in svg


# -- the problems that are told ---------------------------------------------------------------------------------------


def codes(folder: Path, row: str) -> list[str]:
    home = folder / "cases" / "example"
    home.mkdir(parents=True, exist_ok=True)
    (home / "case.yaml").write_text(f"format: 1\nlabs: {{results: [{{test: Alpha, {row}}}]}}\n", "utf-8")
    (file,) = find_cases([str(home)])
    return sorted(p.code for p in check(file).report.problems if p.code in ("DATA026", "DATA027", "DATA028"))


@pytest.mark.parametrize(("value", "reference", "unit"), NOT_COMPARED)
def test_what_is_not_judged_is_told(value: str, reference: str, unit: str | None, tmp_path: Path) -> None:
    row = f'value: "{value}", reference: "{reference}"' + (f', unit: "{unit}"' if unit else "")
    assert "DATA026" in codes(tmp_path, row)
    assert "DATA026" not in codes(tmp_path, row + ", flag: high")
    assert "DATA026" not in codes(tmp_path, row + ", flag: none")


@pytest.mark.parametrize(("value", "reference", "expected"), [*TITRES, *WORDS])
def test_a_word_or_titre_is_judged_or_told(value: str, reference: str, expected: str | None, tmp_path: Path) -> None:
    told = "DATA026" in codes(tmp_path, f'value: "{value}", reference: "{reference}"')
    assert told is (expected is None and value != "normal")  # the author's own verdict


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('value: "9.2 (H)", reference: 8.6-10.3', ["DATA027"]),
        ('value: "↓ 9.2", reference: 8.6-10.3', ["DATA027"]),
        ('value: "9.2*", reference: 8.6-10.3', ["DATA027"]),
        ('value: "11 (L)", reference: 8.6-10.3', ["DATA027"]),
        ('value: "11 L", unit: g/L, reference: 8.6-10.3', ["DATA027"]),
        ('value: "11 (N)", reference: 8.6-10.3', ["DATA027"]),
        ('value: "1:640 (L)", reference: "<1:80"', ["DATA027"]),
        ('value: "Negative (A)", reference: negative', ["DATA027"]),
        ('value: "11 (H)", flag: low', ["DATA027"]),
        ('series: [{at: 0, value: 9}, {at: 1 d, value: "9 (H)"}], reference: 8.6-10.3', ["DATA027"]),
        ('value: "11 (H)", reference: 8.6-10.3', []),
        ('value: "11 (HH)", reference: 8.6-10.3, flag: critical', []),
        ('value: "11*", reference: 8.6-10.3', []),
        ('value: "9.2 (N)", reference: 8.6-10.3', []),
        ('value: "11 L", unit: L, reference: 8.6-10.3', []),
        ('value: "11 L", reference: 8.6-10.3', []),
        ('value: "11 (H)"', []),
        ('value: "9.2 (H)", reference: 8.6-10.3, note: the range of the first hospital was lower', []),
        ('value: "9.2 (H)", reference: 8.6-10.3, flag: none', []),
        ('value: "12.5 g/dL", unit: g/L', ["DATA028"]),
        ('value: "12.5", unit: g/L, reference: 12-15 g/dL, flag: none', ["DATA028"]),
        ('value: "12.5 g/l", unit: g/L', []),
        ('value: "7 × 10^9/L", unit: 10*9/L', []),
        ('value: "2.1 L", unit: L', []),
        ('value: "12.5 g/dL"', []),
        ("value: pending, reference: 1-2", []),
        ("value: {not_done: clotted}, reference: 1-2", []),
        ("value: {median: 5, range: 1-9}, reference: 1-2", []),
        ("value: normal, reference: 1-2", []),
    ],
)
def test_marks_and_units_that_contradict_are_told(row: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, row) == expected


# -- properties -------------------------------------------------------------------------------------------------------

numbers = st.decimals(-999, 999, places=2).map(lambda d: d.normalize() + 0)
SIGNED = st.sampled_from(["-", "−", "–", "- ", "﹣"])


@st.composite
def written(draw: st.DrawFn, number: Decimal) -> str:
    """Return a number in one of its spellings, marked or not."""
    digits = f"{abs(number):f}"
    form = draw(st.sampled_from(["{}", "{}0", "{}e0", "{} × 10^0", "{}x10⁰", "{}*10^0", "full"]))
    if form == "full":
        digits = digits.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    elif form != "{}0" or "." in digits:
        digits = form.format(digits)
    digits = (draw(SIGNED) if number < 0 else "") + digits
    around = ["{}", "{} (H)", "{}*", "↑{}", "{} L", "{} g/L", "{} g/l (L)", " {}\u00a0", "\u3000{} [N]"]
    return draw(st.sampled_from(around)).format(digits)


@given(st.data(), numbers, numbers, numbers)
def test_no_spelling_changes_the_flag(data: st.DataObject, value: Any, one: Any, other: Any) -> None:
    low, high = sorted((one, other))
    assume(low < high)
    dash = data.draw(st.sampled_from(["-", " - ", "–", " – ", " to ", "~", "—"]))
    unit = data.draw(st.sampled_from(["", " g/L", "g/l"]))
    expected = "low" if value < low else "high" if value > high else "normal"
    typed = data.draw(written(value))
    assert flag(typed, f"{low:f}{dash}{high:f}{unit}", "g/L") == expected


@given(st.data(), numbers, numbers)
def test_no_spelling_changes_a_comparison(data: st.DataObject, value: Any, limit: Any) -> None:
    phrase, holds = data.draw(
        st.sampled_from(
            [
                ("<{}", value < limit),
                ("less than {}", value < limit),
                ("below {}", value < limit),
                ("≤ {}", value <= limit),
                ("up to {}", value <= limit),
                ("{} or less", value <= limit),
                (">\u00a0{}", value > limit),
                ("above {}", value > limit),
                (">={}", value >= limit),
                ("at least {}", value >= limit),
            ]
        )
    )
    wrong = "high" if phrase[0] in "<≤lbu{" else "low"
    assert flag(data.draw(written(value)), phrase.format(f"{limit:f}"), "g/L") == ("normal" if holds else wrong)


SIGNS = "< > ≤ ~ - – − + * ( ) : / % × ^ , . ' ↑"
WORDS_OR_NUMBERS = "1 2.5 640 10 12 １ ,5 e5 x10^5 10⁵ H L (H) g/L /hpf mg to up below neg trace of"
pieces = st.sampled_from([*SIGNS.split(), *WORDS_OR_NUMBERS.split(), " ", NBSP, "\u200b"])


@given(
    st.lists(pieces, max_size=8).map("".join),
    st.lists(pieces, max_size=8).map("".join),
    st.sampled_from([None, "g/L", "×10^9/L"]),
)
@example(" " * 5000, "x" + " " * 100_000, None)
def test_reading_never_fails_and_keeps_every_character(value: str, reference: str, unit: str | None) -> None:
    parts = read(value).parts
    assert parts.before + parts.number + parts.between + parts.unit + parts.after == value
    try:
        one, other = parse_value(value), parse_reference(reference)
    except PydanticCustomError:
        return
    assert computed_flag(one, other, unit) in (None, "low", "high", "normal", "abnormal")
    seen = quantities.value(one, words_for("en"), "en")
    bare = str.maketrans("", "", " \u00a0,-−–—×x*·^⁻⁺¹²³⁰⁴⁵⁶⁷⁸⁹=≤≥\u3000")
    kept = [character for character in one.written.translate(bare) if not character.isdigit()]
    assert [character for character in seen.translate(bare) if not character.isdigit()] == kept


def test_every_word_of_the_table_is_of_one_group() -> None:
    table = lexicon._data()["words"]
    folds = [lexicon.folded(word) for words in table.values() for word in words]
    assert len(folds) == len(set(folds)) >= 70
    assert all(lexicon.group(word) == name for name, words in table.items() for word in words)


def test_the_value_of_a_quantity_is_judged_in_its_unit() -> None:
    quantity = Quantity.model_validate({"value": "12.5 g/dL", "unit": "g/L", "reference": "120-160", "label": "Hb"})
    assert [quantity.computed(point) for point in quantity.points()] == [None]
