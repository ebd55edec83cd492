"""Readers of reference files: what each file says, as those who wrote it down before the readers existed expect."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from casewriter.citation.reading import read_file
from casewriter.citation.writing import FORMATS, written
from casewriter.model.reference import Reference

HERE = Path(__file__).parent / "data" / "readers"
FILES = sorted(path for path in HERE.iterdir() if not path.name.endswith(".expected.json"))
UNCOMPARED = frozenset(
    "abstract keyword note annote language source archive call-number collection-title collection-number "
    "collection-editor medium number-of-pages title-short citation-key".split()
)


def test_there_are_files_of_every_format() -> None:
    formats = {expected(path)["format"] for path in FILES}
    assert formats == {"bibtex", "ris", "nbib", "pubmed-xml", "csl-json", "endnote-xml"}
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
    ],
)
def test_of_a_long_file_every_record_is_read_or_refused(text: str, records: int) -> None:
    read = read_file("long", "".join(text % number for number in range(1, records + 1)).encode())
    assert len(read.found) + len(read.refused) == records
    assert len({line for line, _ in (*read.found, *read.refused)}) == records
