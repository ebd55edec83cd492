"""What a title page counts: words without tables, legends and references; exhibits; references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from casewriter.article.nodes import Block, Citation, ListBlock, Paragraph, Quote, Run, Section
from casewriter.article.paper import AbstractPart, Counts
from casewriter.article.walk import plain
from casewriter.model.parts import Matter, part_at
from casewriter.problem import Path

_LETTER = re.compile(r"\w")


def counts(
    abstract: Iterable[AbstractPart],
    sections: Iterable[Block],
    references: int,
    exhibits: Mapping[tuple[str, str], int],
) -> Counts:
    """Return the counts. Body words exclude title page, abstract, declarations, references, legends, tables and facts.

    Whether a text is of the body, the part of the case decides that it comes from, in whichever section it is.
    """
    return Counts(
        body_words=sum(_words(section, "body") for section in sections),
        abstract_words=sum(_words(block, "body") for part in abstract for block in part.blocks),
        references=references,
        figures=sum(kind == "fig" for kind, _ in exhibits),
        tables=sum(kind == "tbl" for kind, _ in exhibits),
    )


def words_told(blocks: Iterable[Block]) -> int:
    """Return the number of words in blocks, whatever part of the case they come from; citations do not count."""
    return sum(_told(block) for block in blocks)


def _told(block: Block) -> int:
    match block:
        case Paragraph(children=children):
            return _uncited(children)
        case ListBlock(items=items):
            return sum(words_told(item) for item in items)
        case Quote(blocks=inner) | Section(blocks=inner):
            return words_told(inner)
        case _:
            return 0


def _uncited(children: Run) -> int:
    return words_in(plain(tuple(node for node in children if not isinstance(node, Citation))))


def words_in(text: str) -> int:
    """Return the number of words: runs between white space that hold a letter or digit."""
    return sum(1 for word in text.split() if word.isalnum() or _LETTER.search(word))


def _matter(origin: Path, around: Matter) -> Matter:
    """Return where the text of a place of the file belongs; of no place, where what is around it does."""
    part = part_at(origin)
    return part.matter if part else around


def _words(block: Block, around: Matter) -> int:
    """Return the number of body words in a block; `around` is the matter of the section that holds it."""
    matter = _matter(block.origin, around)
    match block:
        case Paragraph(children=children) if matter == "body":
            return _uncited(children)
        case ListBlock(items=items):
            return sum(_words(inner, matter) for item in items for inner in item)
        case Quote(blocks=inner):
            return sum(_words(b, matter) for b in inner)
        case Section(blocks=inner):
            return sum(_words(b, block.matter) for b in inner)
        case _:
            return 0
