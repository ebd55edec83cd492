"""Pages are looked at while they are made: what begins a page may move, and only two pages are made again.

WeasyPrint makes page after page, each from where the one before it ended. A watcher sees them; where it wants a change
behind the beginning of the page before the last, that page is made again with the boxes changed, and the others after
it. What is done here is private to WeasyPrint: its version is pinned, and a test compares the pages with those of a
whole new layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from msgspec import Struct

from casewriter.export.reseat import BoxTree


class LaidOutAnew(Exception):
    """The boxes cannot be changed as they are: the article must be laid out from its beginning."""


class Change(Struct, frozen=True):
    """What a watcher wants: a figure or table stands behind the block with a number, or, with none, may be divided."""

    anchor: str
    behind: int | None = None


class Turned(Struct, frozen=True):
    """The pages made so far, and what the next ones are made from."""

    pages: list[Any]
    context: Any
    root: Any


Watcher = Callable[[Turned], Change | None]
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher | None) -> Iterator[None]:
    """Let a watcher look at each page of the layouts that are made meanwhile."""
    from weasyprint import layout

    if not isinstance(layout.make_all_pages, _Making):
        layout.make_all_pages = _Making(layout.make_all_pages)
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


class _Making:
    """Makes all pages like `original`, but with a watcher looking on."""

    def __init__(self, original: Any) -> None:
        self._original = original

    def __call__(self, context: Any, root: Any, html: Any, pages: list[Any]) -> Any:
        watcher = _watcher.get()
        if watcher is None or pages or context.footnotes:  # later rounds, for counters of pages, change nothing
            return self._original(context, root, html, pages)
        return _Press(context, root, html).run(watcher)


class _Press:
    """Makes the pages of one document, and can go back to the beginning of one."""

    def __init__(self, context: Any, root: Any, html: Any) -> None:
        self._turned = Turned([], context, root)
        self._html = html
        self._broken: list[dict[Any, Any]] = []

    def run(self, watcher: Watcher) -> list[Any]:
        """Return the pages."""
        context, pages = self._turned.context, self._turned.pages
        context.rendered_notes = []
        resume_at: Any = True
        while resume_at is not None:
            resume_at = self._make()
            if change := watcher(self._turned):
                self._back_to(len(pages) - 2)
                self._apply(change)
                resume_at = True
        context.page_maker = context.page_maker[: len(pages) + 1]
        context.broken_out_of_flow.clear()
        context.reported_footnotes.clear()
        return pages

    def _make(self) -> Any:
        """Make the next page; return where the one after it resumes, or None at the end."""
        from weasyprint.layout.page import remake_page

        context, number = self._turned.context, len(self._turned.pages)
        self._broken.append(dict(context.broken_out_of_flow))
        state = context.page_maker[number][-1]
        state.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        page, resume_at = remake_page(number, context, self._turned.root, self._html)
        self._turned.pages.append(page)
        return resume_at

    def _back_to(self, number: int) -> None:
        """Forget the pages from a number on."""
        context = self._turned.context
        del self._turned.pages[number:]
        context.page_maker = context.page_maker[: number + 1]
        context.broken_out_of_flow = self._broken[number]
        del self._broken[number:]

    def _apply(self, change: Change) -> None:
        tree = BoxTree(self._turned.context, self._turned.root, self._html)
        done = tree.divide(change.anchor) if change.behind is None else tree.move(change.anchor, change.behind)
        if not done:
            raise LaidOutAnew
