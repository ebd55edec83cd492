"""Relative time: every form of the contract means the days worked out by hand; all else is refused with its cure.

A year has 365.25 days and a month a twelfth of that, 30.4375 (the mean Gregorian ones, to which Julian years are near).
"""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from casewriter.load import load
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.duration import parse_age, parse_duration
from casewriter.model.time import parse_when
from casewriter.source import read

YEAR, MONTH, WEEK, HOUR, MINUTE = 365.25, 30.4375, 7.0, 1 / 24, 1 / 1440


def clock(timeline: dict[str, Any] | None = None, age: str | None = None, **more: Any) -> Chronology:
    data: dict[str, Any] = {"format": "1", **more}
    if timeline is not None:
        data["timeline"] = timeline
    if age is not None:
        data["observation"] = {"patient": {"age": age}}
    return Chronology(Case.model_validate(data))


OFFSETS = [
    ("0", 0.0),
    ("10 y", 3652.5),
    ("6 mo", 182.625),
    ("2 wk", 14.0),
    ("3 d", 3.0),
    ("36 h", 1.5),
    ("30 min", 1 / 48),
    ("-2 wk", -14.0),
    ("−2 wk", -14.0),
    ("1 y 6 mo", 547.875),
    ("-1 y 6 mo", -547.875),
    ("P10Y", 3652.5),
    ("-P2Y7M", -943.5625),
    ("PT36H", 1.5),
    ("P1M", 30.4375),
    ("PT1M", 1 / 1440),
    ("P3W", 21.0),
    ("P1DT12H", 1.5),
    ("1.5 d", 1.5),
    ("~1 mo", 30.4375),
    ("2-3 wk", 17.5),
    ("2–3 wk", 17.5),
    ("~-2 wk", -14.0),
    ("-3-2 d", -2.5),
    ("  3 d  ", 3.0),
]


@pytest.mark.parametrize(("text", "days"), OFFSETS)
def test_an_offset_is_so_many_days_from_the_index(text: str, days: float) -> None:
    assert clock().days(parse_when(text)) == pytest.approx(days, abs=1e-9)


def test_within_a_day_lies_between_the_index_and_the_day() -> None:
    found = clock().days(parse_when("<24 h"))
    assert found is not None
    assert 0 < found <= 1


COUNTED = [
    # text, days when the index is day 0, days when the index itself is day 1
    ("day 3", 3.0, 2.0),
    ("day 1", 1.0, 0.0),
    ("Day 12", 12.0, 11.0),
    ("week 2", 14.0, 7.0),
    ("month 1", 30.4375, 0.0),
    ("month 4", 121.75, 91.3125),
    ("year 2", 730.5, 365.25),
]


@pytest.mark.parametrize(("text", "from_zero", "from_one"), COUNTED)
def test_a_counted_unit_follows_the_first_day(text: str, from_zero: float, from_one: float) -> None:
    when = parse_when(text)
    assert clock().days(when) == pytest.approx(from_zero)
    assert clock({"first_day": "0"}).days(when) == pytest.approx(from_zero)
    assert clock({"first_day": "1"}).days(when) == pytest.approx(from_one)


@pytest.mark.parametrize(
    ("text", "age", "days"),
    [
        ("age 8 y", "10 y", -730.5),
        ("age 8 y", "8 y", 0.0),
        ("age 1 y 6 mo", "1 y", 182.625),
        ("age 3 d", "4 h", 3 - 1 / 6),
    ],
)
def test_an_age_counts_from_birth(text: str, age: str, days: float) -> None:
    assert clock(age=age).days(parse_when(text)) == pytest.approx(days)


@pytest.mark.parametrize("age", [None, "30s", "90+"])
def test_an_age_has_no_place_while_the_age_at_the_index_is_not_exact(age: str | None) -> None:
    assert clock(age=age).days(parse_when("age 8 y")) is None


def test_a_calendar_year_has_a_place_only_beside_the_year_of_the_index() -> None:
    assert clock().days(parse_when("2000")) is None
    assert clock({"index_year": "2010"}).days(parse_when("2000")) == pytest.approx(-3652.5)
    assert clock({"index_year": "2010"}).days(parse_when("2012")) == pytest.approx(730.5)


EVENTS = {
    "events": [
        {"id": "surgery", "at": "2 wk", "label": "operation"},
        {"id": "fever", "at": {"after": "surgery", "by": "3 d"}, "label": "fever"},
        {"id": "unknown", "label": "no time given"},
        {"id": "egg", "at": {"after": "hen", "by": "1 d"}, "label": "egg"},
        {"id": "hen", "at": {"after": "egg", "by": "1 d"}, "label": "hen"},
        {"id": "self", "at": {"before": "self"}, "label": "itself"},
        {"at": "5 d", "label": "Total bilirubin seen"},
        {"id": "later", "at": "1 mo", "label": "surgery"},
    ]
}


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ({"after": "surgery", "by": "2 d"}, 16.0),
        ({"before": "surgery", "by": "2 d"}, 12.0),
        ({"before": "surgery"}, 14.0),
        ({"after": "surgery"}, 14.0),
        ({"after": "fever", "by": "1 wk"}, 24.0),
        ({"after": "fever", "by": "2-4 d"}, 20.0),
        ({"after": "total-bilirubin-seen", "by": "1 d"}, 6.0),
        ({"label": "1 week after", "after": "surgery", "by": "1 wk"}, 21.0),
        ({"after": "unknown", "by": "1 d"}, None),
        ({"after": "nobody", "by": "1 d"}, None),
        ({"after": "egg", "by": "1 d"}, None),
        ({"after": "self", "by": "1 d"}, None),
        ({"label": "at presentation"}, None),
    ],
)
def test_a_time_relative_to_a_record_is_resolved_where_it_can_be(when: dict[str, str], days: float | None) -> None:
    assert clock(EVENTS).days(parse_when(when)) == (None if days is None else pytest.approx(days))


def test_a_record_of_any_section_can_be_counted_from() -> None:
    treatment = {"interventions": [{"id": "ercp", "label": "ERCP", "at": "4 d"}]}
    imaging = {"studies": [{"modality": "CT", "region": "thigh", "at": "6 d"}]}
    found = clock(None, None, treatment=treatment, imaging=imaging)
    assert found.days(parse_when({"after": "ercp", "by": "2 d"})) == pytest.approx(6.0)
    assert found.days(parse_when({"before": "ct-of-thigh", "by": "2 d"})) == pytest.approx(4.0)


def test_a_label_is_kept_with_or_without_a_time() -> None:
    assert parse_when({"label": "at presentation"}).label == "at presentation"
    full = parse_when({"label": "1 week on cholic acid", "after": "cholic-acid", "by": "1 wk"})
    assert (full.label, full.anchor, full.relation) == ("1 week on cholic acid", "cholic-acid", "after")
    assert full.amount is not None
    assert full.amount.days == 7.0


def test_no_time_has_no_day() -> None:
    assert clock().days(None) is None


@pytest.mark.parametrize(
    ("record", "end"),
    [
        ({"at": "2 d", "until": "5 d"}, 5.0),
        ({"at": "2 d", "duration": "2 wk"}, 16.0),
        ({"at": "-33 d", "duration": "33 d"}, 0.0),
        ({"at": "2 d", "duration": "ongoing"}, None),
        ({"duration": "2 wk"}, None),
        ({"at": "2 d"}, None),
        ({"at": "2 d", "until": "5 d", "duration": "9 d"}, 5.0),
    ],
)
def test_the_end_of_a_record(record: dict[str, str], end: float | None) -> None:
    case = Case.model_validate({"format": "1", "timeline": {"events": [{"label": "x", **record}]}})
    assert case.timeline
    assert Chronology(case).end(case.timeline.events[0]) == (None if end is None else pytest.approx(end))


UNITS = ("min", " h", " d", "wk", "mo", " y")
NO_TIME: list[tuple[Any, tuple[str, ...]]] = [
    # what is written, what the hint names
    ("3", UNITS),
    ("12.5", UNITS),
    ("-7", UNITS),
    ("300", UNITS),
    ("3000", UNITS),
    ("", ("3 d",)),
    ("yesterday", ("3 d",)),
    ("day", ("day 3",)),
    ("day three", ("day 3",)),
    ("3 parsecs", ("3 d",)),
    ("d 3", ("3 d",)),
    ("3 d and 4 h", ("3 d",)),
    ("2 to 3 wk", ("2-3 wk",)),
    ("--3 d", ("3 d",)),
    ("+-3 d", ("3 d",)),
    ("3-", ("3 d",)),
    ("P", ("3 d",)),
    ("PT", ("3 d",)),
    ("-P", ("3 d",)),
    ("age", ("3 d",)),
    ([], ("3 d",)),
    (["3 d"], ("3 d",)),
    ({}, ("after",)),
    ({"by": "2 d"}, ("after",)),
    ({"after": "a", "before": "b"}, ("after",)),
    ({"since": "a"}, ("after",)),
    ({"label": ["a"]}, ("after",)),
    ({"after": "x", "label": ["a"]}, ("after",)),
    ({"at": "3 d", "label": {"a": "b"}}, ("after",)),
    ({"after": ["x"]}, ("after",)),
]
DATES = [
    *("2020-01-02", "2020-01", "2020/01/02", "02.01.2020", "2.1.2020", "1/2/2020", "1/2/20", "02-01-2020", "20200102"),
    *("2 January 2020", "January 2020", "Jan 2", "2020-01-02T10:00", "2020-W01", "1990s"),
]


@pytest.mark.parametrize(("written", "named"), NO_TIME)
def test_what_is_no_time_is_refused_with_the_forms(written: Any, named: tuple[str, ...]) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_when(written)
    assert refused.value.type == "time"
    assert all(name in refused.value.context["hint"] for name in named)


@pytest.mark.parametrize("date", DATES)
def test_a_calendar_date_has_no_form(date: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_when(date)


@pytest.mark.parametrize("date", ["2020-01-02", "2020-01", "02.01.2020", "1/2/2020"])
def test_a_calendar_date_is_told_why(date: str) -> None:
    with pytest.raises(PydanticCustomError, match="calendar date"):
        parse_when(date)


DURATIONS = [
    ("6 mo", 182.625),
    ("~2 wk", 14.0),
    ("2-3 wk", 17.5),
    (">1 y", 365.25),
    ("<24 h", 1.0),
    ("1 y 6 mo", 547.875),
    ("P6M", 182.625),
    ("PT90M", 1 / 16),
]


@pytest.mark.parametrize(("text", "days"), DURATIONS)
def test_a_duration_has_its_days(text: str, days: float) -> None:
    found = parse_duration(text)
    assert not found.ongoing
    assert found.days == pytest.approx(days)


@pytest.mark.parametrize(("text", "mark"), [("~2 wk", "~"), (">1 y", ">"), ("<24 h", "<"), ("2 wk", "")])
def test_a_duration_keeps_its_mark(text: str, mark: str) -> None:
    assert parse_duration(text).prefix == mark


@pytest.mark.parametrize("text", ["ongoing", "Ongoing"])
def test_an_ongoing_duration_has_no_length(text: str) -> None:
    assert parse_duration(text).ongoing
    assert parse_duration(text).parts == ()


@pytest.mark.parametrize(
    "written", ["6", "", "6 mnths", "~6", "-3 d", "-P3D", "day 3", "6 mo ago", "2020", None, [], {"by": "3 d"}]
)
def test_what_is_no_duration_is_refused_with_the_forms(written: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_duration(written)
    assert "6 mo" in refused.value.context["hint"]


@pytest.mark.parametrize(
    ("text", "days"), [("37 y", 13514.25), ("8 mo", 243.5), ("4 h", 1 / 6), ("P3Y", 1095.75), ("2 y 3 mo", 821.8125)]
)
def test_an_age_in_units(text: str, days: float) -> None:
    found = parse_age(text)
    assert found.amount is not None
    assert found.amount.days == pytest.approx(days)
    assert found.written == text


@pytest.mark.parametrize(("text", "decade"), [("30s", 30), ("50s", 50), ("100s", 100)])
def test_a_decade_of_life(text: str, decade: int) -> None:
    assert (parse_age(text).decade, parse_age(text).amount) == (decade, None)


@pytest.mark.parametrize(("text", "over"), [("90+", 90), ("90 +", 90), ("90+ y", 90)])
def test_an_age_over(text: str, over: int) -> None:
    assert (parse_age(text).over, parse_age(text).amount) == (over, None)


@pytest.mark.parametrize("written", ["37", "37.5", "", "old", "35s", "-3 y", "-P3Y", "1985-03-02", None, {}])
def test_what_is_no_age_is_refused_with_the_forms(written: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_age(written)
    assert all(form in refused.value.context["hint"] for form in ("37 y", "30s", "90+"))


# ---------------------------------------------------------------------------------------------------------- properties

SNIPPETS = st.sampled_from(
    [
        "P",
        "T",
        "Y",
        "-",
        "−",
        "–",
        "~",
        "<",
        ">",
        "day",
        "age",
        " ",
        "3",
        "0",
        "mo",
        "y",
        "9" * 400,
        "٣",
        "²",
        ".",
        "s",
        "+",
    ]
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
        | st.dictionaries(st.sampled_from(["after", "before", "by", "label", "at", "x"]), v, max_size=4)
    ),
    max_leaves=5,
)


@given(anything)
@example("9" * 5000 + " y")
@example("year " + "9" * 5000)
@example("day " + "9" * 400)
@example({"at": {"at": {"at": "x"}}})
def test_parsing_raises_nothing_but_its_own_refusal(value: Any) -> None:
    at_index = clock(EVENTS, age="10 y")
    for parse in (parse_when, parse_duration, parse_age):
        try:
            found = parse(value)
        except PydanticCustomError:
            continue
        if parse is parse_when:
            at_index.days(found)
        amount = found if parse is parse_duration else found.amount
        assert amount is None or amount.days >= 0


@given(
    st.integers(0, 10_000),
    st.sampled_from([("y", YEAR), ("mo", MONTH), ("wk", WEEK), ("d", 1.0), ("h", HOUR), ("min", MINUTE)]),
)
def test_any_count_of_any_unit(count: int, unit: tuple[str, float]) -> None:
    name, length = unit
    assert clock().days(parse_when(f"{count} {name}")) == pytest.approx(count * length)
    assert clock().days(parse_when(f"-{count} {name}")) == pytest.approx(-count * length)
    assert parse_duration(f"{count} {name}").days == pytest.approx(count * length)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_range_lies_in_its_middle(low: int, high: int) -> None:
    assert clock().days(parse_when(f"{low}-{high} d")) == pytest.approx((low + high) / 2)


def test_within_a_day_is_sorted_by_its_middle() -> None:
    case = load(read(b"format: 1\ntimeline: {events: [{at: <24 h, label: a}]}\n", "x")).case
    assert case is not None
    assert case.timeline is not None
    assert Chronology(case).days(case.timeline.events[0].at) == pytest.approx(0.5)
