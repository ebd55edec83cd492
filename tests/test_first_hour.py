"""The first hour of a new author: a fresh file is clean in lint and in an editor, and the page of keys has every key."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from language_server import marks
from pydantic import BaseModel

from casewriter.cli.app import cli
from casewriter.load import load
from casewriter.model.case import Case
from casewriter.project import find_cases
from casewriter.resources import data_file
from casewriter.source import read
from casewriter.work.check import check

ROOT = Path(__file__).parents[1]
SCHEMA: dict[str, Any] = json.loads(data_file("schema/case-1.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")
EVERY_KEY = ROOT / "tools" / "format" / "every-key.yaml"
SERVER = os.environ.get("CASEWRITER_YAML_SERVER", "")
GUIDELINES = ["care", "scare"]


@pytest.fixture(params=GUIDELINES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").mkdir()
    done = CliRunner().invoke(cli, ["new", "mine", "--guideline", request.param])
    assert done.exit_code == 0, done.output
    return tmp_path / "cases" / "mine" / "case.yaml"


# -- a fresh file -------------------------------------------------------------------------------------------------------


def test_a_fresh_file_has_no_problem_of_its_own_making(fresh: Path) -> None:
    """What lint says of it is what a case still lacks: nothing of YAML, of the format, or of privacy."""
    (file,) = find_cases([str(fresh)])
    problems = check(file).report.problems
    assert {problem.kind.family for problem in problems} & {"CARE", "SCARE"}
    assert [p for p in problems if p.kind.family in ("YAML", "CASE", "PRIV")] == []


class TypedLoader(yaml.SafeLoader):
    """Reads YAML as an editor does: with numbers, truth values and nothing."""


def typed(file: Path) -> Any:
    return json.loads(json.dumps(yaml.load(file.read_text("utf-8"), TypedLoader), default=str))


def test_a_fresh_file_holds_by_the_schema(fresh: Path) -> None:
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(typed(fresh))
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


def test_every_key_may_be_without_a_value_in_the_schema() -> None:
    lacking = [
        name
        for name, schema in properties(SCHEMA)
        if name not in ("format", "after", "before", "after_end", "during", "by", "label", "at")
        if not list(jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).iter_errors(object()))
        or list(jsonschema.Draft202012Validator({**schema, "$defs": SCHEMA["$defs"]}).iter_errors(None))
    ]
    assert lacking == []


def test_the_surgical_file_has_the_parts_of_its_own_guideline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").mkdir()
    for name in GUIDELINES:
        assert CliRunner().invoke(cli, ["new", name, "--guideline", name]).exit_code == 0
    care, scare = ((tmp_path / "cases" / name / "case.yaml").read_text("utf-8") for name in GUIDELINES)
    own = ("operations:", "highlights:", "would_change:", "clavien_dindo:", "surgical:", "optimisation:", "operator:")
    assert [key for key in own if key not in scare] == []
    assert [key for key in own if key in care] == []


# -- in an editor ---------------------------------------------------------------------------------------------------------


def copied(case: str, schema: Path, folder: Path) -> Path:
    """Return a copy of one of our cases that names the schema by its path."""
    text = (ROOT / "cases" / case / "case.yaml").read_text("utf-8")
    file = folder / f"{case}.yaml"
    file.write_text(re.sub(r"\$schema=\S+", f"$schema={schema.as_uri()}", text, count=1), "utf-8")
    return file


@pytest.mark.skipif(not SERVER or not shutil.which("node"), reason="CASEWRITER_YAML_SERVER names no language server")
def test_an_editor_marks_nothing(fresh: Path, tmp_path: Path) -> None:
    """With npm's yaml-language-server: a fresh file, the cases of this project; and it marks what is wrong."""
    schema = tmp_path / ".casewriter" / "case-1.schema.json"
    cases = sorted(path.name for path in (ROOT / "cases").iterdir() if path.is_dir())
    assert len(cases) >= 3
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(f"# yaml-language-server: $schema={schema.as_uri()}\nformat: 1\ntitel: x\n", "utf-8")
    files = [fresh, wrong, *(copied(case, schema, tmp_path) for case in cases)]
    found = marks(SERVER, files)
    assert len(found.pop(wrong)) == 1
    assert found == {file: [] for file in files if file != wrong}


# -- the page of every key ----------------------------------------------------------------------------------------------


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield every key that a JSON Schema names, with the schema of its value."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for inner in schema.values():
            yield from properties(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner)


def test_the_page_of_the_format_has_every_key_of_the_schema() -> None:
    keys = {name for name, _ in properties(SCHEMA)}
    assert len(keys) > 300
    rows = set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)) | set(
        re.findall(r"^## `(\w+)`", PAGE, re.MULTILINE)
    )
    times = {"after", "before", "after_end", "during", "by"}  # keys of a time, in a table of their own
    inside = {"low", "high", "median", "range", "not_done"}
    assert sorted(keys - rows - times - inside) == []
    assert [key for key in times if f"{key}:" not in PAGE] == []


def test_every_key_of_the_page_has_a_sentence_and_all_but_tables_an_example() -> None:
    rows = [line.split(" | ") for line in PAGE.splitlines() if re.match(r"\| `[^`]+` \| (?!means)", line)]
    assert len(rows) > 350
    wanted = [row for row in rows if len(row) >= 4]
    nested = ("records", "mapping", "list of")
    lacking = [row[0] for row in wanted if not row[2].strip()]
    lacking += [row[0] for row in wanted if not row[3].strip(" |") and not any(word in row[1] for word in nested)]
    assert lacking == []


def models(part: Any) -> Iterator[BaseModel]:
    if isinstance(part, BaseModel):
        yield part
        for value in part.__dict__.values():
            yield from models(value)
    elif isinstance(part, tuple | list):
        for value in part:
            yield from models(value)
    elif isinstance(part, dict):
        for value in part.values():
            yield from models(value)


def test_the_case_behind_the_examples_loads_and_has_every_key() -> None:
    found = load(read(EVERY_KEY.read_bytes(), EVERY_KEY.name))
    assert found.problems == ()
    assert isinstance(found.case, Case)
    given: dict[str, set[str]] = {}
    for model in models(found.case):
        given.setdefault(type(model).__name__.partition("[")[0], set()).update(model.model_fields_set)
    shared = {"id", "at", "short", "note", "timeline", "label"}
    measured = {"value", "unit", "reference", "flag", "series", "method", "condition", "also"}
    kinds = {type(model) for model in models(found.case)}
    assert len(kinds) > 60
    lacking = [
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name in set(kind.model_fields) - given[kind.__name__.partition("[")[0]] - shared - measured
    ]
    assert sorted(lacking) == []


def test_the_program_of_the_page_is_this_checkout() -> None:
    assert str(ROOT) in sys.modules["casewriter"].__file__  # type: ignore[operator]
