"""Headings never skip a level: one inside a section is of the next level, whatever its author typed."""

from __future__ import annotations

from msgspec.structs import replace

from casewriter.article.nodes import Section

_DEEPEST = 6
"""The last level of headings in HTML and PDF."""


def levelled(section: Section, level: int = 2) -> Section:
    """Return a section at a level, and each section inside it at the next one."""
    inside = min(level + 1, _DEEPEST)
    blocks = tuple(levelled(block, inside) if isinstance(block, Section) else block for block in section.blocks)
    return replace(section, level=level, blocks=blocks)
