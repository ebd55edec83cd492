"""What tools/start.py decides: the install line of each platform, the stamp, the exit code."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "start.py"
specification = importlib.util.spec_from_file_location("start", SCRIPT)
assert specification
assert specification.loader
start = importlib.util.module_from_spec(specification)
specification.loader.exec_module(start)


@pytest.mark.parametrize(
    ("manager", "platform", "line"),
    [
        (
            "apt-get",
            "linux",
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends"
            " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        ("dnf", "linux", "sudo dnf install -y pango harfbuzz"),
        (None, "darwin", "brew install pango"),
        (None, "win32", "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_a_known_platform_gets_its_own_line_only(manager: str | None, platform: str, line: str) -> None:
    text = start.remedy(manager, platform)
    assert line in text.splitlines()[0]
    assert sum(name in text for name in ("apt-get", "dnf", "brew install", "pacman")) == 1


def test_an_unknown_linux_gets_every_line() -> None:
    text = start.remedy(None, "linux")
    assert all(name in text for name in ("apt-get install", "dnf install", "brew install", "pacman -S"))


@pytest.mark.parametrize(
    ("platform", "program", "expected"),
    [
        ("linux", "apt-get", "apt-get"),
        ("linux", "dnf", "dnf"),
        ("linux", "apk", None),
        ("darwin", "apt-get", None),
    ],
)
def test_package_manager(monkeypatch: pytest.MonkeyPatch, platform: str, program: str, expected: str | None) -> None:
    monkeypatch.setattr(start.sys, "platform", platform)
    monkeypatch.setattr(start.shutil, "which", lambda name: name if name == program else None)
    assert start.package_manager() == expected


@pytest.mark.parametrize(
    ("user", "sudo", "works", "expected"),
    [
        (0, None, False, []),
        (1000, "/usr/bin/sudo", True, ["sudo", "-n"]),
        (1000, "/usr/bin/sudo", False, None),
        (1000, None, True, None),
    ],
)
@pytest.mark.skipif(not hasattr(start.os, "geteuid"), reason="Windows has no root")
def test_install_rights(
    monkeypatch: pytest.MonkeyPatch, user: int, sudo: str | None, works: bool, expected: list[str] | None
) -> None:
    monkeypatch.setattr(start.os, "geteuid", lambda: user)
    monkeypatch.setattr(start.shutil, "which", lambda name: sudo)
    monkeypatch.setattr(start, "succeeds", lambda command: works)
    assert start.install_rights() == expected


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "uv.lock").write_text("version = 1")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(start, "find_uv", lambda: "uv")
    return tmp_path


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_the_stamp_follows_each_file(checkout: Path, name: str) -> None:
    before = start.stamp(checkout)
    assert start.stamp(checkout) == before
    (checkout / name).write_text("changed")
    assert start.stamp(checkout) != before


def test_the_stamp_follows_the_extras(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = start.stamp(checkout)
    monkeypatch.setattr(start, "SYNC", ("sync", "--frozen"))
    assert start.stamp(checkout) != before


def test_packages_are_installed_once_and_again_when_the_lock_changes(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(start, "run", lambda command, **_: commands.append(command))
    start.install_packages()
    start.install_packages()
    assert [command[:3] for command in commands] == [["uv", "sync", "--frozen"]]
    (checkout / "uv.lock").write_text("version = 2")
    start.install_packages()
    assert len(commands) == 2


def test_a_failed_installation_leaves_no_stamp(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start.STAMP.write_text("older")
    monkeypatch.setattr(start.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    with pytest.raises(start.CannotGoOnError, match="uv sync --frozen"):
        start.install_packages()
    assert not start.STAMP.exists()


def test_missing_libraries_without_rights_stop_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in ("make_environment", "install_packages"):
        monkeypatch.setattr(start, step, lambda: None)
    monkeypatch.setattr(start, "libraries_load", lambda: False)
    monkeypatch.setattr(start, "package_manager", lambda: "dnf")
    monkeypatch.setattr(start, "install_rights", lambda: None)
    assert start.main(["setup"]) == 2
    assert "sudo dnf install -y pango harfbuzz" in capsys.readouterr().err


EXPLAINED, PLACE = "the cases have problems", "the outputs are in"


@pytest.mark.parametrize(("code", "told"), [(0, [PLACE]), (1, [EXPLAINED, PLACE]), (2, [])])
def test_render_fails_only_when_the_cases_could_not_be_rendered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int, told: list[str]
) -> None:
    monkeypatch.setattr(start.subprocess, "run", lambda _, **options: subprocess.CompletedProcess([], code))
    assert start.render([]) == (0 if code == 1 else code)
    printed = capsys.readouterr().out
    assert [text for text in (EXPLAINED, PLACE) if text in printed] == told


def test_only_test_passes_arguments_on() -> None:
    assert start.parse(["test", "-k", "stamp"]) == ("test", ["-k", "stamp"])
    with pytest.raises(SystemExit):
        start.parse(["render", "--to", "html"])
