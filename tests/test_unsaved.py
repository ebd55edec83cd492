"""A case whose text is not saved yet: an editor's buffer or a live page, checked and built in the place of its file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from casewriter.bibliography.merge import Incoming, Merge
from casewriter.cli.format.text import lines
from casewriter.model.reference import Reference
from casewriter.problem import CannotRun, Refused
from casewriter.project import CaseFile, case_file, find_cases, open_case
from casewriter.work.batch import build_all
from casewriter.work.build import Order, build
from casewriter.work.check import Checked, check
from casewriter.work.fix import fixes
from casewriter.work.many import Effort
from casewriter.work.references.changes import changes
from casewriter.work.stamp import remembered

# line 5 has a key that does not exist, line 7 a picture that is there, line 8 one that is not
TEXT = """\
format: 1
title: The text of the editor
introduction: See @fig-a, @fig-b and [@muller1959].
observation:
  pateint: {age: 37 y, sex: female}
figures:
  a: {file: figures/ct.png, caption: A., alt: Grey.}
  b: {file: figures/tc.png, caption: B., alt: Grey.}
references: [{file: works.bib}]
"""
WHOLE = "format: 1\ntitle: The text of the editor\nintroduction: Text.\n"
OLD = "format: 1\ntitle: The text of last week\nintroduction: Text.\n"
BIB = "@article{muller1959, title={Calcinosis}, author={Muller, S A}, journal={Arch Dermatol}, year={1959}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a case in a project, with a picture and a file of references; the case itself is not there."""
    home = tmp_path / "cases" / "gout"
    (home / "figures").mkdir(parents=True)
    Image.new("L", (40, 40), 128).save(home / "figures" / "ct.png")
    (home / "works.bib").write_text(BIB, "utf-8")
    monkeypatch.chdir(tmp_path)
    return home


@contextmanager
def opened_files() -> Iterator[set[str]]:
    """Collect the real paths of the files that are opened, however that is done."""
    seen: set[str] = set()
    watching = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            seen.add(os.path.realpath(os.fsdecode(arguments[0])))

    sys.addaudithook(hook)  # it cannot be taken away again: it only rests
    try:
        yield seen
    finally:
        watching = False


def told(checked: Checked) -> list[tuple[str, tuple[int, int] | None, str, str | None]]:
    """Return what a report says: code, place, message, hint."""
    return [
        (p.code, (p.span.line, p.span.column) if p.span else None, p.message, p.hint) for p in checked.report.problems
    ]


def test_problems_have_the_name_of_the_file_and_the_lines_of_the_text(folder: Path) -> None:
    (folder / "case.yaml").write_text("\n" * 40 + OLD, "utf-8")
    checked = check(Path("cases/gout/case.yaml"), text=TEXT)
    assert checked.source.name == str(Path("cases/gout/case.yaml"))
    assert checked.source.text == TEXT
    found = {p.code: p for p in checked.report.problems}
    unknown = found["CASE001"]
    assert unknown.file is None
    assert (unknown.span.line, unknown.span.column) == (5, 3)  # type: ignore[union-attr]
    assert found["FIG002"].span.line == 8  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, WHOLE, "a: [\n", "", "- 1\n"])
def test_a_text_has_the_problems_that_it_has_when_it_is_saved(folder: Path, text: str) -> None:
    unsaved = told(check("cases/gout/case.yaml", text=text))
    (folder / "case.yaml").write_bytes(text.encode())
    assert unsaved == told(check(find_cases(["cases/gout"])[0])) != []


def test_what_lies_beside_the_file_is_found(folder: Path) -> None:
    opened = open_case("cases/gout/case.yaml", text=TEXT)
    assert opened.pictures.keys() == {"figures/ct.png"}
    assert not isinstance(opened.pictures["figures/ct.png"], str)
    assert opened.library.items["muller1959"].reference.title == "Calcinosis"
    (missing,) = (p for p in check("cases/gout/case.yaml", text=TEXT).report.problems if p.code == "FIG002")
    assert missing.hint == 'did you mean "figures/ct.png"?'


def private(text: str) -> list[int]:
    """Return the lines of the text that identify the patient."""
    problems = check("cases/gout/case.yaml", text=text).report.problems
    return [p.span.line for p in problems if p.kind.family == "PRIV" and p.span]


def test_names_and_profiles_of_the_project_count(folder: Path) -> None:
    text = WHOLE.replace("Text.", "The joint of Qorvexa was swollen.")
    assert private(text) == []
    (folder / ".casewriter").mkdir()
    (folder / ".casewriter" / "names.txt").write_text("Qorvexa\n", "utf-8")
    assert private(text) == [3]
    (folder.parent.parent / "profiles").mkdir()
    (folder.parent.parent / "profiles" / "mine.yaml").write_text(
        "id: mine\nname: Mine\nextends: generic-care\n", "utf-8"
    )
    assert check("cases/gout/case.yaml", "mine", text=WHOLE).profile == "mine"


@pytest.mark.parametrize("saved", [OLD.encode(), b"\xff\x00 not text", b"a: [\n"])
def test_nothing_is_read_of_the_saved_file(folder: Path, saved: bytes) -> None:
    file = folder / "case.yaml"
    file.write_bytes(saved)
    with opened_files() as seen:
        checked = check("cases/gout/case.yaml", text=TEXT)
        refused = check("cases/gout/case.yaml", text="title: [\n")
        built = build("cases/gout/case.yaml", Order(("html",)), text=WHOLE)
        broken = build("cases/gout/case.yaml", Order(("html",)), text="title: [\n")
    assert os.path.realpath(folder / "figures" / "ct.png") in seen, "the hook sees what is opened"
    assert os.path.realpath(file) not in seen
    assert file.read_bytes() == saved
    assert checked.source.text == TEXT
    assert refused.source.text == "title: [\n"
    assert built.failure == ""
    assert broken.failure != ""


@pytest.mark.parametrize("name", ["cases/gout/case.yaml", "cases/new/case.yaml", "letter.yaml", "a/b/c/letter.yaml"])
def test_a_file_that_does_not_exist_yet_is_built_like_one_that_does(folder: Path, name: str) -> None:
    built = build(name, Order(("html",), output=Path("unsaved")), text=WHOLE)
    assert not Path(name).exists()
    assert (built.name, built.failure) == (str(Path(name)), "")
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(WHOLE, "utf-8")
    (saved,) = build_all(find_cases([name]), Order(("html",), output=Path("saved")), Effort())
    assert [p.message for p in built.problems] == [p.message for p in saved.problems]
    (page,) = Path("unsaved").glob("*/*.html")
    assert page.read_bytes() == (Path("saved") / page.relative_to("unsaved")).read_bytes()
    assert "The text of the editor" in page.read_text("utf-8")


def test_without_a_text_a_file_must_be_there(folder: Path) -> None:
    with pytest.raises(CannotRun, match=r"case\.yaml cannot be read"):
        open_case(folder / "case.yaml")
    (folder / "case.yaml").write_text(OLD, "utf-8")
    assert open_case(folder / "case.yaml").source.text == OLD
    assert open_case(folder / "case.yaml", text="format: 1\n").source.text == "format: 1\n"


def test_an_empty_text_is_a_text(folder: Path) -> None:
    (folder / "case.yaml").write_text(OLD, "utf-8")
    assert open_case(folder / "case.yaml", text="").loaded.case is None


def test_half_a_surrogate_pair_is_a_problem_of_the_text(folder: Path) -> None:
    text = WHOLE.replace("Text.", "Calcium \ud83d was raised.")
    with pytest.raises(Refused):
        open_case("cases/gout/case.yaml", text=text)
    (problem,) = (p for p in check("cases/gout/case.yaml", text=text).report.problems if p.kind.family == "YAML")
    assert (problem.span.line, problem.span.column) == (3, 23)  # type: ignore[union-attr]
    assert build("cases/gout/case.yaml", Order(("html",)), text=text).failure != ""


# --------------------------------------------------------------------------------- what a batch remembers, what is changed


def batch() -> list[bool]:
    """Build the saved cases of the project as a batch does, and return which were not built again."""
    order = Order(("html",), lines=lines)
    return [build(one, order).unchanged is not None for one in find_cases([])]


def test_a_page_of_an_unsaved_text_is_never_taken_for_that_of_the_file(folder: Path) -> None:
    (folder / "case.yaml").write_text(OLD, "utf-8")
    assert [batch(), batch()] == [[False], [True]]
    (file,) = find_cases([])
    other = OLD.replace("last", "next")  # as long as the old one, so that the page is as large
    built = build(file, Order(("html",), lines=lines), text=other)
    assert built.unchanged is None
    page = Path("output/gout/gout.html")
    assert "next week" in page.read_text("utf-8")
    assert remembered(Path("output/gout/.gout.stamp.json"), Order(("html",)).asked()) is None
    assert batch() == [False]
    assert "last week" in page.read_text("utf-8")


def test_fixes_are_those_of_the_text(folder: Path) -> None:
    (folder / "case.yaml").write_text(OLD, "utf-8")
    entry = "references: [{id: a, type: article-journal, title: T, DOI: 'https://doi.org/10.1007/s10067-005-0092-1'}]\n"
    found = fixes(case_file("cases/gout/case.yaml", WHOLE + entry))
    assert found.before == (WHOLE + entry).encode()
    assert b"DOI: '10.1007/s10067-005-0092-1'" in found.after
    assert found.name == str(Path("cases/gout/case.yaml"))


def test_references_are_added_to_the_text(folder: Path) -> None:
    (folder / "case.yaml").write_text(OLD, "utf-8")
    opened = open_case("cases/gout/case.yaml", text=WHOLE)
    work = Reference.model_validate({"id": "a", "type": "book", "title": "Gout"})
    changed = changes(opened, Merge(new=[(Incoming("list:1", work), work)]), None)
    ((path, (before, after)),) = changed.files.items()
    assert path == (folder / "case.yaml").resolve()
    assert before == WHOLE.encode()
    assert after.startswith(WHOLE.encode())
    assert b"title: Gout" in after


def test_references_are_added_to_a_file_that_the_text_alone_names(folder: Path) -> None:
    (folder / "case.yaml").write_text(OLD, "utf-8")
    opened = open_case("cases/gout/case.yaml", text=WHOLE + "references: [{file: works.bib}]\n")
    work = Reference.model_validate({"id": "a", "type": "book", "title": "Gout"})
    changed = changes(opened, Merge(new=[(Incoming("list:1", work), work)]), "works.bib")
    ((path, (before, after)),) = changed.files.items()
    assert path == (folder / "works.bib").resolve()
    assert before == BIB.encode()
    assert b"Gout" in after


def test_a_case_keeps_its_text_until_it_is_given_another(folder: Path) -> None:
    file = case_file(folder / "case.yaml", "format: 1\n")
    assert isinstance(file, CaseFile)
    assert case_file(file).read() == b"format: 1\n"
    assert case_file(file, "format: 2\n").read() == b"format: 2\n"
    assert file.read() == b"format: 1\n"
