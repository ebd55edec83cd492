"""The records that prose can contradict, each with the words that it is called by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from casewriter.lint.statement.words import folded_words
from casewriter.model.case import Case
from casewriter.problem import Path

Name = tuple[str, ...]


class StatedFact(Struct, frozen=True):
    """One record and what sort it is: lab, vital, score, drug, intervention, study, event, complaint, finding."""

    path: Path
    record: Any
    sort: str


_SORTS: tuple[tuple[Path, str], ...] = (
    (("observation", "complaints", "items"), "complaint"),
    (("observation", "history", "medications", "items"), "drug"),
    (("observation", "history", "past_interventions", "items"), "drug"),
    (("observation", "examination", "vitals"), "vital"),
    (("observation", "examination", "scores"), "score"),
    (("observation", "examination", "findings"), "finding"),
    (("timeline", "events"), "event"),
    (("imaging", "studies"), "study"),
    (("tests", "results"), "study"),
    (("pathology", "specimens"), "specimen"),
    (("treatment", "interventions", "items"), "intervention"),
    (("follow_up", "outcomes", "clinician", "items"), "event"),
    (("follow_up", "outcomes", "patient", "items"), "event"),
    (("follow_up", "adverse_events", "items"), "event"),
)
"""Where records are, and their sort."""

MEASURED = frozenset(("lab", "vital", "score"))
_MEASURING = {"imaging", "tests", "pathology"}


def facts(case: Case) -> Iterator[StatedFact]:
    """Yield every record that prose can contradict."""
    for path, row in case.labs.rows() if case.labs else ():
        yield StatedFact(("labs", *path), row, "lab")
    depths = {(*where, 0): sort for where, sort in _SORTS}
    for path, part in case.models:
        if not path or not isinstance(path[-1], int):
            continue
        sort = depths.get((*path[:-1], 0))
        if sort is not None:
            yield StatedFact(path, part, sort)
        elif path[0] in _MEASURING and path[-2:-1] == ("measurements",):
            yield StatedFact(path, part, "score")


_TAIL = re.compile(
    r"\s*(?:[,;:(]|\b(?:found|diagnosed|reported|presumed|during|after|before|from|with|for|by|due|because|in|on|at|of"
    r"|twice|once|several|persistent\w*|associated)\b).*$",
    re.DOTALL,
)
_PLAIN = re.compile(r"[*_`\\]")
_HEAD = re.compile(r"^(?:serum|plasma|total|blood|body|random|fasting|venous|arterial|oral|intravenous|acute) ", re.I)
_LAST = re.compile(r"(?<!vitamin)(?<!hepatitis) [A-Z]{1,2}$")
_FORMS = frozenset("cream ointment lotion gel drop patch inhaler insulin infusion transfusion".split())
_GENERIC = frozenset(
    "acid sodium cream tablet solution blood fresh platelet oral high low dose daily total human intravenous topical"
    " second first repeat continuous abdominal wound support therapy treatment surgery procedure injection infusion "
    "vitamin"
    " liver kidney heart normal saline dextrose gamma hepatitis calcium potassium magnesium iron zinc folic with and "
    "other"
    " open left right emergency elective partial laparoscopic percutaneous endoscopic".split()
)


def names(fact: StatedFact) -> Iterator[tuple[Name, bool]]:
    """Yield each name of a record, folded, and whether it is the whole label; names of one short word are left out."""
    label = _PLAIN.sub("", str(fact.record.title() or ""))
    whole = folded_words(label)
    if not whole or len(label) > 90:
        return
    yield whole, True
    short = _TAIL.sub("", label).strip()
    for name in {short, _HEAD.sub("", short), _HEAD.sub("", label), _LAST.sub("", short)} - {label, ""}:
        if len(name) >= 4 and fact.sort != "score" and folded_words(name) not in _DULL:
            yield folded_words(name), False
    last = whole[-1]
    if fact.sort == "complaint" and len(whole) > 1 and len(last) >= 5 and (last,) not in _DULL:
        yield (last,), False
    if fact.sort in ("drug", "intervention"):
        yield from ((name, False) for name in _drug_names(fact, label))


_DULL = {("first",), ("second",), ("seen",), ("start",), ("left",), ("pain",), ("free",), ("stable",), ("normal",)}


def _drug_names(fact: StatedFact, label: str) -> Iterator[Name]:
    if fact.sort == "intervention" and fact.record.kind not in ("drug", None):
        return
    for part in re.split(r"\s+and\s+|/|–|\s+with\s+|\s*\+\s*", label):
        words = folded_words(_TAIL.sub("", part))
        for word in {words[0], words[-1]} if words else ():
            if len(word) >= 6 and word not in _GENERIC and not word.isdigit():
                yield (word,)
    yield from ((word,) for word in folded_words(label) if word in _FORMS)
