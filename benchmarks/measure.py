"""How things are timed: whole processes, A B A B, and only the ratio of the two counts."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Timer = Callable[[], float]


class Failed(Exception):
    """A command that was to be timed did not do its work: its time would mean nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, and the peak resident MiB of the largest process in it."""

    seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two things timed in pairs: median and extremes of the pairs' ratios, and both medians in seconds."""

    value: float
    low: float
    high: float
    first: float
    second: float
    pairs: int


def run(command: Sequence[str | Path], expect: Sequence[int] = (0,), cwd: Path | None = None) -> Run:
    """Run a command to its end, cold. Raises Failed when it leaves with a code that was not expected."""
    arguments = [str(part) for part in command]
    started = time.perf_counter()
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=cwd
    )
    assert process.stderr is not None
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expect:
        last = words.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no word on standard error"]
        raise Failed(f"{Path(arguments[0]).name} left with {process.returncode}: {last[0][:150]}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss / unit)


def cold(
    command: Sequence[str | Path],
    expect: Sequence[int] = (0,),
    clear: Sequence[Path] = (),
    makes: Path | None = None,
    cwd: Path | None = None,
) -> Timer:
    """Return a timer of a command that must make `makes`; `clear` is deleted before each run, outside the time."""

    def timer() -> float:
        for path in (*clear, *([makes] if makes else [])):
            remove(path)
        seconds = run(command, expect, cwd).seconds
        if makes is not None and not makes.exists():
            raise Failed(f"{Path(str(command[0])).name} made no {makes.name}")
        return seconds

    return timer


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def pairs(first: Timer, second: Timer, count: int, *, warm_up: bool = True) -> Ratio:
    """Time A and B in turn, after one run of each that does not count, and return A / B."""
    if warm_up:
        first()
        second()
    found = [(first(), second()) for _ in range(count)]
    ratios = [a / b for a, b in found]
    return Ratio(
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        statistics.median(a for a, _ in found),
        statistics.median(b for _, b in found),
        count,
    )


class Inside:
    """A warm process with casewriter loaded, for what `--watch` and a batch do once they run."""

    def __init__(self, python: Path, case: Path, output: Path) -> None:
        script = Path(__file__).with_name("inside.py")
        arguments = [str(python), str(script), str(case), str(output)]
        self._words = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by `close`
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words, text=True
        )

    def timer(self, what: str) -> Timer:
        """Return a timer of one piece of work inside the process: html, pdf or lint."""
        return lambda: self.ask(what)

    def ask(self, what: str) -> float:
        """Return the seconds that a piece of work took, as the process measured them."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            self._words.seek(0)
            last = self._words.read().strip().splitlines()[-1:] or ["no word on standard error"]
            raise Failed(f"{what} inside the process: {last[0][:150]}")
        return float(answer)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
        self._words.close()

    def __enter__(self) -> Inside:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
