"""Told once: a record that the prose tells is not listed again, and no other is ever left out."""

from itertools import product
from pathlib import Path

import pytest
from test_compose import Told, tell

from casewriter.article.nodes import Facts, Paragraph, Table
from casewriter.article.walk import plain
from casewriter.project import find_cases
from casewriter.work.check import check

# -- what is planted: a record as typed, and texts that say it, that say it otherwise, and that say something else -------

COMPLAINT = (
    "observation: {{complaints: [{{label: {label}, severity: {more}, duration: {number} d}}], narrative: '{text}'}}"
)
FINDING = "observation: {{examination: {{findings: [{{label: {label}, severity: {more}, site: {number} cm below the rib}}]}}, narrative: '{text}'}}"
VITAL = "observation: {{examination: {{vitals: [{{label: {label}, value: {number}, unit: mmHg, condition: {more}}}]}}, narrative: '{text}'}}"
DRUG = "treatment: {{interventions: [{{label: {label}, dose: {number} mg, frequency: {more}}}], narrative: '{text}'}}"
HISTORY = "observation: {{history: {{medical: [{{label: {label}, outcome: {more}, note: '{number} flares'}}]}}, narrative: '{text}'}}"
EVENT = "follow_up: {{adverse_events: [{{label: {label}, severity: {more}, action: dose cut to {number} mg}}], narrative: '{text}'}}"

SHAPES = {
    "complaint": (COMPLAINT, "7 days"),
    "finding": (FINDING, "7 cm below the rib"),
    "vital": (VITAL, "7 mmHg"),
    "drug": (DRUG, "7 mg"),
    "history": (HISTORY, "7 flares"),
    "event": (EVENT, "dose cut to 7 mg"),
}
LABELS = ("fever", "portal tremor", "amber plaque")

SAYING = (
    "There was a severe {label}, {said}.",
    "{Label}: severe, {said}. It passed.",
    "He had gout; {said} of severe {label}.",
)
"""Texts that hold every word and number of the record in a sentence that denies nothing."""
NOT_SAYING = {
    "another number": "There was a severe {label}, {other}.",
    "a number of something else": "There was a severe {label}. The other was {said}.",
    "other words": "Something like it was found, of high degree, {said}.",
    "denied": "There was no severe {label}, {said}.",
    "denied in a row": "There was no cough, severe {label} or {said}.",
    "denied later": "A severe {label} of {said} was excluded.",
    "of a relative": "His mother had a severe {label}, {said}.",
    "half": "There was a {label}, {said}.",
    "a longer word": "There was a severe {label}like state, {said}.",
    "nothing": "She came on foot.",
    "unit missing": "There was a severe {label}, 7.",
}  # fmt: skip


def planted(shape: str, label: str, text: str) -> Told:
    yaml, said = SHAPES[shape]
    filled = text.format(label=label, Label=label.capitalize(), said=said, other=said.replace("7", "8"))
    return tell(yaml.format(label=label, more="severe", number=7, text=filled))


def listed(told: Told) -> list[str]:
    """Return what lists and tables print, a row each."""
    rows = [f"{plain(row.label)}: {plain(row.said)}" for block in told.blocks(Facts) for row in block.rows]
    tables = [row for block in told.blocks(Table) for row in block.rows]
    return [*rows, *(" | ".join(plain(cell.children) for cell in row.cells) for row in tables)]


@pytest.mark.parametrize(("shape", "label", "kind"), list(product(SHAPES, LABELS, NOT_SAYING)))
def test_a_record_that_the_prose_does_not_tell_is_listed(shape: str, label: str, kind: str) -> None:
    told = planted(shape, label, NOT_SAYING[kind])
    found = "\n".join(listed(told)).lower().replace("\u00a0", " ")
    assert label in found
    assert "7" in found
    assert "severe" in found


@pytest.mark.parametrize(("shape", "label", "text"), list(product(SHAPES, LABELS, SAYING)))
def test_a_record_that_the_prose_tells_whole_is_not_listed(shape: str, label: str, text: str) -> None:
    assert listed(planted(shape, label, text)) == []


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it"])
def test_denials_and_relatives_are_known_in_each_language(language: str) -> None:
    denied = {"de": "Kein Fieber", "fr": "Pas de Fieber", "es": "Sin Fieber", "pt": "Sem Fieber", "it": "Senza Fieber"}
    mother = {"de": "Mutter", "fr": "mère", "es": "madre", "pt": "mãe", "it": "madre"}
    case = "language: {}\nobservation: {{complaints: [{{label: Fieber}}], narrative: '{}.'}}"
    assert listed(tell(case.format(language, "Fieber"))) == []
    assert len(listed(tell(case.format(language, denied[language])))) == 1
    assert len(listed(tell(case.format(language, f"Fieber, {mother[language]}")))) == 1


def test_in_a_language_that_is_not_known_every_record_is_listed() -> None:
    assert len(listed(tell("language: pl\nobservation: {complaints: [{label: kaszel}], narrative: kaszel.}"))) == 1


# -- by look-ups ---------------------------------------------------------------------------------------------------------

DRUGS = """
treatment:
  narrative: "{}"
  interventions:
    - {{id: drug, label: diltiazem, dose: 30 mg, duration: 1 y{}}}
    - {{label: aspirin, dose: 100 mg}}
"""


def test_a_record_whose_phrase_the_prose_holds_is_not_listed() -> None:
    assert [row for row in listed(tell(DRUGS.format("We gave {{ drug }}.", ""))) if "iltiazem" in row] == []


def test_what_the_phrase_leaves_out_is_listed_with_its_record() -> None:
    (row,) = [r for r in listed(tell(DRUGS.format("We gave {{ drug }}.", ", response: none seen"))) if "iltiazem" in r]
    assert "one seen" in row


def test_a_look_up_in_the_abstract_or_discussion_leaves_the_list_alone() -> None:
    for text in (
        "abstract: We gave {{ drug }}.",
        "discussion: We gave {{ drug }}.",
        "introduction: We gave {{ drug }}.",
    ):
        assert any("iltiazem" in row for row in listed(tell(f"{text}\n{DRUGS.format('', '')}")))


# -- what case and profile choose ----------------------------------------------------------------------------------------


def test_the_case_can_print_all_or_none() -> None:
    base = DRUGS.format("We gave {{ drug }}.", "")
    assert len(listed(tell(f"{base}print: {{treatment: all}}\n"))) == 2
    told = tell(f"{base}print: {{treatment: none}}\n")
    assert listed(told) == []
    problem = told.only("CASE022")
    assert problem.path == ("treatment", "interventions", "items", 1)  # aspirin; diltiazem is told
    assert "treatment" in problem.message


def test_the_profile_chooses_for_a_section_and_the_case_has_the_last_word() -> None:
    from casewriter.profile import find_profile

    generic = find_profile("generic-care")
    plans = tuple(
        plan.model_copy(update={"records": "none"}) if "treatment" in plan.parts else plan for plan in generic.sections
    )
    silent = generic.model_copy(update={"sections": plans})
    base = DRUGS.format("", "")
    assert listed(tell(base, silent)) == []
    assert len(listed(tell(f"{base}print: {{treatment: untold}}\n", silent))) == 2


def test_a_table_that_the_text_mentions_stays_whole() -> None:
    labs = "labs: {{narrative: 'Calcium was 2.4 mmol/L{}.', results: [{{test: Calcium, value: 2.4, unit: mmol/L}}]}}"
    assert listed(tell(labs.format(""))) == []
    assert len(listed(tell(labs.format(" (@tbl-labs)")))) == 1


def test_notes_of_rows_that_are_left_out_go_and_the_others_are_lettered_anew() -> None:
    told = tell(
        "treatment: {narrative: 'We gave aspirin 100 mg, see b.', interventions: ["
        "{label: aspirin, dose: 100 mg, note: see b}, {label: heparin, note: stopped early}]}"
    )
    (table,) = told.blocks(Table)
    assert [(mark, plain(note)) for mark, note in table.notes] == [("a", "Stopped early.")]


def test_the_patient_is_told_by_the_usual_words() -> None:
    case = "observation: {{patient: {{age: 37 y, sex: female, occupation: baker}}, narrative: '{}'}}"
    assert listed(tell(case.format("A 37-year-old woman came."))) == ["Patient: Baker"]
    assert len(listed(tell(case.format("A 38-year-old woman came.")))) == 3
    assert len(listed(tell(case.format("A 37-year-old man came.")))) == 3


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("She had no known allergy to drugs, as asked at admission.", 0),
        ("She had no known allergy to drugs.", 1),  # how it was established is not said
        ("She was allergic to no drugs, asked at admission.", 0),
        ("She had an allergy to drugs, asked at admission.", 1),
        ("Nothing of the kind was known.", 1),
    ],
)
def test_that_there_is_none_is_told_by_a_sentence_that_denies_it(text: str, rows: int) -> None:
    told = tell(
        "observation: {history: {allergies: {none: true, scope: drugs, how_assessed: asked at admission}, "
        f"narrative: '{text}'}}}}"
    )
    assert len(listed(told)) == rows


def test_a_result_that_denies_is_told_by_a_denial_only() -> None:
    case = "microbiology: {{cultures: [{{specimen: blood, result: no growth}}], narrative: '{}'}}"
    assert listed(tell(case.format("In blood, there was no growth."))) == []
    assert len(listed(tell(case.format("In blood, there was growth.")))) == 1


@pytest.mark.parametrize("when", ["day 7", "15-16 mo"])
def test_a_time_that_the_prose_prints_as_typed_is_told(when: str) -> None:
    said = {"day 7": "On day 7", "15-16 mo": "At 15–16 months"}[when]
    case = "pathology: {{narrative: '{} skin biopsy showed fat.', specimens: [{{procedure: skin biopsy, findings: fat, at: {}, timeline: false}}]}}"
    assert listed(tell(case.format(said, when))) == []
    assert len(listed(tell(case.format("Later", when)))) == 1


def test_markup_in_a_record_is_compared_as_it_prints() -> None:
    case = "imaging: {narrative: '{{ b.modality }} of the whole body showed {{ b.findings }}.', studies: [{id: b, modality: '^18^F-FDG PET', region: whole body, findings: fat}]}"
    assert listed(tell(case)) == []


def test_a_susceptibility_is_told_with_its_drug() -> None:
    case = "microbiology: {{narrative: 'Culture of blood showed growth of *E. coli* ({}).', cultures: [{{specimen: blood, method: culture, result: growth, organisms: [{{name: '*E. coli*', susceptibility: {{ampicillin: S}}}}]}}]}}"
    assert listed(tell(case.format("ampicillin S"))) == []
    assert len(listed(tell(case.format("ampicillin R")))) == 1


def test_a_record_that_cites_is_told_by_a_look_up_alone() -> None:
    case = "observation: {complaints: [{label: 'fever [@a]'}], narrative: fever.}\nreferences: [{id: a, type: book, title: A}]"
    assert len(listed(tell(case))) == 1


def test_a_series_of_a_score_keeps_its_times() -> None:
    case = "observation: {examination: {scores: [{label: DIC score, unit: points, series: [{at: 0, value: 5}, {at: day 3, value: 4}]}]}}"
    assert listed(tell(case)) == ["Scores: DIC score 5\u00a0points (day\u00a00), 4\u00a0points (day\u00a03)"]


# -- the checklist -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "text", "state"),
    [
        ("untold", "She came on foot.", "present"),
        ("none", "She came on foot.", "missing"),
        ("none", "She had a severe fever for 7 days.", "present"),
    ],
)
def test_an_item_counts_as_reported_only_where_the_manuscript_shows_it(
    tmp_path: Path, choice: str, text: str, state: str
) -> None:
    """What the file holds and the paper leaves out is not reported (CARE item 5b: symptoms of the patient)."""
    case = (
        f"format: 1\nobservation:\n  narrative: {text}\n  complaints: [{{label: fever, severity: severe, duration: 7 d}}]\n"
        f"print: {{complaints: {choice}}}\n"
    )
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    report = check(find_cases([str(tmp_path)])[0]).report
    assert {item.item.id: item.state for item in report.items}["5b"] == state
    assert ("CASE022" in {p.code for p in report.problems}) == (state == "missing")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "diagnosis: {narrative: 'Fever, confusion and tremor are typical of the syndrome.'}",
        "treatment: {narrative: Paracetamol was available in case of fever.}",
        "course: Fever after a transfusion appeared on day 9.",
    ],
)
def test_a_complaint_is_not_told_by_the_same_word_elsewhere(elsewhere: str) -> None:
    """A reader of the first version lost the presenting complaint: another section says fever of something else."""
    case = (
        f"observation: {{complaints: [{{label: fever}}, {{label: chills}}], narrative: He had chills.}}\n{elsewhere}\n"
    )
    assert listed(tell(case)) == ["Complaints: Fever"]


def test_a_record_whose_values_another_section_looks_up_is_not_listed() -> None:
    """It is no bare word: the label and the value looked up beside it say this very record."""
    case = (
        "observation: {examination: {scores: [{id: risk, label: risk score, value: 7}], narrative: He was ill.}}\n"
        "diagnosis: {reasoning: 'The risk score was {{ risk.value }}.'}\n"
    )
    told = tell(case)
    assert "7" in "".join(plain(b.children) for b in told.blocks(Paragraph))
    assert listed(told) == []
