"""Every entry and every cluster of a hundred journal styles as the reference implementation of CSL prints it.

The sample is what citeproc-js printed; with CASEWRITER_CITEPROC (a node_modules folder that holds it) all is compared
anew, and the list of differences may only shrink.
"""

from __future__ import annotations

import os

import oracle
import pytest

NAMES = oracle.read("styles.json")
SAMPLE = oracle.read("sample.json")
KNOWN = oracle.read("differences.json")
NODE_MODULES = os.environ.get("CASEWRITER_CITEPROC", "")
CHUNKS = 12
AGAIN = "run `python tests/oracle.py NODE_MODULES` and read the diff"


def test_the_corpus_is_as_wide_as_it_should_be() -> None:
    assert len(oracle.read("corpus.json")) >= 300
    assert len(oracle.read("clusters.json")) >= 90
    assert len(NAMES["numeric"]) >= 40
    assert len(NAMES["author-date"]) >= 14


@pytest.mark.parametrize("style", SAMPLE)
def test_a_style_prints_the_sample_as_citeproc_js_does(style: str) -> None:
    wanted = SAMPLE[style]
    assert len(wanted) >= 5
    printed = oracle.ours(style, set(wanted))
    assert {key: printed[key] for key in wanted if not oracle.same(printed[key], wanted[key])} == {}


@pytest.mark.parametrize(
    ("kind", "least_entries", "least_clusters"), [("numeric", 0.99, 0.99), ("author-date", 0.97, 0.97)]
)
def test_the_agreement_is_as_high_as_the_committed_differences_say(
    kind: str, least_entries: float, least_clusters: float
) -> None:
    styles = NAMES[kind]
    items, clusters = len(oracle.read("corpus.json")), len(oracle.read("clusters.json"))
    keys = [key for style in styles for key in KNOWN.get(style, ())]
    wrong_clusters = sum(key.startswith("cluster ") for key in keys)
    assert 1 - (len(keys) - wrong_clusters) / (items * len(styles)) >= least_entries
    assert 1 - wrong_clusters / (clusters * len(styles)) >= least_clusters


@pytest.mark.skipif(not NODE_MODULES, reason="CASEWRITER_CITEPROC names no folder that holds citeproc")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_list_of_differences_only_shrinks(chunk: int) -> None:
    styles = sorted((*NAMES["numeric"], *NAMES["author-date"]))[chunk::CHUNKS]
    printed = oracle.theirs(styles, NODE_MODULES)
    assert set(printed) == set(styles)
    found = {style: set(oracle.differing(style, printed[style])) for style in styles}
    new = {style: sorted(keys - set(KNOWN.get(style, ()))) for style, keys in found.items()}
    gone = {style: sorted(set(KNOWN.get(style, ())) - keys) for style, keys in found.items()}
    assert {style: keys for style, keys in new.items() if keys} == {}, "these agreed before"
    assert {style: keys for style, keys in gone.items() if keys} == {}, f"these agree now; {AGAIN}"
