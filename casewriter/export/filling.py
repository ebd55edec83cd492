"""What a watcher of pages wants changed: wide tables fitted before the pages are made, and no page half blank."""

from __future__ import annotations

from typing import Any

from casewriter.export.fit import Fitting, tables_too_wide
from casewriter.export.flow import before, gap_before_last, leaf_numbers
from casewriter.export.paging import Change, LaidOutAnew, Turned
from casewriter.template import Template

_POINT = 96 / 72
"""CSS pixels."""
_ROUNDS = 4
"""How often tables are fitted, at the most."""


class Filling:
    """Looks at the pages of an article while they are made, and moves or divides what would leave one too empty."""

    def __init__(self, fitting: Fitting, template: Template) -> None:
        self._fitting = fitting
        self._geometry = template.geometry
        self._done: set[str] = set()
        self._fits = 0
        self._numbers: dict[int, int] = {}

    def begin(self) -> None:
        """Know that the article is laid out from its beginning."""
        self._numbers = leaf_numbers(self._fitting.article)

    def __call__(self, turned: Turned) -> Change | None:
        """Return what must change before the next page is made. Raises LaidOutAnew where a table has been fitted."""
        if len(turned.pages) == 1 and self.fit(tables_too_wide(turned.context, turned.root, turned.pages[0])):
            raise LaidOutAnew
        gap = gap_before_last(turned.pages, self._geometry.line_height * _POINT)
        if gap is None or gap.anchor in self._done:
            return None
        self._done.add(gap.anchor)
        divided = len(self._fitting.divided)
        if not self._fitting.fill(gap, self._geometry):
            return None
        if len(self._fitting.divided) > divided:
            return Change(gap.anchor)
        return Change(gap.anchor, self._numbers[id(before(self._fitting.article, gap.anchor))])

    def fit(self, wide: list[Any]) -> bool:
        """Fit tables that are too wide, a few times at the most; return whether there was one."""
        if not wide or self._fits == _ROUNDS:
            return False
        self._fits += 1
        self._fitting.fit(wide)
        return True
