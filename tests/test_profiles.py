"""The twenty journals as profiles: what they ask, written by hand after notes on their instructions, and one case in each.

The tables are no copy of the profiles: they come from the notes that the profiles were written after, amendments first.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.export.door import find_exporter
from casewriter.export.readback import lost
from casewriter.model.parts import PARTS, expanded
from casewriter.profile import all_profiles, find_profile
from casewriter.project import find_cases, open_case
from casewriter.template import find_template
from casewriter.work.check import check, compose_opened

EXEMPLARY = Path(__file__).parents[1] / "cases" / "exemplary-dress"
LIMITS: dict[str, dict[str, int]] = {
    "generic-care": {},
    "bmj-case-reports": {"body_words": 2000, "abstract_words": 150, "authors": 4, "patients": 3},
    "jmcr": {"abstract_words": 350},
    "cureus": {"patients": 5},
    "clinical-rheumatology": {"body_words": 3500, "references": 60, "abstract_words": 250, "abstract_words_min": 150},
    "clinical-case-reports-wiley": {"abstract_words": 150},
    "aim-clinical-cases": {"body_words": 1500, "abstract_words": 100, "references": 15, "figures_and_tables": 4},
    "nejm-brief": {"body_words": 2000, "abstract_words": 100, "references": 25, "figures_and_tables": 3},
    "jama-clinical-challenge": {"body_words": 850, "abstract_words": 0, "references": 10, "figures": 2, "authors": 3},
    "case-reports-in-medicine": {"abstract_words": 300},
    "sage-open-med-case-reports": {"abstract_words": 200},
    "medicine-lww": {"abstract_words": 350},
    "ijscr": {"abstract_words": 250},
    "oxford-medical-case-reports": {"body_words": 1000, "abstract_words": 150, "references": 10, "figures": 10},
    "clinmed": {"abstract_words": 250},
    "jcem-case-reports": {
        "body_words": 2000,
        "abstract_words": 200,
        "references": 30,
        "figures": 6,
        "authors": 6,
        "patients": 3,
    },
    "ame-case-reports": {
        "body_words": 2500,
        "abstract_words": 350,
        "abstract_words_min": 200,
        "references": 20,
        "figures_and_tables": 8,
    },
    "edm-case-reports": {"body_words": 2000, "abstract_words": 250, "references": 10},
    "wjcc": {"abstract_words": 350},
    "jacc-case-reports": {},
}
KEYWORDS: dict[str, tuple[int | None, int | None]] = {
    "jmcr": (3, 10),
    "cureus": (5, None),
    "clinical-rheumatology": (4, 6),
    "clinical-case-reports-wiley": (3, 5),
    "nejm-brief": (None, 0),
    "jama-clinical-challenge": (None, 0),
    "sage-open-med-case-reports": (3, 6),
    "medicine-lww": (3, 7),
    "ijscr": (3, 6),
    "clinmed": (3, 10),
    "ame-case-reports": (3, 5),
    "wjcc": (5, 10),
}
LESSONS = {
    "bmj-case-reports": (3, 5),
    "clinical-rheumatology": (2, 3),
    "jcem-case-reports": (3, 5),
    "edm-case-reports": (3, 6),
    "jacc-case-reports": (2, 3),
}
CASE = ("Introduction", "Case Presentation", "Discussion")
ORDER: dict[str, tuple[str, ...]] = {
    "bmj-case-reports": (
        *("Background", "Case presentation", "Investigations", "Differential diagnosis", "Treatment"),
        *("Outcome and follow-up", "Discussion", "Learning points/take home messages", "Patient’s perspective"),
    ),
    "jmcr": ("Background", "Case presentation", "Discussion", "Conclusions", "Patient’s perspective", "Declarations"),
    "cureus": (*CASE, "Conclusions"),
    "clinical-rheumatology": ("Introduction", "Case report", "Discussion", "Statements and declarations"),
    "clinical-case-reports-wiley": (
        *("Introduction", "Case History/Examination"),
        "Methods (Differential Diagnosis, Investigations and Treatment)",
        *("Conclusion and Results (Outcome and Follow-up)", "Discussion"),
    ),
    "aim-clinical-cases": ("Background", "Case Report", "Discussion"),
    "nejm-brief": ("Case Report", "Discussion"),
    "jama-clinical-challenge": ("Case", "Diagnosis", "Discussion", "Patient Outcome"),
    "case-reports-in-medicine": (*CASE, "Conclusion"),
    "sage-open-med-case-reports": ("Introduction", "Case report", "Discussion", "Conclusion"),
    "medicine-lww": ("Introduction", "Case presentation", "Discussion", "Conclusion"),
    "ijscr": ("Introduction", "Presentation of case", "Clinical discussion", "Conclusion"),
    "oxford-medical-case-reports": ("Introduction", "Case Report", "Discussion"),
    "clinmed": ("Introduction", "Case Report", "Discussion", "Conclusion"),
    "jcem-case-reports": (
        *("Introduction", "Case Presentation", "Diagnostic Assessment", "Treatment", "Outcome and Follow-up"),
        *("Discussion", "Learning Points"),
    ),
    "ame-case-reports": CASE,
    "edm-case-reports": (
        *("Learning points", "Background", "Case presentation", "Investigation", "Treatment"),
        *("Outcome and follow-up", "Discussion"),
    ),
    "wjcc": (
        *("INTRODUCTION", "CASE PRESENTATION", "FINAL DIAGNOSIS", "TREATMENT", "OUTCOME AND FOLLOW-UP"),
        *("DISCUSSION", "CONCLUSION"),
    ),
    "jacc-case-reports": (
        *("History of presentation", "Physical examination", "Past medical history", "Differential diagnosis"),
        *("Investigations", "Management", "Discussion", "Follow-up", "Conclusions", "Learning objectives"),
    ),
    "generic-care": (
        *("Introduction", "Patient information", "Clinical findings", "Timeline", "Diagnostic assessment"),
        *("Therapeutic intervention", "Follow-up and outcomes", "Discussion", "Conclusion", "Patient perspective"),
        "Informed consent",
    ),
}
ABSTRACT = {
    "generic-care": ["Introduction", "Case presentation", "Conclusion"],
    "jmcr": ["Background", "Case presentation", "Conclusions"],
    "medicine-lww": ["Rationale", "Patient concerns", "Diagnoses", "Interventions", "Outcomes", "Lessons"],
    "ijscr": ["Introduction and importance", "Presentation of case", "Clinical discussion", "Conclusion"],
    "ame-case-reports": ["Background", "Case Description", "Conclusions"],
    "wjcc": ["BACKGROUND", "CASE SUMMARY", "CONCLUSION"],
}
CITED = {
    # how a citation of one reference is printed; sup is a superscript (the journals' pages, and CSL)
    **dict.fromkeys(("bmj-case-reports", "jmcr", "cureus", "clinical-rheumatology", "ijscr"), "[1]"),
    **dict.fromkeys(("case-reports-in-medicine", "oxford-medical-case-reports", "clinmed"), "[1]"),
    **dict.fromkeys(("generic-care", "aim-clinical-cases", "ame-case-reports", "edm-case-reports"), "(1)"),
    **dict.fromkeys(("clinical-case-reports-wiley", "nejm-brief", "jama-clinical-challenge", "medicine-lww"), "sup1"),
    **dict.fromkeys(("sage-open-med-case-reports", "jcem-case-reports", "jacc-case-reports"), "sup1"),
    "wjcc": "sup[1]",
}
ICMJE = {"consent", "competing_interests", "funding", "ai_use"}
STATEMENTS: dict[str, set[str]] = {
    "generic-care": {"ethics", "contributions"},
    "bmj-case-reports": {"contributions"},
    "jmcr": {"ethics", "contributions", "data_availability"},
    "cureus": {"contributions"},
    "clinical-rheumatology": {"ethics", "contributions", "data_availability"},
    "clinical-case-reports-wiley": {"ethics", "contributions", "data_availability"},
    "aim-clinical-cases": {"contributions"},
    "nejm-brief": set(),
    "jama-clinical-challenge": set(),
    "case-reports-in-medicine": {"contributions", "data_availability"},
    "sage-open-med-case-reports": {"ethics", "contributions"},
    "medicine-lww": {"ethics", "contributions", "data_availability"},
    "ijscr": {"ethics", "contributions", "guarantor", "registration"},
    "oxford-medical-case-reports": {"ethics", "guarantor"},
    "jcem-case-reports": {"contributions", "data_availability"},
    "ame-case-reports": {"ethics", "contributions"},
    "wjcc": {"contributions"},
    "jacc-case-reports": set(),
}
WITHOUT_AI = {"clinmed": set[str](), "edm-case-reports": {"contributions"}}
"""Journals of which the notes know no rule about artificial intelligence."""
NAMES = tuple(LIMITS)


def test_these_are_the_journals() -> None:
    assert len(NAMES) == 20
    assert set(all_profiles()) == set(NAMES) == set(ORDER) == set(CITED) == {*STATEMENTS, *WITHOUT_AI}


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_journal(name: str) -> None:
    profile = find_profile(name)
    limits = {key: value for key, value in profile.limits if type(value) is int}
    assert limits == LIMITS[name]
    assert (profile.keywords.minimum or None, profile.keywords.maximum) == KEYWORDS.get(name, (None, None))
    assert (profile.learning_points.minimum, profile.learning_points.maximum) == LESSONS.get(name, (None, None))
    assert set(profile.statements) == (
        STATEMENTS[name] | ICMJE if name in STATEMENTS else WITHOUT_AI[name] | ICMJE - {"ai_use"}
    )
    assert profile.guideline == ("scare" if name == "ijscr" else "care")
    assert profile.abstract.structured is (name in ABSTRACT)


SINGLE: dict[tuple[str, str], Any] = {
    ("bmj-case-reports", "preprint"): "forbidden",
    ("jcem-case-reports", "preprint"): "forbidden",
    ("jcem-case-reports", "supplements"): "forbidden",
    ("jcem-case-reports", "units"): "both",
    ("bmj-case-reports", "units"): "si",
    ("bmj-case-reports", "consent_form"): "own",
    ("jama-clinical-challenge", "consent_form"): "own",
    ("nejm-brief", "consent_form"): "own",
    ("bmj-case-reports", "abstract.differs_from"): "introduction",
    ("jmcr", "abstract.no_citations"): True,
    ("clinical-rheumatology", "abstract.no_citations"): True,
    ("case-reports-in-medicine", "abstract.no_citations"): True,
    ("edm-case-reports", "abstract.one_paragraph"): True,
    ("jcem-case-reports", "limits.body_with_abstract"): True,
    ("ijscr", "guideline_cited"): "required",
    ("ame-case-reports", "guideline_cited"): "required",
    ("ijscr", "highlights.max_chars"): 85,
    ("aim-clinical-cases", "title.max_words"): 15,
    ("edm-case-reports", "title.max_words"): 20,
    ("wjcc", "title.max_words"): 18,
    ("jacc-case-reports", "files.blinded"): "double",
    ("bmj-case-reports", "files.template"): "required",
    ("edm-case-reports", "files.template"): "required",
    ("jcem-case-reports", "files.template"): "offered",
    ("oxford-medical-case-reports", "files.title_page"): "separate",
    ("oxford-medical-case-reports", "files.figures.line_dpi"): 600,
    ("jmcr", "files.cover_letter"): "required",
    ("clinmed", "files.cover_letter"): "required",
    **{(name, "files.checklist"): "required" for name in ("jmcr", "medicine-lww", "ijscr", "ame-case-reports", "wjcc")},
    **{(name, "files.figures.dpi"): 300 for name in ("bmj-case-reports", "oxford-medical-case-reports")},
    **{(name, "files.figures.separate"): True for name in ("bmj-case-reports", "edm-case-reports")},
    **{(name, "files.line_numbers"): True for name in ("jmcr", "ijscr", "jcem-case-reports")},
}
"""What a few journals ask; all others are silent about it."""
SILENT = {"guideline_cited": ("optional",), "files.checklist": ("optional", "encouraged", "none")}


@pytest.mark.parametrize("key", sorted({key for _, key in SINGLE}))
def test_what_few_journals_ask(key: str) -> None:
    for name in NAMES:
        value: Any = find_profile(name)
        for part in key.split("."):
            value = getattr(value, part)
        if (name, key) in SINGLE:
            assert value == SINGLE[name, key], name
        else:
            assert value in (None, False, *SILENT.get(key, ())), name


def test_the_lengths_of_sections() -> None:
    found = {
        (name, plan.heading): plan.max_words
        for name in NAMES
        for plan in find_profile(name).plans()
        if plan.max_words is not None
    }
    assert found == {
        ("jama-clinical-challenge", "Case"): 250,
        ("jama-clinical-challenge", "Discussion"): 600,
        ("clinical-case-reports-wiley", "Key Clinical Message"): 50,
        ("wjcc", "Core tip"): 100,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_places_every_part_once(name: str) -> None:
    """A part that no section names is appended with a warning; one that two name would be printed in the first."""
    named = Counter(part.name for plan in find_profile(name).plans() for key in plan.parts for part in expanded(key))
    parts = {part.name for part in PARTS}
    implied = {"observation_narrative"}  # printed before the first of its records, wherever these are
    assert parts - set(named) <= implied
    assert [part for part, count in named.items() if count > 1 and part != "past_interventions"] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_under_the_heading_of_another_part(name: str) -> None:
    """Behind a part with a heading of its own, text without one would read as belonging to it."""
    for plan in find_profile(name).sections:
        headed = [part in plan.headings for part in plan.parts if part != "past_interventions"]  # of the history
        assert headed == sorted(headed), plan.heading


def test_a_layout_numbers_lines_and_pages_where_the_journal_asks_for_it() -> None:
    asked = [p for p in map(find_profile, NAMES) if p.files.double_spacing or p.files.line_numbers]
    assert len(asked) > 5
    assert {profile.layout for profile in asked} == {"manuscript"}
    assert find_template("manuscript").geometry.line_numbers


def test_identifying_details_are_looked_for_where_the_journal_forbids_them() -> None:
    forbidding = [p for p in map(find_profile, NAMES) if p.deidentification.exact_age == "forbidden"]
    assert [profile.id for profile in forbidding] == ["bmj-case-reports"]
    assert {profile.privacy for profile in forbidding} == {"journal"}


# -- one case in each journal --------------------------------------------------------------------------------------------


@cache
def composed(name: str) -> Article:
    """Return the exemplary case as a paper for a journal."""
    (file,) = find_cases([str(EXEMPLARY)])
    return compose_opened(open_case(file, name, pictures=False)).article


@cache
def page(name: str) -> bytes:
    article = composed(name)
    made = find_exporter("html")(article, find_template(article.layout))
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_the_exemplary_case_is_linted(name: str) -> None:
    (file,) = find_cases([str(EXEMPLARY)])
    problems = check(file, name).report.problems
    assert [p.message for p in problems if p.kind.family in ("PLUG", "CASE", "YAML")] == []
    assert [p.message for p in problems if p.code in ("JRNL001", "JRNL002")] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_exemplary_case_has_the_headings_of_the_journal_in_order(name: str) -> None:
    headings = [plain(section.heading) for section in composed(name).sections]
    assert [heading for heading in headings if heading in ORDER[name]] == list(ORDER[name])
    parts = [part.heading for part in composed(name).abstract if part.heading]
    lacking = {"Clinical discussion"}  # the abstract of the case does not discuss
    assert parts == [heading for heading in ABSTRACT.get(name, []) if heading not in lacking]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_exemplary_case_is_lost(name: str) -> None:
    text = find_exporter("html").text
    assert text
    assert lost(composed(name), text(page(name)), "HTML") == []
    for article in (composed(name), composed("generic-care")):
        assert len(article.figures()) == 3
        assert len(article.tables()) == 6
    assert len(composed(name).references) == len(composed("generic-care").references)


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_looks_as_the_journal_prints_it(name: str) -> None:
    root = lxml_html.fromstring(page(name).decode())
    forms = {_form(one) for one in root.xpath("//main//*[contains(concat(' ', @class, ' '), ' citation ')]")}
    assert forms == {re.sub(r"1.*", "", CITED[name])}


def _form(citation: Any) -> str:
    """Return how a citation looks before its first number."""
    raised = citation.xpath("ancestor-or-self::sup|.//sup")
    return ("sup" if raised else "") + re.sub(r"\d.*", "", "".join("".join(citation.itertext()).split()))


def test_jacc_case_reports_tells_the_course_where_it_tells_the_treatment() -> None:
    """As its papers do: the history ends at the presentation, and Management says what was done and what came of it."""
    where = {plan.heading: plan.parts for plan in find_profile("jacc-case-reports").plans()}
    assert where["Management"][:2] == ("course", "treatment")
    assert "course" not in where["History of presentation"]
