"""DATA: each rule speaks at the marked place, keeps silent on what only looks wrong, and a correct narrative is quiet.

⟦ and ⟧ stand round what a problem must mark. The cases that must stay silent are at least as many as those that must
not: a false alarm teaches people to ignore the program.
"""

import re
from pathlib import Path

import pytest
from marked import unmarked

from casewriter.lint.consistency import RULES
from casewriter.problem import Problem
from casewriter.project import find_cases
from casewriter.source import read
from casewriter.work.check import check

QUIET = Path(__file__).parent / "data" / "lint" / "quiet.yaml"
CODES = sorted(kind.code for rule in RULES for kind in rule.kinds)


def lab(*rows: str) -> str:
    """Return laboratory results, each written without its braces."""
    return "labs: {results: [" + ", ".join(f"{{{row}}}" for row in rows) + "]}\n"


def grid(times: str, row: str) -> str:
    return f"labs: {{grids: [{{at: [{times}], rows: [{{{row}}}]}}]}}\n"


def vitals(*rows: str) -> str:
    return "observation: {examination: {vitals: [" + ", ".join(f"{{{row}}}" for row in rows) + "]}}\n"


def given(*items: str) -> str:
    return "treatment: {interventions: [" + ", ".join(f"{{{item}}}" for item in items) + "]}\n"


def patient(age: str, sex: str = "female") -> str:
    return f"observation: {{patient: {{age: {age}, sex: {sex}}}}}\n"


def events(*rows: str) -> str:
    return "timeline: {events: [" + ", ".join(f"{{{row}}}" for row in rows) + "]}\n"


def course(text: str) -> str:
    return f"course: |\n  {text}\n"


def discussed(text: str) -> str:
    return f"discussion: |\n  {text}\nreferences: [{{id: a, type: article-journal, title: A report}}]\n"


PRIOR = "prior_cases: [{reference: a, patients: 2, age: 40 y}, {reference: a, label: case 3}]\n"
"""Three earlier cases in two rows."""


def adult(vital: str, text: str) -> str:
    """Return one vital sign of an adult with a text about the examination."""
    return told(vital, text).replace("observation:\n", "observation:\n  patient: {age: 40 y, sex: female}\n")


def told(vital: str, text: str) -> str:
    """Return one vital sign with a text about the examination."""
    return f"observation:\n  examination: {{vitals: [{{{vital}}}]}}\n  narrative: |\n    {text}\n"


PRESSURES = (
    "label: Systolic blood pressure, value: 126, unit: mmHg}, {label: Diastolic blood pressure, value: 74, unit: mmHg"
)
PULSE, BREATHS = "label: Heart rate, value: 104, unit: /min", "label: Respiratory rate, value: 18, unit: /min"
AIR = 'label: Oxygen saturation, value: 98, unit: "%"'
SHOCK = (
    "timeline: {index: admission}\n"
    "observation: {examination: {findings: [{label: tachycardia and hypotension on the third hospital day}]}}\n"
)
T, BP = "label: Temperature, value: 38.5, unit: °C", "label: Blood pressure, value: 86/50, unit: mmHg"
STERILE = (
    "microbiology: {cultures: [{specimen: blood, method: culture, result: no growth, at: 0},"
    " {specimen: blood, method: PCR for cytomegalovirus, result: not detected}]}\n"
)
GREW = (
    "microbiology: {cultures: [{specimen: blood, result: growth, organisms: [{name: '*Escherichia coli*'}]},"
    " {specimen: urine, method: culture, result: no growth}]}\n"
)
TAPER = given(
    "kind: drug, label: prednisolone, schedule: [{at: 1 d, dose: 60 mg}, {at: 8 wk, dose: 30 mg}, {at: 22 wk, dose: 0 mg}]"
)
WEANED = given(
    "kind: drug, label: dextrose 10%",
    "kind: drug, label: 'dextrose, continuous', changes: [{what: weaned off over 1 week at home}]",
)
NODES = (
    "observation: {examination: {findings: [{label: tender enlarged lymph nodes, site: neck and groins},"
    " {label: haematoma, site: left thigh}]}}\n"
)
CELLULITIS = (
    "observation: {complaints: [{label: pain in the left leg}]}\n"
    "timeline: {events: [{at: -2 d, label: admitted with cellulitis of the left leg}]}\n"
)
SCOPES = "imaging: {studies: [{modality: push enteroscopy, at: 0}, {modality: push enteroscopy, at: 2 d}]}\n" + given(
    "kind: procedure, label: push enteroscopy with fragmentation, at: 0",
    "kind: procedure, label: second push enteroscopy with a snare, at: 2 d",
    "kind: surgery, label: laparotomy, at: 5 d",
)
RESULTS = (
    "timeline: {first_day: 0, events: [{at: 19 d, label: blood taken for FISH, kind: diagnostic},"
    " {at: 33 d, label: GVHD diagnosed from skin biopsy and FISH, kind: diagnostic}]}\n"
)
LIVER = (
    "labs: {results: [{test: Albumin, unit: g/dL, reference: 3.5-5.0, series: [{value: 3}, {at: 7 d, value: 3.6}]}]}\n"
)
ALIVE = "follow_up: {outcomes: {clinician: [{at: 3 mo, label: well}]}}\n"
SAMPLES = lab(
    "test: Sputum culture, value: Acinetobacter baumannii, at: 18 d",
    "test: Pus culture, value: sterile",
    "test: Enterovirus serology, value: negative",
    "test: Toxoplasma gondii antibodies, value: negative",
    "test: 'Viral hepatitis A, B and C serology', value: negative",
    "test: Parvovirus B19 IgM, value: positive",
)
TWICE = (
    "microbiology: {cultures: [{specimen: blood, method: PCR for human herpesvirus 6, result: not detected, at: 1 d},"
    " {specimen: blood, method: PCR for human herpesvirus 6, result: not detected, at: 5 wk}]}\n"
)
RASH = (
    "observation: {complaints: [{label: rash, onset: -5 d}]}\n"
    "treatment: {interventions: [{kind: drug, label: allopurinol, at: -33 d, until: 0}]}\n"
)
SKIN = "pathology: {specimens: [{site: skin of the left flank, procedure: punch biopsy, findings: Vasculitis.}]}\n"
MASS = "imaging: {studies: [{modality: computed tomography, region: [abdomen], findings: 'mass of 9–10 cm in the jejunum'}]}\n"
VARIANT = "genetics: {variants: [{gene: NOTCH2, hgvs_c: c.1A>G, zygosity: heterozygous}]}\n"
CALCIUM = "test: Calcium, unit: mg/dL, reference: 8.6-10.3"
DEAD = "follow_up: {death: {at: 55 d}}\n"
ENZYME = "test: Creatine kinase, unit: U/L, reference: 30-200"

FIRES: dict[str, list[str]] = {
    "DATA001": [
        lab(f"{CALCIUM}, value: 9.2, flag: ⟦high⟧"),
        lab(f"{CALCIUM}, value: 12.2, flag: ⟦normal⟧"),
        lab(f"{CALCIUM}, value: 12.2, flag: ⟦low⟧"),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2}}, {{at: 1 d, value: 11.9, flag: ⟦normal⟧}}]"),
        lab("test: Ferritin, unit: ug/L, reference: 15-150, value: <10, flag: ⟦high⟧"),
        lab("test: Troponin T, unit: ng/L, reference: <14, value: 14, flag: ⟦normal⟧"),
        lab("test: Antinuclear antibodies, value: negative, reference: negative, flag: ⟦abnormal⟧"),
        vitals("label: Temperature, value: 39.2, unit: °C, reference: 36-37.5, flag: ⟦normal⟧"),
    ],
    "DATA026": [
        lab("test: Nitrite, value: ⟦equivocal⟧, reference: negative"),
        lab("test: Haemoglobin, unit: g/dL, value: ⟦15⟧, reference: 'M 13-17, F 12-15'"),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 9.2}}, {{at: 1 d, value: ⟦turbid⟧}}]"),
        grid("0, 1 d", f"{CALCIUM}, values: [9, ⟦<10⟧]"),
        vitals("label: Pulse, value: ⟦regular⟧, unit: /min, reference: 60-100"),
        "imaging: {studies: [{modality: MR, measurements: [{label: iron, value: ⟦some⟧, reference: <1.8}]}]}\n",
    ],
    "DATA027": [
        lab(f"{CALCIUM}, value: ⟦9.2 (H)⟧"),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2 H}}, {{at: 1 d, value: ⟦12.2 L⟧}}]"),
        grid("0, 1 d", f"{CALCIUM}, values: [9, ⟦↑9⟧]"),
    ],
    "DATA028": [
        lab(f"{CALCIUM}, value: ⟦2.3 mmol/L⟧"),
        lab("test: Calcium, unit: mg/dL, value: 9.2, reference: ⟦2.2-2.6 mmol/L⟧"),
    ],
    "DATA043": [
        given("id: a, label: a, at: 0, until: 18 d") + events("at: {during: a, by: ⟦30 d⟧}, label: rash"),
        given("id: a, label: a, at: 0, duration: 2 wk") + events("at: {during: a, by: ⟦3 wk⟧}, label: rash"),
    ],
    "DATA044": [
        "microbiology: [{specimen: blood, at: 3 d, reported_at: ⟦0⟧}]\n",
        "microbiology: [{specimen: blood, at: 1 d, positive_after: 9 d, reported_at: ⟦6 d⟧}]\n",
    ],
    "DATA045": [
        events("at: 2 d, label: calcium found normal") + "tests: {results: [⟦{at: 2 d, label: normal calcium}⟧]}\n",
        events("at: 0, label: heparin begun in the evening")
        + given("label: heparin, at: 0").replace("{label: heparin, at: 0}", "⟦{label: heparin, at: 0}⟧"),
    ],
    "DATA046": [
        "⟦timeline⟧: {events: [{at: 0, label: admitted}]}\nimaging: [{modality: CT, findings: clear}]\n",
        "⟦timeline⟧: [{at: 0, label: admitted}]\nfollow_up: {outcomes: {clinician: [well]}}\n",
    ],
    "DATA003": [
        "labs: {results: [{test: Calcium, value: 9, unit: mg/dL}, ⟦{test: Sodium, value: 140}⟧]}\n",
        "labs:\n  results:\n    - ⟦test: Calcium⟧\n      value: 9.2\n      reference: 8.6-10.3\n",
        "labs: {groups: [{panel: Blood count, results: [⟦{test: Haemoglobin, value: 131}⟧]}]}\n",
        "labs: {grids: [{at: [0, 1 d], rows: [⟦{test: Creatinine, values: [171, 120]}⟧]}]}\n",
        "observation: {examination: {vitals: [⟦{label: Temperature, value: 37.1}⟧]}}\n",
        "labs: {results: [⟦{test: Calcium, series: [{at: 0, value: 9}, {at: 1 d, value: 10}]}⟧]}\n",
    ],
    "DATA004": [
        lab("test: Calcium, value: 9.2, unit: ⟦mg/dk⟧"),
        lab("test: Calcium, value: 9.2, unit: ⟦mgdL⟧"),
        lab("test: Sodium, value: 140, unit: ⟦mmol/I⟧"),
        lab("test: Sodium, value: 140, unit: ⟦mmo/L⟧"),
        lab("test: Creatinine, value: 88, unit: ⟦ulmol/L⟧"),
        lab("test: Calcium, value: 9.2, unit: mg/dL, also: {value: 2.3, unit: ⟦mmol/LL⟧}"),
        vitals("label: Blood pressure, value: 140, unit: ⟦mmHG⟧"),
        vitals("label: Weight, value: 140, unit: ⟦kmg⟧"),
        "imaging: {studies: [{modality: CT, measurements: [{label: largest plaque, value: 4.1, unit: ⟦cn⟧}]}]}\n",
        "pathology: {specimens: [{site: skin, measurements: [{label: thickness, value: 4.1, unit: ⟦mmm⟧}]}]}\n",
        "labs: {groups: [{panel: Chemistry, unit: ⟦g/dll⟧, results: [{test: Albumin, value: 4}]}]}\n",
    ],
    "DATA005": [
        "labs: {results: [⟦{test: Calcium, value: 9.2, unit: mg/dL}⟧]}\n",
        "labs:\n  results:\n    - ⟦test: Calcium⟧\n      value: 9.2\n      unit: mg/dL\n",
        "labs: {results: [⟦{test: Calcium, unit: mg/dL, series: [{at: 0, value: 9}, {at: 1 d, value: 10}]}⟧]}\n",
        "labs: {grids: [{at: [0, 1 d], rows: [⟦{test: Creatinine, unit: umol/L, values: [171, 98]}⟧]}]}\n",
        "labs: {groups: [{panel: Blood count, unit: g/L, results: [⟦{test: Haemoglobin, value: 131}⟧]}]}\n",
    ],
    "DATA006": [
        # the value is of the other system
        lab("test: Calcium, value: ⟦2.4⟧, unit: mg/dL"),
        lab("test: Calcium, value: ⟦9.2⟧, unit: mmol/L"),
        lab("test: Serum creatinine, value: ⟦88⟧, unit: mg/dL"),
        lab("test: Creatinine, value: ⟦1.1⟧, unit: umol/L"),
        lab("test: Haemoglobin, value: ⟦13.5⟧, unit: g/L"),
        lab("test: Hb, value: ⟦135⟧, unit: g/dL"),
        lab("test: 'Albumin, serum', value: ⟦38⟧, unit: g/dL"),
        lab("test: Total bilirubin, value: ⟦120⟧, unit: mg/dL"),
        lab("test: Uric acid, value: ⟦420⟧, unit: mg/dL"),
        lab("test: Glucose, value: ⟦180⟧, unit: mmol/L"),
        lab("test: HbA1c, value: ⟦58⟧, unit: '%'"),
        lab("test: HbA1c, value: ⟦6.9⟧, unit: mmol/mol"),
        lab("test: Haematocrit, value: ⟦0.41⟧, unit: '%'"),
        vitals("label: Temperature, value: ⟦98.6⟧, unit: °C"),
        vitals("label: Temperature, value: ⟦37.2⟧, unit: °F"),
        vitals("label: Oxygen saturation, value: ⟦0.94⟧, unit: '%'"),
        # the decimal point
        lab("test: Potassium, value: ⟦45⟧, unit: mmol/L"),
        lab("test: Potassium, value: ⟦0.45⟧, unit: mmol/L"),
        lab("test: Sodium, value: ⟦14⟧, unit: mmol/L"),
        lab("test: Sodium, value: ⟦1380⟧, unit: mmol/L"),
        lab("test: Platelet count, value: ⟦250000⟧, unit: 10*9/L"),
        lab("test: White cell count, value: ⟦7500⟧, unit: ×10⁹/L"),
        lab("test: pH, value: ⟦73.1⟧"),
        lab("test: CRP, value: ⟦1040⟧, unit: mg/L"),
        vitals("label: Heart rate, value: ⟦880⟧, unit: /min"),
        vitals("label: Temperature, value: ⟦371⟧, unit: °C"),
        # where it stands
        lab(f"{CALCIUM}, series: [{{at: 0, value: 9.2}}, {{at: 1 d, value: ⟦92⟧}}]"),
        grid("0, 1 d", "test: Creatinine, unit: mg/dL, values: [1.7, ⟦120⟧]"),
    ],
    "DATA008": [
        given("label: prednisolone, at: 10 d, until: ⟦3 d⟧"),
        events("label: fever, at: day 9, until: ⟦day 4⟧"),
        "observation: {history: {medications: [{label: amlodipine, since: -2 y, until: ⟦-3 y⟧}]}}\n",
        patient("37 y") + given("label: insulin, at: age 40 y, until: ⟦age 39 y⟧"),
    ],
    "DATA010": [
        lab(f"{CALCIUM}, series: [{{at: 3 d, value: 9.2}}, {{at: ⟦1 d⟧, value: 9}}]"),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 9.2}}, {{value: 9}}, {{at: ⟦-1 wk⟧, value: 9}}]"),
        grid("3 d, ⟦1 d⟧, 4 d", f"{CALCIUM}, values: [9, 9, 9]"),
        given("label: prednisolone, schedule: [{at: 2 wk, dose: 30 mg}, {at: ⟦1 wk⟧, dose: 40 mg}]"),
    ],
    "DATA011": [
        DEAD + given("label: ceftriaxone, at: ⟦60 d⟧"),
        DEAD + lab(f"{CALCIUM}, value: 9.2, at: ⟦8 wk⟧"),
        DEAD + "imaging: {studies: [{modality: CT, at: ⟦57 d⟧}]}\n",
        "follow_up: {death: {at: day 55}, outcomes: {clinician: [{at: ⟦day 60⟧, label: no recurrence}]}}\n",
        "follow_up: {death: {at: 55 d}, tests: [{at: ⟦3 mo⟧, label: normal calcium}]}\n",
    ],
    "DATA012": [
        events("at: 10 d, label: seen again", "at: ⟦3 d⟧, label: discharged"),
        events("at: -2 wk, label: fever", "label: rash", "at: ⟦-3 wk⟧, label: cough"),
        events("at: 1 y, label: relapse", "at: ⟦9 mo⟧, label: remission"),
    ],
    "DATA013": [
        given("label: cholecystectomy, at: day 3") + course("⟦Cholecystectomy was performed on day 5⟧."),
        given("label: cholecystectomy, at: 3 d") + course("⟦Cholecystectomy on hospital day 5⟧ was uneventful."),
        "timeline: {first_day: 1}\n" + given("label: liver biopsy, at: 2 d") + course("A ⟦liver biopsy on day 2⟧."),
        events("at: 0, label: intubation") + course("She recovered; ⟦intubation on day 3⟧ had been brief."),
        given("label: liver biopsy, at: 2 d") + course("On the ⟦ninth day a liver biopsy⟧ was performed."),
        given("label: liver biopsy, at: 2 d") + course("A ⟦liver biopsy was done three weeks after admission⟧."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 7 d") + course("⟦Meropenem was stopped on day 20⟧."),
        events("at: 12 d, label: discharged home without fever") + course("She went home on the ⟦eighteenth day⟧."),
        events("at: 3 mo, label: painless thyroiditis found")
        + course("⟦Painless thyroiditis appeared at six months⟧."),
        RESULTS + course("Results of biopsy and FISH came on ⟦day 41⟧."),
        RESULTS + course("The answer of skin biopsy and FISH arrived in the ⟦eighth week⟧."),
        SCOPES + course("It took a ⟦second session on the seventh day⟧ to clear the bezoar."),
        SCOPES + course("A ⟦second enteroscopy was performed on day 9⟧."),
        events("at: 12 d, label: discharged home without fever") + course("She was discharged on the ⟦twentieth day⟧."),
        "timeline: {first_day: 0, events: [{at: 55 d, label: death from septic shock}]}\n"
        + course("She died on ⟦day 48⟧."),
    ],
    "DATA014": [
        'title: "Gout in a ⟦73-year-old woman⟧: a case report"\n' + patient("37 y"),
        patient("37 y") + course("A ⟦37-year-old man⟧ came with fever."),
        patient("37 y") + course("A ⟦thirty-six-year-old patient⟧ came with fever."),
        patient("37 y") + course("This ⟦39 year old right-handed woman⟧ came with fever."),
        patient("8 mo", "male") + course("A ⟦9-month-old boy⟧ stopped feeding."),
        patient("3 d", "male") + course("The ⟦5-day-old infant⟧ stopped feeding."),
        patient("37 y") + "abstract: A ⟦35-year-old woman⟧ came with fever.\n",
        patient("50s") + course("A ⟦woman in her 30s⟧ came with fever."),
        patient("37 y") + course("She was febrile. ⟦His⟧ legs were swollen."),
        patient("4 mo") + course("An ⟦infant aged 9 months⟧ stopped feeding."),
        "observation: {patient: {age: 60 y, sex: female}, history: {medical: diabetes, surgical: [hepaticojejunostomy]}}\n"
        + discussed("⟦A man with⟧ diabetes and a hepaticojejunostomy was thus at risk."),
    ],
    "DATA016": [
        given("label: prednisolone, dose: 40 mg/day") + course("She received prednisolone ⟦60 mg⟧ daily."),
        given("label: prednisolone, dose: 40 mg/day") + course("Prednisolone was given at ⟦50 mg⟧."),
        given("label: paracetamol, dose: 1 g") + course("Oral paracetamol (⟦1.5 g⟧) was given."),
        given("label: rituximab, dose: 375 mg/m²") + course("She received rituximab ⟦500 mg/m²⟧."),
        given("label: enoxaparin, dose: 1 mg/kg") + course("On enoxaparin ⟦1.5 mg/kg⟧ she bled."),
        given("kind: drug, label: allopurinol, dose: 300 mg") + course("She took ⟦100 mg⟧ of allopurinol."),
        vitals("label: Weight, value: 61, unit: kg")
        + given("kind: drug, label: prednisolone, dose: 60 mg, frequency: once daily")
        + course("Prednisolone was given at about ⟦2 mg/kg⟧ daily."),
    ],
    "DATA017": [
        "observation: {complaints: [{label: painful plaques, duration: 3 mo}]}\n"
        + course("She had a ⟦three-week history of painful plaques⟧."),
        "observation: {complaints: [{label: cough, duration: 3 wk}]}\n"
        + "abstract: He came with a ⟦6-week history of dry cough⟧.\n",
        "follow_up: {duration: 1 y}\n" + course("She was ⟦followed for 6 months⟧."),
        "follow_up: {duration: 18 mo}\n" + course("During ⟦follow-up of 12 months⟧ nothing recurred."),
        "observation: {complaints: [{label: bilious vomiting, duration: 2 d}]}\n"
        + "abstract: She had been vomiting ⟦for nine days⟧.\n",
    ],
    "DATA018": [
        lab(f"{CALCIUM}, value: 12.2") + course("Calcium was ⟦14.1 mg/dL⟧."),
        lab(f"{CALCIUM}, value: 12.2") + course("Her calcium (corrected) rose to ⟦13 mg/dL⟧."),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2}}, {{at: 1 d, value: 9}}]")
        + course("Calcium reached ⟦10.9 mg/dL⟧."),
        lab(f"{ENZYME}, value: 4800") + "abstract: Creatine kinase was ⟦8400 U/L⟧.\n",
        lab(f"{CALCIUM}, value: 12.2") + course("Rest helped. ⟦Calcium remained normal⟧."),
        lab(f"{CALCIUM}, value: 9.2") + course("⟦Calcium was markedly elevated⟧."),
        lab(f"{ENZYME}, value: 4800") + course("⟦Creatine kinase levels were low⟧."),
        lab(f"{ENZYME}, value: 4800") + course("CK rose to ⟦9600 U/L⟧."),
        lab("test: Haemoglobin, unit: g/L, reference: 120-160, value: 84") + course("Haemoglobin was ⟦11.2 g/dL⟧."),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2}}, {{at: 3 d, value: 9}}]")
        + course("On day 3 calcium was ⟦12.2 mg/dL⟧."),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2}}, {{at: 3 d, value: 9}}]")
        + course("⟦Calcium was normal⟧ at admission."),
        lab(f"{CALCIUM}, value: 12.2", "test: Sodium, unit: mmol/L, reference: 135-145, value: 140")
        + course("Sodium and calcium were 140 mmol/L and ⟦14.1 mg/dL⟧."),
        lab("test: White blood cell count, unit: 10*9/L, reference: 4-11, series: [{value: 14.2}, {value: 11.0}]")
        + course("⟦White cells were low⟧ and still falling."),
        lab("test: Cortisol during hypoglycaemia, value: 330, unit: nmol/L, reference: 170-500")
        + course("⟦Cortisol was below its reference range⟧ in all of them."),
        lab("test: Cortisol during hypoglycaemia, value: 330, unit: nmol/L, reference: 170-500")
        + course("⟦Cortisol came back high⟧."),
        lab("test: Cortisol during hypoglycaemia, value: 330, unit: nmol/L, reference: 170-500")
        + course("⟦Cortisol was found to be above the upper limit⟧."),
        lab("test: Estimated glomerular filtration rate, unit: 'mL/min/{1.73_m2}', reference: '>=60', value: 41")
        + "course: |\n  The filtration rate fell. The estimated glomerular filtration rate was ⟦29 mL/min per\n  1.73 m²⟧.\n",
        lab("test: Ferritin, value: 11276, unit: ng/mL, reference: 5-204")
        + course("⟦Ferritin stayed within normal limits⟧."),
    ],
    "DATA019": [
        "pathology: {specimens: [{site: skin}, {site: liver}]}\n" + course("⟦Three skin biopsies⟧ were taken."),
        "microbiology: {cultures: [{specimen: blood, result: growth}]}\n" + course("⟦4 blood cultures⟧ were drawn."),
        given("label: appendicectomy, kind: surgery") + course("⟦Two abdominal operations⟧ were needed."),
        SCOPES + course("⟦Three enteroscopies were performed⟧."),
        SCOPES + course("⟦A total of two laparotomies⟧ was done."),
        SCOPES + course("⟦Only one enteroscopy was needed⟧."),
        SCOPES + course("⟦A single enteroscopy sufficed⟧."),
    ],
    "DATA020": [
        course("She had ⟦SLE⟧ and a relapse of SLE."),
        course("Several ⟦TIAs⟧ had gone unnoticed."),
        course("The ⟦RNP⟧ antibodies were found in a high titre."),
        course("⟦IL-6⟧ was measured."),
        course("The systemic lupus erythematosus (SLE) was known, and ⟦ANCA⟧ were not."),
        "conclusion: ⟦MRCP⟧ comes first.\n",
        "tables: {t: {caption: Response of the ⟦ESR⟧, columns: [Day, mm/h], rows: [[1, 90]]}}\n",
    ],
    "DATA021": [
        "abbreviations: {⟦SLE⟧: systemic lupus erythematosus, ANA: antinuclear antibodies}\n"
        + course("ANA were found."),
        "abbreviations:\n  ⟦ALT⟧: alanine aminotransferase\n" + course("SALT was restricted."),
        "abbreviations: {⟦TNF⟧: tumour necrosis factor}\nreferences: [{id: a, type: book, title: TNF}]\n",
    ],
    "DATA022": [
        discussed("To our knowledge, this is ⟦the first case⟧ of it."),
        discussed("Our patient's combination ⟦has not been reported⟧."),
        discussed("This is ⟦the first published description⟧ in a child."),
        discussed("We are aware of ⟦no previous reports⟧."),
        discussed("This course is ⟦unprecedented⟧."),
        "discussion: {claims_first_report: ⟦true⟧}\n",
        "literature_search: {databases: [PubMed]}\n" + discussed("We describe ⟦the first known case⟧."),
        f"literature_search: {{databases: [PubMed], date: 2026-03}}\n{discussed('This is ⟦the first case⟧ of it.')}",
        f"literature_search: {{databases: [PubMed], terms: gout}}\n{discussed('This is ⟦the first case⟧ of it.')}",
        f"literature_search: {{query: gout, date: 2026-03}}\n{discussed('This is ⟦the first case⟧ of it.')}",
        discussed("⟦Only two cases⟧ have been reported so far."),
        discussed("⟦Fewer than ten patients⟧ with it have been described in the literature."),
        "abstract: We report ⟦the first case⟧ of it.\n",
    ],
    "DATA051": [
        PRIOR + discussed("To our knowledge, this is ⟦the first case⟧ of it."),
        PRIOR + discussed("To our knowledge, it ⟦has not been reported⟧."),
        PRIOR + "discussion: {claims_first_report: ⟦true⟧}\n",
    ],
    "DATA052": [
        PRIOR + discussed("⟦Only two cases⟧ have been reported [@a]."),
        PRIOR + discussed("⟦Only a single case⟧ has been published."),
        PRIOR + discussed("⟦Five cases⟧ have been reported (@tbl-prior-cases)."),
        PRIOR + discussed("⟦Only 4 published cases⟧ are in the literature."),
    ],
    "DATA023": [
        course("Systemic lupus erythematosus (SLE) was known. Systemic lupus erythematosus (⟦SLE⟧) relapsed."),
        "introduction: Systemic lupus erythematosus (SLE) is rare.\n"
        + course("Her systemic lupus erythematosus (⟦SLE⟧) relapsed."),
        "abbreviations: {SLE: systemic lupus erythematosus}\n" + course("A small lymphatic effusion (⟦SLE⟧) was seen."),
        "abstract: C-reactive protein (CRP) rose; later C-reactive protein (⟦CRP⟧) fell.\n",
    ],
    "DATA024": [
        "conclusion: This case ⟦proves that⟧ diltiazem works.\n",
        "conclusion: Diltiazem ⟦is safe and effective⟧.\n",
        "learning_points: [Linezolid ⟦should be first-line⟧ therapy.]\n",
        "conclusion: ⟦All patients should⟧ receive it.\n",
        discussed("This course ⟦confirms the efficacy⟧ of the drug."),
        discussed("The combination ⟦always leads⟧ to haemorrhage."),
        "abstract: {conclusion: Allopurinol was ⟦without doubt⟧ the cause.}\n",
    ],
    "DATA025": [
        "diagnosis: {final: [{label: Sarcoidosis}], differential: [⟦{label: sarcoidosis, status: excluded}⟧]}\n",
        "diagnosis:\n  final: [{label: Reactive arthritis}]\n  differential:\n    - label: gout\n      status: excluded\n"
        "    - ⟦label: reactive  arthritis⟧\n      status: unlikely\n",
    ],
    "DATA029": [
        told(T, "She had a temperature of ⟦36.5 °C⟧."),
        told(T, "On admission she was febrile at ⟦40.1 °C⟧."),
        told(T, "Temperature was ⟦99.1 °F⟧."),
        told(BP, "Her BP was ⟦120/80 mmHg⟧."),
        told("label: Heart rate, value: 104, unit: /min", "Her pulse was ⟦72 per minute⟧."),
        told('label: Oxygen saturation, value: 91, unit: "%"', "SpO2 was ⟦98%⟧ on air."),
        told("label: Weight, value: 61, unit: kg", "She weighed ⟦84 kg⟧."),
        "language: de\n" + told("label: Temperatur, value: 38.5, unit: °C", "Die Temperatur betrug ⟦36.5 °C⟧."),
        "observation: {examination: {scores: [{label: Glasgow Coma Scale, value: 14}]}, narrative: The Glasgow Coma Scale was ⟦9⟧.}\n",
        adult(PRESSURES, "Blood pressure was ⟦162/94 mmHg⟧ and the heart sounds were pure."),
        adult(PRESSURES, "Her BP of ⟦90/50 mmHg⟧ worried us."),
        adult(PRESSURES, "An arterial pressure of ⟦126/95 mmHg⟧ was measured."),
        adult(PRESSURES, "She was pale and ⟦hypotensive⟧."),
        adult(AIR, "She saturated at ⟦89%⟧ on room air."),
        adult(AIR, "On arrival she was ⟦hypoxic⟧."),
        adult(BREATHS, "She was breathing fast, at ⟦32 per minute⟧."),
        adult(BREATHS, "She breathed at ⟦40 breaths per minute⟧."),
        adult(T, "She was afebrile at ⟦36.8 °C⟧."),
        adult(T.replace("38.5", "38.9"), "She was ⟦apyrexial⟧ but unwell."),
        adult(T, "She ran a fever of ⟦40.1 °C⟧."),
        adult(PULSE, "Pulse ⟦140⟧, regular."),
        adult(PULSE, "The pulse, regular and full, was ⟦60 per minute⟧."),
        adult(PULSE, "She was ⟦bradycardic⟧."),
        told(AIR, "Fever was seen.")
        + course("The drug was stopped on the day of admission. She saturated at ⟦89%⟧ on air."),
        SHOCK + course("On the third hospital day she became ⟦hypertensive⟧, at 190/110 mmHg."),
        adult(PULSE, "Her pulse was slow at ⟦52 beats per minute⟧."),
        adult(T, "She was normothermic, at ⟦36.9 °C⟧."),
    ],
    "DATA030": [
        STERILE + course("⟦Blood cultures grew⟧ *Escherichia coli*."),
        STERILE + course("One of two sets of ⟦blood cultures grew⟧ Staphylococcus aureus on the second day."),
        STERILE + course("⟦Klebsiella pneumoniae was grown from the blood⟧."),
        STERILE + course("⟦PCR for cytomegalovirus was positive⟧."),
        GREW + course("⟦Blood cultures remained sterile⟧."),
        GREW + course("⟦Blood cultures grew⟧ *Klebsiella pneumoniae*."),
        GREW + course("The ⟦blood culture showed⟧ no growth after five days."),
        lab("test: Pus culture, value: sterile") + course("The ⟦pus culture yielded⟧ *Staphylococcus aureus*."),
        SAMPLES + course("⟦Sputum sent on day 18 had shown no growth⟧."),
        SAMPLES + course("⟦Sputum was sterile⟧."),
        SAMPLES + course("⟦Pus from the leg had yielded⟧ methicillin-resistant Staphylococcus aureus."),
        SAMPLES + course("⟦*Klebsiella pneumoniae* grew in the sputum⟧."),
        SAMPLES + course("⟦From the pus, Staphylococcus aureus was isolated⟧."),
        STERILE + course("⟦Blood drawn on admission grew⟧ Escherichia coli."),
        GREW + course("⟦Nothing grew in the blood⟧ cultures."),
        STERILE + course("⟦Cytomegalovirus DNA was detected in the blood⟧."),
        TWICE
        + course(
            "PCR found no DNA of human herpesvirus 6 at admission, but ⟦the last had become detectable⟧ in the flare."
        ),
        STERILE + course("⟦Blood had grown⟧ Streptococcus pyogenes, and glycaemic control was improving."),
    ],
    "DATA031": [
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d") + course("Meropenem was given ⟦for 7 days⟧."),
        given("kind: drug, label: meropenem, duration: 14 d") + course("She had a ⟦5-day course of meropenem⟧."),
        given("kind: drug, label: ceftriaxone, at: 0, until: 5 d")
        + course("Ceftriaxone was continued ⟦for two weeks⟧."),
        given("kind: drug, label: isophane insulin, at: 9 d, duration: 10 wk")
        + course("She needed insulin, which she injected ⟦for four weeks⟧."),
        given("kind: drug, label: linezolid, at: 0, changes: [{at: 1 d, what: stopped}]")
        + course("Linezolid was given ⟦for ten days⟧."),
        "observation: {history: {medications: [{label: amlodipine, since: -5 y}]}}\n"
        + course("Amlodipine had been taken ⟦for two months⟧."),
        given("kind: drug, label: clobetasol cream 0.05%, duration: 3 wk")
        + course("The cream was used ⟦for eight weeks⟧."),
        TAPER + course("Prednisolone was stopped ⟦after 14 weeks of treatment⟧."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d")
        + course("Meropenem was discontinued ⟦after five weeks⟧."),
        given("kind: drug, label: linezolid, at: 0, changes: [{at: 6 d, what: stopped}]")
        + course("Linezolid was withdrawn ⟦after three weeks of therapy⟧."),
        WEANED + course("The dextrose was weaned off ⟦over two months⟧."),
        WEANED + course("Dextrose was tapered ⟦over six weeks⟧."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d")
        + course("Meropenem was used ⟦for a total of four weeks⟧."),
    ],
    "DATA032": [
        lab(f"{CALCIUM}, value: 12.2") + course("There was ⟦a normal calcium⟧."),
        lab(f"{CALCIUM}, value: 12.2") + course("⟦Calcium was not raised⟧."),
        lab(f"{CALCIUM}, value: 7.2") + course("⟦Hypercalcaemia⟧ was found."),
        lab("test: Platelets, unit: 10*9/L, reference: 150-400, value: 212") + course("She had ⟦thrombocytopenia⟧."),
        lab("test: CMV serology, value: negative") + course("⟦CMV serology was positive⟧."),
        lab("test: Albumin, unit: g/L, reference: 35-50, value: 31", f"{CALCIUM}, value: 12.2")
        + course("Fatigue with ⟦raised albumin⟧ and calcium was seen."),
        SAMPLES + course("⟦Serology pointed to a recent enterovirus infection⟧, which was thought to be incidental."),
        SAMPLES + course("⟦Antibodies to Toxoplasma gondii were present⟧."),
        SAMPLES + course("She had ⟦serological evidence of hepatitis C⟧."),
        SAMPLES + course("⟦Serology showed no recent infection with parvovirus B19⟧."),
        LIVER + "diagnosis: {reasoning: Liver failure with ⟦normal albumin⟧ pointed to it.}\n",
    ],
    "DATA033": [
        RASH + course("A rash appeared ⟦eight weeks after starting allopurinol⟧."),
        "imaging: {studies: [{modality: enteroscopy, at: 0}, {modality: enteroscopy, at: 2 d}]}\n"
        + course("⟦Enteroscopy was repeated eight days later⟧."),
        given("kind: drug, label: linezolid, at: 0, changes: [{at: 1 d, what: stopped}]")
        + course("Onset was on the ⟦sixth day of linezolid⟧."),
    ],
    "DATA034": [
        SKIN + course("A biopsy from the ⟦right flank⟧ showed vasculitis."),
        "observation: {complaints: [{label: pain in the left leg}]}\n" + course("She had pain in the ⟦right leg⟧."),
        "observation: {examination: {findings: [{label: ecchymoses, site: left waist}]}}\n"
        + course("Ecchymoses were seen at the ⟦right waist⟧."),
    ],
    "DATA035": [
        SKIN + course("A ⟦biopsy from the right thigh⟧ showed vasculitis."),
        SKIN + course("A ⟦liver biopsy⟧ showed vasculitis."),
        SKIN + course("⟦Histology of the skin of the right forearm⟧ showed vasculitis."),
        MASS + course("Computed tomography showed a ⟦mass in the stomach⟧."),
        NODES + course("Lymph ⟦nodes were enlarged in both armpits⟧ but not in the neck."),
        NODES + course("Lymph ⟦nodes were palpable in the axilla⟧."),
        NODES + course("A ⟦haematoma of the forearm⟧ was seen."),
        CELLULITIS + course("She was admitted with ⟦cellulitis of the right arm⟧."),
        CELLULITIS + course("⟦Cellulitis of the face⟧ was treated."),
        MASS + course("A ⟦mass blocked the terminal ileum⟧."),
        MASS + course("The ⟦mass had been found in the colon⟧."),
        MASS + course("A ⟦mass filling the stomach⟧ was seen."),
        NODES + course("Lymph ⟦nodes were enlarged in the axillae⟧."),
    ],
    "DATA036": [
        "follow_up: {outcomes: {clinician: [{at: 3 mo, label: well}]}}\n" + course("⟦The patient died⟧ of sepsis."),
        DEAD + course("⟦The patient made a full recovery⟧."),
        events("at: 9 d, label: death from sepsis") + "follow_up: Sepsis was the end.\n" + course("⟦She survived⟧."),
        DEAD + course("In the end ⟦she recovered and left⟧ hospital on a low dose of tacrolimus."),
        DEAD + course("⟦She was discharged⟧ in good health."),
        ALIVE + course("⟦The patient did not survive⟧."),
        ALIVE + course("⟦She could not be resuscitated⟧."),
    ],
    "DATA037": [
        given("kind: surgery, label: splenectomy, status: declined") + course("She ⟦underwent splenectomy⟧."),
        given("kind: drug, label: rituximab, status: planned") + course("⟦Rituximab 375 mg/m² was given⟧."),
        given("kind: drug, label: meropenem, status: given") + course("⟦Meropenem was not given⟧."),
        given("kind: drug, label: aspirin, at: 0") + course("The patient ⟦declined aspirin⟧."),
    ],
    "DATA038": [
        MASS + course("Computed tomography showed a ⟦mass of 4 cm⟧."),
        MASS + course("A ⟦3 cm mass⟧ was seen."),
    ],
    "DATA039": [
        VARIANT + "diagnosis: {reasoning: The ⟦homozygous⟧ variant explained it.}\n",
        events("at: 2 wk, label: 'typing: HLA-B27, heterozygous'")
        + course("The allele was found in ⟦homozygous⟧ form."),
    ],
    "DATA040": [
        given("kind: drug, label: ceftriaxone, at: 0, duration: ⟦until discharge⟧"),
    ],
    "DATA041": [
        events("id: fever, at: {after: ⟦fever⟧}, label: fever"),
    ],
    "DATA042": [
        "follow_up: {outcomes: {clinician: [⟦{at: 55 d, label: died of sepsis}⟧]}, death: {at: 55 d, cause: sepsis}}\n",
    ],
    "DATA050": [
        "title: Rash\nconsent: {publication: {status: written, by: patient, version: ⟦0123456789ab⟧}}\n",
    ],
}

PLAUSIBLE = [
    # extremes of real disease
    "test: Creatine kinase, value: 200000, unit: U/L",
    "test: Ferritin, value: 100000, unit: ng/mL",
    "test: Glucose, value: 1200, unit: mg/dL",
    "test: Glucose, value: 90, unit: mmol/L",
    "test: Glucose, value: 0.8, unit: mmol/L",
    "test: Potassium, value: 8.9, unit: mmol/L",
    "test: Potassium, value: 1.3, unit: mEq/L",
    "test: Sodium, value: 101, unit: mmol/L",
    "test: Sodium, value: 196, unit: mmol/L",
    "test: INR, value: 12",
    "test: INR, value: '>20', unit: INR",
    "test: Haemoglobin, value: 2.3, unit: g/dL",
    "test: Haemoglobin, value: 240, unit: g/L",
    "test: Platelets, value: 1, unit: 10*9/L",
    "test: Platelets, value: 3200, unit: 10*9/L",
    "test: Leukocytes, value: 0.1, unit: 10*9/L",
    "test: Leukocytes, value: 610, unit: 10*3/uL",
    "test: Calcium, value: 20.5, unit: mg/dL",
    "test: Calcium, value: 1.1, unit: mmol/L",
    "test: Phosphate, value: 0.3, unit: mg/dL",
    "test: Magnesium, value: 0.2, unit: mmol/L",
    "test: Arterial pH, value: 6.57",
    "test: Lactate, value: 31, unit: mmol/L",
    "test: Bicarbonate, value: 2, unit: mmol/L",
    "test: Creatinine, value: 3100, unit: umol/L",
    "test: Urea, value: 92, unit: mmol/L",
    "test: Total bilirubin, value: 58, unit: mg/dL",
    "test: C-reactive protein, value: 620, unit: mg/L",
    "test: Triglycerides, value: 14200, unit: mg/dL",
    "test: Alanine aminotransferase, value: 18400, unit: U/L",
    "test: Lactate dehydrogenase, value: 41000, unit: U/L",
    "test: Thyrotropin, value: 0.004, unit: mIU/L",
    "test: Thyrotropin, value: 920, unit: mIU/L",
    "test: Parathyroid hormone, value: 5400, unit: pg/mL",
    "test: HbA1c, value: 19.6, unit: '%'",
    "test: Haematocrit, value: 74, unit: '%'",
    "test: 25-hydroxyvitamin D, value: <4, unit: ng/mL",
    # of another fluid, or another thing
    "test: Glucose, value: 2, unit: mg/dL, specimen: cerebrospinal fluid",
    "test: Glucose, value: 0, unit: mg/dL, specimen: pleural fluid",
    "test: Urine sodium, value: 12, unit: mmol/L",
    "test: Potassium, value: 84, unit: mmol/L, specimen: urine",
    "test: 'Protein, 24-hour urine', value: 8.2, unit: g/dL",
    "test: CSF protein, value: 0.4, unit: g/dL",
    "test: pH, value: 5.5, specimen: urine",
    "test: Calcium score, value: 1200, unit: '{score}'",
    "test: Haemoglobin A2, value: 5.1, unit: '%'",
    "test: Fractional excretion of sodium, value: 0.4, unit: '%'",
    # in a unit that is not compared
    "test: Platelets, value: 250000, unit: /uL",
    "test: Haemoglobin, value: 8.4, unit: mmol/L",
    "test: Glucose, value: 5.4, unit: g/L",
    "test: Calcium, value: normal, unit: mg/dL",
    "test: Calcium, value: pending, unit: mg/dL",
]
WARM = [
    "label: Temperature, value: 42.3, unit: °C",
    "label: Temperature, value: 108.1, unit: °F",
    "label: Core temperature, value: 13.7, unit: °C",
    "label: Body temperature, value: 19, unit: Cel",
    "label: Heart rate, value: 290, unit: /min",
    "label: Pulse, value: 0, unit: beats/min",
    "label: Respiratory rate, value: 64, unit: breaths/min",
    "label: Oxygen saturation, value: 31, unit: percent",
    "label: Body mass index, value: 81, unit: kg/m2",
]

SILENT: dict[str, list[str]] = {
    "DATA001": [
        lab(f"{CALCIUM}, value: 12.2, flag: high"),
        lab(f"{CALCIUM}, value: 12.2, flag: critical"),
        lab(f"{CALCIUM}, value: 7.2, flag: abnormal"),
        lab(f"{CALCIUM}, value: 12.2, flag: none"),
        lab(f"{CALCIUM}, value: 10.3, flag: normal"),
        lab(f"{CALCIUM}, value: 12.2"),
        lab(f"{CALCIUM}, value: 10.9, flag: normal, note: the range for her age is 8.8 to 11"),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 10.6, flag: normal, note: capillary}}]"),
        lab("test: Alkaline phosphatase, value: 350, unit: U/L, flag: high"),
        lab("test: Ferritin, unit: ug/L, reference: 15-150, value: <200, flag: high"),
        lab("test: Culture, value: positive, reference: negative, flag: high"),
        lab("test: Antinuclear antibodies, value: '1:640', reference: <1:80, flag: high"),
        grid("0, 1 d", f"{CALCIUM}, values: [12, 14], flag: high"),
    ],
    "DATA003": [
        lab("test: pH, value: 7.31, reference: 7.35-7.45"),
        lab("test: INR, value: 2.1, reference: <1.2"),
        lab("test: Urine specific gravity, value: 1.010, reference: 1.005-1.030"),
        lab("test: Albumin to creatinine ratio, value: 3.2, unit: ratio"),
        lab("test: Kappa to lambda ratio, value: 3.2, reference: 0.26-1.65"),
        lab("test: Free androgen index, value: 3.2"),
        lab("test: Antinuclear antibodies, value: '1:640', reference: <1:80"),
        lab("test: Troponin, value: negative"),
        lab("test: Ketones, value: 2+"),
        lab("test: Calcium, value: {not_done: the sample clotted}"),
        lab("test: Calcium, value: pending"),
        "labs: {groups: [{unit: g/L, results: [{test: Haemoglobin, value: 131}]}]}\n",
        "observation: {examination: {scores: [{label: Glasgow Coma Scale, value: 14}]}}\n",
        vitals("label: General appearance, value: pale", "label: Blood pressure, value: 140/90, unit: mmHg"),
    ],
    "DATA004": [
        lab("test: Calcium, value: 9.2, unit: mg/dl"),
        lab("test: Leukocytes, value: 9.2, unit: x10^9/L"),
        lab("test: Leukocytes, value: 9.2, unit: K/uL"),
        lab("test: Erythrocytes, value: 4.2, unit: 10*6/uL"),
        lab("test: Creatinine, value: 92, unit: μmol/L"),
        lab("test: Creatinine, value: 92, unit: µmol/l"),
        lab("test: Calprotectin, value: 92, unit: 'ug/g{feces}'"),
        lab("test: Viral load, value: 9200, unit: '{copies}/mL'"),
        lab("test: Osmolality, value: 280, unit: mOsm/kg"),
        lab("test: ESR, value: 92, unit: mm/hr"),
        lab("test: Mean corpuscular haemoglobin, value: 31, unit: pg"),
        lab("test: Renin, value: 3, unit: ng/mL/h"),
        lab("test: Calcium, value: 9.2"),
        lab("test: INR, value: 1.1, unit: INR"),
        vitals("label: Blood pressure, value: 140/90, unit: mm Hg"),
        vitals("label: Pulse, value: 98, unit: bpm"),
        vitals("label: Urine output, value: 0.3, unit: mL/kg/h"),
        "imaging: {studies: [{modality: CT, measurements: [{label: density, value: 250, unit: HU}]}]}\n",
        "tests: {results: [{kind: electrocardiography, measurements: [{label: QTc, value: 480, unit: msec}]}]}\n",
    ],
    "DATA005": [
        lab(f"{CALCIUM}, value: 9.2"),
        lab("test: Calcium, value: normal"),
        lab("test: Calcium, value: 9.2, unit: mg/dL, note: the laboratory of the first hospital printed none"),
        lab("test: Tacrolimus, value: 9.2, unit: ng/mL, flag: none"),
        lab("test: Antinuclear antibodies, value: '1:640'"),
        lab("test: Troponin, value: pending"),
        lab("test: Ketones, value: 2+"),
        "labs: {groups: [{unit: g/L, results: [{test: Haemoglobin, value: 131, reference: 120-160}]}]}\n",
        vitals("label: Temperature, value: 37.1, unit: °C"),
        "imaging: {studies: [{modality: CT, measurements: [{label: plaque, value: 4.1, unit: cm}]}]}\n",
    ],
    "DATA006": [*map(lab, PLAUSIBLE), *map(vitals, WARM)],
    "DATA026": [
        lab("test: Nitrite, value: positive, reference: negative"),
        lab(f"{CALCIUM}, value: 9.2 mg/dl"),
        lab(f"{CALCIUM}, value: equivocal, flag: none"),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 9.2}}, {{at: 1 d, value: turbid, flag: none}}]"),
        lab("test: Nitrite, value: equivocal"),
        vitals("label: Blood pressure, value: 99/58, unit: mmHg"),
    ],
    "DATA027": [
        lab(f"{CALCIUM}, value: 12.2 (H)"),
        lab(f"{CALCIUM}, value: 12.2*"),
        lab("test: FEV1, value: 2.1 L, unit: L, reference: 1.8-3"),
    ],
    "DATA028": [
        lab(f"{CALCIUM}, value: 9.2 mg/dl"),
        lab("test: Calcium, unit: mg/dL, value: 9.2, reference: 8.6-10.3 mg/dL"),
    ],
    "DATA043": [
        given("id: a, label: a, at: 0, until: 18 d") + events("at: {during: a, by: 10 d}, label: rash"),
        given("id: a, label: a, at: 0, duration: until discharge") + events("at: {during: a, by: 30 d}, label: rash"),
    ],
    "DATA044": [
        "microbiology: [{specimen: blood, at: 3 d, reported_at: 3 d}]\n",
        "microbiology: [{specimen: blood, at: 1 d, positive_after: 2 d, reported_at: 6 d}]\n",
    ],
    "DATA045": [
        events("at: 2 d, label: calcium found normal") + "tests: {results: [{at: 3 d, label: normal calcium}]}\n",
        events("at: 2 d, label: calcium found normal")
        + "tests: {results: [{at: 2 d, label: normal calcium, timeline: false}]}\n",
        events("at: 0, label: admitted") + given("label: heparin, at: 0"),
    ],
    "DATA046": [
        "timeline: {events: [{at: 0, label: admitted}]}\nimaging: [{modality: CT, findings: clear, at: 1 d}]\n",
        "timeline: [{at: 0, label: admitted}]\nfollow_up: {outcomes: {clinician: [{label: well, timeline: false}]}}\n",
        "imaging: [{modality: CT, findings: clear}]\n",
    ],
    "DATA008": [
        given("label: prednisolone, at: 3 d, until: 10 d"),
        given("label: prednisolone, at: 3 d, until: 3 d"),
        given("label: prednisolone, at: -2 wk, until: -3 d"),
        given("label: prednisolone, at: 10 d, duration: 3 d"),
        given("label: ercp, at: 8 d", "label: stent, at: 1 d, until: {after: ercp, by: 1 d}"),
        given("label: insulin, at: 10 d, until: 1998"),
        given("label: insulin, at: {label: on the ward}, until: 3 d"),
        patient("37 y") + given("label: insulin, at: age 30 y, until: -1 y"),
    ],
    "DATA010": [
        lab(f"{CALCIUM}, series: [{{at: 1 d, value: 9.2}}, {{at: 3 d, value: 9}}]"),
        lab(f"{CALCIUM}, series: [{{at: ~2 wk, value: 9.2}}, {{at: 13 d, value: 9}}]"),
        lab(f"{CALCIUM}, series: [{{at: 2-3 wk, value: 9.2}}, {{at: 16 d, value: 9}}]"),
        lab(f"{CALCIUM}, series: [{{at: 3 d, value: 9.2}}, {{at: <24 h, value: 9}}]"),
        lab(f"{CALCIUM}, series: [{{at: 3 d, value: 9.2}}, {{at: {{label: at discharge}}, value: 9}}]"),
        lab(f"{CALCIUM}, series: [{{at: 3 d, value: 9.2}}, {{at: 72 h, value: 9}}]"),
        lab(f"{CALCIUM}, value: 9, at: 3 d", "test: Sodium, value: 140, unit: mmol/L, at: 1 d"),
        grid("-1 wk, 0, 3 d", f"{CALCIUM}, values: [9, 9, 9]"),
        given("label: prednisolone, schedule: [{at: 1 wk, dose: 30 mg}, {dose: 20 mg}, {at: 2 wk, dose: 10 mg}]"),
        given("label: prednisolone, at: 9 d, schedule: [{at: 9 d, dose: 30 mg}]", "label: rituximab, at: 2 d"),
    ],
    "DATA011": [
        DEAD + given("label: ceftriaxone, at: 55 d"),
        DEAD + given("label: ceftriaxone, at: ~2 mo"),
        DEAD + given("label: ceftriaxone, at: {label: at the end}"),
        DEAD + "pathology: {specimens: [{site: heart, procedure: autopsy, at: 57 d}]}\n",
        DEAD + "microbiology: {cultures: [{specimen: blood, result: growth, at: 58 d}]}\n",
        DEAD + "genetics: {variants: [{gene: NOTCH2, hgvs_c: c.1A>G, at: 3 mo}]}\n",
        DEAD + "others: [{id: sister, role: sister, text: She was tested., at: 70 d}]\n",
        "follow_up: {death: {cause: sepsis}}\n" + given("label: ceftriaxone, at: 60 d"),
        given("label: ceftriaxone, at: 60 d"),
    ],
    "DATA012": [
        events("at: 3 d, label: discharged", "at: 10 d, label: seen again"),
        events("at: ~10 d, label: rash", "at: 9 d, label: fever"),
        events("at: 2-3 wk, label: rash", "at: 15 d, label: fever"),
        events("at: 3 d, label: rash", "at: 72 h, label: fever"),
        events("at: 3 d, label: rash", "at: 1998, label: asthma"),
        events("at: 3 d, label: rash", "at: {label: before the operation}, label: fever", "at: 4 d, label: pain"),
    ],
    "DATA013": [
        given("label: cholecystectomy, at: day 3") + course("Cholecystectomy was performed on day 3."),
        given("label: cholecystectomy, at: day 3") + course("After cholecystectomy she went home; on day 5 she fell."),
        given("label: cholecystectomy, at: day 3") + course("Fever rose after cholecystectomy. On day 5 it fell."),
        given("label: cholecystectomy, at: day 3")
        + course("Cholecystectomy was followed by fever on postoperative day 2."),
        "timeline: {first_day: 1}\n" + given("label: liver biopsy, at: 2 d") + course("A liver biopsy on day 3."),
        given("label: cholecystectomy, at: ~3 d") + course("Cholecystectomy was performed on day 5."),
        given("label: cholecystectomy, at: 2 wk") + course("Cholecystectomy was performed on day 15."),
        given("label: CT, at: 0") + course("CT was repeated on day 5."),
        "language: es\n" + given("label: biopsia, at: day 3") + course("Biopsia on day 5."),
        RESULTS + course("Results of biopsy and FISH came on day 33."),
        RESULTS + course("The results of a bone marrow came on day 41."),
        SCOPES + course("It took a second session on the third day to clear the bezoar."),
        SCOPES + course("A second enteroscopy was performed on day 2, a second dose given on day 9."),
        events("at: 12 d, label: discharged home without fever") + course("The discharge of the eye ended on day 20."),
        events("at: 12 d, label: discharged home without fever")
        + course("She was discharged from the intensive care unit on day 5."),
    ],
    "DATA014": [
        patient("37 y")
        + course("The woman, in her thirties, had an infant aged 4 months; her husband said he was ill."),
        patient("37 y", "male") + course("He was seen by his doctor. She found a mass."),
        patient("37 y", "male") + course("He came with his wife. She had a cough."),
        patient("37 y") + course("A 37-year-old woman came with fever."),
        patient("37 y") + course("A thirty-seven-year-old woman came with fever."),
        patient("37 y") + course("Her 62-year-old mother and his 12-year-old boy were well."),
        patient("37 y") + course("Her brother, a 39-year-old man, was well."),
        patient("37 y") + course("The donor was a 45-year-old man."),
        patient("37 y") + course("His partner, a 41-year-old man, had the same rash."),
        patient("30s") + course("A 34-year-old woman came with fever."),
        patient("~37 y") + course("A 38-year-old woman came with fever."),
        patient("2 y", "male") + course("A 26-month-old boy stopped feeding."),
        patient("37 y") + "introduction: It was first seen in a 52-year-old man in 1932.\n",
        patient("37 y") + "discussion: Published patients were a 45-year-old man and a 60-year-old woman.\n",
        patient("37 y") + course("She had smoked for 20 years and worked with a 15-year-old machine."),
        "language: de\n" + patient("37 y") + course("A 39-year-old woman."),
        "observation: {patient: {age: 60 y, sex: female}, history: {medical: diabetes, surgical: [hepaticojejunostomy]}}\n"
        + discussed("A man with diabetes and a hepaticojejunostomy was reported [@a]."),
        "observation: {patient: {age: 60 y, sex: female}, history: {medical: diabetes, surgical: [hepaticojejunostomy]}}\n"
        + discussed("A man with diabetes may have a bezoar."),
        "observation: {patient: {age: 60 y, sex: female}, history: {medical: diabetes, surgical: [hepaticojejunostomy]}}\n"
        + discussed("A woman with diabetes and a hepaticojejunostomy was thus at risk."),
    ],
    "DATA016": [
        given("label: prednisolone, dose: 40 mg/day") + course("She received prednisolone 40 mg daily."),
        given("label: prednisolone, dose: 40 mg/day") + course("She received prednisolone 0.6 mg/kg."),
        given("label: prednisolone, dose: 40 mg/day") + course("She received prednisolone 0.04 g."),
        given("label: fentanyl, dose: 50 µg") + course("Fentanyl 0.05 mg was given."),
        given("label: levothyroxine, dose: 100 mcg") + course("Levothyroxine 100 μg was given."),
        given("label: prednisolone, schedule: [{dose: 40 mg}, {dose: 20 mg}]")
        + course("Prednisolone 20 mg was enough."),
        given("label: prednisolone, dose: 40 mg, changes: [{what: reduced to 5 mg}]")
        + course("Now prednisolone 5 mg."),
        given("label: paracetamol, dose: 1 g")
        + course("The paracetamol level was 120 mg/L; paracetamol 120 mg/L is toxic."),
        given("label: allopurinol, dose: 100 mg") + course("Allopurinol, colchicine 1 mg and naproxen were given."),
        given("label: prednisolone, dose: 40 mg") + "discussion: Others gave prednisolone 60 mg daily.\n",
        given("label: insulin, dose: 10 U") + course("Insulin 10 units was given."),
        given("label: flucloxacillin, dose: 2 g, frequency: every 4 h")
        + course("Flucloxacillin was given at 12 g/day."),
        vitals("label: Weight, value: 61, unit: kg")
        + given("kind: drug, label: prednisolone, dose: 60 mg, frequency: once daily")
        + course("Prednisolone was given at about 1 mg/kg daily."),
        given("label: prednisolone") + course("She received prednisolone 60 mg daily."),
    ],
    "DATA017": [
        "observation: {complaints: [{label: cough, duration: 3 wk}]}\n" + course("A 21-day history of dry cough."),
        "observation: {complaints: [{label: cough, duration: 3 wk}]}\n"
        + course("A 10-year history of asthma, and cough."),
        "observation: {complaints: [{label: cough, duration: ~3 wk}]}\n" + course("A four-week history of cough."),
        "observation: {complaints: [{label: cough, duration: '>1 y'}]}\n" + course("A two-year history of cough."),
        "observation: {complaints: [{label: cough, duration: ongoing}]}\n" + course("A two-year history of cough."),
        "observation: {complaints: [{label: fever, duration: 7 d}]}\nabstract: Fever was treated for ten days.\n",
        "follow_up: {duration: 1 y}\n" + course("She was followed for twelve months."),
        "follow_up: {duration: 1 y}\n" + course("She was followed for 52 weeks."),
        "follow_up: {duration: 1 y}\n" + course("At 6-month follow-up she was well."),
        "follow_up: {duration: 1 y}\n" + course("Fever was followed by a rash that lasted for 2 weeks."),
        "follow_up: {duration: 1 y}\ndiscussion: Their patients were followed for 3 months.\n",
    ],
    "DATA018": [
        lab(f"{CALCIUM}, value: 12.24") + course("Calcium was 12.2 mg/dL; later calcium of 12 mg/dL."),
        lab(f"{CALCIUM}, value: 12.2") + course("Calcium was 3.05 mmol/L."),
        lab(f"{CALCIUM}, value: 11-13") + course("Calcium was 13 mg/dL at most."),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2}}, {{at: 1 d, value: 9}}]") + course("Calcium fell to 9 mg/dL."),
        lab(f"{CALCIUM}, value: 12.2, note: 11.4 at the first hospital") + course("Calcium was 11.4 mg/dL."),
        lab(f"{CALCIUM}, value: 12.2") + course("The upper limit for calcium is 10.3 mg/dL."),
        lab(f"{CALCIUM}, value: 12.2") + course("We stop when calcium is below 11 mg/dL."),
        lab(f"{CALCIUM}, value: 12.2") + "discussion: A calcium of 18 mg/dL has been reported.\n",
        lab(f"{CALCIUM}, value: 12.2") + course("It was 14 mg/dL."),
        lab("test: Haemoglobin, unit: g/L, reference: 120-160, value: 84") + course("Haemoglobin was 8.4 g/dL."),
        lab("test: Platelets, unit: 10*9/L, reference: 150-400, value: 88") + course("Platelets were 88,000/µL."),
        lab("test: Platelets, unit: 10*9/L, reference: 150-400, value: 88") + course("Platelets were 88 × 10^9^/L."),
        lab(f"{CALCIUM}, series: [{{at: 1 d, value: 12.2}}, {{at: 3 mo, value: 9}}]")
        + course("Calcium was raised at {{ labs.calcium at 1 d }} and normal from the third month on."),
        lab(f"{CALCIUM}, value: 12.2, at: 0") + course("On the ninth day a calcium of 10.1 mg/dL was found."),
        "language: de\n" + lab(f"{CALCIUM}, value: 12.2, at: 0") + course("Am 9. Tag war das Calcium 10.1 mg/dL."),
        lab(f"{CALCIUM}, value: 12.2") + course("Calcium was not normal."),
        lab(f"{CALCIUM}, value: 12.2") + course("Calcium was nearly normal."),
        lab(f"{CALCIUM}, value: 12.2") + course("Calcium was elevated."),
        lab(f"{CALCIUM}, series: [{{at: 0, value: 12.2}}, {{at: 1 d, value: 9}}]")
        + course("Calcium was normal at discharge."),
        lab("test: Calcium, value: 12.2, unit: mg/dL") + course("Calcium was normal."),
        lab(f"{CALCIUM}, value: 12.2, flag: normal, note: she is pregnant") + course("Calcium was normal."),
        lab(f"{ENZYME}, value: 48231") + course("Creatine kinase peaked at 48,231 U/L."),
        lab("test: White blood cell count, unit: 10*9/L, reference: 4-11, series: [{value: 14.2}, {value: 11.0}]")
        + course("White cells were high and still rising."),
        lab("test: White blood cell count, unit: 10*9/L, reference: 4-11, series: [{value: 14.2}, {value: 11.0}]")
        + course("White cells, at first above the reference range, were falling."),
        lab("test: Cortisol during hypoglycaemia, value: 330, unit: nmol/L, reference: 170-500")
        + course("Cortisol lay within its reference range."),
        lab("test: Cortisol during hypoglycaemia, value: 330, unit: nmol/L, reference: 170-500")
        + course("Cortisol was found to be normal."),
        lab("test: Estimated glomerular filtration rate, unit: 'mL/min/{1.73_m2}', reference: '>=60', value: 41")
        + "course: |\n  The filtration rate fell. The estimated glomerular filtration rate was 41 mL/min per\n  1.73 m².\n",
        lab("test: Ferritin, value: 11276, unit: ng/mL, reference: 5-204")
        + course("Ferritin was normal within a month."),
    ],
    "DATA019": [
        "pathology: {specimens: [{site: skin}, {site: liver}]}\n" + course("Two biopsies were taken."),
        "pathology: {specimens: [{site: skin}, {site: liver}]}\n" + course("One of the biopsies was normal."),
        course("Three skin biopsies were taken."),
        "pathology: {specimens: [{site: skin}]}\n" + "discussion: Of 40 biopsies in one series, 12 were normal.\n",
        given("label: appendicectomy, kind: surgery") + course("The second operation was not needed."),
        "microbiology: {cultures: [{specimen: blood, result: growth}]}\n" + course("The culture grew after 4 days."),
        SCOPES + course("In all, two enteroscopies sufficed."),
        SCOPES + course("Two of six enteroscopies were done elsewhere."),
        SCOPES + course("One enteroscopy was performed on admission."),
        SCOPES + course("Four enteroscopies were planned."),
    ],
    "DATA020": [
        course("The systemic lupus erythematosus (SLE) was known; SLE relapsed."),
        course("Immune checkpoint inhibitors (ICIs) were given, the last ICI in spring."),
        course("An ICI was given.") + "abbreviations: {ICI: immune checkpoint inhibitor}\n",
        course("Her NSAIDs were stopped.") + "abbreviations: {NSAID: nonsteroidal anti-inflammatory drug}\n",
        "abstract: Systemic lupus erythematosus (SLE) is rare.\n" + course("SLE relapsed."),
        course("Antineutrophil cytoplasmic antibodies (ANCA; by immunofluorescence) were found; ANCA fell."),
        course("Endoscopic retrograde cholangiopancreatography (ERCP) failed. ERCP was repeated."),
        course("Cranial nerves III, IV and VI, stage IIIB, factor VIII."),
        course("MRI showed no lesion, HIV was excluded, DNA was kept, the BMI was 31."),
        course("NOTCH2 was altered.") + "genetics: {variants: [{gene: NOTCH2, hgvs_c: c.1A>G}]}\n",
        course("JAG1 was normal.") + "genetics: {negative: [{genes: [JAG1, ABCB11], method: panel}]}\n",
        course("*BRCA1* was normal; HLA-B*58:01 and HLA-B27 were absent."),
        course("Fractures of T10 and L4; T2N1M0; E4V5M6; hepatitis B surface antigen (HBsAg); pH 7.31; PaO~2~ 8 kPa."),
        course("She took 5 mIU/L and 30 IU/mL, and 412 U/L."),
        course("Code NM_024408.4:c.1A>G at https://example.org/ABCD/EFGH."),
        course("SLE was noted.") + "abbreviations: {SLE: systemic lupus erythematosus}\n",
        "language: es\n" + course("Tenía LES."),
        "authors: [{given: Ana, family: Example, degrees: [MBBS, FRCP]}]\n",
        "references: [{id: a, type: article-journal, title: ANCA and SLE}]\n",
        'title: "CALCINOSIS AFTER TRAUMA"\n',
        course("Codon 158 (CGG) was altered (CGG → TGG), and the genotype was TT; a CGG codon is common."),
    ],
    "DATA021": [
        "abbreviations: {SLE: systemic lupus erythematosus}\n" + course("SLE was known."),
        "abbreviations: {NSAID: nonsteroidal anti-inflammatory drug}\n" + course("NSAIDs were stopped."),
        "abbreviations: {SLE: systemic lupus erythematosus}\n" + course("An SLE-like rash."),
        "abbreviations: {CRP: C-reactive protein}\n" + lab("test: CRP, value: 12, unit: mg/L, reference: <5"),
        "abbreviations: {CBC: complete blood count}\n" + lab("test: Hb, value: 120, unit: g/L, panel: CBC"),
        "abbreviations: {HU: Hounsfield unit}\n" + lab("test: Density, value: 250, unit: HU"),
        "abbreviations: {PAS: periodic acid–Schiff}\npathology: {specimens: [{site: skin, stains: [PAS]}]}\n",
        "abbreviations: {ESR: erythrocyte sedimentation rate}\ntables: {t: {caption: Tests, columns: [ESR, day], rows: [[1, 2]]}}\n",
        "abbreviations: {MMF: mycophenolate mofetil}\nfigures: {f: {file: a.png, caption: After MMF., alt: A healed hand.}}\n",
        "abbreviations: {XRT: radiotherapy}\ntimeline: {index: start of XRT}\n",
        "abbreviations: {BAL: bronchoalveolar lavage}\n" + lab("test: Neutrophils, value: high, specimen: BAL"),
    ],
    "DATA022": [
        discussed("To our knowledge, this is the first case [@a]."),
        discussed("The first case was seen in Japan."),
        discussed("This was her first admission, and our first choice was ceftriaxone."),
        discussed("We have reported the patient to the registry."),
        "literature_search: {databases: [PubMed], date: 2026-03, terms: gout AND spine}\n"
        + discussed("This is the first case of it."),
        "literature_search: {databases: [PubMed], date: 2026-03, query: '\"gout\"[tiab]', hits: 3}\n"
        + discussed("This is the first case of it. Only two cases have been reported."),
        "literature_search: {searches: [{database: PubMed, date: 2026-03, query: gout}]}\n"
        + discussed("This is the first case of it."),
        discussed("Only two cases have been reported [@a]."),
        discussed("Only two patients were admitted that day, and few reports reached us."),
        discussed("In this cohort only 12 patients had an effusion."),
        "literature_search: {narrative: We searched PubMed for gout and spine.}\n"
        + discussed("This is the first case of it."),
        "discussion: {claims_first_report: false}\n",
        "patient_perspective: {text: They said that mine was the first case here., by: patient}\n",
        course("She had no previous episodes and has not been pregnant."),
    ],
    "DATA051": [
        PRIOR + discussed("This is the first case in a child, to our knowledge."),
        PRIOR + discussed("This is the first case of it in Europe, to our knowledge."),
        PRIOR + discussed("To our knowledge this is the first case treated early; all others (@tbl-prior-cases) died."),
        PRIOR + discussed("The first case was that of Sims in 1952 [@a]."),
        discussed("To our knowledge, this is the first case of it."),
        f"prior_cases: []\n{discussed('To our knowledge, this is the first case of it.')}",
    ],
    "DATA052": [
        PRIOR + discussed("Only three cases have been reported [@a]."),
        PRIOR + discussed("Three cases have been published (@tbl-prior-cases)."),
        PRIOR + discussed("Fewer than ten cases have been reported."),
        PRIOR + discussed("Only one case has been reported in a child."),
        PRIOR + discussed("Only two of the cases have been reported from Japan."),
        PRIOR + discussed("Only two cases of gout were seen by us."),
        PRIOR + discussed("Of 212 patients in the literature, 14 had it."),
        discussed("Only two cases have been reported [@a]."),
    ],
    "DATA023": [
        "abstract: Systemic lupus erythematosus (SLE) is rare.\n"
        + course("Her systemic lupus erythematosus (SLE) relapsed."),
        "abbreviations: {SLE: systemic lupus erythematosus}\n"
        + course("Systemic lupus erythematosus (SLE) was known."),
        "abbreviations: {ICI: immune checkpoint inhibitor}\n"
        + course("Immune checkpoint inhibitors (ICIs) were given."),
        course("Systemic lupus erythematosus (SLE) was known. The flare (SLE) was mild."),
        "introduction: Systemic lupus erythematosus (SLE) is rare.\n"
        "tables: {t: {caption: Drugs for systemic lupus erythematosus (SLE), columns: [a, b], rows: [[1, 2]]}}\n",
        course("C-reactive protein (CRP) and erythrocyte sedimentation rate (ESR) fell."),
    ],
    "DATA024": [
        "conclusion: Diltiazem may be safe and effective, as it was here.\n",
        "conclusion: We cannot say whether it is safe and effective.\n",
        discussed("Diltiazem is safe and effective [@a]."),
        discussed("One case does not prove that diltiazem works."),
        course("This case proves that diltiazem works."),
        "conclusion: The course suggests that the drug was the cause.\n",
        "introduction: Early surgery is the treatment of choice and should be first-line.\n",
        "conclusion: If the pain returns, all patients should be imaged again.\n",
    ],
    "DATA025": [
        "diagnosis: {final: [{label: Sarcoidosis}], differential: [{label: tuberculosis, status: excluded}]}\n",
        "diagnosis: {final: [{label: Sarcoidosis}], differential: [{label: sarcoidosis, status: possible}]}\n",
        "diagnosis: {final: [{label: Sarcoidosis}], differential: [{label: cardiac sarcoidosis, status: excluded}]}\n",
        "diagnosis: {differential: [{label: sarcoidosis, status: excluded}]}\n",
    ],
    "DATA029": [
        told(T, "She had a temperature of almost 39 °C."),
        told(T, "Temperature was 101.3 °F."),
        told(T, "Her mother's temperature was 37 °C."),
        told(T, "The temperature fell to 37 °C within 48 hours."),
        told(T, "On day 3 the temperature was 37 °C."),
        told(T, "At home her temperature had been 40 °C before."),
        told(T, "Fever above 38 °C persisted."),
        told(BP, "Her usual blood pressure was 120/80 mmHg."),
        told(BP, "Blood pressure was 86/50 mmHg."),
        told('label: Oxygen saturation, value: 91, unit: "%"', "With 2 L of oxygen saturation rose to 98%."),
        told('label: Oxygen saturation, value: 91, unit: "%"', "Oxygen saturation should be above 94%."),
        told("label: Weight, value: 61, unit: kg", "She had lost weight (8 kg)."),
        told("label: Weight, value: 61, unit: kg", "She weighed 134 lb."),
        told(T, "A cough.") + course("She then had a temperature of 40 °C."),
        told(T, "A cough.") + discussed("A temperature of 41 °C is usual [@a]."),
        "language: nl\n" + told("label: Temperatuur, value: 38.5, unit: °C", "De temperatuur was 36.5 °C."),
        "language: de\n" + told("label: Temperatur, value: 38.5, unit: °C", "Die Temperatur betrug zuvor 36.5 °C."),
        adult(PRESSURES, "Blood pressure was 126/74 mmHg."),
        adult(PRESSURES, "Systolic pressure was 126 mmHg."),
        adult(PRESSURES, "She is a known hypertensive with hypertensive nephropathy."),
        adult(PRESSURES, "She was never hypotensive."),
        adult(PRESSURES, "After the bolus she was hypotensive for an hour."),
        adult(PRESSURES, "Blood pressure was 110/60 mmHg at discharge."),
        adult(AIR, "She was not hypoxic."),
        adult(AIR, "She saturated at 98% on air."),
        adult(BREATHS, "Her mother was breathing at 40 per minute."),
        adult(T, "She became afebrile on day 4."),
        adult(T, "She was febrile."),
        adult(T, "A febrile illness was going round."),
        adult(PULSE, "She was tachycardic at 104 per minute."),
        told(PULSE, "The infant was bradycardic."),
        told(AIR, "Fever was seen.")
        + course("The drug was stopped on the day of admission. A week later she saturated at 89%."),
        SHOCK + course("On the ninth hospital day she became hypertensive."),
        SHOCK + course("On the third hospital day she was not hypertensive."),
        adult(PULSE, "Her pulse was regular at 104 beats per minute."),
        adult(T, "She was normothermic after two days."),
    ],
    "DATA030": [
        GREW + course("Blood cultures taken two weeks after the end of treatment stayed sterile."),
        GREW + course("Blood cultures belong to the work-up of a fever that does not settle."),
        STERILE + course("Blood cultures stayed sterile."),
        STERILE + course("Two sets of blood cultures showed no growth after five days."),
        STERILE + course("PCR found no DNA of cytomegalovirus."),
        STERILE + course("Cultures of pus grew E. coli."),
        STERILE + course("Earlier blood cultures had grown E. coli."),
        STERILE + course("PCR for Epstein–Barr virus was positive."),
        GREW + course("Blood cultures grew E. coli."),
        GREW + course("Repeated blood cultures were sterile."),
        GREW + course("Blood cultures became negative on the fourth day."),
        GREW + course("If cultures are sterile, the drug is stopped."),
        GREW + course("Blood cultures were taken, and ceftriaxone was started."),
        GREW + course("The urine culture was negative."),
        SAMPLES + course("Sputum sent on day 18 grew Acinetobacter baumannii."),
        SAMPLES + course("Sputum no longer grew Acinetobacter after two weeks."),
        SAMPLES + course("Pus from the leg had yielded no organism."),
        SAMPLES + course("Pus was drained, and a wound swab grew Proteus mirabilis."),
        SAMPLES + course("Sputum was purulent. Repeat sputum was sterile."),
        STERILE + course("Blood grew E. coli a year earlier."),
        STERILE + course("Urine grew E. coli, and her brother's blood grew Brucella melitensis."),
        GREW + course("The tumour had not grown, and blood was normal."),
        STERILE + course("PCR found no DNA of cytomegalovirus, but the latter became detectable later."),
        GREW + course("Control cultures of blood were sterile."),
    ],
    "DATA031": [
        given("label: prednisolone, at: 0, until: 5 wk")
        + course("That prednisolone helped for two weeks is no proof."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d") + course("Meropenem was given for two weeks."),
        given("kind: drug, label: ceftriaxone, at: 0, until: 5 d")
        + course("Ceftriaxone was given for six days in all."),
        given(
            "kind: drug, label: prednisolone, schedule: [{at: 0, dose: 60 mg}, {at: 1 wk, dose: 30 mg}, {at: 3 wk, dose: 0 mg}]"
        )
        + course("Prednisolone 60 mg was given for a week and tapered over two."),
        given("kind: drug, label: aspirin, at: 0") + course("Aspirin was given for a month."),
        given("kind: drug, label: aspirin, duration: ongoing") + course("Aspirin was given for a month."),
        given("kind: drug, label: meropenem, duration: 14 d") + course("After 3 days of meropenem the fever fell."),
        given("kind: drug, label: meropenem, duration: 14 d")
        + course("Meropenem had been given for 3 days when it began."),
        given("kind: drug, label: meropenem, duration: 14 d")
        + course("On meropenem she was free of fever for 3 days."),
        given("kind: drug, label: meropenem, duration: 14 d")
        + course("Intravenous meropenem for 5 days was followed by tablets."),
        TAPER + course("Prednisolone was stopped after five months."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d")
        + course("Meropenem was discontinued after two weeks."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d")
        + course("Meropenem was discontinued after 16 days."),
        given("kind: drug, label: linezolid, at: 0, changes: [{at: 6 d, what: stopped}]")
        + course("Linezolid is usually stopped after two weeks."),
        WEANED + course("The dextrose was weaned off within about seven days."),
        WEANED + course("Dextrose was given for a month, then weaned off over a week."),
        given("kind: drug, label: meropenem, at: 2 d, duration: 14 d")
        + course("Meropenem was stopped after 3 days and restarted."),
    ],
    "DATA032": [
        lab(f"{CALCIUM}, value: 12.2") + course("There was a raised calcium, which was not normal."),
        lab(f"{CALCIUM}, value: 12.2") + course("Hypocalcaemia was not found."),
        lab(f"{CALCIUM}, value: 12.2") + course("A low calcium diet was begun."),
        lab(f"{CALCIUM}, value: 12.2") + course("Her sister had a low calcium."),
        lab(f"{CALCIUM}, value: 12.2") + course("A normal calcium was reached after a week."),
        lab(f"{CALCIUM}, value: 12.2") + course("Hypocalcaemia may follow treatment."),
        lab(f"{CALCIUM}, value: 12.2") + course("No thrombocytopenia was seen, and CRP was positive."),
        lab("test: CMV serology, value: negative") + course("CMV serology was negative."),
        SAMPLES + course("Serology did not point to enterovirus infection."),
        SAMPLES + course("Serology pointed to an old measles infection."),
        SAMPLES + course("Enterovirus infection was suspected, and serology was sent."),
        SAMPLES + course("Antibodies to Toxoplasma gondii were absent."),
        SAMPLES + course("Serology showed recent infection with parvovirus B19."),
        LIVER + "diagnosis: {reasoning: Liver failure with low albumin pointed to it; later came a normal albumin.}\n",
    ],
    "DATA033": [
        RASH + course("A rash appeared four weeks after starting allopurinol."),
        RASH + course("A rash appeared after starting allopurinol; eight weeks after the operation it faded."),
        RASH + course("Fever came eight weeks after starting allopurinol."),
        "imaging: {studies: [{modality: enteroscopy, at: 0}, {modality: enteroscopy, at: 2 d}]}\n"
        + course("Enteroscopy was repeated 48 hours later."),
        given("kind: drug, label: linezolid, at: 0") + course("Onset was on the sixth day of linezolid."),
    ],
    "DATA034": [
        SKIN + course("A biopsy from the left flank showed vasculitis."),
        SKIN + course("The right flank was tender."),
        SKIN + course("A biopsy of the left flank showed vasculitis; that of the right flank was normal."),
        "observation: {complaints: [{label: pain in the left leg}]}\n"
        + course("Her mother had pain in the right leg."),
        "observation: {complaints: [{label: pain in both legs}]}\n" + course("She had pain in the right leg."),
    ],
    "DATA035": [
        SKIN + course("A skin biopsy of the trunk showed vasculitis."),
        SKIN + course("No liver biopsy was taken."),
        SKIN + course("An earlier liver biopsy was normal."),
        SKIN + course("Biopsy forceps were passed into the stomach."),
        MASS + course("Computed tomography showed a mass in the small bowel."),
        MASS + course("A second mass in the liver was a metastasis."),
        NODES + course("Lymph nodes were enlarged in the neck."),
        NODES + course("No lymph nodes were felt in the axilla."),
        CELLULITIS + course("Cellulitis of the left calf was seen."),
        CELLULITIS + course("Cellulitis spread to the arm."),
        CELLULITIS + course("Her son had cellulitis of the arm."),
        CELLULITIS + course("Later she had pain in the chest."),
        MASS + course("A mass blocked the small bowel."),
        CELLULITIS + course("Blood from the arm was cultured because of cellulitis."),
        NODES + course("Lymph nodes were enlarged in the groin."),
    ],
    "DATA036": [
        "follow_up: {outcomes: {clinician: [{at: 3 mo, label: well}]}}\n" + course("Her mother died of sepsis."),
        "follow_up: {outcomes: {clinician: [{at: 3 mo, label: well}]}}\n" + course("She might have died."),
        "follow_up: {outcomes: {clinician: [{at: 3 mo, label: well}]}}\n" + discussed("Nine patients died [@a]."),
        DEAD + course("The patient died."),
        DEAD + course("She did not survive."),
        DEAD + course("She was discharged from the intensive care unit."),
        DEAD + events("at: 9 d, label: discharged home") + course("She was discharged in good health."),
        ALIVE + course("Her brother did not survive."),
        ALIVE + course("She did not die."),
    ],
    "DATA037": [
        given("kind: surgery, label: splenectomy, status: declined") + course("Splenectomy was offered and declined."),
        given("kind: surgery, label: splenectomy, status: declined") + course("Splenectomy should be performed early."),
        given("kind: drug, label: meropenem, status: given") + course("Meropenem was not given again."),
        given("kind: drug, label: meropenem, status: given") + course("Meropenem was not given until day 2."),
        given("kind: drug, label: meropenem, status: given") + course("Meropenem was not given intravenously."),
    ],
    "DATA038": [
        MASS + course("Computed tomography showed a mass of 95 mm."),
        MASS + course("A mass was seen, and a cyst of 2 cm."),
    ],
    "DATA039": [
        VARIANT + "diagnosis: {reasoning: The heterozygous variant explained it.}\n",
        VARIANT + "diagnosis: {reasoning: Her parents were not homozygous.}\n",
    ],
    "DATA040": [
        given("kind: drug, label: ceftriaxone, at: 0, duration: 10 d"),
    ],
    "DATA041": [
        events("id: fever, at: 1 d, label: fever", "at: {after: fever}, label: rash"),
    ],
    "DATA042": [
        "follow_up: {outcomes: {clinician: [{at: 55 d, label: moved to intensive care}]}, death: {at: 55 d}}\n",
    ],
    "DATA050": [
        # sha256 of {"title":"Rash"}
        "title: Rash\nconsent: {publication: {status: written, by: patient, version: f9da420deedc}}\n",
    ],
}


def problems(folder: Path, text: str) -> list[Problem]:
    (folder / "case.yaml").write_text(text, "utf-8")
    found = check(find_cases((str(folder / "case.yaml"),))[0]).report.problems
    assert not [p for p in found if p.kind.family in ("YAML", "PLUG")]
    refused = [p for p in found if p.code in {f"CASE{number:03}" for number in (1, 2, 3, 4, 5, 6, 7, 8)}]
    assert not refused, refused
    return list(found)


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in table.items() for text in texts]


def test_every_rule_is_tried_and_near_misses_are_as_many() -> None:
    assert len(CODES) >= 20
    assert sorted(FIRES) == sorted(SILENT) == CODES
    assert {code: (len(FIRES[code]), len(SILENT[code])) for code in CODES if len(SILENT[code]) < len(FIRES[code])} == {}
    assert [code for code in CODES if not FIRES[code]] == []


@pytest.mark.parametrize(("code", "marked"), cases(FIRES))
def test_a_contradiction_is_told_at_its_place(code: str, marked: str, tmp_path: Path) -> None:
    text, spans = unmarked(marked)
    assert spans
    found = [p for p in problems(tmp_path, text) if p.code == code]
    assert [p.span for p in found] == spans
    assert all(p.hint and p.message for p in found)


@pytest.mark.parametrize(("code", "text"), cases(SILENT))
def test_what_only_looks_wrong_is_not_told(code: str, text: str, tmp_path: Path) -> None:
    assert "⟦" not in text
    assert [(p.code, p.message) for p in problems(tmp_path, f"format: 1\n{text}") if p.code == code] == []


# codes of UCUM 2.1, each by its tables: base, prefixes, arbitrary units, annotations, powers, products
UCUM = (
    "% 10*3/uL 10*6/uL 10*9/L 10*12/L 10*-6 10^9/L 10*4/uL /uL /mL /[HPF] /[LPF] /min /h /d 1/min {INR} {score} {titer}"
    " {ratio} {index} [pH] Cel K [degF] mm[Hg] cm[H2O] kPa mbar [IU]/L [IU]/mL [IU]/dL m[IU]/L m[IU]/mL u[IU]/mL"
    " k[IU]/L [iU]/L U/L U/mL mU/L kU/L U/g{Hb} U/(24.h) kat/L nkat/L ukat/L mol/mol mmol/mol{creat} umol/g mg/g{creat}"
    " ug/g ug/g{feces} mg/kg ug/kg ug/kg/min mg/kg/d mg/(24.h) ug/(24.h) nmol/(24.h) mL/min/{1.73_m2} mL/(24.h)"
    " L/min/m2 L/(min.m2) mL/m2 g/m2 mosm/kg mosm/L meq/L eq/L [arb'U]/mL [diop] [hnsf'U] [drp] [in_i] [lb_av] [oz_av]"
    " cal kcal kJ Hz kHz MHz mV uV V Gy mGy Sv mSv MBq GBq mCi nmol/L pmol/L fmol/L fL pL nL uL mL dL L cm3 mm3 mm2 cm2"
    " m2 um nm cm mm m g kg mg ug ng pg fg t ms us s min h d wk mo a {beats}/min mm/h mL/h mL/s L/s m/s cm/s deg W mW"
    " pmol/min/mg{protein} mmol/kg mg/m2 g/cm2 g/cm3 g/mL kg/m2 ng/mL/h ug/mL{FEU} {copies}/mL {cells}/uL"
).split()
USUAL = (
    "mg/dl|mg%|g%|gm/dL|gm/L|g/dl|mcg/dL|mcg/mL|mcg/L|μg/L|µg/L|µg/dL|ng/ml|pg/ml|µmol/L|μmol/l|mmol/l|mEq/L|mEq/l|mOsm/kg|mM"
    "|IU/L|IU/mL|iu/L|kU/L|mIU/L|mU/mL|µIU/mL|µU/mL|U/l|u/L|×10⁹/L|x10^9/L|10⁹/L|x10⁹/L|10e9/L|×10³/µL|K/µL|K/uL|M/uL|/mm3"
    "|cells/µL|cells/mm3|/µL|mm/hr|mm/hour|mL/min/1.73 m²|mL/min/1.73m2|g/24 h|g/day|mg/24h|mmol/24 h|mmHg|mm Hg|cmH2O|bpm"
    "|beats/min|breaths/min|°C|°F|degC|kg/m²|kg/m^2|cm²|m²|HU|Hounsfield units|ml|cc|sec|msec|µV|AU/mL|INR|ratio|titre|percent"
).split("|")
SLIPS = (
    "mg/dk|mgdL|mg/Dl|MG/DL|mmol/I|mmo/L|mmol/LL|mmolL|ulmol/L|umolL|mMol/L|mmHG|mm.Hg|g/dll|ng/mI|U&L|mmol-L|x109/L|10x9/L|kgm2|kmg"
    "|mmm|cmH20|10**|%%|12/mmm|mg/ dk|mL/mn|d1L|Umol/L|PG/ML|°K|..|()|{}|mkg|kh/L"
).split("|")


def told_units(folder: Path, units: list[str]) -> list[str]:
    rows = (f'test: Test {number}, value: 1, unit: "{unit}"' for number, unit in enumerate(units))
    found = problems(folder, "format: 1\n" + lab(*rows))
    return [str(re.search("“(.*)”", p.message)[1]) for p in found if p.code == "DATA004"]  # type: ignore[index]


def test_codes_of_ucum_and_usual_spellings_are_known(tmp_path: Path) -> None:
    assert len(UCUM) >= 150
    assert len(USUAL) >= 70
    assert told_units(tmp_path, [*UCUM, *USUAL]) == []


def test_slips_of_a_unit_are_told(tmp_path: Path) -> None:
    assert len(SLIPS) >= 30
    assert told_units(tmp_path, SLIPS) == SLIPS


# the remedy names the factor: a value, its unit, and words of the hint
CURES = [
    ("test: Calcium, value: 2.4, unit: mg/dL", "as mmol/L"),
    ("test: Creatinine, value: 88, unit: mg/dL", "as µmol/L"),
    ("test: Haemoglobin, value: 13.5, unit: g/L", "as g/dL"),
    ("test: C-reactive protein, value: 1040, unit: mg/L", "decimal point"),
    ("test: Potassium, value: 45, unit: mmol/L", "4.5 would be plausible"),
    ("test: pH, value: 73.1", "7.31 would be plausible"),
]


@pytest.mark.parametrize(("row", "words"), CURES)
def test_the_remedy_of_an_impossible_value_names_the_slip(row: str, words: str, tmp_path: Path) -> None:
    found = [p for p in problems(tmp_path, "format: 1\n" + lab(row)) if p.code == "DATA006"]
    assert [words in str(p.hint) for p in found] == [True], [p.hint for p in found]


def data_codes(folder: Path, text: str) -> list[str]:
    return [p.code for p in problems(folder, text) if p.kind.family == "DATA"]


def test_a_correct_narrative_is_quiet(tmp_path: Path) -> None:
    text = QUIET.read_text("utf-8")
    assert len(re.findall(r"\d+(?:\.\d+)?", text)) >= 180
    assert len(re.findall(r"\w+", " ".join(re.findall(r"\|\n((?:  +.*\n|\n)+)", text)))) >= 600
    assert read(QUIET.read_bytes(), QUIET.name).problems == ()
    assert data_codes(tmp_path, text) == []


# one slip in the same narrative, and what must be said of it
SLIPPED = [
    ("  A 58-year-old woman came", "  An 85-year-old woman came", "DATA014"),
    ("in a 58-year-old woman:", "in a 58-year-old man:", "DATA014"),
    ("{at: 4 d, value: 2.87}", "{at: 4 d, value: 28.7}", "DATA006"),
    ("a calcium of 3.6 mmol/L", "a calcium of 6.3 mmol/L", "DATA018"),
    ("Amlodipine 5 mg was", "Amlodipine 10 mg was", "DATA016"),
    ("three-week history of thirst,", "three-month history of thirst,", "DATA017"),
    ("followed for six months", "followed for six weeks", "DATA017"),
    ("One biopsy of the only", "Two biopsies of the only", "DATA019"),
    ("Zoledronic acid was\n  infused on day 2", "Zoledronic acid was infused on day 3", "DATA013"),
    ("{at: 11 d, label: discharge}", "{at: -11 d, label: discharge}", "DATA012"),
    ("{at: ~10 d, dose: 30 mg}", "{at: 4 d, dose: 30 mg}, {at: 3 d, dose: 30 mg}", "DATA010"),
    ("until: 3 d, dose: 4 L/day", "until: -3 d, dose: 4 L/day", "DATA008"),
    ("  duration: 6 mo\n", "  duration: 6 mo\n  death: {at: 5 mo}\n", "DATA011"),
    ("value: 1.42, unit: mmol/L", "value: 1.42, unit: mmo/L", "DATA004"),
    ("value: 1.42, unit: mmol/L, ", "value: 1.42, ", "DATA003"),
    ("unit: mmol/L, reference: 0.80-1.45", "unit: mmol/L", "DATA005"),
    ("reference: 0.80-1.45", "reference: 0.80-1.45, flag: high", "DATA001"),
    ("value: 0.4, unit: pmol/L", "value: suppressed, unit: pmol/L", "DATA026"),
    ("value: 0.4, unit: pmol/L", "value: 0.4 (H), unit: pmol/L", "DATA027"),
    (
        "{at: 11 d, label: discharge}",
        "{at: 11 d, label: discharge}\n    - {at: {during: saline, by: 9 d}, label: oedema}",
        "DATA043",
    ),
    ("procedure: core biopsy, at: 3 d,", "procedure: core biopsy, at: 3 d, reported_at: 0,", "DATA044"),
    (
        "{at: 11 d, label: discharge}",
        "{at: 11 d, label: discharge}\n    - {at: 3 d, label: the core biopsy was taken}",
        "DATA045",
    ),
    ("procedure: core biopsy, at: 3 d,", "procedure: core biopsy,", "DATA046"),
    ("value: 0.4, unit: pmol/L", "value: 4 pg/mL, unit: pmol/L", "DATA028"),
    ("{PTHrP: parathyroid", "{MMSE: Mini-Mental State Examination, GFR: filtration, PTHrP: parathyroid", "DATA021"),
    ("because the clearance", "because the GFR", "DATA020"),
    ("neither was a second MRI", "neither was a second magnetic resonance imaging (MRI)", "DATA023"),
    ("This is not a rare product alone", "This is the first case, to our knowledge", "DATA022"),
    (
        "discussion: |\n",
        "prior_cases: [{reference: first}]\ndiscussion: |\n  This is the first case, to our knowledge.\n",
        "DATA051",
    ),
    (
        "discussion: |\n",
        "prior_cases: [{reference: first}]\ndiscussion: |\n  Only two cases have been reported.\n",
        "DATA052",
    ),
    ("suggests that the label of a bottle may be", "proves that the label of a bottle was", "DATA024"),
    ("label: sarcoidosis,", "label: Vitamin D intoxication,", "DATA025"),
    ("Muscle power was 4/5", "Her heart rate was 120/min. Muscle power was 4/5", "DATA029"),
    ("course: |\n", f"{STERILE}course: |\n  Blood cultures grew *E. coli*.\n", "DATA030"),
    ("withdrawn over 4 weeks", "withdrawn over 4 months", "DATA031"),
    ("Parathyroid hormone was suppressed", "A raised parathyroid hormone was found", "DATA032"),
    ("In the first 24 hours", "Constipation began five weeks before zoledronic acid. In the first 24 hours", "DATA033"),
    (
        "course: |\n",
        "tests: {narrative: Weakness of the right hip was seen., results: [{label: weakness of the left hip}]}\ncourse: |\n",
        "DATA034",
    ),
    ("One biopsy of the only", "A biopsy of the liver held fat. One biopsy of the only", "DATA035"),
    ("She was followed for six months", "The patient died after six months", "DATA036"),
    ("{label: zoledronic acid,", "{label: zoledronic acid, status: declined,", "DATA037"),
    (
        "course: |\n",
        "tests: {narrative: A mass of 4 cm was felt., results: [{label: palpation, findings: a 9 cm mass}]}\ncourse: |\n",
        "DATA038",
    ),
    (
        "course: |\n",
        f"{VARIANT.replace('variants', 'narrative: A homozygous variant was found., variants')}course: |\n",
        "DATA039",
    ),
    ("until: 3 d, dose: 4 L/day", "duration: until discharge, dose: 4 L/day", "DATA040"),
    ("{at: 11 d, label: discharge}", "{id: discharge, at: {after: discharge}, label: discharge}", "DATA041"),
    (
        "  outcomes:\n    clinician: [",
        "  death: {at: 6 mo}\n  outcomes:\n    clinician: [{at: 6 mo, label: death}, ",
        "DATA042",
    ),
    ("\nreferences:\n", "\nconsent: {publication: {status: written, version: 0123456789ab}}\nreferences:\n", "DATA050"),
]


@pytest.mark.parametrize(("right", "wrong", "code"), SLIPPED)
def test_one_slip_in_the_narrative_is_told(right: str, wrong: str, code: str, tmp_path: Path) -> None:
    text = QUIET.read_text("utf-8")
    assert text.count(right) == 1
    assert code in data_codes(tmp_path, text.replace(right, wrong))


def test_each_rule_is_tried_on_the_narrative() -> None:
    assert {code for *_, code in SLIPPED} == set(CODES)
