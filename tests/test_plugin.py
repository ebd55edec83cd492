"""A package of someone else adds rules: the example of docs/plugins.md, built, installed and run beside broken ones."""

import json
import re
import sys
from pathlib import Path

import pytest
from packages import built, call, laid_out

from casewriter.load import load
from casewriter.source import read

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "tests" / "data" / "plugin"
PAGE = (ROOT / "docs" / "plugins.md").read_text("utf-8")

CASE = """format: 1
title: Lupus of the young
course: |
  A butterfly rash appeared.
diagnosis:
  final:
    - label: Systemic lupus erythematosus
figures:
  skin: {caption: Plaques.}
"""
RAISES = """
from casewriter.lint.rule import Found, rule
from casewriter.problem import Level

@rule("OTHER001", "raises", Level.ERROR)
def raises(case):
    \"\"\"A rule that fails.\"\"\"
    yield Found("found before it failed", ("title",))
    raise ValueError("no such thing")

@rule("OTHER002", "asks-too-much", Level.ERROR)
def asks_too_much(case, weather):
    \"\"\"A rule that asks for what there is not.\"\"\"
    return []

@rule("OTHER003", "works", Level.INFO)
def works(case):
    \"\"\"A rule that works.\"\"\"
    yield Found("seen", ("title",))

RULES = (raises, asks_too_much, works)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that Python must look in for the example."""
    return built(PLUGIN, tmp_path_factory.mktemp("plugin"))


def install(site: Path, name: str, module: str | None) -> Path:
    """Lay out a package of one module (None: the module is missing) that declares rules under its name."""
    return laid_out(site, name, module, f"[casewriter.rules]\n{name} = {name}:RULES\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "cases" / "lupus"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, "utf-8")
    return tmp_path / "project"


def found(folder: Path, *arguments: str, sites: tuple[Path, ...]) -> list[tuple[str, int, int, str]]:
    """Return code, line, column and message of every problem."""
    done = call(folder, "lint", "--output-format", "json", *arguments, sites=sites)
    (case,) = json.loads(done.stdout)["cases"]
    return [(p["code"], p["line"], p["column"], p["message"]) for p in case["problems"]]


def codes(folder: Path, *arguments: str, sites: tuple[Path, ...] = ()) -> list[str]:
    return [code for code, *_ in found(folder, *arguments, sites=sites)]


# -- the example -------------------------------------------------------------------------------------------------------


def test_its_problems_stand_among_ours_with_line_and_column(installed: Path, project: Path) -> None:
    told = found(project, sites=(installed,))
    ours = codes(project)
    assert [one for one in told if one[0].startswith("LUPUS")] == [
        ("LUPUS002", 4, 5, "the rash is called by its popular name"),
        ("LUPUS001", 7, 14, "no antinuclear antibodies are given"),
    ]
    assert [code for code, *_ in told if not code.startswith("LUPUS")] == ours
    assert "FIG006" in ours
    assert [line for _, line, *_ in told] == sorted(line for _, line, *_ in told)


def test_without_the_package_nothing_is_left_of_it(project: Path) -> None:
    assert not any(code.startswith(("LUPUS", "PLUG")) for code in codes(project))
    assert call(project, "rule", "LUPUS001").returncode == 2


def test_its_page_is_printed_and_listed(installed: Path, project: Path) -> None:
    page = call(project, "rule", "LUPUS001", sites=(installed,))
    assert page.returncode == 0
    assert page.stdout.splitlines()[0] == "LUPUS001 antinuclear-antibodies-missing (warning)"
    assert "Ann Rheum Dis 2019;78:1151-1159" in page.stdout
    listed = call(project, "rule", sites=(installed,)).stdout
    assert re.search(r"^LUPUS002 +info +butterfly-rash +A text says", listed, re.MULTILINE)


def test_it_is_selected_and_ignored_like_ours(installed: Path, project: Path) -> None:
    assert codes(project, "--select", "LUPUS", sites=(installed,)) == ["LUPUS002", "LUPUS001"]
    assert codes(project, "--select", "lupus001,FIG006", sites=(installed,)) == ["LUPUS001", "FIG006"]
    assert "LUPUS001" not in codes(project, "--ignore", "LUPUS001", sites=(installed,))
    assert call(project, "lint", "--select", "LUPUS").returncode == 2  # a family that nobody has is a typo


def test_it_is_silenced_like_ours(installed: Path, project: Path) -> None:
    file = project / "cases" / "lupus" / "case.yaml"
    comment = "  # casewriter: ignore[LUPUS001] seronegative, see discussion"
    file.write_text(CASE.replace("erythematosus", f"erythematosus{comment}"), "utf-8")
    assert codes(project, "--select", "LUPUS,CASE", sites=(installed,)) == ["LUPUS002"]
    assert "CASE017" in codes(project, "--select", "CASE")  # without the package the comment answers nothing


def test_a_case_that_answers_has_no_problem(installed: Path, project: Path) -> None:
    file = project / "cases" / "lupus" / "case.yaml"
    result = 'labs: {results: [{test: Antinuclear antibodies, value: "1:640", at: 0}]}\n'
    file.write_text(CASE.replace("butterfly", "malar") + result, "utf-8")
    done = call(project, "lint", "--select", "LUPUS", "--strict", "--output-format", "concise", sites=(installed,))
    assert (done.returncode, done.stdout) == (0, "")


def test_a_warning_of_it_counts_when_strict(installed: Path, project: Path) -> None:
    assert call(project, "lint", "--select", "LUPUS", sites=(installed,)).returncode == 0
    assert call(project, "lint", "--select", "LUPUS", "--strict", sites=(installed,)).returncode == 1


# -- packages that are broken ------------------------------------------------------------------------------------------


def test_a_rule_that_raises_is_told_and_the_rest_still_runs(installed: Path, project: Path, tmp_path: Path) -> None:
    broken = install(tmp_path / "broken", "other", RAISES)
    told = found(project, sites=(installed, broken))
    messages = [message for code, *_, message in told if code == "PLUG001"]
    assert messages == [
        "the rule OTHER001 of “other” failed: ValueError: no such thing",
        "the rule OTHER002 of “other” failed: KeyError: 'weather'",
    ]
    rest = [code for code, *_ in told if code not in ("PLUG001", "OTHER003")]
    assert rest == codes(project, sites=(installed,))
    assert [code for code, *_ in told].count("OTHER003") == 1
    assert call(project, "lint", "--select", "PLUG", sites=(broken,)).returncode == 1


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (None, "ModuleNotFoundError"),
        ("import nowhere\n", "ModuleNotFoundError"),
        ("RULE = ()\n", "AttributeError"),
        ("1 / 0\n", "ZeroDivisionError"),
    ],
    ids=["missing", "lacks another", "without RULES", "raises"],
)
def test_a_package_that_cannot_be_loaded_is_told(module: str | None, said: str, project: Path, tmp_path: Path) -> None:
    broken = install(tmp_path / "broken", "other", module)
    told = found(project, sites=(broken,))
    assert [said in message for code, *_, message in told if code == "PLUG001"] == [True]
    assert [code for code, *_ in told if code != "PLUG001"] == codes(project)
    assert call(project, "rule", "FIG006", sites=(broken,)).returncode == 0


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pyproject.toml", "casewriter_lupus.py"])
def test_the_page_shows_the_package_that_is_tested(name: str) -> None:
    (shown,) = re.findall(rf"^```\w+ casewriter-lupus/{name}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown == (PLUGIN / name).read_text("utf-8")


def test_the_test_on_the_page_passes(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = re.findall(r"^```python casewriter-lupus/test_\w+\.py\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    monkeypatch.syspath_prepend(installed)
    names: dict[str, object] = {}
    exec(compile(shown, "the page", "exec"), names)
    tests = [test for name, test in names.items() if name.startswith("test_")]
    assert len(tests) == 1
    tests[0]()  # type: ignore[operator]
    monkeypatch.delitem(sys.modules, "casewriter_lupus")


def test_the_output_on_the_page_is_what_lint_prints(installed: Path, project: Path) -> None:
    (shown,) = re.findall(r"^```text\n(cases/.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    text = re.search(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert text
    (project / "cases" / "lupus" / "case.yaml").write_text(text[1], "utf-8")
    assert (
        call(project, "lint", "--select", "LUPUS", "-q", "--output-format", "concise", sites=(installed,)).stdout == ""
    )
    printed = call(project, "lint", "--select", "LUPUS", sites=(installed,)).stdout
    assert shown.splitlines() == printed.splitlines()[: len(shown.splitlines())]
    assert load(read(text[1].encode(), "case.yaml")).case is not None
