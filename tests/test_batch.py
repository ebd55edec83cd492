"""Several cases: one that crashes, hangs or is killed is named, the others go on, and all of it in the order asked for."""

from __future__ import annotations

import faulthandler
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casewriter.cli.app import run
from casewriter.project import open_case
from casewriter.resources import data_file
from casewriter.work import build as building
from casewriter.work import check as checking

CASE = 'format: 1\ntitle: "A case: {}"\nintroduction: Text.\n'
NAMES = ("a", "bad", "c", "d")
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "case.yaml").write_text(CASE.format(name), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command line; return its exit code, standard output and standard error."""

    def made(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(list(arguments))
        found = capfd.readouterr()
        return code, found.out, found.err

    return made


def test_the_case_that_warms_the_processes_is_read_whole() -> None:
    """Parts that lint or compose cannot read would leave what they need unloaded."""
    opened = open_case(data_file("warm/case.yaml"))
    assert opened.loaded.whole
    assert opened.problems == ()
    assert opened.loaded.case is not None
    told = opened.loaded.case.model_fields_set
    assert {"observation", "labs", "imaging", "pathology", "diagnosis", "treatment", "follow_up", "references"} <= told


def fail() -> None:
    raise ValueError("no such luck")


def leave() -> None:
    raise SystemExit(0)


def fill() -> None:
    raise MemoryError


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash() -> None:
    faulthandler.disable()  # pytest's would print where
    os.kill(os.getpid(), signal.SIGSEGV)


def end() -> None:
    os._exit(7)


def hang() -> None:
    time.sleep(600)


WAYS = [
    (fail, "the program failed; this is a bug in casewriter, not a problem with your case: ValueError: no such luck"),
    (leave, "SystemExit"),
    (fill, "memory of this machine is too small"),
    (kill, "was killed (SIGKILL)"),
    (crash, "crashed (SIGSEGV)"),
    (end, "ended with code 7"),
    (hang, "stopped after 8 seconds"),
]


@pytest.fixture
def break_bad(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Let something happen where the case `bad` is opened."""

    def broken(way: Callable[[], None]) -> None:
        for module in (checking, building):
            sound = module.open_case

            def opened(file: Any, *rest: Any, sound: Any = sound, **options: Any) -> Any:
                if file.slug == "bad":
                    way()
                return sound(file, *rest, **options)

            monkeypatch.setattr(module, "open_case", opened)

    return broken


@pytest.mark.parametrize(("way", "said"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_lint_names_a_case_that_ends_badly_and_checks_the_others(
    project: Path, call: Call, break_bad: Callable[..., None], way: Callable[[], None], said: str
) -> None:
    break_bad(way)
    code, out, err = call("lint", "--output-format", "concise", "--time-limit", "8" if way is hang else "300")
    assert code == 2
    (line,) = [line for line in err.splitlines() if "not checked" in line]
    assert line.startswith("cases/bad/case.yaml: not checked: ")
    assert said in line
    assert "Traceback" not in err
    whole = [line.split(":")[0] for line in err.splitlines() if "items present" in line]
    assert whole == ["cases/a/case.yaml", "cases/c/case.yaml", "cases/d/case.yaml"]
    assert "cases/bad/" not in out


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("way", "said"), [WAYS[0], WAYS[3], WAYS[6]], ids=["fail", "kill", "hang"])
def test_render_names_a_case_that_ends_badly_and_renders_the_others(
    project: Path, call: Call, break_bad: Callable[..., None], way: Callable[[], None], said: str, jobs: str
) -> None:
    break_bad(way)
    code, _, err = call("render", "--to", "html", "--time-limit", "8" if way is hang else "300", "--jobs", jobs)
    assert code == 2
    (line,) = [line for line in err.splitlines() if line.startswith("cases/bad/case.yaml: not rendered: ")]
    assert said in line
    wrote = [line.split()[1] for line in err.splitlines() if line.startswith("wrote")]
    assert wrote == [f"output/{name}/{name}.html" for name in "acd"]
    assert not (project / "output" / "bad" / "bad.html").exists()


def test_debug_shows_where_a_case_failed(project: Path, call: Call, break_bad: Callable[..., None]) -> None:
    break_bad(fail)
    _, _, err = call("lint", "--debug")
    assert "Traceback (most recent call last)" in err
    assert "in fail" in err


def test_json_lists_what_was_not_checked(project: Path, call: Call, break_bad: Callable[..., None]) -> None:
    break_bad(kill)
    code, out, _ = call("lint", "--output-format", "json")
    assert code == 2
    found = json.loads(out)
    assert [one["path"] for one in found["cases"]] == [f"cases/{name}/case.yaml" for name in "acd"]
    (lost,) = found["not_checked"]
    assert lost["path"] == "cases/bad/case.yaml"
    assert "SIGKILL" in lost["reason"]


def test_sarif_says_that_the_run_was_not_complete(project: Path, call: Call, break_bad: Callable[..., None]) -> None:
    break_bad(fail)
    _, out, _ = call("lint", "--output-format", "sarif")
    (run_,) = json.loads(out)["runs"]
    (invocation,) = run_["invocations"]
    assert invocation["executionSuccessful"] is False  # SARIF 2.1.0, 3.20.14
    assert "cases/bad/case.yaml: not checked" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_a_case_that_cannot_be_read_does_not_stop_the_others(project: Path, call: Call) -> None:
    bad = project / "cases" / "bad" / "case.yaml"
    bad.write_text("format: 1\nprofile: no-such-journal\ntitle: Gout\n", "utf-8")
    code, _, err = call("lint", "--output-format", "concise")
    assert "no-such-journal" in err
    assert err.count("items present") >= 3
    assert code in (1, 2)


def test_an_option_that_no_case_can_satisfy_is_reported_once(project: Path, call: Call) -> None:
    for verb in (["lint"], ["render", "--to", "html"]):
        code, out, err = call(*verb, "--profile", "no-such-journal")
        assert (code, out, err.count("no-such-journal")) == (2, "", 1)


@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github"])
def test_lint_side_by_side_prints_what_it_prints_one_after_the_other(project: Path, call: Call, form: str) -> None:
    two = call("lint", "--output-format", form)
    one = call("lint", "--output-format", form, "-v")  # one process: steps are printed in order
    steps = ("read ", "compose ", "lint ")
    assert two[:2] == one[:2]
    assert two[2].splitlines() == [line for line in one[2].splitlines() if not line.startswith(steps)]


def test_a_problem_is_printed_before_the_next_case_is_checked(project: Path) -> None:
    os.mkfifo(project / "cases" / "bad" / "references.bib")  # whoever opens it waits
    (project / "cases" / "bad" / "case.yaml").write_text(
        CASE.format("bad") + "references: [{file: references.bib}]\n", "utf-8"
    )
    command = [sys.executable, "-m", "casewriter", "lint", "--output-format", "concise", "--time-limit", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as started:
        assert started.stdout is not None
        first = started.stdout.readline()
        running = started.poll() is None
        os.killpg(started.pid, signal.SIGKILL)
    assert first.startswith("cases/a/case.yaml:")
    assert running


def on_terminal(*arguments: str) -> str:
    """Return what a command writes to a terminal that is its standard error."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "casewriter", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as started:
        os.close(theirs)
        found = b""
        try:
            while part := os.read(ours, 65536):
                found += part
        except OSError:  # the other end is closed
            pass
        assert started.stdout is not None
        assert "lint ━" not in started.stdout.read()
    os.close(ours)
    return found.decode("utf-8")


@pytest.mark.parametrize("verb", [["lint"], ["render", "--to", "html"]])
def test_a_bar_is_shown_on_a_terminal_and_erased(project: Path, call: Call, verb: list[str]) -> None:
    shown = on_terminal(*verb)
    assert f"{verb[0]} ╌" in shown
    assert " 3/4" in shown
    assert all(part.endswith("/4\r") for part in shown.split("\x1b[K") if "╌" in part)  # what was drawn is erased
    assert "╌" not in call(*verb, "-q")[2]
