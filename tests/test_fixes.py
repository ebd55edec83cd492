"""`lint --fix`: what is certain is mended, every other byte stays; `--diff` shows it and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casewriter.cli.app import run
from casewriter.lint.fixes import fixed
from casewriter.source import read

BEFORE = """\
format: 1
title: Calcinosis: a case report  # keep this
labs:
  - {test: Calcium, value: 9.2, unit: mg/dl, reference: 8.6-10.3}   # and this
  - {test: Pressure, value: 12, unit: mmHg}
references:
  - {id: a, DOI: "https://doi.org/10.1001/archderm.1959.01560180059010"}
  - id: b
    PMID: PMID 13649944
authors: [{orcid: https://orcid.org/0000-0002-1825-0097}]
"""
AFTER = """\
format: 1
title: "Calcinosis: a case report"  # keep this
labs:
  - {test: Calcium, value: 9.2, unit: mg/dL, reference: 8.6-10.3}   # and this
  - {test: Pressure, value: 12, unit: mmHg}
references:
  - {id: a, DOI: "10.1001/archderm.1959.01560180059010"}
  - id: b
    PMID: 13649944
authors: [{orcid: 0000-0002-1825-0097}]
"""
UNTOUCHED = (
    "labs: [{test: Calcium, value: 9.2, unit: mg/ld}]\n",  # no unit: what was meant is not certain
    "labs: [{test: Leukocytes, value: 9.2, unit: K/uL}]\n",  # in UCUM another symbol would be printed
    "labs: [{test: Cortisol, value: 9.2, unit: mcg/dL}]\n",
    "labs: [{test: Total IgE, value: 350, unit: kUA/L}]\n",
    "references: [{id: a, DOI: 10.1, PMID: PMC123}]\n",
    "authors: [{orcid: https://orcid.org/0000-0002-1825-0098}]\n",  # the check digit is wrong
    "ethics: {approval: https://doi.org/10.1000/1}\n",
    'title: "quoted: already"\n',
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_fixes_keep_every_other_byte(mark: bytes, ending: str) -> None:
    before, after = (mark + text.replace("\n", ending).encode() for text in (BEFORE, AFTER))
    found, done = fixed(before, "case.yaml")
    assert found == after
    assert len(done) == 5
    assert fixed(after, "case.yaml") == (after, [])


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_not_certain_is_left_alone(text: str) -> None:
    data = f"format: 1\n{text}".encode()
    assert fixed(data, "case.yaml") == (data, [])


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_a_quoted_text_is_read_as_it_was_written(text: str) -> None:
    words = f"A{text.strip()}: b"
    found, done = fixed(f"format: 1\ntitle: {words}\n".encode(), "case.yaml")
    if done:
        kept = words.partition(" #")[0].rstrip()
        assert read(found, "case.yaml").data["title"].startswith(kept[:1])
        assert yaml.safe_load(found)["title"] == read(found, "case.yaml").data["title"]


def test_diff_shows_and_fix_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(BEFORE, "utf-8")
    assert run(["lint", "--diff", str(file)]) == 0
    shown = capsys.readouterr().out
    assert '+title: "Calcinosis: a case report"  # keep this' in shown
    assert file.read_text("utf-8") == BEFORE
    run(["lint", "--fix", "--select", "YAML", str(file)])
    assert "5 fixed" in capsys.readouterr().err
    assert file.read_text("utf-8") == AFTER
