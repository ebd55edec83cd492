"""The wheel: holds templates and data, and works from an empty folder in an environment of its own."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from stress import ROOT, picture, written

UV = shutil.which("uv")
COMMITTED = ("casewriter", "templates")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with its dependencies into a fresh environment; return the program."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    if UV is None:
        pytest.skip("uv is not here; it installs from its cache")
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, home], check=True, capture_output=True)
    install = [UV, "pip", "install", "-q", "--python", home, wheel]
    done = subprocess.run([*install, "--offline"], capture_output=True, text=True, check=False)
    if done.returncode:
        done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home / ("Scripts" if os.name == "nt" else "bin") / "casewriter"


def call(program: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program in a folder, with nothing of this checkout in reach."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [program, *arguments], cwd=folder, env=clean, capture_output=True, text=True, encoding="utf-8", check=False
    )


def shipped() -> set[str]:
    """Return the names in the wheel of all files of the package, its data and the templates."""
    files = [file for top in COMMITTED for file in (ROOT / top).rglob("*") if file.is_file()]
    names = {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}
    return {f"casewriter/_{name}" if name.startswith("templates/") else name for name in names}


def test_the_wheel_holds_the_package_its_data_and_the_templates_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == shipped()
    assert len([name for name in inside if name.startswith("casewriter/_templates/")]) > 15
    assert len([name for name in inside if name.startswith("casewriter/data/")]) > 5
    assert [name for name in names if name.endswith("LICENSE")]


def test_the_installed_program_makes_checks_and_renders_a_case(program: Path, tmp_path: Path) -> None:
    made = call(program, tmp_path, "new", "my-case")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "cases" / "my-case" / "case.yaml").is_file()
    checked = call(program, tmp_path, "lint")
    assert checked.returncode == 1, checked.stderr
    assert "CARE" in checked.stdout
    done = call(program, tmp_path, "render")
    assert done.returncode in (0, 1), done.stderr
    out = tmp_path / "output" / "my-case"
    assert {file.name for file in out.iterdir()} == {"my-case.html", "my-case.pdf"}
    assert "<h1" in (out / "my-case.html").read_text("utf-8")
    for run in (made, checked, done):
        assert "Traceback" not in run.stderr
        assert str(ROOT) not in run.stdout + run.stderr


def test_the_installed_program_makes_the_same_pdf_as_the_checkout(program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "one"
    picture(folder / "p.png", (300, 200), (20, 90, 160), "P")
    case = {"format": 1, "title": "One", "introduction": "See @fig-f.", "language": "en"}
    written(folder, case | {"figures": {"f": {"file": "p.png", "caption": "C.", "alt": "a"}}})
    for layout in ("article", "manuscript"):
        done = call(program, tmp_path, "render", "--layout", layout, "-o", "there")
        assert done.returncode == 0, done.stderr
        command = [sys.executable, "-m", "casewriter", "render", "--layout", layout, "-o", "here"]
        here = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=tmp_path, env=here, check=True, capture_output=True)
    files = sorted((tmp_path / "there" / "one").iterdir())
    assert len(files) == 4
    for file in files:
        assert file.read_bytes() == (tmp_path / "here" / "one" / file.name).read_bytes()
    with pikepdf.open(tmp_path / "there" / "one" / "one.pdf") as pdf:
        fonts = [str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one]
    assert any("Gentium" in name for name in fonts)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--version"], "casewriter"),
        (["schema"], '"$schema"'),
        (["profile"], "generic-care"),
        (["templates"], "manuscript"),
        (["rule", "FIG002"], "FIG002"),
        (["doctor"], ""),
    ],
)
def test_what_the_installed_program_knows(program: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    done = call(program, tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout
    assert done.stdout.strip()
    assert str(ROOT) not in done.stdout
    assert list(tmp_path.iterdir()) == []
