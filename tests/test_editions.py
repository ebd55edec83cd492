"""One case for every journal that is shipped, in five formats: written, read back, valid, and nothing missing in any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from editions import READERS, counted_in
from jats import DTD
from lxml import etree
from small_case import small_case

from casewriter.article.compose import compose
from casewriter.export.door import find_exporter
from casewriter.export.raster import raster
from casewriter.export.readback import lost
from casewriter.profile import all_profiles, find_profile
from casewriter.project import case_file, open_case
from casewriter.template import find_template

ROOT = Path(__file__).parent.parent
CHOSEN = os.environ.get("CASEWRITER_EDITIONS_CASE", "")
"""The file of another case: the exemplary one takes half a minute for each journal."""
JOURNALS = sorted(all_profiles())


def test_twenty_journals_are_shipped() -> None:
    assert len(JOURNALS) == 20


@pytest.mark.parametrize("journal", JOURNALS)
def test_a_case_is_whole_for_every_journal_in_every_format(
    journal: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_case(case_file(Path(CHOSEN) if CHOSEN else small_case(tmp_path / "one")), journal)
    case = opened.loaded.case
    assert case is not None
    article = compose(case, find_profile(journal), opened.library, opened.pictures).article
    template = find_template(article.layout)
    wanted = counted_in(article)
    assert wanted.authors
    assert wanted.sections
    inputs = {
        "article": lambda: article,
        "template": lambda: template,
        "pictures": lambda: raster,
        "reference": lambda: lambda: None,
        "stem": lambda: "one",
    }
    for name, count in READERS.items():
        exporter = find_exporter(name)
        (first, *_) = exporter.run(inputs)
        found = count(article, first.data)
        if CHOSEN:
            with capsys.disabled():
                print(f"{journal} {name} {found}")  # noqa: T201 - the table that was asked for
        assert found == wanted, name
        assert exporter.text is not None
        assert (
            list(lost(article, exporter.text(first.data), name, described=exporter.describes, exact=exporter.exact))
            == []
        )
        if name == "jats" and DTD:
            dtd = etree.DTD(DTD)
            assert dtd.validate(etree.fromstring(first.data)), dtd.error_log.filter_from_errors()[:3]
