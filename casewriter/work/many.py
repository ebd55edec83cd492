"""Many cases, some at a time: results in the order of the cases, and never many of them at once in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from casewriter.project import CaseFile
from casewriter.work.crew import Crew, Work, processors

TIME_LIMIT = 300.0
"""Seconds that one case of several may take: a table of two thousand rows takes a slow machine fewer than sixty."""
_AHEAD = 8
"""Cases for each process that may be done before their turn to be shown."""


class Effort(Struct, frozen=True):
    """How several cases are worked on: how many at a time (0: one for each processor), how many seconds for each."""

    jobs: int = 0
    limit: float = TIME_LIMIT

    def for_many(self, files: int) -> int:
        """Return the number of processes for so many cases."""
        return min(self.jobs, files) if self.jobs else processors(files)


def each(
    files: Sequence[CaseFile],
    work: Work,
    effort: Effort,
    warm: Callable[[], object],
    known: Callable[[CaseFile], Any] = lambda _: None,
) -> Iterator[Any]:
    """Yield the result of `work`, or Lost, for each case in their order.

    `known` returns the result of a case that needs no work, else None; `warm` loads what every case needs.
    """
    jobs = effort.for_many(len(files))
    crew, done, begun = Crew(work, effort.limit, warm), dict[int, Any](), 0
    ahead = jobs * _AHEAD if jobs > 1 else 1
    try:
        for shown in range(len(files)):
            while shown not in done:
                while begun < min(len(files), shown + ahead) and crew.busy < jobs:
                    found = known(files[begun])
                    if found is None:
                        crew.give(begun, files[begun])
                    else:
                        done[begun] = found
                    begun += 1
                if shown not in done:
                    done.update(crew.take())
            yield done.pop(shown)
    finally:
        crew.stop()
