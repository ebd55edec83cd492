"""Readers of reference files: what each file says, as those who wrote it down before the readers existed expect."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from casewriter.bibliography.reading import read_file
from casewriter.bibliography.writing import FORMATS, written
from casewriter.model.reference import Reference

HERE = Path(__file__).parent / "data" / "readers"
FILES = sorted(path for path in HERE.iterdir() if not path.name.endswith(".expected.json"))
UNCOMPARED = frozenset(
    "abstract keyword note annote language source archive call-number collection-title collection-number "
    "collection-editor medium number-of-pages title-short citation-key".split()
)


def test_there_are_files_of_every_format() -> None:
    formats = {expected(path)["format"] for path in FILES}
    assert formats == {"bibtex", "ris", "nbib", "pubmed-xml", "csl-json", "endnote-xml", "web-of-science"}
    assert len(FILES) >= 70


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    return found


def said(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item without what is not compared."""
    item = json.loads(json.dumps({key: value for key, value in item.items() if key not in UNCOMPARED}))
    for key in ("ISSN", "ISBN"):
        if key in item:
            item[key] = item[key].split(", ")[0]
    if str(item.get("URL", "")).startswith(("https://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/")):
        del item["URL"]
    return item


def whole(reference: Reference) -> dict[str, Any]:
    return reference.csl() | ({"_truncated": True} if reference.authors_truncated else {})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read_as_it_is_meant(path: Path) -> None:
    wanted = expected(path)
    read = read_file(path.name, path.read_bytes())
    assert read.format == wanted["format"]
    assert [line for line, _ in read.refused] == [one["line"] for one in wanted["refused"]]
    assert [said(whole(reference)) for _, reference in read.found] == [said(item) for item in wanted["read"]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_content_decides_on_the_format_not_the_ending(path: Path) -> None:
    assert read_file("references.txt", path.read_bytes()).format == expected(path)["format"]


PIECES = (
    b"{",
    b"}",
    b'"',
    b"\n",
    b"@article{",
    b"\\",
    b"$",
    b"<",
    b"&",
    b"TY  - ",
    b"ER  - ",
    b"[",
    b"PMID- ",
    b"PT J\n",
    b"%",
    b"\0",
)


@pytest.mark.parametrize("seed", range(4))
def test_no_broken_file_stops_a_reader_and_what_is_read_can_be_written(seed: int) -> None:
    chance = random.Random(seed)
    whole = [path.read_bytes() for path in FILES]
    for _ in range(150):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(data)) if data else 0
            match chance.choice(("byte", "cut", "piece", "copy")):
                case "byte" if data:
                    data[place] = chance.randrange(256)
                case "cut":
                    del data[place : place + chance.randint(1, 30)]
                case "piece":
                    data[place:place] = chance.choice(PIECES)
                case _:
                    start = chance.randrange(len(data) + 1)
                    data[place:place] = data[start : start + 50]
        read = read_file("broken", bytes(data))
        assert all(line >= 1 and reason for line, reason in read.refused)
        for form in FORMATS:
            written([reference for _, reference in read.found], form)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("@article{k%d,\n title = {T}\n}\n", 4000),
        ("@article{k%d{\n", 4000),
        ("TY  - JOUR\nTI  - T %d\nER  - \n", 4000),
        ("PMID- %d\nTI  - T\n\n", 4000),
        ("PT J\nTI T %d\nER\n", 4000),
    ],
)
def test_of_a_long_file_every_record_is_read_or_refused(text: str, records: int) -> None:
    read = read_file("long", "".join(text % number for number in range(1, records + 1)).encode())
    assert len(read.found) + len(read.refused) == records
    assert len({line for line, _ in (*read.found, *read.refused)}) == records


# -- what a new user's files showed ---------------------------------------------------------------------------------

PUBMED = """<?xml version="1.0"?>
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">13649944</PMID><Article><Journal><JournalIssue><Volume>79</Volume>
<PubDate><Year>1959</Year></PubDate></JournalIssue></Journal><ArticleTitle>Calcinosis.</ArticleTitle>
<AuthorList CompleteYN="{complete}"><Author><LastName>Muller</LastName><Initials>SA</Initials></Author></AuthorList>
</Article></MedlineCitation></PubmedArticle>
"""


def one(text: str, name: str = "x") -> Reference:
    """Return the one reference of a file, in which nothing is refused."""
    read = read_file(name, text.encode())
    assert (len(read.found), read.refused) == (1, [])
    return read.found[0][1]


@pytest.mark.parametrize(("complete", "truncated"), [("Y", False), ("N", True)])
def test_pubmed_says_whether_its_authors_are_all(complete: str, truncated: bool) -> None:
    """DTD of PubMed, AuthorList: CompleteYN is N where not all authors are listed."""
    assert one(PUBMED.format(complete=complete) + "</PubmedArticleSet>").authors_truncated is truncated


@pytest.mark.parametrize("rest", ["<PubmedArticle><MedlineCitation><PMID>2</PMID><Art", "", "<PubmedArticle><"])
def test_of_an_xml_file_that_was_cut_off_the_whole_records_are_read(rest: str) -> None:
    read = read_file("x.xml", (PUBMED.format(complete="Y") + rest).encode())
    assert [reference.pmid for _, reference in read.found] == ["13649944"]
    assert len(read.refused) == 1


def test_of_an_endnote_file_that_was_cut_off_the_whole_records_are_read() -> None:
    record = "<record><ref-type name='Book'>6</ref-type><titles><title>Lupus</title></titles></record>"
    read = read_file("x.xml", f"<?xml version='1.0'?><xml><records>{record}<record><titles><ti".encode())
    assert [reference.title for _, reference in read.found] == ["Lupus"]
    assert len(read.refused) == 1


def test_a_ris_line_that_lost_its_dash_is_no_part_of_the_line_before() -> None:
    found = one("TY  - JOUR\nTI  - Itch\nPY  - 2013\nVL 3\nSP 5\nEP 9\nAB  - On itch.\nIS this all?\nER  - \n")
    assert (found.volume, found.page, found.issue) == ("3", "5-9", None)
    assert found.issued
    assert found.issued.csl() == {"date-parts": [[2013]]}
    assert found.abstract == "On itch. IS this all?"


def test_a_line_of_nbib_that_lost_its_dash_is_read() -> None:
    found = one("PMID 13649944\nOWN - NLM\nTI  - Calcinosis in\n      DNA repair.\nDP 1959 May\nVI  - 79\n")
    assert (found.pmid, found.title, found.volume) == ("13649944", "Calcinosis in DNA repair", "79")


@pytest.mark.parametrize(
    ("ident", "key"),
    [("smith2010", "smith2010"), ("meier_itch_2010", "meier_itch_2010"), ("rid:17", "smith2013"), ("22", "smith2013")],
)
def test_an_id_of_ris_is_a_key_where_it_looks_like_one(ident: str, key: str) -> None:
    assert one(f"TY  - JOUR\nID  - {ident}\nAU  - Smith, A\nTI  - Itch\nPY  - 2013\nER  - \n").id == key


@pytest.mark.parametrize(("own", "key"), [({"citation-key": "smithItch"}, "smithItch"), ({}, "smith2013")])
def test_zoteros_own_address_of_an_item_is_no_key(own: dict[str, str], key: str) -> None:
    item = {"id": "http://zotero.org/users/1/items/ABCD1234", "title": "Itch", "author": [{"family": "Smith"}]}
    assert one(json.dumps([{**item, "issued": {"date-parts": [[2013]]}, **own}])).id == key


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"PK\x03\x04..", "Word"), (b"\xd0\xcf\x11\xe0..", "Word"), (b"{\\rtf1 a}", "Rich Text"), (b"%PDF-1.7", "PDF")],
)
def test_a_file_of_another_program_is_named(data: bytes, what: str) -> None:
    (refusal,) = read_file("list.txt", data).refused
    assert what in refusal[1]
    assert "refs add -" in refusal[1]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("```bibtex\n@book{a, title={Itch}, author={Smith, A}, year=2001}\n```\n", "bibtex"),
        (
            '```xml\n<?xml version="1.0" encoding="UTF-8"?>\n<xml><records><record><titles><title>Itch</title></titles>'
            "</record></records></xml>\n```",
            "endnote-xml",
        ),
        ('\n```json\n[{"id": "a", "type": "book", "title": "Itch"}]\n```', "csl-json"),
    ],
)
def test_a_file_between_the_fences_of_markdown_is_read(text: str, form: str) -> None:
    read = read_file("library.txt", text.encode())
    assert (read.format, [one.title for _, one in read.found], read.refused) == (form, ["Itch"], [])
