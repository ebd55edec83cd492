"""What the benchmarks measure is what their page says: a clean case of the size of a report."""

import sys
from pathlib import Path

import pytest
import yaml
from PIL import Image

from casewriter.project import find_cases
from casewriter.work.check import check

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from generate import PICTURE, dump, make
from guard import judged, rows


@pytest.mark.parametrize("seed", [1, 131])  # 131 once had eosinophilia in its text and none in its data
def test_a_generated_case_is_clean_and_as_long_as_the_page_says(tmp_path: Path, seed: int) -> None:
    case, made = tmp_path / "case.yaml", make(seed)
    case.write_text(dump(made), "utf-8")
    (tmp_path / "figures").mkdir()
    for panel in (panel for figure in made["figures"].values() for panel in figure["panels"]):
        Image.new("RGB", PICTURE, "grey").save(tmp_path / panel["file"])
    assert 45_000 < case.stat().st_size < 47_000
    assert len(yaml.safe_load(case.read_text("utf-8"))["references"]) == 35
    report = check(find_cases([str(case)])[0]).report
    assert report.problems == ()
    assert [item.state for item in report.items] == ["present"] * 30


PASS = {"pass": 10.0, "lint": 150.0, "lint of one": 120.0, "lint of two": 145.0, "html": 300.0}


def test_the_guard_counts_in_multiples_of_pass() -> None:
    assert rows(PASS) == {"lint, one clean case, cold": 15.0, "lint, a second case": 2.5, "HTML, one case, cold": 30.0}


@pytest.mark.parametrize(("ratio", "worse", "said"), [
    (11.4, False, "(+14%)"), (11.6, True, "WORSE"), (8.6, False, "(-14%)"), (8.4, False, "much better: tighten"),
])  # fmt: skip
def test_the_guard_fails_where_a_row_is_fifteen_per_cent_worse(ratio: float, worse: bool, said: str) -> None:
    ((line, failed),) = judged({"lint": ratio}, {"lint": 10.0}, 1.15)
    assert failed is worse
    assert said in line


def test_a_row_that_the_ratchet_does_not_know_is_only_reported() -> None:
    ((line, failed),) = judged({"new": 3.0}, {}, 1.15)
    assert not failed
    assert "--update" in line
