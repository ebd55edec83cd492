"""The other end of `measure.Inside`; runs in the environment that the wheel was installed into.

    python inside.py CASE OUTPUT < commands

Reads html, pdf or lint, one a line; edits the case (outside the time), does the work, and prints the seconds it took.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from pathlib import Path

from casewriter.project import CaseFile, find_cases
from casewriter.work.build import Order, build
from casewriter.work.check import check


def edited(text: str, number: int) -> str:
    """Return the case with one new sentence of prose: what no cache of whole texts or whole files can know."""
    word = random.Random(number).choice(("persisted", "continued", "recurred", "regressed"))
    start = text.find("introduction: |")
    if start < 0:
        return f"{text}# {word} {number}\n"
    end = text.index("\n", start + 60)
    return f"{text[:end]} It {word} {number}.{text[end:]}"


def work(file: CaseFile, what: str, output: Path) -> None:
    """Do one piece of work as the program does it in a process that runs on."""
    if what == "lint":
        check(file)
        return
    built = build(file, Order(formats=(what,), output=output))
    if built.failed:
        raise SystemExit(f"{what}: {built.failure or [p.message for p in built.problems]}")


def main() -> None:
    """Answer commands until there are none."""
    file = find_cases([sys.argv[1]])[0]
    original = file.path.read_text("utf-8")
    gc.disable()  # as `--watch` does: it collects when a page is written, not before
    try:
        for number, line in enumerate(sys.stdin):
            file.path.write_text(edited(original, number), "utf-8")
            started = time.perf_counter()
            work(file, line.strip(), Path(sys.argv[2]))
            print(time.perf_counter() - started, flush=True)
            gc.collect()
    finally:
        file.path.write_text(original, "utf-8")


if __name__ == "__main__":
    main()
