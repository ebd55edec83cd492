"""Lint's states of guideline items set against those of careful readers: the arithmetic, and a report told three ways."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from casewriter.project import find_cases
from casewriter.work.check import check

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from readers import Pair, counts, figures, pairs, printed  # noqa: E402

PAIRS = [
    Pair("a", "1", ("present",), "present"),
    Pair("a", "2", ("weak", "present"), "present"),
    Pair("a", "3", ("weak",), "missing"),
    Pair("a", "4", ("missing",), "missing"),
    Pair("a", "5", ("present",), "missing"),
    Pair("a", "6", ("missing",), "needs_human"),
    Pair("a", "7", ("na",), "waived"),
    Pair("a", "8", ("na",), "missing"),
]


def test_the_shares_are_those_that_a_hand_counts() -> None:
    assert figures(PAIRS) == {
        "items": 8,
        "exact": 0.5,  # 1, 2, 4, 7
        "within_one": 0.625,  # and 3
        "missing_precision": 0.25,  # 4 of 3, 4, 5, 8
        "needs_human": 0.125,
    }


def test_either_of_two_readers_counts_in_the_table() -> None:
    table = counts(PAIRS)
    assert table["present"] == {"present": 2, "weak": 0, "missing": 1, "needs_human": 0, "waived": 0}
    assert table["na"] == {"present": 0, "weak": 0, "missing": 1, "needs_human": 0, "waived": 1}


def test_where_lint_never_says_missing_it_is_never_wrong() -> None:
    assert figures([Pair("a", "1", ("weak",), "present")])["missing_precision"] == 1.0


def test_differences_are_listed_and_agreement_is_not() -> None:
    text = printed(PAIRS, differences=True)
    assert "a 5: present, lint missing" in text
    assert "a 1:" not in text


def test_a_state_that_no_reader_gives_is_refused() -> None:
    with pytest.raises(ValueError, match="good"):
        pairs({"a": {"1": {"state": "good"}}}, {"a": ()})


CASE = """
format: 1
title: "Carpal tunnel syndrome from a persistent median artery: a case report"
focus: {kind: disease, label: carpal tunnel syndrome}
observation:
  patient: {age: 41 y, sex: female}
  complaints: [{label: numb thumb, duration: 3 mo}, {label: weak grip, duration: 2 mo}, {label: night pain}]
treatment:
  interventions:
    - {kind: surgery, label: release of the carpal tunnel, indication: compression, at: 0}
    - {kind: drug, label: ibuprofen, indication: pain, dose: 400 mg, route: oral, frequency: three times daily, duration: 3 d}
discussion: |
  Thrombosis of the artery is described in most of the earlier reports [@a; @b; @c].

  Surgeons should look for the artery before the retinaculum is cut.
references: [{id: a, placeholder: a}, {id: b, placeholder: b}, {id: c, placeholder: c}]
"""


def states(folder: Path, edit: dict[str, Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    data = {**yaml.safe_load(CASE), **edit}
    (folder / "case.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return {one.item.id: (one.state, one.problems) for one in check(find_cases([str(folder)])[0]).report.items}


def test_one_of_three_complaints_without_its_duration_is_a_note(tmp_path: Path) -> None:
    assert states(tmp_path, {})["5b"] == ("present", ("CARE056",))


def test_two_of_three_complaints_without_their_duration_are_weak(tmp_path: Path) -> None:
    complaints = [{"label": "numb thumb", "duration": "3 mo"}, {"label": "weak grip"}, {"label": "night pain"}]
    observation = {"patient": {"age": "41 y", "sex": "female"}, "complaints": complaints}
    assert states(tmp_path, {"observation": observation})["5b"] == ("weak", ("CARE056",))


def test_prose_that_names_a_complaint_with_its_time_makes_good_what_the_record_lacks(tmp_path: Path) -> None:
    observation = {
        "patient": {"age": "41 y", "sex": "female"},
        "complaints": [{"label": "numb thumb"}, {"label": "weak grip"}],
        "narrative": "For three months the thumb had been numb at night, and the grip weak since the spring.",
    }
    assert states(tmp_path, {"observation": observation})["5b"] == ("present", ())


def test_the_drug_of_the_title_must_be_told_in_full_whatever_the_others_are(tmp_path: Path) -> None:
    told = {"kind": "drug", "indication": "x", "dose": "1 mg", "route": "oral", "frequency": "daily", "duration": "3 d"}
    others = [{**told, "label": name} for name in ("ramipril", "bisoprolol", "torasemide")]
    given = {"interventions": [*others, {"kind": "drug", "label": "warfarin", "indication": "x"}]}
    assert states(tmp_path, {"treatment": given})["9b"][0] == "present"
    title = {"title": "Skin necrosis under warfarin: a case report"}
    assert states(tmp_path, {"treatment": given, **title})["9b"][0] == "weak"


def test_a_procedure_is_told_by_its_technique_in_prose(tmp_path: Path) -> None:
    assert "CARE099" in states(tmp_path, {})["9b"][1]
    treatment = {
        **yaml.safe_load(CASE)["treatment"],
        "narrative": "Under local anaesthesia the retinaculum was divided.",
    }
    assert "CARE099" not in states(tmp_path, {"treatment": treatment})["9b"][1]


def test_a_closing_paragraph_that_draws_a_lesson_and_cites_nothing_is_the_conclusion(tmp_path: Path) -> None:
    assert states(tmp_path, {})["11d"][0] == "present"
    cited = {"discussion": "Surgeons should look for the artery before the retinaculum is cut [@a; @b; @c]."}
    assert states(tmp_path, cited)["11d"][0] == "weak"
    none = {"discussion": "Thrombosis of the artery is described in most of the earlier reports [@a; @b; @c]."}
    assert states(tmp_path, none)["11d"][0] == "missing"


@pytest.mark.parametrize(
    ("consent", "state"),
    [
        ("Consent to this report was obtained.", "weak"),
        ("The patient consented to publication of this report.", "weak"),
        ("The patient gave written consent to publication of this report.", "present"),
        ("Written consent could not be obtained.", "missing"),
    ],
)
def test_consent_is_stated_with_its_form_and_who_gave_it(tmp_path: Path, consent: str, state: str) -> None:
    assert states(tmp_path, {"consent": {"narrative": consent}})["13"][0] == state


def test_a_result_without_a_range_weakens_no_item(tmp_path: Path) -> None:
    labs = {"results": [{"test": "Urate", "value": "548", "unit": "umol/L", "at": "0"}]}
    assert states(tmp_path, {"labs": labs})["8a"] == ("present", ())


def test_what_may_not_apply_is_asked_with_what_was_read(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    problems = check(find_cases([str(tmp_path)])[0]).report.problems
    (asked,) = [problem for problem in problems if "5d" in problem.items]
    assert (asked.code, asked.level.value) == ("CARE001", "info")
    assert "confirmed: {5d: yes}" in (asked.hint or "")
    assert "not_applicable: {5d: why}" in (asked.hint or "")


def test_the_program_compares_a_folder_of_cases(tmp_path: Path) -> None:
    (tmp_path / "wrist").mkdir()
    (tmp_path / "wrist" / "case.yaml").write_text(CASE, "utf-8")
    judged = {"wrist": {"1": {"state": "present"}, "12": {"state": "weak or missing"}, "13": {"state": "weak"}}}
    (tmp_path / "readers.yaml").write_text(yaml.safe_dump(judged), "utf-8")
    command = [sys.executable, str(ROOT / "benchmarks" / "readers.py"), str(tmp_path / "readers.yaml")]
    subprocess.run([*command, "--json", str(tmp_path / "out.json")], check=True, capture_output=True, cwd=ROOT)
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert found["figures"]["items"] == 3
    assert found["figures"]["exact"] == 0.667
