"""The course of a case: order of the timeline, one grammar of time, and the keys that transcribers of reports missed.

The numbers are those of the list of stumbles that two writers met when they transcribed six published reports.
"""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_compose import NBSP, Told, tell

from casewriter.article.chronicle import told
from casewriter.article.entry import Entry
from casewriter.article.nodes import Styled, Table
from casewriter.article.walk import blocks_within, inlines, plain
from casewriter.article.words import words_for
from casewriter.load import load
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.order import Thing, in_order
from casewriter.project import find_cases
from casewriter.source import read
from casewriter.work.check import check

EXAMPLES = int(os.environ.get("CASEWRITER_FIDELITY", "300"))


def tables(found: Told, name: str) -> Iterator[Table]:
    for block in blocks_within(found.article.sections):
        if isinstance(block, Table) and block.target == name:
            yield block


def rows(found: Told, name: str = "timeline") -> list[list[str]]:
    """Return the rows of a table as text, with ordinary blanks."""
    (table,) = tables(found, name)
    return [[plain(cell.children).replace(NBSP, " ") for cell in row.cells] for row in table.rows]


def events(found: Told) -> list[str]:
    return [row[1] for row in rows(found)]


def text_of(found: Told) -> str:
    return found.text.replace(NBSP, " ")


# -- order (2, 3, 7) ------------------------------------------------------------------------------------------------------

TIMES = ["-3 wk", "0", "12 h", "day 2", "2 d", "3 d", "~1 wk", "2-3 wk", "<24 h", "1 mo", "age 30 y", "1 y"]


@st.composite
def courses(draw: st.DrawFn) -> dict[str, Any]:
    """Return a course of events, treatments, studies and outcomes whose times refer to each other without a circle."""
    count = draw(st.integers(2, 12))
    kinds = draw(st.lists(st.sampled_from(["event", "drug", "study", "outcome"]), min_size=count, max_size=count))
    order = draw(st.permutations(range(count)))  # who may refer to whom: only to one that is earlier here
    records: list[dict[str, Any]] = [{} for _ in range(count)]
    for place, number in enumerate(order):
        record: dict[str, Any] = {"id": f"r{number}"}
        kind = draw(st.sampled_from(["time", "relative", "relative", "label", "none"]))
        if kind == "time":
            record["at"] = draw(st.sampled_from(TIMES))
            if kinds[number] == "drug" and draw(st.booleans()):
                record["duration"] = draw(st.sampled_from(["6 wk", "2 d", "until discharge"]))
        elif kind == "relative" and place:
            relation = draw(st.sampled_from(["after", "before", "during", "after_end"]))
            at = {relation: f"r{order[draw(st.integers(0, place - 1))]}"}
            if draw(st.booleans()):
                at["by"] = draw(st.sampled_from(["2 d", "3 wk", "~1 mo", "<24 h"]))
            if draw(st.integers(0, 3)) == 0:
                at["label"] = "some day"
            record["at"] = at
        elif kind != "none":
            record["at"] = {"label": "during admission"}
        else:
            record["timeline"] = "true"
        records[number] = record
    return filed(kinds, records)


def filed(kinds: list[str], records: list[dict[str, Any]]) -> dict[str, Any]:
    def of(one_kind: str, **more: str) -> list[dict[str, Any]]:
        return [{**more, **record} for one, record in zip(kinds, records, strict=True) if one == one_kind]

    return {
        "format": "1",
        "observation": {"patient": {"age": "40 y"}},
        "timeline": {"events": of("event", label="x")},
        "imaging": {"studies": of("study", modality="CT")},
        "treatment": {"interventions": of("drug", kind="drug", label="drug") or None},
        "follow_up": {"outcomes": {"clinician": of("outcome", label="better") or None}},
    }


def broken(case: Case) -> list[str]:
    """Return what the order of the timeline contradicts."""
    clock = Chronology(case)
    found = told(case, clock, words_for("en"))
    place = {entry.record.id: number for number, entry in enumerate(found)}
    faults = []
    for entry in found:
        when = entry.at
        if when is not None and when.kind == "relative" and when.anchor in place:
            mine, other = place[entry.record.id], place[when.anchor]
            if (mine < other) != (when.relation == "before"):
                faults.append(f"{entry.record.id} is {when.relation} {when.anchor}")
    days = [day for entry in found if (day := clock.days(entry.at)) is not None]
    faults += ["out of order" for first, second in pairwise(days) if second < first]
    return faults + list(displaced(found, clock, place))


def displaced(found: list[Entry], clock: Chronology, place: dict[str, int]) -> Iterator[str]:
    """Yield what has no time and stands elsewhere than between its neighbours in the file."""
    anchored = {entry.at.anchor for entry in found if entry.at and entry.at.kind == "relative"}
    lists: dict[Any, list[Entry]] = {}
    for entry in sorted(found, key=lambda one: one.path):
        lists.setdefault(entry.path[:-1], []).append(entry)
    for entries in lists.values():
        for first, middle, last in zip(entries, entries[1:], entries[2:], strict=False):
            free = clock.days(middle.at) is None and (middle.at is None or middle.at.kind == "label")
            known = clock.days(first.at) is not None and clock.days(last.at) is not None
            spots = [place[one.record.id] for one in (first, middle, last)]
            if free and known and middle.record.id not in anchored and spots[0] < spots[2] and spots != sorted(spots):
                yield f"{middle.record.id} is not between its neighbours"


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses())
def test_what_is_after_is_never_above_and_what_is_before_never_below(course: dict[str, Any]) -> None:
    case = Case.model_validate(course)
    kept = told(case, Chronology(case), words_for("en"))
    written = sum(len(section) for section in lists_of(course))
    joined = [entry for entry in kept if entry.path[0] == "timeline" or entry.at is not None or entry.record.timeline]
    assert len(joined) == len(kept) == written
    assert broken(case) == []


def lists_of(course: dict[str, Any]) -> Iterator[list[Any]]:
    for part in course.values():
        if isinstance(part, list):
            yield part
        elif isinstance(part, dict):
            yield from lists_of(part)


def test_a_wrong_order_would_be_seen() -> None:
    """The check above can fail: the same course read backwards."""
    case = Case.model_validate(
        filed(["event", "event"], [{"id": "r0", "at": "1 d"}, {"id": "r1", "at": {"after": "r0"}}])
    )
    found = told(case, Chronology(case), words_for("en"))
    assert [entry.record.id for entry in found] == ["r0", "r1"]
    backwards = [Thing(1.0), Thing(1.0)]
    assert in_order(backwards, [(1, 0)]) == [1, 0]


def test_a_chain_over_sections_keeps_its_order() -> None:
    """Stumble 2: the events stand in the file above the operation that they follow."""
    found = tell("""\
timeline:
  events:
  - {id: icu, at: {after: op}, label: intensive care}
  - {id: ward, at: {after: icu}, label: ward}
  - {at: {before: op}, label: antibiotics}
treatment: [{id: op, kind: surgery, label: laparotomy, at: 2 d}]
""")
    assert events(found) == ["Antibiotics", "Laparotomy performed", "Intensive care", "Ward"]


def test_what_has_no_time_stays_where_the_file_has_it_and_never_behind_death() -> None:
    """Stumble 3."""
    found = tell("""\
timeline:
  events:
  - {at: 0, label: admitted}
  - {at: {label: during admission}, label: fever}
  - {label: transferred}
  - {at: 5 d, label: discharged}
imaging: [{modality: CT, timeline: true}]
follow_up: {death: {at: 9 d}}
""")
    assert events(found) == ["Admitted", "Fever", "Transferred", "Discharged", "CT performed", "Death"]


def test_a_circle_of_times_loses_nothing() -> None:
    found = tell("""\
timeline:
- {id: a, at: {after: b}, label: one}
- {id: b, at: {after: a}, label: two}
- {at: 0, label: three}
""")
    assert sorted(events(found)) == ["One", "Three", "Two"]


def test_a_point_of_a_series_with_words_alone_keeps_its_column() -> None:
    """Stumble 7."""
    series = "[{at: 0, value: 5}, {at: {label: before the operation}, value: 7}, {at: 3 d, value: 9}]"
    found = tell(f"labs:\n- {{test: CRP, unit: mg/L, series: {series}}}\n- {{test: Urea, value: 4, at: 1 d}}\n")
    (table,) = tables(found, "labs")
    heads = [plain(cell.children).replace(NBSP, " ") for cell in table.head[0].cells]
    assert heads.index("Day 0") < heads.index("Before the operation") < heads.index("Day 3")


# -- what prints (1, 4, 5, 6, 8, 9, 10, 11, 26, 30) -----------------------------------------------------------------------


def test_a_blood_pressure_keeps_its_unit() -> None:
    found = tell("observation: {examination: {vitals: [{label: Blood pressure, value: 99/58, unit: mmHg}]}}\n")
    assert "Blood pressure 99/58 mmHg" in text_of(found)


@pytest.mark.parametrize(
    ("at", "printed"),
    [
        ("{during: amp, by: 3 wk}", "3 weeks into ampicillin"),
        ("{during: amp}", "During ampicillin"),
        ("{after_end: amp, by: 2 d}", "2 days after the end of ampicillin"),
        ("{after_end: amp}", "After the end of ampicillin"),
        ("{after: amp, by: 2 d}", "2 days after ampicillin"),
    ],
)
def test_a_time_may_refer_to_a_span_or_its_end(at: str, printed: str) -> None:
    """Stumble 4."""
    found = tell(f"""\
timeline: [{{at: {at}, label: scan}}, {{at: 1 y, label: last visit}}]
treatment: [{{id: amp, kind: drug, label: ampicillin, at: 0, duration: 6 wk}}]
""")
    assert [row[0] for row in rows(found) if row[1] == "Scan"] == [printed]


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "pt"])
def test_every_language_says_it(language: str) -> None:
    english = words_for("en")
    own = words_for(language)
    keys = ["during_record", "during_only", "after_end_record", "after_end_only", "reported", "working", "substances"]
    assert [key for key in keys if own[key] == english[key]] == []


def test_the_end_of_a_span_is_reckoned_from_its_length() -> None:
    case = Case.model_validate(
        {
            "format": "1",
            "treatment": [{"id": "amp", "label": "ampicillin", "at": "1 d", "duration": "6 wk"}],
            "timeline": [{"id": "x", "label": "x", "at": {"after_end": "amp", "by": "2 d"}}],
        }
    )
    assert case.timeline
    assert Chronology(case).days(case.timeline.events[0].at) == 1 + 42 + 2


def test_a_label_that_becomes_a_time_keeps_its_emphasis() -> None:
    """Stumble 5: the marks of the label were printed raw; what it cites and mentions stays at its own place."""
    found = tell("""\
timeline:
- {id: blood, at: 1 d, label: blood cultures positive for *Fusobacterium* species (@fig-a)}
- {at: {after: blood, by: 2 d}, label: drainage}
- {at: {after: op}, label: eating}
figures: {a: {file: a.png, caption: Gram stain}}
treatment: [{id: op, kind: surgery, label: laparoscopic drainage of the abscess, short: surgery, at: 4 d}]
""")
    (table,) = tables(found, "timeline")
    (cell,) = (row.cells[0] for row in table.rows if plain(row.cells[1].children) == "Drainage")
    assert plain(cell.children).replace(NBSP, " ") == "2 days after blood cultures positive for Fusobacterium species"
    assert [plain(n.children) for n in inlines(cell.children) if isinstance(n, Styled) and n.style == "emphasis"] == [
        "Fusobacterium"
    ]
    assert [row[0] for row in rows(found) if row[1] == "Eating"] == ["After surgery"]


def test_names_with_a_comma_are_divided_by_semicolons() -> None:
    """Stumble 6."""
    found = tell('labs: [{tests: ["Influenza A and B, PCR", "RSV, PCR"], value: negative, at: 0}]\n')
    assert rows(found, "labs")[0][0] == "Influenza A and B, PCR; RSV, PCR"


def test_the_specimen_of_an_operation_is_one_row_with_it() -> None:
    """Stumble 8."""
    found = tell("""\
timeline: [{at: 0, label: admitted}, {at: 9 d, label: discharged}]
treatment: [{id: op, kind: surgery, label: laparotomy, at: 2 d, specimen: appendix}]
pathology: [{id: appendix, site: appendix, at: 2 d, findings: necrosis}]
""")
    assert events(found) == ["Admitted", "Laparotomy performed", "Discharged"]
    later = tell("""\
timeline: [{at: 0, label: admitted}, {at: 9 d, label: discharged}]
treatment: [{id: op, kind: surgery, label: laparotomy, at: 2 d, specimen: appendix}]
pathology: [{id: appendix, site: appendix, at: 3 d, findings: necrosis}]
""")
    assert len(events(later)) == 4


@pytest.mark.parametrize(
    ("event", "printed"),
    [
        ("{at: ~-5 mo, until: day 10, label: drug}", "About −5 months to day 10"),
        ("{at: 0, until: 7 d, label: drug}", "Day 0–7"),
        ("{at: 0, until: day 7, label: drug}", "Day 0–7"),
        ("{at: 1 d, until: {after: out}, label: drug}", "Day 1 until after discharge"),
        ("{at: -3 d, until: 2 wk, label: drug}", "Day −3 to 2 weeks"),
        ("{at: <-24 h, label: drug}", "<24 hours before"),
        ("{at: 0, duration: the whole stay, label: drug}", "Day 0, the whole stay"),
    ],
)
def test_times_of_a_table_share_one_grammar(event: str, printed: str) -> None:
    """Stumbles 9 and 12."""
    found = tell(f"timeline: [{event}, {{id: out, at: 8 d, label: discharge}}, {{at: 9 d, label: visit}}]\n")
    assert [row[0] for row in rows(found) if row[1] == "Drug"] == [printed]


def test_with_a_first_day_of_one_a_span_is_counted_so() -> None:
    found = tell("timeline: {first_day: 1, events: [{at: 0, until: 7 d, label: drug}, {at: 1 d, label: x}]}\n")
    assert rows(found)[0][0] == "Day 1–8"


def test_where_the_index_is_birth_an_age_is_a_time_like_others() -> None:
    """Stumbles 9 and 20."""
    found = tell("""\
observation: {patient: {age: 6 d, age_at: 6 d}}
timeline: {index: birth, events: [{at: 0, label: born}, {at: age 6 d, label: fever}, {at: 2 wk, label: well}]}
""")
    assert [row[0] for row in rows(found)] == ["Day 0", "Day 6", "2 weeks"]


def test_the_age_may_belong_to_another_day_than_the_index() -> None:
    """Stumble 20."""
    case = Case.model_validate(
        {"format": "1", "observation": {"patient": {"age": "8 y", "age_at": "2 y"}}, "timeline": [{"label": "x"}]}
    )
    when = case.observation.patient.age_at if case.observation and case.observation.patient else None
    assert Chronology(case).days(when) == 2 * 365.25
    assert tell("observation: {patient: {age: 8 y, age_at: 2 y}}\n").text.count("8 years (2 years)") == 1


def test_the_key_of_a_flag_speaks_of_a_range_only_where_there_is_one() -> None:
    """Stumble 10."""
    alone = tell("labs: [{test: CRP, value: 212, unit: mg/L, flag: high, at: 0}]\n")
    assert "H, high" in alone.text
    assert "reference range" not in alone.text
    ranged = tell("labs: [{test: CRP, value: 212, unit: mg/L, reference: <5, at: 0}]\n")
    assert "H, above the reference range" in ranged.text


def test_a_death_entered_twice_is_told_once() -> None:
    """Stumble 11."""
    found = tell("""\
timeline: [{at: 0, label: admitted}, {at: 3 d, label: fever}]
follow_up: {outcomes: {clinician: [{at: 55 d, label: died of sepsis}]}, death: {at: 55 d}}
""")
    assert events(found) == ["Admitted", "Fever", "Died of sepsis"]
    assert text_of(found).lower().count("day 55") == 2  # in the timeline, and as an outcome


def test_complaints_of_one_onset_are_one_row() -> None:
    """Stumble 26."""
    found = tell("""\
observation:
  patient: {age: 9 y, minor: true}
  complaints: [{label: fever, onset: -3 d, duration: 3 d}, {label: chills, onset: -3 d}, {label: rash, onset: -1 d}]
timeline: [{at: 0, label: admitted}]
""")
    assert events(found) == ["Fever, chills began", "Rash began", "Admitted"]
    assert [row[0] for row in rows(found)] == ["Day −3", "Day −1", "Day 0"]
    assert "Minor" not in found.text


def test_a_figure_that_an_outcome_mentions_is_numbered_by_the_text() -> None:
    """Stumble 25: the timeline stands early and repeats the words of later sections."""
    found = tell("""\
timeline: [{at: 0, label: admitted}, {at: 1 d, label: fever}]
diagnosis: The scan showed it (@fig-scan).
follow_up: {outcomes: {clinician: [{at: 3 mo, label: healed (@fig-scar)}]}}
figures: {scar: {file: a.png, caption: Scar}, scan: {file: b.png, caption: Scan}}
""")
    assert {figure.target: figure.number for figure in found.article.figures()} == {"scan": 1, "scar": 2}
    assert "Healed (Figure 2)" in found.text


def test_highlights_come_first_and_the_abstract_keeps_its_own_names() -> None:
    """Stumble 30."""
    found = tell("""\
highlights: [One, Two]
abstract: {background: A., discussion: B., conclusion: C.}
introduction: Text.
abbreviations: {CT: computed tomography}
discussion: {narrative: Much is known., would_change: earlier imaging}
""")
    assert [plain(section.heading) for section in found.article.sections][:2] == ["Highlights", "Introduction"]
    assert [part.heading for part in found.article.abstract] == ["Introduction", "Discussion", "Conclusion"]
    assert "In retrospect\nEarlier imaging" in found.text.replace(": ", "\n")


# -- new keys (13 to 19, 22) ----------------------------------------------------------------------------------------------

NEW = """\
observation:
  history:
    substances: [{label: tobacco, status: former, amount: 20 pack-years}]
    medications: [{label: rasagiline, id: rasagiline, until: 2 d, brand: Azilect, changes: [{at: 2 d, what: stopped, why: fever}]}]
  examination: {negatives: [no oedema, {label: no guarding, at: 5 d}]}
microbiology: [{specimen: blood, at: 1 d, result: not_reported}, {specimen: pus, at: 1 d, result: pending, reported_at: 4 d}]
genetics: {findings: [{label: trisomy 21, method: karyotype, at: 2 wk, reported_at: 3 wk}]}
diagnosis:
  differential: [{label: cholangitis, working: true, at: 0, until: 3 d, status: excluded}]
  complications: [{label: acute kidney injury, at: 2 d, severity: stage 2, outcome: recovered}]
follow_up: {adverse_events: [{label: serotonin syndrome, at: 36 h, suspected: [{of: rasagiline}]}]}
competing_interests: none
"""


@pytest.mark.parametrize(
    "printed",
    [
        "Tobacco, former, 20 pack-years",
        "Rasagiline, Azilect, until day 2, day 2: stopped (fever)",
        "no guarding (day 5)",
        "(day 1)\nNot reported",
        "(day 1)\nPending; reported day 4",
        "(2 weeks)\nKaryotype; reported 3 weeks",
        "Working diagnosis (day 0–3); excluded",
        "Acute kidney injury, stage 2, recovered (day 2)",
        "Suspected\nSerotonin syndrome\n36 hours\nRasagiline",
        "None declared",
    ],
)
def test_the_new_keys_are_told(printed: str) -> None:
    assert printed in text_of(tell(NEW))


def test_complications_and_findings_join_the_timeline() -> None:
    found = tell(NEW)
    assert {"Acute kidney injury occurred", "Trisomy 21 found"} <= set(events(found))


def test_a_word_for_a_duration_is_kept_and_its_length_unknown() -> None:
    """Stumble 12: `until discharge` is printed as typed; a unit that is misspelt is still an error."""
    found = load(read(b"format: 1\ntreatment: [{label: zinc, at: 0, duration: until *Candida* is gone}]\n", "a.yaml"))
    assert found.problems == ()
    assert found.case
    assert found.case.treatment
    assert found.case.treatment.interventions
    assert not found.case.treatment.interventions.items[0].duration.known  # type: ignore[union-attr]
    (problem,) = load(read(b"format: 1\ntreatment: [{label: zinc, duration: 6 mnths}]\n", "a.yaml")).problems
    assert problem.code == "CASE005"


@pytest.mark.parametrize(
    ("record", "printed"),
    [
        ("diagnosis: {final: [{label: endocarditis, at: 6 d, timeline: true}]}", "Endocarditis found"),
        ("diagnosis: {differential: [{label: sepsis, working: true, at: 6 d, timeline: true}]}", "Sepsis"),
        ("observation: {history: {medications: [{label: aspirin, since: 6 d, timeline: true}]}}", "Aspirin started"),
        ("follow_up: {tests: [{label: echocardiogram, at: 6 d, timeline: true}]}", "Echocardiogram"),
        ("observation: {examination: {findings: [{label: murmur, at: 6 d, timeline: true}]}}", "Murmur found"),
    ],
)
def test_any_record_joins_the_timeline_that_says_so(record: str, printed: str) -> None:
    events_ = "timeline: [{at: 0, label: admitted}, {at: 9 d, label: discharged}]"
    assert events(tell(f"{record}\n{events_}\n")) == ["Admitted", printed, "Discharged"]
    silent = record.replace(", timeline: true", "")
    assert events(tell(f"{silent}\n{events_}\n")) == ["Admitted", "Discharged"]


def test_a_later_test_takes_the_time_of_the_study_it_names() -> None:
    found = tell("""\
imaging: [{id: echo, modality: echocardiography, at: 12 mo}]
follow_up: {tests: [{study: echo}]}
""")
    assert "Echocardiography (12 months)" in text_of(found)


def test_a_treatment_of_known_length_shows_it_in_the_timeline() -> None:
    found = tell("""\
timeline: [{at: 0, label: admitted}, {at: 9 d, label: discharged}]
treatment: [{kind: drug, label: amiodarone, at: 1 d, duration: 6 wk}]
""")
    assert [row[0] for row in rows(found) if row[1] == "Amiodarone started, for 6 weeks"] == ["Day 1"]


DRUG = "treatment: [{id: a, kind: drug, label: a, at: 0, until: 18 d}]"
IMPOSSIBLE = [
    (f"{DRUG}\ntimeline: [{{at: {{during: a, by: 30 d}}, label: x}}]", "DATA043"),
    ("microbiology: [{specimen: blood, at: 1 d, reported_at: -2 d}]", "DATA044"),
    ("microbiology: [{specimen: blood, at: 1 d, positive_after: 9 d, reported_at: 6 d}]", "DATA044"),
    ("timeline: [{id: a, at: {after: b}, label: a}, {id: b, at: {after: a}, label: b}]", "DATA041"),
    ("treatment: [{kind: drug, label: a, at: 0, duration: until discharge}]", "DATA040"),
    ("follow_up: {outcomes: {clinician: [{label: died, at: 3 d}]}, death: {at: 3 d}}", "DATA042"),
]


@pytest.mark.parametrize(("case", "code"), IMPOSSIBLE)
def test_lint_reports_times_that_cannot_be(case: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(f"format: 1\n{case}\n", "utf-8")
    (found,) = find_cases([str(file)])
    assert code in {problem.code for problem in check(found).report.problems}
