#!/usr/bin/env python3
"""Set casewriter up on a machine that has only Python with pip, then render the cases or run the tests.

python3 tools/start.py render   renders every case under cases/ into output/
python3 tools/start.py test     runs the tests; further arguments go to pytest
python3 tools/start.py setup    only sets up

The Python packages go into .venv, in the versions that uv.lock names, installed by uv; where there is no uv,
pip brings one into .venv. Nothing is installed outside .venv but Pango, the library that sets text in a PDF.
What is already there is not done again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = ENVIRONMENT / "start.stamp"

UV_REQUIREMENT = "uv>=0.8,<1"
UV_FOLDER = ENVIRONMENT / "uv"  # apart from site-packages, so that the packages are the same however uv came
SYNC = ("sync", "--frozen", "--all-extras", "--all-groups")

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
FEDORA = ("pango", "harfbuzz")  # harfbuzz holds the subset library there
INSTALL = {
    "apt-get": (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", *DEBIAN)),
    "dnf": (("dnf", "install", "-y", *FEDORA),),
}


class CannotGoOnError(Exception):
    """The set-up cannot be finished; the text names the remedy."""


def main(arguments: Sequence[str]) -> int:
    """Set up, do what the verb says and return the exit code."""
    verb, rest = parse(arguments)
    try:
        check_version()
        make_environment()
        install_packages()
        provide_libraries()
        return {"render": render, "test": test, "setup": setup}[verb](rest)
    except CannotGoOnError as reason:
        print(f"stopped: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parse(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Split the command line into the verb and what is passed on to pytest."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("verb", choices=("render", "test", "setup"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="with test: arguments for pytest")
    options = parser.parse_args(arguments)
    if options.rest and options.verb != "test":
        parser.error(f"{options.verb} takes no further arguments")
    return options.verb, options.rest


def check_version() -> None:
    """Refuse a Python that the package does not support."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one runs this file too
        raise CannotGoOnError(f"this is Python {sys.version.split()[0]}; casewriter needs 3.11 or newer")


def make_environment() -> None:
    """Make .venv; without pip in it, because Debian's venv has none to give."""
    if environment_works():
        say(1, "the environment .venv exists")
    else:
        say(1, "creating the environment .venv")
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(ENVIRONMENT)])


def environment_works() -> bool:
    """Return whether .venv has a Python that is new enough and still the one its packages were laid out for."""
    fault = "sys.version_info < (3, 11) or not os.path.isdir(sysconfig.get_path('purelib'))"
    return succeeds([str(PYTHON), "-c", f"import os, sys, sysconfig; sys.exit({fault})"])


def install_packages() -> None:
    """Bring .venv to the versions of uv.lock, unless the stamp says that it is there already."""
    wanted = stamp(ROOT)
    if STAMP.exists() and STAMP.read_text() == wanted:
        say(2, "the packages match uv.lock")
        return
    STAMP.unlink(missing_ok=True)
    uv = find_uv() or fetch_uv()
    say(2, "installing the packages of uv.lock into .venv")
    here = {"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT), "UV_PYTHON_DOWNLOADS": "never"}
    run([uv, *SYNC, "--quiet", "--python", str(PYTHON)], **here)
    STAMP.write_text(wanted)


def stamp(root: Path) -> str:
    """Return a hash of all that decides what belongs into the environment."""
    parts = [(root / name).read_bytes() for name in ("pyproject.toml", "uv.lock")]
    parts += [" ".join(SYNC).encode(), os.fsencode(root)]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def find_uv() -> str | None:
    """Return the first uv that runs: the one on PATH or the one fetched before."""
    for place in (None, str(UV_FOLDER / "bin")):
        found = shutil.which("uv", path=place)
        if found and succeeds([found, "--version"]):
            return found
    return None


def fetch_uv() -> str:
    """Let pip put uv into a folder of .venv; a system Python that pip may not touch allows that."""
    if not succeeds([sys.executable, "-m", "pip", "--version"]):
        raise CannotGoOnError("Python has no pip; on Debian or Ubuntu: sudo apt-get install -y python3-pip")
    say(2, "fetching uv, the installer, into .venv")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    allowed = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore"}
    run([*pip, "--upgrade", "--target", str(UV_FOLDER), UV_REQUIREMENT], **allowed)
    found = find_uv()
    if not found:
        raise CannotGoOnError(f"pip found no uv that runs here; install {UV_REQUIREMENT} by hand")
    return found


def provide_libraries() -> None:
    """Install the system libraries for PDF where they are missing, or stop with the remedy."""
    if libraries_load():
        say(3, "the system libraries for PDF are installed")
        return
    manager, rights = package_manager(), install_rights()
    if manager and rights is not None:
        install_libraries([[*rights, *command] for command in INSTALL[manager]])
    if not libraries_load():
        raise CannotGoOnError(f"install the libraries for PDF, then run this again:\n{remedy(manager)}")


def install_libraries(commands: list[list[str]]) -> None:
    """Run the package manager, silent unless it fails; what loads afterwards shows whether it was enough."""
    say(3, f"installing the system libraries for PDF: {shlex.join(commands[-1])}")
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)


def libraries_load() -> bool:
    """Return whether a fresh Python of the environment finds the libraries that WeasyPrint needs."""
    probe = f"import ctypes\nfor name in {LIBRARIES}: ctypes.CDLL(name)"
    return succeeds([str(PYTHON), "-c", probe if sys.platform == "linux" else "import weasyprint"])


def package_manager() -> str | None:
    """Return the package manager of this Linux, if it is one whose packages we know."""
    return next((name for name in INSTALL if sys.platform == "linux" and shutil.which(name)), None)


def install_rights() -> list[str] | None:
    """Return what to write before a command to run it as root; None where this user may not."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]) else None


def remedy(manager: str | None, platform: str = sys.platform) -> str:
    """Return the line that installs the libraries here; every line where the platform is unknown."""
    lines = {
        "apt-get": f"  Debian, Ubuntu: {by_hand('apt-get')}",
        "dnf": f"  Fedora: {by_hand('dnf')}",
        "darwin": "  macOS: brew install pango\n"
        '    (if it is still not found: export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib")',
        "win32": "  Windows: install MSYS2, then in its UCRT64 shell: pacman -S mingw-w64-ucrt-x86_64-pango\n"
        r"    (if MSYS2 is not in C:\msys64: set WEASYPRINT_DLL_DIRECTORIES to its ucrt64\bin)",
    }
    return lines.get(manager or platform) or "\n".join(lines.values())


def by_hand(manager: str) -> str:
    """Return what a person types to install the libraries with this package manager."""
    return " && ".join(shlex.join(["sudo", *command]) for command in INSTALL[manager])


def render(_: list[str]) -> int:
    """Render every case and say where the outputs are; problems of the cases do not make the set-up fail."""
    say(4, "rendering the cases")
    code = subprocess.run([SCRIPTS / "casewriter", "render"], cwd=ROOT, check=False).returncode
    if code == 1:
        print("the cases have problems, listed above; the outputs were written all the same")
    if code in {0, 1}:
        print(f"the outputs are in {ROOT / 'output'}")
    return 0 if code == 1 else code


def test(arguments: list[str]) -> int:
    """Run the tests in two processes."""
    say(4, "running the tests")
    return subprocess.run([PYTHON, "-m", "pytest", "-n", "2", *arguments], cwd=ROOT, check=False).returncode


def setup(_: list[str]) -> int:
    """Say that all is there."""
    say(4, f"ready: {SCRIPTS / 'casewriter'}")
    return 0


def say(step: int, text: str) -> None:
    """Print one line of progress."""
    print(f"{step}/4 {text}", flush=True)


def run(command: Sequence[str], **variables: str) -> None:
    """Run a command that has to succeed, with these environment variables."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"} | variables
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise CannotGoOnError(f"this failed, for the reason above: {shlex.join(command)}")


def succeeds(command: Sequence[str]) -> bool:
    """Run a command silently and return whether it succeeded."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
