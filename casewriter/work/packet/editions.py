"""The editions of one paper compared: each has the texts of the article in the article's order.

That each has every text, as often as the article, is found when a file is read back. Figures and tables may stand
elsewhere in an edition; headings and paragraphs may not, but for the declarations of JATS, which has an order for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casewriter.article.nodes import Paragraph, Section
from casewriter.article.paper import Article
from casewriter.article.walk import blocks_within, plain
from casewriter.export.kinds import CONTENT_LOST
from casewriter.export.signs import APART, signs_of
from casewriter.problem import Problem

_ENOUGH = 24
"""Signs with which a text begins by which it is known; a page may end behind them."""


def out_of_order(article: Article, editions: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the editions, by the name of their file, in which a paragraph stands before one that it follows."""
    whole, body = list(_begun(article.sections)), list(_begun(s for s in article.sections if s.matter == "body"))
    for name, text in editions.items():
        texts = body if name.endswith(".xml") else whole
        signs = signs_of(text.replace(APART, "")).replace("-", "")
        if misplaced := _misplaced(texts, signs):
            message = f"{name}: “{misplaced}” is not where the article has it"
            yield Problem(CONTENT_LOST, message, (), hint="do not send the file")


def _begun(sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """Yield how the paragraphs of the sections begin, as a reader and as a comparison sees it, each text once."""
    blocks = [block for block in blocks_within(sections) if isinstance(block, Paragraph | Section)]
    texts = [plain(block.children if isinstance(block, Paragraph) else block.heading) for block in blocks]
    begun = [signs_of(text).replace("-", "")[:_ENOUGH] for text in texts]
    for text, begins in zip(texts, begun, strict=True):
        if len(begins) == _ENOUGH and begun.count(begins) == 1:
            yield text[:60], begins


def _misplaced(texts: list[tuple[str, str]], signs: str) -> str:
    """Return the first text that stands before an earlier one; one that is not found was reported before."""
    last = -1
    for text, begins in texts:
        places = list(_places(signs, begins))
        later = [at for at in places if at > last]
        if places and not later:
            return text
        last = later[0] if later else last
    return ""


def _places(signs: str, begins: str) -> Iterator[int]:
    at = signs.find(begins)
    while at >= 0:
        yield at
        at = signs.find(begins, at + 1)
