"""Fails where lint or HTML has become slower: counts against those of `python -c pass`, the same on every machine.

    python benchmarks/guard.py [--update] [--pdf] [--time]

Counts instructions with valgrind; without it (or with --time), processor time, the least of several runs, which is
less exact and so may be 30 % worse. The figures are compared with ratchet.json, which --update writes anew. On another
version of Python than that of the ratchet they are only printed.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from generate import make, write_case

ROOT = Path(__file__).resolve().parent.parent
RATCHET = Path(__file__).with_name("ratchet.json")
WORSE = {"instructions": 1.15, "time": 1.30}
BETTER = 0.85
CHECK = """
import gc, sys
gc.disable()
from casewriter.project import find_cases
from casewriter.work.check import check
for file in find_cases(sys.argv[1:]):
    check(file)
"""
VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
Command = tuple[str, ...]
Count = Callable[[Command], float]


def commands(work: Path) -> dict[str, Command]:
    """Return what is counted, for two generated cases."""
    one, two = (str(write_case(work, f"case-{seed:04}", make(seed), seed).parent) for seed in (1, 2))
    out = str(work / "out")
    program = (sys.executable, "-m", "casewriter")
    return {
        "pass": (sys.executable, "-c", "pass"),
        "lint": (*program, "lint", "--strict", one),
        "lint of one": (sys.executable, "-c", CHECK, one),
        "lint of two": (sys.executable, "-c", CHECK, one, two),
        "html": (*program, "render", one, "--to", "html", "-o", out),
        "pdf": (*program, "render", one, "--to", "pdf", "-o", out),
    }


def rows(counts: Mapping[str, float]) -> dict[str, float]:
    """Return the ratios to `pass`: cold starts, and what one case more costs in a process that runs already."""
    whole = {
        "lint, one clean case, cold": counts["lint"],
        "lint, a second case": counts["lint of two"] - counts["lint of one"],
        "HTML, one case, cold": counts["html"],
        **({"PDF, one case, cold": counts["pdf"]} if "pdf" in counts else {}),
    }
    return {name: round(count / counts["pass"], 2) for name, count in whole.items()}


def instructions(command: Command) -> float:
    """Return how many instructions a command executes; a fixed hash seed makes that the same each time."""
    done = _run((*VALGRIND, *command))
    found = re.search(r"I\s+refs:\s+([\d,]+)", done)
    if found is None:
        raise SystemExit(f"guard: valgrind counted nothing:\n{done[-400:]}")
    return float(found[1].replace(",", ""))


def processor_time(command: Command) -> float:
    """Return the least processor time of five runs in seconds."""
    return min(_seconds(command) for _ in range(5))


def _seconds(command: Command) -> float:
    before = os.times()
    _run(command)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _run(command: Command) -> str:
    """Run a command that must succeed; return its standard error."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), "PYDANTIC_DISABLE_PLUGINS": "__all__"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"guard: {' '.join(command)[:120]} left with {done.returncode}:\n{done.stderr[-600:]}")
    return done.stderr


def measured(how: str, *, pdf: bool) -> dict[str, float]:
    """Return the rows. Each command runs once before, so that byte code and cleaned pictures are there."""
    compileall.compile_dir(ROOT / "casewriter", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        wanted = {name: command for name, command in commands(Path(folder)).items() if pdf or name != "pdf"}
        for command in wanted.values():
            _run(command)
        if how == "time":
            return rows({name: processor_time(command) for name, command in wanted.items()})
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # counts are the same whatever else runs
            return rows(dict(zip(wanted, pool.map(instructions, wanted.values()), strict=True)))


def judged(found: Mapping[str, float], known: Mapping[str, float], worse: float) -> Iterator[tuple[str, bool]]:
    """Yield a line for each row, and whether it is worse than the ratchet allows."""
    for name, ratio in found.items():
        before = known.get(name)
        line = f"{name:<28}{ratio:>8.2f} pass"
        if before is None:
            yield f"{line}   not in the ratchet yet: --update", False
            continue
        change = ratio / before - 1
        said = ""
        if ratio > before * worse:
            said = f"   WORSE than {worse - 1:.0%} allow; if it must be so: --update, and say why in the commit"
        elif ratio < before * BETTER:
            said = "   much better: tighten the ratchet with --update"
        yield f"{line}   ratchet {before:.2f} ({change:+.0%}){said}", ratio > before * worse


def _known() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RATCHET.read_text("utf-8")) if RATCHET.is_file() else {}
    return found


def _update(how: str, found: Mapping[str, float]) -> None:
    """Write the figures of one way of counting; those of the other stay, if they are of this interpreter."""
    facts = {"python": platform.python_version(), "machine": platform.machine()}
    known = _known()
    kept = known if all(known.get(key) == value for key, value in facts.items()) else {}
    content = {**facts, "date": datetime.datetime.now(datetime.UTC).date().isoformat()}
    content |= {way: found if way == how else kept.get(way, {}) for way in WORSE}
    RATCHET.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main() -> int:
    """Measure, print, compare; the exit code is 1 where a row is worse."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--update", action="store_true", help="write ratchet.json anew")
    parser.add_argument("--pdf", action="store_true", help="count a PDF too; takes minutes")
    parser.add_argument("--time", action="store_true", help="compare processor time even where valgrind is installed")
    options = parser.parse_args()
    how = "instructions" if shutil.which("valgrind") and not options.time else "time"
    print(f"guard: {'instructions' if how == 'instructions' else 'processor time; valgrind is not used'}, as multiples"
          f" of `python -c pass`, on Python {platform.python_version()}", flush=True)  # fmt: skip
    found = measured(how, pdf=options.pdf)
    known = _known()
    lines = list(judged(found, known.get(how, {}), WORSE[how]))
    print(*(line for line, _ in lines), sep="\n")
    if options.update:
        _update(how, found)
        print(f"written: {RATCHET.name}")
        return 0
    same = known.get("python", "").split(".")[:2] == platform.python_version().split(".")[:2]
    if not same:
        print(f"only a report: the ratchet is of Python {known.get('python', 'nothing yet')}")
    return int(same and any(worse for _, worse in lines))


if __name__ == "__main__":
    sys.exit(main())
