"""The built-in data as they are loaded: what their files say, or nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from casewriter import builtin, resources
from casewriter.article.nodes import Paragraph, Text
from casewriter.source import read

FILES = sorted(
    str(path.relative_to(resources.data_folder("compiled")))
    for path in resources.data_folder("compiled").rglob("*.json")
)


def original(name: str) -> Path:
    plain = resources.data_folder(".") / name
    return next(path for path in (plain.with_suffix(".yaml"), plain.with_suffix(".toml")) if path.is_file())


@pytest.mark.parametrize("name", FILES)
def test_what_is_loaded_is_what_the_file_says(name: str) -> None:
    path = original(name)
    text = path.read_text("utf-8")
    said = tomllib.loads(text) if path.suffix == ".toml" else read(text.encode(), path.name).data
    assert said
    assert resources.built_in(path) == said


def test_the_files_that_lint_reads_at_each_start_are_among_them() -> None:
    assert {"guidelines/care.json", "profiles/generic-care.json", "privacy/names.json", "words.json"} <= set(FILES)


def test_a_file_that_was_edited_since_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "compiled").mkdir(parents=True)
    for name in ("units.yaml", "compiled/units.json"):
        (tmp_path / "data" / name).write_bytes(resources.data_file(name).read_bytes())
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    file = resources.data_file("units.yaml")
    assert resources.built_in(file) is not None
    file.write_text(file.read_text("utf-8") + "\n# an addition\n", "utf-8")
    assert resources.built_in(file) is None
    file.write_text("units: [{ucum: furlong, print: furlong, also: []}]\n", "utf-8")
    builtin.data.cache_clear()
    assert builtin.data("units.yaml")["units"][0]["ucum"] == "furlong"
    builtin.data.cache_clear()


def test_a_file_of_someone_else_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "units.yaml"
    file.write_bytes(resources.data_file("units.yaml").read_bytes())
    assert resources.built_in(file) is None


def test_nodes_that_print_the_same_are_equal_wherever_they_come_from() -> None:
    here, there = (Paragraph((Text("Same"),), origin) for origin in (("course",), ("conclusion",)))
    assert here == there
    assert len({here, there}) == 1
    assert here != Paragraph((Text("Other"),), ("course",))
