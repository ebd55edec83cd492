"""The entries of a list in columns are laid out once, not anew for each height that is tried.

WeasyPrint balances columns by trial: it lays all of them out, makes them a little higher, and begins again, up to ten
times a page; that was a third of a layout. An entry that may not be divided looks the same at every height, so it is
remembered, and only moved to where the next trial puts it. What this relies on is private to WeasyPrint: its version
is pinned, and a test compares the pages with those of WeasyPrint alone.
"""

from __future__ import annotations

from math import inf
from typing import Any

_WHOLE = ("avoid", "avoid-page", "avoid-column")


def remember_entries() -> None:
    """Let WeasyPrint remember the entries of columns, in every layout of this process."""
    from weasyprint.layout import block

    if not isinstance(block.block_level_layout, Remembering):
        block.block_level_layout = Remembering(block.block_level_layout)


class Remembering:
    """Lays out a block like `original`, but an entry of columns only once."""

    def __init__(self, original: Any) -> None:
        self.original = original

    def __call__(self, context: Any, box: Any, bottom_space: float, skip_stack: Any, around: Any, *more: Any) -> Any:
        """Return what WeasyPrint's `block_level_layout` returns; the arguments are its own."""
        arguments = (context, box, bottom_space, skip_stack, around, *more)
        if not (around.is_column and _is_entry(context, box, skip_stack, more)):
            return self.original(*arguments)
        laid_entries = context.__dict__.setdefault("laid_entries", {})
        key = _looks(context, box, bottom_space, around, more)
        if key in laid_entries:
            again = laid_entries[key].at(box)
            if not _overflows(context, again[0], bottom_space):
                return again
            if not more[0]:  # something is above it: all of it goes to the next column
                return None, None, {"break": "any", "page": None}, [], False, None
        placeholders, place = (len(more[1]), len(more[2])), (box.position_x, box.position_y)
        found = self.original(*arguments)
        whole = found[0] is not None and (found[1] is None or bottom_space == inf)
        if whole and placeholders == (len(more[1]), len(more[2])):
            laid_entries[key] = _Entry(box, place, found)
        return found


def _is_entry(context: Any, box: Any, skip_stack: Any, more: tuple[Any, ...]) -> bool:
    """Return whether a child of a column is laid out from its start, looks the same anywhere, and stays whole."""
    plain = not (skip_stack or any(more[4:]) or context.excluded_shapes or context.footnotes)
    return plain and box.is_in_normal_flow() and box.style["break_inside"] in _WHOLE


def _looks(context: Any, box: Any, bottom_space: float, around: Any, more: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return all that the look of an entry depends on."""
    page_is_empty, _, _, margins = more[:4]
    page = context.current_page > 1, bool(context.forced_break), page_is_empty, bottom_space == inf
    return id(box), around.width, *margins, *page


def _overflows(context: Any, laid: Any, bottom_space: float) -> bool:
    """Return whether a laid-out entry ends below the column; none does where only its first lines are asked for."""
    return bottom_space != inf and bool(context.overflows_page(bottom_space, laid.content_box_y() + laid.height))


class _Entry:
    """An entry as it was laid out, and its place relative to where its box was then."""

    def __init__(self, box: Any, place: tuple[float, float], found: Any) -> None:
        self.box = box  # kept, so that no other box gets its identity
        self.laid = found[0]
        self.right = self.laid.position_x - place[0]
        self.down = self.laid.position_y - place[1]
        resume_at, next_page, margins, *rest = found[1:]
        self.rest = (resume_at, dict(next_page), tuple(margins), *rest)

    def at(self, box: Any) -> tuple[Any, ...]:
        """Return what laying the entry out at the place of its box gives."""
        right = box.position_x + self.right - self.laid.position_x
        down = box.position_y + self.down - self.laid.position_y
        self.laid.translate(right, down)
        resume_at, next_page, margins, *rest = self.rest
        return self.laid, resume_at, dict(next_page), list(margins), *rest
