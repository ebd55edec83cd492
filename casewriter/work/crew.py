"""Cases worked on in processes of their own: one that crashes or hangs costs that case alone.

The processes are forked from this one where that is possible, so that what is loaded already is loaded for all.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from casewriter.project import CaseFile
from casewriter.work.failures import Lost, reason

Work = Callable[[CaseFile], Any]
"""What is done to a case; its result crosses to another process, so it should be small."""

_CASES = 250
"""Cases after which a process is replaced: what caches and libraries have gathered by then is given back."""
_AT_MOST = 8
"""Processes that are started unless more are asked for: each takes the memory of a whole layout."""


class Crew:
    """Processes that work on cases, started as they are needed. Each case gets `limit` seconds; 0 is no limit."""

    def __init__(self, work: Work, limit: float, warm: Callable[[], object]) -> None:
        self._work, self._limit, self._warm = work, limit, warm
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._warmed = False

    @property
    def busy(self) -> int:
        """How many cases are being worked on."""
        return len(self._busy)

    def give(self, number: int, file: CaseFile) -> None:
        """Let a process begin with a case."""
        worker = self._idle.pop() if self._idle else self._started()
        worker.begin(number, file, self._limit)
        self._busy.append(worker)

    def take(self) -> list[tuple[int, Any]]:
        """Wait until something is done; return the numbers of the cases, each with its result or Lost."""
        first = min(worker.deadline for worker in self._busy)
        ready = wait(
            [worker.pipe for worker in self._busy], None if first == _NEVER else max(0.0, first - time.monotonic())
        )
        now = time.monotonic()
        over = [worker for worker in self._busy if worker.pipe in ready or worker.deadline <= now]
        self._busy = [worker for worker in self._busy if worker not in over]
        return [(worker.number, self._finish(worker, in_time=worker.pipe in ready)) for worker in over]

    def stop(self) -> None:
        """End all processes at once, whatever they are at."""
        for worker in (*self._idle, *self._busy):
            worker.end()
        gc.unfreeze()

    def _started(self) -> _Worker:
        if not self._warmed:
            self._warm()
            gc.collect()
            gc.freeze()  # what is loaded now is shared by the processes, and never looked through again
            self._warmed = True
        return _Worker(self._work)

    def _finish(self, worker: _Worker, *, in_time: bool) -> Any:
        if not in_time:
            worker.end()
            return Lost(
                worker.file, f"stopped after {self._limit:g} seconds; --time-limit sets how many a case may take"
            )
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            return Lost(worker.file, worker.cause())
        if worker.cases < _CASES:
            self._idle.append(worker)
        else:
            worker.end()
        return result


_NEVER = float("inf")


class _Worker:
    """One process, the case that it is at, and until when."""

    def __init__(self, work: Work) -> None:
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work))  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        self.cases = 0

    def begin(self, number: int, file: CaseFile, limit: float) -> None:
        self.number, self.file, self.cases = number, file, self.cases + 1
        self.deadline = time.monotonic() + limit if limit else _NEVER
        self.pipe.send(file)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def cause(self) -> str:
        """Return how the process came to its end by itself."""
        self._process.join()
        code = self._process.exitcode or 0
        self.pipe.close()
        if code >= 0:
            return f"the process that worked on it ended with code {code}; this is a bug in casewriter or a package"
        name = signal.Signals(-code).name
        if -code == getattr(signal, "SIGKILL", 0):
            return f"the process that worked on it was killed ({name}); the memory of this machine may be too small"
        return (
            f"the process that worked on it crashed ({name}); this is a bug in a library, not a problem with your case"
        )


def processors(files: int) -> int:
    """Return how many cases are worked on side by side unless the user says: one for each processor, within limits."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(here, files, _AT_MOST))


def _serve(pipe: Connection, work: Work) -> None:
    """Work on the cases that arrive, until none come or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent answers it
    gc.disable()
    parent = multiprocessing.parent_process()
    assert parent is not None
    while pipe in wait([pipe, parent.sentinel]):
        try:
            file = pipe.recv()
        except EOFError:
            return
        _send(pipe, file, _tried(work, file))
        gc.collect()  # between the cases: what one leaves in memory is freed before the next


def _tried(work: Work, file: CaseFile) -> Any:
    try:
        return work(file)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the other cases go on
        return Lost(file, reason(error), traceback.format_exc())


def _send(pipe: Connection, file: CaseFile, result: Any) -> None:
    try:
        pipe.send(result)
    except (TypeError, AttributeError, ValueError) as error:  # something of a package that cannot cross
        pipe.send(Lost(file, reason(error), traceback.format_exc()))
