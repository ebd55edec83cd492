"""The two figures of a case: sound XML, every word in its place, no text over the edge or over another."""

import math
import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from casewriter.plot import PlottedEvent as Event
from casewriter.plot import PlottedPoint as Point
from casewriter.plot import Track, Words
from casewriter.plot.figures import course, laboratory
from casewriter.plot.lettering import balanced, decimals, number, width, wrap
from casewriter.plot.scale import scale
from casewriter.plot.series import KINDS

SVG = "{http://www.w3.org/2000/svg}"
YEAR = 365.25
UNITS = {"y": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours", "min": "minutes"}
LETTERS = {"low": "L", "high": "H", "abnormal": "A", "critical": "C"}
WORDS = Words("Course", "What happened", "Time from admission", UNITS, "reference range", LETTERS)
HEADED = replace(WORDS, kinds={"history": "History", "intervention": "Treatment", "": "Other"})

CASE = (
    Event("hypertension", -12 * YEAR, None, "history", ongoing=True),
    Event("first flare of gout", -8 * YEAR, None, "history"),
    Event("allopurinol 300 mg daily", -28, -1, "intervention"),
    Event("seen in primary care; viral exanthem presumed", -3, None, "presentation"),
    Event("admitted to hospital", 0, None, "presentation"),
    Event("definite DRESS diagnosed by the RegiSCAR score", 3, None, "diagnostic"),
    Event("prednisolone ≥ 1 mg/kg, tapered", 2, 154, "intervention"),
    Event("flare during the taper; prednisolone raised to 45 mg/day", 35, None, "intervention"),
    Event("hypothyroid phase", 183, None, "follow_up"),
    Event("discharged home without fever", 12, None, "outcome"),
)
EXTREME = (
    Event("<script>alert('x & \"y\"')</script>", 0, 2, "no such kind"),
    Event("β-hydroxybutyrate ≥ 3 mmol/L, Δ anion gap 12 → ketoacidosis; " * 4, -2.5, None, "diagnostic"),
    Event("W" * 150, -30, -20, "history"),
    Event("日本語のラベル control \x00\x0b", 3, None, "outcome"),
    Event("the end before the start", 5, 1, "intervention"),
)
MANY = tuple(
    Event(f"Event {i} " + "of many words " * (i % 7), (i * 37 % 90 - 20) ** 3 / 50, None, KINDS[i % 7])
    for i in range(40)
)


def flag(value: float, low: float | None, high: float | None) -> str:
    if high is not None and value > high:
        return "high"
    return "low" if low is not None and value < low else ""


def track(label: str, values: dict[float, float], low: float | None = None, high: float | None = None) -> Track:
    points = (Point(days, value, f"{value:g}", flag(value, low, high)) for days, value in values.items())
    return Track(label, "mmol/L", tuple(points), low, high)


TRACKS = (
    track("Eosinophils", {-42: 0.18, 0: 4.21, 21: 0.42, 35: 1.31, 91: 0.21, 365: 0.19}, 0.02, 0.5),
    track("Alanine aminotransferase", {-42: 24, 0: 486, 21: 58, 35: 162, 91: 29, 365: 21}, 7, 35),
    track("Thyrotropin", {0: 1.8, 91: 0.02, 183: 11.4, 365: 2.6}, 0.4, 4),
    track("Potassium", {0: 4, 1: 4, 2: 4}, 3.5, 5.1),
    track("No range", {0: 0}),
    track("Base excess " * 9, {-5: -18.25, -4: -12, 1: 0.5}, -2, 2),
    track("Parathyroid hormone <b>&", {0: 1.2, 9: 1.6}, 15, 65),
    track("Glucose", {i / 6: 5 + i * 7919 % 97 / 6 for i in range(60)}, 4, 7.8),
)

FIGURES = {
    "case": course(CASE, WORDS),
    "case with headings": course(CASE, HEADED),
    "one event": course(CASE[:1], WORDS),
    "extreme events": course(EXTREME, HEADED),
    "forty events": course(MANY, HEADED),
    "one value": laboratory(TRACKS[4:5], WORDS),
    "three tests": laboratory(TRACKS[:3], WORDS),
    "eight tests": laboratory(TRACKS, WORDS),
}


@dataclass(frozen=True)
class Line:
    """A line of text with the rectangle it is estimated to take."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def texts(svg: str) -> list[str]:
    found = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return [" ".join(part.strip() for part in node.itertext() if part.strip()) for node in found]


def lines(svg: str) -> list[Line]:
    found = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        size = float(node.get("font-size", "9"))
        for part in node.findall(f"{SVG}tspan") or [node]:
            wide = width(part.text or "", size, bold=node.get("font-weight") == "bold")
            x, y = float(part.attrib["x"]), float(part.attrib["y"])
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
            found.append(Line(part.text or "", left, left + wide, y - 0.7 * size, y + 0.2 * size))
    return found


def overlapping(svg: str) -> list[tuple[str, str]]:
    slack = 0.02  # coordinates are rounded to two decimals
    return [
        (a.text, b.text)
        for a, b in combinations(lines(svg), 2)
        if min(a.right, b.right) - max(a.left, b.left) > slack and min(a.bottom, b.bottom) - max(a.top, b.top) > slack
    ]


def outside(svg: str) -> list[str]:
    wide, high = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split()[2:])
    return [
        line.text
        for line in lines(svg)
        if line.left < -0.02 or line.right > wide + 0.02 or line.top < -0.02 or line.bottom > high + 0.02
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", re.sub("[\x00\x0b]", "\ufffd", text))


def test_the_measures_see_an_overlap_and_an_overrun() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">'
    bad = f'{head}<text x="10" y="10">aaaaaaaa</text><text x="30" y="12">bbbbbbbbbbbb</text></svg>'
    assert overlapping(bad) == [("aaaaaaaa", "bbbbbbbbbbbb")]
    assert outside(bad) == ["bbbbbbbbbbbb"]


@pytest.mark.parametrize("svg", FIGURES.values(), ids=FIGURES)
def test_a_figure_is_an_image_with_a_title_and_a_description(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert [(child.tag, child.text) for child in root[:2]] == [
        (f"{SVG}title", "Course"),
        (f"{SVG}desc", "What happened"),
    ]


@pytest.mark.parametrize("svg", FIGURES.values(), ids=FIGURES)
def test_no_text_leaves_the_figure_or_touches_another(svg: str) -> None:
    assert len(lines(svg)) > 3
    assert outside(svg) == []
    assert overlapping(svg) == []


@pytest.mark.parametrize("svg", FIGURES.values(), ids=FIGURES)
def test_a_figure_is_plain(svg: str) -> None:
    names = {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(svg).iter()}
    assert names <= {
        "svg",
        "title",
        "desc",
        "g",
        "text",
        "tspan",
        "line",
        "polyline",
        "polygon",
        "rect",
        "circle",
    }
    assert "style=" not in svg
    assert not re.search(r'="[^"]*(?:nan|inf|\d\.\d{3}|e-\d)[^"]*"', svg)


@pytest.mark.parametrize("events", [CASE, EXTREME, MANY], ids=["case", "extreme", "many"])
def test_every_event_is_named_and_drawn(events: tuple[Event, ...]) -> None:
    svg = course(events, WORDS)
    printed = [squeezed(text) for text in texts(svg)]
    for event in events:
        assert squeezed(event.label) in printed
    drawn = [node for tag in ("polygon", "circle") for node in ElementTree.fromstring(svg).iter(f"{SVG}{tag}")]
    breaks = [node for node in drawn if (node.get("fill"), node.get("stroke")) == ("#ffffff", "none")]
    assert len(drawn) - len(breaks) == len(events)


def test_events_stand_in_groups_by_kind_and_in_time() -> None:
    labels = [e.label for e in CASE]
    shown = [text for text in texts(course(CASE, WORDS)) if text in labels]
    order = sorted(CASE, key=lambda e: (KINDS.index(e.kind), e.start))
    assert shown == [e.label for e in order]


def test_groups_have_headings_where_words_are_given() -> None:
    assert {"History", "Treatment"} <= set(texts(FIGURES["case with headings"]))
    assert not {"History", "Treatment"} & set(texts(FIGURES["case"]))


def test_labels_of_usual_length_take_two_lines_at_most() -> None:
    label = "painless thyroiditis found by scheduled testing; antibodies to thyroid peroxidase positive"
    root = ElementTree.fromstring(course([Event(label, 0, None, "")], WORDS))
    assert max(len(text.findall(f"{SVG}tspan")) for text in root.iter(f"{SVG}text")) == 2


def test_every_value_is_told_and_the_first_last_and_extreme_are_printed() -> None:
    svg = laboratory(TRACKS, WORDS)
    root, printed = ElementTree.fromstring(svg), texts(svg)
    told = [node.text for group in root.iter(f"{SVG}g") for node in group.findall(f"{SVG}title")]
    for one in TRACKS:
        assert " ".join(one.label.split()) in printed
        values = sorted(one.points, key=lambda point: point.value)
        for point in one.points:
            assert f"{point.text} mmol/L" in told
        for point in (one.points[0], one.points[-1], values[0], values[-1]):
            assert f"{point.text} {LETTERS.get(point.flag, '')}".strip() in printed


def test_a_flag_is_told_by_a_letter_and_by_a_shape() -> None:
    shapes = {}
    for name, letter in {**LETTERS, "": ""}.items():
        points = tuple(Point(float(day), 5.0 + day, f"{5 + day}", name if day == 1 else "") for day in range(3))
        svg = laboratory([Track("Test", "U/L", points, 1, 9)], WORDS)
        assert [text for text in texts(svg) if text in LETTERS.values()] == ([letter] if letter else [])
        marker = ElementTree.fromstring(svg).findall(f"{SVG}g")[1][1]
        corners = [tuple(map(float, pair.split(","))) for pair in marker.get("points", "").split()]
        shapes[name] = (marker.get("fill"), tuple((x - corners[0][0], y - corners[0][1]) for x, y in corners))
    assert len(set(shapes.values())) == 5
    assert [name for name, (fill, _) in shapes.items() if fill == "#ffffff"] == [""]


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(7, 35, "7–35"), (0.02, 0.5, "0.02–0.5"), (60, None, "≥ 60"), (None, 5, "≤ 5"), (-2, 2, "−2 … 2")],
)
def test_the_reference_interval_is_printed_and_drawn(low: float | None, high: float | None, shown: str) -> None:
    svg = laboratory([track("Test", {0: 1, 1: 40}, low, high)], WORDS)
    assert {shown, "reference range"} <= set(texts(svg))
    assert len(list(ElementTree.fromstring(svg).iter(f"{SVG}rect"))) == 3  # band, swatch of the panel, of the legend


def test_without_a_reference_interval_there_is_no_band_and_no_legend() -> None:
    svg = laboratory([track("Test", {0: 1, 1: 40})], WORDS)
    assert "reference range" not in texts(svg)
    assert "<rect" not in svg


def test_more_than_three_tests_stand_in_two_columns() -> None:
    starts = {
        count: {line.left for line in lines(laboratory(TRACKS[:count], WORDS)) if line.text in names}
        for count in (3, 4)
        for names in [{one.label for one in TRACKS}]
    }
    assert [len(starts[3]), len(starts[4])] == [1, 2]


def test_the_decimal_sign_is_the_language_s() -> None:
    svg = laboratory([track("Test", {0: 0.2, 1: 0.9}, 0.25, 0.5)], replace(WORDS, decimal=","))
    assert "0,25–0,5" in texts(svg)
    assert {"0", "0,25", "0,5", "0,75"} <= set(texts(svg))


def test_markup_in_words_is_escaped() -> None:
    words = replace(WORDS, title="<b>&", description="</desc><script>", time_axis="<i>", reference="<u>")
    for svg in (course(EXTREME, words), laboratory([track("<script>", {0: 1}, 0, 2)], words)):
        root = ElementTree.fromstring(svg)
        assert [root[0].text, root[1].text] == ["<b>&", "</desc><script>"]
        assert "<script" not in svg
        assert any("<script>" in text for text in texts(svg))


def test_the_same_input_gives_the_same_figure() -> None:
    assert course(CASE, HEADED) == FIGURES["case with headings"]
    assert laboratory(TRACKS, WORDS) == FIGURES["eight tests"]
    assert course(CASE[::-1], HEADED) == FIGURES["case with headings"]


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_cannot_be_drawn_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="needs an event"):
        course([], WORDS)
    with pytest.raises(ValueError, match="finite"):
        course([Event("a", bad, None, "")], WORDS)
    with pytest.raises(ValueError, match="finite"):
        course([Event("a", 0, bad, "")], WORDS)
    for empty in ([], [Track("a", "", (), None, None)]):
        with pytest.raises(ValueError, match="needs a value"):
            laboratory(empty, WORDS)
    with pytest.raises(ValueError, match="finite"):
        laboratory([track("a", {0: bad})], WORDS)


@pytest.mark.parametrize(
    ("times", "units"),
    [
        ((0, 0.02, 0.06), ["min"]),
        ((0, 0.3, 0.9), ["h"]),
        ((-3, 0, 12, 30), ["d"]),
        ((0, 30, 90), ["wk"]),
        ((0, 100, 400), ["mo"]),
        ((-10 * YEAR, 0, 5 * YEAR), ["y"]),
        ((-10 * YEAR, -3, 0, 1, 2, 5, 9, 30), ["y", "d"]),
        ((-10 * YEAR, -3, 0, 1, 2, 3, 5, 8, 9, 14, 300, 500, 700), ["y", "d", "mo"]),
    ],
)
def test_the_unit_of_time_fits_and_the_scale_changes_only_where_it_must(
    times: tuple[float, ...], units: list[str]
) -> None:
    assert [part.unit for part in scale(times, 0, 360).stretches] == units


def test_a_course_of_days_after_years_is_not_squeezed() -> None:
    time = scale((-10 * YEAR, -3, 0, 1, 2, 5, 9, 30), 0, 360)
    assert time.at(30) - time.at(0) > 150
    assert time.at(-3) - time.at(-10 * YEAR) > 40


times = st.floats(-20000, 20000, allow_nan=False) | st.integers(-60, 60).map(float) | st.floats(-1, 1)
events = st.builds(
    Event,
    st.text(st.characters(codec="utf-8"), max_size=120) | st.text("abcW ≥µ°", max_size=300),
    times,
    st.none() | times,
    st.sampled_from([*KINDS, "unheard of"]),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(events, min_size=1, max_size=25), st.sampled_from([WORDS, HEADED]))
def test_any_course_keeps_its_texts_apart_and_inside(some: list[Event], words: Words) -> None:
    svg = course(some, words)
    assert overlapping(svg) == []
    assert outside(svg) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(times, min_size=1, max_size=30), st.floats(100, 560))
@example([1e-06, -2.0], 100.0)
@example([0.0, 1.0, 1.1125369292536007e-308, -4383.0], 328.5)
@example([0.0, 14611.0, 0.0078125], 104.0)
def test_time_runs_from_left_to_right_and_ticks_are_where_they_say(moments: list[float], room: float) -> None:
    time = scale(moments, 10, 10 + room)
    places = [time.at(moment) for moment in sorted(moments)]
    assert places == sorted(places)
    assert places[0] >= 10 - 1e-6
    assert places[-1] <= 10 + room + 1e-6
    for part in time.stretches:
        for tick in part.ticks():
            assert time.at(tick) == pytest.approx(part.left + (tick - part.start) / part.grain, abs=0.01)


points = st.builds(
    Point,
    times,
    st.floats(-1e6, 1e6) | st.floats(-1, 1) | st.floats(-1e90, 1e90),
    st.text("0123456789.<≥ ", min_size=1, max_size=9),
    st.sampled_from(["", "low", "high", "abnormal", "critical"]),
)
bounds = st.none() | st.floats(-1000, 1000)
tracks = st.builds(
    Track,
    st.text("abc ", max_size=90),
    st.text("mL/ ", max_size=60),
    st.lists(points, min_size=1, max_size=12).map(tuple),
    bounds,
    bounds,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(tracks, min_size=1, max_size=6))
def test_any_laboratory_figure_keeps_its_texts_apart_and_inside(some: list[Track]) -> None:
    svg = laboratory(some, WORDS)
    assert overlapping(svg) == []
    assert outside(svg) == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (-0.001, "0"),
        (-3.5, "−3.5"),
        (1234, "1234"),
        (54000, "54\u202f000"),
        (0.25, "0.25"),
        (10, "10"),
        (-2.5e7, "−2.5 × 10⁷"),
    ],
)
def test_numbers(value: float, shown: str) -> None:
    assert number(value) == shown


def test_decimals_tell_ticks_apart() -> None:
    assert [decimals(step) for step in (0.02, 0.25, 0.5, 2.5, 1, 20)] == [2, 2, 1, 1, 0, 0]


def test_a_text_is_broken_into_few_lines_of_like_width() -> None:
    text = "flare during the taper; prednisolone raised to 45 mg/day"
    first, second = balanced(text, 205)
    assert f"{first} {second}" == text
    assert abs(width(first) - width(second)) < 60
    assert max(map(width, wrap("W" * 60, 100))) <= 100
    assert "".join(wrap("W" * 60, 100)) == "W" * 60
    assert wrap("Thyroid-stimulating hormone", 65) == ["Thyroid-", "stimulating", "hormone"]


def test_the_estimate_is_near_the_font() -> None:
    tables = pytest.importorskip("fontTools.ttLib")
    fonts = pytest.importorskip("rendercv_fonts")
    for bold in (False, True):
        name = "SourceSans3-Bold.ttf" if bold else "SourceSans3-Regular.ttf"
        font = tables.TTFont(next(path for folder in fonts.__path__ for path in _files(folder, name)))
        glyphs, advances = font.getBestCmap(), font["hmtx"]
        for text in (*(event.label for event in CASE), "Time from admission (months)", "βΔΩ ≥ 3.5 × 10⁹/L"):
            true = sum(advances[glyphs[ord(character)]][0] for character in text) / 1000 * 9
            assert 0.97 * true <= width(text, 9, bold=bold) <= 1.1 * true


def _files(folder: str, name: str) -> list[str]:
    return [str(path) for path in Path(folder).rglob(name)]


@pytest.mark.parametrize(
    "moments",
    [
        (-900 * YEAR, -26, 0, 1, 2, 3, 5, 8, 9, 12, 400 * YEAR),
        (-10 * YEAR, -31, -30, -29, -27, 300, 500, 9000),
        (-9 * YEAR, -120, -112, -110, -100, -98, 0, 7000),
    ],
)
def test_the_texts_of_the_time_axis_keep_apart_where_the_scale_changes(moments: tuple[float, ...]) -> None:
    words = replace(
        WORDS, units={unit: f"{name} of waiting for the day of the operation" for unit, name in UNITS.items()}
    )
    tests = [track(f"Test {i}", dict.fromkeys(moments, 1.0)) for i in range(4)]
    for svg in (
        course([Event("event", moment, None, "") for moment in moments], words),
        laboratory(tests, words),
    ):
        assert sum("of waiting" in text for text in texts(svg)) >= 3
        assert overlapping(svg) == []
        assert outside(svg) == []


def test_a_long_title_of_the_time_axis_stays_inside() -> None:
    words = replace(WORDS, time_axis="Time from the first day on which fever was measured, " * 4)
    events = [Event("a label that takes much room at the left of the figure, in two lines " * 2, 0, 9, "")]
    for svg in (course(events, words), laboratory(TRACKS[:4], words)):
        assert outside(svg) == []
        assert overlapping(svg) == []
