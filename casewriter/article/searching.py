"""The search of the literature: its phrase, “PubMed, 2026-03, query “…”, 14 hits”, and its facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casewriter.article.nodes import Block, Fact, Run, Styled, Text
from casewriter.article.walk import joined, plain
from casewriter.model.literature import DatabaseSearch, LiteratureSearch
from casewriter.problem import Path

if TYPE_CHECKING:
    from casewriter.article.builder import Builder
    from casewriter.article.maker import Maker

Say = Callable[[Path, Any], Run]
"""Says the datum at a path, and remembers that it was said."""

PATH: Path = ("literature_search",)
_COUNTED = re.compile(r"\d$")


def search_phrase(make: Maker, path: Path, search: LiteratureSearch | DatabaseSearch, say: Say) -> Run:
    """Return the phrase of a search; of several databases with a search each, theirs one after the other."""
    databases = (
        _enumerated(make, [say((*path, "databases", n), one) for n, one in enumerate(search.databases)])
        if isinstance(search, LiteratureSearch)
        else say((*path, "database"), search.database)
    )
    parts = [databases, say((*path, "date"), search.date)]
    if isinstance(search, LiteratureSearch):
        parts.append(_quoted(make, "terms_quoted", say((*path, "terms"), search.terms)))
    if search.query:
        say((*path, "query"), search.query)
        parts.append(_quoted(make, "query_quoted", query_run(search.query, (*path, "query"))))
    parts += [_count(make, key, say((*path, key), getattr(search, key))) for key in ("hits", "included")]
    own = joined([part for part in parts if part], ", ")
    inner = getattr(search, "searches", ())
    each = [search_phrase(make, (*path, "searches", n), one, say) for n, one in enumerate(inner)]
    return joined([run for run in (own, *each) if run], "; ")


def query_run(query: str, path: Path) -> Run:
    """Return a query character for character; the lines of a long one follow each other."""
    return (Styled("code", (Text(" ".join(query.split("\n")).strip(), path, True),)),)


def _enumerated(make: Maker, runs: list[Run]) -> Run:
    if len(runs) < 2:
        return runs[0] if runs else ()
    return make.phrase("and", joined(runs[:-1], ", "), runs[-1])


def _quoted(make: Maker, key: str, run: Run) -> Run:
    return make.phrase(key, run) if run else ()


def _count(make: Maker, key: str, run: Run) -> Run:
    """Return “14 hits”; what is no number stands behind the word."""
    said = plain(run).strip()
    if not _COUNTED.search(said):
        return make.labelled_inside(f"search_{key}", run)
    if key == "included":
        return make.phrase("included_count", run)
    return make.phrase("hits_one" if said == "1" else "hits_many", run)


def literature_search(make: Builder) -> list[Block]:
    """Return how the literature was searched: prose, then what is recorded."""
    found = make.case.literature_search
    if found is None:
        return []
    rows: list[Fact] = []
    for word, key in (("databases", "databases"), ("search_date", "date"), ("search_terms", "terms")):
        make.row(rows, word, make.said(getattr(found, key), (*PATH, key)), (*PATH, key))
    if found.query:
        label = make.text(make.word("search_query"))
        rows.append(Fact(label, query_run(found.query, (*PATH, "query")), (*PATH, "query")))
    for key in ("hits", "included"):
        make.row(rows, f"search_{key}", make.said(getattr(found, key), (*PATH, key)), (*PATH, key))
    for number, search in enumerate(found.searches):
        where: Path = (*PATH, "searches", number)
        make.row(rows, "search", search_phrase(make, where, search, lambda at, value: make.said(value, at)), where)
    return [*make.prose.blocks(found.narrative, (*PATH, "narrative")), *make.facts(rows)]
