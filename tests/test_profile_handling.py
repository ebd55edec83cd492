"""What the program does about each key of a profile: the table is whole, and what it says is true.

For each key that a rule is said to check there is a profile that asks something with it, and a case that does not comply.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from casewriter.profile import Profile
from casewriter.profile.handling import TABLE, handled
from casewriter.project import find_cases
from casewriter.work.catalogue import all_kinds
from casewriter.work.check import check


def keys(model: type[BaseModel], before: str = "") -> list[str]:
    """Return the dotted keys of a model, as a file writes them; those of a list of mappings without its numbers."""
    found = []
    for name, field in model.model_fields.items():
        key = before + (field.alias or name)
        inner = [one for one in (field.annotation, *_within(field.annotation)) if _is_model(one)]
        found += [key] if name in ("values", "overrides") or not inner else keys(inner[0], f"{key}.")
    return found


def _within(annotation: Any) -> list[Any]:
    return [deeper for one in get_args(annotation) for deeper in (one, *_within(one))]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


KEYS = keys(Profile)
CHECKED = sorted(one.key for one in TABLE if one.how == "checks")


def test_every_key_of_a_profile_is_handled() -> None:
    assert {"limits.body_words", "files.figures.dpi", "sections.max_words", "keywords.min", "ai.extent"} <= set(KEYS)
    assert [key for key in KEYS if handled(key) is None] == []


def test_the_table_names_no_key_that_a_profile_lacks() -> None:
    known = {".".join(key.split(".")[:length]) for key in KEYS for length in range(1, 4)}
    assert [one.key for one in TABLE if one.key not in known] == []
    assert len({one.key for one in TABLE}) == len(TABLE)


def test_each_rule_exists_and_each_module() -> None:
    codes = {kind.code for kind in all_kinds()}
    assert [one.key for one in TABLE if one.how == "checks" and not (one.by and set(one.by) <= codes)] == []
    modules = {name for one in TABLE if one.how == "fixes" for name in one.by}
    assert len(modules) > 5
    for name in modules:
        importlib.import_module(name)
    assert [one.key for one in TABLE if one.how in ("leaves", "describes") and one.by] == []


WORDS = "The rash spread over both arms and the face within two days of the first tablet."
VIOLATED: dict[str, list[tuple[str, str, str]]] = {
    # key -> what a profile asks with it, a case that does not comply, the code
    "guideline": [
        ("guideline: care", "title: Gout", "CARE021"),
        ("guideline: scare", "title: Gout\nguideline: scare", "SCARE0201"),
    ],
    "guideline_cited": [("guideline_cited: required", "introduction: Rare.", "JRNL036")],
    "overrides": [
        ("overrides: {care: {'1': {drop: [contains_any], because: no}}}", "title: Gout\nfocus: Gout", "JRNL004")
    ],
    "abstract.structured": [("abstract: {structured: true}", "abstract: A text.", "JRNL022")],
    "abstract.no_citations": [
        ("abstract: {no_citations: true}", "abstract: Known [@a].\nreferences: [{id: a, title: A}]", "JRNL024")
    ],
    "abstract.differs_from": [
        ("abstract: {differs_from: introduction}", f"abstract: {WORDS}\nintroduction: {WORDS}", "JRNL025")
    ],
    "abstract.one_paragraph": [("abstract: {one_paragraph: true}", "abstract: |\n  One.\n\n  Two.", "JRNL026")],
    "abstract.parts.max_words": [
        (
            "abstract: {parts: [{heading: Why, from: [background], max_words: 2}]}",
            "abstract: {background: One two three.}",
            "JRNL027",
        )
    ],
    "front.max_words": [
        ("front: [{heading: Tip, from: [highlights], max_words: 2}]", "highlights: [One two three]", "JRNL027")
    ],
    "sections.max_words": [
        ("sections: [{heading: Case, from: [course], max_words: 2}]", "course: One two three.", "JRNL027")
    ],
    "declarations.max_words": [
        ("declarations: {heading: All, from: [ethics], max_words: 2}", "ethics: One two three.", "JRNL027")
    ],
    "back.max_words": [
        (
            "sections: [{heading: A, from: [course]}]\nback: [{heading: B, from: [learning_points], max_words: 2}]",
            "learning_points: [One two three]",
            "JRNL027",
        )
    ],
    "limits.body_words": [("limits: {body_words: 2}", "discussion: One two three.", "JRNL005")],
    "limits.body_with_abstract": [
        (
            "limits: {body_words: 3, body_with_abstract: true}",
            "abstract: {background: One two.}\ndiscussion: One two.",
            "JRNL005",
        )
    ],
    "limits.abstract_words": [("limits: {abstract_words: 1}", "abstract: {background: One two.}", "JRNL006")],
    "limits.abstract_words_min": [("limits: {abstract_words_min: 3}", "abstract: {background: One two.}", "JRNL020")],
    "limits.references": [
        ("limits: {references: 0}", "introduction: Known [@a].\nreferences: [{id: a, title: A}]", "JRNL007")
    ],
    "limits.figures": [("limits: {figures: 0}", "figures: {a: {caption: Skin.}}", "JRNL008")],
    "limits.tables": [("limits: {tables: 0}", "tables: {a: {caption: B., columns: [C], rows: [[d]]}}", "JRNL009")],
    "limits.figures_and_tables": [("limits: {figures_and_tables: 0}", "figures: {a: {caption: Skin.}}", "JRNL019")],
    "limits.authors": [("limits: {authors: 0}", "authors: [{given: A, family: B}]", "JRNL010")],
    "limits.patients": [("limits: {patients: 3}", "introduction: We describe five patients.", "JRNL030")],
    "limits.recommended": [
        ("limits: {body_words: 2, recommended: [body_words]}", "discussion: One two three.", "JRNL005")
    ],
    "title.must_contain": [("title: {must_contain: [spine]}", "title: Gout", "JRNL012")],
    "title.must_not_contain": [("title: {must_not_contain: [gout]}", "title: Gout", "JRNL013")],
    "title.must_not_state": [
        ("title: {must_not_state: [age]}", "title: Gout in an elderly patient", "JRNL014"),
        (
            "title: {must_not_state: [diagnosis]}",
            "title: Tophaceous gout of the spine\ndiagnosis: {final: [{label: tophaceous gout}]}",
            "JRNL014",
        ),
    ],
    "title.max_words": [("title: {max_words: 1}", "title: Spinal gout", "JRNL015")],
    "keywords": [("keywords: {min: 2}", "keywords: [gout]", "JRNL011")],
    "highlights": [
        ("highlights: {min: 2}", "highlights: [One.]", "JRNL028"),
        ("highlights: {must_contain: [gout]}", "highlights: [One.]", "JRNL028"),
    ],
    "learning_points": [
        ("learning_points: {max: 1}", "learning_points: [One., Two.]", "JRNL017"),
        ("learning_points: {must_contain: [gout]}", "learning_points: [One.]", "JRNL017"),
    ],
    **{
        f"{key}.max_chars": [(f"{key}: {{max_chars: 4}}", f"{key}: [Five.]", "JRNL029")]
        for key in ("keywords", "highlights", "learning_points")
    },
    "units": [
        (f"units: {wanted}", f"labs: [{{test: Calcium, value: {value}, reference: 1-2}}]", "JRNL033")
        for wanted, value in (
            ("both", "9.2, unit: mg/dL"),
            ("both", "2.3, unit: mmol/L"),
            ("si", "9.2, unit: mg/dL"),
            ("conventional", "2.3, unit: mmol/L"),
        )
    ],
    "statements": [("statements: [guarantor]", "title: Gout", "JRNL016")],
    "sentences": [
        ("sentences: {consent: We have it.}", "consent: {publication: {status: written, by: patient}}", "JRNL034"),
        ("guideline_cited: required\nsentences: {guideline: We follow it.}", "introduction: Rare.", "JRNL036"),
    ],
    "preprint": [("preprint: forbidden", "prior_presentation: Posted on medRxiv.", "JRNL031")],
    "supplements": [("supplements: forbidden", "supplements: [{file: a.txt, caption: Doses.}]", "JRNL032")],
    "ai.extent": [("ai: {extent: [name, verification]}", "ai_use: {used: true, tools: [{name: A}]}", "JRNL035")],
    "forbidden": [("forbidden: {suffered from: say had}", "introduction: She suffered from gout.", "JRNL018")],
    "privacy": [("privacy: journal", "course: A 37-year-old man came.", "PRIV018")],
    "deidentification.exact_age": [
        (
            "privacy: journal\ndeidentification: {exact_age: forbidden}",
            "observation: {patient: {age: 37 y}}",
            "PRIV018",
        )
    ],
    "deidentification.calendar_dates": [
        ("deidentification: {calendar_dates: forbidden}", "course: He came on 3 March 2021.", "PRIV003")
    ],
    "deidentification.place_names": [
        (
            "privacy: journal\ndeidentification: {place_names: forbidden}",
            "course: He was transferred to Aberdeen.",
            "PRIV020",
        )
    ],
    "deidentification.institution": [
        (
            "privacy: journal\ndeidentification: {institution: forbidden}",
            "course: He was admitted to Royal Victoria Hospital.",
            "PRIV021",
        )
    ],
    "deidentification.ethnicity_occupation": [
        (
            "privacy: journal\ndeidentification: {ethnicity_occupation: if_essential}",
            "observation: {patient: {occupation: welder}}",
            "PRIV022",
        )
    ],
}


def test_a_violation_is_known_for_each_key_that_is_checked() -> None:
    assert sorted(VIOLATED) == CHECKED


def codes(folder: Path, asked: str, case: str) -> list[str]:
    """Return the codes that a case gets with a profile that asks something beside what generic-care asks."""
    (folder / "cases" / "x").mkdir(parents=True, exist_ok=True)
    (folder / "cases" / "x" / "case.yaml").write_text(f"format: 1\n{case}\n", "utf-8")
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "profiles" / "mine.yaml").write_text(f"id: mine\nname: Mine\nextends: generic-care\n{asked}\n", "utf-8")
    (file,) = find_cases([str(folder / "cases" / "x")])
    problems = check(file, "mine").report.problems
    assert [problem.message for problem in problems if problem.kind.family == "PLUG"] == []
    return [problem.code for problem in problems]


@pytest.mark.parametrize("key", CHECKED)
def test_a_case_that_does_not_comply_is_reported(tmp_path: Path, key: str) -> None:
    found = handled(key)
    assert found
    for asked, case, code in VIOLATED[key]:
        assert code in found.by
        assert code in codes(tmp_path, asked, case)
    assert {code for _, _, code in VIOLATED[key]} == set(found.by)


ASKED_BY_ALL = ("guideline", "privacy", "deidentification.calendar_dates", "abstract.structured")
"""What generic-care asks too, so that the same code comes without the profile."""


@pytest.mark.parametrize("key", [key for key in CHECKED if key not in ASKED_BY_ALL])
def test_the_same_case_complies_where_nothing_is_asked(tmp_path: Path, key: str) -> None:
    for _, case, code in VIOLATED[key]:
        assert code not in codes(tmp_path, "publisher: Nobody\nstatements: []", case)
