"""How the values of a profile were learned: whose word counts, what a file must not say, what is printed of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casewriter.problem import CannotRun
from casewriter.profile import all_profiles, find_profile
from casewriter.profile.telling import told
from casewriter.profile_parts import Value

BASE = """id: base
name: Base
confidence: high
as_of: unknown
values:
  limits: {confidence: looked_up, source: the page, as_of: 2024-05}
  limits.authors: {confidence: low}
limits: {body_words: 2000, authors: 4}
keywords: {min: 3, max: 5}
citation: {csl: bmj}
"""


def profiles(folder: Path, **texts: str) -> tuple[Path, ...]:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return (folder,)


def test_a_value_has_the_nearest_origin_that_its_file_gives(tmp_path: Path) -> None:
    profile = find_profile("base", profiles(tmp_path, base=BASE))
    page = Value(confidence="looked_up", source="the page", as_of="2024-05", stated_by="base")
    assert profile.value("limits.body_words") == page
    assert profile.value("limits.authors") == Value(confidence="low", as_of="unknown", stated_by="base")
    assert profile.value("keywords") == Value(confidence="high", as_of="unknown", stated_by="base")
    assert profile.value("limits.figures") == Value()  # which the profile does not state


def test_a_child_never_has_the_word_of_its_parent_for_a_value_of_its_own(tmp_path: Path) -> None:
    child = "id: child\nname: Child\nextends: base\nlimits: {authors: 6}\ncitation: {csl: cureus}\n"
    profile = find_profile("child", profiles(tmp_path, base=BASE, child=child))
    assert profile.value("limits.authors") == Value(stated_by="child")
    assert profile.value("citation.csl") == Value(stated_by="child")
    assert profile.value("limits.body_words").as_of == "2024-05"
    assert profile.value("keywords.max").stated_by == "base"


def test_a_child_may_say_how_a_value_of_its_parent_was_learned(tmp_path: Path) -> None:
    child = "id: child\nname: Child\nextends: base\nvalues: {keywords: {confidence: looked_up, as_of: 2025-01-31}}\n"
    profile = find_profile("child", profiles(tmp_path, base=BASE, child=child))
    assert profile.value("keywords.min") == Value(confidence="looked_up", as_of="2025-01-31", stated_by="child")
    assert profile.value("limits.authors") == Value(confidence="low", as_of="unknown", stated_by="base")


WRONG = [
    ("values: {limits.autors: {confidence: low}}", "7:10", "limits.authors"),
    ("values: {limits.figures: {confidence: low}}", "7:10", "which the profile lacks"),
    ("values: {limits.authors: {confidence: sure}}", "7:39", "must be one of: 'looked_up', 'high', 'medium' or 'low'"),
    ("values: {limits.authors: {as_of: May 2024}}", "7:34", "as_of: 2024-05"),
    ("values: {limits.authors: {page: x}}", "7:33", "unknown key “page”"),
    ("values: {limits.authors: low}", "7:26", "“limits.authors” must be a mapping"),
    ("values: none", "7:9", "“values” must be a mapping"),
    ("sentences: {consents: We have it.}", "7:23", "must be one of"),
    ("files: {text: [odt]}", "7:16", "must be one of"),
]


@pytest.mark.parametrize(("line", "place", "said"), WRONG)
def test_what_a_profile_says_wrongly_of_a_value_is_told_with_its_place(
    tmp_path: Path, line: str, place: str, said: str
) -> None:
    text = (
        "id: mine\nname: Mine\nlimits: {authors: 4}\nkeywords: {min: 1}\ncitation: {csl: bmj}\ntitle: {max_words: 9}\n"
    )
    with pytest.raises(CannotRun) as error:
        find_profile("mine", profiles(tmp_path, mine=f"{text}{line}\n"))
    assert f"mine.yaml:{place}: " in str(error.value)
    assert said in str(error.value)


def test_a_profile_of_before_is_still_one(tmp_path: Path) -> None:
    old = 'id: mine\nname: Mine\nextends: jmcr\nas_of: "2026-11"\nsources: [my notes]\nlimits: {authors: 4}\n'
    profile = find_profile("mine", profiles(tmp_path, mine=old))
    assert profile.value("limits.authors") == Value(as_of="2026-11", stated_by="mine")
    undated = find_profile("mine", profiles(tmp_path, mine=old.replace('"2026-11"', "autumn")))
    assert undated.as_of == "autumn"


# -- the journals ---------------------------------------------------------------------------------------------------------

JOURNALS = sorted(set(all_profiles()) - {"generic-care"})


@pytest.mark.parametrize("name", JOURNALS)
def test_every_value_of_a_journal_says_how_sure_it_is_and_of_what_day(name: str) -> None:
    own = [one for one in told(find_profile(name)) if one.value.stated_by == name]
    assert len(own) > 8
    for one in own:
        assert one.value.confidence, one.key
        assert re.fullmatch(r"unknown|20\d\d(-\d\d){0,2}", one.value.as_of or ""), one.key
        if one.value.confidence != "looked_up":
            assert one.value.as_of == "unknown" or name == "ijscr", one.key  # what is remembered has no page


def test_no_value_is_dated_by_the_day_of_writing() -> None:
    """The profiles were written in November 2026; the styles of CSL are those of a snapshot of August."""
    days = {one.as_of for name in all_profiles() for one in find_profile(name).values.values()}
    assert max(day for day in days if day and day != "unknown") == "2026-08-21"


def test_what_could_not_be_looked_up_is_not_said_to_be() -> None:
    """Of these journals no page could be read; only their citation styles are known for certain."""
    unseen = ("aim-clinical-cases", "clinical-rheumatology", "medicine-lww", "sage-open-med-case-reports")
    for name in unseen:
        own = [one for one in told(find_profile(name)) if one.value.stated_by == name]
        assert {one.key for one in own if one.value.confidence == "looked_up"} <= {"citation"}
    for name in ("clinical-case-reports-wiley", "case-reports-in-medicine", "oxford-medical-case-reports", "clinmed"):
        assert find_profile(name).value("citation").confidence == "low"  # the form is right, the style is another's
