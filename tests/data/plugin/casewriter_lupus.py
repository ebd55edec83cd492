"""What our clinic asks of case reports on lupus."""

import re
from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.model.walking import walk
from casewriter.problem import Level

_LUPUS = re.compile(r"systemic lupus", re.IGNORECASE)
_ANTIBODIES = re.compile(r"antinuclear|\bANA\b", re.IGNORECASE)
_BUTTERFLY = re.compile(r"\bbutterfly rash\b", re.IGNORECASE)


@rule("LUPUS001", "antinuclear-antibodies-missing", Level.WARNING)
def antibodies_missing(case: Case) -> Iterator[Found]:
    """The diagnosis is systemic lupus, and no result of antinuclear antibodies is given.

    They are the entry criterion of the classification, so readers look for them first. Remedy: give the titre under
    `labs:`. Source: Aringer M et al., Ann Rheum Dis 2019;78:1151-1159.
    """
    tests = [result.title() or "" for _, result in case.labs.rows()] if case.labs else []
    if any(_ANTIBODIES.search(test) for test in tests):
        return
    for number, diagnosis in enumerate(case.diagnosis.final if case.diagnosis else ()):
        if _LUPUS.search(diagnosis.label or ""):
            hint = "write labs: results: [{test: Antinuclear antibodies, value: …}]"
            yield Found("no antinuclear antibodies are given", ("diagnosis", "final", number, "label"), hint)


@rule("LUPUS002", "butterfly-rash", Level.INFO)
def butterfly_rash(case: Case) -> Iterator[Found]:
    """A text says “butterfly rash”; our clinic writes “malar rash”.

    Source: the style sheet of our clinic.
    """
    for path, text in walk(case):
        if isinstance(text, str) and (found := _BUTTERFLY.search(text)):
            yield Found("the rash is called by its popular name", path, "write malar rash", quote=found.group())


RULES = (antibodies_missing, butterfly_rash)
