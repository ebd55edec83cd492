"""A specialty's own guideline in the project's folder `guidelines/`: what it takes over from CARE, and how it is refused."""

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from casewriter.cli.app import run
from casewriter.guideline import find_guideline, guideline_names
from casewriter.problem import CannotRun
from casewriter.project import find_cases
from casewriter.work.catalogue import all_kinds
from casewriter.work.check import Checked, check

CASE = """format: 1
title: "Lichen planus after vaccination: a case report"
observation:
  examination: {findings: [{label: violaceous papules}]}
learning_points:
  - A rash that begins after a vaccination should be examined and biopsied like any other.
"""
DERM = """# what our clinic asks beyond CARE
id: derm
name: DERM
edition: first
extends: care
items:
- id: "14"
  code: DERM141
  topic: Dermoscopy
  requirement: Describe the dermoscopic pattern.
  missing: no dermoscopy is told
  remedy: "write observation: examination: scores:"
  field: [observation.examination.scores]
  presence: [{rule: nonempty, path: observation.examination.scores}]
  adequacy:
  - {code: DERM142, name: score-without-value, rule: each_has, path: observation.examination.scores, keys: [label, value],
     says: "a score lacks {what}", remedy: "write {label: …, value: …}"}
  reading: {looks_for: a dermoscopic pattern, all: ['\\bdermosc\\w+', '\\b(?:showed|revealed)\\b']}
  prose: [observation.narrative]
  severity: warning
  na_allowed: true
- id: "4"
  missing: our residents forget the introduction
  remedy: ask the senior author
  severity: info
without: ["12", 10c]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cases" / "lichen").mkdir(parents=True)
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "guidelines" / "derm.yaml").write_text(DERM, "utf-8")
    (tmp_path / "cases" / "lichen" / "case.yaml").write_text(CASE + "guideline: derm\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(project: Path, text: str, name: str = "derm") -> None:
    (project / "guidelines" / f"{name}.yaml").write_text(text, "utf-8")


def checked(guideline: str | None = None) -> Checked:
    return check(find_cases([])[0], guideline=guideline)


def states(report: Checked) -> dict[str, str]:
    return {item.item.id: item.state for item in report.report.items}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line that says why lint cannot run."""
    assert run(["lint", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert "bug in casewriter" not in line
    return line


# -- what it takes over --------------------------------------------------------------------------------------------


def test_a_guideline_that_extends_care_adds_overrides_and_drops_items(project: Path) -> None:
    care, derm = find_guideline("care"), find_guideline("derm", [project / "guidelines"])
    assert [item.id for item in derm.items] == [item.id for item in care.items if item.id not in ("12", "10c")] + ["14"]
    before, after = {item.id: item for item in care.items}, {item.id: item for item in derm.items}
    said = {"missing": "our residents forget the introduction", "remedy": "ask the senior author", "severity": "info"}
    assert after["4"] == before["4"].model_copy(update=said)
    assert all(after[name] == before[name] for name in after if name not in ("4", "14"))
    assert (derm.id, derm.name, derm.edition, derm.extends) == ("derm", "DERM", "first", "care")
    assert (derm.answers, derm.codes, derm.source) == (care.answers, care.codes, care.source)


def test_care_itself_is_left_as_it_is(project: Path) -> None:
    find_guideline("derm", [project / "guidelines"])
    assert len(find_guideline("care", [project / "guidelines"]).items) == 30
    assert "DERM141" not in find_guideline("care").kinds


def test_its_codes_have_manual_pages(project: Path) -> None:
    kinds = find_guideline("derm", [project / "guidelines"]).kinds
    added, weak = kinds["DERM141"], kinds["DERM142"]
    assert (added.name, added.level.value) == ("dermoscopy-missing", "warning")
    for words in (
        "DERM item 14",
        "Describe the dermoscopic pattern.",
        "a dermoscopic pattern",
        "DERM checklist, first",
    ):
        assert words in added.manual
    assert (weak.name, weak.level.value) == ("score-without-value", "warning")
    assert "ask the senior author" in kinds["CARE041"].manual
    assert not {"CARE121", "CARE103"} & set(kinds)


def test_a_file_may_extend_a_file_that_extends_care(project: Path) -> None:
    put(project, 'id: scalp\nname: SCALP\nextends: derm\nwithout: ["14", 10d]\n', "scalp")
    items = {item.id: item for item in find_guideline("scalp", [project / "guidelines"]).items}
    assert not {"12", "10c", "10d", "14"} & set(items)
    assert items["4"].missing == "our residents forget the introduction"


def test_a_key_of_the_overriding_item_replaces_the_whole_key(project: Path) -> None:
    put(project, DERM.replace("  severity: info\n", "  severity: info\n  adequacy: []\n"))
    (item,) = [one for one in find_guideline("derm", [project / "guidelines"]).items if one.id == "4"]
    assert item.adequacy == ()
    assert item.presence == find_guideline("care").items[6].presence


# -- how a case uses it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["the case", "the option"])
def test_it_judges_the_case(project: Path, by: str) -> None:
    if by == "the option":
        (project / "cases" / "lichen" / "case.yaml").write_text(CASE, "utf-8")
        assert len(checked().report.items) == 30
    report = checked("derm" if by == "the option" else None)
    assert report.guideline.id == "derm"
    found = states(report)
    assert len(found) == 29
    assert (found["14"], found["4"], found["6"]) == ("missing", "missing", "weak")
    problems = {problem.code: problem for problem in report.report.problems}
    added = problems["DERM141"]
    assert (added.message, added.hint) == ("no dermoscopy is told", "write observation: examination: scores:")
    assert (added.items, added.level.value, added.span and added.span.line) == (("14",), "warning", 4)
    assert problems["CARE041"].message == "our residents forget the introduction"
    assert problems["CARE041"].level.value == "info"
    assert not {"CARE121", "CARE103"} & set(problems)


def test_the_option_wins_over_the_case(project: Path) -> None:
    assert checked("care").guideline.id == "care"
    assert "14" not in states(checked("care"))


def test_lint_names_the_guideline(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint"]) == 1
    printed = capsys.readouterr().out
    assert "DERM item 14 · casewriter rule DERM141" in printed
    assert re.search(r"\d+ of 29 applicable DERM items present", printed)
    assert run(["lint", "--guideline", "derm", "--output-format", "json"]) == 1
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    assert case["guideline"] == "derm"
    assert {"id": "14", "state": "missing", "reason": None, "problems": ["DERM141"]} in case["items"]


ANSWERED: list[tuple[str, str, list[str]]] = [
    ("scores: [{label: white lines, value: 3}]", "present", []),
    ("scores: [{label: white lines}]", "weak", ["DERM142"]),
]


@pytest.mark.parametrize(("key", "state", "codes"), ANSWERED)
def test_its_own_item_is_judged_by_its_own_checks(project: Path, key: str, state: str, codes: list[str]) -> None:
    text = CASE.replace("papules}]}", f"papules}}], {key}}}")
    (project / "cases" / "lichen" / "case.yaml").write_text(text + "guideline: derm\n", "utf-8")
    (item,) = [one for one in checked().report.items if one.item.id == "14"]
    assert (item.state, list(item.problems)) == (state, codes)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Dermoscopy showed white lines on a red ground.", "present"),
        ("Dermoscopy will be told elsewhere.", "missing"),
        ("Dermoscopy was done on the first day.", "weak"),
    ],
)
def test_its_own_item_is_read_in_prose(project: Path, text: str, state: str) -> None:
    changed = CASE.replace("observation:\n", f"observation:\n  narrative: {text}\n")
    (project / "cases" / "lichen" / "case.yaml").write_text(changed + "guideline: derm\n", "utf-8")
    assert states(checked())["14"] == state


def test_its_own_item_is_waived_confirmed_and_ignored(project: Path) -> None:
    case = project / "cases" / "lichen" / "case.yaml"
    case.write_text(CASE + "guideline: derm\ncare: {not_applicable: {14: no dermatoscope at hand}}\n", "utf-8")
    (item,) = [one for one in checked().report.items if one.item.id == "14"]
    assert (item.state, item.reason) == ("waived", "no dermatoscope at hand")
    changed = CASE.replace("observation:\n", "observation:\n  narrative: Dermoscopy was done.\n")
    case.write_text(changed + "guideline: derm\ncare: {confirmed: {14: yes}}\n", "utf-8")
    assert states(checked())["14"] == "present"
    case.write_text(CASE + "guideline: derm\nlint: {ignore: {DERM141: told in the other paper}}\n", "utf-8")
    codes = {problem.code for problem in checked().report.problems}
    assert not {"DERM141", "CASE017"} & codes
    assert states(checked())["14"] == "missing"


@pytest.mark.parametrize("part", ["not_applicable", "confirmed"])
def test_an_answer_to_a_dropped_item_is_refused(project: Path, part: str) -> None:
    text = f"guideline: derm\ncare: {{{part}: {{10c: yes}}}}\n"
    (project / "cases" / "lichen" / "case.yaml").write_text(CASE + text, "utf-8")
    (problem,) = [one for one in checked().report.problems if one.code == "CARE002"]
    assert "DERM has no item “10c”" in problem.message


def test_the_case_folder_comes_before_the_project_and_both_before_ours(project: Path) -> None:
    own = project / "cases" / "lichen" / "guidelines"
    own.mkdir()
    (own / "derm.yaml").write_text("id: derm\nname: OWN\nextends: care\n", "utf-8")
    assert checked().guideline.name == "OWN"
    put(project, (Path(guideline_names()["care"])).read_text("utf-8").replace("name: CARE", "name: OURS", 1), "care")
    assert checked("care").guideline.name == "OURS"
    assert checked().guideline.edition == find_guideline("care").edition


def test_a_changed_file_is_read_again(project: Path) -> None:
    assert "14" in states(checked())
    put(project, "id: derm\nname: DERM\nextends: care\n")
    os.utime(project / "guidelines" / "derm.yaml", ns=(1, 1))
    assert "14" not in states(checked())


# -- how it is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hint"), [("dermm", 'did you mean "derm"?'), ("crae", 'did you mean "care"?'), ("zzzzzzzz", "care, derm")]
)
@pytest.mark.parametrize("by", ["the case", "the option"])
def test_an_unknown_guideline_is_named_with_the_nearest(
    project: Path, capsys: pytest.CaptureFixture[str], by: str, name: str, hint: str
) -> None:
    arguments: list[str] = ["--guideline", name]
    if by == "the case":
        (project / "cases" / "lichen" / "case.yaml").write_text(f"{CASE}guideline: {name}\n", "utf-8")
        arguments = []
    line = refused(capsys, *arguments)
    assert f"unknown guideline “{name}”" in line
    assert hint in line


CHAINS: list[tuple[dict[str, str], str]] = [
    ({"derm": "id: derm\nextends: derm\n"}, "derm → derm"),
    ({"derm": "id: derm\nextends: skin\n", "skin": "id: skin\nextends: derm\n"}, "derm → skin → derm"),
    ({"derm": "id: derm\nextends: care\n", "care": "id: care\nextends: care\n"}, "derm → care → care"),
]


@pytest.mark.parametrize("number", range(len(CHAINS)))
def test_a_guideline_that_extends_itself_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    files, chain = CHAINS[number]
    for name, text in files.items():
        put(project, text, name)
    line = refused(capsys)
    assert "extends itself" in line
    assert chain in line


@pytest.mark.parametrize("name", ["caer", "../care", "/etc/passwd"])
def test_extending_what_does_not_exist_is_refused(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    put(project, f"id: derm\nextends: {name}\n")
    line = refused(capsys)
    assert f"“{name}”" in line
    assert "derm" in line


WRONG: list[tuple[str, str, str]] = [
    # the file after the keys that a guideline has, what stands at fault, and its place
    ("itmes: []\n", "itmes", "4:1"),
    ("items:\n- id: [\n", "", "6:1"),
    ("name: DERM\n", "name", "4:1"),
    ("edition: [1]\n", "edition", "4:1"),
    ("codes: {prose: CARE001, refused: CARE002, question: CARE003}\n", "codes.denied", "4:1"),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_file_that_is_wrong_is_refused_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    text, what, place = WRONG[number]
    put(project, "id: derm\nname: DERM\nextends: care\n" + text)
    line = refused(capsys)
    assert f"derm.yaml:{place}: " in line
    assert what in line


IN_AN_ITEM: list[tuple[str, str]] = [
    ("adequate: []", "adequate"),
    ("presence: [{rule: nonempty, pth: introduction}]", "pth"),
    ("presence: [{rule: count_between, path: keywords, min: two}]", "min"),
    ("presence: [{path: keywords}]", "rule"),
    ("reading: {looks_for: a pattern}", "all"),
    ("reading: {looks_for: a pattern, all: [x], within: page}", "within"),
    ("adequacy: [{rule: nonempty, path: title, code: DERM043, name: x, says: y}]", "remedy"),
]


@pytest.mark.parametrize("number", range(len(IN_AN_ITEM)))
@pytest.mark.parametrize("own", [True, False], ids=["its own item", "an item of care"])
def test_a_wrong_key_of_an_item_is_refused_and_named(
    project: Path, capsys: pytest.CaptureFixture[str], number: int, *, own: bool
) -> None:
    text, key = IN_AN_ITEM[number]
    data = yaml.safe_load(DERM)
    data["items"][0 if own else 1].update(yaml.safe_load(text))
    put(project, yaml.safe_dump(data, sort_keys=False))
    line = refused(capsys)
    assert re.search(r"derm\.yaml:\d+:\d+: ", line)
    assert re.search(rf"\.{key}\b", line)


@pytest.mark.parametrize("key", ["code", "topic", "requirement", "missing", "remedy", "field", "presence"])
def test_an_item_without_what_every_item_has_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    put(project, re.sub(rf"^  {key}:.*\n", "", DERM, count=1, flags=re.MULTILINE))
    line = refused(capsys)
    assert re.search(r"derm\.yaml:\d+:\d+: ", line)
    assert re.search(rf"\.{key}\b", line)


@pytest.mark.parametrize("text", ["", "- a list\n", "id: derm\n", "just words\n"])
def test_a_file_that_is_no_guideline_is_refused(project: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    put(project, text)
    assert "derm.yaml:1:1: " in refused(capsys)


def test_python_callers_get_one_exception(project: Path) -> None:
    put(project, "id: derm\nextends: derm\n")
    for name in ("derm", "dermm"):
        with pytest.raises(CannotRun):
            find_guideline(name, [project / "guidelines"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("items: [{id: '4', presence: [{rule: nonemty, path: introduction}]}]\n", "nonempty"),
        ("items: [{id: '4', severity: fatal}]\n", "severity"),
        ("without: ['99']\n", "99"),
    ],
)
def test_a_wrong_word_in_a_guideline_is_told_and_is_no_fault_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    folder = tmp_path / "cases" / "gout"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text("format: 1\nguideline: derm\n", "utf-8")
    (tmp_path / "guidelines").mkdir()
    head = "id: derm\nname: DERM\nextends: care\n"
    (tmp_path / "guidelines" / "derm.yaml").write_text(head + text, "utf-8")
    assert run(["lint", str(folder)]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "bug in casewriter" not in said


@pytest.mark.parametrize("name", ["care", "scare"])
def test_what_weakens_an_item_is_a_code_that_some_rule_has(name: str) -> None:
    named = {code.partition("@")[0] for item in find_guideline(name).items for code in item.weakened_by}
    assert named
    assert named <= {kind.code for kind in all_kinds()}
