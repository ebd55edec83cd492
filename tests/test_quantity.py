"""Values, reference intervals and flags: every form of the contract, and flags worked out by hand."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from casewriter.article.quantities import flag
from casewriter.model.case import Case
from casewriter.model.quantity import Quantity, computed_flag, parse_reference, parse_value

VALUES = [
    # as written, lowest and highest number it can be, the mark before it, the one plain number
    ("9.2", 9.2, 9.2, "", 9.2),
    ("1.50", 1.5, 1.5, "", 1.5),
    ("15000", 15000.0, 15000.0, "", 15000.0),
    ("-3.5", -3.5, -3.5, "", -3.5),
    ("−3.5", -3.5, -3.5, "", -3.5),
    ("0", 0.0, 0.0, "", 0.0),
    ("<0.5", None, 0.5, "<", None),
    ("< 0.5", None, 0.5, "<", None),
    ("≤0.5", None, 0.5, "≤", None),
    ("<=0.5", None, 0.5, "≤", None),
    (">4.4", 4.4, None, ">", None),
    (">=4.4", 4.4, None, "≥", None),
    ("~90", 90.0, 90.0, "~", None),
    ("37-39", 37.0, 39.0, "-", None),
    ("37–39", 37.0, 39.0, "-", None),
    ("37.5 - 39.5", 37.5, 39.5, "-", None),
    ("1:640", None, None, "", None),
    ("2+", None, None, "", None),
    ("normal", None, None, "", None),
    ("negative", None, None, "", None),
    ("not detected", None, None, "", None),
    ("pending", None, None, "", None),
    ("NO", None, None, "", None),
]


@pytest.mark.parametrize(("text", "low", "high", "mark", "number"), VALUES)
def test_a_value_is_read_and_kept_as_written(
    text: str, low: float | None, high: float | None, mark: str, number: float | None
) -> None:
    found = parse_value(text)
    assert found.written == text
    assert (found.low, found.high, found.comparator, found.number) == (low, high, mark, number)


def test_a_summary_keeps_its_parts() -> None:
    found = parse_value({"median": "17.5", "range": "13-27"})
    assert dict(found.summary) == {"median": "17.5", "range": "13-27"}
    assert (found.low, found.high) == (None, None)


def test_what_was_not_done_says_why() -> None:
    assert parse_value({"not_done": "no reason to test"}).not_done == "no reason to test"


GROUPED = [
    ("15,000", "15000"),
    ("1,234,567", "1234567"),
    ("15'000", "15000"),
    ("15 000", "15000"),
    ("1,234.5", "1234.5"),
    ("1,5", "1.5"),
    ("12,34", "12.34"),
]


@pytest.mark.parametrize(("text", "remedy"), GROUPED)
def test_grouped_digits_and_decimal_commas_are_refused_with_what_to_write(text: str, remedy: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_value(text)
    assert refused.value.type == "quantity"
    assert f"write {remedy}" in refused.value.context["hint"]


@pytest.mark.parametrize("text", ["<15,000", ">1,5", "~1,200", "10,000-15,000", "1,2-1,4"])
def test_grouped_digits_are_refused_in_comparisons_and_ranges_too(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_value(text)
    with pytest.raises(PydanticCustomError):
        parse_reference(text)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        None,
        [],
        ["9.2"],
        {},
        {"value": "9"},
        {"not_done": None},
        {"not_done": "x", "median": "1"},
        {"median": ["1"]},
        9.2,
    ],
)
def test_what_is_no_value_is_refused_with_the_forms(written: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_value(written)
    assert refused.value.type == "quantity"
    assert all(form in refused.value.context["hint"] for form in ("9.2", "<0.5", "37-39", "not_done", "pending"))


REFERENCES: list[tuple[Any, float | None, float | None]] = [
    ("8.6-10.3", 8.6, 10.3),
    ("8.6–10.3", 8.6, 10.3),
    ("8.6 - 10.3", 8.6, 10.3),
    ("<5", None, 5.0),
    ("≤5", None, 5.0),
    (">60", 60.0, None),
    (">=60", 60.0, None),
    ({"low": "8.6", "high": "10.3"}, 8.6, 10.3),
    ({"low": "8.6"}, 8.6, None),
    ({"high": "10.3"}, None, 10.3),
    ("-2-2", -2.0, 2.0),
]


@pytest.mark.parametrize(("written", "low", "high"), REFERENCES)
def test_a_reference_interval_has_its_bounds(written: Any, low: float | None, high: float | None) -> None:
    found = parse_reference(written)
    assert (found.low, found.high, found.word) == (low, high, "")


@pytest.mark.parametrize("word", ["negative", "Negative", "not detected"])
def test_a_reference_may_be_a_word(word: str) -> None:
    found = parse_reference(word)
    assert (found.low, found.high, found.written, found.word) == (None, None, word, word.lower())


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("10.3-8.6", "lower number first"),
        ({}, "low: 8.6"),
        ({"min": "1"}, "low: 8.6"),
        ({"low": "negative"}, "low: 8.6"),
        ({"low": "<5"}, "low: 8.6"),
        ({"low": "10", "high": "5"}, ""),
        ("", "9.2"),
        (None, "9.2"),
        (["8.6", "10.3"], "9.2"),
    ],
)
def test_what_is_no_reference_is_refused(written: Any, named: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_reference(written)
    assert refused.value.type == "quantity"
    assert named in refused.value.context["hint"]


FLAGS = [
    # value, reference, flag: low, high, normal, abnormal, or None where the two cannot be compared
    ("9.2", "8.6-10.3", "normal"),
    ("8.6", "8.6-10.3", "normal"),
    ("10.3", "8.6-10.3", "normal"),
    ("8.59", "8.6-10.3", "low"),
    ("10.31", "8.6-10.3", "high"),
    ("-3", "-2-2", "low"),
    ("4.9", "<5", "normal"),
    ("5.1", "<5", "high"),
    ("5", "≤5", "normal"),
    ("5", "<5", "high"),
    ("60", ">=60", "normal"),
    ("60", ">60", "low"),
    ("59", ">=60", "low"),
    ("61", ">60", "normal"),
    ("<1", "<5", "normal"),
    ("<5", "<5", "normal"),
    ("<10", "8-12", None),
    ("<0.5", "0.6-1", "low"),
    ("<0.5", "0.5-1", "low"),
    (">4.4", "2-3", "high"),
    (">4.4", "2-4.4", "high"),
    ("≥4.4", "2-4.4", None),
    (">4.4", ">4", "normal"),
    ("<5", "<4", None),
    ("<10", "2-8", None),
    (">5", "6-9", None),
    ("~90", "80-100", "normal"),
    ("~120", "80-100", "high"),
    ("37-39", "36-40", "normal"),
    ("37-39", "38-40", None),
    ("37-39", "40-41", "low"),
    ("37-39", "30-36", "high"),
    ("negative", "negative", "normal"),
    ("Negative", "negative", "normal"),
    ("positive", "negative", "abnormal"),
    ("2+", "negative", "abnormal"),
    ("detected", "not detected", "abnormal"),
    ("pending", "negative", None),
    ("pending", "8.6-10.3", None),
    ("normal", "8.6-10.3", None),
    ("9.2", "negative", None),
    ("1:40", "<1:80", "normal"),  # a titre is its reciprocal
]


@pytest.mark.parametrize(("value", "reference", "expected"), FLAGS)
def test_the_flag_is_computed_from_value_and_reference(value: str, reference: str, expected: str | None) -> None:
    assert computed_flag(parse_value(value), parse_reference(reference)) == expected


@pytest.mark.parametrize("value", [{"not_done": "no sample"}, {"median": "17", "range": "13-27"}])
def test_what_is_no_single_value_has_no_flag(value: dict[str, str]) -> None:
    assert computed_flag(parse_value(value), parse_reference("1-2")) is None
    assert computed_flag(parse_value(value), parse_reference("negative")) is None


def test_without_reference_there_is_no_flag() -> None:
    assert computed_flag(parse_value("9.2"), None) is None


@pytest.mark.parametrize(
    ("own", "printed"), [(None, "high"), ("low", "low"), ("normal", ""), ("none", ""), ("critical", "critical")]
)
def test_the_authors_flag_wins_and_none_switches_it_off(own: str | None, printed: str) -> None:
    quantity = Quantity.model_validate({"label": "Calcium", "value": "12", "reference": "8.6-10.3", "flag": own})
    assert [flag(quantity, point) for point in quantity.points()] == [printed]


def test_a_point_of_a_series_may_carry_its_own_flag() -> None:
    series = [{"at": "0", "value": "12"}, {"at": "1 wk", "value": "9"}, {"at": "2 wk", "value": "12", "flag": "none"}]
    quantity = Quantity.model_validate({"label": "Calcium", "reference": "8.6-10.3", "series": series})
    assert [flag(quantity, point) for point in quantity.points()] == ["high", "", ""]


# -------------------------------------------------------------------------------------------- results, groups and grids


def test_a_group_gives_what_its_results_do_not_say() -> None:
    haemoglobin = {"test": "Haemoglobin", "value": "131"}
    leucocytes = {"test": "Leucocytes", "value": "7", "unit": "10*9/L", "at": "3 d"}
    shared = {"panel": "Haematology", "at": "2 d", "specimen": "blood", "unit": "g/L"}
    group = {**shared, "results": [haemoglobin, leucocytes]}
    case = Case.model_validate({"format": "1", "labs": {"groups": [group]}})
    assert case.labs
    rows = [row for _, row in case.labs.rows()]
    assert [(r.test, r.unit, r.specimen, r.panel, r.at.written if r.at else None) for r in rows] == [
        ("Haemoglobin", "g/L", "blood", "Haematology", "2 d"),
        ("Leucocytes", "10*9/L", "blood", "Haematology", "3 d"),
    ]


def test_a_grid_is_a_series_for_each_row_with_its_empty_places_left_out() -> None:
    row = {"test": "Creatinine", "unit": "umol/L", "reference": "60-105", "values": ["171", None, "98"]}
    case = Case.model_validate({"format": "1", "labs": {"grids": [{"at": ["0", "3 d", "1 wk"], "rows": [row]}]}})
    assert case.labs
    ((path, result),) = case.labs.rows()
    assert path == ("grids", 0, "rows", 0)
    assert [(p.at.written, p.value.written) for p in result.series if p.at and p.value] == [
        ("0", "171"),
        ("1 wk", "98"),
    ]
    assert [flag(result, point) for point in result.points()] == ["high", ""]


# ---------------------------------------------------------------------------------------------------------- properties

SNIPPETS = st.sampled_from(
    ["<", ">", "=", "~", "≤", "-", "–", "−", " to ", "1", "9", ".", ",", "'", " ", ":", "+", "e", "²", "٣", "9" * 400]
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.lists(SNIPPETS, max_size=8).map("".join),
    lambda v: (
        st.lists(v, max_size=3)
        | st.dictionaries(st.sampled_from(["median", "range", "not_done", "low", "high", "x"]), v, max_size=4)
    ),
    max_leaves=5,
)


@given(anything, anything)
@example("9" * 5000, "<" + "9" * 5000)
@example("٣", "1-²")
def test_parsing_raises_nothing_but_its_own_refusal(value: Any, reference: Any) -> None:
    try:
        measured, interval = parse_value(value), parse_reference(reference)
    except PydanticCustomError:
        return
    assert computed_flag(measured, interval) in (None, "low", "high", "normal", "abnormal")


@given(st.text(max_size=20).filter(lambda t: t.strip() and not any(c.isdigit() for c in t)))
def test_any_words_are_a_value_as_written(text: str) -> None:
    assert parse_value(text).written == text.strip()


decimals = st.decimals(-1000, 1000, places=2).map(lambda d: d.normalize() + 0)


@given(decimals, decimals, decimals)
def test_a_number_is_low_normal_or_high_by_arithmetic(value: Any, one: Any, other: Any) -> None:
    low, high = sorted((one, other))
    found = computed_flag(parse_value(f"{value:f}"), parse_reference({"low": f"{low:f}", "high": f"{high:f}"}))
    assert found == ("low" if value < low else "high" if value > high else "normal")
