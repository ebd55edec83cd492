"""The English of what readers see first: titles of guideline checks, without the turns of phrase that native readers stumble on.

The list comes from remarks of native readers of earlier versions.
"""

import re

import pytest

from casewriter.guideline import find_guideline
from casewriter.work.catalogue import all_kinds

DIALECT = re.compile(
    r"\b(?:is|are|was|were|there) none\b|\bin silence\b|\botherwise than\b|\bmend(?:s|ed)?\b|\b(?:is|are) (?:not )?(?:said|told)\b"
    r"|\bnothing is (?:said|told)\b|\btells?\b|\bstands?\b|\blacks?\b|…|\{what\}",
    re.IGNORECASE,
)

SPOKEN = re.compile(
    r"\bin silence\b|\botherwise than\b|\bmend(?:s|ed)?\b|\b(?:is|are) (?:not )?told\b|\bnothing is said\b|\btell whether\b"
    r"|\bstands?\b(?! for)|\black(?:s|ing)?\b|\banew\b|\bwithout a word\b|\b(?:some|any)body\b",
    re.IGNORECASE,
)
"""What no manual page says, in any sense of the words."""


def titles(name: str) -> dict[str, str | None]:
    """Return the title of every item and check of a guideline, by its place."""
    items = find_guideline(name).items
    own = {f"item {item.id}": item.title for item in items}
    return own | {f"{item.id} {check.code} {n}": check.title for item in items for n, check in enumerate(item.adequacy)}


@pytest.mark.parametrize(("name", "least"), [("care", 80), ("scare", 110)])
def test_every_check_of_our_guidelines_has_a_title_in_plain_english(name: str, least: int) -> None:
    found = titles(name)
    assert len(found) > least
    assert [place for place, title in found.items() if not title] == []
    assert [title for title in found.values() if title and DIALECT.search(title)] == []
    assert all(title and re.fullmatch(r"[A-Z“][^:;]{10,80}[^.,:; ]", title) for title in found.values())


@pytest.mark.parametrize("name", ["care", "scare"])
def test_the_checks_of_one_code_share_one_title(name: str) -> None:
    checks = [check for item in find_guideline(name).items for check in item.adequacy]
    by_code: dict[str, set[str | None]] = {}
    for check in checks:
        by_code.setdefault(check.code, set()).add(check.title)
    assert [code for code, found in by_code.items() if len(found) != 1] == []


@pytest.mark.parametrize("name", ["care", "scare"])
def test_a_manual_page_begins_with_the_title(name: str) -> None:
    guideline = find_guideline(name)
    for item in guideline.items:
        for code, title in [(item.code, item.title), *((check.code, check.title) for check in item.adequacy)]:
            assert guideline.kinds[code].summary == f"{title}."


def test_no_manual_page_speaks_dialect() -> None:
    kinds = all_kinds()
    assert len(kinds) > 300
    assert [(kind.code, found[0]) for kind in kinds if (found := SPOKEN.search(kind.manual))] == []


@pytest.mark.parametrize(
    "bad",
    ["a complaint lacks …", "nothing is said of {what}", "it is not said how", "the list stands last", "there is none"],
)
def test_the_list_of_dialect_finds_what_it_is_for(bad: str) -> None:
    assert DIALECT.search(bad)
