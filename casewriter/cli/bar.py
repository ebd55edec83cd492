"""How far a command is through many cases: a line on a terminal that is erased before anything else is printed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_ERASE = "\r\x1b[K"
_WIDTH = 30


def with_bar(results: Iterable[T], count: int, what: str) -> Iterator[T]:
    """Yield results, `count` in all, with a bar while each is waited for: on a terminal, for more than one."""
    if count < 2 or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    waiting = iter(results)
    for done in range(count):
        _print(_bar(done, count, what))
        try:
            result = next(waiting)
        finally:
            _print(_ERASE)
        yield result


def say_watching(count: int) -> None:
    """Say that the program waits for saves, and how it ends."""
    _print(f"watching {count} case{'s' if count != 1 else ''}; press Ctrl-C to stop\n")


def _bar(done: int, count: int, what: str) -> str:
    full = _WIDTH * done // count
    line = f"{what} {'━' * full}{'╌' * (_WIDTH - full)} {done}/{count}"
    return line[: shutil.get_terminal_size().columns - 1]  # a line that wraps could not be erased


def _print(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
