"""The text of a file without pages: each text of the article is in it in one piece, as often as in the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from casewriter.article.nodes import Table
from casewriter.article.paper import Article
from casewriter.export.signs import APART, CELL, CELL_END, signs_of, wanted_signs
from casewriter.export.wanted import printed_cells

_CELL = re.compile(f"{CELL}([^{CELL}{CELL_END}]*){CELL_END}")
_LONG = 60
"""Signs from which a text stands in no other."""


class WholeText:
    """The signs of a file, and its cells where it marks them."""

    def __init__(self, text: str) -> None:
        self._read = text
        self._text = signs_of(text)
        self._bare = self._text.replace("-", "")
        self._cells = Counter(signs_of(cell.replace(APART, "")) for cell in _CELL.findall(text))
        self._short: set[str] = set()

    @cached_property
    def _joined(self) -> str:
        """The signs of the file with its pieces joined, where some text is not found otherwise."""
        return signs_of(self._read.replace(APART, ""))

    def short_of(self, texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return which of all texts of an article the file has less often than they are in it; the longest of each."""
        signs = [wanted_signs(text) for _, text in texts]
        whole = APART.join(signs)
        first = {one: place for place, one in reversed(list(enumerate(signs)))}
        self._short = {one for one in first if one and self._lacks(one, whole)}
        inside = {one for one in self._short for other in self._short if one != other and one in other}
        return [texts[first[one]] for one in sorted(self._short - inside, key=lambda one: first[one])]

    def _lacks(self, signs: str, whole: str) -> bool:
        """Return whether the file has a text less often than the whole article."""
        times = 1 if len(signs) > _LONG else whole.count(signs)
        if self._has(self._text, signs, times):
            return False
        # markup may part a hyphen from its word, and then it is not known as one inside a word
        return not self._has(self._joined, signs, times) and ("-" in signs or not self._has(self._bare, signs, times))

    @staticmethod
    def _has(text: str, signs: str, times: int) -> bool:
        return signs in text if times == 1 else text.count(signs) >= times

    def missing_cells(self, article: Article) -> Iterator[tuple[str, str]]:
        """Yield the cells that a file which marks its cells has less often than the article, with their table."""
        left = Counter(self._cells)
        tables = [block for block in article.blocks() if isinstance(block, Table)] if left else []
        for table in tables:
            for cell in printed_cells(table):
                signs = wanted_signs(cell)
                left[signs] -= 1
                if signs and left[signs] < 0 and signs not in self._short:
                    yield table.label or "a table in the text", cell
