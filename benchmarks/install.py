"""A wheel of this checkout in an environment of its own, with byte code: what start-up times are true of."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FACTS = """
import ctypes, json, platform, sys, sysconfig, yaml
def loads(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
options = sysconfig.get_config_var("CONFIG_ARGS") or ""
from importlib.metadata import version
names = ("weasyprint", "pydantic", "PyYAML", "citeproc-py", "Jinja2")
print(json.dumps({"python": f"{platform.python_implementation()} {platform.python_version()}",
    "pgo": "--enable-optimizations" in options, "lto": "--with-lto" in options,
    "subset": loads("libharfbuzz-subset.so.0") if sys.platform == "linux" else None,
    "libyaml": yaml.__with_libyaml__, "versions": {n: version(n) for n in names},
    "packages": sysconfig.get_paths()["purelib"]}))
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where things lie: the environment of the wheel, that of the peers, and the facts about both."""

    work: Path
    facts: dict[str, object]

    @property
    def bin(self) -> Path:
        """The commands of the environment."""
        return self.work / "venv" / "bin"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.bin / "python"

    @property
    def casewriter(self) -> Path:
        """The command that is measured."""
        return self.bin / "casewriter"

    @property
    def packages(self) -> Path:
        """Its site-packages."""
        return Path(str(self.facts["packages"]))

    @property
    def peers_python(self) -> Path:
        """The interpreter of the peers' packages."""
        return self.work / "peers" / "bin" / "python"

    @property
    def peers_packages(self) -> Path:
        """The peers' site-packages."""
        return self.work / "peers" / self.packages.relative_to(self.work / "venv")


def prepare(work: Path, peers: bool = True, root: Path = ROOT) -> Place:
    """Build the wheel of a checkout; install it with its locked dependencies, compiled. What is there is kept."""
    work.mkdir(parents=True, exist_ok=True)
    for old in (work / "dist").glob("*.whl"):
        old.unlink()
    _uv("build", "--wheel", "--quiet", "--out-dir", work / "dist", root)
    wheel = next((work / "dist").glob("*.whl"))
    locked = work / "requirements.txt"
    _uv("export", "--project", root, "--frozen", "--no-dev", "--no-emit-project", "--quiet", "--output-file", locked)
    _fill(work / "venv", wheel, locked)
    if peers and not (work / "peers").is_dir():
        _peers(work / "peers")
    facts = json.loads(subprocess.check_output([work / "venv" / "bin" / "python", "-c", _FACTS], text=True))
    return Place(work, facts)


def _fill(venv: Path, wheel: Path, locked: Path) -> None:
    digest = hashlib.sha256(wheel.read_bytes() + locked.read_bytes()).hexdigest()
    stamp = venv / "installed"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    if not venv.is_dir():
        _uv("venv", "--quiet", "--python", sys.executable, venv)
    python = venv / "bin" / "python"
    _uv("pip", "install", "--quiet", "--python", python, "--compile-bytecode", "-r", locked)
    _uv("pip", "install", "--quiet", "--python", python, "--compile-bytecode", "--no-deps", "--reinstall", wheel)
    if not list(venv.rglob("casewriter/__pycache__/*.pyc")):
        raise SystemExit("benchmarks: the wheel was installed without byte code; start-up times would be wrong")
    stamp.write_text(digest)


def _peers(venv: Path) -> None:
    """Install what the peers need from PyPI, if it can be had; without it their rows say so."""
    _uv("venv", "--quiet", "--python", sys.executable, venv)
    options = ["--quiet", "--compile-bytecode", "--python", str(venv / "bin" / "python")]
    for package in ("typst", "pypandoc_binary"):
        subprocess.run(["uv", "pip", "install", *options, package], check=False, capture_output=True)


def _uv(*arguments: str | Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(["uv", *map(str, arguments)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmarks: uv {arguments[0]} failed:\n{done.stderr.strip()[-800:]}")


def describe(place: Place) -> str:
    """Return the lines that every figure needs beside it."""
    facts = place.facts
    built = [word for word, key in (("PGO", "pgo"), ("LTO", "lto")) if facts[key]]
    versions = facts["versions"]
    assert isinstance(versions, dict)
    there = {True: "there", False: "MISSING", None: "not looked for on this platform"}
    return "\n".join(
        (
            f"interpreter: {facts['python']}, built with {' and '.join(built) or 'neither PGO nor LTO'}",
            f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} by this and other jobs",
            f"libharfbuzz-subset: {there[facts['subset']]}; libyaml's C loader: {there[facts['libyaml']]}",  # type: ignore[index]
            ", ".join(f"{name} {number}" for name, number in versions.items()),
        )
    )
