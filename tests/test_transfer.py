"""`casewriter profile diff`: what changes from one journal to another, and what a case must change."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from test_cli import Call, call, project, write  # noqa: F401 - the fixtures of the command line

from casewriter.profile import Profile, all_profiles, find_profile
from casewriter.profile.difference import Change, changes
from casewriter.profile.outline import outline_lines
from casewriter.profile.wording import ABOUT, GROUPS, WITHIN, WORDINGS, leaves
from casewriter.profile_parts import SectionPlan

NAMES = sorted(all_profiles())
PROFILES = {name: find_profile(name) for name in NAMES}


def between(old: str, new: str) -> dict[str, Change]:
    return {one.key: one for one in changes(PROFILES[old], PROFILES[new])}


# -- every key --------------------------------------------------------------------------------------------------------


def test_every_key_of_a_profile_has_its_words() -> None:
    bare = Profile.model_validate({"id": "x", "name": "X"})
    asked = {key for key, _ in leaves(bare)}
    assert {key.partition(".")[0] for key in asked} | ABOUT == set(Profile.model_fields)
    assert asked == set(WORDINGS) | set(WITHIN)
    assert set(WORDINGS).isdisjoint(WITHIN)
    assert [key for key, words in WORDINGS.items() if not words.label] == ["left"]  # its entries are whole sentences
    assert {words.group for words in WORDINGS.values()} == set(GROUPS)


@pytest.mark.parametrize("name", NAMES)
def test_from_a_profile_to_itself_nothing_changes(name: str) -> None:
    assert changes(PROFILES[name], PROFILES[name]) == []


def test_there_and_back_are_mirrors() -> None:
    assert len(NAMES) >= 5
    for old, new in permutations(NAMES, 2):
        there, back = between(old, new), between(new, old)
        assert there
        assert set(there) == set(back)
        assert {key: (one.after, one.before) for key, one in there.items()} == {
            key: (one.before, one.after) for key, one in back.items()
        }
        assert [(old, new, key) for key, one in there.items() if not one.lines] == []
        for key in there:
            added, gone = (
                [line[2:] for line in one[key].lines if line.startswith(sign) and " in “" not in line]
                for one, sign in ((there, "+ "), (back, "- "))
            )
            assert added == gone, (old, new, key)


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_value_is_told_under_its_key(name: str) -> None:
    """Each value of a profile that another does not state is one change, whatever its kind."""
    bare = Profile.model_validate({"id": "x", "name": "X"})
    stated = {key for key, value in leaves(PROFILES[name]) if value != dict(leaves(bare))[key]}
    told = {one.key for one in changes(bare, PROFILES[name])}
    assert stated - set(WITHIN) == told - {"sections"} | (stated & {"sections"})


# -- three pairs, read by hand from the YAML files --------------------------------------------------------------------

KEYS = {
    ("generic-care", "bmj-case-reports"): """
        limits.body_words limits.authors limits.patients keywords learning_points
        title.must_not_contain title.must_not_state
        limits.abstract_words abstract.name abstract.structured abstract.parts abstract.differs_from
        sections statements overrides consent_form consent_form_note preprint ai.place ai.extent
        units citation.csl translated layout figures
        files.text files.template files.note files.figures.separate files.figures.formats files.figures.dpi
        privacy deidentification.exact_age deidentification.calendar_dates deidentification.place_names
        deidentification.institution deidentification.ethnicity_occupation left""",
    ("bmj-case-reports", "jmcr"): """
        limits.body_words limits.authors limits.patients keywords learning_points
        title.must_contain title.must_not_contain title.must_not_state
        limits.abstract_words abstract.name abstract.structured abstract.parts abstract.no_citations
        abstract.differs_from
        sections statements sentences overrides consent_form consent_form_note preprint ai.place ai.extent
        units citation.csl
        files.text files.template files.double_spacing files.line_numbers files.page_numbers files.cover_letter
        files.checklist files.note files.figures.separate files.figures.formats files.figures.dpi
        privacy deidentification.exact_age deidentification.calendar_dates deidentification.place_names
        deidentification.institution deidentification.ethnicity_occupation left""",
    ("jmcr", "ijscr"): """
        keywords highlights limits.abstract_words abstract.parts abstract.no_citations
        sections statements sentences overrides guideline guideline_cited ai.place ai.extent citation.csl
        files.text files.double_spacing files.page_numbers files.cover_letter left""",
}
LINES = {
    ("generic-care", "bmj-case-reports"): {
        "limits.body_words": ["no limit → 2000, advised"],
        "limits.authors": ["no limit → 4"],
        "limits.abstract_words": ["no limit → 150"],
        "learning_points": ["any number → 3 to 5"],
        "title.must_not_state": ["+ age, sex, ethnicity"],
        "title.must_not_contain": ["+ “case report”, “review”, “literature review”, “rare case”, “first case”, “!”"],
        "abstract.name": ["Abstract → Summary"],
        "abstract.parts": ["- “Introduction”, “Case presentation”, “Discussion”, “Conclusion”"],
        "statements": ["- Ethics approval"],
        "preprint": ["not said → forbidden"],
        "files.text": ["- pdf"],
        "figures": ["in place → at end"],
        "deidentification.exact_age": ["not said → forbidden"],
    },
    ("bmj-case-reports", "jmcr"): {
        "limits.body_words": ["2000, advised → no limit"],
        "limits.abstract_words": ["150 → 350"],
        "keywords": ["none needed → 3 to 10"],
        "title.must_contain": ["+ “case report”"],
        "statements": ["+ Ethics approval, Data availability"],
        "files.cover_letter": ["not said → required"],
        "files.checklist": ["optional → required"],
    },
    ("jmcr", "ijscr"): {
        "guideline": ["CARE → SCARE"],
        "highlights": ["any number → 3 to 5, at most 85 characters each"],
        "keywords": ["3 to 10 → 3 to 6, “case report” among them"],
        "limits.abstract_words": ["350 → 250, advised"],
        "statements": ["+ Guarantor, Registration", "- Data availability"],
        "abstract.parts": [
            "“Introduction and importance”, was “Background”",
            "“Presentation of case”, was “Case presentation”",
            "“Clinical discussion” from part of “Conclusions”",
            "“Conclusion” from part of “Conclusions”",
        ],
        "files.double_spacing": ["yes → not said"],
    },
}


@pytest.mark.parametrize("pair", KEYS)
def test_the_keys_that_differ_are_those_of_the_files(pair: tuple[str, str]) -> None:
    assert set(between(*pair)) == set(KEYS[pair].split())
    assert {key: list(between(*pair)[key].lines) for key in LINES[pair]} == LINES[pair]


def test_the_sections_of_bmj_are_told_from_those_of_care() -> None:
    lines = between("generic-care", "bmj-case-reports")["sections"].lines
    assert lines[:4] == (
        "“Background”, was “Introduction”",
        "“Case presentation” from “Patient information”, “Clinical findings”, “Timeline”, “Course”",
        "“Investigations” from part of “Diagnostic assessment”",
        "“Differential diagnosis” from part of “Diagnostic assessment”",
    )
    assert "“Statements” from “Informed consent”, “Declarations”" in lines
    assert "+ inside sections: “Patient consent for publication”" in lines


def test_an_unsure_or_older_value_is_marked() -> None:
    found = between("generic-care", "bmj-case-reports")
    assert found["limits.authors"].mark == "low, an old copy of the template"
    assert found["limits.abstract_words"].mark == "as of 2024-05"
    assert found["limits.body_words"].mark == ""  # looked up, on the pages that the whole profile is from
    assert between("bmj-case-reports", "generic-care")["limits.authors"].mark == ""  # nothing is said there


# -- orders of sections -----------------------------------------------------------------------------------------------


def plans(text: str) -> tuple[SectionPlan, ...]:
    """Return sections written as “Heading: part part / Heading: part”."""
    found = (one.partition(": ") for one in text.split(" / "))
    return tuple(SectionPlan.model_validate({"heading": name, "from": parts.split()}) for name, _, parts in found)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("A: labs", "A: labs", []),
        ("A: labs", "B: labs", ["“B”, was “A”"]),
        ("A: labs / B: imaging", "C: labs imaging", ["“C” from “A”, “B”"]),
        ("A: labs imaging", "B: labs / C: imaging", ["“B” from part of “A”", "“C” from part of “A”"]),
        ("A: labs", "A: labs / B: imaging", ["+ “B”"]),
        ("A: labs / B: imaging", "A: labs", ["- “B”"]),
        ("A: labs imaging", "A: labs", ["- imaging in “A”"]),
        ("A: labs", "A: labs imaging", ["“A” also holds imaging"]),
        ("A: labs / B: imaging", "B: imaging / A: labs", ["in the order “B”, “A”"]),
        ("A: labs imaging", "A: imaging labs", ["in “A” the order is imaging, labs"]),
        ("A: labs / B: labs imaging", "A: labs / B: imaging", []),  # a part is told where it is named first
    ],
)
def test_orders_are_compared_by_their_parts(old: str, new: str, lines: list[str]) -> None:
    assert outline_lines(plans(old), plans(new)) == lines


def test_what_else_a_section_asks_is_compared() -> None:
    asked = SectionPlan.model_validate(
        {"heading": "A", "from": ["labs"], "headings": {"labs": "Blood"}, "max_words": 200, "records": "none"}
    )
    assert outline_lines(plans("A: labs"), (asked,)) == [
        "+ inside sections: “Blood”",
        "“A”, words: no limit → 200",
        "“A”, records listed: untold → none",
    ]


# -- a case -----------------------------------------------------------------------------------------------------------

CASE = """format: 1
title: "Gout of the spine: a case report in a man"
keywords: [gout, spine, case report]
abstract: One two three four five six seven eight nine ten eleven twelve.
introduction: Gout is common.
"""
SHORT = """id: short
name: Short Reports
extends: generic-care
as_of: 2020-01
confidence: low
limits: {abstract_words: 10}
title: {must_not_contain: [case report]}
"""
BOTH = "id: both\nname: B\nextends: generic-care\nlimits: {body_words: 10, body_with_abstract: true, references: 2}\n"
LONG = "id: long\nname: Long Reports\nextends: generic-care\nlimits: {abstract_words_min: 50}\nkeywords: {min: 4}\n"


@pytest.fixture
def journals(project: Path) -> Path:  # noqa: F811
    (project / "profiles").mkdir()
    (project / "profiles" / "short.yaml").write_text(SHORT, "utf-8")
    (project / "profiles" / "long.yaml").write_text(LONG, "utf-8")
    write(project, CASE)
    return project


def test_a_case_learns_what_to_change_what_is_solved_and_its_counts(journals: Path, call: Call) -> None:  # noqa: F811
    code, out, err = call("profile", "diff", "long", "short", "cases/gout")
    assert (code, err) == (1, "")
    assert "long → short: Long Reports → Short Reports" in out
    assert "  words in the abstract: no limit → 10  (low)" in out
    assert "to change for short: 2 problems" in out
    assert "JRNL006 12 words in the abstract; Short Reports allows 10; remove 2" in out
    assert "cases/gout/case.yaml:2:30: warning JRNL013" in out
    assert "no longer reported for short: 2 problems" in out
    assert "JRNL020 12 words in the abstract; Long Reports asks for 50 or more" in out
    assert "words in the abstract: 12 of 10: cut 2" in out
    assert out.rstrip().endswith("to keep it: write profile: short in the case")


def test_the_words_of_the_abstract_count_where_the_journal_counts_them(journals: Path, call: Call) -> None:  # noqa: F811
    (journals / "profiles" / "both.yaml").write_text(BOTH, "utf-8")
    out = call("profile", "diff", "long", "both", "cases/gout")[1]
    assert "  words in the main text and the abstract: 15 of 10: cut 5\n  references: 0 of 2\n" in out


def test_a_case_that_need_not_change_leaves_with_0(journals: Path, call: Call) -> None:  # noqa: F811
    code, out, _ = call("profile", "diff", "short", "generic-care", "cases/gout")
    assert code == 0
    assert "nothing has to be changed" in out
    assert "no longer reported for generic-care: 2 problems" in out


def test_a_file_that_cannot_be_read_is_not_called_ready(journals: Path, call: Call) -> None:  # noqa: F811
    write(journals, "format: 1\ndiscussion: {narrative: x {{ labs.k }}.}\n")
    code, out, _ = call("profile", "diff", "jmcr", "bmj-case-reports", "cases/gout")
    lint = call("lint", "cases/gout", "--output-format", "concise")
    assert (code, lint[0]) == (1, 1)
    assert "to correct first: 1 error in the file" in out
    assert f"  {lint[1].splitlines()[0]}" in out.splitlines()
    assert "cases/gout/case.yaml:2:27: error YAML001" in out
    assert "nothing has to be changed" not in out


def test_errors_in_the_data_come_first(journals: Path, call: Call) -> None:  # noqa: F811
    write(journals, f"{CASE}observation: {{patient: {{age: abc, sx: male}}}}\n")
    code, out, _ = call("profile", "diff", "short", "generic-care", "cases/gout")
    assert code == 1
    lines = out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("to correct first: 2 errors"))
    assert [line.split()[2] for line in lines[start + 1 : start + 3]] == ["CASE005", "CASE001"]
    assert "nothing has to be changed" not in out
    told = json.loads(call("profile", "diff", "short", "generic-care", "cases/gout", "--output-format", "json")[1])
    assert [one["code"] for one in told["case"]["first"]] == ["CASE005", "CASE001"]


def test_a_case_is_compared_not_called_written_for_a_journal(journals: Path, call: Call) -> None:  # noqa: F811
    out = call("profile", "diff", "long", "short", "cases/gout")[1]
    assert "cases/gout/case.yaml, compared as a manuscript for long" in out
    assert "written for" not in out


def test_without_a_case_only_the_journals_are_compared(journals: Path, call: Call) -> None:  # noqa: F811
    code, out, _ = call("profile", "diff", "long", "short")
    assert code == 0
    assert "cases/gout" not in out
    assert call("profile", "diff", "long", "long")[1].splitlines()[1] == "nothing changes"


def test_json_holds_the_same(journals: Path, call: Call) -> None:  # noqa: F811
    code, out, _ = call("profile", "diff", "long", "short", "cases/gout", "--output-format", "json")
    found = json.loads(out)
    assert (code, found["version"], found["from"], found["to"]) == (1, 1, "long", "short")
    (words,) = [one for one in found["changes"] if one["key"] == "limits.abstract_words"]
    assert (words["before"], words["after"], words["group"], words["how"]) == (None, 10, "abstract", "checks")
    assert sorted(one["code"] for one in found["case"]["new"]) == ["JRNL006", "JRNL013"]
    assert [(one["count"], one["limit"]) for one in found["case"]["counts"]] == [(12, 10)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jmcr", "bmj-case-report"], '"bmj-case-reports"'),
        (["jmrc", "bmj-case-reports"], '"jmcr"'),
        (["jmcr", "bmj-case-reports", "cases/absent"], "absent"),
        (["jmcr"], "B"),
    ],
)
def test_bad_arguments_leave_with_2(arguments: list[str], said: str, journals: Path, call: Call) -> None:  # noqa: F811
    code, _, err = call("profile", "diff", *arguments)
    assert code == 2
    assert said in err


def test_a_name_that_is_no_verb_still_shows_the_profile(journals: Path, call: Call) -> None:  # noqa: F811
    code, out, _ = call("profile", "bmj-case-reports")
    assert (code, out.splitlines()[0]) == (0, "bmj-case-reports: BMJ Case Reports")
    assert call("profile", "-q", "short")[0] == call("profile", "short", "--no-color")[0] == 0
    assert call("profile", "jmcr", "short")[0] == 2


def test_what_identifies_the_patient_is_not_repeated(journals: Path, call: Call) -> None:  # noqa: F811
    strict = "id: strict\nname: Strict\nextends: generic-care\nprivacy: journal\n"
    (journals / "profiles" / "strict.yaml").write_text(strict, "utf-8")
    write(journals, f"{CASE}course: She was seen in Leeds Royal Infirmary on 3 May 2021 by Mrs Jane Smith.\n")
    _, out, _ = call("profile", "diff", "generic-care", "strict", "cases/gout")
    assert "PRIV" in out
    assert [word for word in ("Smith", "Leeds", "3 May") if word in out] == []
