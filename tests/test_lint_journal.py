"""What a journal asks for: every JRNL code of the rules at its place, on small profiles and on those that are shipped.

‸ stands before the character that a problem must point at; it is taken out before the text is read. What the journals
ask is written by hand after the project's notes of their instructions, not read from the profiles.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from quick_yaml import dumped, texts

from casewriter.cli.app import run
from casewriter.lint.journal import RULES
from casewriter.problem import Level, Problem
from casewriter.profile import find_profile
from casewriter.project import find_cases
from casewriter.work.check import Checked, check

ROOT = Path(__file__).parents[1]
EXEMPLARY = ROOT / "cases" / "exemplary-dress"
CODES = tuple(f"JRNL{number:03}" for number in range(5, 24))
SHIPPED = ("bmj-case-reports", "jmcr", "generic-care", "clinical-rheumatology")
PLAIN = "id: mine\nname: Mine Journal\nextends: generic-care\nstatements: []\n"


def checked(folder: Path, text: str, profile: str) -> Checked:
    """Return the report of a case in a project of its own; `profile` is the name of ours, or the text of one."""
    (folder / "cases" / "x").mkdir(parents=True, exist_ok=True)
    (folder / "cases" / "x" / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")
    if "\n" in profile:
        (folder / "profiles").mkdir(exist_ok=True)
        (folder / "profiles" / "mine.yaml").write_text(profile, "utf-8")
        profile = "mine"
    return check(find_cases([str(folder / "cases" / "x")])[0], profile)


def linted(folder: Path, text: str, profile: str = PLAIN) -> list[Problem]:
    """Return the problems of the codes of this file that a case has, in the order of the report."""
    problems = checked(folder, text, profile).report.problems
    assert [p.message for p in problems if p.kind.family in ("PLUG", "YAML", "CASE")] == []
    return [p for p in problems if p.code in CODES]


def holds_as_marked(folder: Path, codes: str, text: str, profile: str = PLAIN) -> list[Problem]:
    """Assert that a marked case has these codes, one for each mark, there and nowhere else.

    What is nowhere in the file is told at its beginning, marked ⌂.
    """
    wanted, line, column = list[tuple[int, int]](), 2, 1  # `format: 1` stands before the text
    for char in text:
        if char in "‸⌂":
            wanted.append((line, column) if char == "‸" else (1, 1))
        else:
            line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    found = linted(folder, re.sub("[‸⌂]", "", text), profile)
    marked = [(code, *place) for code, place in zip(codes.split(), wanted, strict=True)]
    assert [(p.code, p.span.line, p.span.column) for p in found if p.span] == marked, [p.message for p in found]
    assert all(problem.hint for problem in found)
    return found


def test_the_rules_have_these_codes_and_nearly_all_are_warnings() -> None:
    """Codes from JRNL024 on are tried in test_lint_journal_asked.py."""
    kinds = {kind.code: kind for rule in RULES for kind in rule.kinds}
    assert sorted(kinds) == [*CODES, *(f"JRNL{number:03}" for number in range(24, 38))]
    infos = {code for code, kind in kinds.items() if kind.level is Level.INFO}
    assert infos == {"JRNL034", "JRNL037"}  # words to confirm, and values that nobody looked up
    assert {kind.level for code, kind in kinds.items() if code not in infos} == {Level.WARNING}
    assert [code for code, kind in kinds.items() if "Source:" not in kind.manual] == ["JRNL018", "JRNL037"]


# -- what is counted ------------------------------------------------------------------------------------------------------


def words(count: int) -> str:
    return " ".join(["word"] * count)


def references(count: int) -> str:
    keys = "; ".join(f"@r{number}" for number in range(count))
    rows = "".join(f"- {{id: r{number}, type: book, title: Book {number}}}\n" for number in range(count))
    return f"introduction: So it is known [{keys}].\n‸references:\n{rows}" if count else "introduction: Known.\n"


def figures(count: int) -> str:
    return "‸figures:\n" + "".join(f"  f{number}: {{caption: Skin.}}\n" for number in range(count)) if count else ""


def tables(count: int) -> str:
    rows = (f"  t{number}: {{caption: Drugs., columns: [Drug], rows: [[a]]}}\n" for number in range(count))
    return "‸tables:\n" + "".join(rows) if count else ""


def authors(count: int) -> str:
    rows = "".join(f"- {{given: A{number}, family: Example}}\n" for number in range(1, count))
    return f"‸authors:\n- {{given: A0, family: Example, corresponding: true, email: a@example.org}}\n{rows}"


LIMITS: dict[str, tuple[str, Callable[[int], str], str]] = {
    "body_words": ("JRNL005", lambda count: f"‸discussion: {words(count)}\n", "words in the main text"),
    "abstract_words": (
        "JRNL006",
        lambda count: f"‸abstract: {{background: {words(count)}}}\n",
        "words in the abstract",
    ),
    "references": ("JRNL007", references, "references"),
    "figures": ("JRNL008", figures, "figures"),
    "tables": ("JRNL009", tables, "tables"),
    "authors": ("JRNL010", authors, "authors"),
    "figures_and_tables": (
        "JRNL019",
        lambda count: figures(count - 2) + tables(2).replace("‸", ""),
        "figures and tables",
    ),
}


@pytest.mark.parametrize("recommended", [False, True])
@pytest.mark.parametrize("limit", [3, 7])
@pytest.mark.parametrize("key", LIMITS)
def test_a_limit_holds_up_to_itself(tmp_path: Path, key: str, limit: int, recommended: bool) -> None:
    code, make, said = LIMITS[key]
    profile = f"{PLAIN}limits: {{{key}: {limit}, recommended: [{key if recommended else ''}]}}\n"
    for count in (limit - 1, limit):
        assert linted(tmp_path, make(count).replace("‸", ""), profile) == []
    for over in (1, 4):
        (problem,) = holds_as_marked(tmp_path, code, make(limit + over), profile)
        verb = "recommends" if recommended else "allows"
        assert problem.message == f"{limit + over} {said}; Mine Journal {verb} {limit}"
        assert problem.hint == f"remove {over}"


def test_an_abstract_that_is_too_short(tmp_path: Path) -> None:
    profile = f"{PLAIN}limits: {{abstract_words_min: 10, abstract_words: 12}}\n"
    text = "‸abstract: {{background: {}, conclusion: {}}}\n"
    for count in (5, 6, 7):
        assert linted(tmp_path, text.replace("‸", "").format(words(5), words(count)), profile) == []
    (problem,) = holds_as_marked(tmp_path, "JRNL020", text.format(words(5), words(4)), profile)
    assert "9 words" in problem.message
    assert "10 or more" in problem.message
    assert problem.hint == "add 1"
    holds_as_marked(tmp_path, "JRNL006", text.format(words(5), words(8)), profile)
    assert linted(tmp_path, "abstract: {background: }\n", profile) == []  # none at all is for the guideline to tell
    assert linted(tmp_path, "title: A title\n", profile) == []


def test_only_what_a_profile_limits_is_counted(tmp_path: Path) -> None:
    text = references(70) + figures(30) + tables(30) + authors(30) + f"abstract: {{background: {words(900)}}}\n"
    assert linted(tmp_path, text.replace("‸", "") + f"discussion: {words(9000)}\n") == []


def test_a_limit_of_nothing_is_one(tmp_path: Path) -> None:
    profile = f"{PLAIN}limits: {{references: 0, figures: 0, tables: 0, figures_and_tables: 0}}\n"
    text = references(1) + figures(1) + tables(1)
    text = text.replace("‸figures", "‸‸figures")
    holds_as_marked(tmp_path, "JRNL007 JRNL008 JRNL019 JRNL009", text, profile)


NOT_OF_THE_BODY = [
    "title: A title of five words\nkeywords: [case report]\n",
    f"abstract: {{background: {words(20)}}}\n",
    f"consent: {{publication: {{status: written, by: [patient], statement: {words(9)}}}}}\n",
    f"ethics: {words(9)}\nacknowledgements: {words(9)}\ndata_availability: {words(9)}\nguarantor: Ana\n",
    "abbreviations: {SLE: systemic lupus erythematosus}\n",
    f"highlights: [{words(9)}]\n",
    f"figures: {{skin: {{caption: {words(9)}, credit: {words(9)}}}}}\n",
    f"tables: {{drugs: {{caption: {words(9)}, columns: [Drug], rows: [[{words(9)}]], notes: {words(9)}}}}}\n",
    "references: [{id: a, type: book, title: A book}]\nnocite: all\n",
]
OF_THE_BODY = [
    (4, "introduction: Rare, but not unknown.\n"),
    (4, "introduction: Known [@a] since long [@a; @b] ago.\nreferences: [{id: a, title: A}, {id: b, title: B}]\n"),
    (3, "introduction: 12 mg/kg – daily …\n"),
    (2, "introduction: H~2~O 10^9^/L\n"),
    (5, "introduction: |\n  - one two\n  - three four\n\n  > five\n"),
    (3, "introduction: '**One** *two* [three](https://example.org/).'\n"),
    (2, "patient_perspective: {text: Well again., by: patient}\n"),
    (3, "learning_points: [One two., Three.]\n"),
    (1, "introduction: auto-immune\n"),
    (3, "introduction: |\n  Before it.\n\n  | Drug | Dose |\n  |---|---|\n  | a | b |\n\n  After.\n"),
]


@pytest.mark.parametrize("text", NOT_OF_THE_BODY)
def test_what_is_not_counted_as_text(tmp_path: Path, text: str) -> None:
    assert linted(tmp_path, text, f"{PLAIN}limits: {{body_words: 0}}\n") == []


@pytest.mark.parametrize(("count", "text"), OF_THE_BODY)
def test_what_is_counted_as_text(tmp_path: Path, count: int, text: str) -> None:
    (problem,) = linted(tmp_path, text, f"{PLAIN}limits: {{body_words: 0}}\n")
    assert problem.message.startswith(f"{count} words")


# -- keywords, learning points, title ---------------------------------------------------------------------------------------

COUNTED = [
    # codes, key and entries, what the profile asks
    ("", "keywords: [a, b]\n", "keywords: {min: 2, max: 3}\n"),
    ("", "keywords: [a, b, c]\n", "keywords: {min: 2, max: 3}\n"),
    ("JRNL011", "‸keywords: [a]\n", "keywords: {min: 2, max: 3}\n"),
    ("JRNL011", "title: Gout\n‸keywords: [a, b, c, d]\n", "keywords: {min: 2, max: 3}\n"),
    ("JRNL011", "⌂title: Gout\n", "keywords: {min: 2, max: 3}\n"),
    ("", "title: Gout\n", "keywords: {max: 3}\n"),
    ("", "title: Gout\n", "keywords: {min: 0}\n"),
    ("JRNL011", "‸keywords: [a]\n", "keywords: {max: 0}\n"),
    ("", "keywords: [gout, Case Report]\n", "keywords: {must_contain: [case report]}\n"),
    ("", "keywords: [case reports]\n", "keywords: {must_contain: [case report]}\n"),
    ("JRNL011", "‸keywords: [gout, urate]\n", "keywords: {must_contain: [case report]}\n"),
    ("JRNL011 JRNL011", "‸‸keywords: [gout]\n", "keywords: {min: 2, must_contain: [case report]}\n"),
    ("", "learning_points: [a, b, c]\n", "learning_points: {min: 3, max: 5}\n"),
    ("", "learning_points: [a, b, c, d, e]\n", "learning_points: {min: 3, max: 5}\n"),
    ("JRNL017", "‸learning_points: [a, b]\n", "learning_points: {min: 3, max: 5}\n"),
    ("JRNL017", "‸learning_points: [a, b, c, d, e, f]\n", "learning_points: {min: 3, max: 5}\n"),
    ("JRNL017", "⌂title: Gout\n", "learning_points: {min: 3}\n"),
    ("JRNL012", "title: ‸Gout of the spine\n", "title: {must_contain: [case report]}\n"),
    ("", 'title: "Gout of the spine: A Case Report"\n', "title: {must_contain: [case report]}\n"),
    ("", "keywords: [a]\n", "title: {must_contain: [case report], max_words: 1, must_not_contain: [gout]}\n"),
    ("JRNL012 JRNL012", "title: ‸‸Gout\n", "title: {must_contain: [case report, spine]}\n"),
    ("JRNL013", 'title: "Gout of the spine: a ‸Case Report"\n', "title: {must_not_contain: [case report]}\n"),
    ("", "title: The showcase reported\n", "title: {must_not_contain: [case report, case]}\n"),
    ("JRNL013 JRNL013", "title: A ‸rare case and its ‸review\n", "title: {must_not_contain: [review, rare case]}\n"),
    ("", "title: One two three\n", "title: {max_words: 3}\n"),
    ("", "title: One – two, three\n", "title: {max_words: 3}\n"),
    ("JRNL015", "title: ‸One two three four\n", "title: {max_words: 3}\n"),
    ("JRNL014", "title: Gout in a ‸37-year-old patient\n", "title: {must_not_state: [age, sex, ethnicity]}\n"),
    ("JRNL014", "title: Gout in a ‸7-month-old patient\n", "title: {must_not_state: [age]}\n"),
    ("JRNL014", "title: Gout in an ‸elderly patient\n", "title: {must_not_state: [age]}\n"),
    ("JRNL014", "title: Gout in a young ‸woman\n", "title: {must_not_state: [sex]}\n"),
    ("JRNL014 JRNL014", "title: Gout in a ‸70 year old ‸man\n", "title: {must_not_state: [sex, age]}\n"),
    ("", "title: Gout in a 37-year-old man\n", "title: {must_not_state: []}\n"),
    ("", "title: Gout in a 37-year-old patient\n", "title: {must_not_state: [sex, ethnicity]}\n"),
    ("", "title: Manifold human gout of a salesman\n", "title: {must_not_state: [sex, age]}\n"),
    ("", "title: Gout after 37 years of urate-lowering treatment\n", "title: {must_not_state: [age]}\n"),
    (
        "JRNL014",
        "title: Gout in a ‸Han Chinese patient\nobservation: {patient: {ethnicity: Han Chinese}}\n",
        "title: {must_not_state: [ethnicity]}\n",
    ),
    (
        "",
        "title: Gout in China\nobservation: {patient: {ethnicity: Han Chinese}}\n",
        "title: {must_not_state: [ethnicity]}\n",
    ),
]


@pytest.mark.parametrize(("codes", "text", "asked"), COUNTED)
def test_keywords_learning_points_and_title(tmp_path: Path, codes: str, text: str, asked: str) -> None:
    found = holds_as_marked(tmp_path, codes, text, PLAIN + asked)
    assert all(("Mine Journal" in p.message) for p in found)


def test_the_message_tells_how_many_there_are_and_how_many_are_asked_for(tmp_path: Path) -> None:
    def said(asked: str) -> str:
        (problem,) = linted(tmp_path, "keywords: [a, b]\n", f"{PLAIN}keywords: {asked}\n")
        return problem.message

    assert said("{min: 3, max: 10}") == "2 keywords; Mine Journal asks for 3 to 10"
    assert said("{min: 3}") == "2 keywords; Mine Journal asks for at least 3"
    assert said("{max: 1}") == "2 keywords; Mine Journal asks for at most 1"


# -- statements -------------------------------------------------------------------------------------------------------------

AUTHOR = "authors:\n- {given: Ana, family: Example, corresponding: true, email: a@example.org"
STATEMENTS: dict[str, tuple[list[str], list[str]]] = {
    # by name: what states it, and what does not (ICMJE II.B to II.E, IV.A.3.a)
    "consent": (["consent: {publication: {status: written, by: [patient]}}\n"], ["consent:\n"]),
    "ethics": (["ethics: Not required.\n", "ethics: {approval: Waived., board: Board}\n"], ["ethics:\n"]),
    "competing_interests": (
        [
            "competing_interests: {none: true}\n",
            "competing_interests: One author owns shares.\n",
            f"{AUTHOR}, conflicts: {{none: true}}}}\n",
        ],
        ["competing_interests:\n", f"{AUTHOR}, conflicts: {{none: true}}}}\n- {{given: B, family: C}}\n"],
    ),
    "funding": (
        ["funding: {none: true}\n", "funding: [{funder: Fund, award: '1'}]\n", "funding: The fund paid.\n"],
        ["funding:\n"],
    ),
    "contributions": (
        ["contributions: AE wrote it.\n", f"{AUTHOR}, roles: [Supervision]}}\n"],
        ["contributions:\n", f"{AUTHOR}, roles: [Supervision]}}\n- {{given: B, family: C}}\n"],
    ),
    "data_availability": (["data_availability: None beyond the text.\n"], ["data_availability:\n"]),
    "ai_use": (
        ["ai_use: {used: false}\n", "ai_use: {used: true, tools: [{name: A tool}]}\n"],
        ["ai_use:\n", "ai_use: {verification: By two authors.}\n"],
    ),
    "guarantor": (["guarantor: Ana B. Example\n"], ["guarantor:\n"]),
    "acknowledgements": (["acknowledgements: We thank the patient.\n"], ["acknowledgements:\n"]),
    "patient_perspective": (
        ["patient_perspective: {text: I am well., by: patient}\n", "patient_perspective: {not_obtained: lost}\n"],
        ["patient_perspective:\n"],
    ),
    "registration": (["registration: Not applicable.\n"], ["registration:\n"]),
}
STATED = [(name, text) for name, (stated, _) in STATEMENTS.items() for text in stated]
NOT_STATED = [(name, text) for name, (_, lacking) in STATEMENTS.items() for text in [*lacking, "title: Gout\n"]]


@pytest.mark.parametrize(("name", "text"), STATED)
def test_a_statement_that_is_made_is_not_asked_for(tmp_path: Path, name: str, text: str) -> None:
    assert linted(tmp_path, text, PLAIN.replace("[]", f"[{name}]")) == []


@pytest.mark.parametrize(("name", "text"), NOT_STATED)
def test_a_statement_that_is_not_made_is_asked_for(tmp_path: Path, name: str, text: str) -> None:
    (problem,) = linted(tmp_path, text, PLAIN.replace("[]", f"[{name}]"))
    assert problem.code == "JRNL016"
    said = "use of artificial intelligence" if name == "ai_use" else name.replace("_", " ")
    assert problem.message == f"Mine Journal requires a statement on {said}"
    assert problem.span
    key = "authors" if name == "contributions" else name
    line = next((n for n, row in enumerate(text.splitlines(), 2) if row.startswith(f"{key}:")), 1)
    assert (problem.span.line, problem.span.column) == (line, 1)
    assert (problem.hint or "").startswith("write ")


# -- phrases, corresponding author, parts of the abstract ---------------------------------------------------------------

FORBIDDEN = f"{PLAIN}forbidden: {{suffered from: say had, first report: claim nothing}}\n"
PHRASES = [
    ("JRNL018", "introduction: She ‸suffered from gout.\n"),
    ("JRNL018", "introduction: ‸Suffered from gout, had she?\n"),
    ("JRNL018 JRNL018", "introduction: |\n  She ‸suffered from gout.\n\n  He ‸suffered from it too.\n"),
    ("JRNL018 JRNL018", "title: The ‸first report\nconclusion: This is the ‸first report.\n"),
    ("JRNL018", "figures: {a: {caption: Who ‸suffered from it.}}\n"),
    ("JRNL018", "labs: [{test: Urate, value: 9, note: the ‸first report}]\n"),
    ("", "introduction: She had gout; it was the first reported. He suffered fromage.\n"),
    ("", "introduction: Known [@a].\nreferences: [{id: a, title: The first report of who suffered from gout}]\n"),
]
CORRESPONDING = [
    ("", "title: Gout\n"),
    ("", "authors: []\n"),
    ("", f"{AUTHOR}}}\n- {{given: B, family: C}}\n"),
    ("JRNL021", "‸authors: [{given: A, family: B, email: a@example.org}]\n"),
    ("JRNL021", "‸authors: [{given: A, family: B, corresponding: false}]\n"),
    ("JRNL021", "authors:\n- {given: A, family: B}\n- ‸{given: C, family: D, corresponding: true}\n"),
    ("JRNL021", f"{AUTHOR}}}\n- ‸{{given: C, family: D, corresponding: true}}\n"),
]
UNUSED = [
    # keys of affiliations that no author has; without any author the title page is still to be written
    ("", f"{AUTHOR}, affiliations: [a, b]}}\naffiliations: {{a: {{city: A}}, b: {{city: B}}}}\n"),
    ("JRNL023", f"{AUTHOR}, affiliations: [a]}}\naffiliations:\n  a: {{city: A}}\n  ‸b: {{city: B}}\n"),
    ("JRNL023 JRNL023", f"{AUTHOR}}}\naffiliations: {{‸a: {{city: A}}, ‸b: {{city: B}}}}\n"),
    ("", f"{AUTHOR}}}\n- {{given: C, family: D, affiliations: [a]}}\naffiliations: {{a: {{city: A}}}}\n"),
    ("", "affiliations: {a: {city: A}}\n"),
]
PARTS = [
    ("JRNL022", "‸abstract: A text of its own.\n", "name: Mine Journal\n"),
    ("JRNL022", "‸abstract:\n  text: A text of its own.\n", "name: Mine Journal\n"),
    ("", "abstract: {background: Rare., conclusion: Think.}\n", "name: Mine Journal\n"),
    ("", "abstract: A text of its own.\n", "name: Mine Journal\nabstract: {structured: false}\n"),
    ("", "abstract: A text of its own.\n", "name: Mine Journal\nabstract: {parts: []}\n"),
    ("", "abstract:\n", "name: Mine Journal\n"),
]


@pytest.mark.parametrize(("codes", "text"), PHRASES)
def test_a_phrase_that_the_journal_does_not_want(tmp_path: Path, codes: str, text: str) -> None:
    for problem in holds_as_marked(tmp_path, codes, text, FORBIDDEN):
        assert problem.hint in ("say had", "claim nothing")


@pytest.mark.parametrize(("codes", "text"), CORRESPONDING)
def test_one_author_can_be_reached(tmp_path: Path, codes: str, text: str) -> None:
    holds_as_marked(tmp_path, codes, text)


@pytest.mark.parametrize(("codes", "text"), UNUSED)
def test_an_affiliation_belongs_to_an_author(tmp_path: Path, codes: str, text: str) -> None:
    for problem in holds_as_marked(tmp_path, codes, text):
        assert f"“{problem.path[1]}”" in problem.message


@pytest.mark.parametrize(("codes", "text", "name"), PARTS)
def test_an_abstract_in_parts_is_asked_for(tmp_path: Path, codes: str, text: str, name: str) -> None:
    for problem in holds_as_marked(tmp_path, codes, text, PLAIN.replace("name: Mine Journal\n", name)):
        assert "Introduction, Case presentation, Conclusion" in problem.message


def test_every_code_was_drawn_by_some_row() -> None:
    tried = {code for code, _, _ in LIMITS.values()} | {"JRNL016", "JRNL020"}
    tried |= {code for codes, *_ in (*COUNTED, *PHRASES, *CORRESPONDING, *UNUSED, *PARTS) for code in codes.split()}
    assert tried == set(CODES)


# -- the journals ------------------------------------------------------------------------------------------------------------

ICMJE = {"consent", "competing_interests", "funding", "contributions", "ai_use"}
ASKED: dict[str, dict[str, Any]] = {
    "bmj-case-reports": {
        "limits": {"body_words": 2000, "abstract_words": 150, "authors": 4},
        "keywords": None,
        "learning_points": (3, 5),
        "statements": ICMJE,
        "name": "BMJ Case Reports",
    },
    "jmcr": {
        "limits": {"abstract_words": 350},
        "keywords": (3, 10),
        "learning_points": None,
        "statements": ICMJE | {"ethics", "data_availability"},
        "name": "Journal of Medical Case Reports",
    },
    "generic-care": {
        "limits": {},
        "keywords": None,  # CARE asks for them: item 2
        "learning_points": None,
        "statements": ICMJE | {"ethics"},
        "name": "Generic CARE manuscript",
    },
    "clinical-rheumatology": {
        "limits": {"body_words": 3500, "references": 60, "abstract_words": 250},
        "keywords": (4, 6),
        "learning_points": (2, 3),
        "statements": ICMJE | {"ethics", "data_availability"},
        "name": "Clinical Rheumatology",
    },
}
IN_PLACE = """consent: {publication: {status: written, by: [patient]}}
ethics: Not required.
competing_interests: {none: true}
funding: {none: true}
contributions: All wrote it.
data_availability: All is told.
ai_use: {used: false}
"""


def codes_of(folder: Path, text: str, profile: str) -> Counter[str]:
    return Counter(problem.code for problem in linted(folder, text.replace("‸", ""), profile))


@pytest.mark.parametrize("profile", SHIPPED)
@pytest.mark.parametrize("key", [key for key in LIMITS if key != "figures_and_tables"])
def test_the_limits_of_a_journal(tmp_path: Path, profile: str, key: str) -> None:
    code, make, said = LIMITS[key]
    limit = ASKED[profile]["limits"].get(key)
    if limit is None:
        count = {"body_words": 9000, "abstract_words": 900}.get(key, 90)
        assert codes_of(tmp_path, make(count), profile)[code] == 0
        return
    assert codes_of(tmp_path, make(limit - 1), profile)[code] == 0
    assert codes_of(tmp_path, make(limit), profile)[code] == 0
    (over,) = [p for p in linted(tmp_path, make(limit + 1).replace("‸", ""), profile) if p.code == code]
    verb = "recommends" if (profile, key) == ("bmj-case-reports", "body_words") else "allows"
    assert over.message == f"{limit + 1} {said}; {ASKED[profile]['name']} {verb} {limit}"


@pytest.mark.parametrize("profile", SHIPPED)
@pytest.mark.parametrize(("key", "code"), [("keywords", "JRNL011"), ("learning_points", "JRNL017")])
def test_the_counts_of_a_journal(tmp_path: Path, profile: str, key: str, code: str) -> None:
    def told(count: int) -> bool:
        entries = ", ".join(f"case report {number}" for number in range(count))
        return codes_of(tmp_path, f"{key}: [{entries}]\n", profile)[code] > 0

    asked = ASKED[profile][key]
    least, most = asked or (0, 20)
    assert [count for count in range(21) if not told(count)] == list(range(least, most + 1))


@pytest.mark.parametrize(
    ("count", "asked", "hint"),
    [
        (4, "{min: 2, max: 3}", "remove 1 or 2"),
        (4, "{min: 3, max: 3}", "remove 1"),
        (9, "{min: 2, max: 4}", "remove 5 to 7"),
        (5, "{max: 3}", "remove 2"),
        (1, "{max: 0}", "remove KEY:"),
        (1, "{min: 3, max: 5}", "add 2 to 4"),
        (1, "{min: 2, max: 2}", "add 1"),
        (1, "{min: 3}", "add 2 or more"),
        (0, "{min: 2, max: 3}", "write KEY: [ … ] with 2 or 3"),
        (0, "{min: 2}", "write KEY: [ … ] with 2 or more"),
    ],
)
@pytest.mark.parametrize(
    ("key", "code"), [("keywords", "JRNL011"), ("learning_points", "JRNL017"), ("highlights", "JRNL028")]
)
def test_it_is_said_how_many_to_add_or_remove(
    tmp_path: Path, key: str, code: str, count: int, asked: str, hint: str
) -> None:
    text = f"title: Gout\n{key}: [{', '.join('abcdefghi'[:count])}]\n"
    problems = checked(tmp_path, text, f"{PLAIN}{key}: {asked}\n").report.problems
    (found,) = [problem for problem in problems if problem.code == code]
    assert found.hint == hint.replace("KEY", key)


@pytest.mark.parametrize("profile", SHIPPED)
def test_the_statements_of_a_journal(tmp_path: Path, profile: str) -> None:
    found = [p for p in linted(tmp_path, "title: Gout\n", profile) if p.code == "JRNL016"]
    assert {"contributions" if p.path == ("authors",) else p.path[0] for p in found} == ASKED[profile]["statements"]
    assert len(found) == len(ASKED[profile]["statements"])
    assert codes_of(tmp_path, IN_PLACE, profile)["JRNL016"] == 0


def test_clinical_rheumatology_wants_no_abstract_below_150_words(tmp_path: Path) -> None:
    for count, told in ((149, 1), (150, 0), (250, 0)):
        text = f"abstract: {words(count)}\n"
        assert codes_of(tmp_path, text, "clinical-rheumatology")["JRNL020"] == told
        assert codes_of(tmp_path, text, "clinical-rheumatology")["JRNL022"] == 0


@pytest.mark.parametrize(("profile", "told"), [("bmj-case-reports", 0), ("jmcr", 1), ("generic-care", 1)])
def test_who_wants_the_abstract_in_parts(tmp_path: Path, profile: str, told: int) -> None:
    assert codes_of(tmp_path, f"abstract: {words(140)}\n", profile)["JRNL022"] == told


TITLES = [
    ("bmj-case-reports", "", "Painless thyroiditis after allopurinol-induced DRESS"),
    ("bmj-case-reports", "", "Gout previewed and reviewed"),
    ("bmj-case-reports", "JRNL013", "Painless thyroiditis after DRESS: a case report"),
    ("bmj-case-reports", "JRNL013", "Gout of the spine: Case Report"),
    ("bmj-case-reports", "JRNL013", "A review of painless thyroiditis"),
    ("bmj-case-reports", "JRNL013 JRNL013", "Gout: a literature review"),
    ("bmj-case-reports", "JRNL013", "A rare case of painless thyroiditis"),
    ("bmj-case-reports", "JRNL013", "The first case of painless thyroiditis"),
    ("bmj-case-reports", "JRNL014", "Painless thyroiditis in a patient aged 54"),
    ("bmj-case-reports", "JRNL014 JRNL014", "Painless thyroiditis in a 54-year-old woman"),
    ("bmj-case-reports", "JRNL014", "Painless thyroiditis in a Han Chinese patient"),
    ("jmcr", "", "Painless thyroiditis in a 54-year-old woman: a case report"),
    ("jmcr", "", "Painless thyroiditis: A Case Report and review of the literature"),
    ("jmcr", "JRNL012", "Painless thyroiditis after allopurinol-induced DRESS"),
    ("clinical-rheumatology", "", "Painless thyroiditis after allopurinol: case-based review"),
    ("generic-care", "", "Painless thyroiditis after allopurinol: a case report"),
]


@pytest.mark.parametrize(("profile", "codes", "title"), TITLES)
def test_the_titles_that_a_journal_wants(tmp_path: Path, profile: str, codes: str, title: str) -> None:
    text = f'title: "{title}"\nobservation: {{patient: {{ethnicity: Han Chinese}}}}\n'
    found = [p.code for p in linted(tmp_path, text, profile) if p.code in ("JRNL012", "JRNL013", "JRNL014", "JRNL015")]
    assert found == codes.split()


# -- the guideline and the journal ---------------------------------------------------------------------------------------------

DATA: dict[str, Any] = texts((EXEMPLARY / "case.yaml").read_bytes())
TITLE = str(DATA["title"])
PLAIN_TITLE = TITLE.removesuffix(": a case report")


def exemplary(folder: Path, profile: str, **changes: Any) -> tuple[dict[str, str], list[Problem]]:
    """Return the states of items and the problems of the exemplary case after changes of its first keys."""
    data = {key: value for key, value in (DATA | changes).items() if value is not None}
    del data["format"]
    (folder / "cases" / "x").mkdir(parents=True, exist_ok=True)
    shutil.copy(EXEMPLARY / "references.bib", folder / "cases" / "x")
    report = checked(folder, dumped(data, width=1000), profile).report
    return {one.item.id: one.state for one in report.items}, list(report.problems)


def test_bmj_overrules_care_on_the_title(tmp_path: Path) -> None:
    """CARE item 1 asks for “case report” in the title, BMJ Case Reports for none: the journal wins and it is said."""
    assert PLAIN_TITLE != TITLE
    states, problems = exemplary(tmp_path, "bmj-case-reports", title=PLAIN_TITLE)
    assert states["1"] == "present"
    assert {p.code for p in problems if "1" in p.items} == {"JRNL004"}
    (said,) = [p for p in problems if p.code == "JRNL004"]
    assert (said.level, said.path) == (Level.INFO, ("title",))
    assert "CARE item 1" in said.message
    assert "BMJ Case Reports" in said.message
    assert "“case report”" in said.message
    assert "JRNL013" not in {p.code for p in problems}

    states, problems = exemplary(tmp_path, "bmj-case-reports", title=TITLE)
    assert states["1"] == "present"
    assert "JRNL004" not in {p.code for p in problems}
    (told,) = [p for p in problems if p.code == "JRNL013"]
    line = f"title: '{TITLE}'"
    assert told.span
    assert told.span.column == line.index("case report") + 1


@pytest.mark.parametrize("profile", ["generic-care", "jmcr", "clinical-rheumatology"])
def test_other_journals_leave_the_title_to_care(tmp_path: Path, profile: str) -> None:
    states, problems = exemplary(tmp_path, profile, title=PLAIN_TITLE)
    assert states["1"] == "weak"  # it names the focus, and lacks the words “case report”
    assert "CARE005" in {p.code for p in problems}
    assert "JRNL004" not in {p.code for p in problems}


def test_a_title_that_names_nothing_is_missed_by_every_journal(tmp_path: Path) -> None:
    for profile in SHIPPED:
        states, problems = exemplary(tmp_path, profile, title="A surprise: a case report")
        assert states["1"] == "weak", profile  # it is called a case report, and names nothing
        assert "CARE005" in {p.code for p in problems}


KEYWORDS = [str(word) for word in DATA["keywords"]]
MORE = [*KEYWORDS, "febuxostat", "gout", "eosinophilia", "hepatitis", "prednisolone", "hypothyroidism"]


@pytest.mark.parametrize(
    ("profile", "count", "state", "codes"),
    [
        # CARE item 2 asks for two to five
        ("generic-care", 5, "present", set()),
        ("generic-care", 6, "weak", set()),
        ("jmcr", 3, "present", set()),
        ("jmcr", 10, "present", {"JRNL004"}),
        ("jmcr", 11, "present", {"JRNL004", "JRNL011"}),
        ("jmcr", 2, "present", {"JRNL011"}),
        ("clinical-rheumatology", 6, "present", {"JRNL004"}),
        ("clinical-rheumatology", 3, "present", {"JRNL011"}),
        ("bmj-case-reports", 0, "present", {"JRNL004"}),
        ("bmj-case-reports", 9, "present", {"JRNL004"}),
    ],
)
def test_keywords_are_counted_as_the_journal_counts(
    tmp_path: Path, profile: str, count: int, state: str, codes: set[str]
) -> None:
    states, problems = exemplary(tmp_path, profile, keywords=MORE[:count] or None)
    assert states["2"] == state
    assert {p.code for p in problems if p.code in ("JRNL004", "JRNL011", "CARE021", "CARE022")} == codes


def test_an_abstract_of_300_words_is_long_for_care_and_not_for_jmcr(tmp_path: Path) -> None:
    abstract = {**DATA["abstract"], "treatment": "Allopurinol was stopped and prednisolone was given. " * 20}
    for profile, codes in (
        ("generic-care", {"CARE035"}),
        ("jmcr", set()),
        ("clinical-rheumatology", {"CARE035", "JRNL006"}),
    ):
        _, problems = exemplary(tmp_path, profile, abstract=abstract)
        assert {p.code for p in problems if p.code in ("CARE035", "JRNL006")} == codes, profile


# -- as it is printed ---------------------------------------------------------------------------------------------------------

Page = html.HtmlElement
NOT_BODY = {
    "Declarations", "Statements", "Statements and declarations", "List of abbreviations", "Abbreviations", "Informed consent",
    "Highlights", "Supplementary material",
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """Return the exemplary case as a page, by profile."""
    found = {}
    for profile in SHIPPED:
        out = tmp_path_factory.mktemp(profile)
        assert run(["render", str(EXEMPLARY), "--to", "html", "--profile", profile, "-o", str(out)]) == 0
        (path,) = out.glob("*/*.html")
        found[profile] = html.fromstring(path.read_text("utf-8"))
    return found


def spaced(element: Page) -> str:
    return " ".join(str(element.text_content()).split())


def found(page: Page, path: str) -> list[Page]:
    return list(page.xpath(path))


def h2(page: Page) -> list[str]:
    return [spaced(one) for one in found(page, "//main//h2[not(ancestor::*[@class='margin'])]")]


def printed_words(sections: list[Page]) -> int:
    """Return how many words of prose a reader counts: no headings, lists of facts, tables, figures, citations."""
    count = 0
    for section in sections:
        for one in found(section, ".//p|.//li"):
            outside = (
                "ancestor::table|ancestor::figure|ancestor::li|ancestor::dd|ancestor::*[contains(@class, 'table')]"
            )
            if one.xpath(outside) or "keywords" in (one.get("class") or ""):
                continue
            parts = one.xpath(".//text()[not(ancestor::*[@class='citation'])]")
            count += len([word for word in "".join(parts).split() if re.search(r"[^\W_]", word)])
    return count


@pytest.mark.parametrize("profile", SHIPPED)
def test_the_words_that_are_counted_are_those_that_are_printed(
    tmp_path: Path, pages: dict[str, Page], profile: str
) -> None:
    page = pages[profile]
    sections = [
        s for s in found(page, "//main//section[h2 and starts-with(@id, 'sec-')]") if spaced(s[0]) not in NOT_BODY
    ]
    body = [s for s in sections if s.get("class") != "legends"]
    assert len(body) > 4
    limits = "limits: {body_words: 1, abstract_words: 1, references: 0, figures: 0, tables: 0, authors: 0, abstract_words_min: 0}"
    own = f"id: mine\nname: Mine Journal\nextends: {profile}\n{limits}\n"
    _, problems = exemplary(tmp_path, own)
    said = {p.code: int(p.message.split()[0]) for p in problems if p.code in CODES and p.message[0].isdigit()}
    assert said["JRNL005"] == printed_words(body)
    assert said["JRNL006"] == printed_words(found(page, "//section[@id='abstract']"))
    assert said["JRNL007"] == len(found(page, "//section[@id='references']//ol/li"))
    assert said["JRNL008"] == len(found(page, "//main//figure[not(@class='strip')]"))
    assert said["JRNL009"] == len(found(page, "//main//table/caption"))
    assert said["JRNL010"] == len(found(page, "//*[@class='author']"))


HEADINGS = {
    "bmj-case-reports": [
        *("Summary", "Background", "Case presentation", "Investigations", "Differential diagnosis", "Treatment"),
        *("Outcome and follow-up", "Discussion", "Learning points/take home messages", "Patient’s perspective"),
        *("Statements", "Abbreviations", "References", "Figures and legends"),
    ],
    "jmcr": [
        *("Abstract", "Background", "Case presentation", "Discussion", "Conclusions", "Patient’s perspective"),
        *("List of abbreviations", "Declarations", "References", "Figures and legends"),
    ],
    "clinical-rheumatology": [
        *("Abstract", "Introduction", "Case report", "Search strategy", "Discussion", "Key points"),
        *("Patient perspective", "Statements and declarations", "Abbreviations", "References"),
    ],
    "generic-care": [
        *("Abstract", "Introduction", "Patient information", "Clinical findings", "Timeline", "Diagnostic assessment"),
        *("Course", "Therapeutic intervention", "Follow-up and outcomes", "Discussion", "Conclusion"),
        *("Learning points", "Patient perspective", "Informed consent", "Declarations", "Abbreviations", "References"),
    ],
}
DECLARED = [
    *("Ethics approval and consent to participate", "Consent for publication", "Availability of data and materials"),
    *("Competing interests", "Funding", "Authors’ contributions", "Acknowledgements"),
]
"""The declarations that every BMC journal asks for, in their order."""


@pytest.mark.parametrize("profile", SHIPPED)
def test_the_exemplary_case_has_the_headings_of_the_journal_and_no_part_without_a_place(
    pages: dict[str, Page], profile: str
) -> None:
    problems = check(find_cases([str(EXEMPLARY)])[0], profile).report.problems
    assert [p.message for p in problems if p.code == "JRNL001"] == []
    printed = h2(pages[profile])
    assert [heading for heading in HEADINGS[profile] if heading in printed] == printed
    optional = {"Search strategy", "Abbreviations", "Course", "Figures and legends"}
    assert set(HEADINGS[profile]) - set(printed) <= optional


def test_jmcr_prints_the_declarations_of_bmc_in_their_order(pages: dict[str, Page]) -> None:
    printed = [spaced(one) for one in found(pages["jmcr"], "//section[h2='Declarations']//h3")]
    assert [heading for heading in printed if heading in DECLARED] == DECLARED
    abstract = [spaced(one) for one in found(pages["jmcr"], "//section[@id='abstract']//h3")]
    assert abstract == ["Background", "Case presentation", "Conclusions"]


def test_bmj_prints_a_summary_without_headings_and_three_authors_of_a_reference(pages: dict[str, Page]) -> None:
    """CSL bmj: from four authors on, three and et al.; JMCR's style prints six of seven."""
    assert found(pages["bmj-case-reports"], "//section[@id='abstract']//h3") == []
    for profile, first in (("bmj-case-reports", 3), ("jmcr", 6)):
        entries = [spaced(one) for one in found(pages[profile], "//section[@id='references']//ol/li")]
        cut = [entry.split(", et al")[0] for entry in entries if ", et al" in entry]
        counts = Counter(
            entry.count(",") + 1 for entry in cut if "Kano" not in entry
        )  # which the case itself cuts short
        assert set(counts) == {first}


@pytest.mark.parametrize("profile", SHIPPED)
def test_citations_look_as_the_journal_prints_them(pages: dict[str, Page], profile: str) -> None:
    """CSL bmj, springer-vancouver-brackets and springer-basic-brackets: [1]; nlm-citation-sequence: (1)."""
    form = r"\(\d[\d,–-]*\)" if profile == "generic-care" else r"\[\d[\d,\s–-]*\]"
    printed = [spaced(one) for one in found(pages[profile], "//main//*[@class='citation']")]
    assert len(printed) > 5
    assert [text for text in printed if not re.fullmatch(form, text)] == []


@pytest.mark.parametrize("profile", SHIPPED)
def test_a_profile_says_where_and_when_it_was_learned(profile: str) -> None:
    found_profile = find_profile(profile)
    assert found_profile.name == ASKED[profile]["name"]
    assert found_profile.sources
    assert found_profile.as_of == ("2017-09" if profile == "generic-care" else "unknown")  # never the day of writing
