"""Writing outputs when things go wrong: a kill, a full disk, Ctrl-C, two cases of one name, a watch of its own folder."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casewriter.cli.app import run
from casewriter.work.leftovers import beginning

EXEMPLARY = Path(__file__).parents[1] / "cases" / "exemplary-dress"
CASE = "format: 1\ntitle: Gout\nintroduction: A short text.\n"
HOUR = 3600
Call = Callable[..., tuple[int, str]]


def case(folder: Path, title: str = "Gout") -> Path:
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE.replace("Gout", title), "utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    case(tmp_path / "cases" / "gout")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command line; return its exit code and standard error."""

    def made(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        code = run([str(one) for one in arguments])
        return code, capsys.readouterr().err

    return made


def program(*arguments: str, stderr: Path, cwd: Path) -> subprocess.Popen[bytes]:
    """Start the program in a process group of its own that hears Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with stderr.open("w") as stream:
        started = subprocess.Popen(
            [sys.executable, "-m", "casewriter", *arguments],
            stderr=stream, stdout=subprocess.DEVNULL, start_new_session=True, cwd=cwd,
        )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    return started


def wait_for(met: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + 30
    while not met():
        assert time.monotonic() < until, f"{what} did not come"
        time.sleep(0.02)


def temporaries(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.tmp"))


# ------------------------------------------------------------------------------------------------- what a kill leaves

KILLED = """
import os, signal, sys
from casewriter.work import write
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
from casewriter.cli.app import main
main(["render", "--to", "html"])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill here")
def test_what_a_killed_build_left_is_cleared_by_the_next(project: Path, call: Call) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(temporaries(project / "output")) == 1
    assert call("render", "--to", "html")[0] == 0
    assert temporaries(project / "output") == []
    assert (project / "output" / "gout" / "gout.html").is_file()


def aged(file: Path, seconds: float) -> Path:
    file.write_bytes(b"x")
    os.utime(file, (time.time() - seconds,) * 2)
    return file


def test_a_build_that_runs_beside_keeps_its_temporary_file(project: Path, call: Call) -> None:
    folder = project / "output" / "gout"
    folder.mkdir(parents=True)
    beside = aged(folder / f"{beginning('gout.html')}abcd1234.tmp", 60)  # the process named is this one: it runs
    assert call("render", "--to", "html")[0] == 0
    assert beside.exists()
    os.utime(beside, (time.time() - 2 * HOUR,) * 2)
    assert call("render", "--to", "html")[0] == 0
    assert not beside.exists()


def test_a_process_of_another_computer_is_given_an_hour(project: Path, call: Call) -> None:
    folder = project / "output" / "gout"
    folder.mkdir(parents=True)
    gone = beginning("gout.html").rsplit(".", 1)[1].split("-")[0]
    other = "000000" if gone != "000000" else "000001"
    recent = aged(folder / f".gout.html.{other}-999999999-abcd1234.tmp", 60)
    old = aged(folder / f".gout.html.{other}-999999999-bcde2345.tmp", 2 * HOUR)
    assert call("render", "--to", "html")[0] == 0
    assert (recent.exists(), old.exists()) == (True, False)


def test_earlier_versions_named_no_process_and_are_given_an_hour(project: Path, call: Call) -> None:
    folder = project / "output" / "gout"
    folder.mkdir(parents=True)
    recent = aged(folder / ".gout.html.ab_d1234.tmp", 60)
    old = aged(folder / ".gout.html.bcde234_.tmp", 2 * HOUR)
    assert call("render", "--to", "html")[0] == 0
    assert (recent.exists(), old.exists()) == (True, False)


STRANGERS = [
    "notes.tmp",
    ".notes.tmp",
    ".gout.html.tmp",
    ".gout.html.my-own-notes.tmp",
    ".gout.html.abcd1234.tmp.bak",
    "gout.html.abcd1234.tmp",
    ".other.html.abcd1234.tmp",
    "~$gout.docx.tmp",
]


def test_files_of_strangers_stay(project: Path, call: Call) -> None:
    folder = project / "output" / "gout"
    folder.mkdir(parents=True)
    for name in STRANGERS:
        aged(folder / name, 48 * HOUR)
    (folder / f"{beginning('gout.html')}abcd1234.tmp").mkdir()
    assert call("render", "--to", "html")[0] == 0
    assert {path.name for path in folder.iterdir()} >= set(STRANGERS)
    assert [path for path in temporaries(folder) if path.is_dir()]


def test_a_long_name_has_room_for_its_temporary_file(project: Path, call: Call) -> None:
    slug = "ä" * 110  # 220 bytes, and 5 for .html
    case(project / "cases" / slug)
    assert call("render", "--to", "html", f"cases/{slug}")[0] == 0
    assert (project / "output" / slug / f"{slug}.html").is_file()


# ------------------------------------------------------------------------------------- a disk that takes nothing more

REFUSALS = [
    (errno.ENOSPC, "No space left on device", "make room"),
    (errno.EDQUOT, "quota", "quota"),
    (errno.EROFS, "Read-only file system", "-o"),
    (errno.EACCES, "Permission denied", "permissions"),
]


@pytest.mark.parametrize(("number", "reason", "remedy"), REFUSALS)
@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "tempfile.mkstemp", "pathlib.Path.mkdir"])
def test_a_write_that_is_refused_names_the_file_and_what_to_do(
    project: Path, call: Call, monkeypatch: pytest.MonkeyPatch, step: str, number: int, reason: str, remedy: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(step, fail)
    code, err = call("render", "--to", "html")
    assert code == 2
    assert len(err.splitlines()) == 1
    assert str(Path("output/gout/gout.html")) in err
    assert reason in err
    assert remedy in err
    assert "a file:" not in err


def test_an_output_folder_that_is_a_file_is_named(project: Path, call: Call) -> None:
    (project / "taken").write_text("x", "utf-8")
    code, err = call("render", "--to", "html", "-o", "taken/out")
    assert code == 2
    assert str(Path("taken/out/gout/gout.html")) in err
    assert "-o" in err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user that permissions bind")
def test_a_folder_without_permission_is_named(project: Path, call: Call) -> None:
    (project / "output").mkdir(mode=0o500)
    code, err = call("render", "--to", "html")
    assert code == 2
    assert "output" in err
    assert "permissions" in err


# ------------------------------------------------------------------------------------------- two cases with one name

TWINS = [
    ("2023/gout", "2024/gout"),
    ("a/Gout", "b/gout"),
    (unicodedata.normalize("NFC", "a/Fräse"), unicodedata.normalize("NFD", "b/Fräse")),
]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("first", "second"), TWINS)
def test_two_cases_with_one_name_are_both_named(project: Path, call: Call, first: str, second: str, jobs: str) -> None:
    for name in (first, second):
        case(project / "cases" / name, name)
    code, err = call("render", "--to", "html", "--jobs", jobs, f"cases/{first}", f"cases/{second}")
    assert code == 2
    assert f"cases/{first}" in err
    assert f"cases/{second}" in err
    assert not (project / "output").exists()


def test_lone_files_with_one_name_are_both_named_for_export_too(project: Path, call: Call) -> None:
    for name in ("a", "b"):
        (project / name).mkdir()
        (project / name / "lupus.yaml").write_text(CASE, "utf-8")
    for verb in (["render"], ["export", "--to", "ris"]):
        code, err = call(*verb, "a/lupus.yaml", "b/lupus.yaml", "-o", "out")
        assert code == 2
        assert "a/lupus.yaml" in err
        assert "b/lupus.yaml" in err


def test_one_name_in_two_projects_is_two_outputs(project: Path, call: Call) -> None:
    for name in ("one", "two"):
        case(project / name / "cases" / "lupus", name)
    assert call("render", "--to", "html", "one/cases/lupus", "two/cases/lupus")[0] == 0
    for name in ("one", "two"):
        assert f">{name}<" in (project / name / "output" / "lupus" / "lupus.html").read_text("utf-8")


def test_a_case_that_is_named_twice_is_one_case(project: Path, call: Call) -> None:
    names = ["cases/gout", project / "cases" / "gout", "cases/gout/case.yaml", "cases", "./cases/../cases/gout"]
    code, err = call("render", "--to", "html", *names)
    assert code == 0
    assert err.count("wrote ") == 1


def test_cases_side_by_side_are_reported_in_their_order(project: Path, call: Call) -> None:
    names = [f"cases/{name}" for name in "dacb"]
    for name in names:
        case(project / name)
    code, err = call("render", "--to", "html", "--jobs", "2", *names)
    assert code == 0
    wrote = [line.split()[1] for line in err.splitlines() if line.startswith("wrote ")]
    assert wrote == [f"output/{name}/{name}.html" for name in "dacb"]


# ------------------------------------------------------------------------------------------------- watching, stopping

PLACES = [[], ["-o", "out"], ["-o", "."], ["-o", ".."], ["-o", "a/b"]]


@pytest.fixture
def stop() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for one in started:
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait(10)


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_a_watch_does_not_see_what_it_writes(
    tmp_path: Path, place: list[str], stop: list[subprocess.Popen[bytes]]
) -> None:
    lone, told = case(tmp_path / "lone"), tmp_path / "stderr.txt"
    stop.append(program("render", ".", "--watch", "--to", "html", *place, stderr=told, cwd=lone))
    wait_for(lambda: "watching" in told.read_text("utf-8"), "the watch")
    time.sleep(0.5)
    before = told.read_text("utf-8").count("wrote")
    (lone / "case.yaml").write_text(CASE.replace("short", "changed"), "utf-8")
    wait_for(lambda: told.read_text("utf-8").count("wrote") > before, "the render")
    time.sleep(4)
    assert 1 <= told.read_text("utf-8").count("wrote") - before <= 2
    started = time.monotonic()
    stop[0].send_signal(signal.SIGINT)
    assert stop[0].wait(10) == 130
    assert time.monotonic() - started < 1


def test_ctrl_c_ends_cases_side_by_side_at_once(tmp_path: Path, stop: list[subprocess.Popen[bytes]]) -> None:
    for number in range(6):
        shutil.copytree(EXEMPLARY, tmp_path / "many" / f"case-{number}")
    out, told = tmp_path / "out", tmp_path / "stderr.txt"
    stop.append(program("render", "many", "--jobs", "2", "-o", str(out), stderr=told, cwd=tmp_path))
    wait_for(lambda: any(out.rglob("*.html")), "a first page")  # the PDFs are being made now
    time.sleep(0.5)
    started = time.monotonic()
    os.killpg(stop[0].pid, signal.SIGINT)
    assert stop[0].wait(10) == 130
    assert time.monotonic() - started < 1
    with pytest.raises(ProcessLookupError):
        os.killpg(stop[0].pid, 0)
    assert "Traceback" not in told.read_text("utf-8")
    assert temporaries(out) == []
