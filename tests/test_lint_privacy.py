"""PRIV: what identifies is found wherever it stands in a file, what is right there is not, and no report repeats it.

The corpora of tests/data/privacy were written before the rules. known-misses.txt lists what is still missed, found in
part, or falsely found in them; it may only shrink. All persons, numbers and addresses are invented.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import unmarked

from casewriter.cli.app import run
from casewriter.lint.privacy.detect import Hit, detect
from casewriter.lint.privacy.digits import DIGITS
from casewriter.problem import Problem
from casewriter.project import find_cases
from casewriter.source import read
from casewriter.work.check import Checked, check

CORPORA = Path(__file__).parent / "data" / "privacy"
KNOWN = CORPORA / "known-misses.txt"
FORMATS = ("full", "concise", "json", "sarif", "github")
PLACES = {"caption": "prose", "alt": "prose"}
WHOLE = ("email", "phone", "fax", "url", "ip", "date", "age_over_89", "national_id")
"""Types of which nothing may be missed."""
REPORTED = {"s089"}
"""Known to be missed, and to be mended: a line of known-misses.txt."""
QUOTED = {"s284", "h169"}
"""Known to be quoted by another rule, because what is found takes a bracket more: to be mended."""


def entries(name: str) -> list[dict[str, Any]]:
    file = CORPORA / f"{name}.yaml"
    return list(read(file.read_bytes(), file.name).data)


SPANS = [*entries("spans"), *entries("heldout-spans")]
TRAPS = [*entries("traps"), *entries("heldout-traps")]
KNOWN_LINES = [line for line in KNOWN.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def where(entry: dict[str, Any]) -> str:
    return PLACES.get(entry["in"], entry["in"])


def telling(secret: str, kind: str) -> set[int]:
    """Return the places of the letters and digits that identify; of an age in figures the figures alone."""
    aged = kind in ("age_over_89", "exact_age") and any(c.isdigit() for c in secret)
    return {n for n, c in enumerate(secret) if (c.isdigit() if aged else c.isalnum())}


def state(entry: dict[str, Any]) -> str:
    """Return how the secrets of an entry are found: whole, partly or missed (the worst of them)."""
    text, states = entry["text"], set()
    covered = {n for hit in detect(text, entry["level"], where(entry)) for n in range(hit.start, hit.end)}
    for secret in entry["secret"]:
        start = text.index(secret)
        found = {n for n in telling(secret, entry["type"]) if start + n in covered}
        states.add("missed" if not found else "whole" if found == telling(secret, entry["type"]) else "partly")
    return next(one for one in ("missed", "partly", "whole") if one in states)


def states_of(spans: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return how each entry is found, by its id."""
    return {entry["id"]: state(entry) for entry in spans}


def alarms_in(traps: Iterable[dict[str, Any]]) -> list[str]:
    """Return the ids of harmless texts in which something is found."""
    return [entry["id"] for entry in traps if detect(entry["text"], entry.get("level") or "journal", "prose")]


@cache
def states() -> dict[str, str]:
    """Return how the corpus is found; not worked out by a worker that only collects this module."""
    return states_of(SPANS)


@cache
def false_alarms() -> list[str]:
    return alarms_in(TRAPS)


# -- the corpora ------------------------------------------------------------------------------------------------------


def test_the_corpora_are_there() -> None:
    assert len(SPANS) == len(states()) >= 600
    assert len(TRAPS) >= 270
    assert {entry["in"] for entry in SPANS} == {"prose", "comment", "key", "caption", "alt", "file_name"}
    assert len({entry["type"] for entry in SPANS}) >= 20
    assert {entry["level"] for entry in SPANS} == {"hipaa", "journal"}
    assert min(Counter(entry["type"] for entry in SPANS).values()) >= 5


def test_nearly_all_identifiers_of_the_corpora_are_found() -> None:
    found = [entry for entry in SPANS if states()[entry["id"]] != "missed"]
    assert len(found) / len(SPANS) >= 0.95
    heldout = [entry for entry in SPANS if entry["id"].startswith("h")]
    assert len([entry for entry in heldout if entry in found]) / len(heldout) >= 0.95


@pytest.mark.parametrize("kind", WHOLE)
def test_of_the_surest_types_none_is_missed(kind: str) -> None:
    ids = {entry["id"] for entry in SPANS if entry["type"] == kind}
    assert len(ids) >= 10
    assert {one for one in ids if states()[one] == "missed"} <= REPORTED


def test_false_alarms_are_rare() -> None:
    assert len(false_alarms()) / len(TRAPS) <= 0.03


def test_known_misses_only_shrink() -> None:
    now = {f"{state} {one}" for one, state in states().items() if state != "whole"} | {
        f"false {one}" for one in false_alarms()
    }
    assert len(KNOWN_LINES) == len(set(KNOWN_LINES))
    assert sorted(now - set(KNOWN_LINES)) == [], "found before, and no longer: mend the rule"
    assert sorted(set(KNOWN_LINES) - now) == [], "mended: take these lines out of known-misses.txt"


# what stands around does not hide an identifier
AROUND = [("It was so.\n\n", ""), ("The course was long, ", ""), ("", " She was well."), ("(", " )"), ("Course: ", "")]


@pytest.mark.parametrize(("before", "after"), AROUND)
def test_what_stands_around_hides_nothing(before: str, after: str) -> None:
    hidden = []
    for entry in SPANS:
        if where(entry) not in ("prose", "comment"):
            continue
        alone = detect(entry["text"], entry["level"], where(entry))
        among = detect(before + entry["text"] + after, entry["level"], where(entry))
        moved = [Hit(hit.type, hit.start - len(before), hit.end - len(before)) for hit in among]
        if any(not any(new.start < hit.end and hit.start < new.end for new in moved) for hit in alone):
            hidden.append(entry["id"])
    assert hidden == []


def test_the_journal_level_finds_all_that_the_other_finds() -> None:
    lost = {
        entry["id"]
        for entry in SPANS
        for hit in detect(entry["text"], "hipaa", where(entry))
        if not any(
            one.start < hit.end and hit.start < one.end for one in detect(entry["text"], "journal", where(entry))
        )
    }
    assert lost == set()


def test_types_can_be_left_out() -> None:
    assert [hit.type for hit in detect("Mail a.b@example.org of Mrs Hartigan")] == ["email", "name"]
    assert [hit.type for hit in detect("Mail a.b@example.org of Mrs Hartigan", but=("email",))] == ["name"]


# -- a case file through lint --------------------------------------------------------------------------------------------


def write(folder: Path, text: str) -> Path:
    file = folder / "cases" / "gout" / "case.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def checked(file: Path, **options: Any) -> Checked:
    return check(find_cases((str(file),))[0], **options)


def private(file: Path, **options: Any) -> list[Problem]:
    return [p for p in checked(file, **options).report.problems if p.kind.family == "PRIV"]


PLACED: dict[str, tuple[str, str]] = {
    "a comment at the end of a line": ("PRIV001", "course: Fever. # ask Mrs ⟦Hartigan⟧ again\n"),
    "a comment alone": ("PRIV003", "# born ⟦04/12/1961⟧\ncourse: Fever.\n"),
    "a comment between records": ("PRIV008", "labs:\n  # MRN ⟦4829103⟧\n  results: []\n"),
    "a comment after a block of text": ("PRIV006", "course: |\n  Fever.\n# mail ⟦m.hartigan@postbox.example⟧\n"),
    "a key": ("PRIV003", "tables: {labs ⟦2021-03-14⟧: {caption: c, columns: [a, b], rows: [[c, d]]}}\n"),
    "a key with underlines": ("PRIV001", "figures: {mr_⟦pemberton⟧: {file: a.png, caption: c, alt: d}}\n"),
    "an unknown key": ("PRIV001", "Mrs ⟦Hartigan⟧: came\n"),
    "a caption": ("PRIV003", "figures: {f: {file: a.png, caption: Radiograph of ⟦12 January 2022⟧., alt: d}}\n"),
    "an alt text": ("PRIV001", "figures: {f: {file: a.png, caption: c, alt: Hands of Ms. ⟦Thistlewood⟧ after.}}\n"),
    "the alt text of a panel": (
        "PRIV001",
        "figures:\n  f:\n    panels:\n      - {file: a.png, alt: Hands of Ms. ⟦Thistlewood⟧ after.}\n",
    ),
    "a file name": ("PRIV003", "figures: {f: {file: figures/hand_⟦2021-03-14⟧.jpg, caption: c, alt: d}}\n"),
    "a credit": ("PRIV001", "figures: {f: {file: a.png, caption: c, alt: d, credit: Taken by Mr ⟦Smithers⟧.}}\n"),
    "a cell": ("PRIV003", "tables: {t: {caption: c, columns: [Day, Dose], rows: [[⟦3 May 2020⟧, 40 mg]]}}\n"),
    "a heading of a table": ("PRIV003", "tables: {t: {caption: c, columns: [Drug, ⟦3 May 2020⟧], rows: [[a, b]]}}\n"),
    "a label": ("PRIV001", "observation: {complaints: [{label: seen by Mrs ⟦Hartigan⟧ first}]}\n"),
    "a time": ("PRIV003", "timeline: {events: [{at: ⟦2021-03-14⟧, label: fever}]}\n"),
    "a note of a record": ("PRIV005", "labs: {results: [{test: Iron, value: low, note: call ⟦07700 900482⟧}]}\n"),
    "the title": ("PRIV001", "title: Gout in Mrs ⟦Hartigan⟧\n"),
    "a keyword": ("PRIV003", "keywords: [gout, seen in ⟦March 2021⟧]\n"),
    "the index": ("PRIV003", "timeline: {index: admission on ⟦14 March 2021⟧}\n"),
    "another person": ("PRIV001", "others: [{id: sister, role: sister, text: Mrs ⟦Delaunoy⟧ gave a kidney.}]\n"),
    "a patient's perspective": ("PRIV001", "patient_perspective: {text: I trust Mrs ⟦Delaunoy⟧ again., by: patient}\n"),
    "a waiver": ("PRIV001", "care: {not_applicable: {5c: Mrs ⟦Hartigan⟧ declined to tell}}\n"),
    "a declaration": ("PRIV005", "acknowledgements: Thanks to the ward (tel. ⟦07700 900482⟧).\n"),
    "a value folded by >": ("PRIV003", "course: >\n  She came on ⟦14\n  March 2021⟧ with fever.\n"),
    "a value kept by |": ("PRIV003", "course: |\n  She came on ⟦14\n  March 2021⟧ with fever.\n"),
    "a plain value on two lines": ("PRIV003", "course: She came on ⟦14\n  March 2021⟧ with fever.\n"),
    "a quoted value on two lines": ("PRIV003", 'course: "She came on ⟦14\n  March 2021⟧ with fever."\n'),
    "a telephone number on two lines": ("PRIV005", "course: >\n  Her telephone is ⟦07700\n  900482⟧ at home.\n"),
    "after an escape": ("PRIV001", 'course: "In the caf\\u00e9 she met Mrs ⟦Hartigan⟧ and fell."\n'),
    "after a doubled quote": ("PRIV001", "course: 'It''s Mrs ⟦Hartigan⟧ who came.'\n"),
    "inside an escape": ("PRIV001", 'course: ⟦"Mme Th\\u00e9r\\u00e8se Delaunoy came."⟧\n'),
    "an escaped letter": ("PRIV001", 'course: ⟦"Then Mrs \\x48artigan came."⟧\n'),
    "an escaped digit": ("PRIV008", 'course: ⟦"With MRN 482\\x39103 she came."⟧\n'),
    "a telephone number in bold": ("PRIV005", "course: Call ⟦555-**010**-0199⟧ at night.\n"),
    "a number in bold": ("PRIV007", "course: The SSN ⟦219-**09**-9999⟧ is hers.\n"),
    "a month in italics": ("PRIV003", "course: She came on ⟦14 *March* 2021⟧ with fever.\n"),
    "a name cut by emphasis": ("PRIV001", "course: Then Mrs ⟦Har**tig**an⟧ came.\n"),
    "an e-mail address in a note of a reference": (
        "PRIV006",
        "references: [{id: a, type: book, title: t, note: sent by ⟦m.hartigan@postbox.example⟧}]\n",
    ),
    "a record number in a note of a reference": (
        "PRIV008",
        "references:\n  - id: a\n    type: book\n    title: t\n    annote: see MRN ⟦4829103⟧\n",
    ),
    "the last of three alike": ("PRIV001", "course: Hartigan, Hartigan and Mrs ⟦Hartigan⟧ came.\n"),
    "in a longer word before": ("PRIV001", "course: Hartville is where Mr ⟦Hart⟧ came from at first.\n"),
    "a file that is no YAML": ("PRIV001", "course: she said: then Mrs ⟦Hartigan⟧ came\n"),
}


@pytest.mark.parametrize(("code", "marked"), PLACED.values(), ids=PLACED)
def test_an_identifier_is_found_at_its_place(code: str, marked: str, tmp_path: Path) -> None:
    text, spans = unmarked(marked)
    assert len(spans) == 1
    assert [(p.code, p.span) for p in private(write(tmp_path, text))] == [(code, spans[0])]


RIGHT = {
    "the corresponding author": "authors: [{given: Maeve, family: Hartigan, email: maeve.hartigan61@postbox.example, "
    "orcid: 0000-0002-1825-0097, corresponding: true}]\n",
    "an affiliation": "affiliations: {a: {department: Skin, institution: St Luke's Hospital, city: Leeds, country: UK}}\n",
    "an ethics number": "ethics: {approval: 'Approved on 3 May 2021, no. 2021-A00417-34', board: Ethics Committee of "
    "Halverton General Hospital in Leeds, number: IRB-2021-48291}\n",
    "a registration": "registration: ClinicalTrials.gov NCT04829103 (https://clinicaltrials.gov/study/NCT04829103), "
    "3 May 2021\n",
    "a reference": "references: [{id: a, type: article-journal, title: 'Mrs Dalloway in Leeds, 3 May 1925', author: "
    "[Hartigan M], issued: 2021-03-14, DOI: 10.1001/archderm.1959.01560180059010, URL: 'https://doi.org/10.1001/x', "
    "accessed: 2026-03-14, PMID: '13649944'}]\n",
    "an address in a note of a reference": "references: [{id: a, type: webpage, title: t, note: Accessed 3 May 2021 at "
    "https://example.org/a}]\n",
    "the date of the search": "literature_search: {databases: [PubMed], date: 2026-03-14, terms: gout, narrative: "
    "'Searched on 14 March 2026 at https://pubmed.ncbi.nlm.nih.gov.'}\n",
    "a grant": "funding: [{funder: Wellcome Trust, award: 204829/Z/16/Z}]\n",
    "thanks": "acknowledgements: We thank Mrs Jane Smith of the Royal Infirmary in Leeds.\n",
    "the guarantor": "guarantor: Maeve Hartigan\n",
    "contributions": "contributions: Maeve Hartigan wrote the draft, and Mr Smith read it.\n",
    "a talk": "prior_presentation: Congress of Dermatology, Boston, 3 May 2021.\n",
    "data in a repository": "data_availability: https://zenodo.org/records/4829103\n",
    "a tool": "ai_use: {used: true, tools: [{name: Scribe, version: 4.1.0.2, date: 2026-03-14, purpose: spelling}]}\n",
    "a trial in prose": "discussion: Trial NCT04829103 (doi 10.1001/archderm.1959.01560180059010) is under way.\n",
    "codes": "diagnosis: {final: [{label: gout, codes: {icd10: M10.9, mondo: 'MONDO:0005393'}}]}\n"
    "labs: {results: [{test: Calcium, loinc: 17861-6, value: normal}]}\n",
    "a variant": "genetics: {variants: [{gene: NOTCH2, transcript: NM_024408.4, hgvs_c: c.6909dup}]}\n",
    "an eponym": "course: Raynaud phenomenon, Gottron papules and the Babinski sign were absent.\n",
    "the modeline": "# yaml-language-server: $schema=../../casewriter/data/schema/case-1.json\n",
    "offsets and doses": "course: Amlodipine 5/160/12.5 mg on day 14, 10/12 weeks, 8/10 pain, T10-12, 120/80 mmHg.\n",
    "a decade and 90+": "observation: {patient: {age: 90+, sex: female}, narrative: A woman in her thirties.}\n",
}


@pytest.mark.parametrize("privacy", ["hipaa", "journal"])
@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right_where_it_stands_is_not_told(text: str, privacy: str, tmp_path: Path) -> None:
    found = private(write(tmp_path, f"format: 1\n{text}"), privacy=privacy)
    assert [(p.code, p.span) for p in found] == []


def test_a_reason_silences_an_identifier(tmp_path: Path) -> None:
    line = "course: She sang for Mrs Dalloway.  # casewriter: ignore[PRIV001]"
    assert [p.code for p in private(write(tmp_path, f"format: 1\n{line}\n"))] == ["PRIV001"]
    assert private(write(tmp_path, f"format: 1\n{line} a role of the opera\n")) == []
    elsewhere = f"format: 1\n{line} a role of the opera\nconclusion: Mrs Hartigan recovered.\n"
    assert [(p.code, p.span.line) for p in private(write(tmp_path, elsewhere)) if p.span] == [("PRIV001", 3)]


# -- levels ------------------------------------------------------------------------------------------------------------


AGES = [
    ("93 y", ["PRIV004"], ["PRIV004"]),
    ("90 y", ["PRIV004"], ["PRIV004"]),
    ("102 y", ["PRIV004"], ["PRIV004"]),
    ("P93Y", ["PRIV004"], ["PRIV004"]),
    ("89 y", [], ["PRIV018"]),
    ("57 y", [], ["PRIV018"]),
    ("90+", [], []),
    ("90s", [], []),
    ("50s", [], []),
    ("8 mo", [], []),
    ("4 h", [], []),
]


@pytest.mark.parametrize(("age", "hipaa", "journal"), AGES)
def test_ages_of_the_data(age: str, hipaa: list[str], journal: list[str], tmp_path: Path) -> None:
    text, spans = unmarked(f"observation: {{patient: {{age: ⟦{age}⟧, sex: female}}}}\n")
    file = write(tmp_path, text)
    assert [(p.code, p.span) for p in private(file)] == [(code, spans[0]) for code in hipaa]
    assert [p.code for p in private(file, privacy="journal")] == journal
    other = write(
        tmp_path, text.replace("observation: {patient: {", "others: [{id: donor, role: donor, ").replace("}}", "}]")
    )
    assert [p.code for p in private(other)] == hipaa


STRICT = (
    "format: 1\nobservation:\n  patient: {age: 57 y, sex: female, ethnicity: Basque, occupation: organist}\n"
    "course: A 57-year-old woman was transferred to Leeds and seen at Halverton General Hospital.\n"
)


@pytest.mark.parametrize(
    ("options", "level"),
    [
        ({}, "hipaa"),
        ({"privacy": "hipaa"}, "hipaa"),
        ({"privacy": "journal"}, "journal"),
        ({"profile": "bmj-case-reports"}, "journal"),
        ({"profile": "bmj-case-reports", "privacy": "hipaa"}, "hipaa"),
        ({"profile": "generic-care", "privacy": "journal"}, "journal"),
    ],
)
def test_the_level_is_the_profiles_unless_asked(options: dict[str, str], level: str, tmp_path: Path) -> None:
    found = sorted({p.code for p in private(write(tmp_path, STRICT), **options)})
    assert found == {"hipaa": [], "journal": ["PRIV018", "PRIV020", "PRIV021", "PRIV022"]}[level]


def test_the_level_of_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, STRICT)
    run(["lint", str(file), "--select", "PRIV", "--output-format", "concise"])
    assert "PRIV" not in capsys.readouterr().out
    run(["lint", str(file), "--select", "PRIV", "--output-format", "concise", "--privacy", "journal"])
    assert "PRIV018" in capsys.readouterr().out
    assert run(["lint", str(file), "--privacy", "none"]) == 2


# -- the local list of names ---------------------------------------------------------------------------------------------


LISTED = {
    "text": "course: Then ⟦Adaeze Okonjo⟧ came.\n",
    "another case": "course: Then ⟦adaeze OKONJO⟧ came.\n",
    "one word": "course: They call her ⟦Dodo⟧ at home.\n",
    "a comment": "course: Fever. # ask ⟦Adaeze Okonjo⟧\n",
    "a file name": "figures: {f: {file: figures/⟦adaeze_okonjo⟧_hand.png, caption: c, alt: d}}\n",
    "a file name with hyphens": "figures: {f: {file: ⟦adaeze-okonjo⟧.png, caption: c, alt: d}}\n",
    "a key": "figures: {⟦adaeze_okonjo⟧: {file: a.png, caption: c, alt: d}}\n",
    "a caption": "figures: {f: {file: a.png, caption: Hands of ⟦Dodo⟧ at rest., alt: d}}\n",
    "two lines": "course: |\n  Then ⟦Adaeze\n  Okonjo⟧ came.\n",
    "two folded lines": "course: >\n  Then ⟦Adaeze\n  Okonjo⟧ came.\n",
    "a genitive": "course: It was ⟦Dodo⟧'s birthday.\n",
    "signs of patterns": "course: Then ⟦X. (Pip) O'Neill⟧ came.\n",
}


def listed(folder: Path, text: str) -> list[Problem]:
    (folder / ".casewriter").mkdir(exist_ok=True)
    (folder / ".casewriter" / "names.txt").write_text(
        "# people of this case\nAdaeze Okonjo   # the patient\n\nDodo\nX. (Pip) O'Neill\n", "utf-8"
    )
    (folder / "casewriter.toml").touch()
    return [p for p in private(write(folder, text)) if p.code == "PRIV019"]


@pytest.mark.parametrize("marked", LISTED.values(), ids=LISTED)
def test_a_listed_name_is_found(marked: str, tmp_path: Path) -> None:
    text, spans = unmarked(marked)
    found = listed(tmp_path, text)
    assert [p.span for p in found] == spans
    assert all("Okonjo" not in f"{p.message}{p.hint}{p.path}" and p.quote is None for p in found)


def test_a_listed_name_is_right_among_the_authors(tmp_path: Path) -> None:
    text = "format: 1\nauthors: [{given: Adaeze, family: Okonjo}, {literal: Adaeze Okonjo}]\n"
    assert listed(tmp_path, text) == []
    assert listed(tmp_path, "format: 1\nreferences: [{id: a, type: book, author: [Adaeze Okonjo], title: t}]\n") == []


def test_a_listed_name_is_no_part_of_a_word(tmp_path: Path) -> None:
    assert listed(tmp_path, "format: 1\ncourse: The dodos of people of this case were the patient Adaeze.\n") == []


def test_the_list_beside_the_case_counts_too(tmp_path: Path) -> None:
    file = write(tmp_path, "format: 1\ncourse: Then Ardblair came.\n")
    assert private(file) == []
    (file.parent / ".casewriter").mkdir()
    (file.parent / ".casewriter" / "names.txt").write_text("Ardblair\n", "utf-8")
    assert [p.code for p in private(file)] == ["PRIV019"]


# -- never printed -------------------------------------------------------------------------------------------------------

# each identifier stands where PRIV reads it, and where other rules complain about the same words or the same line
LEAKY = """\
format: 1
title: "Calcinosis in Mrs Hartigan: a case report"
Mrs Hartigan: an unknown key
observation:
  patient:
    age: 04/12/1961
    Kieran Welbeck: an unknown key
  complaints: [{label: seen by Mrs Hartigan, onset: 14 March 2021}]
  examination:
    vitals: [{label: Mrs Hartigan, value: 39.2, reference: 36-37, flag: normal}]
timeline:
  events:
    - {at: 2021-03-14, label: SLE}
    - {at: 10 d, until: 3 d, label: "SLE on 14 March 2021 with MRN 4829103"}
    - {at: 3 d, label: seen by Ms Thistlewood, kind: Ms Thistlewood}
course: |
  Mrs Hartigan, a 99-year-old man, had SLE [@nobody], {{ labs.nothing }} and @fig-nothing on the
  same line as MRN 4829103, maeve.hartigan61@postbox.example, https://facebook.com/maeve.hartigan61 and 198.51.100.23,
  the NHS number 943 476 5919, the account DE89 3704 0044 0532 0130 00, the telephone 07700 900482 and
  Mrs
  Delaunoy with her passport 533401726, this first case [@nobody2] here.
  It was on 14
  March 2021 that she came with IL-6.
diagnosis: {final: [{label: Mr Pemberton}], differential: [{label: Mr Pemberton, status: excluded}]}
treatment:
  interventions:
    - {label: seen by Mrs Hartigan, kind: Mrs Hartigan, at: 15.03.2021, dose: 40 mg}
    - {label: given by Mrs Hartigan, kind: drug, indication: MRN 4829103}
figures:
  mr_pemberton: {file: figures/mr_pemberton_2021-03-14.jpg, caption: "Mrs Hartigan on 3 May 2020.", alt: "Mrs Hartigan on 3 May 2020."}
tables:
  labs 2021-03-14: {caption: "MRN 4829103", columns: [Test, "Mrs Hartigan"], rows: [[x]]}
references:
  - {id: a, type: article-journal, title: t, note: "mail maeve.hartigan61@postbox.example, MRN 4829103, tel. 07700 900482"}
consent: {publication: {status: Mrs Hartigan signed}}
abbreviations: {MRN 4829103: a number}
patient_perspective: {text: I am Mrs Hartigan., by: Mrs Hartigan}
# ask Mrs Hartigan, born 04/12/1961, MRN 4829103, tel. 07700 900482
"""
SECRETS = (
    *("Hartigan", "Welbeck", "Thistlewood", "Delaunoy", "Pemberton", "04/12/1961", "14 March 2021", "2021-03-14"),
    *("15.03.2021", "3 May 2020", "99-year", "4829103", "postbox.example", "maeve", "facebook", "198.51.100.23"),
    *("943 476", "476 5919", "DE89 3704", "0532 0130", "07700", "900482", "533401726"),
)


def squeezed(text: str) -> str:
    """Return a text as it can be searched: small letters, no marks of JSON or Markdown, spaces as one."""
    return re.sub(r"\s+|\\n", " ", text.lower().replace("\\u002d", "-").replace("*", ""))


def told(secrets: tuple[str, ...], *printed: str) -> list[str]:
    everything = squeezed("\n".join(printed))
    return [secret for secret in secrets if squeezed(secret) in everything]


VARIANTS: list[list[str]] = [
    *(["--output-format", name] for name in FORMATS),
    ["--output-format", "full", "--explain"],
    ["--output-format", "full", "--privacy", "journal"],
    ["--output-format", "full", "--ignore", "PRIV"],
    ["--output-format", "concise", "--select", "CASE,CARE,DATA,FIG,REF"],
    ["--output-format", "json", "--ignore", "PRIV"],
    ["--output-format", "sarif", "--profile", "bmj-case-reports"],
    ["--output-format", "full", "--guideline", "scare", "--strict"],
]


@pytest.mark.parametrize("options", VARIANTS, ids=" ".join)
def test_no_report_repeats_an_identifier(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, LEAKY)
    monkeypatch.chdir(tmp_path)
    assert [secret for secret in SECRETS if secret.lower() not in squeezed(LEAKY)] == []
    assert run(["lint", str(file.relative_to(tmp_path)), *options]) == 1
    printed = capsys.readouterr()
    assert len(printed.out) > 3000
    assert told(SECRETS, printed.out, printed.err) == []


def test_the_leaky_case_is_complained_about_by_many_rules(tmp_path: Path) -> None:
    problems = checked(write(tmp_path, LEAKY)).report.problems
    assert len([p for p in problems if p.kind.family == "PRIV"]) >= 40
    codes = {p.code for p in problems}
    assert {"CASE001", "CASE004", "CASE005", "REF005", "DATA001", "DATA003", "DATA008", "DATA020", "DATA025"} <= codes
    lines = {p.span.line for p in problems if p.kind.family == "PRIV" and p.span}
    others = {p.span.line for p in problems if p.kind.family != "PRIV" and p.span}
    assert len(lines & others) >= 10


BROKEN = (
    "format: 1\ntitle: Visit of Mrs Hartigan on 3 May 2020: a case\ncourse: [Mrs Hartigan, MRN 4829103\n"
    "# tel. 07700 900482\n"
)


@pytest.mark.parametrize("name", FORMATS)
def test_a_broken_file_gives_nothing_away(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", str(write(tmp_path, BROKEN)), "--output-format", name]) == 1
    printed = capsys.readouterr()
    assert "YAML" in printed.out
    assert told(SECRETS, printed.out, printed.err) == []


def gathered() -> tuple[str, list[tuple[str, str]]]:
    """Return a case that holds the corpora's texts, and (id, secret) of those that are long and found whole."""
    texts, comments, secrets = [], [], []
    for entry in SPANS:
        if states()[entry["id"]] != "whole" or where(entry) not in ("prose", "comment"):
            continue
        if entry["type"] == "biometric" or entry["id"] in QUOTED:
            continue  # the name of a thing, which the page of its rule holds too
        secrets += [(entry["id"], secret) for secret in entry["secret"] if len(re.findall(r"\w", secret)) >= 6]
        if where(entry) == "prose":
            texts.append(f"  - {json.dumps(entry['text'], ensure_ascii=False)}\n")
        else:
            comments += [f"# {line}\n" for line in entry["text"].splitlines()]
    return f"format: 1\nlearning_points:\n{''.join(texts)}{''.join(comments)}", secrets


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_repeats_what_was_found_in_the_corpora(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, secrets = gathered()
    assert len(secrets) >= 350
    file = write(tmp_path, text)
    run(["lint", str(file), "--privacy", "journal", "--output-format", name])
    printed = capsys.readouterr()
    assert len(re.findall(r"PRIV\d{3}", printed.out)) >= 350
    everything = squeezed(printed.out + printed.err)
    assert [(one, secret) for one, secret in secrets if squeezed(secret) in everything] == []


def test_no_message_holds_what_was_found(tmp_path: Path) -> None:
    text, _ = gathered()
    for problem in checked(write(tmp_path, text), privacy="journal").report.problems:
        if problem.kind.family == "PRIV":
            assert problem.quote is None
            words = problem.message.replace("over 89", "over that age")
            assert re.fullmatch(r"the (?:text|comment|key|file name) contains [^\d“”]+", words)


# -- check digits ----------------------------------------------------------------------------------------------------------

# published examples: of the issuing offices, of Wikipedia and of python-stdnum, which agreed on every one that it knows
VALID = {
    "nhs": ["943 476 5919", "4010232137"],
    "chi": ["0101700008"],
    "ssn": ["219-09-9999", "078-05-1120"],
    "dni": ["12345678Z", "54362315-K"],
    "nie": ["X1234567L", "X-2482300-W", "Y1234567X", "Z1234567R"],
    "nir": ["2 55 08 14 168 025 38", "2 95 10 99 126 111 93", "253072B07300470", "253072A07300443"],
    "codice_fiscale": ["RSSMRA85T10A562S", "RCCMNL83S18D969H", "MRTMTT91D08F205J"],
    "cpf": ["529.982.247-25", "390.533.447-05"],
    "cns": ["898000000043208"],
    "nif": ["123456789", "501 964 843"],
    "steuer_id": ["86095742719", "36 574 261 809", "47036892816", "65929970489"],
    "kvnr": ["A123456780"],
    "rentenversicherung": ["15070649C103", "15 070649 C 103"],
    "ahv": ["756.9217.0769.85", "7561234567897"],
    "pps": ["1234567T", "6433435F", "1234567FA", "6433435OA"],
    "luhn": ["046 454 286", "123-456-782"],
    "rut": ["12.345.678-5", "76086428-5", "12.531.909-2", "10.000.013-K"],
    "verhoeff": ["2363", "234123412346"],
    "naf": ["28/12345678/40"],
    "iban": ["DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32", "FR14 2004 1010 0505 0001 3M02 606", "NO93 8601 1117 947"],
    "ipv4": ["198.51.100.23", "203.0.113.255"],
}  # fmt: skip
WRONG = {
    "nhs": ["943 476 5918", "123 456 7890", "94347659199", ""],
    "chi": ["4101700008", "9434765919"],
    "ssn": ["000-09-9999", "666-09-9999", "900-09-9999", "219-00-9999", "219-09-0000", "219-09-999"],
    "nir": ["2 55 08 14 168 025 37", "2 55 08 14 168 025"],
    "cpf": ["111.111.111-11", "529.982.247-26"],
    "steuer_id": ["86095742710", "11111111111", "1234567890"],
    "ipv4": ["256.1.1.1", "0.1.2.3", "1.2.3", "198.51.100.023"],
    "luhn": ["000 000 000", "046 454 287"],
    "iban": ["DE89 3704 0044 0532 0130 01", "DE89"],
    "codice_fiscale": ["RSSMRA85T10A562T", "RSSMRA85T10A562"],
    "verhoeff": ["2364", "234123412347"],
}
# check digits by prime moduli, Luhn and Verhoeff tell every single wrong digit
SINGLE = ("nhs", "dni", "nie", "nir", "ahv", "luhn", "rut", "verhoeff", "iban", "steuer_id", "naf", "kvnr")


def holds(name: str, text: str) -> bool:
    try:
        return DIGITS[name](text)
    except (ValueError, IndexError, KeyError):
        return False  # as the detector takes it


def table(of: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in of.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), table(VALID))
def test_a_right_check_digit_holds(name: str, text: str) -> None:
    assert DIGITS[name](text)


@pytest.mark.parametrize(("name", "text"), table(WRONG))
def test_a_wrong_number_does_not_hold(name: str, text: str) -> None:
    assert not holds(name, text)


@pytest.mark.parametrize(("name", "text"), [pair for pair in table(VALID) if pair[0] in SINGLE])
def test_one_wrong_digit_is_told(name: str, text: str) -> None:
    digits = [place for place, character in enumerate(text) if character.isdigit()]
    assert digits
    for place in digits:
        for digit in "0123456789".replace(text[place], ""):
            assert not holds(name, text[:place] + digit + text[place + 1 :])


@pytest.mark.parametrize("text", VALID["verhoeff"] + VALID["ahv"])
def test_two_digits_exchanged(text: str) -> None:
    name = "verhoeff" if text in VALID["verhoeff"] else "ahv"
    bare = re.sub(r"\D", "", text)
    swapped = [bare[:n] + bare[n + 1] + bare[n] + bare[n + 2 :] for n in range(len(bare) - 1) if bare[n] != bare[n + 1]]
    # EAN-13 misses the exchange of digits that differ by five
    missed = [one for one in swapped if holds(name, one)]
    assert missed == [] or (name == "ahv" and len(missed) < len(swapped) / 2)


ORACLES: dict[str, tuple[str, str]] = {
    "nhs": ("stdnum.gb.nhs", "0123456789"),
    "dni": ("stdnum.es.dni", "01234567Z"),
    "nir": ("stdnum.fr.nir", "255081416802538"),
    "cpf": ("stdnum.br.cpf", "01234567890"),
    "ahv": ("stdnum.ch.ssn", "7569217076985"),
    "rut": ("stdnum.cl.rut", "12345678-5"),
    "verhoeff": ("stdnum.verhoeff", "234123412346"),
    "pps": ("stdnum.ie.pps", "1234567T"),
}


@pytest.mark.parametrize("name", ORACLES)
def test_python_stdnum_agrees(name: str) -> None:
    module, model = ORACLES[name]
    oracle: Callable[[str], bool] = pytest.importorskip(module).is_valid
    agreed = Counter()
    for number in range(20_000):
        filler = iter(f"{number * 7_919_977 % 10**12:015}")
        text = "".join(next(filler) if c.isdigit() else c for c in model)
        text = f"756{text[3:]}" if name == "ahv" else f"{1 + number % 2}{text[1:]}" if name == "nir" else text
        agreed[oracle(text)] += 1
        assert holds(name, text) is oracle(text), text
    assert agreed[True] > 50


# -- any text ----------------------------------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from([entry["text"] for entry in (*SPANS, *TRAPS)]),
    st.sampled_from([secret for entry in SPANS for secret in entry["secret"]]),
    st.sampled_from(sorted({text for texts in VALID.values() for text in texts})),
    st.text(max_size=12),
    st.sampled_from([" ", "\n", "\u00a0", ".", ",", "**", "_", "Mrs ", "MRN ", "12/", "@", "°", "ß", "İ", "\u2028", "\ud83d\ude00"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(PIECES, max_size=6).map("".join),
    level=st.sampled_from(["hipaa", "journal"]),
    place=st.sampled_from(["prose", "comment", "key", "file_name"]),
)
def test_detect_takes_any_text(text: str, level: str, place: str) -> None:
    hits = detect(text, level, place)
    assert hits == sorted(hits, key=lambda hit: hit.start)
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
    for one, other in pairwise(hits):
        assert one.end <= other.start
    assert detect(text, level, place) == hits


def test_a_broken_file_is_read_for_listed_names_and_at_the_level_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".casewriter").mkdir()
    (tmp_path / ".casewriter" / "names.txt").write_text("Adaeze Okonjo\n", "utf-8")
    file = tmp_path / "case.yaml"
    file.write_text("format: 1\ntitle: Fever: a case\ncourse: Adaeze Okonjo, a 47-year-old woman, came.\n", "utf-8")
    assert run(["lint", "--privacy", "journal", str(file)]) == 1
    said = "".join(capsys.readouterr())
    assert "PRIV019" in said
    assert "PRIV018" in said
    assert "Okonjo" not in said
