"""Cases rendered one after the other, or side by side in processes; Ctrl-C ends them all at once."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from casewriter.project import CaseFile
from casewriter.work.build import Built, Order, build
from casewriter.work.leftovers import clear


def build_all(files: list[CaseFile], order: Order, jobs: int) -> Iterator[Built]:
    """Render cases, `jobs` of them at a time; the order of the cases is kept.

    Raises CannotRun when a library, template, profile or style is missing.
    """
    if len(files) == 1:
        yield build(files[0], order)
    elif jobs == 1:
        yield from (_build_and_free(file, order) for file in files)
    else:
        yield from _side_by_side(files, order, jobs)


def _build_and_free(file: CaseFile, order: Order) -> Built:
    """Render one case of many; what it leaves in memory is freed before the next."""
    built = build(file, order)
    gc.collect()
    return built


def _side_by_side(files: list[CaseFile], order: Order, jobs: int) -> Iterator[Built]:
    """Render cases in processes forked from this one, warmed."""
    if "pdf" in order.formats:
        from casewriter.export.weasy import weasyprint

        weasyprint()
    gc.freeze()  # what is loaded now is shared by the workers, and never looked through again
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_ctrl_c_to_the_parent)
    try:
        yield from pool.map(partial(_build_and_free, order=order), files)
    except BaseException:
        _stop(pool)
        for file in files:
            clear(order.folder(file))
            clear(order.pictures(file))
        raise
    pool.shutdown()


def _leave_ctrl_c_to_the_parent() -> None:
    """Ctrl-C at a terminal reaches every process: a worker that answered it would print a traceback of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers without waiting for the pages that they are at."""
    for child in multiprocessing.active_children():
        child.kill()
    pool.shutdown(cancel_futures=True)
