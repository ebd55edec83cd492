"""The timeline as a reader wants it: a time once, a verb for the kind, one grammar of time, one event one row.

The expected rows are those of the design page “How a case is told”, section “The course”.
"""

import re

import pytest
from test_compose import NBSP, Told, tell
from test_course import rows, tables

from casewriter.article.likeness import words_of
from casewriter.article.times import Grammar, Speech, period, when
from casewriter.article.walk import plain
from casewriter.article.words import words_for
from casewriter.export.html import export as html
from casewriter.export.places import places
from casewriter.model.case import Case
from casewriter.model.time import parse_when
from casewriter.template import find_template
from casewriter.work.check import check

AROUND = "timeline: {index: admission, events: [{at: 0, label: admitted}, {at: 9 d, label: discharged}]}\n"


def said(found: Told) -> list[str]:
    return [row[1] for row in rows(found)]


def test_a_time_is_printed_once_and_its_events_stand_beside_it() -> None:
    found = tell("timeline: [{at: 0, label: admitted}, {at: 0, label: fever}, {at: 1 d, label: rash}]\n")
    (table,) = tables(found, "timeline")
    assert [table.reach(n) for n in range(3)] == [2, 0, 1]
    page = html(found.article, find_template("article")).decode().replace(NBSP, " ")
    assert page.count(">Day 0</th>") == 1
    assert '<th scope="row" rowspan="2">Day 0</th><td>Admitted</td>' in page
    assert "<tr><td>Fever</td></tr>" in page


def test_a_table_that_is_not_grouped_prints_every_cell() -> None:
    found = tell("tables: {own: {caption: Own, columns: [a, b], rows: [[x, y], [x, z]]}}\ncourse: See @tbl-own.\n")
    (table,) = tables(found, "own")
    assert [table.reach(n) for n in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("record", "printed"),
    [
        ("treatment: [{kind: drug, label: prednisolone, dose: 60 mg, frequency: daily, at: 1 d, duration: 2 wk}]",
         ["Prednisolone 60 mg daily started, for 2 weeks"]),
        ("treatment: [{kind: drug, label: tPA, dose: 10 mg, at: 1 d}]", ["tPA 10 mg given"]),
        ("treatment: [{kind: surgery, label: laparotomy, at: 1 d}]", ["Laparotomy performed"]),
        ("treatment: [{kind: drug, label: iron, at: 1 d, status: declined}]", ["Iron (declined)"]),
        ("treatment: [{kind: drug, label: second dose of iron given, at: 1 d}]", ["Second dose of iron given"]),
        ("treatment: [{kind: surgery, label: wound sutured again, at: 1 d}]", ["Wound sutured again"]),
        ("treatment: [{kind: drug, label: aspirin, at: 1 d, until: 3 d, status: stopped, stopped_because: rash}]",
         ["Aspirin started", "Aspirin stopped (rash)"]),
        ("treatment: [{kind: drug, label: aspirin, at: 1 d, duration: 3 d, status: stopped}]",
         ["Aspirin started", "Aspirin stopped"]),
        ("imaging: [{modality: CT, region: [chest], at: 1 d}]", ["CT of chest performed"]),
        ("microbiology: [{specimen: blood, method: culture, at: 1 d}]", ["Culture (blood) performed"]),
        ("pathology: [{procedure: punch biopsy, site: left thigh, at: 1 d}]", ["Punch biopsy (left thigh) performed"]),
        ("observation: {complaints: [{label: pH-dependent pain, onset: 1 d}]}", ["pH-dependent pain began"]),
        ("follow_up: {adverse_events: [{label: rash, at: 1 d}]}", ["Rash occurred"]),
    ],
)  # fmt: skip
def test_a_verb_says_what_happened_to_a_record(record: str, printed: list[str]) -> None:
    assert said(tell(f"{AROUND}{record}\n")) == ["Admitted", *printed, "Discharged"]


def test_records_of_one_day_are_one_row() -> None:
    found = tell(
        f"{AROUND}imaging: [{{modality: CT, at: 1 d}}, {{modality: MRI, at: 1 d}}, {{modality: PET, at: 2 d}}]\n"
    )
    assert said(found) == ["Admitted", "CT and MRI performed", "PET performed", "Discharged"]


def test_an_item_that_is_a_list_itself_is_divided_by_semicolons() -> None:
    drugs = (
        "treatment: [{kind: drug, label: insulin, at: 1 d}, {kind: drug, label: metformin and glipizide, at: 1 d}]\n"
    )
    assert said(tell(AROUND + drugs))[1] == "Insulin; metformin and glipizide given"


def test_an_event_without_a_time_does_not_divide_a_day() -> None:
    outcome = "follow_up: {outcomes: {clinician: [{label: cured, at: 9 d}]}}\n"
    found = tell(AROUND.replace("discharged}", "discharged}, {label: at home}") + outcome)
    assert [row[1] for row in rows(found)][1:] == ["Discharged", "Cured", "At home"]


def test_a_row_of_several_records_is_the_place_of_each() -> None:
    found = tell(f"{AROUND}imaging: [{{modality: CT, at: 1 d}}]\ntests: [{{label: ECG, at: 1 d}}]\n")
    (table,) = tables(found, "timeline")
    paths = {("imaging", "studies", 0), ("tests", "results", 0)}
    assert {path for row in table.rows for path in (row.origin, *row.also)} >= paths
    lines = places(found.article, find_template("article")).lines
    for name in ("imaging.studies[0]", "tests.results[0]"):
        where = {"timeline" in line.origins for line in lines if name in line.origins}
        assert where == {True, False}  # the timeline and the section


def test_items_that_hold_commas_are_divided_by_semicolons() -> None:
    found = tell(f'{AROUND}tests: [{{label: "ECG, 12 leads", at: 1 d}}, {{label: spirometry, at: 1 d}}]\n')
    assert said(found)[1] == "ECG, 12 leads; spirometry performed"


@pytest.mark.parametrize(
    ("event", "record", "rows_"),
    [
        ("Calcium normal", "normal calcium", 1),
        ("the calcium was normal", "calcium normal", 1),
        ("calcium not normal", "calcium normal", 2),
        ("calcium 2.1", "calcium 2.3", 2),
        ("hyperthermia", "hyperthyroidism", 2),
    ],
)
def test_an_event_and_a_record_of_one_time_and_the_same_words_are_one_row(event: str, record: str, rows_: int) -> None:
    outcome = f"follow_up: {{outcomes: {{clinician: [{{label: {record}, at: 3 d}}]}}}}\n"
    events = f"timeline: [{{at: 0, label: admitted}}, {{at: 3 d, label: {event}}}, {{at: 5 d, label: out}}]\n"
    assert len(said(tell(events + outcome))) == 2 + rows_
    later = outcome.replace("3 d", "4 d")
    assert len(said(tell(events + later))) == 4


def test_two_events_of_the_author_stay_two() -> None:
    assert said(tell("timeline: [{at: 0, label: seizure}, {at: 0, label: seizure}]\n")) == ["Seizure", "Seizure"]


def test_the_main_treatment_is_in_the_timeline_though_it_has_no_time() -> None:
    found = tell(f"{AROUND}treatment: [{{kind: drug, label: saline}}, {{kind: drug, label: rituximab, treats: [dx]}}]\n"
                 "diagnosis: {final: [{id: dx, label: lymphoma}]}\n")  # fmt: skip
    assert ["Undated", "Rituximab given"] in rows(found)
    assert not any("aline" in text for text in said(found))


def test_a_treatment_without_a_time_begins_with_its_schedule() -> None:
    steps = "schedule: [{at: 2 d, dose: 60 mg}, {at: 5 d, dose: 30 mg}]"
    found = tell(f"{AROUND}treatment: [{{kind: drug, label: prednisolone, {steps}}}]\n")
    assert ["Day 2", "Prednisolone started"] in rows(found)


def test_what_has_no_time_is_marked_where_the_file_has_it() -> None:
    found = tell("timeline: [{at: 0, label: admitted}, {label: moved}, {at: 2 d, label: out}]\n")
    assert rows(found) == [["Day 0", "Admitted"], ["Undated", "Moved"], ["Day 2", "Out"]]


def test_the_head_is_time_and_the_index_is_in_the_caption() -> None:
    found = tell(AROUND)
    (table,) = tables(found, "timeline")
    assert plain(table.head[0].cells[0].children) == "Time"
    assert plain(table.caption).replace(NBSP, " ") == "Timeline (day 0 = admission)."
    own = tell(AROUND.replace("index:", "caption: Course of the case., index:"))
    (table,) = tables(own, "timeline")
    assert plain(table.caption).replace(NBSP, " ") == "Course of the case. Day 0 = admission."


@pytest.mark.parametrize(
    ("grammar", "first_day", "written", "printed"),
    [
        ("day", 0, "0", "day 0"), ("day", 0, "1 d", "day 1"), ("day", 0, "-7 d", "day −7"), ("day", 0, "day 3", "day 3"),
        ("day", 0, "~2 d", "about day 2"), ("day", 0, "36-38 d", "day 36–38"), ("day", 0, "2 wk", "2 weeks"),
        ("day", 0, "1.5 d", "1.5 days"), ("day", 0, "<2 d", "<2 days"), ("day", 0, "36 h", "36 hours"),
        ("day", 1, "0", "day 1"), ("day", 1, "2 d", "day 3"), ("day", 1, "day 3", "day 3"), ("day", 1, "-2 d", "2 days before"),
        ("short", 0, "0", "0 d"), ("short", 0, "1 d", "1 d"), ("short", 0, "-7 d", "−7 d"), ("short", 0, "day 3", "3 d"),
        ("short", 0, "2 wk", "2 wk"), ("short", 0, "3 mo", "3 mo"), ("short", 0, "36-38 d", "36–38 d"), ("short", 0, "8 y", "8 y"),
        ("short", 1, "0", "day 1"), ("short", 1, "2 d", "day 3"),
    ],
)  # fmt: skip
def test_times_have_one_grammar(grammar: Grammar, first_day: int, written: str, printed: str) -> None:
    speech = Speech(words_for("en"), first_day=first_day, grammar=grammar)
    assert when(parse_when(written), speech).replace(NBSP, " ") == printed


@pytest.mark.parametrize(("grammar", "printed"), [("day", "day 36–38"), ("short", "36–38 d"), ("length", "36–38 days")])
def test_a_typed_range_and_a_span_are_printed_alike(grammar: Grammar, printed: str) -> None:
    case = {"format": "1", "timeline": [{"label": "x", "at": "36 d", "until": "38 d"}, {"label": "y", "at": "36-38 d"}]}
    events = Case.model_validate(case).timeline
    assert events
    speech = Speech(words_for("en"), grammar=grammar)
    assert {period(event, speech).replace(NBSP, " ") for event in events.events} == {printed}


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it"])
def test_the_verbs_are_in_the_language_of_the_case(language: str) -> None:
    english, words = words_for("en"), words_for(language)
    for key in [key for key in english if key.startswith("event_")] + ["undated", "list_and"]:
        assert words[key] != english[key], key
        assert re.sub(r"[^{}]", "", words[key]) == re.sub(r"[^{}]", "", english[key])


def test_words_that_say_the_same_in_six_languages() -> None:
    assert words_of("Die Werte waren normal") == words_of("Werte normal")
    assert words_of("no fever") != words_of("fever")


SYNDROME = "timeline: [{at: 0, label: admitted}, {at: 2 d, label: serotonin syndrome seen within 36 hours}]\n"


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        (SYNDROME + "diagnosis: {complications: [{at: 2 d, label: serotonin syndrome}]}", ["DATA045"]),
        (SYNDROME + "diagnosis: {complications: [{at: 3 d, label: serotonin syndrome}]}", []),
        (SYNDROME + "follow_up: {outcomes: {clinician: [{at: 0, label: admitted for surgery}]}}", []),
        (
            "timeline: [{at: 2 d, label: death from septic shock}]\n"
            "follow_up: {outcomes: {clinician: [{at: 2 d, label: death from septic shock with organ failure}]}}",
            ["DATA045"],
        ),
        (SYNDROME + "diagnosis: {complications: [{at: 2 d, label: serotonin syndrome, timeline: false}]}", []),
        (SYNDROME + "diagnosis: {complications: [{at: 2 d, label: neuroleptic syndrome}]}", []),
        (
            SYNDROME
            + "follow_up: {outcomes: {clinician: [{at: 2 d, label: serotonin syndrome seen within 36 hours}]}}",
            [],
        ),
        (SYNDROME + "tests: [{label: ECG}]\nimaging: [{modality: CT}]", ["DATA046"]),
        (SYNDROME + "tests: [{label: ECG, timeline: false}]", []),
        (SYNDROME + "tests: [{label: ECG, timeline: true}]", []),
        ("tests: [{label: ECG}]", []),
        (SYNDROME + "treatment: [{kind: drug, label: cyproheptadine}]", []),
        (SYNDROME + "treatment: [{kind: drug, label: cyproheptadine}, {kind: drug, label: saline}]", ["DATA046"]),
    ],
)
def test_lint_reports_what_the_timeline_says_twice_or_leaves_out(case: str, codes: list[str]) -> None:
    report = check("case.yaml", text=f"format: 1\n{case}\n").report
    assert [one.code for one in report.problems if one.code in ("DATA045", "DATA046")] == codes


def test_records_without_a_time_are_named_once_with_their_lines() -> None:
    text = f"format: 1\n{SYNDROME}tests: [{{label: ECG}}]\nimaging: [{{modality: CT, region: [chest]}}]\n"
    (found,) = [one for one in check("case.yaml", text=text).report.problems if one.code == "DATA046"]
    assert found.message == (
        "2 records have no time and are left out of the timeline: CT of chest (imaging.studies.0, line 4); "
        "ECG (tests.results.0, line 3)"
    )


def test_tissue_without_a_procedure_is_not_performed() -> None:
    found = tell(
        "timeline: {index: x, events: [{at: 0, label: seen}, {at: 1 d, label: a}]}\n"
        "pathology: [{site: skin, at: 3 d, findings: fat}, {procedure: skin biopsy, at: 4 d, findings: fat}]\n"
    )
    assert said(found)[-2:] == ["Skin", "Skin biopsy performed"]
