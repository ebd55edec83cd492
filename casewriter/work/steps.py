"""The steps of a run, for `-v`: their names are those of docs/pipeline.md."""

from __future__ import annotations

import logging

_LOG = logging.getLogger("casewriter")


def step(name: str, subject: str) -> None:
    """Log that a step begins: read, compose, lint, export, read back."""
    _LOG.info("%-10s %s", name, subject)
