"""Lists as journals print them, pasted: the corpus of references comes back, or it is told what was not read.

What each entry must come back as is the corpus itself (`tests/data/styles/corpus.json`), not what the program read before.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from casewriter.bibliography.pasted import Pasted, read_pasted
from casewriter.bibliography.reading import read_file
from casewriter.citation import find_style
from casewriter.citation.document import document
from casewriter.model.reference import Reference

_DATA = Path(__file__).parent / "data"
_RATCHET = _DATA / "pasted" / "styles.json"
STYLES = (
    *("nlm-citation-sequence", "american-medical-association", "bmj", "the-lancet", "nature", "elsevier-vancouver"),
    *("springer-basic-author-date", "apa", "frontiers", "karger-journals", "chicago-author-date", "ieee"),
)


@cache
def _articles() -> dict[str, Reference]:
    """Return the articles of journals of the corpus whose names have Latin letters."""
    corpus = _DATA / "styles" / "corpus.json"
    found = [reference for _, reference in read_file(corpus.name, corpus.read_bytes()).found]
    return {str(one.id): one for one in found if one.type == "article-journal" and one.author and _is_latin(one)}


def _is_latin(reference: Reference) -> bool:
    letters = [letter for name in reference.author for letter in f"{name.family}{name.literal}" if letter.isalpha()]
    return all("LATIN" in unicodedata.name(letter) for letter in letters)


def _folded(text: object) -> str:
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]+>", "", str(text or ""))).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _first(pages: object) -> str:
    return _folded(re.split(r"[-–,]", str(pages or ""))[0])


def _differences(record: dict[str, Any], reference: Reference, line: str) -> list[str]:
    """Return the fields that are in the line and came back as something else."""
    journals = {_folded(reference.container_title), _folded(reference.container_title_short)}
    authors = [_folded(name.literal or name.family) for name in reference.author]
    read = [_folded(name.get("literal") or name.get("family")) for name in record.get("author", [])]
    year = str(reference.issued.year) if reference.issued else ""
    page = _first(reference.page or reference.number)
    wrong = {
        "title": _folded(record.get("title")) != _folded(reference.title),
        "container-title": _folded(record.get("container-title")) not in journals,
        "volume": reference.volume and _folded(reference.volume) != _folded(record.get("volume")),
        "issued": year in line and year != str(record.get("issued", {}).get("date-parts", [[""]])[0][0]),
        "page": page in _folded(line) and page != _first(record.get("page") or record.get("number")),
        "author": not all(one.endswith(two) for one, two in zip(read, authors, strict=False))
        or (len(read) != len(authors) and not record.get("authors_truncated")),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _verdict(pasted: Pasted, reference: Reference, line: str) -> str:
    if not _differences(pasted.record, reference, line):
        return "right"
    return "wrong" if pasted.confidence == "high" else "told"


@cache
def figures(style: str) -> dict[str, int]:
    """Return how many entries of a list in a style come back right, told as not read, and wrong without a word."""
    articles = _articles()
    printed = document(articles, find_style(style), "en")
    entries = printed.entries()
    found: Counter[str] = Counter()
    for key in printed.order:
        line = "".join(text for text, _ in entries[key]).strip()
        (pasted,) = read_pasted(line)
        found[_verdict(pasted, articles[key], line)] += 1
    return {name: found[name] for name in ("right", "told", "wrong")}


def test_the_corpus_has_articles_enough() -> None:
    assert len(_articles()) > 150


@pytest.mark.parametrize("style", STYLES)
def test_ratchet(style: str) -> None:
    before = json.loads(_RATCHET.read_text(encoding="utf-8"))[style]
    now = figures(style)
    assert now == before, f"{_RATCHET.name}: write {json.dumps({style: now})} if this is better, not worse"


@pytest.mark.parametrize("style", STYLES)
def test_most_come_back_and_hardly_one_is_wrong_without_a_word(style: str) -> None:
    found = figures(style)
    total = sum(found.values())
    assert found["right"] >= 0.85 * total
    assert found["wrong"] <= 0.02 * total
