"""The sentences of an article as they are printed, each with the part of the case that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.article.nodes import Citation, Paragraph, Run, Text
from casewriter.article.paper import Article
from casewriter.article.said import sentences
from casewriter.article.walk import inlines, plain
from casewriter.export.places import is_within
from casewriter.problem import Path, dotted

_WORD = re.compile(r"[^\W_]+")


class Said(Struct, frozen=True):
    """Words of a paragraph: the part of the case it comes from, the words, and the whole text around them."""

    origin: Path
    words: str
    around: str


class Prose:
    """The paragraphs of an article, to find in them what the case says in another spelling."""

    def __init__(self, article: Article) -> None:
        self._paragraphs = [block for block in article.blocks() if isinstance(block, Paragraph) and block.origin]

    def sentences(self) -> Iterator[Said]:
        """Yield every sentence in reading order, with its citations."""
        for paragraph in self._paragraphs:
            yield from _sentences(paragraph)

    def like(self, path: Path, sentence: str) -> Said | None:
        """Return the printed sentence of a part of the case that has most words of one that is typed there.

        What is typed has markup, look-ups and no numbers of references; nothing where half of its words differ.
        """
        typed = _words(sentence)
        here = [one for one in self.sentences() if one.origin == path]
        best = max(here, key=lambda one: _shared(typed, _words(one.words)), default=None)
        return best if best and 2 * len(typed & _words(best.words)) >= len(typed) else None

    def looked_up(self, path: Path) -> Iterator[Said]:
        """Yield the words that a look-up of the author prints of a datum, a record or a part of one."""
        for paragraph in self._paragraphs:
            text = plain(paragraph.children)
            for node in inlines(paragraph.children):
                if isinstance(node, Text) and not node.typed and covers(dotted(node.origin), dotted(path)):
                    yield _around(paragraph, node.text, text)


def covers(origin: str, name: str) -> bool:
    """Return whether what comes from an origin tells what is at a dotted path: a part of it, or its whole record."""
    whole = origin.endswith("]") or origin == "observation.patient"
    return bool(origin) and (is_within(origin, name) or (whole and is_within(name, origin)))


def _around(paragraph: Paragraph, words: str, text: str) -> Said:
    """Return the sentence that holds words."""
    holding = (one for one in _sentences(paragraph) if words in one.words)
    return next(holding, Said(paragraph.origin, words, text))


def _sentences(paragraph: Paragraph) -> Iterator[Said]:
    text = plain(paragraph.children)
    masked, begin = _masked(paragraph.children), 0
    for sentence in sentences(masked):
        start = masked.index(sentence, begin)
        begin = start + len(sentence)
        yield Said(paragraph.origin, text[start:begin].strip(), text)


def _masked(run: Run) -> str:
    """Return the text of a run where citations are closing quotation marks: a sentence ends before them or behind."""
    parts: list[str] = []
    for node in run:
        said = plain((node,))
        parts.append("”" * len(said) if isinstance(node, Citation) else said)
    return "".join(parts)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _shared(typed: frozenset[str], printed: frozenset[str]) -> float:
    return len(typed & printed) / max(1, len(typed | printed))
