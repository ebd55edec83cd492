"""A batch renders what has changed, and only that."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from casewriter.cli.app import run

CASE = 'format: 1\ntitle: "A case: {}"\nintroduction: Text.\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("one", "two"):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "case.yaml").write_text(CASE.format(name), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def render(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Render, and return which cases were rendered anew."""

    def rendered(*options: str) -> list[str]:
        run(["render", "--to", "html", *options])
        lines = capsys.readouterr().err.splitlines()
        return [line.split("/")[1] for line in lines if line.startswith("wrote")]

    return rendered


def test_the_second_render_writes_nothing(project: Path, render: Callable[..., list[str]]) -> None:
    assert render() == ["one", "two"]
    before = (project / "output/one/one.html").stat().st_mtime_ns
    assert render() == []
    assert (project / "output/one/one.html").stat().st_mtime_ns == before


def test_a_changed_case_alone_is_rendered(project: Path, render: Callable[..., list[str]]) -> None:
    render()
    (project / "cases/two/case.yaml").write_text(CASE.format("2nd"), "utf-8")
    assert render() == ["two"]
    assert "A case: 2nd" in (project / "output/two/two.html").read_text("utf-8")


def test_a_file_that_was_touched_and_not_changed_is_the_same(project: Path, render: Callable[..., list[str]]) -> None:
    render()
    os.utime(project / "cases/one/case.yaml", (1, 1))
    assert render() == []


@pytest.mark.parametrize("option", [("--layout", "manuscript"), ("--profile", "clinical-rheumatology"), ("--force",)])
def test_another_order_renders_again(project: Path, render: Callable[..., list[str]], option: tuple[str, ...]) -> None:
    render()
    assert render(*option) == ["one", "two"]


def test_a_missing_output_is_made_again(project: Path, render: Callable[..., list[str]]) -> None:
    render()
    (project / "output/one/one.html").unlink()
    assert render() == ["one"]


def test_a_template_of_the_project_renders_all_again(project: Path, render: Callable[..., list[str]]) -> None:
    render()
    mine = project / "templates" / "mine"
    mine.mkdir(parents=True)
    (mine / "template.yaml").write_text("name: mine\nextends: article\n", "utf-8")
    assert render() == ["one", "two"]


def test_problems_and_exit_code_of_an_unchanged_case_are_told_again(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = CASE.format("one") + "conclusion: See [@nobody].\n"
    (project / "cases/one/case.yaml").write_text(wrong, "utf-8")
    first = run(["render", "--to", "html"])
    said = [line for line in capsys.readouterr().err.splitlines() if "REF005" in line]
    assert first == 1
    assert len(said) == 1
    assert run(["render", "--to", "html"]) == 1
    again = capsys.readouterr().err
    assert said[0] in again
    assert "wrote" not in again
