"""The course of the case as a strip: which events, at their times, never over each other."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_compose import NBSP, tell
from test_plot import SVG, WORDS, outside, overlapping, texts

from casewriter.article.nodes import Figure
from casewriter.article.walk import plain
from casewriter.plot.figures import StripEvent, listed, printed, strip
from casewriter.plot.sheet import PHONE

A4 = printed(162, 165)


def events(count: int, more: str = "") -> str:
    rows = "".join(f"  - {{at: {n * n} d, label: event number {n}, kind: diagnostic}}\n" for n in range(count))
    return f"timeline:\n  index: admission\n  events:\n{rows}{more}"


def made(text: str) -> Figure:
    found = tell(text).article.strip
    assert found is not None
    return found


def shown(figure: Figure) -> list[str]:
    picture = figure.panels[0].picture
    assert picture is not None
    return [text.replace(NBSP, " ") for text in texts(picture.data.decode())]


@pytest.mark.parametrize(("count", "there"), [(0, False), (2, False), (3, True), (10, True)])
def test_three_events_with_a_time_make_a_strip(count: int, there: bool) -> None:
    assert (tell(events(count)).article.strip is not None) is there


def test_events_are_the_author_s_and_records_with_a_short_name_in_short_words() -> None:
    more = (
        "treatment:\n  interventions:\n  - {label: prednisolone by mouth, short: prednisolone, at: 2 d}\n"
        "  - {label: saline, at: 2 h}\n"
    )
    text = " ".join(shown(made(events(4, more))))
    assert "Prednisolone" in text
    assert "saline" not in text.lower()
    assert "by mouth" not in text


def test_more_than_ten_events_leave_out_those_that_matter_least_and_times_are_as_typed() -> None:
    times = [text for text in shown(made(events(14))) if text.startswith("Day ")]
    assert len(times) <= 10
    assert set(times) <= {f"Day {n * n}" for n in range(14)}
    assert len(times) > 4


def test_the_exposure_to_the_suspected_drug_is_a_bar_with_a_legend() -> None:
    more = (
        "treatment:\n  interventions:\n  - {id: a, label: allopurinol, dose: 300 mg, at: -9 d, until: 0}\n"
        "follow_up:\n  adverse_events:\n  - {label: rash, at: 0, suspected: [{of: a, role: suspect}]}\n"
    )
    figure = made(events(4, more))
    assert "striped bar, Allopurinol 300 mg" in plain(figure.note).replace(NBSP, " ")
    picture = figure.panels[0].picture
    assert picture is not None
    fills = {node.get("fill") for node in ElementTree.fromstring(picture.data.decode()).iter(f"{SVG}polygon")}
    assert "#b5532a" in fills
    assert "striped bar" not in plain(made(events(4)).note)


def test_the_strip_is_as_wide_as_the_text_and_lint_draws_none() -> None:
    picture = made(events(5)).panels[0].picture
    assert picture is not None
    assert picture.width == round(A4.width)


moments = st.builds(
    StripEvent,
    st.floats(-5000, 5000, allow_nan=False) | st.integers(-30, 60).map(float),
    st.sampled_from(["Day 0", "−33 d", "12 mo", "At discharge from the hospital"]),
    st.text("abc W", min_size=1, max_size=120),
    st.integers(0, 60),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(moments, max_size=10))
def test_any_strip_keeps_its_texts_apart_and_inside(some: list[StripEvent]) -> None:
    found = strip(some, [(-3.0, 4.0)], WORDS, A4)
    if found is None:
        return
    assert overlapping(found.svg) == []
    assert outside(found.svg) == []
    assert len(found.events) >= 3
    phone = listed(found.events, WORDS, PHONE)
    assert overlapping(phone) == []
    assert outside(phone) == []
