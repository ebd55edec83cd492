"""docs/pipeline.md is run: its snippets answer what it shows, its log is the program's, its layers are the contract's."""

import doctest
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "pipeline.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def logged(*arguments: str) -> list[str]:
    """Return what the program logs in the working folder, line by line."""
    done = subprocess.run(
        [sys.executable, "-m", "casewriter", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return [line for line in done.stderr.splitlines() if not line.startswith("wrote ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is the working one, with the case of the page."""
    (case,) = blocks("yaml")
    (tmp_path / "potassium").mkdir()
    (tmp_path / "potassium" / "case.yaml").write_text(case, "utf-8")
    monkeypatch.chdir(tmp_path / "potassium")
    return tmp_path / "potassium"


def test_the_snippets_answer_what_the_page_shows(folder: Path) -> None:
    session = "\n".join(blocks("python"))
    test = doctest.DocTestParser().get_doctest(session, {}, "docs/pipeline.md", None, 0)
    shown = [example for example in test.examples if example.want]
    assert len(shown) >= 12
    said: list[str] = []
    failed, tried = doctest.DocTestRunner().run(test, out=said.append)
    assert failed == 0, "".join(said)
    assert tried == len(test.examples)


def test_a_snippet_that_answers_something_else_is_noticed(folder: Path) -> None:
    session = "\n".join(blocks("python")[:2]).replace("('6.1', 6.1, 5.1)", "('6.2', 6.2, 5.1)")
    test = doctest.DocTestParser().get_doctest(session, {}, "docs/pipeline.md", None, 0)
    assert doctest.DocTestRunner().run(test, out=lambda text: None).failed == 1


def test_the_steps_are_those_that_the_program_logs(folder: Path) -> None:
    (log,) = (text for text in blocks("text") if text.startswith("$"))
    command, *lines = log.splitlines()
    assert logged(*command.removeprefix("$ casewriter ").split()) == lines
    steps = [name.lower() for name in re.findall(r"^## \d\. (.+)$", PAGE, re.MULTILINE)]
    assert [name for name in steps if name != "lint"] == [line[:10].strip() for line in lines]
    assert steps.index("lint") == 2


def test_a_lint_logs_the_steps_that_the_page_says(folder: Path) -> None:
    (steps,) = re.findall(r"a lint logs ((?:`\w+`(?:, | and )?)+)", PAGE)
    assert [line[:10].strip() for line in logged("-v", "lint", "case.yaml")] == re.findall(r"`(\w+)`", steps)


def test_the_layers_are_those_of_the_contract() -> None:
    (drawn,) = (text.splitlines() for text in blocks("text") if text.startswith("__main__"))
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["type"] == "layers")
    assert drawn == layers


def test_the_modules_named_exist() -> None:
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([\w/]+(?:\.py|/))`", prose))
    assert len(named) > 30
    paths = [*(ROOT / "casewriter").rglob("*"), *(ROOT / "tests").glob("*.py")]
    there = [f"/{path.relative_to(ROOT).as_posix()}{'/' * path.is_dir()}" for path in paths]
    assert [name for name in sorted(named) if not any(path.endswith(f"/{name}") for path in there)] == []


def test_the_entry_points_named_are_those_that_are_read() -> None:
    (told,) = re.findall(r"entry points\s+(`.+?`), or in", PAGE, re.DOTALL)
    named = {name.rpartition(".")[2] for name in re.findall(r"`([\w.]+)`", told)}
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "casewriter").rglob("*.py"))
    read = re.findall(r'(?:plugins\.(?:load|load_one|names)\(|= Collection\("\w+", )"(\w+)"', code)
    assert named == set(read)


def test_the_page_stays_short() -> None:
    assert len(PAGE.splitlines()) <= 182
