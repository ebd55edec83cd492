"""BibTeX and CSL-JSON files: every record is read, or refused with its line; nothing is dropped or garbled.

Expected values come from the BibTeX manual (btxdoc, 1988), "Tame the BeaST" (names), the biblatex manual (dates) and
CSL-JSON (citeproc-js, "CSL-JSON schema").
"""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewriter.bibliography.reading import read_file
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.citation import Library, read_library
from casewriter.load import load
from casewriter.model.reference import Reference
from casewriter.source import read


def both(name: str, data: bytes) -> tuple[FoundReferences, Refusals]:
    read = read_file(name, data)
    return read.found, read.refused


def only(text: str, name: str = "r.bib") -> Reference:
    """Return the one reference of a file that holds just one and nothing wrong."""
    found, refused = both(name, text.encode())
    assert refused == []
    assert len(found) == 1
    return found[0][1]


def bib(fields: str, kind: str = "article") -> Reference:
    return only(f"@{kind}{{key,\n  {fields}\n}}\n")


# -- TeX -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"Schr{\"o}der", "Schröder"),
        (r"Schr\"{o}der", "Schröder"),
        (r"Schr\"oder", "Schröder"),
        (r"Ren{\'e}", "René"),
        (r"Ren\'{e}", "René"),
        (r"Gau{\ss}", "Gauß"),
        (r"Stra\ss e", "Straße"),
        (r"{\L}ukasz", "Łukasz"),
        (r"{\O}stergaard and {\AA}se", "Østergaard and Åse"),
        (r"Fa\c{c}ade", "Façade"),
        (r"Se{\~n}or", "Señor"),
        (r"Ho{\v{r}}ej{\v s}{\'\i}", "Hořejší"),
        (r"Erd{\H o}s", "Erdős"),
        (r"{\ae}ther", "æther"),
        (r"Smith \& Sons", "Smith & Sons"),
        (r"50\% of 10\_000", "50% of 10_000"),
        (r"A {DNA} and {mRNA} study", "A DNA and mRNA study"),
        (r"Part~II", "Part II"),
        ("Grüße, naïve, 東京", "Grüße, naïve, 東京"),
        ("P < 0.05 and # of cells", "P < 0.05 and # of cells"),
    ],
)
@pytest.mark.parametrize(("left", "right"), [("{", "}"), ('"', '"')])
def test_tex_in_a_title_is_read(left: str, right: str, source: str, text: str) -> None:
    if left == '"':
        source = source.replace(r"\"{o}", r"{\"{o}}").replace(r"r\"o", r"r{\"o}")
    assert bib(f"title = {left}{source}{right}").title == text


def test_tex_in_a_name_is_read() -> None:
    reference = bib(r"author = {M{\"u}ller, J{\"o}rg and Dvo{\v{r}}{\'a}k, Anton{\'\i}n}, title = {T}")
    assert [(n.family, n.given) for n in reference.author] == [("Müller", "Jörg"), ("Dvořák", "Antonín")]


def test_greek_and_raised_letters_in_mathematics_are_read() -> None:
    title = bib(r"title = {Role of $\alpha$-synuclein and TNF-$\beta$ in H$_2$O}").title or ""
    assert "α-synuclein" in title
    assert "TNF-β" in title
    assert "$" not in title
    assert "\\" not in title


# -- names ---------------------------------------------------------------------------------------------------


LISKOV, DIJKSTRA = {"family": "Liskov", "given": "Barbara"}, {"family": "Dijkstra", "given": "Edsger"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Liskov, Barbara", [LISKOV]),
        ("Barbara Liskov", [LISKOV]),
        ("Liskov, Barbara and Dijkstra, Edsger", [LISKOV, DIJKSTRA]),
        ("Barbara Liskov\n    and Edsger Dijkstra", [LISKOV, DIJKSTRA]),
        ("{World Health Organization}", [{"literal": "World Health Organization"}]),
        ("{Barnes and Noble, Inc.} and Barbara Liskov", [{"literal": "Barnes and Noble, Inc."}, LISKOV]),
        ("{{CARE Group}}", [{"literal": "CARE Group"}]),
        ("King, Jr., Martin Luther", [{"family": "King", "suffix": "Jr.", "given": "Martin Luther"}]),
        ("Plato", [{"family": "Plato"}]),
    ],
)
def test_names_are_divided_as_bibtex_does(source: str, names: list[dict[str, str]]) -> None:
    authors = bib(f"author = {{{source}}}, title = {{T}}").author
    assert [name.model_dump(exclude_none=True) for name in authors] == names


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("Ludwig van Beethoven", "van Beethoven|Ludwig"),
        ("van Beethoven, Ludwig", "van Beethoven|Ludwig"),
        ("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin", "de la Vallée Poussin|Charles Louis Xavier Joseph"),
        ("de la Vall{\\'e}e Poussin, Charles", "de la Vallée Poussin|Charles"),
        ("jean de la fontaine", "de la fontaine|jean"),
        ("de Gaulle, Charles", "de Gaulle|Charles"),
    ],
)
def test_particles_belong_to_the_family_name(source: str, whole: str) -> None:
    name = bib(f"author = {{{source}}}, title = {{T}}").author[0]
    parts = (name.dropping_particle, name.non_dropping_particle, name.family)
    assert f"{' '.join(part for part in parts if part)}|{name.given}" == whole


@pytest.mark.parametrize("source", ["Lee, A. and others", "Lee, A. and Park, B. and others", "Lee, A. and  Others"])
def test_and_others_truncates_the_list(source: str) -> None:
    reference = bib(f"author = {{{source}}}, title = {{T}}")
    assert reference.authors_truncated
    assert [name.family for name in reference.author] == ["Lee", "Park"][: source.count(",")]


def test_a_person_named_others_is_no_truncation() -> None:
    assert not bib("author = {Others, Ann and Lee, B.}, title = {T}").authors_truncated


# -- other fields ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("669--673", "669-673"),
        ("669-673", "669-673"),
        ("669 -- 673", "669-673"),
        ("669–673", "669-673"),
        ("S12--S19", "S12-S19"),
        ("e0227000", "e0227000"),
        ("43+", "43+"),
        ("12, 14--15", "12, 14-15"),
    ],
)
def test_pages(source: str, page: str) -> None:
    assert bib(f"title = {{T}}, pages = {{{source}}}").page == page


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 1959", (1959, None, None)),
        ("year = {1959}", (1959, None, None)),
        ("year = 1959, month = mar", (1959, 3, None)),
        ("year = 1959, month = {March}", (1959, 3, None)),
        ("year = 1959, month = sep", (1959, 9, None)),
        ("year = 1959, month = {Sept.}", (1959, 9, None)),
        ("year = 1959, month = 12", (1959, 12, None)),
        ("year = 1959, month = {02}", (1959, 2, None)),
        ("date = {2019}", (2019, None, None)),
        ("date = {2019-03}", (2019, 3, None)),
        ("date = {2019-03-21}", (2019, 3, 21)),
        ('year = 1999, month = dec # "~31"', (1999, 12, 31)),
        ("year = 1999, month = jun, day = 4", (1999, 6, 4)),
    ],
)
def test_dates(fields: str, date: tuple[int, int | None, int | None]) -> None:
    issued = bib(f"title = {{T}}, {fields}").issued
    assert issued is not None
    assert (issued.year, issued.month, issued.day) == date


def test_a_range_of_dates_keeps_its_beginning() -> None:
    issued = bib("title = {T}, date = {2019-03-21/2019-03-23}").issued
    assert issued is not None
    assert issued.year == 2019 or "2019" in (issued.literal or "")


def test_a_date_in_words_stays() -> None:
    issued = bib("title = {T}, year = {in press}").issued
    assert issued is not None
    assert issued.literal == "in press"


def test_when_a_page_was_read_is_kept() -> None:
    accessed = bib("title = {T}, url = {https://example.org/a_b}, urldate = {2026-03-14}", "online").accessed
    assert accessed is not None
    assert (accessed.year, accessed.month, accessed.day) == (2026, 3, 14)


def test_strings_are_resolved() -> None:
    strings = '@string{ad = "Arch Dermatol"}\n@STRING(jr = {J Rheumatol})\n'
    text = strings + '@article{a, journal = ad}\n@article{b, journal = jr # " Suppl"}\n'
    found, refused = both("r.bib", text.encode())
    assert refused == []
    assert [r.container_title for _, r in found] == ["Arch Dermatol", "J Rheumatol Suppl"]


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("article", "article-journal"),
        ("BOOK", "book"),
        ("incollection", "chapter"),
        ("inproceedings", "paper-conference"),
        ("phdthesis", "thesis"),
        ("techreport", "report"),
        ("online", "webpage"),
        ("misc", "document"),
        ("unheardof", "document"),
    ],
)
def test_types(kind: str, csl: str) -> None:
    assert bib("title = {T}", kind).type == csl


def test_identifiers_and_addresses_are_not_read_as_tex() -> None:
    reference = bib(
        "doi = {10.1002/(SICI)1097_0142-2~3}, url = {https://example.org/a_b?x=1%20&y=~me}, pmid = {13649944}"
    )
    assert reference.doi == "10.1002/(SICI)1097_0142-2~3"
    assert reference.url == "https://example.org/a_b?x=1%20&y=~me"
    assert reference.pmid == "13649944"


# -- records read + records refused = records present ------------------------------------------------------------

FILE = """\
% a comment
@article{one, title = {One}, year = 2001}

@comment{not a record}
@preamble{"\\newcommand{\\x}{y}"}
@article{broken, title = {Two, year = 2002

@article{three, title = {Three}, year = 2003}
"""


def test_a_broken_record_in_the_middle_is_refused_with_its_line_and_the_rest_is_read() -> None:
    found, refused = both("r.bib", FILE.encode())
    assert [(line, r.id) for line, r in found] == [(2, "one"), (8, "three")]
    assert [line for line, _ in refused] == [6]


BREAKS = {
    "no key": "@article{title = {T}}",
    "empty key": "@article{, title = {T}}",
    "no comma": "@article{k title = {T}}",
    "no closing brace": "@article{k, title = {T}",
    "open field": "@article{k, title = {T, year = 2001}",
    "key with spaces": "@article{k 1, title = {T}}",
    "undefined string": "@article{k, journal = nosuchstring}",
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_read_and_refused_are_all_there_are(broken: str, place: int) -> None:
    whole = [f"@article{{ok{n}, title = {{Title {n}}}}}" for n in range(2)]
    records = [*whole[:place], broken, *whole[place:]]
    found, refused = both("r.bib", "\n".join(records).encode())
    assert {f"ok{n}" for n in range(2)} <= {r.id for _, r in found}
    assert len(found) + len(refused) == 3
    assert sorted([line for line, _ in found] + [line for line, _ in refused]) == [1, 2, 3]
    assert all(reason.strip() for _, reason in refused)


def test_the_same_field_twice_is_refused_or_read() -> None:
    found, refused = both("r.bib", b"@article{k, title = {A}, title = {B}}\n@article{l, title = {C}}")
    assert len(found) + len(refused) == 2
    assert "l" in {r.id for _, r in found}


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_any_mixture_of_whole_and_broken_records_is_accounted_for(whole: list[bool]) -> None:
    good, bad = "@article{{k{0}, title = {{T{0}}}}}\n", "@article{{k{0}, title = {{T{0}\n"
    text = "".join((good if ok else bad).format(n) for n, ok in enumerate(whole))
    found, refused = both("r.bib", text.encode())
    assert [line for line, _ in found] == [n + 1 for n, ok in enumerate(whole) if ok]
    assert [line for line, _ in refused] == [n + 1 for n, ok in enumerate(whole) if not ok]


def test_reading_a_broken_file_prints_nothing() -> None:
    program = f"from casewriter.bibliography.reading import read_file; read_file('r.bib', {FILE.encode()!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_file_in_another_encoding_is_read(encoding: str) -> None:
    data = "@article{a, title = {One}}\n@article{b, title = {Schröder}}\n".encode(encoding)
    found, refused = both("r.bib", data)
    assert refused == []
    assert [(line, r.title) for line, r in found] == [(1, "One"), (2, "Schröder")]


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    data = b"\xef\xbb\xbf" + b"@article{a,\r\n  title = {One}\r\n}\r\n@article{b,\r\n  title = {Two}\r\n}\r\n"
    found, refused = both("r.bib", data)
    assert refused == []
    assert [(line, r.id, r.title) for line, r in found] == [(1, "a", "One"), (4, "b", "Two")]


# -- CSL-JSON --------------------------------------------------------------------------------------------------


def test_a_csl_record_is_read_whole() -> None:
    record = {
        "id": "muller1959",
        "type": "article-journal",
        "title": "Calcinosis in <i>dermatomyositis</i>",
        "author": [{"family": "Muller", "given": "S. A."}, {"literal": "CALC Group"}],
        "container-title": "Arch Dermatol",
        "issued": {"date-parts": [[1959, 3, 21]]},
        "volume": 79,
        "page": "669-673",
        "DOI": "10.1001/archderm.1959",
    }
    reference = only(json.dumps([record]), "r.json")
    assert json.loads(json.dumps(reference.csl())) == record | {"volume": "79"}


@pytest.mark.parametrize(
    "date", [{"date-parts": [["1959", "3"]]}, {"date-parts": [[1959, 3], [1959, 4]]}, {"raw": "1959-03"}]
)
def test_dates_as_reference_managers_write_them(date: dict[str, object]) -> None:
    issued = only(json.dumps([{"id": "a", "type": "book", "issued": date}]), "r.json").issued
    assert issued is not None
    assert (issued.year, issued.month) == (1959, 3)


@pytest.mark.parametrize(("month", "season"), [(21, 1), (22, 2), (23, 3), (24, 4)])
def test_a_season_is_that_of_edtf(month: int, season: int) -> None:
    """ISO 8601-2, 4.8: 21 spring to 24 winter; CSL 1.0.2 counts the same four from 1."""
    for issued in ({"date-parts": [[2005, month]]}, {"raw": f"2005-{month}"}):
        read = only(json.dumps([{"id": "a", "type": "book", "issued": issued}]), "r.json").issued
        assert read is not None
        assert read.csl() == {"date-parts": [[2005]], "season": season}


@pytest.mark.parametrize(
    "more",
    [
        {"author": [{"family": "King", "given": "M.", "suffix": "Jr", "comma-suffix": True}]},
        {"author": [{"family": "Wang", "given": "Wei", "static-ordering": True}]},
        {"issued": {"date-parts": [[1959]], "season": 1}},
        {"issued": {"date-parts": [[1959]], "circa": True}},
        {"issued": {}},
        {"author": []},
        {"volume": None},
        {"categories": ["x"]},
    ],
    ids=str,
)
def test_what_the_csl_schema_allows_is_read(more: dict[str, object]) -> None:
    assert only(json.dumps([{"id": "a", "type": "book", "title": "T"} | more]), "r.json").title == "T"


def test_an_empty_key_prints_nothing() -> None:
    reference = only(json.dumps([{"id": "a", "type": "book", "title": "T", "volume": None}]), "r.json")
    assert reference.volume is None


def test_keys_that_no_style_prints_are_no_reason_to_refuse() -> None:
    text = json.dumps([{"id": "a", "type": "book", "title": "T", "citation-key": "x", "custom": {"k": 1}}])
    assert only(text, "r.json").title == "T"


@pytest.mark.parametrize(
    "bad",
    [
        {"type": "book"},
        {"id": "x", "type": "no-such-type"},
        "text",
        3,
        None,
        {"id": "a b", "type": "book"},
        {"id": "x", "author": "?", "issued": {"date-parts": [["soon"]]}},
    ],
)
def test_csl_records_read_and_refused_are_all_there_are(bad: object) -> None:
    records = [{"id": "one", "type": "book"}, bad, {"id": "three", "type": "book"}]
    text = "[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]"
    found, refused = both("r.json", text.encode())
    assert [(line, r.id) for line, r in found] == [(2, "one"), (4, "three")]
    assert [line for line, _ in refused] == [3]


def test_the_line_of_a_csl_record_is_its_own() -> None:
    records = [
        {"id": "a", "title": "cites b", "type": "book"},
        {"id": "b", "type": "book"},
        {"id": "a1", "title": "b", "type": "book"},
    ]
    text = "[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]"
    found, _ = both("r.json", text.encode())
    assert [(line, r.id) for line, r in found] == [(2, "a"), (3, "b"), (4, "a1")]


@pytest.mark.parametrize(("text", "line"), [('[\n{"id": "a"},\n{"id" "b"}\n]', 3), ("", 1), ("[" * 100_000, 1)])
def test_what_is_not_json_is_refused_with_its_line_and_what_stands_before_is_read(text: str, line: int) -> None:
    found, refused = both("r.json", text.encode())
    assert [r.id for _, r in found] == (["a"] if '"a"' in text else [])
    assert [where for where, _ in refused] == [line]


@pytest.mark.parametrize("text", ["3", '"text"', "null", "{}"])
def test_json_that_is_no_list_of_records_is_refused(text: str) -> None:
    found, refused = both("r.json", text.encode())
    assert found == []
    assert len(refused) == 1


# -- the library of a case -----------------------------------------------------------------------------------------


def library(references: str, **files: bytes) -> Library:
    """Return the library of a case; `r_bib` names the file r.bib."""
    case = load(read(f"format: 1\nreferences:\n{references}".encode(), "case.yaml")).case
    assert case is not None
    return read_library(case, {name.replace("_", "."): data for name, data in files.items()})


def codes(found: Library) -> list[tuple[str, str | None, int | None]]:
    return [(p.code, p.file, p.span.line if p.span else None) for p in found.problems]


def test_the_first_of_two_records_with_one_key_is_kept_and_the_second_told() -> None:
    data = b"@article{a, title = {First}}\n@article{b, title = {B}}\n@article{a, title = {Second}}\n"
    found = library("- file: r.bib\n", r_bib=data)
    assert {key: item.reference.title for key, item in found.items.items()} == {"a": "First", "b": "B"}
    assert codes(found) == [("REF001", "r.bib", 3)]


def test_a_key_of_the_case_and_of_its_file_is_told_at_the_line_of_the_file() -> None:
    found = library("- {id: a, title: Own}\n- file: r.bib\n", r_bib=b"\n@article{a, title = {File}}\n")
    assert found.items["a"].reference.title == "Own"
    assert codes(found) == [("REF001", "r.bib", 2)]


def test_the_same_key_twice_in_the_case_is_told_there() -> None:
    found = library("- {id: a, title: Own}\n- {id: a, title: Again}\n")
    assert [(p.code, p.path) for p in found.problems] == [("REF001", ("references", 1, "id"))]


def test_a_reference_without_key_a_missing_file_and_a_broken_record_are_told() -> None:
    found = library("- {title: No key}\n- file: gone.bib\n- file: r.bib\n", r_bib=b"@article{a, title = {T}\n")
    assert [(p.code, p.path[:2]) for p in found.problems] == [
        ("REF002", ("references", 0)),
        ("REF003", ("references", 1)),
        ("REF004", ("references", 2)),
    ]


def test_an_item_of_a_file_knows_where_it_stands() -> None:
    item = library("- file: r.bib\n", r_bib=b"\n\n@article{a, title = {T}}\n").items["a"]
    assert (item.file, item.line) == ("r.bib", 3)
