"""What a title page counts: words without tables, legends and references; exhibits; references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from casewriter.article.nodes import (
    AbstractPart,
    Block,
    Citation,
    Counts,
    Facts,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    Table,
)
from casewriter.article.walk import plain

_BACK = {
    "ethics", "registration", "funding", "competing_interests", "contributions", "guarantor", "data_availability",
    "acknowledgements", "prior_presentation", "ai_use", "abbreviations", "videos", "supplements", "highlights",
    "consent",
}  # fmt: skip


def counts(
    abstract: Iterable[AbstractPart],
    sections: Iterable[Block],
    references: int,
    exhibits: Mapping[tuple[str, str], int],
) -> Counts:
    """Return the counts. Body words exclude title page, abstract, declarations, references, legends and tables."""
    return Counts(
        body_words=sum(_words(s) for s in sections if not (isinstance(s, Section) and s.part in _BACK)),
        abstract_words=sum(_words(b) for part in abstract for b in part.blocks),
        references=references,
        figures=sum(kind == "fig" for kind, _ in exhibits),
        tables=sum(kind == "tbl" for kind, _ in exhibits),
    )


def words_in(text: str) -> int:
    """Return the number of words: runs between white space that hold a letter or digit."""
    return sum(1 for word in text.split() if re.search(r"\w", word))


def _words(block: Block) -> int:
    match block:
        case Paragraph(children=children):
            return words_in(plain(tuple(node for node in children if not isinstance(node, Citation))))
        case ListBlock(items=items):
            return sum(_words(inner) for item in items for inner in item)
        case Quote(blocks=inner):
            return sum(_words(b) for b in inner)
        case Section(blocks=inner):
            return sum(_words(b) for b in inner)
        case Facts(rows=rows):
            return sum(words_in(plain(label)) + words_in(plain(said)) for label, said in rows)
        case Table() | Figure():
            return 0
