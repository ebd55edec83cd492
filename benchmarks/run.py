"""Measures casewriter against its budgets and against other programs, and prints the table of ratios.

    python benchmarks/run.py [--quick | --full] [--only start,lint,…] [--json FILE]

Builds a wheel of this checkout, installs it compiled into an environment of its own (needs uv), generates the cases,
and measures. A budget that is missed is printed as NO; a peer that is not installed is skipped with a word.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path

from compare import compared
from install import describe, prepare
from rows import GROUPS, Bench, Row, generate_all, rows_of

HEAD = ("what", "measured", "min–max", "pairs", "budget", "holds")
WIDTHS = (68, 22, 13, 5, 22, 5)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure casewriter; print ratios, budgets, and whether each holds.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="a few minutes: too few pairs to quote")
    size.add_argument("--full", action="store_true", help="a batch of 100 cases; half an hour and more")
    parser.add_argument("--only", default="", help=f"groups of rows, with commas between: {', '.join(GROUPS)}")
    parser.add_argument("--pairs", type=int, help="interleaved pairs of a slow row (5; quick: 2)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "casewriter-benchmarks")
    parser.add_argument("--json", type=Path, help="write the rows to this file too")
    parser.add_argument("--base", type=Path, help="an older checkout: time both in turn, and nothing else")
    parser.add_argument("--no-peers", action="store_true", help="install no peers from PyPI")
    return parser.parse_args()


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)) + " |"


def _cells(row: Row) -> tuple[str, ...]:
    holds = {True: "yes", False: "NO", None: "–"}[row.holds]
    return (row.what, row.measured, row.spread, str(row.pairs or ""), row.budget, holds)


def main() -> int:
    """Print the table; the exit code is 0 even when budgets are missed, for a benchmark is not a test."""
    options = _options()
    groups = [name.strip() for name in options.only.split(",") if name.strip()] or list(GROUPS)
    if unknown := set(groups) - set(GROUPS):
        print(f"benchmarks: no such rows: {', '.join(sorted(unknown))}; known: {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    started = time.perf_counter()
    place = prepare(options.work.resolve(), not options.no_peers)
    few = options.pairs or (2 if options.quick else 5)
    bench = Bench(
        place, many=5 if options.quick else 11, few=few, batch=6 if options.quick else 100 if options.full else 20
    )
    generate_all(bench)
    if options.base:
        base = prepare(options.work.resolve() / "base", False, options.base.resolve())
        older = replace(bench, place=base)
        generate_all(older)
        found_rows = compared(bench, older)
    else:
        found_rows = rows_of(bench, groups)
    print(describe(place), _line(HEAD), _line(tuple("-" * width for width in WIDTHS)), sep="\n", flush=True)
    found = []
    for row in found_rows:
        found.append(row)
        print(_line(_cells(row)), flush=True)
    judged = [row for row in found if row.holds is not None]
    missed = sum(row.holds is False for row in judged)
    print(
        f"{len(judged) - missed} of {len(judged)} budgets hold; {missed} missed; {time.perf_counter() - started:.0f} s"
    )
    if few < 5:
        print("Rows of fewer than 5 pairs say whether something broke; do not quote them.")
    if options.json:
        rows = [asdict(row) for row in found]
        options.json.write_text(json.dumps({"facts": place.facts, "rows": rows}, ensure_ascii=False, indent=2), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
