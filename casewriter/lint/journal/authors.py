"""JRNL: what the title page is missing about the authors and their affiliations."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level


@rule("JRNL023", "affiliation-unused", Level.WARNING)
def affiliation_unused(case: Case) -> Iterator[Found]:
    """An affiliation is listed that no author has.

    It is printed with a number that no author bears, and readers cannot tell whose it is. Remedy: add its key to the
    `affiliations` of an author, or remove it. Source: ICMJE Recommendations, IV.A.3.a (author information).
    """
    used = {name for author in case.authors for name in author.affiliations}
    for name in case.affiliations if case.authors else ():
        if name not in used:
            hint = f"add {name} to affiliations: of an author, or remove it"
            yield Found(f"no author has the affiliation “{name}”", ("affiliations", name), hint, on_key=True)


RULES = (affiliation_unused,)
