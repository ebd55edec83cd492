"""Forms that the author has edited by hand: a checklist or consent form in Word is never replaced unasked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from casewriter.cli.app import run
from casewriter.work.write import write

VERBS = ("checklist", "consent")
NAMES = {"checklist": "one-checklist", "consent": "one-consent"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "case.yaml").write_text("format: 1\ntitle: Eel\nintroduction: An eel.\n", "utf-8")
    return folder


def outputs(case: Path) -> dict[str, bytes]:
    """Return the files in the output folder of a case by name, without those that are hidden."""
    return {p.name: p.read_bytes() for p in (case.parent / "out" / "one").iterdir() if p.name[0] != "."}


def made(verb: str, case: Path, *more: str) -> int:
    return run([verb, str(case), "--to", "html,docx", "-o", str(case.parent / "out"), *more])


def touch_title(case: Path) -> None:
    text = (case / "case.yaml").read_text("utf-8")
    (case / "case.yaml").write_text(text.replace("title: Eel", "title: Eels"), "utf-8")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("suffix", [".html", ".docx"])
def test_an_edited_form_is_not_replaced_and_nothing_is_written(
    verb: str, suffix: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = made(verb, case)
    name = f"{NAMES[verb]}{suffix}"
    form = case.parent / "out" / "one" / name
    form.write_bytes(form.read_bytes() + b"adapted to the hospital")
    touch_title(case)
    before = outputs(case)
    capsys.readouterr()
    assert made(verb, case) == 2
    said = capsys.readouterr().err
    assert outputs(case) == before
    assert name in said
    assert f"{NAMES[verb]}{'.html' if suffix == '.docx' else '.docx'}" not in said
    assert "move it elsewhere, or use --force to replace it" in said
    assert made(verb, case, "--force") == first
    assert not form.read_bytes().endswith(b"adapted to the hospital")
    assert made(verb, case) == first


@pytest.mark.parametrize("verb", VERBS)
def test_several_edited_forms_are_all_named(verb: str, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(verb, case)
    for path in (case.parent / "out" / "one").glob("one-*"):
        path.write_bytes(path.read_bytes() + b"edited")
    capsys.readouterr()
    assert made(verb, case) == 2
    said = capsys.readouterr().err
    assert f"{NAMES[verb]}.html" in said
    assert f"{NAMES[verb]}.docx" in said
    assert "move them elsewhere, or use --force to replace them" in said


@pytest.mark.parametrize("verb", VERBS)
def test_a_form_that_was_not_edited_is_made_again(verb: str, case: Path) -> None:
    first = made(verb, case)
    before = outputs(case)
    assert made(verb, case) == first
    assert outputs(case) == before
    touch_title(case)
    assert made(verb, case) == first
    assert outputs(case) != before


def test_a_file_that_casewriter_never_wrote_is_not_replaced(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = case.parent / "out" / "one" / "one-consent.docx"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"the form of our hospital")
    assert made("consent", case) == 2
    assert "one-consent.docx" in capsys.readouterr().err
    assert outputs(case) == {"one-consent.docx": b"the form of our hospital"}


def test_what_would_be_written_anyway_needs_no_force(case: Path) -> None:
    first = made("consent", case)
    (case.parent / "out" / "one" / ".forms.json").unlink()
    assert made("consent", case) == first


def test_the_hashes_beside_the_forms_are_those_of_the_files(case: Path) -> None:
    for verb in VERBS:
        made(verb, case)
    known = json.loads((case.parent / "out" / "one" / ".forms.json").read_text("utf-8"))
    assert known == {name: hashlib.sha256(data).hexdigest() for name, data in outputs(case).items()}
    assert set(known) == {f"{NAMES[verb]}.{suffix}" for verb in VERBS for suffix in ("html", "docx")}


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", "null"])
def test_hashes_that_cannot_be_read_protect_what_is_there(text: str, case: Path) -> None:
    made("consent", case)
    (case.parent / "out" / "one" / ".forms.json").write_text(text, "utf-8")
    touch_title(case)
    before = outputs(case)
    assert made("consent", case) == 2
    assert outputs(case) == before


def test_the_json_of_a_checklist_is_kept_too(case: Path) -> None:
    made("checklist", case, "--to", "json")
    form = case.parent / "out" / "one" / "one-checklist.json"
    form.write_text("{}", "utf-8")
    assert made("checklist", case, "--to", "json") == 2
    assert form.read_text("utf-8") == "{}"


def test_a_run_that_is_cut_short_leaves_no_form_that_looks_edited(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made("consent", case)
    touch_title(case)

    def failing(path: Path, data: bytes) -> None:
        if path.suffix == ".docx":
            raise KeyboardInterrupt
        write(path, data)

    with monkeypatch.context() as patched:
        patched.setattr("casewriter.work.edited.write", failing)
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            raise SystemExit(made("consent", case))
    (case / "case.yaml").write_text("format: 1\ntitle: Moray\nintroduction: An eel.\n", "utf-8")
    assert made("consent", case) == first


def test_one_edited_form_does_not_stop_the_other_cases(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "case.yaml").write_text("format: 1\ntitle: Eel\n", "utf-8")
    (tmp_path / "out" / "a").mkdir(parents=True)
    (tmp_path / "out" / "a" / "a-consent.html").write_text("ours", "utf-8")
    assert run(["consent", str(tmp_path / "cases"), "--to", "html", "-o", str(tmp_path / "out")]) == 2
    assert (tmp_path / "out" / "a" / "a-consent.html").read_text("utf-8") == "ours"
    assert (tmp_path / "out" / "b" / "b-consent.html").is_file()
