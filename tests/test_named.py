"""Profiles, templates and guidelines are found and read by the same rules: the order of look-up, parents, refusals."""

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from casewriter import plugins
from casewriter.guideline import find_guideline, guideline_names
from casewriter.guideline.files import GUIDELINES
from casewriter.problem import CannotRun
from casewriter.profile import PROFILES, all_profiles, find_profile
from casewriter.template import TEMPLATES, all_templates, find_template

ROOT = Path(__file__).parents[1]
COLLECTIONS = {one.noun: one for one in (PROFILES, TEMPLATES, GUIDELINES)}
PARENTS = {"profile": "generic-care", "template": "article", "guideline": "care"}
"""One of ours of each kind."""
NOUNS = tuple(PARENTS)


def put(folder: Path, noun: str, name: str, text: str) -> Path:
    """Write a file of a kind and return its path; a template is a folder, a profile and a guideline have an id."""
    path = folder / name / "template.yaml" if noun == "template" else folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if noun == "template" else f"id: {name}\n{text}", "utf-8")
    return path


def called(noun: str, name: str, *folders: Path) -> str:
    """Return the name that a file of a kind says it has."""
    match noun:
        case "profile":
            return find_profile(name, folders).name
        case "template":
            return find_template(name, folders).setting("name")
        case _:
            return find_guideline(name, folders).name


def refused(noun: str, name: str, *folders: Path) -> str:
    with pytest.raises(CannotRun) as error:
        called(noun, name, *folders)
    assert "\n" not in str(error.value)
    return str(error.value)


def first_line(noun: str) -> int:
    """Return the line of the file that `put` writes a text from."""
    return 1 if noun == "template" else 2


# -- where they are found ----------------------------------------------------------------------------------------------


def forget_packages() -> None:
    for cached in (plugins._every, plugins._points, plugins.load, plugins.load_one):
        cached.cache_clear()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Lay out an installed package that brings a folder of each kind, as docs/plugins.md says."""
    folder = tmp_path / "site"
    facts = folder / "casewriter_clinic-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: casewriter-clinic\nVersion: 1.0\n", "utf-8")
    groups = (
        f"[casewriter.{one.group}]\nclinic = casewriter_clinic:{one.group.upper()}\n" for one in COLLECTIONS.values()
    )
    (facts / "entry_points.txt").write_text("\n".join(groups), "utf-8")
    package = folder / "casewriter_clinic"
    package.mkdir()
    lines = (f'{one.group.upper()} = Path(__file__).parent / "{one.group}"\n' for one in COLLECTIONS.values())
    (package / "__init__.py").write_text("from pathlib import Path\n" + "".join(lines), "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    forget_packages()
    yield package
    monkeypatch.undo()
    forget_packages()
    sys.modules.pop("casewriter_clinic", None)


def test_the_entry_points_are_those_that_python_itself_finds(site: Path) -> None:
    for group in plugins.GROUPS:
        expected = {(one.name, one.value) for one in importlib.metadata.entry_points(group=f"casewriter.{group}")}
        assert {(point.name, point.value) for point in plugins._points(group)} == expected
    assert plugins._points("profiles"), "the package of this test adds some"
    every = [one for group in plugins.GROUPS for one in importlib.metadata.entry_points(group=f"casewriter.{group}")]
    assert set(plugins.packages()) == {f"{one.dist.name} {one.dist.version}" for one in every if one.dist}
    assert len(plugins.packages()) > 1


@pytest.mark.parametrize("noun", NOUNS)
def test_the_case_comes_first_then_the_project_then_packages_then_ours(noun: str, site: Path, tmp_path: Path) -> None:
    ours = PARENTS[noun]
    before = called(noun, ours)
    case, project, package = tmp_path / "case", tmp_path / "project", site / COLLECTIONS[noun].group
    data = yaml.safe_load(COLLECTIONS[noun].names()[ours].read_text("utf-8"))
    for folder, says in ((package, "the package"), (project, "the project"), (case, "the case")):
        put(folder, noun, ours, yaml.safe_dump({key: data[key] for key in data if key != "id"} | {"name": says}))
    assert called(noun, ours, case, project) == "the case"
    assert called(noun, ours, project) == "the project"
    assert called(noun, ours) == "the package"
    shutil.rmtree(package)
    assert called(noun, ours) == before


@pytest.mark.parametrize("noun", NOUNS)
def test_a_package_brings_one_that_is_listed_and_extended(noun: str, site: Path, tmp_path: Path) -> None:
    put(site / COLLECTIONS[noun].group, noun, "clinic", f"name: Of the package\nextends: {PARENTS[noun]}\n")
    put(tmp_path / "project", noun, "mine", "name: Mine\nextends: clinic\n")
    listed = {"profile": all_profiles, "template": all_templates, "guideline": guideline_names}[noun]()
    assert {"clinic", PARENTS[noun]} <= set(listed)
    assert called(noun, "clinic") == "Of the package"
    assert called(noun, "mine", tmp_path / "project") == "Mine"


@pytest.mark.parametrize("noun", NOUNS)
def test_a_package_that_is_broken_is_named_when_something_is_not_found(noun: str, site: Path) -> None:
    (site / "__init__.py").write_text("raise ValueError('no such thing')\n", "utf-8")
    message = refused(noun, "lupus-clinic")
    assert f"unknown {noun} “lupus-clinic”" in message
    assert message.endswith(f"{COLLECTIONS[noun].group} plugin “clinic” failed: ValueError: no such thing")
    assert called(noun, PARENTS[noun])


def test_the_manual_for_packages_names_every_entry_point() -> None:
    page = (ROOT / "docs" / "plugins.md").read_text("utf-8")
    rows = re.findall(r"^\| `casewriter\.(\w+)` \|", page, re.MULTILINE)
    assert sorted(rows) == sorted({"rules", "exporters", *(one.group for one in COLLECTIONS.values())})


@pytest.mark.parametrize("noun", ["profile", "guideline"])
def test_a_folder_whose_name_ends_like_a_file_is_passed_over(noun: str, tmp_path: Path) -> None:
    (tmp_path / f"{PARENTS[noun]}.yaml").mkdir()
    assert called(noun, PARENTS[noun], tmp_path) == called(noun, PARENTS[noun])


# -- how they are refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
def test_an_unknown_name_is_refused_with_the_nearest(noun: str, tmp_path: Path) -> None:
    put(tmp_path, noun, "lupus-clinic", "name: X\n")
    assert refused(noun, "lupus-clinik", tmp_path) == f'unknown {noun} “lupus-clinik”; did you mean "lupus-clinic"?'
    assert "lists them" in (unlike := refused(noun, "zzzzzzzz", tmp_path)) or "care, lupus-clinic, scare" in unlike


@pytest.mark.parametrize("noun", NOUNS)
def test_an_unknown_parent_is_refused_where_it_is_named(noun: str, tmp_path: Path) -> None:
    path = put(tmp_path, noun, "mine", f"name: Mine\nextends: {PARENTS[noun]}s\n")
    place = f"{path}:{first_line(noun) + 1}:10"
    message = f'unknown {noun} “{PARENTS[noun]}s”; did you mean "{PARENTS[noun]}"?'
    assert refused(noun, "mine", tmp_path) == f"{place}: {message}"


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(
    ("parents", "chain"),
    [
        ({"one": "one"}, "one → one"),
        ({"one": "two", "two": "one"}, "one → two → one"),
        ({"one": "two", "two": "three", "three": "one"}, "one → two → three → one"),
        ({"one": "two", "two": "three", "three": "two"}, "one → two → three → two"),
    ],
)
def test_a_circle_is_refused_with_the_whole_chain(
    noun: str, parents: dict[str, str], chain: str, tmp_path: Path
) -> None:
    for name, parent in parents.items():
        put(tmp_path, noun, name, f"name: X\nextends: {parent}\n")
    end = chain.rpartition(" ")[2]
    assert refused(noun, "one", tmp_path) == f"the {noun} “{end}” extends itself: {chain}"


WRONG = {
    "not closed": ("name: [\n", 2, 1),
    "twice": ("name: X\nname: Y\n", 2, 1),
    "tag": ("name: !!python/name:os.system X\n", 1, 7),
    "several parents": ("extends: [article, manuscript]\n", 1, 1),
}


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("by", ["itself", "a child"])
@pytest.mark.parametrize("kind", WRONG)
def test_wrong_yaml_is_refused_with_file_line_and_column(noun: str, by: str, kind: str, tmp_path: Path) -> None:
    text, line, column = WRONG[kind]
    path = put(tmp_path, noun, "wrong", text)
    put(tmp_path, noun, "child", "name: Child\nextends: wrong\n")
    message = refused(noun, "wrong" if by == "itself" else "child", tmp_path)
    assert message.startswith(f"{path}:{line + first_line(noun) - 1}:{column}: ")


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("text", ["- a\n- list\n", "just words\n"])
def test_a_file_without_keys_is_refused(noun: str, text: str, tmp_path: Path) -> None:
    path = put(tmp_path, noun, "wrong", "")
    path.write_text(text, "utf-8")
    assert refused(noun, "wrong", tmp_path).startswith(f"{path}:1:1: ")


@pytest.mark.parametrize("noun", NOUNS)
def test_a_file_that_is_not_text_is_refused(noun: str, tmp_path: Path) -> None:
    path = put(tmp_path, noun, "wrong", "")
    path.write_bytes(b"name: \xff")
    assert refused(noun, "wrong", tmp_path).startswith(f"{path}:1:7: ")


IN_AN_ITEM: list[tuple[str, str, str, tuple[int, int]]] = [
    # the items of the child, those of its parent, which file is wrong, and its line and column; items begin in line 4
    ("- id: '4'\n  severity: fatal\n", "- {id: '12', remedy: x}\n", "child", (6, 13)),
    ("- {id: '12', remedy: x}\n", "- {id: '4', remedy: x}\n- id: '12'\n  severity: fatal\n", "parent", (7, 13)),
    ("- {id: '1', remedy: x}\n- id: '4'\n  prsence: []\n", "- {id: '4', remedy: x}\n", "child", (7, 3)),
    ("- id: '4'\n  presence: [{rule: nonempty, pth: title}]\n", "- {id: '4', remedy: x}\n", "child", (6, 36)),
    ("- {id: '12', remedy: x}\n- {id: '99', missing: x}\n", "- {id: '4', remedy: x}\n", "child", (6, 3)),
]


@pytest.mark.parametrize(("child", "parent", "wrong", "place"), IN_AN_ITEM)
def test_what_is_wrong_with_an_item_has_its_place_in_the_file_that_says_it(
    child: str, parent: str, wrong: str, place: tuple[int, int], tmp_path: Path
) -> None:
    put(tmp_path, "guideline", "child", f"name: Child\nextends: parent\nitems:\n{child}")
    put(tmp_path, "guideline", "parent", f"name: Parent\nextends: care\nitems:\n{parent}")
    assert refused("guideline", "child", tmp_path).startswith(f"{tmp_path / wrong}.yaml:{place[0]}:{place[1]}: ")


@pytest.mark.parametrize("items", ["items: words\n", "items: [words]\n", "items: [{missing: x}]\n", "items: {a: b}\n"])
def test_items_that_are_none_are_refused(items: str, tmp_path: Path) -> None:
    put(tmp_path, "guideline", "child", "name: Child\nextends: parent\nitems: [{missing: y}]\n")
    put(tmp_path, "guideline", "parent", f"name: Parent\nextends: care\n{items}")
    assert ".yaml:4:" in refused("guideline", "parent", tmp_path)
    assert ".yaml:4:" in refused("guideline", "child", tmp_path)


# -- when they change --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
def test_a_changed_file_is_read_again_and_so_is_a_parent(noun: str, tmp_path: Path) -> None:
    put(tmp_path, noun, "parent", f"name: Before\nextends: {PARENTS[noun]}\n")
    put(tmp_path, noun, "mine", "extends: parent\n")  # its name is that of its parent
    assert called(noun, "mine", tmp_path) == "Before"
    os.utime(put(tmp_path, noun, "parent", f"name: After\nextends: {PARENTS[noun]}\n"), ns=(1, 1))
    assert called(noun, "mine", tmp_path) == "After"


# -- what is each kind's own -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("margins: [24mm, 34mm]\n", 2, 1, "one value"),
        ("margins:\n", 2, 1, "one value"),
        ("margins: wide\n", 2, 10, "“wide”"),
        ("paper: A44\n", 2, 8, '"A4"'),
    ],
)
@pytest.mark.parametrize("by", ["itself", "a child"])
def test_a_setting_of_a_page_that_cannot_be_used_has_its_place(
    text: str, line: int, column: int, said: str, by: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "template", "wrong", f"name: Wrong\n{text}")
    put(tmp_path, "template", "child", "name: Child\nextends: wrong\n")
    message = refused("template", "wrong" if by == "itself" else "child", tmp_path)
    assert message.startswith(f"{path}:{line}:{column}: ")
    assert said in message


def test_a_phrase_of_a_child_leaves_those_of_its_parent(tmp_path: Path) -> None:
    item = "items:\n- id: '4'\n  reading: {looks_for: a gap, all: ['{GAP} {TIME}']}\n"
    put(tmp_path, "guideline", "mine", f"name: Mine\nextends: care\nphrases: {{GAP: 'a gap of'}}\n{item}")
    care = {one.id: one for one in find_guideline("care").items}
    mine = {one.id: one for one in find_guideline("mine", [tmp_path]).items}
    assert any(one.reading for one in care.values())
    assert {name for name in care if care[name] != mine[name]} == {"4"}
    reading = mine["4"].reading
    assert reading is not None
    assert reading.all == (f"a gap of {find_guideline('care').phrases['TIME']}",)


@pytest.mark.parametrize(
    ("phrases", "place", "chain"),
    [("{A: 'x{A}'}", "4:14", "A → A"), ("{B: 'y{A}', A: 'x{B}'}", "4:25", "A → B → A")],
)
def test_a_phrase_that_contains_itself_is_refused(phrases: str, place: str, chain: str, tmp_path: Path) -> None:
    item = "items:\n- id: '4'\n  reading: {looks_for: a, all: ['{A}']}\n"
    path = put(tmp_path, "guideline", "mine", f"name: Mine\nextends: care\nphrases: {phrases}\n{item}")
    assert refused("guideline", "mine", tmp_path) == f"{path}:{place}: the phrase A contains itself: {chain}"


@pytest.mark.parametrize("phrases", ["[a]", "words", "{A: [x]}"])
def test_phrases_that_are_no_texts_are_refused(phrases: str, tmp_path: Path) -> None:
    path = put(tmp_path, "guideline", "mine", f"name: Mine\nextends: care\nphrases: {phrases}\n")
    assert refused("guideline", "mine", tmp_path).startswith(f"{path}:4:")
