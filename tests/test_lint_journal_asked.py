"""What a journal asks beyond numbers: JRNL024 to JRNL037 at their places, and what they must leave alone.

The marks are those of test_lint_journal.py: ‸ before the character that a problem points at, ⌂ for the beginning.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_lint_journal import checked

from casewriter.problem import Problem

PLAIN = "id: mine\nname: Mine Journal\nextends: generic-care\nstatements: []\n"
CODES = tuple(f"JRNL{number:03}" for number in range(24, 38))


def found(folder: Path, text: str, profile: str) -> list[Problem]:
    problems = checked(folder, text, profile).report.problems
    assert [p.message for p in problems if p.kind.family in ("PLUG", "YAML", "CASE")] == []
    return [p for p in problems if p.code in CODES]


def holds(folder: Path, codes: str, text: str, asked: str) -> list[Problem]:
    """Assert that a marked case has these codes, one for each mark, there and nowhere else."""
    wanted, line, column = list[tuple[int, int]](), 2, 1
    for char in text:
        if char in "‸⌂":
            wanted.append((line, column) if char == "‸" else (1, 1))
        else:
            line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    problems = found(folder, text.replace("‸", "").replace("⌂", ""), PLAIN + asked)
    marked = [(code, *place) for code, place in zip(codes.split(), wanted, strict=True)]
    assert [(p.code, p.span.line, p.span.column) for p in problems if p.span] == marked, [p.message for p in problems]
    assert all("Mine Journal" in problem.message and problem.hint for problem in problems)
    return problems


REFERENCE = "references: [{id: a, type: book, title: A book}]\n"
BACK = "The rash spread over both arms and the face within two days of the first tablet of allopurinol."
NEAR = "The rash spread over both arms and the face within two days of the first dose of allopurinol."
OTHER = "A drug for gout caused an inflammation of the thyroid gland, which passed without treatment at all."
FOUR = "highlights: [One., Two., Three., Four.]\n"
CALCIUM = "labs: [{test: Calcium, value: 9.2, unit: mg/dL, reference: 8.6-10.3}]\n"
AI = "ai_use: {used: true, tools: [{name: A tool, purpose: spelling}]}\n"

ROWS = [
    # code, case, what the profile asks
    ("JRNL024", f"abstract:\n  background: Known ‸[@a].\n{REFERENCE}", "abstract: {no_citations: true}\n"),
    ("JRNL024 JRNL024", f"abstract: Known ‸[@a] and so ‸[see @a].\n{REFERENCE}", "abstract: {no_citations: true}\n"),
    ("", f"abstract: Known.\nintroduction: Known [@a].\n{REFERENCE}", "abstract: {no_citations: true}\n"),
    ("", "abstract: Figure 1 [b] shows a@example.\n", "abstract: {no_citations: true}\n"),
    ("JRNL025", f"abstract: ‸{BACK}\nintroduction: {BACK}\n", "abstract: {differs_from: introduction}\n"),
    ("JRNL025", f"abstract: {OTHER} ‸{NEAR}\nintroduction: {BACK}\n", "abstract: {differs_from: introduction}\n"),
    ("", f"abstract: {OTHER}\nintroduction: {BACK}\n", "abstract: {differs_from: introduction}\n"),
    ("", f"abstract: {BACK}\ndiscussion: {BACK}\n", "abstract: {differs_from: introduction}\n"),
    (
        "",
        "abstract: It was gout after all.\nintroduction: It was gout after all.\n",
        "abstract: {differs_from: introduction}\n",
    ),
    ("JRNL026", "‸abstract: |\n  One.\n\n  Two.\n\n  Three.\n", "abstract: {one_paragraph: true}\n"),
    ("", "abstract: |\n  One.\n  Two.\n", "abstract: {one_paragraph: true}\n"),
    (
        "JRNL027",
        "‸discussion: One two three.\n",
        "sections: [{heading: Talk, from: [discussion, conclusion], max_words: 2}]\n",
    ),
    (
        "JRNL027",
        "‸discussion: One two.\nconclusion: Three.\n",
        "sections: [{heading: Talk, from: [discussion, conclusion], max_words: 2}]\n",
    ),
    ("", f"discussion: One two [@a].\n{REFERENCE}", "sections: [{heading: Talk, from: [discussion], max_words: 2}]\n"),
    ("JRNL028", f"‸{FOUR}", "highlights: {min: 1, max: 3}\n"),
    ("JRNL028", "⌂title: Gout\n", "highlights: {min: 3, max: 5}\n"),
    ("", FOUR, "highlights: {min: 4, max: 4}\n"),
    ("JRNL029", "highlights: [Four, ‸Fives]\n", "highlights: {max_chars: 4}\n"),
    ("JRNL029", "highlights: ['‸á b c']\n".replace("'‸", "‸'"), "highlights: {max_chars: 4}\n"),
    ("JRNL030", "title: We ‸report five patients with gout\n", "limits: {patients: 3}\n"),
    ("JRNL030", "introduction: The authors ‸describe the cases of 4 young men with gout.\n", "limits: {patients: 3}\n"),
    ("", "introduction: We report three patients with gout.\n", "limits: {patients: 3}\n"),
    ("", "introduction: We report a patient. Others have seen five patients.\n", "limits: {patients: 3}\n"),
    ("", "discussion: Ito reported five patients with gout.\n", "limits: {patients: 3}\n"),
    ("JRNL031", "prior_presentation: It was posted as a ‸preprint in May.\n", "preprint: forbidden\n"),
    ("JRNL031", "data_availability: See ‸medRxiv.\n", "preprint: forbidden\n"),
    ("", "prior_presentation: It was never posted as a preprint. A poster was shown.\n", "preprint: forbidden\n"),
    ("", "discussion: A preprint told of another case.\n", "preprint: forbidden\n"),
    ("", "prior_presentation: It was posted as a preprint in May.\n", "preprint: allowed\n"),
    ("JRNL032", "‸supplements: [{caption: Doses.}]\n", "supplements: forbidden\n"),
    ("", "supplements: [{caption: Doses.}]\n", "supplements: allowed\n"),
    ("JRNL033", f"‸{CALCIUM}", "units: both\n"),
    ("JRNL033", f"‸{CALCIUM}", "units: si\n"),
    ("", CALCIUM, "units: conventional\n"),
    ("", CALCIUM.replace("reference", "also: {value: 2.3, unit: mmol/L}, reference"), "units: both\n"),
    ("", CALCIUM.replace("mg/dL", "mmol/L").replace("9.2", "2.3"), "units: si\n"),
    ("", "labs: [{test: Sodium, value: 140, unit: mmol/L, reference: 135-145}]\n", "units: both\n"),  # the same number
    ("", "labs: [{test: Tryptase, value: 9, unit: ug/L, reference: 1-11}]\n", "units: both\n"),  # no other unit known
    ("JRNL034", "‸funding: {none: true}\n", "sentences: {funding: Nobody paid.}\n"),
    ("", "funding: In truth, nobody paid!\n", "sentences: {funding: Nobody paid.}\n"),
    ("", "title: Gout\n", "sentences: {funding: Nobody paid.}\n"),
    ("", "consent: {publication: {status: waived_by_ethics}}\n", "sentences: {consent: The patient agreed.}\n"),
    ("", "consent: {publication: {status: written, by: next_of_kin}}\n", "sentences: {consent: The patient agreed.}\n"),
    ("", "consent: The patient agreed.\n", "sentences: {consent: The patient agreed.}\n"),
    ("JRNL035", f"‸{AI}", "ai: {extent: [name, version, verification]}\n"),
    ("", AI, "ai: {extent: [name, purpose]}\n"),
    ("", "ai_use: {used: false}\n", "ai: {extent: [name, purpose]}\n"),
    ("JRNL036", "‸introduction: We care.\n", "guideline_cited: required\n"),
    ("", "introduction: We follow the CARE guideline.\n", "guideline_cited: required\n"),
    (
        "",
        f"introduction: So [@a].\n{REFERENCE.replace('A book', 'The CARE guidelines')}",
        "guideline_cited: required\n",
    ),
    ("", "introduction: We care.\n", "guideline_cited: optional\n"),
]


@pytest.mark.parametrize(("codes", "text", "asked"), ROWS)
def test_what_a_journal_asks(tmp_path: Path, codes: str, text: str, asked: str) -> None:
    holds(tmp_path, codes, text, asked)


def test_each_code_is_drawn_by_some_row_and_left_out_by_another() -> None:
    assert {code for codes, _, _ in ROWS for code in codes.split()} == set(CODES) - {"JRNL037"}
    quiet = {asked.split(":")[0] for codes, _, asked in ROWS if not codes}
    assert quiet == {asked.split(":")[0] for _, _, asked in ROWS}


# -- the sentence that a journal demands ------------------------------------------------------------------------------------

SENTENCE = "Written informed consent was obtained from the patient for publication of this case report"


def test_the_sentence_is_offered_with_its_key_where_the_statement_is_missing(tmp_path: Path) -> None:
    problems = checked(tmp_path, "title: Gout\n", "jmcr").report.problems
    (hint,) = [p.hint or "" for p in problems if p.code == "JRNL016" and p.path == ("consent",)]
    assert f'if they are true: consent: {{publication: {{statement: "{SENTENCE}' in hint


def test_the_text_of_the_hint_can_be_pasted_and_settles_the_problem(tmp_path: Path) -> None:
    consent = "consent: {publication: {status: written, by: patient}}\n"
    (problem,) = [p for p in checked(tmp_path, consent, "jmcr").report.problems if p.code == "JRNL034"]
    pasted = (problem.hint or "").partition("write ")[2]
    assert "Editor-in-Chief" in pasted
    report = checked(tmp_path, f"{pasted}\n", "jmcr").report
    assert [p.message for p in report.problems if p.kind.family in ("YAML", "CASE") or p.code == "JRNL034"] == []


# -- values that nobody looked up -------------------------------------------------------------------------------------------


def unsure(folder: Path, profile: str, text: str = "title: Gout\n") -> list[str]:
    return [p.message for p in checked(folder, text, profile).report.problems if p.code == "JRNL037"]


def test_remembered_limits_are_told_in_one_line(tmp_path: Path) -> None:
    """The notes on Clinical Case Reports: abstract and keywords of small confidence, no page read."""
    assert unsure(tmp_path, "clinical-case-reports-wiley") == [
        "of the limits of Clinical Case Reports, these are remembered, not looked up: abstract words 150, keywords 3 to 5"
    ]
    assert unsure(tmp_path, "oxford-medical-case-reports") == [
        "of the limits of Oxford Medical Case Reports, these are from a copy without a date: body words 1000, "
        "abstract words 150, references 10, figures 10"
    ]


def test_what_was_looked_up_on_a_dated_page_is_not_told(tmp_path: Path) -> None:
    (line,) = unsure(tmp_path, "bmj-case-reports")
    assert "abstract words" not in line  # from the template of May 2024
    assert "authors 4" in line
    (line,) = unsure(tmp_path, "ame-case-reports")
    assert "body words" not in line  # the page of 2 September 2024
    assert unsure(tmp_path, "generic-care") == []
    assert unsure(tmp_path, f"{PLAIN}limits: {{authors: 4}}\n") == []  # of a profile that says nothing of it


def test_it_points_at_the_profile_of_the_case(tmp_path: Path) -> None:
    problems = checked(tmp_path, "title: Gout\nprofile: medicine-lww\n", "medicine-lww").report.problems
    (problem,) = [p for p in problems if p.code == "JRNL037"]
    assert problem.span
    assert (problem.span.line, problem.span.column) == (3, 10)
