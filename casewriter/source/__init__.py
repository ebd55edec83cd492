"""Text of a YAML file -> Source: a tree of text scalars, and where each of them is."""

from __future__ import annotations

from casewriter.source import kinds
from casewriter.source.kinds import KINDS
from casewriter.source.limits import DEFAULT_LIMITS, Limits
from casewriter.source.positions import Ignore, Source
from casewriter.source.text import decode
from casewriter.source.tree import build

__all__ = ["DEFAULT_LIMITS", "KINDS", "Ignore", "Limits", "Source", "kinds", "read"]


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Source:
    """Return the Source of a YAML file; `name` is how messages call it.

    What is wrong but does not hide the rest (a duplicate key, a tag, lost text after ` #`) is in
    `Source.problems`. Raises Refused when the file has no tree: not text, not YAML, over a limit.
    """
    text = decode(data, limits)
    root, problems, scalars = build(text, limits)
    return Source(name, text, root, tuple(problems), scalars)
