"""`{{ }}` says the phrase of any record in the language of the case: its own words and numbers, never a sentence of ours."""

import pytest
from test_compose import NBSP, Told, tell

from casewriter.article.nodes import Paragraph
from casewriter.article.walk import plain

RECORDS = """
observation:
  patient: {age: 37 y, sex: female}
  complaints:
    - {label: fever, duration: 7 d, severity: severe}
    - {id: rash, label: an itchy rash, duration: 5 d}
    - {label: facial swelling, duration: 2 d}
  history:
    medical: [{id: gout, label: gout}, {label: asthma}]
    medications: [{id: home-drug, label: amlodipine, dose: 5 mg, frequency: daily}]
    family: [{id: father, label: gout, relation: father}]
    allergies: {none: true}
  examination:
    vitals:
      - {id: temp, label: temperature, value: 38.9, unit: Cel}
      - {id: pulse, label: heart rate, value: 104, unit: /min}
    findings: [{id: oedema, label: oedema, site: forehead}]
    negatives: [no goitre]
labs:
  - {id: crp, test: C-reactive protein, value: 74, unit: mg/L}
  - {id: alt, test: ALT, unit: U/L, series: [{at: 0, value: 486}, {at: 3 wk, value: 58}]}
microbiology:
  - {id: sterile, specimen: blood, method: culture, result: no growth}
  - {id: grown, specimen: pus, result: growth, organisms: [{name: "*Staphylococcus aureus*", quantity: heavy}]}
imaging:
  - {id: ct, modality: computed tomography, region: [chest], findings: clear lungs}
tests:
  - {id: ecg, label: electrocardiogram, findings: sinus rhythm}
pathology:
  - {id: biopsy, procedure: punch biopsy, site: left flank, findings: vasculitis}
genetics:
  variants: [{id: variant, gene: GNAS, hgvs_c: c.602G>A, zygosity: heterozygous}]
diagnosis:
  final: [{id: dx, label: painless thyroiditis, certainty: probable}]
  differential: [{id: ddx, label: Graves disease, status: excluded}]
treatment:
  - {id: diltiazem, label: diltiazem, dose: 30 mg, route: oral, frequency: daily, duration: 1 y, indication: calcinosis}
  - {id: combo, components: [ceftazidime, avibactam], dose: 2.5 g, route: intravenous, duration: ongoing}
  - {id: taper, label: prednisolone, dose: 60 mg, route: oral, duration: ~22 wk}
follow_up:
  adverse_events: [{id: ae, label: hyperglycaemia, severity: moderate}]
  outcomes: {clinician: [{id: well, label: complete remission}]}
"""


def said(path: str, records: str = RECORDS, language: str = "en") -> str:
    """Return what a look-up prints in the middle of a sentence."""
    told = tell(f"language: {language}\nintroduction: So {{{{ {path} }}}} it\n{records}")
    assert [p.message for p in told.problems if p.code == "CASE014"] == []
    return first(told).removeprefix("So ").removesuffix(" it")


def first(told: Told) -> str:
    (paragraph, *_) = told.blocks(Paragraph)
    return plain(paragraph.children).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        # The first five are the design's own (manuscript.md, section 2); an article is the author's to type.
        ("observation.patient", "37-year-old woman"),
        ("complaints", "fever for 7 days, an itchy rash for 5 days and facial swelling for 2 days"),
        ("vitals", "temperature 38.9 °C and heart rate 104/min"),
        ("diltiazem", "diltiazem 30 mg daily by mouth for 1 year"),
        ("ct.findings", "clear lungs"),
        ("patient", "37-year-old woman"),
        ("observation.complaints", "fever for 7 days, an itchy rash for 5 days and facial swelling for 2 days"),
        ("rash", "an itchy rash for 5 days"),
        ("medical", "gout and asthma"),
        ("gout", "gout"),
        ("home-drug", "amlodipine 5 mg daily"),
        ("father", "gout (father)"),
        ("allergies", "none"),
        ("temp", "temperature 38.9 °C"),
        ("observation.examination.vitals.temp", "38.9 °C"),
        ("oedema", "oedema (forehead)"),
        ("negatives", "no goitre"),
        ("crp", "C-reactive protein 74 mg/L"),
        ("labs.crp", "74 mg/L"),
        ("alt", "ALT 486 U/L, 58 U/L"),
        ("alt at 3 wk", "58 U/L"),
        ("sterile", "blood, culture: no growth"),
        ("grown", "pus: Staphylococcus aureus (heavy)"),
        ("ct", "computed tomography (chest)"),
        ("ecg", "electrocardiogram"),
        ("ecg.findings", "sinus rhythm"),
        ("biopsy", "punch biopsy (left flank)"),
        ("variant", "GNAS c.602G>A (heterozygous)"),
        ("dx", "painless thyroiditis"),
        ("ddx", "Graves disease"),
        ("diltiazem.dose", "30 mg"),
        ("diltiazem.indication", "calcinosis"),
        ("combo", "ceftazidime–avibactam 2.5 g intravenously (ongoing)"),
        ("taper", "prednisolone 60 mg by mouth for about 22 weeks"),
        ("treatment.interventions", "diltiazem 30 mg daily by mouth for 1 year, ceftazidime–avibactam 2.5 g intravenously (ongoing) and prednisolone 60 mg by mouth for about 22 weeks"),
        ("ae", "hyperglycaemia (moderate)"),
        ("well", "complete remission"),
    ],
)  # fmt: skip
def test_each_kind_of_record_has_a_phrase(path: str, printed: str) -> None:
    assert said(path) == printed


@pytest.mark.parametrize(
    ("patient", "printed"),
    [
        ("{age: 8 mo, sex: male}", "8-month-old boy"),
        ("{age: 12 y, sex: female}", "12-year-old girl"),
        ("{age: 50s, sex: female}", "woman in her 50s"),
        ("{age: 50s, sex: male}", "man in his 50s"),
        ("{age: 50s}", "patient in their 50s"),
        ("{age: 90+, sex: male}", "man aged 90+ years"),
        ("{age: 1 y 6 mo, sex: female}", "girl aged 1 year 6 months"),
        ("{age: 41 y, sex: intersex}", "41-year-old patient"),
        ("{sex: female}", "woman"),
        ("{sex: male, minor: true}", "boy"),
        ("{age: 4 h, sex: female}", "4-hour-old girl"),
    ],
)
def test_the_patient_is_described_by_age_and_sex(patient: str, printed: str) -> None:
    assert said("patient", f"observation: {{patient: {patient}}}\n") == printed


@pytest.mark.parametrize(
    ("language", "woman", "child", "drug", "listed"),
    [
        ("de", "Frau von 37 Jahren", "Junge von 8 Monaten", "Diltiazem 30 mg für 1 Jahr", "Fieber und Husten"),
        ("fr", "femme de 37 ans", "garçon de 8 mois", "Diltiazem 30 mg pendant 1 an", "Fieber et Husten"),
        ("es", "mujer de 37 años", "niño de 8 meses", "Diltiazem 30 mg durante 1 año", "Fieber y Husten"),
        ("pt", "mulher de 37 anos", "menino de 8 meses", "Diltiazem 30 mg durante 1 ano", "Fieber e Husten"),
        ("it", "donna di 37 anni", "bambino di 8 mesi", "Diltiazem 30 mg per 1 anno", "Fieber e Husten"),
    ],
)
def test_phrases_are_in_the_language_of_the_case(language: str, woman: str, child: str, drug: str, listed: str) -> None:
    records = "observation: {{patient: {{age: {}, sex: {}}}, complaints: [Fieber, Husten]}}\n"
    given = "treatment: [{id: drug, label: Diltiazem, dose: 30 mg, duration: 1 y}]\n"
    grown, young = records.format("37 y", "female"), records.format("8 mo", "male")
    assert said("patient", grown, language) == woman
    assert said("patient", young, language) == child
    assert said("complaints", grown, language) == listed
    assert said("drug", grown + given, language) == drug


def test_a_phrase_begins_a_sentence_with_a_capital_and_changes_no_name() -> None:
    text = "{{ complaints }}. {{ alt }} was {{ rash }}. {{ crp }}? “Yes.” {{ dx }}"
    told = tell(f"introduction: |\n  {text}\n{RECORDS}")
    shown = first(told)
    assert shown.startswith("Fever for 7 days, an itchy rash")
    assert "ALT 486 U/L, 58 U/L was an itchy rash for 5 days." in shown
    assert shown.endswith("Painless thyroiditis")


def test_parts_that_hold_commas_are_kept_apart() -> None:
    records = 'observation: {complaints: ["fever, worse at night", cough]}\n'
    assert said("complaints", records) == "fever, worse at night; cough"


@pytest.mark.parametrize(
    ("path", "near"), [("diltiazm", "diltiazem"), ("complaint", "complaints"), ("ct.findngs", "findings"), ("qqq", "")]
)
def test_a_name_that_no_record_has_is_an_error_with_the_nearest(path: str, near: str) -> None:
    told = tell(f"introduction: So {{{{ {path} }}}} it\n{RECORDS}")
    problem = told.only("CASE014")
    assert near in (problem.hint or "")
    assert first(told) == f"So {{{{ {path} }}}} it"


def test_records_that_say_each_other_end() -> None:
    records = (
        "treatment: [{id: one, label: 'x {{ two }}'}, {id: two, label: 'y {{ one }}'}, {id: own, label: '{{ own }}'}]\n"
    )
    told = tell(f"introduction: So {{{{ one }}}} it\n{records}")
    assert {p.code for p in told.problems} == {"CASE014"}
    assert first(told) == "So x y {{ one }} it"


def test_a_fault_in_a_record_is_told_where_the_record_is_written() -> None:
    told = tell("introduction: So {{ drug }} it\ntreatment: [{id: drug, label: 'x [@gone]'}]\n")
    assert [p.path for p in told.problems if p.code == "REF005"] == [
        ("treatment", "interventions", "items", 0, "label")
    ]


def test_what_a_phrase_cites_is_cited_there() -> None:
    reference = "references: [{id: a, type: book, title: A}]\n"
    told = tell(f"introduction: So {{{{ drug }}}} it\ntreatment: [{{id: drug, label: 'x [@a]'}}]\n{reference}")
    assert first(told) == "So x (1) it"
