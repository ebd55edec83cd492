"""Each missing item of CARE, and the rules of figures and fonts, told with their code at their line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from casewriter.cli.app import run
from casewriter.guideline import find_guideline
from casewriter.project import find_cases
from casewriter.work.check import check

ABSTRACT = "abstract:\n  {}: Something.\n"
PATIENT = "observation:\n  patient: {age: 37 y, sex: female}\n"
HISTORY = "observation:\n  history:\n    allergies: Nuts.\n"
DIAGNOSIS = "diagnosis:\n  final: [{label: gout}]\n"
DRUG = "treatment:\n  interventions: [{kind: drug, label: diltiazem}]\n"
FOLLOW_UP = "follow_up:\n  duration: 1 y\n"
DISCUSSION = "discussion:\n  literature: Many.\n"
# What is nowhere in the file is told at its beginning; else at the nearest key that is there. None of the parts of an item is
# there, or it would be weak, and nothing shows that it may not apply, or a person would be asked (5d and 8d).
ITEMS = {
    "CARE011": ("title: Something\nfocus: {label: gout}\n", 2, 1),
    "CARE021": ("keywords: []\n", 2, 1),
    "CARE031": (ABSTRACT.format("outcome"), 2, 1),
    "CARE032": (ABSTRACT.format("outcome"), 2, 1),
    "CARE033": (ABSTRACT.format("background"), 2, 1),
    "CARE034": (ABSTRACT.format("background"), 2, 1),
    "CARE041": ("introduction: ''\n", 2, 1),
    "CARE051": ("observation:\n  patient: {ethnicity: Han}\n", 3, 3),
    "CARE052": (PATIENT, 2, 1),
    "CARE053": (HISTORY, 3, 3),
    "CARE054": ("", 1, 1),
    "CARE061": (PATIENT, 2, 1),
    "CARE071": ("timeline:\n  events: []\n", 3, 3),
    "CARE081": ("", 1, 1),
    "CARE082": (DIAGNOSIS, 2, 1),
    "CARE083": ("diagnosis:\n  prognosis: Good.\n", 2, 1),
    "CARE084": ("", 1, 1),
    "CARE091": ("", 1, 1),
    "CARE092": (DRUG, 3, 3),
    "CARE093": (DRUG, 3, 3),
    "CARE101": ("follow_up:\n  method: letters\n", 2, 1),
    "CARE102": (FOLLOW_UP, 2, 1),
    "CARE103": (FOLLOW_UP, 2, 1),
    "CARE104": (FOLLOW_UP, 2, 1),
    "CARE111": (DISCUSSION, 2, 1),
    "CARE112": ("discussion:\n  implications: Many.\n", 2, 1),
    "CARE113": (DISCUSSION, 2, 1),
    "CARE114": ("", 1, 1),
    "CARE121": ("", 1, 1),
    "CARE131": ("consent:\n  images: covered\n", 2, 1),
}
PICTURE = "figures:\n  skin:\n    caption: Skin.\n    panels:\n    - {{file: a.png, caption: Plaques.{}}}\n"
FIGURES = {
    "FIG007": (PICTURE.format(""), 6, 7),
    "FIG008": (PICTURE.format(", alt: plaques."), 6, 45),
}


def places(folder: Path, text: str, code: str) -> list[tuple[str, int, int]]:
    (folder / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")
    Image.new("RGB", (8, 6), "tan").save(folder / "a.png")
    (file,) = find_cases([str(folder)])
    checked = check(file)
    name = Path(checked.source.name).name
    return [(name, p.span.line, p.span.column) for p in checked.report.problems if p.code == code and p.span]


def test_the_table_names_every_item() -> None:
    assert set(ITEMS) == {item.code for item in find_guideline("care").items}


@pytest.mark.parametrize("code", [*ITEMS, *FIGURES])
def test_each_code_stands_at_its_place(code: str, tmp_path: Path) -> None:
    text, line, column = (ITEMS | FIGURES)[code]
    assert places(tmp_path, text, code) == [("case.yaml", line, column)]


def test_a_character_without_a_font_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "case.yaml").write_text("format: 1\ntitle: Sign of 𓀀 and ≥ 测\n", "utf-8")
    assert run(["render", str(tmp_path), "--to", "pdf", "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "JRNL003" in said
    assert "U+13000" in said
    assert "U+2265" not in said
    assert "U+6D4B" not in said
