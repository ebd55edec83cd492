"""The case at a glance: the phrase of a record in each row, nothing for what the case does not hold."""

from test_compose import NBSP, tell

from casewriter.article.walk import plain

CASE = """
focus: {kind: adverse_drug_reaction, label: x}
observation:
  patient: {age: 50s, sex: female, ethnicity: Han Chinese}
  complaints: [{label: fever, duration: 7 d}, itchy rash]
  history: {medical: [gout, asthma]}
diagnosis: {final: [{id: dx, label: 'DRESS [@a]', certainty: probable}, painless thyroiditis]}
treatment:
  - {id: allopurinol, label: allopurinol, dose: 300 mg, status: stopped}
  - {label: prednisolone, dose: 60 mg, treats: [dx]}
  - {label: insulin, dose: 10 units}
  - {label: surgery, status: planned, treats: [dx]}
follow_up:
  adverse_events: [{label: DRESS, suspected: [{of: allopurinol}]}]
  outcomes: {clinician: [{label: better, at: 2 wk}, {label: complete remission, at: 12 mo}]}
references: [{id: a, type: book, title: A}]
"""


def rows(text: str) -> dict[str, str]:
    return {plain(r.label): plain(r.said).replace(NBSP, " ") for r in tell(text).article.glance}


def test_each_row_is_the_phrase_of_a_record() -> None:
    assert rows(CASE) == {
        "Patient": "Woman in her 50s, Han Chinese",
        "Presentation": "Fever for 7 days and itchy rash",
        "Background": "Gout and asthma",
        "Trigger": "Allopurinol 300 mg",
        "Diagnosis": "DRESS (probable); painless thyroiditis",
        "Treatment": "Prednisolone 60 mg",
        "Outcome": "Complete remission (12 months)",
    }


def test_what_the_case_does_not_hold_has_no_row() -> None:
    assert rows("title: A\n") == {}
    assert rows("observation: {history: {medical: {none: true}}}\n") == {}


def test_a_drug_is_no_trigger_where_the_case_is_about_something_else() -> None:
    assert "Trigger" not in rows(CASE.replace("kind: adverse_drug_reaction", "kind: disease"))


def test_what_is_too_long_for_a_glance_is_left_out() -> None:
    assert rows(f"observation: {{history: {{medical: {'long ' * 40}}}}}\n") == {}
    assert rows("treatment: [a, b, c, d, e]\n") == {}


def test_a_glance_tells_no_record_and_cites_nothing() -> None:
    told = tell(CASE)
    assert "Better (2 weeks)" in told.text
    assert [p.code for p in told.problems if p.code.startswith("REF")] == []
    assert sum("DRESS" in plain(row.said) for row in told.article.glance) == 1
