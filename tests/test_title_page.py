"""The title page: who contributed equally with whom, and whose affiliations are which; one sign says one thing.

The twenty authors are those of the field: two first and two last ones share. Their signs, in the order of the ICMJE Uniform
Requirements (2008, IV.A.9), and their numbers are written here by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from casewriter.article.compose import compose
from casewriter.article.paper import Article
from casewriter.article.words import words_for
from casewriter.citation import read_library
from casewriter.cli.app import run
from casewriter.load import load
from casewriter.profile import find_profile
from casewriter.source import read

FIELD = """\
title: "Many authors: a case report"
authors:
  - {family: Alpha, affiliations: [a0, a3], equal: true, corresponding: true, email: alpha@example.org}
  - {family: Beta, affiliations: [a5], equal: true}
  - {family: Gamma, affiliations: [a10]}
  - {family: Delta, affiliations: [a8, a6]}
  - {family: Epsilon, affiliations: [a7]}
  - {family: Zeta, affiliations: [a12]}
  - {family: Eta, affiliations: [a3, a9]}
  - {family: Theta, affiliations: [a9]}
  - {family: Iota, affiliations: [a1]}
  - {family: Kappa, affiliations: [a11, a12]}
  - {family: Lambda, affiliations: [a11]}
  - {family: Mu, affiliations: [a3]}
  - {family: Nu, affiliations: [a6, a2]}
  - {family: Xi, affiliations: [a0]}
  - {family: Omicron, affiliations: [a5]}
  - {family: Pi, affiliations: [a1, a5]}
  - {family: Rho, affiliations: [a2]}
  - {family: Sigma, affiliations: [a7]}
  - {family: Tau, affiliations: [a9, a8], equal: true}
  - {family: Upsilon, affiliations: [a4], equal: true, corresponding: true, email: upsilon@example.org}
affiliations:
"""
FIELD += "".join(f"  a{number}: {{institution: Hospital {number}}}\n" for number in range(13))
FIELD += "  unused: {institution: Never used}\n"
NUMBERED = "a0 a3 a5 a10 a8 a6 a7 a12 a9 a1 a11 a2 a4 unused".split()
"""The affiliations in the order in which a reader meets them."""
MARKS = {
    "Alpha": "1,2,*†", "Beta": "3,†", "Gamma": "4", "Delta": "5,6", "Epsilon": "7", "Zeta": "8", "Eta": "2,9",
    "Theta": "9", "Iota": "10", "Kappa": "8,11", "Lambda": "11", "Mu": "2", "Nu": "6,12", "Xi": "1", "Omicron": "3",
    "Pi": "3,10", "Rho": "12", "Sigma": "7", "Tau": "5,9,‡", "Upsilon": "13,*‡",
}  # fmt: skip
EQUAL = "These authors contributed equally"


def composed(text: str) -> Article:
    loaded = load(read(f"format: 1\n{text}".encode(), "case.yaml"))
    assert loaded.case is not None
    assert loaded.whole
    return compose(loaded.case, find_profile("generic-care"), read_library(loaded.case, {})).article


def shown(folder: Path, text: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Return what the page prints: the marks of each author, the affiliations, and the notes on authors in the margin."""
    (folder / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")
    assert run(["-q", "render", str(folder / "case.yaml"), "--to", "html", "-o", str(folder / "out")]) == 0
    (file,) = (folder / "out").glob("*/*.html")
    page = html.document_fromstring(file.read_text("utf-8"))
    marks = {
        "".join(one.find_class("name")[0].itertext()): "".join("".join(s.itertext()) for s in one.iter("sup"))
        for one in page.find_class("author")
    }
    (places,) = page.find_class("affiliations") or [None]
    where = [" ".join("".join(item.itertext()).split()) for item in places.iter("li")] if places is not None else []
    (margin,) = page.find_class("margin")
    return marks, where, [" ".join("".join(one.itertext()).split()) for one in margin.find_class("note")]


def people(*said: str, more: str = "") -> str:
    """Return authors A, B, C … with further fields each."""
    rows = "".join(f"  - {{family: {chr(65 + n)}, {fields}}}\n" for n, fields in enumerate(said))
    return f"title: T\nauthors:\n{rows}{more}"


def signs(*fields: str) -> list[str]:
    return [author.equal_sign for author in composed(people(*fields)).authors]


def test_first_and_last_pair_are_marked_apart_and_affiliations_ascend(tmp_path: Path) -> None:
    marks, places, lines = shown(tmp_path, FIELD)
    assert marks == MARKS
    wanted = [f"Hospital {name[1:]}" if name != "unused" else "Never used" for name in NUMBERED]
    assert places == [f"{number} {name}" for number, name in enumerate(wanted, 1)]
    assert lines == [
        "* Correspondence: Alpha, alpha@example.org",
        "* Correspondence: Upsilon, upsilon@example.org",
        f"† {EQUAL}",
        f"‡ {EQUAL}",
    ]


EQ, NO, LATE = "equal: true", "equal: false", "deceased: true"
GROUPS = [
    ([EQ, EQ, NO], ["†", "†", ""]),
    ([NO, EQ, EQ, EQ], ["", "†", "†", "†"]),
    ([EQ, EQ, NO, EQ, EQ], ["†", "†", "", "‡", "‡"]),
    ([EQ, EQ, NO, EQ, EQ, NO, EQ, EQ], ["†", "†", "", "‡", "‡", "", "§", "§"]),
    # with whom a lone one shares is not said: all share one sign
    ([EQ, NO, EQ], ["†", "", "†"]),
    ([EQ, EQ, NO, EQ], ["†", "†", "", "†"]),
    ([EQ, EQ, NO, EQ, NO, EQ, EQ], ["†", "†", "", "†", "", "†", "†"]),
    ([EQ, NO], ["†", ""]),
    ([NO, NO], ["", ""]),
    # ‡ is the sign of the dead where there is one
    ([EQ, EQ, LATE], ["†", "†", ""]),
    ([EQ, EQ, LATE, EQ, EQ], ["†", "†", "", "§", "§"]),
    ([EQ, f"{EQ}, {LATE}", NO, EQ, EQ], ["†", "†", "", "§", "§"]),
]


@pytest.mark.parametrize(("fields", "wanted"), GROUPS)
def test_neighbours_who_contributed_equally_share_a_sign(fields: Sequence[str], wanted: list[str]) -> None:
    assert signs(*fields) == wanted


def test_the_dead_and_the_equal_have_signs_of_their_own(tmp_path: Path) -> None:
    marks, _, lines = shown(tmp_path, people(f"{EQ}, {LATE}", EQ, NO, EQ, EQ))
    assert marks == {"A": "†‡", "B": "†", "C": "", "D": "§", "E": "§"}
    assert lines == [f"† {EQUAL}", f"§ {EQUAL}", "‡ Deceased"]


def test_one_equal_pair_and_a_dead_author_look_as_ever(tmp_path: Path) -> None:
    marks, _, lines = shown(tmp_path, people(EQ, EQ, LATE))
    assert marks == {"A": "†", "B": "†", "C": "‡"}
    assert lines == [f"† {EQUAL}", "‡ Deceased"]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0, 0, 0, 1])), min_size=1, max_size=24))
def test_no_sign_says_two_things(authors: list[tuple[bool, int]]) -> None:
    """Two groups never share a sign, every equal author has one and nobody else, and none is * or that of the dead."""
    fields = [f"equal: {str(equal).lower()}, deceased: {'true' if dead else 'false'}" for equal, dead in authors]
    found = signs(*fields)
    assert [bool(sign) for sign in found] == [equal for equal, _ in authors]
    assert not any("*" in sign for sign in found)
    if any(dead for _, dead in authors):
        assert not any("‡" in sign for sign in found)
    runs = "".join(sign or " " for sign in found).split()
    if len(set(filter(None, found))) > 1:
        assert len(set(filter(None, found))) == len(runs)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "pt"])
def test_each_group_has_its_line_in_the_language_of_the_case(tmp_path: Path, language: str) -> None:
    _, _, lines = shown(tmp_path, people(EQ, EQ, NO, EQ, EQ, more=f"language: {language}\n"))
    words = words_for(language)["equal"]
    assert lines == [f"† {words}", f"‡ {words}"]


NUMBERS = [
    # affiliations of each author; the numbers of each, in ascending order; the affiliations as numbered
    ([["b", "a"], ["a", "b"]], [(1, 2), (1, 2)], ["B", "A"]),
    ([["c"], ["b", "c"], ["a", "b", "c"]], [(1,), (1, 2), (1, 2, 3)], ["C", "B", "A"]),
    ([["a", "a"], ["b"]], [(1,), (2,)], ["A", "B", "C"]),
    ([["c"], []], [(1,), ()], ["C", "A", "B"]),
]


@pytest.mark.parametrize(("named", "marks", "places"), NUMBERS)
def test_affiliations_are_numbered_as_a_reader_meets_them(
    named: list[list[str]], marks: list[tuple[int, ...]], places: list[str]
) -> None:
    listed = "affiliations: {a: {city: A}, b: {city: B}, c: {city: C}}\n"
    article = composed(people(*(f"affiliations: [{', '.join(one)}]" for one in named), more=listed))
    assert [author.affiliations for author in article.authors] == marks
    assert [author.marks for author in article.authors] == [tuple(map(str, numbers)) for numbers in marks]
    assert [place.city for place in article.affiliations][: len(places)] == places
    assert [place.number for place in article.affiliations] == [1, 2, 3]
    assert [place.mark for place in article.affiliations] == ["1", "2", "3"]


def test_more_groups_than_signs_are_still_apart() -> None:
    found = [sign for sign in signs(*([EQ, EQ, NO] * 8)) if sign]
    assert found[::2] == ["†", "‡", "§", "‖", "¶", "††", "‡‡", "§§"]
    assert found[::2] == found[1::2]
    assert not re.search(r"\*", "".join(found))
