"""Packages of someone else for tests: built or written, laid out as an installer does, and the program run beside them."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def built(package: Path, folder: Path) -> Path:
    """Build a package and lay it out; return the folder that Python must look in."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(command, cwd=package, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def laid_out(site: Path, name: str, module: str | None, points: str) -> Path:
    """Lay out a package of one module (None: the module is missing) with its entry points."""
    facts = site / f"{name}-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (facts / "entry_points.txt").write_text(points, "utf-8")
    if module is not None:
        (site / f"{name}.py").write_text(module, "utf-8")
    return site


def call(folder: Path, *arguments: str, sites: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder with the packages of some sites installed."""
    done = subprocess.run(
        [sys.executable, "-m", "casewriter", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*sites, ROOT)))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "bug in casewriter" not in done.stderr
    return done
