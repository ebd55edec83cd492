"""CARE's 30 items: the exemplary case answers all, and each is missed alone when what answers it is taken away.

Ids and which of them may be waived are those of the checklist as worked out for this project, written down by hand.
"""

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from casewriter.cli.app import run
from casewriter.cli.checking import Checked, check
from casewriter.guideline import find_guideline
from casewriter.project import find_cases

CASE = Path(__file__).parents[1] / "cases" / "exemplary-dress"
DATA: dict[str, Any] = yaml.load((CASE / "case.yaml").read_bytes(), Loader=yaml.BaseLoader)
IDS = (
    *("1", "2", "3a", "3b", "3c", "3d", "4", "5a", "5b", "5c", "5d", "6", "7", "8a", "8b", "8c", "8d"),
    *("9a", "9b", "9c", "10a", "10b", "10c", "10d", "11a", "11b", "11c", "11d", "12", "13"),
)
MAY_BE_WAIVED = {"1", "5c", "5d", "6", "8b", "8d", "9a", "9b", "9c", "10b", "10c", "12"}
SHARED = {"9a": {"9a", "9b", "9c"}}  # without interventions there is neither their dose nor their change to report


def code_of(item: str) -> str:
    """Return the code of an item: CARE, two digits for the number, one for the letter (a or none is 1)."""
    number, letter = re.fullmatch(r"(\d+)([a-d]?)", item).groups()  # type: ignore[union-attr]
    return f"CARE{int(number):02}{'abcd'.index(letter or 'a') + 1}"


def without(*paths: str) -> Callable[[Any], None]:
    """Return an edit that deletes keys, each of which must be there."""

    def edit(data: Any) -> None:
        for path in paths:
            *holders, last = (int(part) if part.isdigit() else part for part in path.split("."))
            part = data
            for step in holders:
                part = part[step]
            del part[last]

    return edit


def no_event_with_a_time(data: Any) -> None:
    del data["timeline"]
    forget(data, {"at", "onset"}, but={"labs"})


def forget(part: Any, keys: set[str], but: set[str]) -> None:
    """Delete keys everywhere, except below the keys in `but`."""
    for value in part if isinstance(part, list) else ():
        forget(value, keys, but)
    if isinstance(part, dict):
        for key in keys & part.keys():
            del part[key]
        for key in part.keys() - but:
            forget(part[key], keys, but)


def no_test_after_the_treatment(data: Any) -> None:
    del data["follow_up"]["tests"]
    for intervention in data["treatment"]["interventions"]:
        intervention["at"] = "5 y"


def no_citation_in_the_discussion(data: Any) -> None:
    for key, text in data["discussion"].items():
        data["discussion"][key] = re.sub(r"\s*\[@[^\]]*\]", "", text)


TAKEN_AWAY: dict[str, Callable[[Any], None]] = {
    "1": without("title"),
    "2": without("keywords"),
    "3a": without("abstract.background"),
    "3b": without("abstract.presentation"),
    "3c": without("abstract.outcome"),
    "3d": without("abstract.conclusion"),
    "4": without("introduction"),
    "5a": without("observation.patient.age"),
    "5b": without("observation.complaints"),
    "5c": without("observation.history.family"),
    "5d": without("observation.history.past_interventions"),
    "6": without("observation.examination"),
    "7": no_event_with_a_time,
    "8a": without("labs", "microbiology", "imaging", "tests", "pathology", "genetics"),
    "8b": without("diagnosis.challenges"),
    "8c": without("diagnosis.differential"),
    "8d": without("diagnosis.prognosis"),
    "9a": without("treatment.interventions"),
    "9b": without("treatment.interventions.0.route"),
    "9c": without("treatment.interventions.1.changes"),
    "10a": without("follow_up.outcomes.clinician"),
    "10b": no_test_after_the_treatment,
    "10c": without("follow_up.adherence"),
    "10d": without("follow_up.adverse_events"),
    "11a": without("discussion.limitations"),
    "11b": no_citation_in_the_discussion,
    "11c": without("discussion.rationale"),
    "11d": without("conclusion", "learning_points"),
    "12": without("patient_perspective"),
    "13": without("consent"),
}
ALSO: list[tuple[str, Callable[[Any], None]]] = [
    # other ways to miss the same item
    ("1", lambda data: data.update(title="Drug reaction with eosinophilia and systemic symptoms")),
    ("1", lambda data: data.update(title="An interesting patient: a case report")),
    ("2", lambda data: data.update(keywords=["case report"])),
    ("2", lambda data: data.update(keywords=["case report", "a", "b", "c", "d", "e"])),
    ("2", lambda data: data.update(keywords=["allopurinol", "thyroiditis"])),
    ("4", lambda data: data.update(introduction="  ")),
    ("5a", without("observation.patient.sex")),
    ("5c", without("observation.history.medical")),
    ("5c", without("observation.history.psychosocial")),
    ("8c", without("diagnosis.final")),
    ("9b", without("treatment.interventions.0.dose")),
    ("9b", without("treatment.interventions.0.frequency")),
    ("9b", without("treatment.interventions.4.duration")),
    ("10c", without("follow_up.tolerability")),
    ("11a", without("discussion.strengths")),
    ("13", without("consent.publication.status")),
    ("13", lambda data: data["consent"]["publication"].update(status="pending")),
    ("13", lambda data: data["consent"]["publication"].update(status="not_obtained")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("care") / "dress"
    shutil.copytree(CASE, target)
    return target


def judged(folder: Path, edit: Callable[[Any], None] = lambda data: None, **care: Any) -> Checked:
    """Return the report of the exemplary case after an edit, with these answers in `care` and no others."""
    data = deepcopy(DATA)
    del data["care"]
    edit(data)
    if care:
        data["care"] = care
    (folder / "case.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return check(find_cases([str(folder)])[0])


def states(checked: Checked) -> dict[str, str]:
    """Return the state of every item that is not simply present."""
    found = {item.item.id: item.state for item in checked.report.items}
    assert tuple(found) == IDS
    return {name: state for name, state in found.items() if state != "present"}


def codes(checked: Checked) -> set[str]:
    return {problem.code for problem in checked.report.problems if problem.kind.family == "CARE"}


def test_the_guideline_has_its_thirty_items() -> None:
    items = find_guideline("care").items
    assert len(IDS) == len(set(IDS)) == 30
    assert tuple(item.id for item in items) == IDS
    assert [item.code for item in items] == [code_of(name) for name in IDS]
    assert len({item.code for item in items}) == 30
    assert {item.id for item in items if item.na_allowed} == MAY_BE_WAIVED


def test_the_exemplary_case_answers_all_and_has_no_problem(folder: Path) -> None:
    untouched = check(find_cases([str(CASE)])[0])
    assert untouched.report.problems == ()
    assert states(untouched) == {}
    dumped = judged(folder)
    assert dumped.report.problems == ()
    assert states(dumped) == {}


def test_every_item_is_taken_away_once() -> None:
    assert tuple(TAKEN_AWAY) == IDS


@pytest.mark.parametrize("item", IDS)
def test_an_item_is_missing_alone_when_what_answers_it_is_taken_away(folder: Path, item: str) -> None:
    checked = judged(folder, TAKEN_AWAY[item])
    lost = SHARED.get(item, {item})
    assert states(checked) == dict.fromkeys(sorted(lost, key=IDS.index), "missing")
    assert codes(checked) == {code_of(name) for name in lost}
    assert {name for p in checked.report.problems if p.kind.family == "CARE" for name in p.items} == lost
    assert all(p.span and p.hint for p in checked.report.problems if p.kind.family == "CARE")


@pytest.mark.parametrize("number", range(len(ALSO)))
def test_an_item_is_missing_when_a_part_of_what_answers_it_is_taken_away(folder: Path, number: int) -> None:
    item, edit = ALSO[number]
    checked = judged(folder, edit)
    assert states(checked) == {item: "missing"}
    assert codes(checked) == {code_of(item)}


@pytest.mark.parametrize("item", IDS)
def test_a_waiver_stands_where_the_item_may_be_waived_and_is_refused_elsewhere(folder: Path, item: str) -> None:
    checked = judged(folder, TAKEN_AWAY[item], not_applicable={item: "it does not apply to this patient"})
    others = dict.fromkeys(SHARED.get(item, {item}) - {item}, "missing")
    if item in MAY_BE_WAIVED:
        assert states(checked) == {item: "waived", **others}
        assert codes(checked) == {code_of(name) for name in others}
        (reason,) = [state.reason for state in checked.report.items if state.item.id == item]
        assert reason == "it does not apply to this patient"
    else:
        assert states(checked) == {item: "missing", **others}
        assert codes(checked) == {code_of(item), "CARE002", *(code_of(name) for name in others)}


@pytest.mark.parametrize("part", ["not_applicable", "confirmed"])
def test_an_answer_to_an_item_that_does_not_exist_is_refused_with_what_exists(folder: Path, part: str) -> None:
    checked = judged(folder, **{part: {"8e": "yes"}})
    (problem,) = checked.report.problems
    assert problem.code == "CARE002"
    assert problem.path == ("care", part, "8e")
    assert re.search(r"\b8[abcd]\b", problem.hint or "")


def test_a_waiver_without_a_reason_waives_nothing(folder: Path) -> None:
    checked = judged(folder, TAKEN_AWAY["8d"], not_applicable={"8d": " "})
    assert states(checked) == {"8d": "missing"}


def only_prose(*sections: str, text: str = "Told in words alone [@kardaun2013].") -> Callable[[Any], None]:
    def edit(data: Any) -> None:
        for section in sections:
            data[section] = text

    return edit


IN_PROSE: list[tuple[Callable[[Any], None], set[str]]] = [
    (only_prose("abstract"), {"3a", "3b", "3c", "3d"}),
    (only_prose("observation"), {"5a", "5b", "5c", "5d", "6"}),
    (only_prose("labs", "microbiology", "imaging", "tests", "pathology"), {"8a"}),
    (only_prose("diagnosis"), {"8b", "8c", "8d"}),
    (only_prose("treatment"), {"9a", "9b", "9c"}),
    (only_prose("follow_up"), {"10a", "10c", "10d"}),
    (only_prose("discussion"), {"11a", "11c"}),
    (only_prose("consent"), {"13"}),
]


@pytest.mark.parametrize(("edit", "asked"), IN_PROSE, ids=[min(asked) for _, asked in IN_PROSE])
def test_a_section_of_prose_alone_is_for_a_person_to_judge_and_to_confirm(
    folder: Path, edit: Callable[[Any], None], asked: set[str]
) -> None:
    checked = judged(folder, edit)
    assert states(checked) == dict.fromkeys(sorted(asked, key=IDS.index), "needs_human")
    assert codes(checked) == {"CARE001"}
    told = [p for p in checked.report.problems if p.code == "CARE001"]
    assert {name for p in told for name in p.items} == asked
    assert all(p.level.value == "info" for p in told)
    confirmed = judged(folder, edit, confirmed=dict.fromkeys(asked, "yes"))
    assert states(confirmed) == {}
    assert codes(confirmed) == set()


@pytest.mark.parametrize("answer", ["no", "na", "", "perhaps"])
def test_only_yes_confirms(folder: Path, answer: str) -> None:
    checked = judged(folder, only_prose("consent"), confirmed={"13": answer})
    assert states(checked) == {"13": "needs_human"}


NONE_FORMS: list[tuple[str, str]] = [
    ("5d", "observation.history.past_interventions"),
    ("8b", "diagnosis.challenges"),
    ("10d", "follow_up.adverse_events"),
]


@pytest.mark.parametrize(("item", "path"), NONE_FORMS)
def test_an_explicit_none_answers_the_item(folder: Path, item: str, path: str) -> None:
    def edit(data: Any) -> None:
        TAKEN_AWAY[item](data)
        *holders, last = path.split(".")
        for step in holders:
            data = data[step]
        data[last] = {"none": "true", "how_assessed": "asked at admission"}

    assert states(judged(folder, edit)) == {}


def test_a_perspective_that_could_not_be_obtained_answers_item_12(folder: Path) -> None:
    checked = judged(folder, lambda data: data.update(patient_perspective={"not_obtained": "moved away"}))
    assert states(checked) == {}


@pytest.mark.parametrize(
    "status", ["written", "electronic", "oral", "form_not_stated", "waived_by_ethics", "exhaustive_attempts"]
)
def test_each_kind_of_consent_answers_item_13(folder: Path, status: str) -> None:
    checked = judged(folder, lambda data: data["consent"]["publication"].update(status=status))
    assert "13" not in states(checked)


def test_an_empty_case_misses_every_item_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "case.yaml").write_text("format: 1\n", "utf-8")
    checked = check(find_cases([str(folder)])[0])
    assert states(checked) == dict.fromkeys(IDS, "missing")
    assert codes(checked) == {code_of(name) for name in IDS}
    assert run(["lint", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "0 of 30 applicable CARE items present; 30 missing" in printed


def test_item_states_are_reported_even_when_other_problems_stand(folder: Path) -> None:
    checked = judged(folder, lambda data: data.update(titel="x", focus={"kind": "desease"}))
    assert {"CASE001", "CASE004"} <= {p.code for p in checked.report.problems}
    assert len(checked.report.items) == 30
    assert "missing" not in states(checked).values()


def test_a_confirmation_does_not_stand_for_what_is_nowhere(tmp_path: Path) -> None:
    text = 'format: 1\ntitle: "A case report"\ncare: {confirmed: {13: yes}}\n'
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    (file,) = find_cases([str(tmp_path)])
    found = {item.item.id: item.state for item in check(file).report.items}
    assert found["13"] == "missing"
