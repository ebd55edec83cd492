"""Findings for other programs: SARIF 2.1.0 and the workflow commands of GitHub; the hook for pre-commit.

Set CASEWRITER_SARIF_SCHEMA to the path of a JSON Schema of SARIF 2.1.0 to have the documents judged by it as well: that of
OASIS, or the one in the npm package @microsoft/jest-sarif, which differs from it in words and asks less of regions.
Expected values come from OASIS SARIF 2.1.0, RFC 3986 and GitHub's “Workflow commands” (escaping: actions/toolkit).
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from casewriter import __version__
from casewriter.cli.app import run
from casewriter.cli.format import github, sarif
from casewriter.cli.format.place import file_of
from casewriter.guideline import find_guideline
from casewriter.lint.run import Report
from casewriter.problem import Kind, Level, Problem, Span
from casewriter.project import find_cases
from casewriter.source import read
from casewriter.work.check import Checked, check

ROOT = Path(__file__).parents[1]
SCHEMA = Path(
    os.environ.get("CASEWRITER_SARIF_SCHEMA") or "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
)
judged = pytest.mark.skipif(not SCHEMA.is_file(), reason="CASEWRITER_SARIF_SCHEMA names no JSON Schema of SARIF 2.1.0")

UNFINISHED = """format: 1
title: Gout {of} the thumb
introduction: |
  As shown by [@nobody] and in @fig-none.
discussion: 100 %, naïve “≥ 2” and 😀 [@ nobody].
references:
  - file: refs.bib
"""
REFS = """@article{good, author = {Muller, S. A.}, title = {Calcinosis}, year = 1959}

@article{bad, author = {Muller, S. A.}, title = {Calcinosis, year = 1959}
"""
KIND = Kind("TEST001", "odd-thing", Level.WARNING, "An odd thing.\n\nIt is `odd`. Remedy: none.")
NOTE = Kind("TEST002", "note", Level.INFO, "A note.")
Document = dict[str, Any]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose one case has much to be told, in itself and in a file of references, as the working folder."""
    made(tmp_path / "cases" / "gout")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path, text: str = UNFINISHED) -> Path:
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(text, "utf-8")
    (folder / "refs.bib").write_text(REFS, "utf-8")
    return folder


def checked(*paths: object) -> list[Checked]:
    return [check(file) for file in find_cases([str(path) for path in paths])]


def reported(*problems: Problem, name: str = "cases/x/case.yaml") -> Checked:
    """Return a case with just these problems."""
    return Checked(read(b"format: 1\n", name), find_guideline("care"), "generic-care", Report(problems, ()))


def document(*cases: Checked) -> Document:
    made: Document = json.loads(sarif.document(cases))
    return made


def results(made: Document) -> list[Document]:
    found: list[Document] = made["runs"][0]["results"]
    return found


def uri_of(result: Document) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def region_of(result: Document) -> Document:
    region: Document = result["locations"][0]["physicalLocation"]["region"]
    return region


def mark_of(result: Document) -> str:
    return str(result["partialFingerprints"]["casewriterProblem/v1"])


# -- SARIF: the schema and the rules that no schema holds --------------------------------------------------------------

SPECIMENS: dict[str, Callable[[], list[Checked]]] = {
    "our cases": lambda: checked(ROOT / "cases"),
    "references beside the case": lambda: checked("cases"),
    "no problem": lambda: [reported()],
    "no case": list,
    "no place": lambda: [reported(Problem(KIND, "odd", file="a b.bib"), Problem(NOTE, "note"))],
    "not YAML": lambda: checked(made(Path("cases/broken"), "format: [1\n")),
}

# Of each object: what it must have, and what it may have besides. Source: SARIF 2.1.0, sections 3.13 to 3.30.
KEYS: dict[str, tuple[str, str]] = {
    "log": ("$schema version runs", ""),
    "run": ("tool results", "columnKind originalUriBaseIds"),
    "driver": ("name version rules", ""),
    "rule": ("id", "name shortDescription fullDescription help defaultConfiguration"),
    "result": ("message ruleId ruleIndex level locations", "partialFingerprints properties"),
    "region": ("startLine startColumn endLine endColumn", ""),
}
URI = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})+")


def faults(log: Document) -> Iterator[str]:
    """Yield what a document has against the rules of SARIF that this program's documents are under."""
    yield from keys("log", log)
    if log["version"] != "2.1.0" or len(log["runs"]) != 1:
        yield "version or runs"
    (run_,) = log["runs"]
    driver = run_["tool"]["driver"]
    yield from (*keys("run", run_), *keys("driver", driver))
    if run_["columnKind"] != "unicodeCodePoints":
        yield "columnKind"
    ids = [rule["id"] for rule in driver["rules"]]
    if len(set(ids)) != len(ids) or set(ids) != {result["ruleId"] for result in run_["results"]}:
        yield "rules: not just those that occur"
    for rule in driver["rules"]:
        yield from keys("rule", rule)
        texts = (rule["shortDescription"]["text"], rule["fullDescription"]["text"], *rule["help"].values())
        if not all(texts) or rule["defaultConfiguration"]["level"] not in ("none", "note", "warning", "error"):
            yield f"rule {rule['id']}"
    for result in run_["results"]:
        yield from result_faults(result, driver["rules"], run_["originalUriBaseIds"])


def result_faults(result: Document, rules: list[Document], bases: Document) -> Iterator[str]:
    yield from (*keys("result", result), *keys("region", region_of(result)))
    index = result["ruleIndex"]
    if not 0 <= index < len(rules) or rules[index]["id"] != result["ruleId"]:
        yield "ruleIndex"
    if result["level"] not in ("none", "note", "warning", "error") or not result["message"]["text"]:
        yield "level or message"
    if re.search(r"(?<!{)(?:{{)*{(?!{)|(?<!})(?:}})*}(?!})", result["message"]["text"]):
        yield "a lone brace in a message"
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    uri = place["uri"]
    if not URI.fullmatch(uri) or uri.startswith("/") or ".." in uri.split("/") or ":" in uri.split("/")[0]:
        yield f"uri {uri}"
    if place["uriBaseId"] not in bases or "uri" in bases[place["uriBaseId"]]:
        yield "uriBaseId"
    start = (region_of(result)["startLine"], region_of(result)["startColumn"])
    if min(start) < 1 or (region_of(result)["endLine"], region_of(result)["endColumn"]) < start:
        yield "region"
    if not re.fullmatch("[0-9a-f]{64}", mark_of(result)):
        yield "fingerprint"


def keys(name: str, given: Document) -> Iterator[str]:
    must, may = (set(words.split()) for words in KEYS[name])
    yield from (f"{name}: {key} is missing" for key in must - set(given))
    yield from (f"{name}: {key} is not known" for key in set(given) - must - may)


@pytest.mark.parametrize("name", SPECIMENS)
def test_sarif_keeps_the_rules_of_sarif(name: str, project: Path) -> None:
    assert list(faults(document(*SPECIMENS[name]()))) == []


def validator() -> Any:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@judged
@pytest.mark.parametrize("name", SPECIMENS)
def test_sarif_validates_against_its_schema(name: str, project: Path) -> None:
    found = [f"{error.json_path}: {error.message}" for error in validator().iter_errors(document(*SPECIMENS[name]()))]
    assert found == []


def _set(path: str, value: Any) -> Callable[[Document], None]:
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]

    def change(log: Document) -> None:
        node: Any = log
        for part in way:
            node = node[part]
        node[last] = value

    return change


PLACE = "runs.0.results.0.locations.0.physicalLocation"
BROKEN = {
    # a change that makes a document wrong, and whether a schema can see it
    "version": (_set("version", "2.0.0"), True),
    "level": (_set("runs.0.results.0.level", "info"), True),
    "key": (_set("runs.0.results.0.hint", "x"), True),
    "line": (_set(f"{PLACE}.region.startLine", 0), True),
    "column kind": (_set("runs.0.columnKind", "characters"), True),
    "rule without id": (lambda log: log["runs"][0]["tool"]["driver"]["rules"][0].pop("id"), True),
    "index": (_set("runs.0.results.0.ruleIndex", 99), False),
    "space": (_set(f"{PLACE}.artifactLocation.uri", "a b.yaml"), False),
    "absolute": (_set(f"{PLACE}.artifactLocation.uri", "/home/someone/case.yaml"), False),
    "brace": (_set("runs.0.results.0.message.text", "write {age: 37 y}"), False),
}


@pytest.mark.parametrize("name", [name for name in BROKEN if name != "rule without id"])
def test_a_broken_document_would_be_seen(name: str, project: Path) -> None:
    log = deepcopy(document(*checked("cases")))
    BROKEN[name][0](log)
    assert list(faults(log))


@judged
@pytest.mark.parametrize("name", [name for name, (_, seen) in BROKEN.items() if seen])
def test_the_schema_would_see_a_broken_document(name: str, project: Path) -> None:
    log = deepcopy(document(*checked("cases")))
    BROKEN[name][0](log)
    assert not validator().is_valid(log)


# -- SARIF: what it says -----------------------------------------------------------------------------------------------


def test_every_problem_is_there_in_order_with_its_level_items_and_path(project: Path) -> None:
    (case,) = checked("cases")
    levels = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
    told = [
        (one["ruleId"], one["level"], one["properties"]["items"], one["properties"]["path"])
        for one in results(document(case))
    ]
    assert told == [(p.code, levels[p.level], list(p.items), list(p.path)) for p in case.report.problems]
    assert {level for _, level, *_ in told} == {"error", "warning", "note"}
    assert any(items for *_, items, _ in told)


def test_the_message_is_message_and_remedy_and_nothing_else(project: Path) -> None:
    (case,) = checked("cases")
    told = [one["message"]["text"].replace("{{", "{").replace("}}", "}") for one in results(document(case))]
    assert told == [f"{p.message}; {p.hint}" if p.hint else p.message for p in case.report.problems]
    assert any("{" in text for text in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("write {0} or {age: {from: 3}}", "write {{0}} or {{age: {{from: 3}}}}"),
        ("ignore[FIG002] why", "ignore[FIG002] why"),
        ("the link [here](1) is none", r"the link \[here\](1) is none"),
        (r"[a\b](javascript:x)", r"\[a\\b\](javascript:x)"),
    ],
)
def test_a_message_has_neither_placeholders_nor_links(text: str, told: str) -> None:
    assert results(document(reported(Problem(KIND, text))))[0]["message"]["text"] == told


def test_rules_carry_their_manual_page() -> None:
    problems = Problem(NOTE, "b"), Problem(KIND, "a"), Problem(NOTE, "c")
    run_ = document(reported(*problems))["runs"][0]
    odd, note = run_["tool"]["driver"]["rules"]
    assert (odd["id"], odd["name"], odd["shortDescription"]["text"]) == ("TEST001", "OddThing", "An odd thing.")
    assert odd["fullDescription"]["text"] == odd["help"]["text"] == KIND.manual
    assert odd["help"]["markdown"].endswith(KIND.manual)
    assert odd["defaultConfiguration"] == {"level": "warning"}
    assert note["defaultConfiguration"] == {"level": "note"}
    assert [one["ruleIndex"] for one in run_["results"]] == [1, 0, 1]
    assert run_["tool"]["driver"]["version"] == __version__


def test_a_rule_without_a_manual_page_is_told_by_its_name() -> None:
    kind = Kind("TEST003", "bare", Level.ERROR, "")
    rule = document(reported(Problem(kind, "x")))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == rule["help"]["text"] == "bare"


def test_without_problems_there_are_no_results_and_no_rules() -> None:
    run_ = document(reported())["runs"][0]
    assert (run_["results"], run_["tool"]["driver"]["rules"]) == ([], [])


# -- SARIF: where it points --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["cases/gout", "cases/Fälle & Söhne/née 100%#2", "cases/痛风 [1]", "cases/a:b"])
def test_a_uri_leads_to_its_file_and_the_region_lies_in_it(folder: str, project: Path) -> None:
    found = results(document(*checked(project / folder if folder == "cases/gout" else made(project / folder))))
    assert {Path(unquote(uri_of(one))).parent.as_posix() for one in found} == {folder}
    assert {Path(unquote(uri_of(one))).name for one in found} == {"case.yaml", "refs.bib"}
    for one in found:
        assert uri_of(one).isascii()
        lines = [*Path(unquote(uri_of(one))).read_text("utf-8").split("\n")]
        region = region_of(one)
        assert 1 <= region["startLine"] <= region["endLine"] <= len(lines)
        assert 1 <= region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
        assert 1 <= region["endColumn"] <= len(lines[region["endLine"] - 1]) + 1


def test_regions_of_our_cases_lie_in_their_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = results(document(*checked("cases")))
    assert len(found) > 20
    for one in found:
        lines = Path(unquote(uri_of(one))).read_text("utf-8").split("\n")
        region = region_of(one)
        assert 1 <= region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
        assert 1 <= region["endColumn"] <= len(lines[region["endLine"] - 1]) + 1


def test_columns_count_code_points(project: Path) -> None:
    text = UNFINISHED.replace("introduction: |\n  As shown by", "introduction: |\n  😀😀 é by")
    folder = made(project / "cases" / "signs", text)
    (found,) = (
        one for one in results(document(*checked(folder))) if one["ruleId"] == "REF005" and "nobody" in str(one)
    )
    region = region_of(found)
    line = (folder / "case.yaml").read_text("utf-8").split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1].strip("@[]") == "nobody"


def test_a_problem_in_a_file_beside_the_case_stands_there(project: Path) -> None:
    found = [one for one in results(document(*checked("cases"))) if uri_of(one).endswith(".bib")]
    assert [
        (one["ruleId"], uri_of(one), region_of(one)["startLine"]) for one in found if one["ruleId"] == "REF004"
    ] == [("REF004", "cases/gout/refs.bib", 3)]


@pytest.mark.parametrize(
    ("case", "file", "path"),
    [
        ("cases/x/case.yaml", None, "cases/x/case.yaml"),
        ("cases/x/case.yaml", "refs/a.bib", "cases/x/refs/a.bib"),
        ("case.yaml", "a.bib", "a.bib"),
        ("gout.yaml", None, "gout.yaml"),
        ("/home/maria/cases/x/case.yaml", None, "x/case.yaml"),
        ("/home/maria/cases/x/case.yml", "refs/a.bib", "x/refs/a.bib"),
        ("/home/maria/gout.yaml", None, "gout.yaml"),
        ("/home/maria/gout.yaml", "a.bib", "a.bib"),
        ("../../maria/x/case.yaml", None, "x/case.yaml"),
        ("../case.yaml", None, "case.yaml"),
        ("cases/x/case.yaml", "../../../a.bib", "a.bib"),
        ("cases/x/case.yaml", "/home/maria/a.bib", "a.bib"),
    ],
)
def test_no_path_of_this_machine_gets_out(case: str, file: str | None, path: str) -> None:
    assert file_of(Problem(KIND, "x", file=file), case) == path


def test_a_case_outside_the_working_folder_is_named_by_its_folder(project: Path, monkeypatch: Any) -> None:
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    text = sarif.document(checked(project / "cases" / "gout"))
    assert str(project) not in text
    assert project.name not in text
    assert {uri_of(one) for one in results(json.loads(text))} == {"gout/case.yaml", "gout/refs.bib"}


# -- SARIF: the same again ---------------------------------------------------------------------------------------------


def test_fingerprints_differ_and_survive_a_shift_of_lines(project: Path) -> None:
    file = project / "cases" / "gout" / "case.yaml"
    ignored = UNFINISHED.replace("the thumb\n", "the thumb  # casewriter: ignore[FIG008] never told\n")
    file.write_text(ignored, "utf-8")
    before = results(document(*checked("cases")))
    file.write_text("# one\n\n# three\n" + ignored, "utf-8")
    (project / "cases" / "gout" / "refs.bib").write_text("\n\n" + REFS, "utf-8")
    after = results(document(*checked("cases")))
    assert len({mark_of(one) for one in before}) == len(before) > 10
    assert [mark_of(one) for one in after] == [mark_of(one) for one in before]
    assert [region_of(one)["startLine"] for one in after] != [region_of(one)["startLine"] for one in before]
    assert any(one["ruleId"] == "CASE017" for one in before)  # its message names a line


def test_equal_problems_have_fingerprints_of_their_own_and_quotes_have_no_part_in_them() -> None:
    one = Problem(KIND, "a date", ("course",), quote="03.04.1961")
    first = results(document(reported(one, replace(one, quote="another"), replace(one, path=("title",)))))
    second = results(document(reported(replace(one, quote="x"), one)))
    assert len({mark_of(result) for result in first}) == 3
    assert [mark_of(result) for result in first[:2]] == [mark_of(result) for result in second]
    assert mark_of(results(document(reported(one, name="cases/y/case.yaml")))[0]) != mark_of(first[0])


PRINT = """
import sys
from casewriter.work.check import check
from casewriter.cli.format import github, sarif
from casewriter.project import find_cases
cases = [check(file) for file in find_cases(["cases"])]
sys.stdout.buffer.write(sarif.document(cases).encode())
for case in cases:
    for problem in case.report.problems:
        sys.stdout.buffer.write(github.command(problem, case.source.name).encode())
"""


def test_the_same_bytes_in_any_folder_time_zone_locale_and_hash_seed(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "of someone"
    shutil.copytree(project / "cases", other / "cases")
    outputs = set()
    for folder, zone, seed, language in ((project, "UTC", "1", "C"), (other, "Asia/Tokyo", "2", "de_DE.UTF-8")):
        settings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language}
        done = subprocess.run([sys.executable, "-c", PRINT], cwd=folder, env=settings, capture_output=True, check=True)
        outputs.add(done.stdout)
    (output,) = outputs
    assert b"of someone" not in output
    assert len(output) > 5000


# -- GitHub ------------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def told(problem: Problem, name: str = "cases/x/case.yaml") -> tuple[str, dict[str, str], str]:
    """Return command, properties and message as the runner of GitHub reads them."""
    match = COMMAND.fullmatch(github.command(problem, name))
    assert match
    properties = dict(part.split("=", 1) for part in match["properties"].split(","))
    return match["name"], {key: unquote(value) for key, value in properties.items()}, unquote(match["message"])


def test_a_workflow_command_says_what_where_and_why() -> None:
    problem = Problem(KIND, "odd", hint="mend it", span=Span(41, 9, 41, 15))
    place = "file=cases/x/case.yaml,line=41,col=9,endLine=41,endColumn=15"
    assert github.command(problem, "cases/x/case.yaml") == f"::warning {place},title=TEST001 odd-thing::odd; mend it"


@pytest.mark.parametrize(
    ("level", "name"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "notice")]
)
def test_each_level_has_its_command(level: Level, name: str) -> None:
    assert told(Problem(replace(KIND, level=level), "x"))[0] == name


def test_what_means_something_to_github_is_escaped() -> None:
    problem = Problem(KIND, "50% of\r\nit, ::error::really: %0A", span=Span(1, 1, 1, 2))
    line = github.command(problem, "cases/a,b: 5%/case.yaml")
    assert line.endswith("::50%25 of%0D%0Ait, ::error::really: %250A")
    assert "file=cases/a%2Cb%3A 5%25/case.yaml," in line
    assert told(problem, "cases/a,b: 5%/case.yaml")[1]["file"] == "cases/a,b: 5%/case.yaml"


def test_columns_are_left_out_over_several_lines_and_lines_where_there_are_none() -> None:
    assert set(told(Problem(KIND, "x", span=Span(2, 3, 4, 5)))[1]) == {"file", "line", "endLine", "title"}
    assert set(told(Problem(KIND, "x"))[1]) == {"file", "title"}


def test_every_problem_of_a_case_is_one_line_that_reads_back(project: Path) -> None:
    (case,) = checked("cases")
    for problem in case.report.problems:
        _, properties, message = told(problem, case.source.name)
        assert properties["file"] == f"cases/gout/{problem.file or 'case.yaml'}"
        assert properties["title"] == f"{problem.code} {problem.kind.name}"
        assert message == (f"{problem.message}; {problem.hint}" if problem.hint else problem.message)


# -- the command line and pre-commit -----------------------------------------------------------------------------------


def test_lint_prints_sarif_and_nothing_else(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(project / "cases" / "second")
    assert run(["lint", "--output-format", "sarif"]) == 1
    printed = capsys.readouterr()
    assert list(faults(json.loads(printed.out))) == []
    assert {uri_of(one) for one in results(json.loads(printed.out))} >= {
        "cases/gout/case.yaml",
        "cases/second/case.yaml",
    }


def test_lint_prints_workflow_commands(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--output-format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    (case,) = checked("cases")
    assert lines == [github.command(problem, case.source.name) for problem in case.report.problems]


def hook() -> dict[str, Any]:
    ((made),) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return dict(made)


@pytest.mark.parametrize(
    ("path", "linted"),
    [
        ("cases/x/case.yaml", True),
        ("x/case.yml", True),
        ("case.yaml", True),
        ("cases/gout.yaml", True),
        ("cases/x/profiles/mine.yaml", False),
        ("cases/x/templates/mine/template.yaml", False),
        ("showcase.yaml", False),
        ("profiles/mine.yaml", False),
        ("cases/x/case.yaml.j2", False),
    ],
)
def test_the_hook_takes_case_files(path: str, linted: bool) -> None:
    assert bool(re.search(hook()["files"], path)) is linted


def test_the_entry_of_the_hook_runs(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = hook()["entry"].split()
    assert (hook()["id"], program) == ("casewriter-lint", "casewriter")
    assert run([*arguments, "cases/gout/case.yaml"]) == 1
    assert "cases/gout/case.yaml:" in capsys.readouterr().out


# -- the page ----------------------------------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "checks.md").read_text("utf-8")
SHOWN = re.findall(r"^```console\n\$ casewriter ([^\n]*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def counts_apart(text: str) -> list[str]:
    """Return the lines of an output; how many items a case has answered is another test's concern."""
    return [re.sub(r"\d+", "N", line) if " applicable " in line else line for line in text.splitlines()]


def test_the_page_shows_outputs() -> None:
    assert len(SHOWN) >= 2


@pytest.mark.parametrize(("line", "output"), SHOWN)
def test_an_output_on_the_page_is_what_lint_prints(
    line: str, output: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = re.search(r"^```yaml\n(format: 1\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert case
    (project / "cases" / "gout" / "case.yaml").write_text(case[1], "utf-8")
    assert run(line.split()) == 1
    assert counts_apart(capsys.readouterr().out) == counts_apart(output)


def test_the_workflow_and_the_hook_on_the_page_name_what_there_is() -> None:
    config, workflow = re.findall(r"^```yaml \S+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    ((used,),) = (repo["hooks"] for repo in yaml.safe_load(config)["repos"])
    assert used["id"] == hook()["id"]
    steps = yaml.safe_load(workflow)["jobs"]["lint"]["steps"]
    (line,) = (step["run"] for step in steps if step.get("run", "").startswith("casewriter"))
    command, _, file = line.partition(" > ")
    assert command == "casewriter lint --output-format sarif"
    assert steps[-1]["with"]["sarif_file"] == file
