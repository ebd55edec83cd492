"""The version of a case that the patient is shown: what changes it, what does not, and what lint makes of it."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casewriter.article.compose import compose
from casewriter.article.nodes import Text
from casewriter.article.walk import inlines, runs
from casewriter.forms.version import version_of
from casewriter.lint.run import Report
from casewriter.model.case import Case
from casewriter.project import open_case
from casewriter.work.check import check
from casewriter.work.version import compared_version, version

CASES = Path(__file__).parent.parent / "cases"
CASE = CASES / "exemplary-dress" / "case.yaml"
SETTINGS = ("care", "scare", "lint", "format", "profile", "guideline", "language")
BESIDE = ("consent", "references", "nocite", "cover_letter")
OF_AUTHORS = (
    "authors",
    "affiliations",
    "contributions",
    "guarantor",
    "funding",
    "competing_interests",
    "ai_use",
    "registration",
    "ethics",
    "data_availability",
)
NOT_OF_THE_PATIENT = (*SETTINGS, *BESIDE, *OF_AUTHORS)
READ_BY_THE_PATIENT = ("title", "short_title", "keywords", "abstract", "acknowledgements", "figures", "labs", "course")


def plain(text: str) -> Any:
    """Return YAML as plain data with every scalar as text, read by another reader than ours."""
    return yaml.load(text, yaml.BaseLoader)


DATA = plain(CASE.read_text("utf-8"))


def texts(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every text of some data."""
    if isinstance(part, dict):
        return [found for key, value in part.items() for found in texts(value, (*path, key))]
    if isinstance(part, list):
        return [found for n, value in enumerate(part) for found in texts(value, (*path, n))]
    return [path] if part else []


SHOWN = [p for p in texts(DATA) if p[0] not in NOT_OF_THE_PATIENT and p[-1] not in ("file", "width", "shows_person")]
HIDDEN = [p for p in texts(DATA) if p[0] in NOT_OF_THE_PATIENT]


def changed(path: tuple[Any, ...], change: Any) -> dict[str, Any]:
    """Return the exemplary case with one text changed."""
    data = json.loads(json.dumps(DATA))
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = change(inner[path[-1]])
    return data


def of(data: Any) -> str:
    return version_of(data, lambda name: name)


def test_the_version_is_twelve_digits_of_a_sha256_of_sorted_json() -> None:
    data = {"title": "An  eel\n", "format": "1", "labs": {"results": [{"value": "6.1", "test": "K"}]}, "consent": "yes"}
    whole = '{"labs":{"results":[{"test":"K","value":"6.1"}]},"title":"An eel"}'
    assert of(data) == hashlib.sha256(whole.encode()).hexdigest()[:12]


@given(st.sampled_from(SHOWN), st.data())
@settings(max_examples=300, deadline=None)
def test_one_letter_of_any_shown_text_changes_the_version(path: tuple[Any, ...], data: st.DataObject) -> None:
    def other_letter(text: str) -> str:
        place = data.draw(st.sampled_from([n for n, sign in enumerate(text) if not sign.isspace()]))
        return text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]

    assert of(changed(path, other_letter)) != of(DATA)


def test_every_text_without_a_letter_changes_the_version() -> None:
    assert len(SHOWN) > 500
    known = of(DATA)
    assert not [path for path in SHOWN if of(changed(path, lambda text: text + "q")) == known]


def test_the_consent_the_answers_the_references_and_the_authors_do_not_count() -> None:
    assert {path[0] for path in HIDDEN} >= {"consent", "references", "profile", "authors", "funding", "ethics"}
    known = of(DATA)
    assert not [path for path in HIDDEN if of(changed(path, lambda text: text + "q")) != known]


def test_every_typed_text_of_the_printed_article_counts() -> None:
    opened = open_case(CASE, pictures=False)
    assert opened.loaded.case is not None
    article = compose(opened.loaded.case, opened.profile, opened.library, opened.pictures).article
    nodes = [node for block in article.body() for run in runs(block) for node in inlines(run)]
    origins = {n.origin for n in nodes if isinstance(n, Text) and n.typed and n.origin}
    data = opened.source.data
    known, missed, tried = version_of(data, str), [], 0
    for origin in origins:
        if origin[0] in NOT_OF_THE_PATIENT or not opened.source.has(origin):
            continue
        copy = json.loads(json.dumps(data))
        inner = copy
        for part in origin[:-1]:
            inner = inner[part]
        if isinstance(inner[origin[-1]], str):
            tried += 1
            inner[origin[-1]] += "q"
            missed += [origin] if version_of(copy, str) == known else []
    assert tried > 100
    assert not missed


def _shuffled(part: Any, chance: random.Random) -> Any:
    if isinstance(part, dict):
        keys = list(part)
        chance.shuffle(keys)
        return {key: _shuffled(part[key], chance) for key in keys}
    return [_shuffled(one, chance) for one in part] if isinstance(part, list) else part


@given(st.integers(), st.sampled_from([40, 80, 200]), st.sampled_from([2, 4]), st.sampled_from([None, '"']))
@settings(max_examples=10, deadline=None)
def test_order_of_keys_layout_quotes_and_comments_do_not_count(
    seed: int, width: int, indent: int, style: str | None
) -> None:
    data = _shuffled(DATA, random.Random(seed))
    text = yaml.dump(data, width=width, indent=indent, default_style=style, sort_keys=False, allow_unicode=True)
    lines = text.splitlines()
    lines.insert(0, "# a comment")
    read = open_case(CASE, pictures=False, text="\n".join(lines) + "\n").source.data
    assert of(read) == of(DATA)


@pytest.mark.parametrize("key", OF_AUTHORS)
def test_a_statement_about_the_work_raises_no_alarm(key: str, tmp_path: Path) -> None:
    text = {"authors": "[{given: Ana, family: Bo}]", "affiliations": "{a: {name: Ward}}"}.get(key, "Other words.")
    assert "DATA050" not in _codes(_linted(tmp_path, f"{_signed(RASH)}{key}: {text}\n"))
    assert "DATA050" in _codes(_linted(tmp_path, f"{_signed(RASH, title='Rashes')}{key}: {text}\n"))


@pytest.mark.parametrize("key", READ_BY_THE_PATIENT)
def test_what_the_patient_reads_of_himself_counts(key: str) -> None:
    assert key in Case.model_fields
    assert of({**DATA, key: "Other words."}) != of(DATA)


def test_the_letter_to_the_editor_does_not_count() -> None:
    assert of({**DATA, "cover_letter": "Dear editor"}) == of(DATA)


def test_the_order_of_a_list_counts() -> None:
    first, second, *rest = DATA["learning_points"]
    assert of({**DATA, "learning_points": [second, first, *rest]}) != of(DATA)


def test_composed_and_decomposed_letters_are_the_same_text() -> None:
    assert of({"title": "Sjögren"}) == of({"title": "Sjo\u0308gren"})


@pytest.fixture
def pictured(tmp_path: Path) -> Path:
    """A case with a picture and a video."""
    Image.new("RGB", (12, 8), "white").save(tmp_path / "rash.png")
    (tmp_path / "gait.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    text = "format: 1\ntitle: Rash\nfigures: {rash: {file: rash.png, caption: Rash}}\nvideos: [{file: gait.mp4}]\n"
    (tmp_path / "case.yaml").write_text(text)
    return tmp_path / "case.yaml"


def _now(path: Path, **more: Any) -> str:
    return version(open_case(path, pictures=False, **more))


def test_one_pixel_of_a_picture_changes_the_version(pictured: Path) -> None:
    known = _now(pictured)
    picture = Image.open(pictured.parent / "rash.png").convert("RGB")
    picture.putpixel((3, 3), (255, 255, 254))
    picture.save(pictured.parent / "rash.png")
    assert _now(pictured) != known


def test_one_byte_of_a_video_changes_the_version(pictured: Path) -> None:
    known = _now(pictured)
    (pictured.parent / "gait.mp4").write_bytes(b"\0\0\0\x18ftypmp43")
    assert _now(pictured) != known


def test_a_picture_by_another_name_or_width_is_the_same_picture(pictured: Path) -> None:
    known = _now(pictured)
    (pictured.parent / "rash.png").rename(pictured.parent / "skin.png")
    text = pictured.read_text().replace("file: rash.png", "file: skin.png, width: 60%, shows_person: part")
    assert _now(pictured, text=text) == known


def test_a_missing_picture_is_another_version(pictured: Path) -> None:
    known = _now(pictured)
    (pictured.parent / "rash.png").unlink()
    assert _now(pictured) != known


def test_pictures_are_read_only_where_the_consent_names_a_version(
    pictured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr("casewriter.work.version._content", lambda folder, name: read.append(name) or name)
    assert compared_version(open_case(pictured, pictures=False)) == ""
    assert not read
    named = pictured.read_text() + "consent: {publication: {status: written, version: 0123456789ab}}\n"
    assert compared_version(open_case(pictured, pictures=False, text=named))
    assert read == ["rash.png", "gait.mp4"]


def _signed(signed: str, title: str = "Rash") -> str:
    return f"format: 1\ntitle: {title}\nconsent: {{publication: {{status: written, by: patient, version: {signed}}}}}\n"


def _linted(tmp_path: Path, text: str) -> Report:
    return check(tmp_path / "case.yaml", text=text).report


def _codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


RASH = hashlib.sha256(b'{"title":"Rash"}').hexdigest()[:12]


def test_lint_is_silent_while_the_signed_version_is_the_present_one(tmp_path: Path) -> None:
    assert "DATA050" not in _codes(_linted(tmp_path, _signed(RASH)))


def test_lint_reports_a_text_that_has_changed_since_it_was_signed_for(tmp_path: Path) -> None:
    report = _linted(tmp_path, _signed(RASH, title="Rashes"))
    (found,) = [problem for problem in report.problems if problem.code == "DATA050"]
    new = hashlib.sha256(b'{"title":"Rashes"}').hexdigest()[:12]
    assert RASH in found.message
    assert found.hint is not None
    assert found.hint.endswith(f"version: {new}")
    assert found.path == ("consent", "publication", "version")
    assert "DATA050" not in _codes(_linted(tmp_path, _signed(new, title="Rashes")))


@pytest.mark.parametrize("wrong", ["ABC", "3F9A0C41D2BE", "3f9a0c41d2b", "3f9a0c41d2be0", "19850312"])
def test_a_version_that_is_none_is_refused_with_the_remedy(tmp_path: Path, wrong: str) -> None:
    found = [p for p in _linted(tmp_path, _signed(wrong)).problems if p.path == ("consent", "publication", "version")]
    assert "CASE013" in {p.code for p in found}
    assert any("signed form" in (p.hint or "") for p in found)


@pytest.mark.parametrize("digits", ["123456789012", "19850312a1b2", "000000000000", "120385123456", "a19031985bcd"])
def test_a_version_is_never_taken_for_a_number_or_date_of_the_patient(tmp_path: Path, digits: str) -> None:
    report = _linted(tmp_path, _signed(digits))
    assert "DATA050" in _codes(report)
    assert not [code for code in _codes(report) if code.startswith("PRIV")]


@pytest.mark.parametrize("name", ["exemplary-dress", "calcinosis-universalis-sle", "calcinosis-lupus-panniculitis"])
def test_a_case_that_names_no_version_is_not_reported(name: str) -> None:
    assert "DATA050" not in _codes(check(CASES / name / "case.yaml").report)


def test_a_copy_of_the_exemplary_case_is_the_same_version_and_edits_bring_it_back(tmp_path: Path) -> None:
    shutil.copytree(CASE.parent, tmp_path / "dress")
    copy = tmp_path / "dress" / "case.yaml"
    assert _now(copy) == _now(CASE)
    text = CASE.read_text("utf-8")
    assert _now(copy, text=text.replace("itchy rash", "itching rash", 1)) != _now(CASE)
    assert _now(copy, text=text + "\n# seen by all authors\n") == _now(CASE)
