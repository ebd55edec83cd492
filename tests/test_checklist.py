"""The completed checklist: each page and line that it states holds the words that it says are there."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from printed import PrintedPdf, signs

from casewriter.cli.app import run
from casewriter.export.readback import html_text
from casewriter.forms.checklist import as_data, unfound
from casewriter.problem import CannotRun
from casewriter.project import find_cases
from casewriter.work.check import check
from casewriter.work.checklist import ChecklistOrder, Filled, fill

ROOT = Path(__file__).parent.parent
TRUTH = ROOT.parent / "shared" / "truth"
EXEMPLARY = ROOT / "cases" / "exemplary-dress"
EDITS = int(os.environ.get("CASEWRITER_EDITS", "12"))
CASES = [
    EXEMPLARY,
    ROOT / "cases" / "calcinosis-lupus-panniculitis",
    *(
        pytest.param(
            case, marks=pytest.mark.skipif(not case.is_dir(), reason="the reports read by people are not here")
        )
        for case in (TRUTH / "gvhd-liver-transplant", TRUTH / "hsd3b7-hyperinsulinism-infant")
    ),
]


def filled(folder: Path, **asked: str) -> Filled:
    (file,) = find_cases([str(folder)])
    return fill(file, ChecklistOrder(**asked))


def proved(found: Filled) -> int:
    """Assert that every stated place holds its words, as PDFium reads the manuscript; return how many there are."""
    printed = PrintedPdf(found.manuscript)
    count = 0
    for entry in found.checklist.entries:
        for spot in entry.spots:
            words = signs(spot.words)
            assert words, entry.item.id
            assert words in printed.page(spot.at.page), (entry.item.id, spot)
            if spot.at.first is not None:
                last = spot.at.last or 0
                lines = "".join(printed.line(spot.at.page, number) for number in range(spot.at.first, last + 1))
                begin = lines.find(words[:20])
                first = printed.line(spot.at.page, spot.at.first)
                assert 0 <= begin < len(first), (entry.item.id, spot, lines)
            count += 1
    return count


@pytest.mark.parametrize("layout", ["manuscript", "article"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_stated_pages_and_lines_hold_the_words(case: Path, layout: str) -> None:
    found = filled(case, layout=layout)
    reported = [entry for entry in found.checklist.entries if entry.state in ("present", "weak")]
    assert reported
    assert [entry.item.id for entry in reported if not entry.spots] == []
    assert proved(found) >= len(reported)


# -- what follows a change --------------------------------------------------------------------------------------------

WORDS = "dermis plaque calcium fever vessel biopsy margin serum ankle dose visit rash week panel nodule lesion".split()


def project(folder: Path, data: dict[str, Any], profile: str = "") -> Path:
    (folder / "cases" / "one").mkdir(parents=True)
    (folder / "cases" / "one" / "case.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    if profile:
        (folder / "profiles").mkdir()
        (folder / "profiles" / "own.yaml").write_text(profile)
    return folder / "cases" / "one"


def small() -> dict[str, Any]:
    """A case that is quickly laid out: the published one on panniculitis, without its pictures."""
    data = yaml.safe_load((ROOT / "cases" / "calcinosis-lupus-panniculitis" / "case.yaml").read_text("utf-8"))
    data.pop("figures", None)
    text = yaml.safe_dump(data, allow_unicode=True)
    return yaml.safe_load(re.sub(r"\(?@fig-[\w.,-]*\w\)?", "", text))


ORDER = """id: own
extends: generic-care
layout: manuscript
sections:
- {{heading: Introduction, from: [introduction]}}
{0}
- {{heading: The rest, from: [observation, timeline, labs, imaging, pathology, diagnosis, course, treatment, follow_up]}}
{1}
- {{heading: Conclusion, from: [conclusion]}}
"""
DISCUSSION = "- {heading: Discussion, from: [discussion]}"


def test_items_follow_a_section_that_is_moved(tmp_path: Path) -> None:
    data = small()
    first = filled(project(tmp_path / "a", data, ORDER.format(DISCUSSION, "")), profile="own")
    last = filled(project(tmp_path / "b", data, ORDER.format("", DISCUSSION)), profile="own")
    where = {
        name: {e.item.id: e.spots[0].at for e in found.checklist.entries if e.spots}
        for name, found in (("a", first), ("b", last))
    }
    assert (where["a"]["11c"].first or 0) < (where["a"]["9a"].first or 0)
    assert (where["b"]["11c"].first or 0) > (where["b"]["9a"].first or 0)
    assert proved(first)
    assert proved(last)


def edited(data: dict[str, Any], chance: random.Random) -> None:
    """Change a case as an author does: a sentence more, a paragraph less, a record twice, a key gone, another order."""
    texts = [(part, key) for part in parts(data) for key in part if isinstance(part[key], str) and " " in part[key]]
    kind = chance.choice(("sentence", "paragraph", "shorter", "twice", "gone", "order"))
    part, key = chance.choice(texts)
    words = " ".join(chance.choices(WORDS, k=chance.randint(5, 60))).capitalize()
    if kind == "sentence":
        part[key] = f"{words}. {part[key]}"
    elif kind == "paragraph" and key in ("narrative", "introduction", "conclusion", "literature", "rationale"):
        part[key] = f"{words}.\n\n{part[key]}\n\n{words}."
    elif kind == "shorter":
        part[key] = part[key].split(". ")[-1]
    elif kind == "twice":
        lists = [
            (p, k) for p in parts(data) for k in p if isinstance(p[k], list) and p[k] and isinstance(p[k][0], dict)
        ]
        if lists:
            one, name = chance.choice(lists)
            one[name] = [{k: v for k, v in chance.choice(one[name]).items() if k != "id"}, *one[name]]
    elif kind == "gone":
        data.pop(chance.choice([k for k in data if k not in ("format", "authors", "affiliations")]), None)
    else:
        keys = list(data)
        chance.shuffle(keys)
        for name in keys:
            data[name] = data.pop(name)


def parts(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from parts(inner)


def test_random_edits_never_give_a_wrong_page(tmp_path: Path) -> None:
    chance, data, done, seen = random.Random(16), small(), 0, 0
    for number in range(EDITS):
        if number % 20 == 0:
            data = small()
        before = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        edited(data, chance)
        try:
            seen += proved(filled(project(tmp_path / str(number), data), layout="manuscript"))
        except CannotRun:  # the edit made what is no case, such as a reference to a record that is gone
            data = yaml.safe_load(before)
            continue
        done += 1
    assert done >= EDITS * 0.6
    assert seen >= done * 5


# -- states, files and contracts --------------------------------------------------------------------------------------


def test_each_state_is_told_as_it_is(tmp_path: Path) -> None:
    """A waiver gives its reason, what is missing is not reported, and what lint asks a person is left to the author."""
    data = {
        "format": 1,
        "title": "Gout of the ear: a case report",
        "focus": {"kind": "disease", "label": "gout of the ear"},
        "care": {"not_applicable": {"8d": "no staging system exists"}},
        "discussion": {"limitations": "One visit only."},
    }
    case = project(tmp_path, data)
    found = filled(case)
    states = {entry.item.id: entry for entry in found.checklist.entries}
    assert (states["1"].state, [spot.at.page for spot in states["1"].spots]) == ("present", [1])
    assert (states["8d"].state, states["8d"].reason, states["8d"].spots) == ("waived", "no staging system exists", ())
    assert (states["13"].state, states["13"].spots) == ("missing", ())
    assert states["11a"].state == "weak"
    text = said_of(run_in(tmp_path, "checklist", "--to", "html", "-o", str(tmp_path / "out")), tmp_path)
    assert "Not applicable: no staging system exists" in text
    assert "Not reported" in text
    assert "(in part)" in text
    assert not found.checklist.complete


def run_in(folder: Path, *arguments: str) -> int:
    return run([arguments[0], str(folder / "cases" / "one"), *arguments[1:]])


def said_of(code: int, folder: Path) -> str:
    assert code == 1
    return html_text((folder / "out" / "one" / "one-checklist.html").read_bytes()).replace("\x00", "")


def test_every_format_is_written_and_the_json_keeps_its_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = project(tmp_path, small())
    code = run(
        ["checklist", str(case), "--to", "html,pdf,docx,json", "--layout", "manuscript", "-o", str(tmp_path / "out")]
    )
    folder = tmp_path / "out" / "one"
    assert code == 1  # items of the published case are missing
    assert {path.name for path in folder.iterdir() if path.name[0] != "."} == {
        f"one-checklist.{s}" for s in ("html", "pdf", "docx", "json")
    }
    data = json.loads((folder / "one-checklist.json").read_text("utf-8"))
    assert data["version"] == 1
    assert {"case", "case_hash", "guideline", "layout", "items"} <= data.keys()
    assert (data["case"], data["guideline"], data["layout"]) == ("one", "care", "manuscript")
    assert len(data["items"]) == 30
    for item in data["items"]:
        assert {"id", "topic", "state", "reason", "page", "line", "pages"} <= item.keys()
        assert item["state"] in ("present", "weak", "missing", "waived", "needs_human")
        assert (item["page"] is None) == (item["pages"] == [])
    run(["render", str(case), "--to", "pdf", "--layout", "manuscript", "-o", str(tmp_path / "out")])
    manuscript = (folder / data["manuscript"]["file"]).read_bytes()
    assert hashlib.sha256(manuscript).hexdigest() == data["manuscript"]["sha256"]
    assert len(pypdfium2.PdfDocument(manuscript)) == data["manuscript"]["pages"]
    assert "applicable items of CARE reported" in capsys.readouterr().err


def test_lines_are_null_where_the_layout_numbers_none(tmp_path: Path) -> None:
    found = as_data(filled(project(tmp_path, small()), layout="article").checklist)
    assert any(item["page"] for item in found["items"])
    assert {item["line"] for item in found["items"]} == {None}


def test_a_checklist_of_an_earlier_version_is_reported(tmp_path: Path) -> None:
    case = project(tmp_path, small())
    (tmp_path / "output").mkdir()
    run(["checklist", str(case), "--to", "pdf", "-o", str(tmp_path / "output")])
    (file,) = find_cases([str(case)])

    def reported() -> list[str]:
        return [p.message for p in check(file).report.problems if p.code == "JRNL050"]

    assert reported() == []
    (case / "case.yaml").write_text((case / "case.yaml").read_text("utf-8") + "\nregistration: None.\n", "utf-8")
    (message,) = reported()
    assert "one-checklist.pdf" in message
    (tmp_path / "output" / "one" / "one-checklist.pdf").unlink()
    assert reported() == []


def test_scare_is_filled_in_as_well(tmp_path: Path) -> None:
    found = filled(EXEMPLARY, guideline="scare", layout="manuscript")
    assert len(found.checklist.entries) == 49
    assert proved(found)


@pytest.mark.parametrize(
    ("asked", "words"), [("--to=odt", "known: html"), ("--to=", "gives no format"), ("--guideline=car", "care")]
)
def test_a_wrong_option_is_named(asked: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["checklist", str(project(tmp_path, small())), asked]) == 2
    assert words in capsys.readouterr().err


def test_a_case_with_errors_in_its_data_has_no_checklist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = project(tmp_path, {"format": 1, "titel": "Gout"})
    assert run(["checklist", str(case)]) == 2
    said = capsys.readouterr().err
    assert "case.yaml:2:1" in said
    assert "titel" in said


def test_a_checklist_is_stale_when_its_journal_changes_and_a_comment_changes_nothing(tmp_path: Path) -> None:
    case = project(tmp_path, small() | {"profile": "own"}, ORDER.format(DISCUSSION, ""))
    (file,) = find_cases([str(case)])

    def reported() -> list[str]:
        return [p.message for p in check(file).report.problems if p.code == "JRNL050"]

    run(["checklist", str(case), "--to", "html,json", "-o", str(tmp_path / "output")])
    with (case / "case.yaml").open("a", encoding="utf-8") as text:
        text.write("\n# a comment\n")
    assert reported() == []
    profile = tmp_path / "profiles" / "own.yaml"
    profile.write_text(ORDER.format("", DISCUSSION), "utf-8")
    (message,) = reported()
    assert "one-checklist.html" in message
    run(["checklist", str(case), "--to", "json", "-o", str(tmp_path / "output")])
    (message,) = reported()  # the page is still of the earlier order
    assert "one-checklist.html" in message
    assert "one-checklist.json" not in message


def test_an_item_that_the_journal_wants_elsewhere_says_so(tmp_path: Path) -> None:
    """BMJ Case Reports has keywords chosen on its site: they are nowhere in the manuscript."""
    data = small() | {"profile": "bmj-case-reports"}
    data.pop("keywords", None)
    found = filled(project(tmp_path, data))
    (entry,) = (entry for entry in found.checklist.entries if entry.item.id == "2")
    assert entry.spots == ()
    assert "submission system" in (entry.reason or "")
    assert entry not in unfound(found.checklist)


def test_a_note_of_a_table_is_where_its_words_are(tmp_path: Path) -> None:
    """The change of a treatment stands in the note of the table, not in the row that the note belongs to."""
    treatment = {
        "interventions": [
            {
                "label": "colchicine",
                "kind": "drug",
                "dose": "1 mg",
                "at": "0",
                "changes": [{"at": "3 d", "what": "halved", "why": "diarrhoea of the elderly"}],
            },
            {"label": "allopurinol", "kind": "drug", "dose": "300 mg", "at": "1 d", "changes": {"none": True}},
        ]
    }
    found = filled(project(tmp_path, small() | {"treatment": treatment}), layout="manuscript")
    printed = PrintedPdf(found.manuscript)
    (entry,) = (entry for entry in found.checklist.entries if entry.item.id == "9c")
    lines = [printed.line(s.at.page, n) for s in entry.spots for n in range(s.at.first or 0, (s.at.last or 0) + 1)]
    assert "diarrhoeaoftheelderly" in "".join(lines).lower()


def test_contributions_are_not_given_as_the_line_of_the_authors(tmp_path: Path) -> None:
    authors = [{"given": "Ada", "family": "Example", "roles": ["Conceptualization"], "conflicts": {"none": True}}]
    data = small() | {"authors": authors, "guideline": "scare"}
    found = filled(project(tmp_path, data), layout="manuscript")
    (entry,) = (entry for entry in found.checklist.entries if entry.item.id == "18")
    assert entry.spots
    assert 1 not in {spot.at.page for spot in entry.spots}
