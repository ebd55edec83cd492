"""A process that runs on: what is remembered of one text, one edit or one case never answers for another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from msgspec.structs import replace

from casewriter.article.blocks import parse_blocks
from casewriter.article.quantities import takes_unit
from casewriter.article.said import read_sentence, wanted
from casewriter.article.walk import plain, runs
from casewriter.export.html import _Sandbox
from casewriter.lint.privacy.detect import _look, detect, detect_in
from casewriter.load import load
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.time import parse_when
from casewriter.model.value import parse_reference, parse_value
from casewriter.model.verdict import bounds_in, computed_flag
from casewriter.model.whole import holds_whole
from casewriter.plot import PlottedPoint, Track, Words
from casewriter.plot.figures import laboratory
from casewriter.project import case_file, open_case
from casewriter.source import read
from casewriter.work.check import check, compose_opened

ENGLISH = """\
format: 1
title: "Hyperkalaemia after trimethoprim: a case report"
observation:
  patient: {age: 37 y, sex: female}
  narrative: A 39-year-old woman came to us. Murphy sign was positive, and Dr. Murphy saw her on 12 March 2019.
labs:
  narrative: On day 2 potassium was {{ labs.potassium }}. On day 2 potassium was 7.7 mmol/L.
  results:
    - {test: Potassium, value: 6.1, unit: mmol/L, reference: 3.5-5.1, at: 2 d}
"""
GERMAN = """\
format: 1
language: de
title: "Hyperkaliämie nach Trimethoprim: ein Fallbericht"
observation:
  patient: {age: 52 y, sex: male}
  narrative: Herr Kowalski kam am 12.03.2019 in die Klinik.
labs:
  narrative: On day 2 potassium was {{ labs.potassium }}. On day 2 potassium was 7.7 mmol/L.
  results:
    - {test: Potassium, value: 3,4, unit: mmol/L, reference: 3.5-5.1, at: 2 d}
    - {test: Sodium, value: 140, unit: mmol/L, reference: 135-145, at: 3 d}
"""

REPORTS = """
import sys
from casewriter.work.check import check
for text in sys.argv[1:]:
    for one in check("case.yaml", text=text).report.problems:
        print(one.code, one.path, one.message, one.span, one.hint)
    print("--")
"""


def case_of(text: str) -> Case:
    case = load(read(text.encode(), "case.yaml")).case
    assert case is not None
    return case


def reports(*texts: str) -> list[str]:
    """Return the report of each text, read in this order by a process of its own."""
    told = subprocess.run([sys.executable, "-c", REPORTS, *texts], capture_output=True, text=True, check=True)
    return told.stdout.split("--\n")[:-1]


def test_the_order_in_which_cases_are_read_does_not_matter() -> None:
    """Each report is that of the case alone, whatever was read before it in the process."""
    english, german = reports(ENGLISH)[0], reports(GERMAN)[0]
    assert "7.7" in english
    assert "Kowalski" not in german
    assert "name" in german
    assert reports(ENGLISH, GERMAN, ENGLISH) == [english, german, english]


def test_an_edit_is_seen_in_every_part_that_reads_it() -> None:
    """A changed datum is compared with the old sentence, and a changed sentence with the old datum."""

    def said(text: str) -> str:
        return " ".join(one.message for one in check("case.yaml", text=text).report.problems if one.code == "DATA018")

    assert "the data say 6.1 mmol/L" in said(ENGLISH)
    assert "the data say 6.3 mmol/L" in said(ENGLISH.replace("value: 6.1", "value: 6.3"))
    assert "the text says Potassium 8.8" in said(ENGLISH.replace("7.7", "8.8"))
    assert said(ENGLISH.replace("7.7", "6.1")) == ""
    assert "the data say 6.1 mmol/L" in said(ENGLISH)


TOLD = """\
format: 1
title: "Ulcers in Behçet disease: a case report"
observation:
  patient: {age: 37 y, sex: female}
  narrative: A 37-year-old woman came with oral ulcers of three weeks.
pathology:
  specimens: [{label: biopsy of the lip, findings: vasculitis}]
discussion:
  narrative: Such ulcers heal slowly [@muller1959].
conclusion: The course suggests a benefit.
references:
  - {id: muller1959, type: article-journal, author: [Muller A], issued: 1959, title: Ulcers, container-title: Lancet,
     volume: 1, page: 2-3}
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("A 37-year-old woman", "A 37-year-old man", "DATA014"),
        ("of three weeks.", "of three weeks. Two biopsies were taken.", "DATA019"),
        ("oral ulcers", "oral ulcers and a raised QZV", "DATA020"),
        ("oral ulcers", "oral queer zonal virtue (QZV) and, again, oral queer zonal virtue (QZV)", "DATA023"),
        ("heal slowly", "heal slowly. This is the first reported case. Others heal", "DATA022"),
        ("suggests a benefit", "proves that it works", "DATA024"),
        ("heal slowly [@muller1959]", "heal slowly [12], and late [@muller1959]", "REF020"),
        ("came with", "came to Dr. Hartigan with", "PRIV001"),
    ],
)
def test_what_is_remembered_of_a_text_goes_with_it(old: str, new: str, code: str) -> None:
    """An edit is reported when it is made, not before, and not once it is undone."""

    def codes(text: str) -> set[str]:
        return {one.code for one in check("case.yaml", text=text).report.problems}

    assert code not in codes(TOLD)
    assert code in codes(TOLD.replace(old, new))
    assert code not in codes(TOLD)


def test_a_reference_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    """A record that was put into the file beside the case is known at the next check, and gone with it."""
    file, beside = tmp_path / "case.yaml", tmp_path / "library.bib"
    file.write_text(
        "format: 1\ntitle: A case\nintroduction: As known [@one; @two].\nreferences: [{file: library.bib}]\n", "utf-8"
    )
    record = "@article{{{}, author={{Miller, Ann}}, title={{Ulcers}}, journal={{Lancet}}, year={{2001}}}}\n"

    def unknown() -> set[str]:
        return {one.quote or "" for one in check(file).report.problems if one.code == "REF005"}

    for keys, missing in ((("one",), {"@two"}), (("one", "two"), set()), (("two",), {"@one"}), (("one",), {"@two"})):
        beside.write_text("".join(record.format(key) for key in keys), "utf-8")
        assert unknown() == missing


def test_records_are_found_by_a_key_in_the_order_of_the_file() -> None:
    """Records that have a key are found filled or not, without those that cannot have it."""
    case = case_of(
        "format: 1\nobservation:\n  complaints: [{label: pain, duration: 3 wk}, rash]\n"
        "labs: [{test: Potassium, value: 6.1}]\n"
        "treatment: {interventions: [{kind: drug, label: diltiazem, duration: 1 y}]}\n"
    )
    found = [(path[0], part.duration is not None) for path, part in case.having("duration") if path[-1] in (0, 1)]
    assert found == [("observation", True), ("observation", False), ("treatment", True)]
    assert [path for path, _ in case.having("loinc")] == [("labs", "results", 0)]
    assert list(case.having("no_such_key")) == []


def test_one_day_with_and_without_words_is_printed_as_each_is_written() -> None:
    """Times that are the same day keep their own words, whichever is said first."""
    rows = "".join(
        f"    - {{test: Test {n}, value: {n}, unit: mg/dL, at: {at}}}\n"
        for n, at in enumerate(("2 d", "{at: 2 d, label: at surgery}", "2 d", "{at: 2 d, label: at surgery}"))
    )
    opened = open_case(case_file("case.yaml", f"format: 1\ntitle: A case\nlabs:\n  results:\n{rows}"))
    (section,) = compose_opened(opened).article.sections
    printed = [plain(run) for run in runs(section)]
    assert [printed[n : n + 3] for n in range(printed.index("Test"), len(printed), 3)] == [
        ["Test", "Day\xa02", "At surgery"],
        ["Test 0 (mg/dL)", "0", ""],
        ["Test 1 (mg/dL)", "", "1"],
        ["Test 2 (mg/dL)", "2", ""],
        ["Test 3 (mg/dL)", "", "3"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lambda: detect("aged 45 years", "hipaa"), lambda: detect("aged 45 years", "journal")),
        (lambda: detect("ewa_kowalska.jpg", "hipaa", "prose"), lambda: detect("ewa_kowalska.jpg", "hipaa", "file_name")),
        (lambda: detect("Mrs Hartigan", but=()), lambda: detect("Mrs Hartigan", but=("name",))),
        (lambda: wanted("no fever", "en"), lambda: wanted("no fever", "it")),
        (lambda: read_sentence("sin fiebre", "es"), lambda: read_sentence("sin fiebre", "en")),
        (lambda: computed_flag(parse_value("250 /nL"), parse_reference("150-400"), "/nL"),
         lambda: computed_flag(parse_value("250 /nL"), parse_reference("150-400"), "mg/L")),
        (lambda: bounds_in(parse_value("9.2 mg/dL"), "mg/dL"), lambda: bounds_in(parse_value("9.2 mg/dL"), "mmol/L")),
        (lambda: takes_unit(parse_value("12 mg"), "g"), lambda: takes_unit(parse_value("12"), "g")),
    ],
)  # fmt: skip
def test_what_an_answer_depends_on_is_asked_for_with_it(one: Callable[[], Any], other: Callable[[], Any]) -> None:
    """Whichever question comes first, each keeps its own answer."""
    first, second = one(), other()
    assert first != second
    assert (one(), other(), one()) == (first, second, first)


def test_days_belong_to_their_case() -> None:
    """“Day 3” is two days after an index that is day 1, and three after one that is day 0."""
    from_one = Chronology(case_of("format: 1\ntimeline: {index: admission, first_day: 1}\n"))
    from_none = Chronology(case_of("format: 1\ntimeline: {index: admission}\n"))
    when = parse_when("day 3")
    assert [clock.days(when) for clock in (from_one, from_none, from_one)] == [2.0, 3.0, 2.0]


def test_a_label_does_not_change_the_day() -> None:
    """Times that differ in their label alone are one day."""
    clock = Chronology(case_of("format: 1\n"))
    assert clock.days(parse_when({"at": "3 d", "label": "at surgery"})) == clock.days(parse_when("3 d")) == 3.0


def test_a_sign_named_in_one_part_is_known_in_another() -> None:
    """Dr. Murphy is the eponym of a sign that only another part of the case names; without it, a person."""
    name = "Dr. Murphy saw her."
    alone, (_, beside) = detect(name), detect_in(("Murphy sign was positive.", name), "hipaa", "prose")
    assert [hit.type for hit in alone] == ["name"]
    assert beside == []
    assert detect(name) == alone


def test_an_edited_sentence_is_all_that_is_searched_again() -> None:
    """Of a case with one new sentence, the part with it is searched for identifying details, and no other."""
    check("case.yaml", text=ENGLISH)
    before = _look.cache_info().misses
    check("case.yaml", text=ENGLISH.replace("came to us.", "came to us. She was pale."))
    assert _look.cache_info().misses == before + 1


def test_the_tree_of_a_text_stays_as_it_was_read() -> None:
    """Two cases share the tree of one narrative; each fills in its own value."""
    text = "Potassium was {{ labs.potassium }}.\n\n- one\n- two"
    tree = parse_blocks(text)
    printed = [element.text for element in tree.iter()]
    for value in ("6.1", "6.3"):
        case = ENGLISH.replace("value: 6.1", f"value: {value}")
        check("case.yaml", text=case)
    assert [element.text for element in parse_blocks(text).iter()] == printed


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("seen on day 12", "day 1", False),
        ("seen on day 1, well", "day 1", True),
        ("yesterday 1", "day 1", False),
        ("on day 12 and day 1", "day 1", True),
        ("day_1", "day", False),
        ("a (day 1)", "day 1", True),
        ("über", "ber", False),
    ],
)
def test_words_are_whole(text: str, words: str, held: bool) -> None:
    """A longer number or word does not hold a shorter one."""
    assert holds_whole(text, words) is held


def test_a_figure_is_drawn_in_the_words_that_it_is_given() -> None:
    """The same values in other words, even if only the names of the units differ, are another figure."""
    track = Track("Potassium", "mmol/L", (PlottedPoint(0, 6.1, "6.1", "high"), PlottedPoint(9, 4, "4", "")), 3.5, 5.1)
    letters = {"low": "L", "high": "H", "abnormal": "A", "critical": "C"}
    english = Words("Title", "", "Time", {"d": "days", "wk": "weeks"}, "reference", letters)
    german = replace(english, units={"d": "Tage", "wk": "Wochen"})
    first, second = (laboratory([track], words) for words in (english, german))
    assert "days" in first
    assert "Tage" in second
    assert "days" not in second
    assert [laboratory([track], words) for words in (english, german)] == [first, second]


@pytest.mark.parametrize("forbidden", ["[].append", "''.__class__", "blocks.__globals__"])
def test_a_template_is_refused_again_what_it_was_refused(forbidden: str) -> None:
    """What the sandbox has answered for a harmless attribute does not let another one through."""
    sandbox = _Sandbox(undefined=StrictUndefined)
    asking = sandbox.from_string(f"{{{{ [].index and ''.upper and {forbidden}('x') }}}}")
    for _ in range(2):
        with pytest.raises(SecurityError):
            asking.render(blocks=lambda: "")


# -- growth ------------------------------------------------------------------------------------------------------------


def steps(text: str) -> int:
    """Return how many functions of the program and of C are called while a text is checked."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        del frame, argument
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        check("case.yaml", text=text)
    finally:
        sys.setprofile(None)
    return count


def results(count: int, first: int) -> str:
    """Return a case of so many results, three of four of them measured once."""
    rows = "".join(
        f"    - {{test: Test {n}, value: {n}.5, unit: mg/dL, reference: 3-90, at: {n % 40} d}}\n" if n % 4 else
        f"    - {{test: Test {n}, unit: mg/dL, series: [{{at: 0, value: {n}}}, {{at: 3 d, value: {n + 1}}}]}}\n"
        for n in range(first, first + count)
    )  # fmt: skip
    return f"format: 1\ntitle: A case\nlabs:\n  narrative: All are in @tbl-labs.\n  results:\n{rows}"


def events(count: int, first: int) -> str:
    """Return a case of so many events, one a day."""
    numbers = range(first, first + count)
    rows = "".join(f"    - {{id: event{n}, at: {n} d, label: event number {n} of the stay}}\n" for n in numbers)
    return f"format: 1\ntitle: A case\ntimeline:\n  index: admission\n  events:\n{rows}"


def references(count: int, first: int) -> str:
    """Return a case of so many references, each cited twice."""
    cited = " ".join(f"This is known [@work{first + n}; @work{first + n // 2}]." for n in range(count))
    rows = "".join(
        f"  - {{id: work{n}, type: article-journal, author: [Miller A], issued: 2001, title: Title {n},"
        f" container-title: Journal, volume: {n}, page: {n}-{n + 5}}}\n"
        for n in range(first, first + count)
    )
    return f"format: 1\ntitle: A case\nintroduction: |\n  {cited}\nreferences:\n{rows}"


@pytest.mark.parametrize("case", [results, events, references])
def test_work_grows_in_step_with_a_list(case: Callable[[int, int], str]) -> None:
    """Four times the list takes four times the steps, and not sixteen times; no two lists have a text in common."""
    check("case.yaml", text=case(41, 1000))  # what is loaded once is loaded
    base, one, four = steps(case(3, 2000)), steps(case(60, 3000)), steps(case(240, 4000))
    assert (four - base) < 4.6 * (one - base)


def test_records_are_named_once() -> None:
    """The names of the records of a case are found once, whoever asks."""
    case = case_of(ENGLISH)
    assert case.ids is case.ids
    assert case.records is case.records
    assert json.dumps(dict(case.ids)) == json.dumps({"potassium": ["labs", "results", 0]})
