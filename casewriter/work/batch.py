"""Rendering many cases: unchanged ones are left alone, and of one that is lost nothing stays behind half written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from casewriter.project import CaseFile
from casewriter.work.build import Built, Order, build, unchanged
from casewriter.work.failures import Lost
from casewriter.work.leftovers import clear
from casewriter.work.many import Effort, each
from casewriter.work.warm import for_render


def build_all(files: Sequence[CaseFile], order: Order, effort: Effort) -> Iterator[Built | Lost]:
    """Render cases in their order. One case is rendered in this process; of several, one that fails is Lost.

    Raises CannotRun when what is asked of all of them is missing: a library, template or profile.
    """
    if len(files) == 1:
        yield build(files[0], order)
        return
    try:
        work, known = partial(build, order=order), partial(unchanged, order=order)
        for result in each(files, work, effort, partial(for_render, files[0], order), known):
            if isinstance(result, Lost):
                _clear([result.file], order)
            yield result
    except BaseException:
        _clear(files, order)
        raise


def _clear(files: Sequence[CaseFile], order: Order) -> None:
    """Remove what processes that were ended have left half written."""
    for file in files:
        clear(order.folder(file))
        clear(order.pictures(file))
