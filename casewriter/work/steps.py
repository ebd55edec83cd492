"""The steps of a run, for `-v`: their names are those of docs/pipeline.md."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOG = logging.getLogger("casewriter")


def step(name: str, subject: str) -> None:
    """Log that a step begins: read, compose, lint, export, read back."""
    _LOG.info("%-10s %s", name, subject)


@contextmanager
def untold() -> Iterator[None]:
    """Log no steps of what nobody asked for."""
    before = _LOG.disabled
    _LOG.disabled = True
    try:
        yield
    finally:
        _LOG.disabled = before
