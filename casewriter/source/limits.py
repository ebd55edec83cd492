"""How large a stranger's file may be. Each limit is named in the message that it causes."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Sizes in bytes, counts of nodes, levels, aliases, and characters of one text."""

    file_bytes: int = 5_000_000
    nodes: int = 100_000
    depth: int = 50
    aliases: int = 20
    text_characters: int = 200_000


DEFAULT_LIMITS = Limits()
