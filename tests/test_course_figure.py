"""The course of a case as one figure: treatments as bars, tests as curves; and which tests the figures choose."""

import math
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_compose import NBSP, Told, tell
from test_plot import SVG, WORDS, lines, outside, overlapping, texts

from casewriter.article.legend import MARKS
from casewriter.article.nodes import Figure
from casewriter.article.walk import plain
from casewriter.article.words import known_languages, words_for
from casewriter.export.html import export
from casewriter.load import load
from casewriter.plot import PlottedDose, PlottedPoint, PlottedTreatment, Track
from casewriter.plot.figures import PHONE, Sheet, clinical_course, laboratory, printed
from casewriter.plot.laboratory import balanced_rows
from casewriter.project import open_case
from casewriter.source import read
from casewriter.template import find_template
from casewriter.work.check import check, compose_opened

A4 = printed(162, 165)  # the text of the reading copy: A4 less 24 mm at each side


def figure(told: Told, name: str = "course") -> Figure:
    (found,) = [one for one in told.article.figures() if one.target == name]
    return found


def drawn(told: Told, name: str = "course") -> str:
    picture = figure(told, name).panels[0].picture
    assert picture is not None
    return picture.data.decode()


def note(told: Told, name: str = "course") -> str:
    return plain(figure(told, name).note).replace(NBSP, " ")


def lab(name: str, values: str, extra: str = "") -> str:
    points = ", ".join(f"{{at: {n} d, value: {value}}}" for n, value in enumerate(values.split()))
    return f"    - {{id: {name}, test: {name}, unit: U/L, reference: 10-20, series: [{points}]{extra}}}\n"


def case(tests: str = "", treatments: str = "", mention: str = "@fig-course") -> Told:
    labs = f"labs:\n  results:\n{tests}" if tests else ""
    given = f"treatment:\n  interventions:\n{treatments}" if treatments else ""
    return tell(f"introduction: See {mention}.\n{labs}{given}")


TAPER = (
    "    - {label: prednisolone, at: 1 d, schedule: [{at: 1 d, dose: 60 mg/day}, {at: 8 d, dose: 30 mg/day}, "
    "{at: 15 d, dose: 0 mg/day}]}\n"
)


# -- treatments ----------------------------------------------------------------------------------------------------------


def bars(svg: str) -> list[list[tuple[float, float]]]:
    """Return the corners of every filled polygon with at least four corners, in order, without white ones."""
    found = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}polygon"):
        corners = [tuple(map(float, pair.split(","))) for pair in node.attrib["points"].split()]
        if node.get("fill") != "#ffffff" and len(corners) >= 4:
            found.append([(x, y) for x, y in corners])
    return found


def test_a_taper_is_drawn_as_steps_in_proportion_with_the_dose_above_each() -> None:
    svg = drawn(case(treatments=TAPER))
    tall = [max(y for _, y in bar) - min(y for _, y in bar) for bar in bars(svg)]
    assert len(tall) == 2
    assert tall[0] == pytest.approx(2 * tall[1], abs=0.02)
    assert bars(svg)[0][1][0] == pytest.approx(bars(svg)[1][0][0], abs=0.02)  # one ends where the next begins
    assert [text for text in texts(svg) if text in ("60", "30", "0 mg/day", "mg/day")] == ["mg/day", "60", "30"]
    at = {line.text: line for line in lines(svg)}
    assert at["60"].bottom < min(y for _, y in bars(svg)[0])


def test_doses_in_several_units_are_printed_as_typed_on_bars_of_one_height() -> None:
    svg = drawn(
        case(treatments="    - {label: iron, schedule: [{at: 0, dose: 1 g}, {at: 9 d, dose: 500 mg, until: 20 d}]}\n")
    )
    assert len({round(max(y for _, y in bar) - min(y for _, y in bar), 1) for bar in bars(svg)}) == 1
    assert {"1 g", "500 mg"} <= {text.replace(NBSP, " ") for text in texts(svg)}


@pytest.mark.parametrize(
    ("keys", "mark", "other"),
    [
        ("at: 0, duration: ongoing", "mark_ongoing", "mark_once"),
        ("at: 0", "mark_once", "mark_bar"),
        ("at: 0, duration: until discharge", "mark_once", "mark_ongoing"),
        ("at: -3 y, until: 2 d", "mark_bar", "mark_once"),
        ("at: 0, changes: [{at: 5 d, what: halved}]", "mark_open_end", "mark_once"),
    ],
)
def test_what_is_known_of_the_end_of_a_treatment_is_drawn_and_explained(keys: str, mark: str, other: str) -> None:
    told = case(treatments=f"    - {{label: drug, {keys}}}\n    - {{label: second, at: 9 d}}\n")
    english = words_for("en")
    assert english[mark].lower() in note(told).lower()
    if other != "mark_once":
        assert english[other].lower() not in note(told).lower()


def test_what_has_no_time_is_named_and_what_was_not_given_is_not_drawn() -> None:
    told = case(
        treatments="    - {label: alpha, at: 0}\n    - {label: beta}\n    - {label: gamma, at: 1 d, status: declined}\n"
    )
    assert "Not drawn because no time is recorded: Beta." in note(told)
    assert "gamma" not in (drawn(told) + note(told)).lower()


def test_the_suspected_cause_is_striped_and_no_other_drug_is() -> None:
    treatments = "    - {id: a, label: alpha, at: -9 d, until: 0}\n    - {id: b, label: beta, at: 1 d, until: 9 d}\n"
    events = (
        "follow_up:\n  adverse_events:\n    - {label: rash, at: 0, suspected: [{of: a, role: suspect}]}\n"
        "    - {label: later, at: 5 d, suspected: [{of: b, role: suspect}]}\n"
    )
    told = tell(f"introduction: See @fig-course.\ntreatment:\n  interventions:\n{treatments}{events}")
    fills = [node.get("fill") for node in ElementTree.fromstring(drawn(told)).iter(f"{SVG}polygon")]
    assert len(set(fills)) == 2
    assert "striped bar, suspected cause" in note(told)


# -- tests ---------------------------------------------------------------------------------------------------------------


def test_a_value_below_detection_is_an_open_triangle_at_the_limit_with_its_label_as_typed() -> None:
    told = case(lab("tpo", "<9 212 94"))
    assert "<9 L" in texts(drawn(told))  # below a range of 10–20 as well
    white = [
        node
        for node in ElementTree.fromstring(drawn(told)).iter(f"{SVG}polygon")
        if (node.get("fill"), node.get("stroke")) == ("#ffffff", "#14505c")
    ]
    assert [len(node.attrib["points"].split()) for node in white] == [3]
    assert "value below the limit shown" in note(told)
    assert "value below the limit shown" not in note(case(lab("tpo", "9 212 94")))


def test_values_and_their_range_are_printed_as_typed() -> None:
    told = case(
        "    - {test: eos, unit: 10*9/L, reference: 0.02-0.50, series: [{at: 0, value: 4.20}, {at: 9 d, value: 0.10}]}\n"
    )
    shown = texts(drawn(told))
    assert {"4.20 H", "0.10"} <= set(shown)
    assert any("0.02–0.50" in text for text in shown)


def test_the_tests_are_those_that_leave_their_range_and_are_repeated_the_furthest_ones_in_the_order_of_the_case() -> (
    None
):
    rows = lab("inside", "12 14") + lab("single", "99") + "".join(lab(f"t{n}", f"12 {20 + n}") for n in range(1, 9))
    data = [one.label for one in figure(case(rows)).data]
    assert data == ["t3", "t4", "t5", "t6", "t7", "t8"]
    assert [one.label for one in figure(case(rows, mention="@fig-labs"), "labs").data] == [f"t{n}" for n in range(1, 9)]


def test_a_mention_chooses_the_tests_and_prints_the_number_of_the_figure_alone() -> None:
    rows = lab("alt", "12 14") + lab("crp", "30 50") + lab("tsh", "90 9")
    for name in ("course", "labs"):
        told = case(rows, mention=f"@fig-{name}.tsh,alt, then more")
        assert [one.name for one in figure(told, name).data] == ["tsh", "alt"]
        assert "See Figure 1, then more" in told.text


def test_an_unknown_test_is_an_error_at_its_line_with_the_nearest_name(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "format: 1\ntitle: A\nintroduction: The course is in @fig-course.alt,crpp.\nlabs:\n  results:\n"
        + lab("alt", "12 44")
        + lab("crp", "30 50"),
        "utf-8",
    )
    (found,) = [one for one in check(file).report.problems if one.code == "FIG005"]
    assert found.message == "the case has no test “crpp” to draw"
    assert "crp" in (found.hint or "")
    assert found.span is not None
    assert (found.span.line, found.span.column) == (3, 32)


def test_a_chosen_test_without_a_number_is_an_error_and_the_others_are_drawn() -> None:
    rows = lab("alt", "12 44") + "    - {id: ana, test: ANA, value: negative, at: 0}\n"
    told = case(rows, mention="@fig-course.ana,alt")
    assert "the test “ana” has no number with a known time" in told.only("FIG005").message
    assert [one.name for one in figure(told).data] == ["alt"]


@pytest.mark.parametrize("name", ["course", "labs"])
def test_a_figure_without_anything_to_draw_is_an_error_and_not_an_empty_frame(name: str) -> None:
    told = case(lab("alt", "positive negative"), mention=f"@fig-{name}")
    assert told.article.figures() == ()
    assert f"@fig-{name}" in told.only("FIG001").message


def test_an_own_figure_may_not_take_the_name_and_an_own_table_may() -> None:
    loaded = load(read(b"format: 1\nfigures: {course: {caption: A.}}\n", "case.yaml"))
    assert [problem.message for problem in loaded.problems] == [
        "“course” is reserved for a table or figure built from the data"
    ]
    assert [one.target for one in tell("tables: {course: {columns: [A], rows: [[b]]}}\n").article.tables()] == [
        "course"
    ]


# -- the drawing ---------------------------------------------------------------------------------------------------------

times = st.floats(-4000, 4000, allow_nan=False) | st.integers(-40, 60).map(float)


@st.composite
def treatments(draw: st.DrawFn) -> PlottedTreatment:
    starts = sorted(draw(st.lists(times, min_size=1, max_size=12, unique=True)))
    ends = [*starts[1:], starts[-1] + draw(st.sampled_from([0.0, 3.0, 90.0]))]
    amounts = draw(st.booleans())
    doses = tuple(
        PlottedDose(
            a, b, draw(st.sampled_from(["60", "12.5", "300 mg", "", "one tablet"])), float(n + 1) if amounts else None
        )
        for n, (a, b) in enumerate(zip(starts, ends, strict=True))
    )
    ongoing = draw(st.booleans())
    return PlottedTreatment(
        draw(st.text("abc W", min_size=1, max_size=70)),
        draw(st.text("mg /", max_size=60)),
        doses,
        ongoing,
        open_end=not ongoing and doses[-1].start == doses[-1].end,
        stopped=draw(st.sampled_from(["", "stopped"])),
        suspect=draw(st.booleans()),
        changes=((starts[-1], "reduced to 6 units"),) if draw(st.booleans()) else (),
    )


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    days = draw(st.lists(times, min_size=1, max_size=14))
    flags = st.sampled_from(["", "low", "high", "critical"])
    values = st.floats(0.01, 1e6) | st.sampled_from([1.0, 2.0])
    points = tuple(
        PlottedPoint(
            day,
            value := draw(values),
            f"{value:.4g}",
            draw(flags),
            bound=draw(st.sampled_from(["", "", "below", "above"])),
        )
        for day in days
    )
    low, high = draw(st.sampled_from([(None, None), (3.0, 5.0), (None, 9.0), (1e5, None)]))
    return Track(draw(st.text("abc ", min_size=1, max_size=50)), "mg/L", points, low, high, "3.5–5.10")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(treatments(), max_size=5),
    st.lists(tracks(), min_size=1, max_size=5),
    st.sampled_from([A4, PHONE, Sheet()]),
)
def test_any_course_keeps_its_texts_apart_inside_and_readable(
    given_: list[PlottedTreatment], some: list[Track], sheet: Sheet
) -> None:
    svg = clinical_course(given_, some, WORDS, sheet).svg
    assert overlapping(svg) == []
    assert outside(svg) == []
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
    millimetres = 162 if sheet is A4 else math.inf
    assert min(sizes) / sheet.width * millimetres * 72 / 25.4 >= 7 - 0.01


@pytest.mark.parametrize("layout", ["article", "manuscript"])
@pytest.mark.parametrize("name", ["labs", "course"])
def test_fourteen_tests_at_fourteen_times_are_lettered_in_seven_points_and_fit_the_page(
    layout: str, name: str, tmp_path: Path
) -> None:
    page = find_template(layout).geometry
    sheet = printed(page.text_width, page.tallest_figure)
    rows = "".join(lab(f"t{n}", " ".join(str(12 + (n * k * 7) % 40) for k in range(14))) for n in range(14))
    drugs = "".join(f"    - {{label: drug {n}, at: {n} d, duration: {n + 1} d}}\n" for n in range(14))
    text = f"introduction: See @fig-{name}.\nlabs:\n  results:\n{rows}treatment:\n  interventions:\n{drugs}"
    (tmp_path / "case.yaml").write_text(f"format: 1\ntitle: A\n{text}", "utf-8")
    article = compose_opened(open_case(tmp_path / "case.yaml"), layout).article
    svg = drawn(Told(article, ()), name)
    root = ElementTree.fromstring(svg)
    wide, tall = map(float, root.attrib["viewBox"].split()[2:])
    assert wide == pytest.approx(sheet.width, abs=0.01)
    assert tall <= sheet.height
    sizes = [float(node.attrib["font-size"]) for node in root.iter() if "font-size" in node.attrib]
    assert min(sizes) * page.text_width / wide * 72 / 25.4 >= 6.99
    assert overlapping(svg) == []


def test_panels_stand_in_balanced_rows() -> None:
    assert [[len(row) for row in balanced_rows(count)] for count in range(1, 11)] == [
        *([1], [1, 1], [1, 1, 1], [2, 2], [3, 2], [3, 3], [4, 3], [4, 4], [3, 3, 3], [4, 3, 3]),
    ]


def test_a_phone_gets_a_drawing_of_its_own_and_the_pdf_the_wide_one_alone() -> None:
    told = case(lab("alt", "12 44"), TAPER)
    narrow = figure(told).panels[0].narrow
    assert narrow is not None
    assert ElementTree.fromstring(narrow.data.decode()).get("width") == "270"
    page = export(told.article, find_template("article")).decode()
    assert page.count('<source media="(max-width: 34rem)"') == 1
    axes = [text for text in texts(narrow.data.decode()) if text.startswith("Time")]
    assert len(axes) == 2  # one for the treatments, one for the test: each is read alone


def test_the_description_says_tests_times_and_what_is_outside_the_range() -> None:
    alt = figure(case(lab("alt", "12 44 15"), TAPER)).panels[0].alt.replace(NBSP, " ")
    assert "44 H (day 1)" in alt
    assert "reference range 10–20" in alt
    assert "Prednisolone 60–30 mg/day" in alt


def test_every_mark_has_words_in_every_language_and_the_legend_names_what_is_drawn_alone() -> None:
    for language in known_languages():
        assert all(words_for(language)[f"mark_{mark}"] for mark in MARKS)
    plain_note = note(case(lab("alt", "12 15"), mention="@fig-course.alt"))
    english = words_for("en")
    shown = {mark for mark in MARKS if english[f"mark_{mark}"].lower() in plain_note.lower()}
    assert shown == {"band", "value", "zero"}


def test_short_names_and_abbreviations_in_the_figure_are_explained() -> None:
    told = case(lab("alt", "12 44", ", short: ALT"), mention="@fig-course")
    assert "ALT, Alt" in note(told)
    told = tell(
        "abbreviations: {IL: interleukin, XY: nothing}\nintroduction: See @fig-course.\nlabs:\n  results:\n"
        + lab("IL-6", "12 44").replace("id: IL-6, ", "")
    )
    assert "IL, interleukin" in note(told)
    assert "XY" not in note(told)


def test_the_same_case_gives_the_same_bytes() -> None:
    first, second = (drawn(case(lab("alt", "12 44"), TAPER)) for _ in range(2))
    assert first == second


def test_several_values_at_one_time_and_an_outlier_are_all_told() -> None:
    point: Any = PlottedPoint
    one = Track(
        "A", "U/L", (point(0.0, 5.0, "5", ""), point(0.0, 9.0, "9", ""), point(3.0, 90000.0, "90000", "high")), 3, 10
    )
    for svg in (clinical_course([], [one], WORDS, A4).svg, laboratory([one], WORDS, A4)):
        assert len(re.findall(r"<g><title>[59]0*", svg)) == 3
