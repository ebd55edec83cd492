"""References and citations: every REF code at its place, and what is right as it stands draws none.

‸ stands before the character that a problem must point at, ⟦ ⟧ round all of it; they are taken out before the text is
read. Identifiers are published ones (DOIs of Crossref, PubMed ids, ISSNs of the ISSN portal, the examples of ISO 2108
and of ORCID); what a reference needs follows Citing Medicine, 2nd edition, and ICMJE Recommendations, IV.A.3.g.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewriter.bibliography.identifier import bare_orcid, isbn_holds, issn_holds, orcid_holds
from casewriter.cli.app import run
from casewriter.lint.reference import RULES
from casewriter.problem import Level, Problem
from casewriter.project import find_cases
from casewriter.resources import data_file
from casewriter.source import read
from casewriter.work.check import check

CODES = tuple(f"REF{number:03}" for number in (8, 9, 10, 11, 12, 13, 14, 19, 20, 26, 27, 28, 29, 30))
Place = tuple[str | None, int, int, tuple[int, int] | None]


def unmarked(text: str, file: str | None = None) -> tuple[str, list[Place]]:
    """Return a text without its marks, and the places they mark in order."""
    plain, places, line, column = [], list[Place](), 1, 1
    for char in text:
        if char in "‸⟦":
            places.append((file, line, column, None))
        elif char == "⟧":
            places[-1] = (*places[-1][:3], (line, column))
        else:
            plain.append(char)
            line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    return "".join(plain), places


def linted(folder: Path, text: str, files: Mapping[str, str] = {}) -> list[Problem]:
    """Return the problems of the codes of this file that a case has, in the order of the report."""
    (folder / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    problems = check(find_cases([str(folder)])[0]).report.problems
    assert [p.message for p in problems if p.kind.family in ("PLUG", "YAML")] == []
    assert [p.code for p in problems if p.code in ("REF003", "REF004") or p.kind.family == "CASE"] == []
    return [p for p in problems if p.code in CODES]


def holds_as_marked(folder: Path, codes: str, text: str, files: Mapping[str, str] = {}) -> list[Problem]:
    """Assert that a marked case has these codes, one for each mark, there and nowhere else."""
    text, marked = unmarked(text)
    beside = {}
    for name, content in files.items():
        beside[name], places = unmarked(content, name)
        marked += places
    found = linted(folder, text, beside)
    ends = [end for _, _, _, end in marked]
    # the line `format: 1` stands before the text
    wanted = [(code, f, n + (f is None), c) for code, (f, n, c, _) in zip(codes.split(), marked, strict=True)]
    assert [(p.code, p.file, p.span.line, p.span.column) for p in found if p.span] == wanted, [p.message for p in found]
    for problem, end in zip(found, ends, strict=True):
        assert problem.span
        assert end is None or (problem.span.end_line, problem.span.end_column) == (end[0] + 1, end[1])
        assert problem.hint
    return found


def article(more: str) -> str:
    """Return an article of a journal that lacks nothing, with more fields (flow style)."""
    known = "type: article-journal, author: [Muller SA], title: Calcinosis, container-title: Arch Dermatol"
    return f"references:\n- {{id: a, {known}, issued: 1959, volume: 79, {more}}}\n"


def test_the_rules_have_these_codes_and_manuals_with_a_source() -> None:
    kinds = {kind.code: kind for rule in RULES for kind in rule.kinds}
    assert sorted(kinds) == sorted(CODES)
    assert all("Source:" in kind.manual for kind in kinds.values())
    errors = {code for code, kind in kinds.items() if kind.level is Level.ERROR}
    assert errors == {"REF010", "REF011", "REF013"}


# -- identifiers ---------------------------------------------------------------------------------------------------------

DOIS = [
    # published and resolvable
    "10.1001/archderm.1959.01560180059010",
    "10.1186/1752-1947-7-223",
    "10.1016/j.jclinepi.2017.04.026",
    "10.1016/S0140-6736(05)66546-4",
    "10.1016/s0140-6736(05)66546-4",
    "10.1000/182",
    "10.1109/5.771073",
    "10.48550/arXiv.2301.00001",
    "10.13039/100000002",
    "10.1371/journal.pone.0000308.g001",
    "10.1130/0016-7606(1969)80[953:MACOAH]2.0.CO;2",
    # with what publishers print before it
    "https://doi.org/10.1001/archderm.1959.01560180059010",
    "http://dx.doi.org/10.1001/archderm.1959.01560180059010",
    "https://www.doi.org/10.1001/archderm.1959.01560180059010",
    "doi.org/10.1000/182",
    "doi:10.1000/182",
    "DOI: 10.1000/182",
    " 10.1000/182 ",
]
NO_DOIS = [
    "13649944",
    "PMC3844611",
    "10.1001",
    "10.1001/",
    "10/1001",
    "11.1001/archderm.1959.01560180059010",
    "1O.1001/archderm.1959.01560180059010",
    "10.100/182",
    "10.1001/arch derm.1959",
    "https://jamanetwork.com/journals/jamadermatology/fullarticle/526088",
    "https://doi.org/",
    "see 10.1000/182",
    "archderm.1959.01560180059010",
    "978-3-16-148410-0",
]
PMIDS = ["13649944", "1", "24228871", "PMID: 13649944", "pmid:13649944", " 13649944 "]
NO_PMIDS = [
    "PMC3844611",
    "0",
    "013649944",
    "123456789",
    "1364994a",
    "13649 944",
    "10.1001/archderm.1959.01560180059010",
    "-13649944",
]
PMCIDS = ["PMC3844611", "pmc3844611", "PMC3844611.1", "PMC1"]
NO_PMCIDS = [
    "PMID: 24228871",
    "PMC",
    "PMC0123",
    "PMC 38446l1",
    "PMCPMC3844611",
    "10.1186/1752-1947-7-223",
    "NIHMS38446",
]
ISBNS = [
    # ISO 2108 and the users' manual of the International ISBN Agency
    "978-3-16-148410-0",
    "9783161484100",
    "978 3 16 148410 0",
    "978-0-306-40615-7",
    "979-10-90636-07-1",
    "0-306-40615-2",
    "0306406152",
    "0-8044-2957-X",
    "0-8044-2957-x",
    "99921-58-10-7",
    "ISBN 978-0-306-40615-7",
    "ISBN: 0-306-40615-2",
    "978-0-306-40615-7, 0-306-40615-2",
    "978-0-306-40615-7; 0-306-40615-2",
    "978-0-306-40615-7 / 0-306-40615-2",
]
NO_ISBNS = [
    "978-3-16-148410-1",
    "978-0-306-40651-7",
    "0-306-40615-3",
    "0-306-40615-X",
    "0-8044-2957-0",
    "X-8044-2957-0",
    "977-3-16-148410-3",
    "978316148410",
    "97831614841000",
    "030640615",
    "0378-5955",
    "978-0-306-40615-7, 0-306-40615-3",
    "978-0-306-40615-8, 0-306-40615-2",
    "in print",
]
ISSNS = [
    # ISO 3297; ISSN portal
    "0378-5955",
    "03785955",
    "0317-8471",
    "2049-3630",
    "0003-987X",
    "0003-987x",
    "2434-561X",
    "0028-4793",
    "0003-987X, 1538-3652",
    "0003-987X; 1538-3652",
    "0003-987X 1538-3652",
    "0003-987X/1538-3652",
]
NO_ISSNS = [
    "0378-5956",
    "0378-9555",
    "0003-9870",
    "0003-987",
    "0003-98X7",
    "0378–59555",
    "0-306-40615-2",
    "0003-987X, 1538-3653",
    "0003-9871 1538-3652",
]
ORCIDS = [
    # ORCID, structure of the identifier
    "0000-0002-1825-0097",
    "0000-0001-5109-3700",
    "0000-0002-1694-233X",
    "0000-0002-1694-233x",
    "0000000218250097",
    "https://orcid.org/0000-0002-1825-0097",
    "http://orcid.org/0000-0002-1694-233X",
    "http://www.orcid.org/0000-0002-1694-233x",
    "orcid.org/0000-0002-1825-0097",
    "0000–0002–1825–0097",
    " 0000-0002-1825-0097 ",
]
NO_ORCIDS = [
    "0000-0002-1825-0098",
    "0000-0002-1852-0097",
    "0000-0002-1694-2330",
    "0000-0002-1825-009X",
    "0000-0002-1825-097",
    "0000-0002-1825-00977",
    "000X-0002-1825-0097",
    "https://orcid.org/",
    "https://example.org/0000-0002-1825-0097",
    "ana.example@example.org",
    "O000-0002-1825-0097",
]
OF_REFERENCES = {
    "DOI": ("REF010", DOIS, NO_DOIS),
    "PMID": ("REF011", PMIDS, NO_PMIDS),
    "PMCID": ("REF011", PMCIDS, NO_PMCIDS),
    "ISBN": ("REF012", ISBNS, NO_ISBNS),
    "ISSN": ("REF012", ISSNS, NO_ISSNS),
}
RIGHT = [(key, value) for key, (_, values, _) in OF_REFERENCES.items() for value in values]
WRONG = [(code, key, value) for key, (code, _, values) in OF_REFERENCES.items() for value in values]


@pytest.mark.parametrize(("key", "value"), RIGHT)
def test_an_identifier_that_is_one_draws_nothing(tmp_path: Path, key: str, value: str) -> None:
    assert linted(tmp_path, article(f'page: 669-673, {key}: "{value}"')) == []


@pytest.mark.parametrize(("code", "key", "value"), WRONG)
def test_an_identifier_that_is_none_is_marked_where_it_stands(tmp_path: Path, code: str, key: str, value: str) -> None:
    (problem,) = holds_as_marked(tmp_path, code, article(f'page: 669-673, {key}: ⟦"{value}"⟧'))
    assert value in problem.message


@pytest.mark.parametrize("key", OF_REFERENCES)
@pytest.mark.parametrize("value", ["", "  ", None])
def test_an_identifier_that_is_empty_draws_nothing(tmp_path: Path, key: str, value: str | None) -> None:
    said = "" if value is None else f'"{value}"'
    assert linted(tmp_path, article(f"page: 669-673, {key}: {said}")) == []


@pytest.mark.parametrize("orcid", ORCIDS)
def test_an_orcid_that_is_one_draws_nothing(tmp_path: Path, orcid: str) -> None:
    assert linted(tmp_path, f'authors: [{{given: Ana, family: Example, orcid: "{orcid}"}}]\n') == []


@pytest.mark.parametrize("orcid", NO_ORCIDS)
def test_an_orcid_that_is_none_is_marked_at_its_author(tmp_path: Path, orcid: str) -> None:
    first = "authors:\n- {given: Ana, family: Example, orcid: 0000-0002-1825-0097}\n"
    (problem,) = holds_as_marked(tmp_path, "REF013", f'{first}- {{given: B, family: C, orcid: ⟦"{orcid}"⟧}}\n')
    assert orcid in problem.message


def test_several_wrong_identifiers_of_one_reference_are_all_told(tmp_path: Path) -> None:
    fields = "DOI: ‸PMC3844611, PMID: ‸PMC3844611, PMCID: ‸no, ISBN: ‸1, ISSN: ‸2"
    holds_as_marked(tmp_path, "REF010 REF011 REF011 REF012 REF012", article(f"page: 1, {fields}"))


# -- check digits, against the definitions of the standards -----------------------------------------------------------------

digits = st.text("0123456789", min_size=15, max_size=15)


def mod_11_2(fifteen: str) -> str:
    """Return the check character of ISO/IEC 7064, MOD 11-2: the weighted sum of all is 1, modulo 11."""
    total = sum(int(digit) * 2 ** (15 - place) for place, digit in enumerate(fifteen))
    return next("0123456789X"[check] for check in range(11) if (total + check) % 11 == 1)


def weighted(first: str) -> str:
    """Return the check character of ISBN-10 and ISSN: the sum, weights 1, 2, 3 … from the right, is 0 modulo 11."""
    total = sum(int(digit) * weight for weight, digit in enumerate(reversed(first), start=2))
    return "0123456789X"[-total % 11]


def gtin(twelve: str) -> str:
    """Return the check digit of ISBN-13, that of GS1: weights 3, 1, 3 … from the right, the sum is 0 modulo 10."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(twelve)))
    return str(-total % 10)


def test_the_definitions_give_the_check_digits_that_are_published() -> None:
    assert [mod_11_2(n) for n in ("000000021825009", "000000021694233", "000000015109370")] == ["7", "X", "0"]
    assert [weighted(n) for n in ("030640615", "080442957", "0378595", "0003987")] == ["2", "X", "5", "X"]
    assert [gtin(n) for n in ("978316148410", "978030640615", "979109063607")] == ["0", "7", "1"]


def grouped(text: str, *sizes: int, joint: str) -> str:
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    return joint.join(text[start : start + size] for start, size in zip(starts, sizes, strict=True))


@settings(deadline=None, max_examples=300)
@given(digits, st.sampled_from("0123456789X"))
def test_the_last_character_of_an_orcid_is_right_or_told(first: str, last: str) -> None:
    orcid = grouped(first + last, 4, 4, 4, 4, joint="-")
    right = last == mod_11_2(first)
    assert orcid_holds(orcid) is right
    for form in (first + last, orcid.lower(), f"https://orcid.org/{orcid}", orcid.replace("-", " ")):
        assert bare_orcid(form) == orcid
    assert not orcid_holds(first + last)  # with hyphens only, as it must be printed


@settings(deadline=None, max_examples=300)
@given(digits, st.sampled_from("0123456789X"), st.sampled_from(["", "-", " "]))
def test_the_last_character_of_an_isbn_or_issn_is_right_or_told(first: str, last: str, joint: str) -> None:
    nine, seven, twelve = first[:9], first[:7], "978" + first[:9]
    assert isbn_holds(grouped(nine + last, 1, 5, 3, 1, joint=joint)) is (last == weighted(nine))
    assert isbn_holds(grouped(twelve + last, 3, 1, 4, 4, 1, joint=joint)) is (last == gtin(twelve))
    if joint != " ":
        assert issn_holds(grouped(seven + last, 4, 4, joint=joint)) is (last == weighted(seven))


@settings(deadline=None)
@given(digits, st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first: str, place: int, by: int) -> None:
    def slipped(text: str) -> str:
        at = place % (len(text) - 1)
        return text[:at] + str((int(text[at]) + by) % 10) + text[at + 1 :]

    orcid = first + mod_11_2(first)
    assert orcid_holds(grouped(orcid, 4, 4, 4, 4, joint="-"))
    assert not orcid_holds(grouped(slipped(orcid), 4, 4, 4, 4, joint="-"))
    for number, holds in (
        (first[:9] + weighted(first[:9]), isbn_holds),
        (first[:7] + weighted(first[:7]), issn_holds),
    ):
        assert holds(number)
        assert not holds(slipped(number))
    isbn = "978" + first[:9] + gtin("978" + first[:9])
    assert isbn_holds(isbn)
    assert not isbn_holds("978" + slipped(isbn[3:]))


@settings(deadline=None)
@given(digits, st.integers(0, 13))
def test_two_digits_that_changed_places_are_always_found_modulo_11(first: str, place: int) -> None:
    def swapped(text: str) -> str:
        at = place % (len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    orcid = first + mod_11_2(first)
    assert orcid_holds(grouped(swapped(orcid), 4, 4, 4, 4, joint="-")) is (swapped(orcid) == orcid)
    for number, holds in (
        (first[:9] + weighted(first[:9]), isbn_holds),
        (first[:7] + weighted(first[:7]), issn_holds),
    ):
        assert holds(swapped(number)) is (swapped(number) == number)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert {orcid_holds(text), isbn_holds(text), issn_holds(text)} <= {True, False}
    assert isinstance(bare_orcid(text), str)


# -- duplicates ----------------------------------------------------------------------------------------------------------

TWIN = (
    "references:\n- {{id: a, type: article-journal, author: [Muller SA], container-title: Arch Dermatol, {}}}\n"
    "- {}{{id: b, type: article-journal, author: [Muller SA], container-title: Arch Dermatol, {}}}\n"
)
LONG = "title: Calcinosis in dermatomyositis, issued: 1959, volume: 79, page: 669-673"
OTHER = "title: Dystrophic calcification, issued: 1960, volume: 80, page: 1-9"
SAME_WORK = [
    (f"{LONG}, DOI: 10.1001/Archderm.1959.01560180059010", f"{OTHER}, DOI: 10.1001/archderm.1959.01560180059010"),
    (f"{LONG}, DOI: 10.1001/ABC", f"{OTHER}, DOI: https://doi.org/10.1001/abc"),
    (f"{LONG}, DOI: doi:10.1001/abc", f"{OTHER}, DOI: http://dx.doi.org/10.1001/ABC"),
    (f'{LONG}, PMID: "13649944"', f'{OTHER}, PMID: "13649944"'),
    (f'{LONG}, PMID: "13649944"', f'{OTHER}, PMID: "PMID: 13649944"'),
    (LONG, LONG),
    (LONG, LONG.replace("Calcinosis in dermatomyositis", "CALCINOSIS IN DERMATOMYOSITIS.")),
    (LONG, LONG.replace("Calcinosis in dermatomyositis", '"*Calcinosis* in dermato-myositis?"')),
    (
        'title: "Calcinose cutanée généralisée chez l\'enfant", issued: 1999, volume: 3, page: 7-9',
        'title: "CALCINOSE CUTANEE GENERALISEE CHEZ L ENFANT", issued: 1999, volume: 3, page: 7-9',
    ),
    (
        'title: "Über die Verkalkung der Haut", issued: 1999, volume: 3, page: 7-9',
        'title: "U\u0308ber die Verkalkung der Haut.", issued: 1999, volume: 3, page: 7-9',
    ),
    (
        'title: "Die große Verkalkung der Haut", issued: 1999, volume: 3, page: 7-9',
        'title: "Die grosse Verkalkung der Haut", issued: 1999, volume: 3, page: 7-9',
    ),
    # a short title, with the same author, journal, volume and page
    (
        "title: Dermatomyositis, issued: 1975, volume: 3, page: 7",
        "title: dermatomyositis., issued: 1975, volume: 3, page: 7",
    ),
]
TWO_WORKS = [
    (LONG, OTHER),
    # letters, replies, editorials and images share a title
    ("title: Author reply, issued: 1999, volume: 3, page: 7", "title: Author reply, issued: 1999, volume: 3, page: 7"),
    (
        "title: Correspondence, issued: 1999, volume: 3, page: 8",
        "title: Correspondence, issued: 1999, volume: 3, page: 8",
    ),
    (
        "title: Calcinosis cutis, issued: 1999, volume: 3, page: 7",
        "title: Calcinosis cutis, issued: 1999, volume: 3, page: 9",
    ),
    # one text in several journals is cited where it was read: CARE stands in six
    (
        'title: "The CARE guidelines: consensus-based clinical case reporting guideline development", issued: 2013, volume: 7, page: 223',
        'title: "The CARE guidelines: consensus-based clinical case reporting guideline development", issued: 2013, volume: 53, page: 1541-7',
    ),
    # parts of a series, editions, yearly reports
    (LONG, LONG.replace("1959", "1960")),
    (LONG, LONG.replace("dermatomyositis", "dermatomyositis II")),
    (LONG, LONG.replace("volume: 79", "volume: 80")),
    (f"{LONG}, DOI: 10.1001/abc.1", f"{OTHER}, DOI: 10.1001/abc.10"),
    (f'{LONG}, PMID: "1364994"', f'{OTHER}, PMID: "13649944"'),
    (f'{LONG}, PMID: "", DOI: ""', f'{OTHER}, PMID: "", DOI: ""'),
    # scripts that have no Latin letters
    (
        "title: 皮膚石灰沈着症の一例とその治療について報告, issued: 1999, volume: 3, page: 7-9",
        "title: 全身性強皮症に伴う石灰沈着とその治療の報告, issued: 1999, volume: 3, page: 7-9",
    ),
]


@pytest.mark.parametrize(("first", "second"), SAME_WORK)
def test_a_work_that_stands_twice_is_told_at_the_second(tmp_path: Path, first: str, second: str) -> None:
    (problem,) = holds_as_marked(tmp_path, "REF008", TWIN.format(first, "‸", second))
    assert "“b”" in problem.message
    assert "“a”" in problem.message


@pytest.mark.parametrize(("first", "second"), TWO_WORKS)
def test_two_works_are_not_taken_for_one(tmp_path: Path, first: str, second: str) -> None:
    assert [p.message for p in linted(tmp_path, TWIN.format(first, "", second)) if p.code == "REF008"] == []


def test_each_further_copy_is_told_once(tmp_path: Path) -> None:
    text = TWIN.format(f"{LONG}, DOI: 10.1001/abc", "‸", f"{LONG}, DOI: 10.1001/ABC")
    third = text.splitlines()[1].replace("- {", "- ‸{").replace("id: a", "id: c")
    found = holds_as_marked(tmp_path, "REF008 REF008", f"{text}{third}\n")
    assert ["“a”" in problem.message for problem in found] == [True, True]


def test_placeholders_are_neither_copies_nor_incomplete(tmp_path: Path) -> None:
    text = "references: [{id: a, placeholder: the report of the ward talk}, {id: b, placeholder: the report of the ward talk}]\n"
    assert linted(tmp_path, text) == []


# -- what a reader needs -------------------------------------------------------------------------------------------------

VALUES = {
    "author": "[Muller SA]",
    "editor": "[Brunsting LA]",
    "title": "Calcinosis cutis",
    "container-title": "Arch Dermatol",
    "issued": "1959",
    "status": "in press",
    "volume": "79",
    "page": "669-673",
    "number": "US4683195",
    "DOI": "10.1001/archderm.1959.01560180059010",
    "PMID": '"13649944"',
    "publisher": "Example Press",
    "URL": "https://example.org/calcinosis",
    "accessed": "2026-03-14",
    "event-title": "Congress of Dermatology",
    "event": "Congress of Dermatology",
    "version": "'2.1'",
}
JOURNAL = "author title container-title issued|status volume|status|DOI|PMID page|number|status|DOI|PMID"
NEEDED = {
    "article-journal": JOURNAL,
    "article-magazine": "title container-title issued",
    "article-newspaper": "title container-title issued",
    "article": "author title issued DOI|URL|number|publisher",  # a preprint
    "book": "author|editor title publisher issued",
    "chapter": "author title container-title publisher issued",
    "entry-encyclopedia": "title container-title issued",
    "entry-dictionary": "title container-title issued",
    "paper-conference": "author title container-title|event-title|event issued",
    "report": "author|publisher title issued",
    "standard": "title number|publisher",
    "thesis": "author title publisher issued",
    "webpage": "title URL accessed",
    "post-weblog": "title URL accessed",
    "dataset": "author|publisher title issued DOI|URL",
    "software": "title version|issued URL|DOI|publisher",
    "patent": "author title number issued",
    "personal_communication": "author issued",
}
GROUPS = [(kind, group) for kind, groups in NEEDED.items() for group in groups.split()]


def reference(kind: str, keys: list[str], mark: str = "") -> str:
    fields = "".join(f", {key}: {VALUES[key]}" for key in dict.fromkeys(keys))
    return f"references:\n- {mark}{{id: a, type: {kind}{fields}}}\n"


def test_every_type_of_the_data_file_is_in_the_table() -> None:
    file = data_file("reference_fields.yaml")
    assert set(read(file.read_bytes(), file.name).data) == set(NEEDED)
    assert len(GROUPS) > 50


@pytest.mark.parametrize(("kind", "group"), GROUPS)
def test_a_field_that_is_missing_is_named_and_each_of_its_stand_ins_will_do(
    tmp_path: Path, kind: str, group: str
) -> None:
    stand_ins = group.split("|")
    others = [one.split("|") for one in NEEDED[kind].split() if one != group]
    keys = [next(key for key in one if key not in stand_ins) for one in others]  # none that answers this one too
    (problem,) = holds_as_marked(tmp_path, "REF009", reference(kind, keys, "‸"))
    assert re.search(rf"\bhas no {stand_ins[0]}$", problem.message)
    assert problem.hint == f"add {' or '.join(stand_ins)}"
    for key in stand_ins:
        assert linted(tmp_path, reference(kind, [*keys, key])) == [], key


IN_PRESS = [
    "status: in press",
    "status: in press, issued: 2026",
    "status: accepted, issued: 2026, DOI: 10.1001/abc",
    "issued: 2026, DOI: 10.1001/abc",  # ahead of print
    'issued: 2026, PMID: "13649944"',
    "issued: 2026-03, volume: 12, number: e0212345",  # an article number in the place of pages
    "issued: 2026-03-14, volume: 12, page: e0212345",
    "issued: {date-parts: [[2026, 3]]}, volume: 12, page: S1-S9",
]


@pytest.mark.parametrize("fields", IN_PRESS)
def test_an_article_that_has_no_pages_yet_or_never_will_is_complete(tmp_path: Path, fields: str) -> None:
    known = "author: [Muller SA], title: Calcinosis, container-title: Arch Dermatol"
    assert linted(tmp_path, f"references: [{{id: a, type: article-journal, {known}, {fields}}}]\n") == []


OTHERWISE = [
    ("", "references: [{id: a, title: Calcinosis}]\n"),
    ("", "references: [{id: a, type: legislation, title: General Data Protection Regulation}]\n"),
    ("", "references: [{id: a, type: motion_picture, title: Awakenings}]\n"),
    ("REF009", "references: [‸{id: a, author: [Muller SA]}]\n"),
    ("REF009", "references: [‸{id: a, type: broadcast, issued: 1999}]\n"),
    ("REF009", "references:\n- ‸id: a\n  type: book\n  title: Calcinosis\n  issued: 1959\n  author: [Muller SA]\n"),
    ("REF009", 'references: [‸{id: a, type: webpage, title: "  ", URL: "https://example.org", accessed: 2026}]\n'),
    (
        "",
        "references: [{id: a, type: book, author: {literal: World Health Organization}, title: T, publisher: WHO, issued: 2019}]\n",
    ),
    ("", "references: [{id: a, type: book, editor: Muller SA, title: T, publisher: P, issued: in press}]\n"),
]


@pytest.mark.parametrize(("codes", "text"), OTHERWISE)
def test_what_is_asked_of_other_references(tmp_path: Path, codes: str, text: str) -> None:
    holds_as_marked(tmp_path, codes, text)


def test_all_that_is_missing_stands_in_one_message(tmp_path: Path) -> None:
    (problem,) = holds_as_marked(tmp_path, "REF009", "references: [‸{id: a, type: article-journal, title: T}]\n")
    assert "“a” (article-journal) has no author, container-title, issued, volume, page" in problem.message
    assert "issued or status" in (problem.hint or "")


# -- pages ---------------------------------------------------------------------------------------------------------------

FORWARD = (
    *("669-673", "669-73", "669-9", "669–73", "669 – 673", "669-669", "99-101", "9-10", "1015-1013a", "100-99"),
    *("S12-S15", "S12-5", "s12-S15", "e123", "e123-e130", "iv5-iv12", "iii-ix", "A9-B3", "E1-E10", "12"),
    *("1-8.e2", "123-130, 145", "669-673; discussion 674", "e0212345", "bcr2013201554", "", "in press"),
)
BACKWARD = (
    *("673-669", "669-63", "669–63", "673 - 669", "12-11", "1015-1013", "1015-03"),
    *("S15-S12", "s15-S12", "e130-e123", "iv12-iv11", "S15-2"),
)


@pytest.mark.parametrize("pages", FORWARD)
def test_pages_that_run_forward_or_are_none_draw_nothing(tmp_path: Path, pages: str) -> None:
    assert linted(tmp_path, article(f'DOI: 10.1001/abc, page: "{pages}"')) == []


@pytest.mark.parametrize("pages", BACKWARD)
def test_pages_that_run_backwards_are_marked(tmp_path: Path, pages: str) -> None:
    (problem,) = holds_as_marked(tmp_path, "REF014", article(f'page: ⟦"{pages}"⟧'))
    assert pages in problem.message


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 9999), st.integers(0, 400), st.booleans())
def test_shortened_pages_are_read_as_the_whole_ones(
    tmp_path_factory: pytest.TempPathFactory, first: int, more: int, short: bool
) -> None:
    last = str(first + more)
    if short and len(last) == len(str(first)):
        same = next((n for n, (a, b) in enumerate(zip(str(first), last, strict=True)) if a != b), len(last) - 1)
        last = last[same:]
    folder = tmp_path_factory.mktemp("pages")
    assert linted(folder, article(f'page: "{first}-{last}"')) == []
    if more and len(str(first)) == len(str(first + more)):
        assert [p.code for p in linted(folder, article(f'page: "{first + more}-{first}"'))] == ["REF014"]


# -- files beside the case -----------------------------------------------------------------------------------------------

BIB = """@string{ad = "Arch Dermatol"}

‸@article{wrong,
  author = {Muller, S. A.}, title = {Calcinosis}, journal = ad, year = 1959, volume = 79,
  pages = {669--673}, doi = {13649944}
}
@article{right,
  author = {Muller, S. A.}, title = {Another}, journal = ad, year = {1959}, volume = 79, pages = {669--73},
  doi = {https://doi.org/10.1002/abc}, pmid = {13649944}, issn = {0003-987X}
}
‸@article{backwards, author = {Muller, S. A.}, title = {B}, journal = ad, year = 1959, volume = 79, pages = {73--69}}
‸@book{short, title = {Of calcinosis}, year = 1959, publisher = {Example}}
‸  @article{twin, author = {Muller, S. A.}, title = {T}, journal = ad, year = 1959, doi = {10.1002/ABC}}
‸@book{isbn, author = {A, B}, title = {T}, publisher = {P}, year = 1959, isbn = {978-3-16-148410-1}}
"""
JSON = """[
‸  {"id": "wrong", "type": "book", "author": [{"family": "Muller", "given": "S. A."}],
    "title": "Calcinosis", "publisher": "P", "issued": {"date-parts": [[1959]]}, "ISBN": "0-306-40615-3"},
  {"id": "right", "type": "article-journal", "author": [{"family": "Muller"}], "title": "T", "status": "in press",
    "container-title": "Arch Dermatol", "PMID": 13649944},
‸  {"id": "short", "type": "webpage", "title": "T", "URL": "https://example.org/"},
‸  {"id": "pmid", "type": "dataset", "title": "T", "publisher": "P", "issued": {"date-parts": [[2001]]},
    "URL": "https://example.org/", "PMID": "PMC3844611"}
]
"""


def test_a_reference_of_a_bib_file_is_told_with_file_and_line(tmp_path: Path) -> None:
    codes = "REF010 REF014 REF009 REF008 REF012"
    holds_as_marked(tmp_path, codes, "references: [{file: library.bib}]\n", {"library.bib": BIB})


def test_a_reference_of_a_json_file_is_told_with_file_and_line(tmp_path: Path) -> None:
    assert len(json.loads(unmarked(JSON)[0])) == 4
    holds_as_marked(tmp_path, "REF012 REF009 REF011", "references: [{file: library.json}]\n", {"library.json": JSON})


def test_what_stands_twice_in_case_and_file_is_told_at_the_later(tmp_path: Path) -> None:
    bib = "@article{b, author={Muller, S.}, title={T}, journal={J}, year=1959, doi={10.1001/ABC}}\n"
    text = article("page: 1, DOI: 10.1001/abc")
    holds_as_marked(tmp_path, "REF008", f"{text}- {{file: l.bib}}\n", {"l.bib": f"\n\n‸{bib}"})
    after = text.replace("- {id", "- {file: l.bib}\n- ‸{id")
    holds_as_marked(tmp_path, "REF008", after, {"l.bib": bib})


def test_the_terminal_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, _ = unmarked(BIB)
    (tmp_path / "library.bib").write_text(text, "utf-8")
    (tmp_path / "case.yaml").write_text("format: 1\nreferences: [{file: library.bib}]\n", "utf-8")
    assert run(["lint", str(tmp_path), "--select", "REF010", "--output-format", "concise"]) == 1
    assert re.search(r"library\.bib:3:1: error REF010 .*“13649944” is not a DOI", capsys.readouterr().out)


# -- citations -----------------------------------------------------------------------------------------------------------

WORKS = "references: [{id: kano2015, title: One}, {id: b, title: Two}]\n"
MISPLACED = [
    ("REF019", "abstract: So it is known ⟦[@kano2015]⟧.\n"),
    ("REF019", "abstract:\n  background: |\n    Rare.\n\n    So it is known ⟦[@kano2015; @b]⟧.\n"),
    ("REF019 REF019", "abstract: {background: 'A ⟦[@b]⟧.', conclusion: 'B ⟦[@b, p. 12]⟧, too.'}\n"),
    ("REF019", "conclusion: |\n  Think of it ⟦[@kano2015]⟧; think again [@b].\n"),
    ("REF019", "conclusion: Think of @fig-skin and of it ⟦[@kano2015]⟧.\n"),
    ("", "abstract: Think of (@fig-skin), of @tbl-labs, of a@b and of [brackets].\n"),
    ("", "conclusion: Shown in [@fig-skin] and [@tbl-drugs].\n"),
    ("", "introduction: So it is known [@kano2015].\ndiscussion: So it is known [@b].\n"),
    ("", "learning_points: ['Think of it [@kano2015].']\ncourse: Then [@b].\n"),
    ("", "conclusion: Think of it.\nabstract: Rare.\n"),
]
TYPED = [
    # as numbered styles print them
    ("REF020", "As was described ⟦[3]⟧."),
    ("REF020", "As was described ⟦[12]⟧, and so on."),
    ("REF020", "As was described ⟦[1-3]⟧."),
    ("REF020", "As was described ⟦[1–3]⟧."),
    ("REF020", "As was described ⟦[1,2]⟧."),
    ("REF020", "As was described ⟦[1, 2]⟧."),
    ("REF020", "As was described ⟦[1–3, 5, 9-11]⟧."),
    ("REF020", "⟦[3]⟧ was the first."),
    ("REF020", "So it was found (Muller et al. ⟦[3]⟧)."),
    ("REF020 REF020", "Some say so ⟦[3]⟧ and some say so ⟦[3]⟧."),
    ("REF020", "So it is known [@kano2015] ⟦[3]⟧."),
    ("REF020", "As was described.⟦^12^⟧ Then"),
    ("REF020", "As was described,⟦^1,2^⟧ then"),
    ("REF020", "As was described;⟦^1–3^⟧ then"),
    ("REF020", "As was described⟦^3^⟧ by others."),
    # what is none
    ("", "So it is known [@kano2015] and [@kano2015; @b, p. 3]."),
    ("", "Prednisolone [3 mg], then [3 mg/kg], [n = 3], [3%], [day 3]."),
    ("", "Leucocytes 12 × 10^9^/L, platelets 10^11^/L, 10^-9^ mol/L."),
    ("", "An area of 24 ^131^I, with ^18^F-FDG and (^99m^Tc)."),
    ("", "Na^+^, Ca^2+^, Fe^3+^, CD4^+^, H~2~O, pCO~2~ and Haemoglobin A~1c~."),
    ("", "See [1](https://example.org/) and [12](https://example.org/a)."),
    ("", "Potassium [3.5–5.1] and calcium [2.15-2.55]."),
    ("", "In [2019] and [2019-2021], at [1:40], in [1/3], from [-3, 4]."),
    ("", "The array a[1] and matrix[2,3] of the program."),
    ("", "Four of five (3) and (1-3)."),
    ("", "The text [sic] of [...] and []."),
    ("", "(1) first, 2) second, 3. third."),
]


@pytest.mark.parametrize(("codes", "text"), MISPLACED)
def test_citations_have_no_place_in_abstract_and_conclusion(tmp_path: Path, codes: str, text: str) -> None:
    assert all(str(p.path[0]) in p.message for p in holds_as_marked(tmp_path, codes, text + WORKS))


@pytest.mark.parametrize(("codes", "text"), TYPED)
@pytest.mark.parametrize("part", ["introduction", "discussion: {literature", "labs: {narrative", "course"])
def test_a_number_that_is_typed_for_a_citation(tmp_path: Path, codes: str, text: str, part: str) -> None:
    end = "}" if "{" in part else ""
    quoted = f'"{text}"'
    holds_as_marked(tmp_path, codes, f"{part}: {quoted}{end}\n{WORKS}")


@pytest.mark.parametrize(("codes", "text"), TYPED)
def test_a_number_that_is_typed_within_a_long_text(tmp_path: Path, codes: str, text: str) -> None:
    before = "It began in spring.\n\n  Then, on the third day [of the illness],"
    holds_as_marked(tmp_path, codes, f"introduction: |\n  {before}\n  {text} It ended.\n{WORKS}")


def test_numbers_in_references_are_those_of_their_titles(tmp_path: Path) -> None:
    text = 'references: [{id: a, title: "The [2] of ^18^F [3]", note: "see [4]", annote: "as.^5^"}]\n'
    assert linted(tmp_path, text) == []


def test_every_code_was_drawn_by_some_row() -> None:
    tried = {code for code, _, _ in WRONG} | {"REF008", "REF013", "REF014"}
    tried |= {"REF026", "REF027", "REF028", "REF029"}
    tried |= {"REF030"}  # test_entry_reports
    tried |= {code for rows in (MISPLACED, TYPED, OTHERWISE) for codes, _ in rows for code in codes.split()}
    assert tried == set(CODES)


# -- citations that are none, and fields that hold something else ----------------------------------------------------------

UNREAD = [
    "‸[@a, @b]",
    "so ‸@a says",
    "so says ‸@a.",
    "‸[@a;]",
    "‸[@a; ;@b]",
    "an open ‸[@a one",
    "an empty ‸[@] one",
    "*so ‸@a says*",
    "[@a] and ‸@b, [@b] and ‸@a",
    "first `@a`, then ‸@a",
    "| a | b |\n  |---|---|\n  | 1 | ‸@b |",
]
READ = [
    "[@a; @b]",
    "[see @a, p. 12; cf. @b]",
    "[-@a]",
    "a@a.org, x@b, @nobody here",
    "a \\@a that is meant",
    "`@a` and `[@a, @b]`",
    "https://example.org/@a",
    "(@tbl-a) and @fig-a.b",
    "[a link](https://example.org/@a)",
]
TWO = "\nreferences:\n- {id: a, type: article-journal, title: Calcinosis}\n- {id: b, type: article-journal, title: Lupus}\n"


def unread(folder: Path, text: str) -> list[Problem]:
    (folder / "case.yaml").write_text(f"format: 1\nintroduction: |\n  {text}\n{TWO}", "utf-8")
    return [p for p in check(find_cases([str(folder)])[0]).report.problems if p.code == "REF025"]


@pytest.mark.parametrize("text", UNREAD)
def test_a_key_where_no_citation_is_read_is_told_at_its_place(tmp_path: Path, text: str) -> None:
    plain, places = unmarked(f"\n\n  {text}")
    found = unread(tmp_path, plain.strip())
    assert [(p.span.line, p.span.column) for p in found if p.span] == [(line, column) for _, line, column, _ in places]
    assert all(p.level is Level.ERROR and p.hint for p in found)


@pytest.mark.parametrize("text", READ)
def test_what_is_a_citation_or_none_at_all_is_not_told(tmp_path: Path, text: str) -> None:
    assert unread(tmp_path, text) == []


def test_the_remedy_of_an_unread_citation_is_one(tmp_path: Path) -> None:
    (problem,) = unread(tmp_path, "[@a, @b]")
    assert problem.hint == "write [@a; @b]"
    assert unread(tmp_path, "[@a; @b]") == []


NAMES = [
    ('[‸"Smith J, Jones B, et al."]', '[Smith J, Jones B]'),
    ('[‸"Smith J, Jones B"]', '["Smith, J"]'),
    ("[‸John Smith]", "[Cochrane Skin]"),
    ("[Smith J, ‸Jones B et al]", "[Smith J, European Task Force]"),
    ("[‸MULLER SA]", "[{literal: NICE}]"),
    ("[‸{family: Smith, given: and others}]", "[{family: Smith, given: John Jr}, {family: King, given: 'M, Jr'}]"),
    ("[‸{family: WINKELMANN, given: R. K.}]", "[{family: Wu, given: LI}, {family: WU, given: L.}, {family: ÖZ, given: A.}]"),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "right"), NAMES)
def test_a_name_that_no_list_prints_rightly_is_told(tmp_path: Path, odd: str, right: str) -> None:
    known = (
        "type: article-journal, title: Calcinosis, container-title: Arch Dermatol, issued: 1959, volume: 79, page: 1"
    )
    holds_as_marked(tmp_path, "REF027", f"references:\n- {{id: a, {known}, author: {odd}}}\n")
    holds_as_marked(tmp_path, "", f"references:\n- {{id: a, {known}, author: {right}}}\n")


@pytest.mark.parametrize("date", ["03/2018", "12.3.2018", "20x3 VL 3", "March 2018", "2018 March", "c. 2018"])
def test_numbers_that_are_no_date_are_told(tmp_path: Path, date: str) -> None:
    text = article("page: 1").replace("issued: 1959", f'issued: ‸"{date}"')
    holds_as_marked(tmp_path, "REF028", text)


@pytest.mark.parametrize("date", ["2018", "2018-03", "2018-03-12", "1995-11/1995-12", "2005-21", "1480~", "in press"])
def test_a_date_or_words_are_not_told(tmp_path: Path, date: str) -> None:
    holds_as_marked(tmp_path, "", article("page: 1").replace("issued: 1959", f'issued: "{date}"'))


ADDRESSES = [
    ("www.who.int", "https://www.who.int"),
    ("who.int/health", "https://who.int/health"),
    ("see the web page", "http://example.org/a;b=1"),
    ("https://example.org/a b", "ftp://example.org/a"),
]


@pytest.mark.parametrize(("odd", "right"), ADDRESSES)
def test_an_address_that_leads_nowhere_is_told(tmp_path: Path, odd: str, right: str) -> None:
    holds_as_marked(tmp_path, "REF029", article(f'page: 1, URL: ‸"{odd}"'))
    holds_as_marked(tmp_path, "", article(f'page: 1, URL: "{right}"'))


@pytest.mark.parametrize(
    ("style", "marks"), [("nature", 1), ("american-medical-association", 1), ("bmj", 0), ("apa", 0)]
)
def test_words_that_a_style_raises_are_told(tmp_path: Path, style: str, marks: int) -> None:
    """AMA and Nature print raised numbers; BMJ stands in brackets, APA has names (the styles' own manuals)."""
    (tmp_path / "profiles").mkdir()
    profile = f"id: mine\nname: Mine\nextends: generic-care\ncitation: {{csl: {style}}}\n"
    (tmp_path / "profiles" / "mine.yaml").write_text(profile, "utf-8")
    (tmp_path / "cases" / "x").mkdir(parents=True)
    cited = "[@a], [@a, p. 12] and MARK[see @a; cf. @b]".replace("MARK", "‸" * marks)
    text = f"profile: mine\nintroduction: Known {cited}.\n{article('page: 1')}- {{id: b, placeholder: Winkelmann}}\n"
    holds_as_marked(tmp_path / "cases" / "x", "REF026" if marks else "", text)
