"""From the tree to the case: every CASE code at its place with its hint, all problems at once, and the three spellings.

‸ stands before the character that the problem must point at, as in test_source.
"""

from pathlib import Path
from typing import Any

import pytest

from casewriter.load import KINDS, Loaded, load
from casewriter.model.case import Case
from casewriter.model.naming import slug
from casewriter.model.records import known_ids
from casewriter.problem import Problem
from casewriter.project import find_cases
from casewriter.source import read
from casewriter.work.check import Codes, check

FORMAT = "format: 1\n"


def loaded(text: str) -> Loaded:
    return load(read((FORMAT + text).encode(), "case.yaml"))


def case_of(text: str) -> Case:
    found = loaded(text)
    assert found.problems == ()
    assert found.whole
    assert found.case is not None
    return found.case


def located(text: str) -> list[Problem]:
    """Return the problems of a whole file with their places."""
    source = read(text.encode(), "case.yaml")
    return [source.locate(problem) for problem in (*source.problems, *load(source).problems)]


def places(problems: list[Problem]) -> list[tuple[str, int, int]]:
    assert all(problem.span for problem in problems)
    return sorted((p.code, p.span.line, p.span.column) for p in problems if p.span)


def unmarked(text: str) -> tuple[str, int, int]:
    before, mark, after = text.partition("‸")
    assert mark, "the example has no mark"
    return before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


# ------------------------------------------------------------------------------------------ every code, place and hint

WHOLE_FILES = [
    ("CASE002", "‸title: x\n", "format: 1"),
    ("CASE003", "‸just a text\n", "format: 1"),
    ("CASE003", "‸- format: 1\n", "format: 1"),
    ("CASE011", "format: ‸2\n", "format: 1"),
    ("CASE011", "format: ‸1.0\n", "format: 1"),
    ("CASE011", "title: x\nformat: ‸one\n", "format: 1"),
]
PINNED = [
    ("CASE001", "‸titel: x", '"title"'),
    ("CASE001", "‸treatmnt: [x]", '"treatment"'),
    ("CASE001", "observation:\n  patient: {age: 3 y, ‸sx: male}", '"sex"'),
    ("CASE001", "observation: {history: {‸alergies: x}}", '"allergies"'),
    ("CASE001", "observation: {complaints: [{label: a, ‸onst: 0}]}", '"onset"'),
    ("CASE001", "labs:\n  results:\n    - test: Ca\n      ‸valu: 9.2\n", '"value"'),
    ("CASE001", "labs: {groups: [{results: [{test: a, ‸vlue: 3}]}]}", '"value"'),
    ("CASE001", "labs: [{test: a, series: [{at: 0, ‸vale: 3}]}]", '"value"'),
    ("CASE001", "figures: {a: {panels: [{‸fil: x.jpg}]}}", '"file"'),
    ("CASE001", "references: [{id: a, ‸titel: x}]", '"title"'),
    ("CASE001", "references: [{id: a, ‸container_title: x}]", '"container-title"'),
    ("CASE001", "references: [{id: a, ‸journal: x}]", '"container-title"'),
    ("CASE001", "references: [{id: a, ‸year: 1959}]", '"issued"'),
    ("CASE001", "references: [{file: a.bib, ‸typ: x}]", "file"),
    ("CASE001", "references: [{‸flie: a.bib}]", '"file"'),
    ("CASE001", "care: {‸not_aplicable: {1: x}}", '"not_applicable"'),
    ("CASE001", "discussion:\n  ‸labs: x\n", "indentation"),
    ("CASE001", "timeline: {‸indx: a}", '"index"'),
    ("CASE001", "labs: {‸resluts: [{test: a}]}", '"results"'),
    ("CASE001", "labs: {‸narative: x}", '"narrative"'),
    ("CASE001", "treatment: {‸intervention: [a]}", '"interventions"'),
    ("CASE001", "diagnosis: {‸finl: [{label: a}]}", '"final"'),
    ("CASE001", "imaging: {‸study: [{modality: CT}]}", '"studies"'),
    ("CASE001", "observation: {complaints: {‸narrativ: x}}", '"narrative"'),
    ("CASE003", "authors: ‸Ana", "- "),
    ("CASE003", "‸title: {a: b}", "quote"),
    ("CASE003", "observation: {examination: {vitals: [{label: a, ‸unit: [degF]}]}}", "quote"),
    ("CASE003", "observation: {patient: ‸old}", ""),
    ("CASE003", "observation: {patient: {minor: ‸maybe}}", ""),
    ("CASE003", "timeline: {first_day: ‸two}", ""),
    ("CASE003", "affiliations: ‸here", ""),
    ("CASE004", "focus: {kind: ‸desease}", '"disease"'),
    ("CASE004", "timeline: [{label: x, kind: ‸presentaton}]", '"presentation"'),
    ("CASE004", "labs: [{test: Ca, flag: ‸hgih}]", '"high"'),
    ("CASE004", "labs: [{test: Ca, flag: ‸x}]", "low, high, normal, abnormal, critical, none"),
    ("CASE004", "consent: {publication: {status: ‸writen}}", '"written"'),
    ("CASE004", "consent: {publication: {by: [patient, ‸parents]}}", '"parent"'),
    ("CASE004", "authors: [{roles: [Investigation, ‸Writing]}]", "Writing"),
    ("CASE004", "references: [{id: a, type: ‸article-jornal}]", '"article-journal"'),
    ("CASE004", "references: [{id: a, type: ‸journal-article}]", '"article-journal"'),
    ("CASE004", "references: [{id: a, type: ‸phdthesis}]", '"thesis"'),
    ("CASE004", "microbiology: [{result: ‸grew}]", '"growth"'),
    ("CASE005", "timeline:\n  - {at: ‸3, label: x}\n", "d, wk, mo"),
    ("CASE005", "timeline:\n  - {at: ‸2020-01-02, label: x}\n", "3 d"),
    ("CASE005", "timeline:\n  - {‸at: {after: a, before: b}, label: x}\n", "3 d"),
    ("CASE005", "follow_up: {duration: ‸6}", "6 mo"),
    ("CASE005", "observation: {patient: {age: ‸37}}", "37 y"),
    ("CASE005", "labs: {grids: [{at: [0, ‸soon], rows: []}]}", "3 d"),
    ("CASE006", "labs: [{test: Ca, value: ‸'15,000'}]", "write 15000; the output groups digits"),
    ("CASE006", "labs: [{test: Ca, reference: ‸10-5}]", "lower number first"),
    ("CASE006", "labs: [{test: Ca, ‸value: {mode: 3}}]", "not_done"),
    ("CASE006", "labs: {grids: [{at: [0], rows: [{test: K, values: [‸'1,5']}]}]}", "write 1.5"),
    ("CASE008", "timeline: [{id: ‸Bad Id, label: x}]", "lower-case letter"),
    ("CASE008", "timeline: [{id: ‸1st, label: x}]", "lower-case letter"),
    ("CASE008", "timeline: [{id: a, label: x}, {id: ‸a, label: y}]", "another id"),
    ("CASE008", "timeline: [{id: a, label: x}]\nlabs: [{id: ‸a, test: y}]", "another id"),
    ("CASE008", "figures:\n  ‸labs: {file: x.jpg}", "another id"),
    ("CASE008", "tables:\n  ‸timeline: {columns: [a]}", "another id"),
    ("CASE008", "figures:\n  ‸Fig1: {file: x.jpg}", "lower-case letter"),
    ("CASE008", "labs: {grids: [{at: [0], rows: [{id: ‸1, test: K, values: [1]}]}]}", "lower-case letter"),
    ("CASE009", "timeline: [{id: surgery, label: x, at: 0}, {label: y, at: {after: ‸surgrey, by: 1 d}}]", '"surgery"'),
    ("CASE009", "labs: [{test: Free iron}]\ndiagnosis: {differential: [{excluded_by: [‸free-irn]}]}", '"free-iron"'),
    ("CASE009", "diagnosis: {final: [{id: dx, label: x}]}\ntreatment: [{label: y, treats: ‸dxx}]", '"dx"'),
    ("CASE009", "follow_up: {tests: [{result: ‸calcium}]}", "id"),
    ("CASE009", "treatment: [{label: y, study: ‸ct}]", "id"),
    ("CASE009", "treatment: [{id: op, label: y}]\noperations: [{of: ‸opp}]", '"op"'),
    ("CASE009", "affiliations: {im: {city: x}}\nauthors: [{family: A, affiliations: [‸imm]}]", '"im"'),
    ("CASE010", "tables: {t: {columns: [a, b], rows: [‸[1, 2, 3]]}}", "quote"),
    ("CASE010", "labs: {grids: [{at: [0, 1 d], rows: [{test: K, ‸values: [1, 2, 3]}]}]}", "one value for each time"),
    ("CASE010", "labs: {grids: [{at: [0, 1 d], rows: [{test: K, ‸values: [1]}]}]}", "one value for each time"),
    ("CASE012", "follow_up: {‸adverse_events: {none: true, items: [x]}}", "remove one"),
    ("CASE012", "‸funding: {none: false}", "remove the key"),
    ("CASE012", "figures: {‸a: {file: x.jpg, panels: [{file: y.jpg}]}}", "panel"),
    ("CASE013", "figures: {a: {file: x.jpg, width: ‸200%}}", "60%"),
    ("CASE013", "references: [{id: a, issued: ‸2020-13}]", ""),
    ("CASE013", "timeline: {first_day: ‸2}", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "marked", "hint"), [*WHOLE_FILES, *((c, FORMAT + m, h) for c, m, h in PINNED)])
def test_each_code_stands_where_the_fault_is_with_its_cure(code: str, marked: str, hint: str) -> None:
    text, line, column = unmarked(marked)
    problems = located(text)
    assert places(problems) == [(code, line, column)]
    assert hint in (problems[0].hint or "")


NONE = ["none", "None", "none."]
BARE = ["no", "nil", "'-'", "[]"]
LISTINGS = [
    "observation: {complaints: ‸%}",
    "observation: {history: {allergies: ‸%}}",
    "observation: {history: {past_interventions: ‸%}}",
    "follow_up: {adverse_events: ‸%}",
    "treatment: {interventions: ‸%}",
    "funding: ‸%",
    "competing_interests: ‸%",
    "authors: [{family: A, conflicts: ‸%}]",
    "diagnosis: {challenges: ‸%}",
]


@pytest.mark.parametrize("bare", BARE)
@pytest.mark.parametrize("where", LISTINGS)
def test_a_bare_none_is_refused_with_the_form_to_use(where: str, bare: str) -> None:
    text, line, _ = unmarked(FORMAT + where.replace("%", bare))
    (problem,) = located(text)
    assert (problem.code, problem.span.line if problem.span else 0) == ("CASE007", line)
    assert "none: true" in (problem.hint or "")


@pytest.mark.parametrize("bare", [*BARE, *NONE])
def test_negatives_say_what_was_looked_for(bare: str) -> None:
    text, line, _ = unmarked(FORMAT + f"observation: {{examination: {{negatives: ‸{bare}}}}}")
    (problem,) = located(text)
    assert (problem.code, problem.span.line if problem.span else 0) == ("CASE007", line)
    assert "[no oedema, no rash]" in (problem.hint or "")


@pytest.mark.parametrize("word", NONE)
@pytest.mark.parametrize("where", LISTINGS)
def test_the_word_none_says_that_somebody_looked(where: str, word: str) -> None:
    """case-format.md, Principles: the author's `none` claims it, as {none: true} does."""
    text, *_ = unmarked(FORMAT + where.replace("%", word))
    spelled, *_ = unmarked(FORMAT + where.replace("%", "{none: true}"))
    assert located(text) == []
    assert load(read(text.encode(), "a.yaml")).case == load(read(spelled.encode(), "a.yaml")).case


def test_a_bare_dash_without_quotes_is_told_the_form_to_use_too() -> None:
    try:
        problems = located(FORMAT + "observation:\n  history:\n    allergies: -\n")
    except Exception as refused:  # noqa: BLE001 - YAML itself refuses it
        problems = list(getattr(refused, "problems", ()))
    assert len(problems) == 1
    assert "none: true" in (problems[0].hint or "")


def test_every_code_of_the_schema_is_pinned_here() -> None:
    pinned = {code for code, *_ in (*WHOLE_FILES, *PINNED)} | {"CASE007"}
    assert pinned == {kind.code for kind in KINDS} == {f"CASE{number:03}" for number in range(1, 14)}


COMPOSED = [
    ("CASE014", "labs: [{test: Calcium, value: 9}]\nintroduction: It was ‸{{ labs.calcum }} then.", '"calcium"'),
    ("CASE014", "labs: [{test: Calcium, at: 0, value: 9}]\nintroduction: It was ‸{{ labs.calcium at 3 d }} then.", ""),
    ("CASE014", "observation:\n  patient: {sex: f}\nintroduction: |\n  A\n  ‸{{ observation.patient.agee }}", '"age"'),
    ("CASE014", "introduction: At ‸{{ labs.calcium }} then.", ""),
    ("CASE015", "introduction: See ‸[this](notes/private.txt) here.", ""),
    ("CASE015", "introduction: See ‸[this](javascript:alert(1)) here.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "marked", "hint"), COMPOSED)
def test_what_composing_finds_stands_inside_the_text(code: str, marked: str, hint: str, tmp_path: Path) -> None:
    text, line, column = unmarked(FORMAT + marked)
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    report = check(find_cases([str(tmp_path)])[0], codes=Codes(("CASE",))).report
    assert places(list(report.problems)) == [(code, line, column)]
    assert hint in (report.problems[0].hint or "")


def test_braces_that_hold_no_path_print_as_typed_and_are_no_problem(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(FORMAT + "introduction: 'So {{7*7}} and {{ x | y }} stay.'\n", "utf-8")
    checked = check(find_cases([str(tmp_path)])[0], codes=Codes(("CASE",)))
    assert checked.report.problems == ()


# ------------------------------------------------------------------------------------------------- all problems at once

MANY = """\
format: 1
titel: x
focus: {kind: desease}
observation:
  patient: {age: 37}
  complaints: nil
timeline:
  events:
    - {at: 3, label: x}
    - {id: a, label: y}
    - {id: a, label: z}
labs:
  results:
    - {test: Ca, value: "15,000", flag: hgih}
    - {test: K, value: 4, at: {after: nobody}}
figures:
  one: {file: a.jpg, width: 200%}
"""


def test_all_problems_are_told_at_once() -> None:
    assert places(located(MANY)) == [
        ("CASE001", 2, 1),
        ("CASE004", 3, 15),
        ("CASE004", 14, 41),
        ("CASE005", 5, 18),
        ("CASE005", 9, 12),
        ("CASE006", 14, 25),
        ("CASE007", 6, 15),
        ("CASE008", 11, 12),
        ("CASE009", 15, 39),
        ("CASE013", 17, 29),
    ]


def test_what_is_well_formed_is_left_for_lint() -> None:
    found = load(read(MANY.encode(), "case.yaml"))
    assert not found.whole
    case = found.case
    assert case is not None
    assert case.timeline
    assert case.labs
    assert [event.label for event in case.timeline.events] == ["x", "y", "z"]
    assert [result.test for result in case.labs.results] == ["Ca", "K"]
    assert case.labs.results[0].value is None
    assert case.figures["one"].file == "a.jpg"


def test_leaving_out_one_item_does_not_move_the_others() -> None:
    found = loaded("learning_points: [{a: b}, two, {c: d}, four]\n")
    assert [p.path for p in found.problems] == [("learning_points", 0), ("learning_points", 2)]
    assert found.case is not None
    assert found.case.learning_points == ("two", "four")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_says_how_to_begin(text: str) -> None:
    (problem,) = located(text)
    assert problem.code == "CASE003"
    assert "format: 1" in (problem.hint or "")
    assert "casewriter new" in (problem.hint or "")


def test_only_the_format_is_required() -> None:
    assert case_of("").title is None


def test_keys_without_value_say_nothing() -> None:
    text = "title:\nlabs:\nobservation:\n  patient:\n  complaints:\nauthors:\nfigures:\n"
    assert case_of(text) == case_of("observation: {}\n")


# ------------------------------------------------------------------------------------------------- the three spellings

SPELLINGS = [
    ("observation: {complaints: [{label: pain}, {label: fever}]}", "observation: {complaints: [pain, fever]}"),
    ("observation: {complaints: {items: [pain]}}", "observation: {complaints: [pain]}"),
    ("observation: {complaints: {narrative: Pain.}}", "observation: {complaints: Pain.}"),
    ("observation: {examination: {findings: [{label: rash}]}}", "observation: {examination: [rash]}"),
    ("observation: {narrative: Ill.}", "observation: Ill."),
    ("timeline: {events: [{label: a, at: 0}]}", "timeline: [{label: a, at: 0}]"),
    ("labs: {results: [{test: Ca, value: 9}]}", "labs: [{test: Ca, value: 9}]"),
    ("labs: {narrative: Normal.}", "labs: Normal."),
    ("microbiology: {cultures: [{specimen: pus}]}", "microbiology: [{specimen: pus}]"),
    ("imaging: {studies: [{modality: CT, region: [chest]}]}", "imaging: [{modality: CT, region: chest}]"),
    ("imaging: {narrative: Clear.}", "imaging: Clear."),
    ("tests: {results: [{kind: endoscopy}]}", "tests: [{kind: endoscopy}]"),
    ("pathology: {specimens: [{site: skin}]}", "pathology: [{site: skin}]"),
    ("genetics: {variants: [{gene: NOTCH2}]}", "genetics: [{gene: NOTCH2}]"),
    ("diagnosis: {final: [{label: DRESS}]}", "diagnosis: [DRESS]"),
    ("treatment: {interventions: [{label: rest}]}", "treatment: [rest]"),
    ("treatment: {interventions: {items: [{label: rest}]}}", "treatment: {interventions: [rest]}"),
    ("follow_up: {narrative: Well.}", "follow_up: Well."),
    ("follow_up: {adherence: {value: full}}", "follow_up: {adherence: full}"),
    ("discussion: {narrative: So.}", "discussion: So."),
    ("abstract: {text: All.}", "abstract: All."),
    ("focus: {label: gout}", "focus: gout"),
    ("patient_perspective: {text: I was ill.}", "patient_perspective: I was ill."),
    ("consent: {narrative: Given.}", "consent: Given."),
    ("consent: {publication: {by: [parent]}}", "consent: {publication: {by: parent}}"),
    ("funding: {items: [{funder: A}]}", "funding: [A]"),
    ("keywords: [gout]", "keywords: gout"),
    ("diagnosis: {differential: [{label: x}]}", "diagnosis: {differential: {items: [x]}}"),
]


@pytest.mark.parametrize(("full", "short"), SPELLINGS)
def test_spellings_of_a_section_load_to_the_same(full: str, short: str) -> None:
    case = case_of(full)
    assert case == case_of(short)
    assert case != case_of("")


def test_prose_and_records_of_a_mapping_are_both_kept() -> None:
    case = case_of("labs:\n  narrative: Low.\n  results: [{test: Ca, value: 7}]\n")
    assert case.labs
    assert (case.labs.narrative, len(case.labs.results)) == ("Low.", 1)


# -------------------------------------------------------------------------------------------------------- none, absent


def test_a_none_keeps_what_it_is_about() -> None:
    case = case_of("observation: {history: {allergies: {none: true, scope: drugs, how_assessed: asked at admission}}}")
    assert case.observation
    assert case.observation.history
    allergies = case.observation.history.allergies
    assert allergies
    assert (allergies.none, allergies.scope, allergies.how_assessed) == (True, "drugs", "asked at admission")
    assert allergies.answered


def test_absent_stands_beside_text_or_list() -> None:
    case = case_of("observation: {history: {medical: {narrative: Gout., absent: [hypertension, diabetes]}}}")
    assert case.observation
    assert case.observation.history
    assert case.observation.history.medical
    assert case.observation.history.medical.absent == ("hypertension", "diabetes")


@pytest.mark.parametrize("text", ["no known drug allergy", "none that mattered", "No relative was ill."])
def test_a_sentence_that_begins_with_no_is_a_text(text: str) -> None:
    case = case_of(f"observation: {{history: {{allergies: {text}}}}}")
    assert case.observation
    assert case.observation.history
    assert case.observation.history.allergies
    assert case.observation.history.allergies.narrative == text


# ----------------------------------------------------------------------------------------- ids, references and aliases


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Total bilirubin", "total-bilirubin"),
        ("25-OH vitamin D", "oh-vitamin-d"),
        ("Élévation (ST)", "elevation-st"),
        ("  ", ""),
    ],
)
def test_a_label_gives_an_id(label: str, name: str) -> None:
    assert slug(label) == name


def test_a_record_is_known_by_its_id_or_its_label() -> None:
    case = case_of("labs: [{test: Total bilirubin, value: 3}, {id: ca, test: Calcium, value: 9}]")
    assert known_ids(case) == {"ca": ("labs", "results", 1), "total-bilirubin": ("labs", "results", 0)}


def test_an_explicit_id_comes_before_a_label_that_gives_the_same() -> None:
    case = case_of("timeline: [{label: Surgery, at: 0}, {id: surgery, label: second look, at: 3 d}]")
    assert known_ids(case)["surgery"] == ("timeline", "events", 1)


def test_figures_tables_and_references_have_names_of_their_own() -> None:
    text = "timeline: [{id: a}]\nfigures: {a: {file: a.jpg}}\ntables: {a: {columns: [x]}}\nreferences: [{id: a}]\n"
    assert case_of(text).figures["a"].file == "a.jpg"


def test_reference_files_and_items_stand_side_by_side() -> None:
    case = case_of(
        "references:\n  - file: references.bib\n  - {id: a, title: T}\n  - {id: b, placeholder: the one on gout}\n"
    )
    kinds = [type(entry).__name__ for entry in case.references]
    assert kinds == ["ReferenceFile", "Reference", "Reference"]
    assert getattr(case.references[0], "file", None) == "references.bib"
    assert getattr(case.references[2], "placeholder", None) == "the one on gout"


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("Muller SA", "Muller", "S. A."),
        ("van der Berg J", "van der Berg", "J."),
        ("Garcia-Lopez JM", "Garcia-Lopez", "J. M."),
        ("Smith, John", "Smith", "John"),
    ],
)
def test_a_name_in_one_text_is_family_and_initials(written: str, family: str, given: str) -> None:
    case = case_of(f'references: [{{id: a, author: ["{written}"]}}]')
    (author,) = case.references[0].author  # type: ignore[union-attr]
    assert (author.family, author.given) == (family, given)


@pytest.mark.parametrize(
    ("alias", "field", "value"),
    [
        ("container-title", "container_title", "Arch Dermatol"),
        ("DOI", "doi", "10.1/x"),
        ("PMID", "pmid", "0123"),
        ("URL", "url", "https://a.b"),
    ],
)
def test_a_reference_is_written_with_the_keys_of_csl(alias: str, field: str, value: str) -> None:
    (entry,) = case_of(f'references: [{{id: a, {alias}: "{value}"}}]').references
    assert getattr(entry, field) == value
    assert entry.csl()[alias] == value  # type: ignore[union-attr]


def test_what_speaks_for_a_diagnosis_is_written_for() -> None:
    case = case_of("diagnosis: {differential: [{label: x, for: fever, against: normal count}]}")
    assert case.diagnosis
    assert case.diagnosis.differential
    (considered,) = case.diagnosis.differential.items
    assert (considered.for_, considered.against) == ("fever", "normal count")


TEXTS: list[tuple[str, tuple[Any, ...], str]] = [
    ("title: no", ("title",), "no"),
    ("abbreviations: {NO: nitric oxide}", ("abbreviations", "NO"), "nitric oxide"),
    ("labs: [{test: Ca, value: 1.50}]", ("labs", "results", 0, "value", "written"), "1.50"),
    ("labs: [{test: Ca, value: 1:30}]", ("labs", "results", 0, "value", "written"), "1:30"),
    ("ethics: {number: 012}", ("ethics", "number"), "012"),
    ("literature_search: {date: 2020-01-02}", ("literature_search", "date"), "2020-01-02"),
    ("registration: on", ("registration",), "on"),
    ("references: [{id: a, volume: 1e3}]", ("references", 0, "volume"), "1e3"),
]


@pytest.mark.parametrize(("text", "path", "expected"), TEXTS)
def test_a_scalar_reaches_its_field_character_for_character(text: str, path: tuple[Any, ...], expected: str) -> None:
    part: Any = case_of(text)
    for step in path:
        part = part[step] if isinstance(step, int) or isinstance(part, dict) else getattr(part, step)
    assert part == expected


def test_a_case_cannot_be_changed() -> None:
    case = case_of("title: x")
    with pytest.raises(ValueError, match="frozen"):
        case.title = None  # type: ignore[misc]
