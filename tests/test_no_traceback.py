"""Whatever a file holds, lint answers with problems that have a place, or says why it could not run; it never fails.

CASEWRITER_FUZZ=10000 makes that many edits of each kind instead of 150, with other ones at every run.
"""

import os
import re
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from quick_yaml import dumped, texts

from casewriter.cli.format import json as json_format
from casewriter.cli.format import text as text_format
from casewriter.problem import CannotRun, Refused
from casewriter.project import find_cases
from casewriter.work.check import check

CASE = Path(__file__).parents[1] / "cases" / "exemplary-dress"
FUZZ = int(os.environ.get("CASEWRITER_FUZZ", "0"))
ORIGINAL = (CASE / "case.yaml").read_bytes()
DATA: dict[str, Any] = texts(ORIGINAL)
EFFORT = settings(
    max_examples=FUZZ or 150,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
# What means something to some part of the program, and so is likelier to reach it than random letters.
FRAGMENTS = [
    *("", " ", "~", "0", "-1", "1e999", "nan", "1.50", "none", "no", "yes", "true", "-", "&", "*", "|", ">", "%"),
    *("3 d", "-2 wk", "day 3", "week 0", "~1 mo", "2-3 wk", "age 8 y", "2000", "P1Y", "PT36H", "ongoing", "30s"),
    *("0" * 400 + " d", "9" * 400, "9" * 400 + " y", "day " + "9" * 400, "٣ d", "²", "1:640", "<0.5", "37-39"),
    *("@fig-clinical.z", "@fig-", "@tbl-labs.course", "[@kardaun2013]", "[@; @]", "[@a, p. 1; @b]", "care", "scare"),
    *("{{ labs.alt }}", "{{ labs.alt at }}", "{{ labs.alt at 3 d }}", "{{ labs.alt.max.max }}", "{{ labs }}"),
    *("{{ observation.patient.age.years }}", "{{7*7}}", "{{ title.upper }}", "{{ figures.clinical }}", "{{ care }}"),
    *("<b onclick=x>", "[x](javascript:1)", "[[[[" * 30, "![](" * 30, "- a\n  - b\n1. c", "| a |\n|---|\n| b |"),
    *(
        "\x00",
        "a\x00b",
        "../..",
        "/etc/passwd",
        "figures",
        "references.bib",
        "C:\\x",
        "\u202e",
        "é" * 300,
        "😀",
        "\n\n",
    ),
    *("generic-care", "article-journal", "{none: true}", "1", "2026-02-31", "(", "\\", "[a-z", "10^9^/L", "H~2~O"),
]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every key and item below a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, part in parts:
        found += [(*path, key), *paths_of(part, (*path, key))]
    return found


PATHS = paths_of(DATA)
KEYS = sorted({part for path in PATHS for part in path if isinstance(part, str)})
some_texts = st.sampled_from(FRAGMENTS) | st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
keys = st.sampled_from(KEYS) | some_texts
scalars = st.none() | st.booleans() | st.integers() | st.floats() | some_texts
values = st.recursive(scalars, lambda v: st.lists(v, max_size=4) | st.dictionaries(keys, v, max_size=4), max_leaves=6)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("delete"), st.sampled_from(PATHS)),
        st.tuples(st.just("replace"), st.sampled_from(PATHS), values),
        st.tuples(st.just("insert"), st.sampled_from([(), *PATHS]), keys, values),
        st.tuples(st.just("rename"), st.sampled_from(PATHS), keys),
        st.tuples(st.just("move"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    ),
    min_size=1,
    max_size=6,
)
byte_edits = st.lists(
    st.tuples(
        st.integers(0, len(ORIGINAL)),
        st.integers(0, 40) | st.integers(0, len(ORIGINAL)),
        st.binary(max_size=8)
        | some_texts.map(str.encode)
        | st.sampled_from([b": ", b"\n", b"- ", b"#", b"\t", b"'", b'"']),
    ),
    min_size=1,
    max_size=6,
)


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """Return what stands at a path; KeyError, IndexError or TypeError where an earlier edit removed it."""
    for part in path:
        data = data[part]
    return data


def edited(changes: list[tuple[Any, ...]]) -> Any:
    """Return the data of the exemplary case with the edits that still find their place."""
    data: Any = deepcopy(DATA)
    for name, path, *more in changes:
        try:
            if name == "insert":
                holder = at(data, path)
                if isinstance(holder, list):
                    holder.insert(len(holder) // 2, more[1])
                elif isinstance(holder, dict):
                    holder[more[0]] = more[1]
                continue
            holder, last = at(data, path[:-1]), path[-1]
            match name:
                case "delete":
                    del holder[last]
                case "replace":
                    holder[last] = more[0]
                case "rename" if isinstance(holder, dict):
                    holder[more[0]] = holder.pop(last)
                case "move":
                    holder[last] = deepcopy(at(data, more[0]))
        except (KeyError, IndexError, TypeError, AttributeError):
            continue
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the exemplary case that may be broken."""
    target = tmp_path_factory.mktemp("fuzz") / "dress"
    shutil.copytree(CASE, target)
    return target


def survives(folder: Path, content: bytes) -> None:
    """Assert that lint answers: problems with a place in the file, none of them a fault of a rule.

    Only a profile or guideline that does not exist may keep it from answering.
    """
    file = folder / "case.yaml"
    file.write_bytes(content)
    try:
        checked = check(find_cases([str(folder)])[0])
    except (CannotRun, Refused) as refusal:
        refused = str(refusal)
    else:
        refused = ""
    if refused:
        assert re.search("unknown (profile|guideline)", refused), refused  # the one thing that stops lint
        return
    assert json_format.document([("x", checked.guideline.id, checked.profile, checked.report)])
    height = len(checked.source.lines)
    for problem in checked.report.problems:
        assert problem.code != "PLUG001", problem.message
        assert list(text_format.full(problem, checked))
        assert problem.span is not None
        assert problem.file or 1 <= problem.span.line <= height + 1
        assert problem.span.column >= 1
        assert (problem.span.line, problem.span.column) <= (problem.span.end_line, problem.span.end_column)


def test_the_unchanged_case_survives_and_there_is_enough_to_change(folder: Path) -> None:
    survives(folder, ORIGINAL)
    survives(folder, dumped(DATA, sort_keys=True).encode())
    assert len(PATHS) > 1000
    assert len(KEYS) > 100


@EFFORT
@given(changes=edits)
@example(changes=[("replace", ("profile",), "a\x00b")])
@example(changes=[("replace", ("labs", "grids", 0, "rows", 0, "id"), "1")])
@example(changes=[("replace", ("references", 0, "file"), "\x00.bib")])
@example(changes=[("replace", ("figures", "clinical", "panels", 0, "file"), "figures")])
@example(changes=[("replace", ("timeline", "events", 0, "at"), "9" * 400 + " y")])
def test_random_edits_of_the_data(folder: Path, changes: list[tuple[Any, ...]]) -> None:
    survives(folder, dumped(edited(changes)).encode())


@EFFORT
@given(changes=byte_edits)
@example(changes=[(0, 0, b"\xff\xfe")])
@example(changes=[(0, 0, b"\x00\x00\xfe\xff")])
@example(changes=[(0, len(ORIGINAL), b"")])
def test_random_edits_of_the_bytes(folder: Path, changes: list[tuple[int, int, bytes]]) -> None:
    content = ORIGINAL
    for start, length, new in changes:
        content = content[:start] + new + content[start + length :]
    survives(folder, content)
