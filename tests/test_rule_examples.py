"""Every rule has an example that shows it: the bad case raises it at the marked place, the good one does not."""

import ast
import io
import re
from collections import Counter
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from PIL import Image

from casewriter.cli.app import cli
from casewriter.cli.format.page import page
from casewriter.lint.examples import CLOSE, OPEN, Example, all_examples, read_examples
from casewriter.problem import CannotRun, Kind, Problem, Span
from casewriter.project import find_cases
from casewriter.resources import data_folder
from casewriter.source import read
from casewriter.work.catalogue import all_kinds
from casewriter.work.check import check

KINDS = {kind.code: kind for kind in all_kinds()}
TABLES = sorted(data_folder("examples").glob("*.yaml"))
TOLD = [code for code in KINDS if code in all_examples() and not all_examples()[code].untold]
UNTOLD = [code for code in KINDS if code in all_examples() and all_examples()[code].untold]
CODES = Path(__file__).parent / "data" / "codes.txt"
OPTIONS = {"profile", "guideline", "privacy"}
BARE: set[str] = set()
"""Kinds whose page still says what is wrong and neither why nor what to do."""


def problems(folder: Path, text: str, example: Example) -> list[Problem]:
    """Return the problems with the code of the example in a case beside its files."""
    home = folder / "cases" / "example"
    for name, content in {"case.yaml": text, **example.files}.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8", newline="")
    (file,) = find_cases([str(home)])
    return [p for p in check(file, **example.options).report.problems if p.code == example.code]


# -- the tables -----------------------------------------------------------------------------------------------------


def test_there_are_kinds_and_tables() -> None:
    assert len(KINDS) > 300
    assert len(TABLES) >= 12
    assert len(TOLD) > 300


def test_every_code_has_an_example() -> None:
    assert sorted(set(KINDS) - set(all_examples())) == [], "write one in casewriter/data/examples/, or say untold:"


def test_no_example_is_of_an_unknown_code() -> None:
    assert sorted(set(all_examples()) - set(KINDS)) == []


def test_no_code_stands_in_two_tables() -> None:
    counts = Counter(code for path in TABLES for code in read_examples(path))
    assert [code for code, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_read_without_a_problem(path: Path) -> None:
    assert [(p.code, p.message, p.span) for p in read(path.read_bytes(), path.name).problems] == []


@pytest.mark.parametrize("code", TOLD)
def test_the_bad_case_raises_it_at_the_marked_place_alone(code: str, tmp_path: Path) -> None:
    example = all_examples()[code]
    found = problems(tmp_path, example.bad, example)
    assert [(p.file, p.span) for p in found] == [(example.file, example.span)]


@pytest.mark.parametrize("code", TOLD)
def test_the_good_case_does_not_raise_it(code: str, tmp_path: Path) -> None:
    example = all_examples()[code]
    found = problems(tmp_path, example.good, example)
    assert [(p.span, p.message) for p in found] == []


@pytest.mark.parametrize("code", TOLD)
def test_an_example_is_short_and_both_cases_are_cases(code: str) -> None:
    example = all_examples()[code]
    assert set(example.options) <= OPTIONS
    assert example.bad != example.good
    assert 1 <= len(example.bad.splitlines()) <= 12
    if code not in ("CASE002", "CASE011"):
        assert example.bad.startswith("format: 1\n")
    assert example.good.startswith("format: 1\n")
    if KINDS[code].family not in ("YAML", "CASE"):
        assert [p.message for p in read(example.bad.encode(), "case.yaml").problems] == []
    assert [p.message for p in read(example.good.encode(), "case.yaml").problems] == []


def test_few_rules_are_without_an_example() -> None:
    assert 0 < len(UNTOLD) <= 10  # what only a written file, a folder of outputs or a package shows


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((Path(__file__).parents[1] / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("code", UNTOLD)
def test_what_no_example_shows_a_test_shows(code: str) -> None:
    reason = all_examples()[code].untold
    found = re.search(r"See (test_\w+) in (tests/test_\w+\.py)\.$", reason)
    assert found, "end with: See test_x in tests/test_y.py."
    assert found[1] in functions_of(found[2])
    assert len(reason) - len(found[0]) > 30


# -- what no example shows -----------------------------------------------------------------------------------------


def picture(width: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, 8), 200).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("more", "said"), [("", [Span(3, 46, 3, 61)]), (", width: 30%", [])], ids=["wide", "narrow"])
def test_a_picture_with_too_few_dots_is_told(more: str, said: list[Span], tmp_path: Path) -> None:
    """600 pixels are 94 dots per inch on the 162 mm of the page, and 314 on 30 % of it."""
    folder = tmp_path / "cases" / "example" / "figures"
    folder.mkdir(parents=True)
    (folder / "leg.png").write_bytes(picture(600))
    text = f"format: 1\nfigures:\n  leg: {{caption: Plaques on the shin., file: figures/leg.png{more}}}\n"
    assert [p.span for p in problems(tmp_path, text, Example("FIG011"))] == said


@pytest.mark.parametrize(("marks", "said"), [(150, 1), (20, 0)], ids=["deep", "flat"])
def test_a_text_nested_too_deeply_is_told(marks: int, said: int, tmp_path: Path) -> None:
    text = f"format: 1\ncourse: |\n  {'> ' * marks}She recovered.\n"
    assert len(problems(tmp_path, text, Example("CASE016"))) == said


# -- the loader ------------------------------------------------------------------------------------------------------


def table(folder: Path, text: str) -> dict[str, Example]:
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return read_examples(path)


def test_marks_may_span_lines_and_stand_in_a_file_beside_the_case(tmp_path: Path) -> None:
    over = table(tmp_path, f'A1: {{bad: "a\\nb{OPEN}c\\nde{CLOSE}f\\n", good: "g"}}')["A1"]
    assert (over.bad, over.span, over.file) == ("a\nbc\ndef\n", Span(2, 2, 3, 3), None)
    files = f"{{r.bib: '{OPEN}x{CLOSE}y'}}"
    beside = table(tmp_path, f"A1: {{bad: a, good: b, files: {files}, options: {{privacy: journal}}}}")["A1"]
    assert (beside.bad, beside.files, beside.span, beside.file) == ("a", {"r.bib": "xy"}, Span(1, 1, 1, 2), "r.bib")
    assert beside.options == {"privacy": "journal"}


@pytest.mark.parametrize("bad", ["a", f"{OPEN}a", f"{OPEN}a{CLOSE}b{OPEN}c{CLOSE}"], ids=["none", "half", "two"])
def test_a_bad_case_without_its_marks_is_refused(bad: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="A1"):
        table(tmp_path, f"A1: {{bad: '{bad}', good: b}}")


# -- the pages of the rules ----------------------------------------------------------------------------------------


def said_of(kind: Kind) -> tuple[str, str]:
    what, _, more = kind.manual.strip().partition("\n\n")
    return what, more


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_says_what_and_why(code: str) -> None:
    what, more = said_of(KINDS[code])
    assert 15 <= len(what) <= 200
    assert what.endswith(".")
    assert (len(more.strip()) < 30) == (code in BARE), "BARE holds the kinds that say no more than what"
    assert not re.search(r"\n\n\n|[ \t]\n|\b(?:TODO|lorem)\b", KINDS[code].manual.strip())


def test_items_and_privacy_name_their_source() -> None:
    without = [k.code for k in KINDS.values() if k.family == "PRIV" and "Source: " not in k.manual]
    answers = {code for code in KINDS if re.fullmatch(r"S?CARE0+[1-4]", code)}
    items = [k for k in KINDS.values() if k.family in ("CARE", "SCARE") and k.code not in answers]
    assert len(items) > 180
    without += [k.code for k in items if not ("Source: " in k.manual and "Remedy: " in k.manual)]
    assert without == []


def test_names_are_unique_in_a_family() -> None:
    counts = Counter((kind.family, kind.name) for kind in KINDS.values())
    assert [key for key, count in counts.items() if count > 1] == []
    assert [kind.name for kind in KINDS.values() if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", kind.name)] == []
    assert [code for code in KINDS if not re.fullmatch(r"[A-Z]+\d{3,4}", code)] == []


def test_two_modules_do_not_share_a_code() -> None:
    """`all_kinds` keeps one kind of a code: another with its own words would be lost."""
    from casewriter.guideline import find_guideline, guideline_names
    from casewriter.lint.run import all_rules

    ruled = [kind for rule in all_rules() for kind in rule.kinds]
    asked = [kind for name in guideline_names() for kind in find_guideline(name).kinds.values()]
    assert len(ruled) > 50
    assert [kind.code for kind in (*ruled, *asked) if KINDS[kind.code] != kind] == []


def test_codes_are_added_and_never_changed() -> None:
    lines = [line for line in CODES.read_text("utf-8").splitlines() if not line.startswith("#")]
    known = dict(line.split() for line in lines)
    assert len(known) == len(lines) > 300
    now = {kind.code: kind.name for kind in KINDS.values()}
    gone = {code: name for code, name in known.items() if now.get(code) != name}
    assert gone == {}, "a code keeps its name for ever: cases ignore it by its code, readers know it by its name"
    new = [f"{code} {name}" for code, name in now.items() if code not in known]
    assert new == [], f"add to {CODES.name}, where they stay for ever: {new}"
    assert lines == sorted(lines)


# -- the pages in docs/rules ---------------------------------------------------------------------------------------


@pytest.fixture
def generator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return tools/generate.py with one page to make in an empty project."""
    spec = spec_from_file_location("generate", Path(__file__).parents[1] / "tools" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "ARTEFACTS", {})
    monkeypatch.setattr(module, "FOLDERS", {"docs/rules": lambda: {"A1.md": "made\n"}})
    return module


def test_a_page_that_differs_is_missing_or_is_no_longer_made_is_stale(
    generator: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = tmp_path / "docs" / "rules"
    assert generator.main(["--check"]) == 1
    assert not pages.exists()
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0
    (pages / "A1.md").write_text("edited\n", "utf-8")
    (pages / "GONE001.md").write_text("a rule that is no more\n", "utf-8")
    (pages / "notes.txt").write_text("kept\n", "utf-8")
    capsys.readouterr()
    assert generator.main(["--check"]) == 1
    assert capsys.readouterr().out.startswith("stale: docs/rules/A1.md, docs/rules/GONE001.md;")
    assert generator.main([]) == 0
    assert {path.name: path.read_text("utf-8") for path in pages.iterdir()} == {
        "A1.md": "made\n",
        "notes.txt": "kept\n",
    }
    assert generator.main(["--check"]) == 0


def test_every_code_has_a_page_with_what_lint_says_of_it(generator: ModuleType) -> None:
    pages = generator.rule_pages()
    assert set(pages) == {f"{code}.md" for code in KINDS}
    for code in TOLD:
        said = re.search(r"\n```text\n(.*)\n```\n\n## Good\n", pages[f"{code}.md"])
        assert said, code
        assert re.match(rf"[\w./]+:\d+:\d+: (?:error|warning|info) {code} ", said[1]), code


# -- `casewriter rule` ---------------------------------------------------------------------------------------------


def rule(*words: str) -> str:
    result = CliRunner().invoke(cli, ["rule", *words])
    assert result.exit_code == 0
    return result.output


def test_the_page_marks_the_place() -> None:
    lines = rule("dangling-id").splitlines()
    place = next(n for n, line in enumerate(lines) if set(line.strip()) == {"^"})
    marker = lines[place]
    assert lines[place - 1][marker.index("^") : len(marker)] == "exision"
    assert lines.index("Bad:") < place < lines.index("Good:")
    assert lines.count("    format: 1") == 2


def test_the_page_says_with_which_options_and_what_lies_beside() -> None:
    said = rule("JRNL007")
    assert "Bad (with --profile letters):" in said
    assert "Beside it, profiles/letters.yaml:\n    id: letters\n" in said
    assert "Beside it" not in rule("FIG004")  # a picture is no text


def test_a_name_of_two_guidelines_gives_both_pages() -> None:
    said = rule("timeline-missing")
    assert re.findall(r"^(S?CARE\d+) timeline-missing", said, re.MULTILINE) == ["CARE071", "SCARE0801"]


@pytest.mark.parametrize("code", TOLD)
def test_every_page_shows_both_cases_and_no_invisible_character(code: str) -> None:
    lines = list(page(KINDS[code], all_examples()[code]))
    told = "\n".join(lines)
    assert sum(line.strip(" ") == "^" * line.count("^") and "^" in line for line in lines) >= 1
    assert not re.search("[\x00-\x09\x0b-\x1a\x1c-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]", told)
    assert OPEN not in told


def test_a_rule_of_a_package_without_examples_has_a_page() -> None:
    kind = KINDS["FIG007"]
    assert list(page(kind, None))[2:] == kind.manual.strip().splitlines()


def test_a_rule_that_no_case_shows_says_why() -> None:
    assert all_examples()["PLUG001"].untold in rule("PLUG001")
