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
