"""The reference list of a printed paper (Clin Rheumatol 25:70-74), made again from its data, entry by entry."""

from functools import cache
from pathlib import Path

import pytest

from casewriter.article.compose import compose
from casewriter.article.paper import ReferenceEntry
from casewriter.article.walk import plain
from casewriter.citation import read_library
from casewriter.load import load
from casewriter.profile import find_profile
from casewriter.source import read

CASE = Path(__file__).parents[1] / "cases" / "calcinosis-universalis-sle" / "case.yaml"
PRINTED = (Path(__file__).parent / "data" / "clin-rheumatol-25-70.txt").read_text(encoding="utf-8").splitlines()
"""The list as printed, without the words that link it (CrossRef, PubMed, Google Scholar)."""


@cache
def entries() -> tuple[ReferenceEntry, ...]:
    loaded = load(read(CASE.read_bytes(), CASE.name))
    assert loaded.case is not None
    assert loaded.whole
    library = read_library(loaded.case, {})
    return compose(loaded.case, find_profile("clinical-rheumatology"), library).article.references


def test_all_35_are_listed_in_the_printed_order() -> None:
    assert len(PRINTED) == 35
    assert [entry.number for entry in entries()] == list(range(1, 36))
    assert [entry.label for entry in entries()] == [f"{number}." for number in range(1, 36)]


@pytest.mark.parametrize(("number", "printed"), list(enumerate(PRINTED, start=1)))
def test_an_entry_reads_as_printed(number: int, printed: str) -> None:
    assert plain(entries()[number - 1].children) == printed
