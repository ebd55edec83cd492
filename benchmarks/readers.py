"""How lint's states of guideline items agree with those of careful readers of the same cases.

    python benchmarks/readers.py READERS.yaml [--cases FOLDER] [--guideline scare] [--differences] [--json FILE]

READERS.yaml holds, for each folder of a case, the state that readers gave to each item:

    some-case:
      "5b": {state: weak or present, why: "No duration of the fever"}

`state` is present, weak, missing or na; where readers differ, “weak or present”, and either counts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casewriter.lint.guideline import ItemState
from casewriter.project import find_cases
from casewriter.work.check import check

STATES = ("present", "weak", "missing", "needs_human", "waived")
READERS = ("present", "weak", "missing", "na")
_ORDER = {"missing": 0, "weak": 1, "present": 2}
_SAME = {"na": "waived"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One item of one case: what each reader said, and what lint says with its reasons."""

    case: str
    item: str
    readers: tuple[str, ...]
    lint: str
    why: str = ""
    problems: tuple[str, ...] = ()

    @property
    def alike(self) -> bool:
        """Whether lint says what one of the readers says."""
        return self.lint in {_SAME.get(state, state) for state in self.readers}

    @property
    def near(self) -> bool:
        """Whether lint is at most one step of missing, weak, present away from a reader."""
        steps = [abs(_ORDER[state] - _ORDER[self.lint]) for state in self.readers if {state, self.lint} <= set(_ORDER)]
        return self.alike or min(steps, default=9) <= 1

    @property
    def row(self) -> str:
        """The reader's state in the confusion table: lint's own where one of two readers says the same."""
        same = [state for state in self.readers if _SAME.get(state, state) == self.lint]
        return (same or list(self.readers))[0]


def pairs(judged: Mapping[str, Any], states: Mapping[str, Iterable[ItemState]]) -> list[Pair]:
    """Return every item that readers and lint both judged. Raises ValueError for a state that no reader gives."""
    found = []
    for case, items in judged.items():
        lint = {one.item.id: one for one in states[case]}
        for name, said in items.items():
            given = tuple(str(said["state"]).split(" or "))
            if not set(given) <= set(READERS):
                raise ValueError(f"{case}, item {name}: “{said['state']}” is no state of a reader")
            one = lint[str(name)]
            found.append(Pair(case, str(name), given, one.state, str(said.get("why", "")), one.problems))
    return found


def counts(found: Iterable[Pair]) -> dict[str, dict[str, int]]:
    """Return the confusion table: readers' states, each with how often lint gave each of its own."""
    table = Counter((pair.row, pair.lint) for pair in found)
    return {row: {column: table[row, column] for column in STATES} for row in READERS}


def figures(found: list[Pair]) -> dict[str, float]:
    """Return the shares: exact and near agreement, precision of missing (1 where lint never says it), needs_human."""
    missing = [pair for pair in found if pair.lint == "missing"]
    return {
        "items": len(found),
        "exact": _share(pair.alike for pair in found),
        "within_one": _share(pair.near for pair in found),
        "missing_precision": _share("missing" in pair.readers for pair in missing) if missing else 1.0,
        "needs_human": _share(pair.lint == "needs_human" for pair in found),
    }


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return round(sum(values) / len(values), 3) if values else 0.0


def printed(found: list[Pair], *, differences: bool = False) -> str:
    """Return the table and the figures as text, and each item on which lint differs from every reader."""
    rows = [f"{'readers':<10}" + "".join(f"{state:>13}" for state in STATES)]
    rows += [f"{row:<10}" + "".join(f"{n:>13}" for n in line.values()) for row, line in counts(found).items()]
    rows += ["", *(f"{name.replace('_', ' '):<18}{value}" for name, value in figures(found).items())]
    if differences:
        lines = [pair for pair in found if not pair.alike]
        rows += [
            "",
            *(
                f"{p.case[:12]} {p.item}: {' or '.join(p.readers)}, lint {p.lint} {' '.join(p.problems)} | {p.why}"
                for p in lines
            ),
        ]
    return "\n".join(rows)


def main() -> None:
    """Compare the cases beside a file of readers' judgements with what lint says of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("readers", type=Path)
    parser.add_argument("--cases", type=Path, help="folder of the cases; the file's own unless given")
    parser.add_argument("--differences", action="store_true", help="list each item on which lint differs")
    parser.add_argument("--guideline", help="judge by this guideline instead of the case's own")
    parser.add_argument("--json", type=Path, help="write the figures and the table to this file")
    given = parser.parse_args()
    judged = yaml.safe_load(given.readers.read_text("utf-8"))
    folder = given.cases or given.readers.parent
    states = {
        name: check(find_cases([str(folder / name)])[0], guideline=given.guideline).report.items for name in judged
    }
    found = pairs(judged, states)
    print(printed(found, differences=given.differences))
    if given.json:
        given.json.write_text(json.dumps({"figures": figures(found), "table": counts(found)}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
