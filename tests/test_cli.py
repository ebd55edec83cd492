"""The program as people meet it: exit codes, messages that name the nearest, whole files, no traceback."""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image
from quick_yaml import dumped, loaded, texts

from casewriter.cli.app import VERBS, run
from casewriter.work.catalogue import all_kinds

EXEMPLARY = Path(__file__).parents[1] / "cases" / "exemplary-dress"
SMALL = "format: 1\ntitle: Gout\nintroduction: |\n  A short text.\n"
CANARY = "CANARY-7f3a91"
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one small case, as the working folder."""
    (tmp_path / "cases" / "gout").mkdir(parents=True)
    (tmp_path / "cases" / "gout" / "case.yaml").write_text(SMALL, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command line; return exit code, standard output and standard error, neither with a traceback."""

    def made(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        for text in printed:
            assert "Traceback" not in text
            assert "bug in casewriter" not in text
        return code, printed.out, printed.err

    return made


def write(project: Path, text: str, slug: str = "gout") -> Path:
    file = project / "cases" / slug / "case.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def command(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casewriter", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def exemplary_with(folder: Path, **changes: Any) -> Path:
    """Write the exemplary case with some top keys replaced (None removes one)."""
    shutil.copytree(EXEMPLARY, folder)
    data = texts((folder / "case.yaml").read_bytes())
    for key, value in changes.items():
        data.pop(key)
        if value is not None:
            data[key] = value
    (folder / "case.yaml").write_text(dumped(data), "utf-8")
    return folder


# ---------------------------------------------------------------------------------------------------------- exit codes


def test_lint_leaves_with_0_when_there_is_no_problem(call: Call) -> None:
    code, out, _ = call("lint", EXEMPLARY)
    assert code == 0
    assert "30 of 30 applicable CARE items present" in out


def test_lint_leaves_with_1_for_an_error(project: Path, call: Call) -> None:
    assert call("lint")[0] == 1
    assert call("lint", "--select", "CASE")[0] == 0


def test_a_warning_counts_only_when_strict(tmp_path: Path, call: Call) -> None:
    folder = exemplary_with(tmp_path / "dress", keywords=None, care={"confirmed": {}})
    code, out, _ = call("lint", folder)
    assert (code, "warning CARE021" in out) == (0, True)
    assert call("lint", "--strict", folder)[0] == 1
    assert call("lint", "--strict", "--ignore", "CARE021", folder)[0] == 0


def test_render_leaves_with_1_when_the_output_is_wrong(project: Path, call: Call) -> None:
    assert call("render", "--to", "html")[0] == 0
    write(project, SMALL + "conclusion: See [@nobody].\n")
    code, _, err = call("render", "--to", "html")
    assert code == 1
    assert "REF005" in err


CANNOT_RUN = [
    # a command line, what its one line on standard error names
    (["lnt"], '"lint"'),
    (["rendr"], '"render"'),
    (["xyzzy"], "lint"),
    (["lint", "--profil", "x"], "--profile"),
    (["render", "--layuot", "x"], "--layout"),
    (["lint", "--output-format", "jsn"], "json"),
    (["lint", "nowhere"], "nowhere"),
    (["lint", "--select", "CARR"], '"CARE"'),
    (["lint", "--select", "CARE0711"], '"CARE071"'),
    (["lint", "--ignore", "CASE,RFE"], '"REF"'),
    (["lint", "--profile", "generic-car"], '"generic-care"'),
    (["lint", "--guideline", "crae"], '"care"'),
    (["render", "--profile", "generic-car"], '"generic-care"'),
    (["render", "--layout", "artcle"], '"article"'),
    (["render", "--to", "htlm"], '"html"'),
    (["render", "--to", ","], "html"),
    (["render", "--jobs", "0"], "jobs"),
    (["rule", "CARE0711"], '"CARE071"'),
    (["rule", "xyzzy"], "casewriter rule"),
    (["profile", "clinical-rheumatolgy"], '"clinical-rheumatology"'),
    (["templates", "--where", "page.html.j2", "--template", "manuscrpt"], '"manuscript"'),
    (["templates", "--where", "no-such-file"], "no-such-file"),
    (["new", "../outside"], "../outside"),
    (["new", "gout"], "gout"),
]


@pytest.mark.parametrize(("arguments", "named"), CANNOT_RUN, ids=[" ".join(a) for a, _ in CANNOT_RUN])
def test_what_cannot_run_leaves_with_2_and_names_the_remedy(
    project: Path, call: Call, arguments: list[str], named: str
) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert named in err


def test_an_unknown_citation_style_names_the_nearest(project: Path, call: Call) -> None:
    (project / "profiles").mkdir()
    profile = "id: mine\nname: Mine\nextends: generic-care\ncitation: {csl: american-medical-asociation}\n"
    (project / "profiles" / "mine.yaml").write_text(profile, "utf-8")
    code, _, err = call("render", "--to", "html", "--profile", "mine")
    assert code == 2
    assert '"american-medical-association"' in err
    assert "“mine”" in err


def test_names_in_the_case_are_checked_too(project: Path, call: Call) -> None:
    write(project, SMALL + "profile: generic-car\n")
    code, _, err = call("lint")
    assert (code, '"generic-care"' in err) == (2, True)
    write(project, SMALL + "guideline: crae\n")
    code, _, err = call("lint")
    assert (code, '"care"' in err) == (2, True)


def test_a_folder_without_cases_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = call("lint")
    assert code == 2
    assert "casewriter new" in err


def test_the_project_is_found_from_a_folder_inside_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    write(project, SMALL, "second")
    monkeypatch.chdir(project / "cases" / "gout")
    _, out, _ = call("lint", "--output-format", "json")
    assert [Path(case["path"]).resolve().parent.name for case in json.loads(out)["cases"]] == ["gout", "second"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"title: a: b\n", "YAML007"),
        (b"a: \xff\n", "YAML002"),
        (b"", "CASE003"),
        (b"\xff\xfea", "YAML002"),
        (b"a: [", "YAML001"),
    ],
)
def test_a_file_that_is_no_case_is_a_problem_with_a_place(project: Path, call: Call, content: bytes, code: str) -> None:
    (project / "cases" / "gout" / "case.yaml").write_bytes(content)
    left, out, _ = call("lint", "--output-format", "concise")
    assert left == 1
    assert f"error {code} " in out
    assert out.startswith("cases/gout/case.yaml:1:")
    assert call("render", "--to", "html")[0] == 1
    assert not (project / "output" / "gout" / "gout.html").exists()


def test_a_fault_of_ours_is_told_in_one_line_and_shown_with_debug(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("casewriter.work.check.check", fail)
    assert run(["lint"]) == 2
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert "--debug" in err
    assert len(err.splitlines()) == 1
    with pytest.raises(ZeroDivisionError):
        run(["--debug", "lint"])


# -------------------------------------------------------------------------------------------------------- lint formats

BROKEN = "format: 1\ntitel: x\nfocus: {kind: desease}\n"


def test_full_shows_the_line_with_a_marker_the_remedy_and_the_rule(project: Path, call: Call) -> None:
    write(project, BROKEN)
    _, out, _ = call("lint", "--select", "CASE")
    assert out.splitlines()[:8] == [
        "cases/gout/case.yaml:2:1: error CASE001 unknown key “titel”",
        "    2 | titel: x",
        '      | ^^^^^ did you mean "title"?',
        "   casewriter rule CASE001",
        "cases/gout/case.yaml:3:15: error CASE004 “desease” is not one of the words allowed here",
        "    3 | focus: {kind: desease}",
        '      |               ^^^^^^^ did you mean "disease"?',
        "   casewriter rule CASE004",
    ]


def test_full_names_the_item_of_the_guideline(project: Path, call: Call) -> None:
    _, out, _ = call("lint", "--select", "CARE071")
    assert "error CARE071 " in out
    assert "   CARE item 7 · casewriter rule CARE071" in out.splitlines()


def test_concise_is_one_line_for_each_problem(project: Path, call: Call) -> None:
    write(project, BROKEN)
    _, out, err = call("lint", "--select", "CASE", "--output-format", "concise")
    file = "cases/gout/case.yaml"
    assert out.splitlines() == [
        f'{file}:2:1: error CASE001 unknown key “titel”; did you mean "title"?',
        f'{file}:3:15: error CASE004 “desease” is not one of the words allowed here; did you mean "disease"?',
    ]
    assert "2 errors" in err


def test_json_has_the_keys_of_version_1(project: Path, call: Call) -> None:
    write(project, BROKEN)
    code, out, err = call("-v", "lint", "--output-format", "json")
    found = json.loads(out)
    assert (code, err) == (1, "")
    assert found["version"] == 1
    assert set(found) >= {"version", "cases", "summary"}
    (case,) = found["cases"]
    assert set(case) >= {"path", "guideline", "profile", "problems", "items"}
    assert (case["path"], case["guideline"], case["profile"]) == ("cases/gout/case.yaml", "care", "generic-care")
    keys = {"code", "rule", "level", "message", "path", "line", "column", "end_line", "end_column", "items", "fix"}
    assert case["problems"]
    assert all(set(problem) >= keys for problem in case["problems"])
    (unknown,) = [problem for problem in case["problems"] if problem["code"] == "CASE001"]
    assert {key: unknown[key] for key in keys - {"message"}} == {
        "code": "CASE001", "rule": "unknown-key", "level": "error", "path": ["titel"], "line": 2, "column": 1,
        "end_line": 2, "end_column": 6, "items": [], "fix": None,
    }  # fmt: skip
    assert len(case["items"]) == 30
    assert all(set(item) >= {"id", "state", "reason", "problems"} for item in case["items"])
    (timeline,) = [item for item in case["items"] if item["id"] == "7"]
    assert (timeline["state"], timeline["reason"], timeline["problems"]) == ("missing", None, ["CARE071"])
    levels = [problem["level"] for problem in case["problems"]]
    assert found["summary"] == {name + "s": levels.count(name) for name in ("error", "warning", "info")}


def test_json_of_a_clean_case_has_thirty_items_present(call: Call) -> None:
    code, out, _ = call("lint", EXEMPLARY, "--output-format", "json")
    (case,) = json.loads(out)["cases"]
    assert code == 0
    assert case["problems"] == []
    assert [item["state"] for item in case["items"]] == ["present"] * 30


def codes(out: str) -> list[str]:
    return [problem["code"] for case in json.loads(out)["cases"] for problem in case["problems"]]


def test_select_and_ignore_take_codes_and_families(project: Path, call: Call) -> None:
    write(project, BROKEN)
    everything = codes(call("lint", "--output-format", "json")[1])
    assert {"CASE001", "CASE004", "CARE071"} <= set(everything)
    for option, names, kept in [
        ("--select", "CASE", lambda c: c.startswith("CASE")),
        ("--select", "case001,CARE071", lambda c: c in ("CASE001", "CARE071")),
        ("--ignore", "CARE", lambda c: not c.startswith("CARE")),
        ("--ignore", "CASE001", lambda c: c != "CASE001"),
    ]:
        found = codes(call("lint", "--output-format", "json", option, names)[1])
        assert found == [code for code in everything if kept(code)]
        assert found


def test_explain_prints_the_page_of_the_rule(project: Path, call: Call) -> None:
    write(project, BROKEN)
    _, out, _ = call("lint", "--select", "CASE001", "--explain")
    assert "Anything under an unknown key would not be printed" in out
    assert "Anything under an unknown key" not in call("lint", "--select", "CASE001")[1]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lint: {ignore: {CASE004: kept for the editor}}\n", []),
        ("lint: {ignore: {CASE001: kept for the editor}}\n", ["CASE004", "CASE017"]),
        ("lint: {ignore: {CASE004: ''}}\n", ["CASE004", "CASE018"]),
        ("lint: {ignore: {CASE004: ' '}}\n", ["CASE004", "CASE018"]),
        ("", ["CASE004"]),
    ],
)
def test_a_problem_is_ignored_where_a_reason_is_given(project: Path, call: Call, text: str, left: list[str]) -> None:
    write(project, "format: 1\nfocus: {kind: desease}\n" + text)
    code, out, _ = call("lint", "--select", "CASE", "--output-format", "json")
    assert codes(out) == left
    assert code == bool(left)


def test_a_comment_ignores_its_line_only(project: Path, call: Call) -> None:
    write(
        project,
        "format: 1\n"
        "titel: x  # casewriter: ignore[CASE001] the editor wants it\n"
        "# casewriter: ignore[CASE001] and this one\n"
        "auther: y\n"
        "keyword: z\n",
    )
    _, out, _ = call("lint", "--select", "CASE,YAML", "--output-format", "json")
    (case,) = json.loads(out)["cases"]
    assert [(p["code"], p["line"]) for p in case["problems"]] == [("CASE001", 5)]


def test_quiet_prints_errors_only(project: Path, call: Call) -> None:
    write(project, SMALL + "figures: {a: {file: a.png}}\n")
    loud = call("lint", "--output-format", "concise")[1]
    assert ": warning " in loud
    code, out, err = call("lint", "-q", "--output-format", "concise")
    assert code == 1
    assert out.splitlines() == [line for line in loud.splitlines() if ": error " in line]
    assert err == ""


# ------------------------------------------------------------------------------------------- what the program knows


def test_rule_lists_every_code_once_and_explains_each(call: Call) -> None:
    code, out, _ = call("rule")
    listed = [line.split()[0] for line in out.splitlines()]
    assert code == 0
    assert len(listed) > 60
    assert len(set(listed)) == len(listed)
    assert set(listed) >= {"YAML001", "CASE001", "CARE011", "CARE131", "REF001", "FIG001"}
    names = set()
    for kind in all_kinds():
        left, page, _ = call("rule", kind.code.lower())
        assert left == 0
        assert page.startswith(f"{kind.code} {kind.name} ({kind.level.value})")
        assert len(page.splitlines()) > 2
        names.add(kind.name)
    assert call("rule", "unknown-key")[1] == call("rule", "CASE001")[1]


def test_profile_lists_one_a_line_with_its_id_first_and_shows_each(project: Path, call: Call) -> None:
    code, out, _ = call("profile")
    names = [line.split()[0] for line in out.splitlines()]
    assert code == 0
    assert {"generic-care", "clinical-rheumatology"} <= set(names)
    for name in names:
        left, page, _ = call("profile", name)
        assert left == 0
        assert page.startswith(f"{name}: ")
        assert "sections:" in page


def test_templates_say_which_file_wins(project: Path, call: Call) -> None:
    code, out, _ = call("templates")
    assert code == 0
    assert {"article", "manuscript"} <= {line.split()[0] for line in out.splitlines()}
    mine = project / "templates" / "mine"
    mine.mkdir(parents=True)
    (mine / "template.yaml").write_text("extends: article\ndescription: Mine\n", "utf-8")
    inherited = call("templates", "--where", "page.html.j2", "--template", "mine")[1].strip()
    assert Path(inherited).is_file()
    assert inherited == call("templates", "--where", "page.html.j2")[1].strip()
    (mine / "page.html.j2").write_text("x", "utf-8")
    assert call("templates", "--where", "page.html.j2", "--template", "mine")[1].strip() == str(mine / "page.html.j2")


def test_the_schema_takes_the_exemplary_case_and_refuses_an_unknown_key(project: Path, call: Call) -> None:
    code, out, _ = call("schema")
    schema = json.loads(out)
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(json.dumps(loaded((EXEMPLARY / "case.yaml").read_bytes()), default=str))
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(data)) == []
    assert len(list(validator.iter_errors({**data, "titel": "x"}))) == 1
    assert list(validator.iter_errors({"title": "no format"}))
    assert call("schema", "-o", "case.schema.json")[:2] == (0, "")
    assert json.loads((project / "case.schema.json").read_text("utf-8")) == schema


def test_doctor_says_what_is_here(call: Call) -> None:
    code, out, _ = call("doctor")
    assert code == 0
    assert all(word in out for word in ("Python", "templates", "font", "WeasyPrint"))


def test_new_writes_a_case_that_loads_and_never_over_another(project: Path, call: Call) -> None:
    assert call("new", "second")[0] == 0
    file = project / "cases" / "second" / "case.yaml"
    written = file.read_bytes()
    assert codes(call("lint", file, "--select", "CASE,YAML", "--output-format", "json")[1]) == []
    assert call("new", "second")[0] == 2
    assert file.read_bytes() == written


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["-h"]])
def test_version_and_help_import_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom casewriter.cli.app import run\n"
        f"code = run({arguments!r})\n"
        "heavy = {'pydantic', 'weasyprint', 'lxml', 'yaml', 'PIL', 'rich', 'citeproc', 'markdown'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy), code)\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout.splitlines()[-1] == "heavy: [] 0"
    assert len(found.stdout.splitlines()) >= 2


def test_the_package_itself_imports_nothing_heavy() -> None:
    program = "import casewriter, sys; print(sorted({'pydantic', 'weasyprint', 'lxml', 'click'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert found.stdout.strip() == "[]"


def test_help_names_every_verb(call: Call) -> None:
    code, out, _ = call("--help")
    assert code == 0
    assert VERBS
    assert all(verb in out for verb in VERBS)
    for verb in VERBS:
        left, page, _ = call(verb, "--help")
        assert left == 0
        assert page.startswith(f"Usage: casewriter {verb}")


# ---------------------------------------------------------------------------------------------------- as a real process


def test_the_program_leaves_with_its_exit_code_and_keeps_its_streams_apart(project: Path) -> None:
    clean = command("lint", str(EXEMPLARY))
    assert (clean.returncode, clean.stderr) == (0, "")
    assert command("lint").returncode == 1
    wrong = command("lnt")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in wrong.stderr


def test_a_terminal_without_unicode_and_a_name_that_is_no_text_give_no_traceback(project: Path) -> None:
    plain = command("lint", env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert plain.returncode == 1
    assert "Traceback" not in plain.stderr
    strange = subprocess.run(
        [sys.executable.encode(), b"-m", b"casewriter", b"lint", b"\xff\xfe"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert strange.returncode == 2
    assert b"Traceback" not in strange.stderr


def test_a_reader_that_goes_away_is_no_failure(project: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "casewriter", "rule"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
        process.wait(60)
    assert b"Traceback" not in told
    assert b"Exception" not in told


@pytest.fixture
def watching(project: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A `render --watch` that is under way, and where its standard error goes."""
    with under_way(project, "render", "--watch", "--to", "html") as (process, told):
        yield process, told


@contextmanager
def under_way(project: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Start a watch; give it and the file that holds what it prints."""
    told = project / "stderr.txt"
    # a shell keeps Ctrl-C from what runs in its background, these tests and their children included
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with told.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "casewriter", *arguments],
            stderr=stream, stdout=stream, start_new_session=True, text=True,
        )  # fmt: skip
        signal.signal(signal.SIGINT, before)
        try:
            await_text(told, "watching")
            yield process, told
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)


def await_text(file: Path, text: str, count: int = 1) -> None:
    until = time.monotonic() + 30
    while file.read_text("utf-8").count(text) < count:
        assert time.monotonic() < until, f"“{text}” did not come: {file.read_text('utf-8')}"
        time.sleep(0.05)


def test_ctrl_c_ends_a_watch_with_130_at_once(watching: tuple[subprocess.Popen[str], Path]) -> None:
    process, told = watching
    time.sleep(0.5)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert time.monotonic() - started < 2
    assert "Traceback" not in told.read_text("utf-8")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_watch_renders_at_every_save_and_keeps_the_last_good_page(
    watching: tuple[subprocess.Popen[str], Path], project: Path
) -> None:
    _, told = watching
    page = project / "output" / "gout" / "gout.html"
    time.sleep(0.5)
    write(project, SMALL.replace("short", "changed"))
    await_text(told, "wrote", 2)
    good = page.read_bytes()
    assert b"A changed text." in good
    write(project, "format: 1\ntitle: a: b\n")
    await_text(told, "YAML007")
    assert page.read_bytes() == good


def test_a_watch_checks_at_every_save_and_goes_on_after_a_broken_one(project: Path) -> None:
    with under_way(project, "lint", "--watch", "--output-format", "concise") as (process, told):
        assert "YAML007" not in told.read_text("utf-8")
        time.sleep(0.5)
        write(project, "format: 1\ntitle: a: b\n")
        await_text(told, "cases/gout/case.yaml:2:8: error YAML007")
        write(project, SMALL.replace("short", "[@nowhere]"))
        await_text(told, "no reference has the key “nowhere”")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    assert "Traceback" not in told.read_text("utf-8")


def test_a_watch_of_lint_prints_lines_not_documents(call: Call) -> None:
    code, out, err = call("lint", "--watch", "--output-format", "json")
    assert (code, out) == (2, "")
    assert "--watch prints line by line: choose full, concise or github" in err


# ---------------------------------------------------------------------------------------------- files are written whole


def files(folder: Path) -> set[str]:
    """Return every file below a folder, hidden ones too, but not the program's notes of what it rendered."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if not name.endswith(".stamp.json")}


def test_render_writes_each_format_under_the_name_of_the_case(project: Path, call: Call) -> None:
    code, out, err = call("render")
    assert (code, out) == (0, "")
    assert files(project / "output") == {"gout/gout.html", "gout/gout.pdf"}
    assert (project / "output" / "gout" / "gout.pdf").read_bytes().startswith(b"%PDF-")
    assert all(f"wrote output/gout/gout.{form} " in err for form in ("html", "pdf"))
    assert "A short text." in (project / "output" / "gout" / "gout.html").read_text("utf-8")


def test_render_writes_elsewhere_when_told(project: Path, call: Call) -> None:
    lone = project / "lone.yaml"
    lone.write_text(SMALL, "utf-8")
    assert call("render", "--to", "html", "-o", project / "else where", "cases/gout", lone)[0] == 0
    assert files(project / "else where") == {"gout/gout.html", "lone/lone.html"}
    assert not (project / "output").exists()


@pytest.mark.parametrize("call_that_fails", ["os.fsync", "os.replace"])
@pytest.mark.parametrize(("error", "code"), [(OSError(28, "No space left on device"), 2), (KeyboardInterrupt(), 130)])
def test_a_failed_write_leaves_the_old_file_whole_and_nothing_else(
    project: Path, call: Call, monkeypatch: pytest.MonkeyPatch, call_that_fails: str, error: BaseException, code: int
) -> None:
    assert call("render", "--to", "html")[0] == 0
    page = project / "output" / "gout" / "gout.html"
    old = page.read_bytes()
    write(project, SMALL.replace("short", "changed"))

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(call_that_fails, fail)
        left, _, err = call("render", "--to", "html")
    assert left == code
    assert code == 130 or "No space left on device" in err
    assert page.read_bytes() == old
    assert files(project / "output") == {"gout/gout.html"}
    assert call("render", "--to", "html")[0] == 0
    assert b"A changed text." in page.read_bytes()


def test_a_case_with_errors_is_not_rendered_and_the_old_page_stays(project: Path, call: Call) -> None:
    assert call("render", "--to", "html")[0] == 0
    page = project / "output" / "gout" / "gout.html"
    old = page.read_bytes()
    write(project, BROKEN)
    code, _, err = call("render", "--to", "html")
    assert code == 1
    assert "CASE001" in err
    assert page.read_bytes() == old


@pytest.mark.parametrize("linked", [False, True])
def test_render_never_writes_over_the_case_itself(project: Path, call: Call, linked: bool) -> None:
    source = project / "out" / "x" / "x.html"
    source.parent.mkdir(parents=True)
    source.write_text(SMALL, "utf-8")
    out = project / "out"
    if linked:
        out = project / "link"
        out.symlink_to(project / "out")
    code, _, err = call("render", "--to", "html", "-o", out, source)
    assert code == 2
    assert "--output" in err
    assert source.read_text("utf-8") == SMALL
    assert files(project / "out") == {"x/x.html"}


def test_nothing_is_written_over_a_file_that_the_case_reads(project: Path, call: Call) -> None:
    folder = project / "out" / "x"
    folder.mkdir(parents=True)
    Image.new("RGB", (4, 4), "red").save(folder / "x.html", "PNG")
    picture = (folder / "x.html").read_bytes()
    (folder / "x.yaml").write_text(SMALL + "figures: {a: {file: x.html, alt: red}}\n", "utf-8")
    call("render", "--to", "html", "-o", project / "out", folder / "x.yaml")
    assert (folder / "x.html").read_bytes() == picture


def test_the_source_is_never_touched(project: Path, call: Call) -> None:
    file = project / "cases" / "gout" / "case.yaml"
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert call("lint")[0] == 1
    assert call("render", "--to", "html")[0] == 0
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert files(project / "cases") == {"gout/case.yaml"}


def test_cases_side_by_side_give_the_same_bytes_as_one_after_the_other(project: Path, call: Call) -> None:
    for name in ("second", "third"):
        write(project, SMALL.replace("Gout", name), name)
    assert call("render", "--to", "html", "-o", "one")[0] == 0
    found = command("render", "--to", "html", "-o", "many", "--jobs", "3")
    assert found.returncode == 0
    assert files(project / "one") == files(project / "many") == {f"{n}/{n}.html" for n in ("gout", "second", "third")}
    for name in files(project / "one"):
        assert (project / "one" / name).read_bytes() == (project / "many" / name).read_bytes()


# ------------------------------------------------------------------------------------------- what a case may not read

ESCAPES = [
    "../secret%",
    "../../secret%",
    "figures/../../secret%",
    "./../secret%",
    "@/secret%",
    "file://@/secret%",
    "~/secret%",
    "link%",
    "linked/secret%",
    "..\\secret%",
    "C:\\secret%",
    "\\\\server\\share\\secret%",
    "//@/secret%",
    "folder%",
    "missing%",
    "http://localhost/secret%",
]


@pytest.fixture
def guarded(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with secrets outside the case's folder, and links to them inside it."""
    folder = project / "cases" / "gout"
    monkeypatch.setenv("HOME", str(project))
    record = f"@article{{canary, title = {{{CANARY}}}, author = {{A, B}}, year = 2020}}"
    for home in (project, project / "cases"):
        (home / "secret.bib").write_text(record, "utf-8")
        Image.new("RGB", (3, 3), (1, 2, 3)).save(home / "secret.png")
    for suffix in (".bib", ".png"):
        (folder / f"link{suffix}").symlink_to(project / f"secret{suffix}")
        (folder / f"folder{suffix}").mkdir()
    (folder / "figures").mkdir()
    (folder / "linked").symlink_to(project)
    return project


def told(call: Call, project: Path) -> tuple[list[str], str]:
    """Return the codes that lint finds, and everything that lint and render print and write."""
    linted = call("lint", "--output-format", "json")
    rendered = call("render", "--to", "html")
    page = (project / "output" / "gout" / "gout.html").read_text("utf-8")
    return codes(linted[1]), "\n".join((*linted[1:], *rendered[1:], page))


@pytest.mark.parametrize("path", ESCAPES)
def test_a_picture_outside_the_case_is_refused_and_not_read(guarded: Path, call: Call, path: str) -> None:
    name = path.replace("%", ".png").replace("@", str(guarded))
    write(guarded, SMALL + f"figures: {{a: {{file: {json.dumps(name)}, alt: secret}}}}\n")
    found, printed = told(call, guarded)
    assert found.count("FIG002") == 1
    assert "data:image/png" not in printed
    assert base64.b64encode((guarded / "secret.png").read_bytes()).decode()[:60] not in printed


@pytest.mark.parametrize("path", ESCAPES)
def test_references_outside_the_case_are_refused_and_not_read(guarded: Path, call: Call, path: str) -> None:
    name = path.replace("%", ".bib").replace("@", str(guarded))
    write(guarded, SMALL + f"references: [{{file: {json.dumps(name)}}}]\nconclusion: See [@canary].\n")
    found, printed = told(call, guarded)
    assert found.count("REF003") == 1
    assert found.count("REF005") == 1
    assert CANARY not in printed


def test_the_same_files_inside_the_case_are_read(guarded: Path, call: Call) -> None:
    folder = guarded / "cases" / "gout"
    shutil.copy(guarded / "secret.bib", folder / "mine.bib")
    shutil.copy(guarded / "secret.png", folder / "figures" / "mine.png")
    figures = "figures: {a: {file: figures/mine.png, alt: x}}\n"
    write(guarded, SMALL + figures + "references: [{file: mine.bib}]\nconclusion: See [@canary], @fig-a.\n")
    found, printed = told(call, guarded)
    assert not {"FIG002", "REF003", "REF005"} & set(found)
    assert CANARY in printed
    assert "data:image/png" in printed


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(
    ("text", "code"),
    [("figures: {a: {file: pipe.png, alt: x}}\n", "FIG002"), ("references: [{file: pipe.bib}]\n", "REF003")],
)
def test_a_pipe_is_refused_without_waiting_for_it(project: Path, text: str, code: str) -> None:
    for name in ("pipe.png", "pipe.bib"):
        os.mkfifo(project / "cases" / "gout" / name)
    write(project, SMALL + text)
    assert f"error {code} " in command("lint", "--output-format", "concise").stdout
    assert f"error {code} " in command("render", "--to", "html").stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_case_that_is_a_pipe_or_a_device_is_refused_without_waiting(project: Path) -> None:
    os.mkfifo(project / "pipe.yaml")
    for path in ("pipe.yaml", "/dev/zero", "/dev/null"):
        found = command("lint", path)
        assert found.returncode == 2
        assert "Traceback" not in found.stderr
        assert path in found.stderr


def test_the_name_of_a_case_does_not_choose_a_folder_outside_the_outputs(project: Path, call: Call) -> None:
    odd = project / "cases" / "a b"
    odd.mkdir()
    (odd / "case.yaml").write_text(SMALL, "utf-8")
    (project / "cases" / "...yaml").write_text(SMALL, "utf-8")
    assert call("render", "--to", "html", "cases/a b", "cases/...yaml")[0] in (0, 2)
    written = {path for path in files(project) if path.endswith(".html")}
    assert written
    assert all(path.startswith("output/") for path in written)
