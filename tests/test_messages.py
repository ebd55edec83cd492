"""What the commands say of a mistake: what is wrong, where, and the exact text to write."""

import json
from pathlib import Path

import pytest

from casewriter.cli.app import run
from casewriter.load import load
from casewriter.problem import Refused
from casewriter.source import read

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cases" / "gout").mkdir(parents=True)
    (tmp_path / "profiles").mkdir()
    write(tmp_path, "title: Gout\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project: Path, text: str) -> None:
    (project / "cases" / "gout" / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")


def hints(capsys: Shown, *options: str) -> list[tuple[str, str]]:
    """Return code and hint of each problem that lint finds."""
    capsys.readouterr()
    run(["lint", "--output-format", "json", *options])
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    return [(problem["code"], problem["hint"] or "") for problem in case["problems"]]


# ------------------------------------------------------------------------------------------------------- unknown keys

KEYS = [
    # a case with one unknown key, what its hint says
    ("labs: [{test: a, value: 1, dose: 3}]", "“dose” belongs under `treatment.interventions`"),
    ("complaints: [{label: pain}]", "“complaints” belongs under `observation`"),
    ("patient: {age: 37 y}", "“patient” belongs under `observation`"),
    ("observation: {keywords: [a]}", "“keywords” is a top-level key"),
    ("observation: {patient: {diagnosis: a}}", "“diagnosis” is a top-level key"),
    ("patients: [{age: 37 y}]", "`others`"),
    ("cases: [{age: 37 y}]", "a file describes one patient"),
    ("patient_2: {age: 37 y}", "a file describes one patient"),
    ("titel: Gout", 'did you mean "title"?'),
    ("imaging: {study: [{modality: CT}]}", 'did you mean "studies"?'),
    ("labs: {xyzzy: 3}", "known here: narrative,"),
    ("xyzzy: 3", "casewriter schema"),
]


@pytest.mark.parametrize(("text", "hint"), KEYS)
def test_an_unknown_key_says_where_it_belongs(text: str, hint: str, project: Path, capsys: Shown) -> None:
    write(project, f"{text}\n")
    ((code, said),) = hints(capsys, "--select", "CASE")
    assert code == "CASE001"
    assert hint in said
    assert "operations" not in said
    assert len(said) < 300


SHAPES = [
    ("timeline: {events: none}", "leave out “events”"),
    ("labs: {results: [none]}", "leave out “results”"),
    ("observation: {examination: {negatives: {none: true}}}", "leave out “negatives”"),
    ("literature_search: no", "leave out “literature_search”"),
    ("authors: none", "leave out “authors”"),
    ("labs: {results: {test: a}}", "“- ”"),
    ("observation: {patient: 37}", "age,"),
    ("title: {a: b}", "quote the text"),
]


@pytest.mark.parametrize(("text", "hint"), SHAPES)
def test_a_value_of_the_wrong_shape_says_what_to_write(text: str, hint: str, project: Path, capsys: Shown) -> None:
    write(project, f"{text}\n")
    found = hints(capsys, "--select", "CASE")
    assert len(found) == 1
    assert hint in found[0][1]


# ------------------------------------------------------------------------------------------------------------ profiles

PROFILES = [
    # the file, the line and column of its fault, what is said
    ("# mine\nname: Mine\nextends: generic-care\n", 2, 1, "has no id; write id: mine"),
    ("id: other\nname: Mine\nextends: generic-care\n", 1, 5, "write id: mine"),
    ("\n", 1, 1, "has no id"),
    ("id: mine\nextends: generic-care\nlimits: {body_words: many}\n", 3, 22, "“body_words” must be a whole number"),
    ("id: mine\nextends: generic-care\nsections: [{from: [labs]}]\n", 3, 12, "“heading” is missing"),
    ("id: mine\nextends: generic-care\nfigures: top\n", 3, 10, "in_place"),
    ("id: mine\nextends: generic-care\nsectoins: []\n", 3, 1, 'did you mean "sections"?'),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), PROFILES)
def test_a_fault_of_a_profile_is_at_its_own_line(
    text: str, line: int, column: int, said: str, project: Path, capsys: Shown
) -> None:
    (project / "profiles" / "mine.yaml").write_text(text, "utf-8")
    assert run(["lint", "--profile", "mine"]) == 2
    told = capsys.readouterr().err
    assert f"profiles/mine.yaml:{line}:{column}: " in told
    assert said in told
    assert "Input should" not in told


# ------------------------------------------------------------------------------------------ what blocks, what is counted

WORKS = "".join(f"- {{id: a{number}, placeholder: Smith {number}}}\n" for number in range(17))
PLACEHOLDERS = f"introduction: See [@{'; @'.join(f'a{number}' for number in range(17))}].\nreferences:\n{WORKS}"


def test_what_blocks_a_render_is_counted_and_placed(project: Path, capsys: Shown) -> None:
    write(project, "title: Gout\nlabs: [{test: a, value: 1, at: soon}]\ntitel: x\nreferences: [{file: no.bib}]\n")
    assert run(["render", "--to", "html"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert "fix 2 errors first" in last
    assert "cases/gout/case.yaml:3:32 CASE005" in last
    assert "1 other would not block" in last  # REF003: the file of references is missing
    assert not (project / "output").exists()


def test_errors_that_do_not_block_are_reported_beside_the_output(project: Path, capsys: Shown) -> None:
    write(project, f"title: Gout\n{PLACEHOLDERS}figures: {{a: {{file: no.png}}}}\n")
    assert run(["render", "--to", "html"]) == 1
    told = capsys.readouterr().err
    assert "not rendered" not in told
    assert "REF006" in told
    assert "FIG002" in told
    assert "wrote output/gout/gout.html" in told


def test_placeholders_are_one_problem_with_a_count_for_people(project: Path, capsys: Shown) -> None:
    write(project, f"title: Gout\n{PLACEHOLDERS}")
    run(["lint", "--select", "REF"])
    full = capsys.readouterr().out
    assert full.count("REF006") == 2  # its line, and the line that names its page
    assert "17 references are still to be found" in full
    run(["render", "--to", "html"])
    assert capsys.readouterr().err.count("REF006") == 1
    assert [code for code, _ in hints(capsys, "--select", "REF006")] == ["REF006"] * 17
    run(["lint", "--select", "REF", "--output-format", "concise"])
    assert capsys.readouterr().out.count("REF006") == 17


def test_one_placeholder_keeps_its_own_words(project: Path, capsys: Shown) -> None:
    write(project, "title: Gout\nintroduction: See [@a].\nreferences: [{id: a, placeholder: Smith}]\n")
    run(["lint", "--select", "REF"])
    assert "“a”" in capsys.readouterr().out


SELECTED = [
    ([], True, True),
    (["--select", "CARE"], True, False),
    (["--select", "CARE071"], True, False),
    (["--select", "REF,CASE"], False, False),
    (["--select", "CASE,CARE"], True, False),
    (["--select", "PRIV"], False, True),
    (["--ignore", "CARE"], False, True),
    (["--ignore", "PRIV"], True, False),
]


@pytest.mark.parametrize(("options", "items", "privacy"), SELECTED)
def test_the_items_of_care_and_the_note_on_privacy_are_printed_where_they_are_selected(
    options: list[str], items: bool, privacy: bool, project: Path, capsys: Shown
) -> None:
    run(["lint", *options])
    told = capsys.readouterr().out
    assert ("applicable CARE items present" in told) is items
    assert ("privacy: checked for" in told) is privacy


# ------------------------------------------------------------------------------------- a name goes no further in render


@pytest.mark.parametrize(
    "text",
    [
        "format: 1\ntitle: Seen on 14 March 2023: Mrs Maria Gonzalez\n",
        "format: 1\nobservation: {complaints: [{label: Mrs Maria Gonzalez had fever, chills and cough, onset: 1 d}]}\n",
        "format: 1\ntimeline: [{at: seen by Mrs Maria Gonzalez on 14 March 2023, label: x}]\n",
        "format: 1\nMrs Maria Gonzalez: x\n",
    ],
    ids=["no YAML", "a cut text", "a wrong time", "an unknown key"],
)
def test_render_repeats_no_identifier(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a message quotes of a case that cannot be rendered is masked as in lint."""
    file = tmp_path / "case.yaml"
    file.write_text(text, "utf-8")
    assert run(["render", "--to", "html", "-o", str(tmp_path / "out"), str(file)]) == 1
    said = "".join(capsys.readouterr())
    assert "Gonzalez" not in said
    assert "14 March" not in said
    assert "•••" in said


def test_lint_says_when_the_program_can_fix_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("format: 1\ntitle: Gout: a case report\n", "utf-8")
    run(["lint", str(file)])
    assert "--fix" in "".join(capsys.readouterr())
    assert run(["lint", str(file), "--fix"]) == 1
    capsys.readouterr()
    run(["lint", str(file)])
    assert "--fix" not in "".join(capsys.readouterr())


LAYOUT = [
    ("format: 1\nshort_title:Gout\ntitle: x\n", 2, 12, "write short_title: Gout"),
    ("format: 1\nlabs:\n- {test: x, value: 3\n- {test: y}\ncourse: z\n", 3, 3, "write } where it ends"),
    ("format: 1\nobservation:\n  patient: {age: 3 y}\n   complaints: x\n", 4, 4, "indent it by 2 spaces, like line 3"),
]


@pytest.mark.parametrize(("text", "line", "column", "hint"), LAYOUT, ids=["no space", "open brace", "indentation"])
def test_a_fault_of_layout_is_named_where_it_is(text: str, line: int, column: int, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text.encode(), "case.yaml")
    (problem,) = refused.value.problems
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (line, column)
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("when", "hint"), [("POD 2", "{after: op, by: 2 d}"), ("postoperative day 3", "by: 3 d}"), ("discharge", "label:")]
)
def test_a_time_in_the_words_of_the_ward_gets_the_form_to_write(when: str, hint: str) -> None:
    (problem,) = load(read(f"format: 1\ntimeline: [{{at: {when}, label: x}}]\n".encode(), "case.yaml")).problems
    assert problem.code == "CASE005"
    assert hint in (problem.hint or "")
