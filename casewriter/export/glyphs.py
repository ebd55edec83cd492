"""Which characters of a text are in none of the fonts of the page: they would print as empty boxes."""

from __future__ import annotations

import unicodedata
from functools import cache

from casewriter.resources import font_files

_COMMON = frozenset(map(chr, range(0x20, 0x180))) | frozenset(
    "–—‘’“”„†‡•…‰′″‹›€−≤≥≈×±→°µμ²³¹⁰⁴⁵⁶⁷⁸⁹ \u00a0\u202f\n\r\t"
)
"""Characters that are known to be there (tested), so that an ordinary page opens no font."""


def lacking(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no font of ours has, sorted; marks and spaces are not asked for."""
    rare = {c for c in set(text) - _COMMON if unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Mn")}
    return tuple(sorted(c for c in rare if ord(c) not in covered())) if rare else ()


@cache
def covered() -> frozenset[int]:
    """Return the code points that the regular fonts of the page have."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name, path in font_files().items():
        if name.split("-")[-1].startswith("Regular"):
            with TTFont(str(path), lazy=True) as font:
                found |= set(font.getBestCmap())
    return frozenset(found)
