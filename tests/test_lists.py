"""What stays a list, as a reader wants it: the examples are those of the design page “How a case is told”, section 2."""

from pathlib import Path

import pytest
from test_compose import NBSP, Told, tell
from test_course import rows, tables, text_of

from casewriter.article.nodes import Facts, Paragraph
from casewriter.article.walk import blocks_within, plain
from casewriter.export.html import export as html
from casewriter.profile import find_profile
from casewriter.project import open_case
from casewriter.template import find_template
from casewriter.work.check import compose_opened

SURGICAL = Path(__file__).parent / "data" / "surgical" / "case.yaml"


def lists(found: Told) -> dict[str, list[str]]:
    """Return each label with the lines beside it."""
    groups = [g for b in blocks_within(found.article.sections) if isinstance(b, Facts) for g in b.groups()]
    return {
        plain(label): [
            "".join(f.joint * (n > 0) + plain(f.said) for n, f in enumerate(line)).replace(NBSP, " ") for line in lines
        ]
        for label, lines in groups
    }


def test_a_record_is_a_line_in_sentence_case_with_its_own_path() -> None:
    found = tell("""\
observation:
  complaints:
  - {label: fever, onset: -7 d, duration: 7 d, severity: severe, course: persistent}
  - {label: pH-dependent pain, site: "arms, legs", severity: mild, onset: -2 d}
""")
    assert lists(found)["Complaints"] == [
        "Fever for 7 days, severe, persistent",
        "pH-dependent pain; arms, legs; mild; onset: day −2",
    ]
    (facts,) = [b for b in blocks_within(found.article.sections) if isinstance(b, Facts)]
    items = ("observation", "complaints", "items")
    assert [row.origin for row in facts.rows] == [(*items, 0), (*items, 1)]
    page = html(found.article, find_template("article")).decode()
    assert page.count("<dt>Complaints</dt>") == 1
    assert page.count('<div class="line">') == 2


def test_a_drug_is_told_with_its_dose() -> None:
    found = tell(
        "observation: {history: {medications: [{label: aspirin, dose: 75 mg, frequency: daily, since: -5 y}]}}\n"
    )
    assert lists(found)["Medications"] == ["Aspirin 75 mg daily, since −5 years"]


def test_short_things_share_a_line_and_keep_their_paths() -> None:
    found = tell("observation: {examination: {negatives: [no goitre, no blister]}, patient: {age: 50s, sex: female}}\n")
    assert lists(found)["Negative findings"] == ["No goitre; no blister"]
    assert lists(found)["Patient"] == ["50s, female"]
    negatives = [r for b in blocks_within(found.article.sections) if isinstance(b, Facts) for r in b.rows][-2:]
    assert [row.origin[-1] for row in negatives] == [0, 1]


@pytest.mark.parametrize(
    ("patient", "line"),
    [
        ("age: 9 y, minor: true", "9 years"),
        ("sex: male, minor: false", "male"),
        ("sex: male, minor: true", "male, minor"),
    ],
)
def test_no_row_says_that_somebody_is_a_minor_where_the_age_does(patient: str, line: str) -> None:
    assert lists(tell(f"observation: {{patient: {{{patient}}}}}\n"))["Patient"][0].lower() == line


def test_adverse_events_are_a_small_table() -> None:
    found = tell("""\
treatment: [{id: a, kind: drug, label: allopurinol}]
follow_up:
  adverse_events:
  - {label: rash, at: 3 d, severity: mild, suspected: [{of: a}], outcome: recovered, note: Reported.}
  - {label: fever, at: 4 d, severity: severe, suspected: [{of: a}], outcome: recovered}
  - {label: nausea, at: 5 d, severity: mild, outcome: recovered, action: fluids given}
""")
    (table,) = tables(found, "adverse-events")
    heads = [plain(cell.children) for cell in table.head[0].cells]
    assert heads == ["Event", "Time", "Severity", "Suspected", "Outcome"]
    assert rows(found, "adverse-events")[1] == ["Fever", "Day 4", "Severe", "Allopurinol", "Recovered"]
    assert [plain(note) for _, note in table.notes] == ["Reported.", "Action: fluids given."]
    assert [row.origin[-1] for row in table.rows] == [0, 1, 2]


def test_no_adverse_event_is_a_line() -> None:
    found = tell("follow_up: {adverse_events: {none: true, how_assessed: asked at each visit}}\n")
    assert lists(found)["Adverse events"] == ["None (asked at each visit)"]
    assert not list(tables(found, "adverse-events"))


def considered(*items: str) -> Told:
    return tell(f"diagnosis: {{differential: [{', '.join(f'{{{item}}}' for item in items)}]}}\n")


def test_a_column_of_a_single_row_among_many_is_told_elsewhere() -> None:
    found = considered(
        "label: a, status: excluded", "label: b, status: unlikely, against: fever", "label: c, status: possible"
    )
    assert rows(found, "differential") == [["a", "Excluded"], ["b", "Unlikely; against: fever"], ["c", "Possible"]]
    two = considered("label: a, against: rash", "label: b, against: fever", "label: c, for: cough")
    (table,) = tables(two, "differential")
    assert [plain(cell.children) for cell in table.head[0].cells] == ["Diagnosis", "Against"]
    assert [plain(note) for _, note in table.notes] == ["For: cough."]


def test_a_column_that_fewer_than_one_row_in_thirty_uses_is_dropped() -> None:
    few = [f"label: d{n}, status: excluded" + (", for: x" if n < 2 else "") for n in range(61)]
    (table,) = tables(considered(*few), "differential")
    assert table.columns == 2
    (kept,) = tables(considered(*few[:60]), "differential")
    assert kept.columns == 3


def test_names_that_hold_commas_are_divided_by_semicolons() -> None:
    found = tell("""\
pathology: [{id: p, procedure: biopsy, site: skin}, {id: q, procedure: resection, site: bowel}]
diagnosis: {differential: [{label: a, excluded_by: [p, q]}, {label: b, excluded_by: [p]}]}
""")
    assert rows(found, "differential")[0][1] == "Biopsy, skin; resection, bowel"


TAPER = """\
treatment:
- kind: drug
  label: prednisolone
  at: 0
  schedule: [{at: 0, dose: 60 mg}, {at: 2 wk, until: 4 wk, dose: 30 mg, why: rash fading}]
  changes: [{at: 2 wk, what: halved, why: rash fading}, {at: 5 wk, what: raised to 45 mg, why: flare}]
"""


def test_a_taper_is_a_small_table_and_no_footnote() -> None:
    found = tell(TAPER)
    (treatments,) = tables(found, "treatments")
    assert treatments.notes == ()
    assert rows(found, "doses") == [
        ["Prednisolone", "Day 0", "60 mg", ""],
        ["Prednisolone", "2–4 weeks", "30 mg; halved", "Rash fading"],
        ["Prednisolone", "5 weeks", "Raised to 45 mg", "Flare"],
    ]
    (doses,) = tables(found, "doses")
    assert doses.reach(0) == 3
    assert [row.origin[-2:] for row in doses.rows] == [("schedule", 0), ("schedule", 1), ("items", 1)]


def test_a_course_figure_tells_the_doses_and_only_their_reasons_are_noted() -> None:
    found = tell(TAPER + "course: The doses are in @fig-course.\n")
    (treatments,) = tables(found, "treatments")
    assert ["rash fading" in plain(note) for _, note in treatments.notes] == [True]
    assert "60 mg" not in [row[2] for row in rows(found, "doses")]


@pytest.mark.parametrize("consent", ["consent: He agreed.\n", ""])
def test_an_account_that_was_not_obtained_is_a_sentence_and_no_section(consent: str) -> None:
    found = tell(f"{consent}patient_perspective: {{not_obtained: the patient had died}}\n")
    assert "Patient perspective not obtained: the patient had died." in text_of(found)
    assert "Patient perspective" not in [plain(section.heading) for section in found.article.sections]


def test_a_profile_may_leave_out_what_was_not_obtained(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.yaml").write_text("id: own\nextends: generic-care\nnot_obtained: omit\n", "utf-8")
    assert find_profile("own", [tmp_path / "profiles"]).not_obtained == "omit"


# -- a surgical report ----------------------------------------------------------------------------------------------------


def surgical() -> Told:
    composed = compose_opened(open_case(str(SURGICAL)))
    return Told(composed.article, composed.problems)


def test_the_surgical_journal_has_its_headings_and_highlights_before_the_introduction() -> None:
    found = surgical()
    headings = [plain(section.heading) for section in found.article.sections]
    assert headings == [
        "Highlights", "Introduction", "Presentation of case", "Clinical discussion", "Conclusion", "Declarations",
    ]  # fmt: skip
    assert [part.heading for part in found.article.abstract] == [
        "Introduction and importance", "Presentation of case", "Clinical discussion", "Conclusion",
    ]  # fmt: skip


def test_an_operation_is_prose_where_it_is_told_in_sentences_and_a_table_where_not() -> None:
    found = surgical()
    told = dict(rows(found, "operations"))
    assert list(told) == [
        "Setting", "Operator", "Anaesthesia", "Approach", "Findings", "Devices", "Duration", "Blood loss", "Deviations",
        "Aftercare",
    ]  # fmt: skip
    assert told["Devices"] == "Linear stapler (Example Devices, 60 mm)"
    assert told["Duration"] == "85 minutes"
    text = text_of(found)
    assert "Laparoscopic resection of the jejunum. Reduction alone was not attempted, because a lead point" in text
    assert "anastomosis." in text


def test_two_operations_stand_side_by_side() -> None:
    found = tell("""\
treatment: [{id: a, kind: surgery, label: laparotomy, at: 0}, {id: b, kind: surgery, label: second look, at: 2 d}]
operations: [{of: a, at: 0, anaesthesia: general, blood_loss: 1 L}, {of: b, at: 2 d, anaesthesia: general}]
""")
    (table,) = tables(found, "operations")
    heads = [plain(cell.children).replace(NBSP, " ") for cell in table.head[0].cells]
    assert heads == ["", "Laparotomy (day 0)", "Second look (day 2)"]
    assert rows(found, "operations") == [["Anaesthesia", "General", "General"], ["Blood loss", "1 L", ""]]


def test_a_funder_given_as_a_label_is_printed() -> None:
    found = tell("funding: [{label: Somerset Liver Fund}, {funder: Trust, label: small grant}]")
    text = " ".join(plain(b.children) for b in blocks_within(found.article.sections) if isinstance(b, Paragraph))
    assert "Somerset Liver Fund" in text
    assert "Trust (small grant)" in text


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{label: rash, causality: [{scale: Naranjo, score: 7}]}", "Naranjo 7"),
        ("{label: rash, rechallenge: positive}", "positive"),
        ("{label: rash, clavien_dindo: IIIa}", "Clavien-Dindo IIIa"),
    ],
)
def test_an_adverse_event_with_one_detail_is_told_whole(event: str, said: str) -> None:
    """A list would say its name alone: the detail was lost."""
    found = tell(f"follow_up: {{adverse_events: [{event}]}}")
    cells = [plain(c.children) for t in found.article.tables() for row in t.rows for c in row.cells]
    assert any(said in cell for cell in cells)
