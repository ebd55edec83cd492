"""The public test suite of CSL: what passes, by name; the list may only grow.

The suite is not ours, so only the names are here. CASEWRITER_CSL_SUITE names a checkout of it; with
CASEWRITER_RATCHET=write the list is written anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from csl_suite import answer, runnable, sections

SUITE = os.environ.get("CASEWRITER_CSL_SUITE", "")
PASSING = Path(__file__).parent / "data" / "styles" / "csl-suite-pass.txt"


def names() -> set[str]:
    return set(PASSING.read_text(encoding="utf-8").split())


def test_most_of_the_suite_is_known_to_pass() -> None:
    assert len(names()) >= 700  # of the 802 that ask for no interactive session


def passes(path: Path) -> bool:
    parts = sections(path)
    try:
        return runnable(parts) and answer(parts).strip() == parts["RESULT"].strip()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return False


@pytest.mark.skipif(not SUITE, reason="CASEWRITER_CSL_SUITE names no checkout of the CSL test suite")
def test_the_list_of_what_passes_only_grows() -> None:
    fixtures = sorted(Path(SUITE, "processor-tests", "humans").glob("*.txt"))
    assert len(fixtures) > 800
    found = {path.stem for path in fixtures if passes(path)}
    if os.environ.get("CASEWRITER_RATCHET") == "write":
        PASSING.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    assert sorted(names() - found) == [], "these passed before"
    assert sorted(found - names()) == [], "these pass now: write the list anew with CASEWRITER_RATCHET=write"
